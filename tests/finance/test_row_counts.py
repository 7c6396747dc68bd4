"""Number of projects: one row for all, or one for each, in every room that counts them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.finance.drawn_projects import drawn_projects

from gigaplan.finance.kernel import run_many
from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Debt, Plant, Project
from gigaplan.terms.errors import InputError

YEARS = 25
PLANT = Plant(150e6, 100.0, 438_000.0, YEARS)
BASE = Project(PLANT, Contract(45.0), debt=Debt("dscr", 0.06, 20, 1.4, upfront_fee_frac=0.02))
OWED = pro_forma(BASE).ledger["debt_balance_usd_nominal"]


def with_loan(project: Project, owed: np.ndarray) -> Project:
    return replace(
        project, debt=replace(BASE.debt, sizing="given", balance_usd_nominal=owed, tenor_years=18)
    )


def with_factors(price: np.ndarray, energy: np.ndarray | float) -> Project:
    return replace(
        BASE,
        plant=replace(PLANT, energy_factor=energy),
        contract=replace(BASE.contract, price_factor=price),
    )


def assert_alike(project: Project, count: int) -> None:
    """Both give ``count`` rows, the same in both; each row is the project alone."""
    slow, fast = pro_forma(project), run_many(project, keep_flows=True)
    flows = slow.ledger["owner_flow_usd_nominal"]
    assert flows.shape == (count, YEARS + 1)
    assert fast.owner_flow_usd_nominal is not None
    np.testing.assert_allclose(fast.owner_flow_usd_nominal, flows, rtol=1e-10, atol=1e-4)
    for name in set(fast.metrics) & set(slow.metrics):
        near = {"rtol": 1e-10, "atol": 1e-5 if "usd_nominal" in name else 1e-12}
        np.testing.assert_allclose(fast.metrics[name], slow.metrics[name], err_msg=name, **near)


def test_one_project_with_one_row_of_balances() -> None:
    given = with_loan(BASE, OWED)
    assert_alike(given, 1)
    ours, sculpted = pro_forma(given), pro_forma(BASE)
    for name, line in sculpted.ledger.items():
        np.testing.assert_allclose(ours.ledger[name], line, rtol=1e-12, atol=1e-6, err_msg=name)


def test_balances_that_are_not_used_do_not_count() -> None:
    left = replace(BASE, debt=replace(BASE.debt, balance_usd_nominal=np.repeat(OWED, 4, axis=0)))
    assert_alike(left, 1)


def test_one_row_of_balances_for_many_draws() -> None:
    """Curves by draw and year, by draw, and by year alone: the count is that of the draws."""
    draws = np.random.default_rng(1).normal(1.0, 0.2, size=(40, YEARS)).clip(0.1)
    assert_alike(with_loan(with_factors(draws, 1.0), OWED), 40)
    assert_alike(with_loan(with_factors(draws[:, :1], draws[:1]), OWED), 40)
    assert_alike(with_loan(with_factors(draws[:1], draws[:1]), OWED), 1)
    owed = np.linspace(0.5, 1.0, 40)[:, None] * OWED
    each = with_loan(with_factors(draws, draws[:1]), owed)
    assert_alike(each, 40)
    row = pro_forma(with_loan(with_factors(draws[7:8], draws[:1]), owed[7:8]))
    all_rows = pro_forma(each).metrics
    for name, value in row.metrics.items():
        np.testing.assert_allclose(all_rows[name][7], value[0], rtol=1e-12, err_msg=name)


def test_a_row_of_balances_for_each_of_many_draws_alone() -> None:
    """Where the balances alone differ, they say how many projects there are."""
    assert_alike(with_loan(BASE, np.linspace(0.2, 1.0, 3)[:, None] * OWED), 3)


def test_balances_of_another_number_of_projects() -> None:
    prices = np.array([45.0, 46.0])
    given = with_loan(replace(BASE, contract=Contract(prices)), np.repeat(OWED, 3, axis=0))
    for run in (pro_forma, run_many):
        with pytest.raises(InputError) as caught:
            run(given)
        assert str(caught.value) == (
            "The finance of a project cannot be worked out.\n"
            "  - Numbers of projects differ: contract.price_usd_per_mwh has 2, "
            "debt.balance_usd_nominal has 3. Give one number for all projects, or one for each."
        )


def test_balances_have_to_end_with_the_life_of_each_project() -> None:
    lives = replace(PLANT, life_years=np.array([25.0, 19.0]))
    with pytest.raises(InputError, match="balance_usd_nominal is not zero at the end"):
        pro_forma(with_loan(replace(BASE, plant=lives), OWED))
    lives = replace(PLANT, life_years=np.array([25.0, 20.0]))
    assert_alike(with_loan(replace(BASE, plant=lives), OWED), 2)


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf])
def test_balances_that_cannot_be_owed(wrong: float) -> None:
    owed = OWED.copy()
    owed[0, 3] = wrong
    with pytest.raises(InputError, match="balance_usd_nominal is negative, or not a number"):
        pro_forma(with_loan(BASE, owed))


def test_a_table_where_one_number_for_each_project_belongs() -> None:
    curve, none = np.full((2, YEARS), 1.6), np.zeros(0)
    debt = replace(BASE.debt, dscr=curve)
    wrong = replace(BASE, debt=debt, inflation_frac=none)
    for run in (pro_forma, run_many):
        with pytest.raises(InputError) as caught:
            run(wrong)
        assert str(caught.value) == (
            "The finance of a project cannot be worked out.\n"
            "  - debt.dscr: dscr is of the shape (2, 25). "
            "Give one number for all projects, or one for each.\n"
            "  - inflation_frac: inflation_frac holds no number. "
            "Give one number for all projects, or one for each."
        )


def test_tiers_of_another_number_of_projects() -> None:
    with pytest.raises(InputError) as caught:
        run_many(drawn_projects(1, 3), preferred_frac=np.full(2, 0.08))
    assert str(caught.value) == (
        "The tiers of investors and sponsor cannot be worked out.\n"
        "  - preferred_frac: preferred_frac is of the shape (2,), for 3 projects. "
        "Give one number for all projects, or one for each."
    )
