"""The pro forma: what must hold for any project, and the texts of faults."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.finance.drawn_projects import drawn_projects

from gigaplan.finance.depreciation import DepreciationClass
from gigaplan.finance.present_value import npv
from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Debt, Plant, Project, Sizing
from gigaplan.finance.reserves import MajorMaintenance
from gigaplan.finance.target_price import price_for_return
from gigaplan.terms.errors import InputError

PLANT = Plant(150e6, 100.0, 438_000.0, 25)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("sizing", ["none", "share", "dscr"])
def test_money_is_neither_made_nor_lost(seed: int, sizing: Sizing) -> None:
    project = drawn_projects(seed, 40, sizing=sizing)
    event = MajorMaintenance(5e6, 7, (0.5, 0.5))
    project = replace(project, reserves=replace(project.reserves, maintenance=(event,)))
    found = pro_forma(project)
    line = {name.removesuffix("_usd_nominal"): values for name, values in found.ledger.items()}
    cash = sum(
        line[name]
        for name in (
            *("ebitda", "purchase", "debt_drawn", "interest", "principal", "maintenance"),
            *("federal_tax", "state_tax", "itc", "ptc", "reserve_change", "reserve_interest"),
        )
    )
    close = {"rtol": 1e-12, "atol": 1e-4}
    np.testing.assert_allclose(cash, line["owner_flow"], **close)
    earned = sum(line[name] for name in ("energy_revenue", "other_revenue", "salvage"))
    spent = sum(
        line[name]
        for name in (
            *("upkeep_by_capacity", "upkeep_by_energy", "upkeep_fixed"),
            *("insurance", "property_tax", "land_lease"),
        )
    )
    np.testing.assert_allclose(earned + spent, line["ebitda"], **close)
    # Uses are sources; the loan is repaid by its tenor; accounts are empty at the end.
    sources = found.metrics["debt_usd_nominal"] + found.metrics["equity_usd_nominal"]
    np.testing.assert_allclose(sources, found.metrics["uses_usd_nominal"], **close)
    uses = -(line["purchase"] + line["reserve_change"])[:, 0]
    np.testing.assert_allclose(uses, found.metrics["uses_usd_nominal"], **close)
    assert np.all(line["debt_balance"] >= -1e-6)
    np.testing.assert_allclose(-line["principal"].sum(axis=1), line["debt_balance"][:, 0], **close)
    np.testing.assert_allclose(line["reserve_balance"][:, -1], 0.0, atol=1e-4)
    np.testing.assert_allclose(line["reserve_change"].sum(axis=1), 0.0, atol=1e-3)
    tenor = np.asarray(project.debt.tenor_years)[:, None]
    assert np.all(line["debt_balance"][np.arange(31) >= tenor] < 1e-6)
    good = found.irr_status == "one"
    worth = npv(line["owner_flow"][good], found.metrics["irr_frac"][good])
    np.testing.assert_allclose(worth, 0.0, atol=1e-3)


def test_cover_is_the_target_or_above() -> None:
    project = drawn_projects(11, 60)
    found = pro_forma(project).metrics
    assert np.all(found["min_dscr"] >= np.asarray(project.debt.dscr) - 1e-9)
    assert np.all(found["debt_share_frac"] <= np.asarray(project.debt.most_share_frac) + 1e-12)
    assert np.all(found["plcr"] >= found["llcr"] - 1e-9)


def test_one_row_is_the_single_project() -> None:
    """What a project is worth does not depend on the projects beside it."""
    many = pro_forma(drawn_projects(3, 5))
    again = pro_forma(drawn_projects(3, 5))
    for name, values in many.metrics.items():
        np.testing.assert_array_equal(values, again.metrics[name])
    debt = Debt("dscr", 0.06, 15, 2.0)
    both = pro_forma(Project(PLANT, Contract(np.array([40.0, 50.0])), debt=debt))
    alone = pro_forma(Project(PLANT, Contract(50.0), debt=debt))
    for name, values in alone.metrics.items():
        np.testing.assert_array_equal(values[0], both.metrics[name][1])
    assert alone.frame().loc[0, "owner_flow_usd_nominal"] < 0


def test_money_ten_times() -> None:
    """Ten times every amount of money is ten times the worth, and the same rate of return."""
    small = Project(PLANT, Contract(50.0), debt=Debt("share", share_frac=0.5))
    plant = replace(PLANT, installed_cost_usd_nominal=1500e6)
    large = replace(small, plant=plant, contract=Contract(500.0))
    one, ten = pro_forma(small).metrics, pro_forma(large).metrics
    assert ten["npv_usd_nominal"][0] == pytest.approx(10 * one["npv_usd_nominal"][0])
    assert ten["irr_frac"][0] == pytest.approx(one["irr_frac"][0])


def test_later_losses_are_worth_less() -> None:
    at_once = pro_forma(drawn_projects(5, 50, losses="used_at_once")).metrics["npv_usd_nominal"]
    waiting = pro_forma(drawn_projects(5, 50)).metrics["npv_usd_nominal"]
    assert np.all(waiting <= at_once + 1e-6)


def test_a_target_with_losses_that_wait() -> None:
    project = drawn_projects(9, 20)
    price, found = price_for_return(project, 0.1, 18)
    flows = found.ledger["owner_flow_usd_nominal"][:, :19]
    np.testing.assert_allclose(npv(flows, 0.1), 0.0, atol=1.0)
    assert np.all(price > 0)


def test_the_price_for_a_return_earns_it() -> None:
    project = Project(PLANT, Contract(0.0), debt=Debt("share", share_frac=0.4))
    _, found = price_for_return(project, 0.12, 25)
    assert found.metrics["irr_frac"][0] == pytest.approx(0.12, rel=1e-12)


def test_a_limit_on_the_credit_lowers_the_cut_of_the_basis() -> None:
    classes = (DepreciationClass(1.0, (0.5, 0.5)),)
    plain = Project(PLANT, Contract(50.0), depreciation=classes)
    limited = replace(
        plain, credits=replace(plain.credits, itc_frac=0.3, itc_limit_usd_nominal=15e6)
    )
    ledger = pro_forma(limited).ledger
    assert ledger["itc_usd_nominal"][0, 1] == 15e6
    assert ledger["federal_depreciation_usd_nominal"].sum() == pytest.approx(150e6 - 7.5e6)


def test_every_fault_is_told_at_once() -> None:
    debt = Debt("dscr", tenor_years=-3, dscr=0.9)
    project = Project(replace(PLANT, life_years=25.5), Contract(50.0), debt=debt)
    with pytest.raises(InputError) as caught:
        pro_forma(project)
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - debt.tenor_years: tenor_years is -3. Give 1 to 100 years.\n"
        "  - debt.dscr: dscr is 0.9. Give 1 or more.\n"
        "  - plant.life_years: life_years is 25.5. Give whole years."
    )


def test_a_loan_longer_than_life() -> None:
    tenors = np.array([20.0, 30.0, 26.0])
    with pytest.raises(InputError) as caught:
        pro_forma(Project(PLANT, Contract(50.0), debt=Debt("dscr", tenor_years=tenors)))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - debt.tenor_years: tenor_years is 30 for project 1, 26 for project 2, "
        "beyond the life of 25 years. Shorten the loan, or lengthen plant.life_years."
    )


def test_classes_that_do_not_add_up() -> None:
    classes = (DepreciationClass(0.7, (0.5, 0.4)), DepreciationClass(0.5, (1.0,), bonus_frac=2.0))
    with pytest.raises(InputError) as caught:
        pro_forma(Project(PLANT, Contract(50.0), depreciation=classes))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - depreciation: The shares of the classes add to 1.2. "
        "Lower share_frac until they add to 1 or less.\n"
        "  - depreciation[0]: The schedule adds to 0.9. Give shares that add to 1.\n"
        "  - depreciation[1]: A share of the class is outside 0 to 1: 0.5, 2, 0. "
        "Give shares from 0 to 1."
    )


def test_arrays_that_do_not_belong_together() -> None:
    factor = np.ones((3, 24))
    contract = Contract(np.array([50.0, 60.0]), price_factor=factor)
    with pytest.raises(InputError) as caught:
        pro_forma(Project(PLANT, contract))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - Numbers of projects differ: contract.price_usd_per_mwh has 2, "
        "contract.price_factor has 3. Give one number for all projects, or one for each.\n"
        "  - contract.price_factor: price_factor has 24 years, and the longest life 25. "
        "Give one column, or one for each year of life."
    )
    factor[2, 3] = np.nan
    with pytest.raises(InputError, match="price_factor is nan for project 2"):
        pro_forma(Project(PLANT, contract))


def test_rates_that_are_not_numbers() -> None:
    with pytest.raises(InputError, match="interest_frac is nan"):
        pro_forma(Project(PLANT, Contract(50.0), debt=Debt("dscr", np.nan)))


def test_a_project_that_sells_nothing_has_no_price() -> None:
    project = Project(replace(PLANT, energy_mwh_per_year=0.0), Contract(0.0))
    with pytest.raises(InputError, match="No price earns the wanted return"):
        price_for_return(project, 0.1, 20)
    with pytest.raises(InputError, match="target_year is 26, outside the life of 25 years"):
        price_for_return(Project(PLANT, Contract(0.0)), 0.1, 26)


def test_nothing_sold_has_no_levelised_cost() -> None:
    found = pro_forma(Project(replace(PLANT, energy_mwh_per_year=0.0), Contract(50.0)))
    assert np.isnan(found.metrics["lcoe_real_usd_per_mwh"][0])
    assert found.irr_status[0] == "none"
    assert np.isnan(found.metrics["min_dscr"][0])
