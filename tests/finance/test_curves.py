"""Rates that change from year to year: loans, costs and worth on curves, in both engines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.finance.drawn_projects import drawn_projects

from gigaplan.finance.debt import level_payment, level_principal, life_cover, sculpted
from gigaplan.finance.kernel import run_many
from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import (
    Contract,
    Debt,
    OperatingCosts,
    Plant,
    Project,
    Repayment,
    Reserves,
    Sizing,
)
from gigaplan.finance.reserves import MajorMaintenance, saved_for_maintenance
from gigaplan.finance.tax import Taxes
from gigaplan.terms.errors import InputError

YEARS = 30
SIZINGS: list[tuple[Sizing, Repayment]] = [
    ("dscr", "level_payment"),
    ("share", "level_payment"),
    ("share", "level_principal"),
]


def on_curves(project: Project, interest: np.ndarray, inflation: np.ndarray) -> Project:
    debt = replace(project.debt, interest_frac=interest)
    return replace(project, debt=debt, inflation_frac=inflation)


@pytest.mark.parametrize(("sizing", "repayment"), SIZINGS)
def test_a_flat_curve_is_the_rate(sizing: Sizing, repayment: Repayment) -> None:
    plain = drawn_projects(21, 40, sizing=sizing)
    plain = replace(plain, debt=replace(plain.debt, repayment=repayment))
    flat = [
        np.repeat(np.asarray(rate)[:, None], YEARS, axis=1)
        for rate in (plain.debt.interest_frac, plain.inflation_frac)
    ]
    curved = on_curves(plain, flat[0], flat[1])
    one, other = pro_forma(plain), pro_forma(curved)
    size = np.abs(one.ledger["owner_flow_usd_nominal"]).max()
    for name, values in one.ledger.items():
        np.testing.assert_allclose(other.ledger[name], values, rtol=1e-11, atol=1e-12 * size)
    for name, values in one.metrics.items():
        near = {"rtol": 1e-10, "atol": 1e-12 * size if "usd_nominal" in name else 1e-12}
        np.testing.assert_allclose(other.metrics[name], values, err_msg=name, **near)


@pytest.mark.parametrize(("sizing", "repayment"), SIZINGS)
@pytest.mark.parametrize("rows", [1, 60])
def test_the_kernel_knows_curves(sizing: Sizing, repayment: Repayment, rows: int) -> None:
    draw = np.random.default_rng(5)
    project = drawn_projects(22, 60, sizing=sizing)
    project = on_curves(
        replace(project, debt=replace(project.debt, repayment=repayment)),
        draw.uniform(0.02, 0.12, size=(rows, YEARS)),
        draw.uniform(-0.01, 0.08, size=(rows, YEARS)),
    )
    slow, fast = pro_forma(project), run_many(project, keep_flows=True)
    flows = slow.ledger["owner_flow_usd_nominal"]
    size = np.abs(flows).max()
    assert fast.owner_flow_usd_nominal is not None
    np.testing.assert_allclose(fast.owner_flow_usd_nominal, flows, rtol=1e-10, atol=1e-12 * size)
    for name in set(fast.metrics) & set(slow.metrics):
        near = {"rtol": 1e-10, "atol": 1e-12 * size if "usd_nominal" in name else 1e-12}
        np.testing.assert_allclose(fast.metrics[name], slow.metrics[name], err_msg=name, **near)


@given(st.floats(0.001, 0.2), st.integers(1, YEARS))
def test_a_flat_curve_has_the_payment_of_a_spreadsheet(rate: float, tenor: int) -> None:
    loan = level_payment(500.0, np.full((1, YEARS), rate), tenor, YEARS)
    payment = pyxirr.pmt(rate, tenor, -500.0)
    np.testing.assert_allclose(loan.service_usd_nominal[0, :tenor], payment, rtol=1e-9)


@settings(max_examples=50)
@given(st.lists(st.floats(0.0, 0.2), min_size=2, max_size=30), st.booleans())
def test_loans_on_a_curve_are_repaid(curve: list[float], level: bool) -> None:
    years, rates = len(curve), np.array([curve])
    build = level_payment if level else level_principal
    loan = build(100.0, rates, years, years)
    # What is owed, walked forward by its definition.
    owed = 100.0
    for year in range(years):
        owed = owed * (1 + curve[year]) - loan.service_usd_nominal[0, year]
        assert owed == pytest.approx(loan.balance_usd_nominal[0, year], abs=1e-8)
    assert owed == pytest.approx(0.0, abs=1e-8)
    paid = loan.service_usd_nominal if level else loan.principal_usd_nominal
    np.testing.assert_allclose(paid, paid[0, 0])


def test_cover_over_life_on_a_curve() -> None:
    """Sculpted to one ratio on a curve, the loan life cover is the ratio."""
    cash, rates = np.array([[130.0, 120.0, 110.0]]), np.array([[0.04, 0.06, 0.09]])
    loan = sculpted(cash, 1.3, rates, 3)
    by_hand = 100 / 1.04 + 120 / 1.3 / 1.04 / 1.06 + 110 / 1.3 / 1.04 / 1.06 / 1.09
    assert loan.size_usd_nominal[0] == pytest.approx(by_hand)
    assert life_cover(cash, loan, rates, 3)[0] == pytest.approx(1.3)


def test_worth_and_costs_on_a_curve_by_hand() -> None:
    """Prices of year 1, then the inflation of each later year; all years discount."""
    curve = np.array([[0.10, 0.05, 0.20]])
    costs = OperatingCosts(fixed_usd_per_year=10.0, real_escalation_frac=0.01)
    deal = Project(
        Plant(100.0, 1.0, 10.0, 3),
        Contract(8.0),
        costs=costs,
        taxes=Taxes(0.0),
        inflation_frac=curve,
        real_discount_frac=0.02,
    )
    found = pro_forma(deal)
    spent = -found.ledger["upkeep_fixed_usd_nominal"][0, 1:]
    assert spent.tolist() == pytest.approx([10.0, 10.6, 10.6 * 1.21])
    factor = 1 / np.cumprod(1.02 * np.array([1.10, 1.05, 1.20]))
    assert found.metrics["npv_usd_nominal"][0] == pytest.approx(-100 + ((80 - spent) @ factor))
    cost = 100 + spent @ factor
    energy = 10 * factor.sum()
    assert found.metrics["lcoe_nominal_usd_per_mwh"][0] == pytest.approx(cost / energy)
    real = 10 * (1.02 ** -np.arange(1.0, 4.0)).sum()
    assert found.metrics["lcoe_real_usd_per_mwh"][0] == pytest.approx(cost / real)


def test_maintenance_grows_with_the_curve() -> None:
    curve = np.array([[0.10, 0.05, 0.20, 0.0]])
    saved, spent, _ = saved_for_maintenance(MajorMaintenance(100.0, 2, (1.0,)), curve, 4, 4)
    assert spent[0].tolist() == pytest.approx([0.0, 105.0, 0.0, 126.0])
    assert saved[0].tolist() == pytest.approx([52.5, 52.5, 63.0, 63.0])


def test_curves_of_other_years() -> None:
    deal = Project(
        Plant(150e6, 100.0, 438_000.0, 25),
        Contract(50.0),
        debt=Debt("dscr", np.full((1, 24), 0.06)),
        reserves=Reserves(6.0),
        inflation_frac=np.array([[0.02] * 24 + [np.nan]]),
    )
    with pytest.raises(InputError, match="inflation_frac is nan"):
        pro_forma(deal)
    with pytest.raises(InputError) as caught:
        pro_forma(replace(deal, inflation_frac=0.02))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - debt.interest_frac: interest_frac has 24 years, and the longest life 25. "
        "Give one column, or one for each year of life."
    )
