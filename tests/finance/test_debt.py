"""Term debt and construction loans: worked examples, and laws for any cash flow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.finance.construction_loan import ConstructionTerms, construction_loan
from gigaplan.finance.debt import (
    debt_service_cover,
    level_payment,
    level_principal,
    life_cover,
    sculpted,
    swept,
)
from gigaplan.finance.reserves import months_ahead
from gigaplan.terms.errors import InputError

# Worked by hand in plain Python, without this package.
TERMS = ConstructionTerms(0.7, 0.07, 0.005, 0.02)
MONTHS = np.full(24, 1000.0 / 24)

cash_flows = st.lists(st.floats(-50.0, 200.0), min_size=3, max_size=30)


def test_a_construction_loan() -> None:
    loan = construction_loan(MONTHS, TERMS)
    assert loan.loan_usd_nominal == pytest.approx(748.334831, abs=5e-7)
    assert loan.uses_usd_nominal.sum() == pytest.approx(1069.049759, abs=5e-7)
    assert loan.interest_usd_nominal.sum() == pytest.approx(50.184307, abs=5e-7)
    assert loan.commitment_fee_usd_nominal.sum() == pytest.approx(3.898755, abs=5e-7)
    assert loan.upfront_fee_usd_nominal == pytest.approx(14.966697, abs=5e-7)
    assert loan.balance_usd_nominal[-1] == pytest.approx(loan.loan_usd_nominal, rel=1e-12)


def test_a_construction_loan_that_fills_a_reserve() -> None:
    loan = construction_loan(MONTHS, TERMS, 30.0)
    assert loan.loan_usd_nominal == pytest.approx(769.821395, abs=5e-7)
    assert loan.uses_usd_nominal.sum() == pytest.approx(1099.744849, abs=5e-7)


def test_sculpting_with_two_ratios() -> None:
    cash = np.array([[100.0] * 10 + [80.0] * 5])
    ratio = np.array([[1.30] * 10 + [1.80] * 5])
    loan = sculpted(cash, ratio, 0.065, 15)
    assert loan.size_usd_nominal[0] == pytest.approx(651.379768, abs=5e-7)
    assert loan.interest_usd_nominal[0, 0] == pytest.approx(42.339685, abs=5e-7)
    assert loan.principal_usd_nominal[0, 0] == pytest.approx(34.583392, abs=5e-7)
    assert loan.balance_usd_nominal[0, 0] == pytest.approx(616.796376, abs=5e-7)
    assert loan.balance_usd_nominal[0, 9] == pytest.approx(184.696864, abs=5e-7)
    assert loan.balance_usd_nominal[0, 14] == 0.0
    assert life_cover(cash, loan, 0.065, 15)[0] == pytest.approx(1.375526, abs=5e-7)
    reserve = months_ahead(loan.service_usd_nominal, 6)
    assert reserve[0, 0] == pytest.approx(38.461538, abs=5e-7)
    assert reserve[0, 10] == pytest.approx(22.222222, abs=5e-7)


def test_a_sweep() -> None:
    loan = swept(level_payment(500.0, 0.08, 15, 15), np.full((1, 15), 80.0), 0.5)
    assert loan.interest_usd_nominal[0, 0] == pytest.approx(40.0)
    assert loan.principal_usd_nominal[0, 0] == pytest.approx(18.414772 + 10.792614, abs=5e-7)
    assert loan.balance_usd_nominal[0, 10] > 0
    assert loan.balance_usd_nominal[0, 11] == 0


@given(
    st.lists(st.floats(0.0, 100.0), min_size=1, max_size=40),
    st.just(0.0) | st.floats(1e-6, 0.9),
    st.floats(0.0, 0.12),
    st.sampled_from(["pro_rata", "equity_first"]),
    st.floats(0.0, 50.0),
)
def test_uses_are_sources(
    capex: list[float], share: float, rate: float, order: str, reserve: float
) -> None:
    draws = "pro_rata" if order == "pro_rata" else "equity_first"
    terms = ConstructionTerms(share, rate, 0.005, 0.02, draws)
    loan = construction_loan(capex, terms, reserve)
    uses = loan.uses_usd_nominal.sum()
    paid = loan.debt_usd_nominal + loan.equity_usd_nominal
    near = {"rel": 1e-9, "abs": 1e-9 * max(uses, 1.0)}
    assert paid == pytest.approx(loan.uses_usd_nominal, **near)
    assert loan.loan_usd_nominal == pytest.approx(share * uses, **near)
    assert loan.balance_usd_nominal[-1] == pytest.approx(loan.loan_usd_nominal, **near)
    assert np.all(loan.debt_usd_nominal >= -1e-9)
    assert np.all(np.diff(loan.balance_usd_nominal) >= -1e-9)
    assert uses >= sum(capex) + reserve - 1e-9


def test_equity_first_saves_interest() -> None:
    terms = ConstructionTerms(0.7, 0.07, 0.0, 0.0, "equity_first")
    late, even = (
        construction_loan(MONTHS, terms),
        construction_loan(MONTHS, ConstructionTerms(0.7, 0.07)),
    )
    assert late.interest_usd_nominal.sum() < even.interest_usd_nominal.sum()
    spent = np.cumsum(late.equity_usd_nominal)
    assert np.all(late.debt_usd_nominal[spent < 0.999 * spent[-1]] == 0)


@given(cash_flows, st.floats(1.0, 2.5), st.floats(0.0, 0.15), st.data())
def test_sculpted_debt(cash: list[float], ratio: float, rate: float, data: st.DataObject) -> None:
    tenor = data.draw(st.integers(1, len(cash)))
    flow = np.array([cash])
    loan = sculpted(flow, ratio, rate, tenor)
    assert np.all(loan.balance_usd_nominal >= 0)
    assert np.all(loan.principal_usd_nominal >= 0)
    assert np.all(loan.balance_usd_nominal[0, tenor - 1 :] == 0)
    # Service is a difference of balances, so it is exact to the last digits of the balance.
    most = np.maximum(flow, 0.0) / ratio + 1e-12 * loan.size_usd_nominal[0]
    assert np.all(loan.service_usd_nominal <= most)


@given(st.lists(st.floats(50.0, 60.0), min_size=2, max_size=30), st.floats(1.0, 2.0))
def test_steady_cash_is_sculpted_to_the_target(cash: list[float], ratio: float) -> None:
    flow = np.array([cash])
    loan = sculpted(flow, ratio, 0.06, len(cash))
    assert debt_service_cover(flow, loan) == pytest.approx(np.full_like(flow, ratio), rel=1e-9)
    assert life_cover(flow, loan, 0.06, len(cash))[0] == pytest.approx(ratio, rel=1e-9)


@given(cash_flows, st.floats(1.0, 2.5), st.floats(0.001, 0.15))
def test_the_worth_of_service_is_the_loan(cash: list[float], ratio: float, rate: float) -> None:
    loan = sculpted(np.array([cash]), ratio, rate, len(cash), negative_amortisation=True)
    years = np.arange(1, len(cash) + 1)
    worth = (loan.service_usd_nominal / (1 + rate) ** years).sum()
    assert worth == pytest.approx(loan.size_usd_nominal[0], rel=1e-9, abs=1e-9)


@given(st.floats(0.0, 0.2), st.integers(1, 30), st.booleans())
def test_loans_are_repaid_by_their_tenor(rate: float, tenor: int, level: bool) -> None:
    build = level_payment if level else level_principal
    loan = build(100.0, rate, tenor, 30)
    assert loan.size_usd_nominal[0] == 100.0
    assert loan.principal_usd_nominal.sum() == pytest.approx(100.0)
    assert np.all(loan.balance_usd_nominal[:, tenor - 1 :] == 0)
    assert np.all(loan.balance_usd_nominal >= 0)


@given(st.floats(0.0, 1.0), st.floats(60.0, 150.0))
def test_a_sweep_never_overpays(share: float, cash: float) -> None:
    loan = swept(level_payment(500.0, 0.08, 15, 15), np.full((1, 15), cash), share)
    assert np.all(loan.balance_usd_nominal >= 0)
    assert loan.principal_usd_nominal.sum() == pytest.approx(500.0)


def test_rows_keep_their_own_tenor() -> None:
    both = level_payment([100.0, 50.0], [0.05, 0.0], [3, 2], 4)
    assert both.balance_usd_nominal[1].tolist() == [25.0, 0.0, 0.0, 0.0]
    assert both.balance_usd_nominal[0, 2:].tolist() == [0.0, 0.0]


def test_a_loan_that_cannot_carry_itself() -> None:
    with pytest.raises(InputError) as caught:
        construction_loan([1.0] * 120, ConstructionTerms(0.9, 0.20, -0.1, 0.0))
    assert str(caught.value) == (
        "A construction loan cannot be built.\n"
        "  - construction loan: commitment_fee_frac is -0.1. Give a rate of 0 or more."
    )
    with pytest.raises(InputError, match=r"Each dollar of loan would need 1\.80 dollars more"):
        construction_loan([1.0] * 120, ConstructionTerms(0.9, 0.20))
    with pytest.raises(InputError, match="Give a share from 0 to below 1"):
        construction_loan([1.0], ConstructionTerms(1.0, 0.20))
