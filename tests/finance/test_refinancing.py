"""Refinancing: a new loan in place of the old one, what it brings, costs and leaves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.finance.drawn_projects import drawn_projects
from tests.finance.ledger_sums import assert_it_adds_up, line

from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Debt, Plant, Project, Reserves
from gigaplan.finance.stack_terms import Covenants, Refinancing
from gigaplan.finance.tax import Taxes
from gigaplan.terms.errors import InputError

YEARS = 20
DEAL = Project(
    Plant(1000.0, 1.0, 100.0, YEARS),
    Contract(1.3),
    debt=Debt("share", 0.09, 12, share_frac=0.6),
    taxes=Taxes(0.0),
    inflation_frac=0.0,
)


def test_the_gain_of_a_refinancing() -> None:
    """The worth of distributions after it less that before it, discounted at one rate.

    So the guidance of the UK on refinancing of PFI contracts defines the gain. Without taxes it is
    also what lenders give and take, and a spreadsheet works out both loans.
    """
    terms = Refinancing(4, 0.055, 14, 1.25, fee_frac=0.02, most_share_frac=np.inf)
    before, after = pro_forma(DEAL), pro_forma(replace(DEAL, refinancing=terms))
    payment = pyxirr.pmt(0.09, 12, -600.0)
    owed = pyxirr.pv(0.09, 8, -payment)
    new = pyxirr.pv(0.055, 14, -130.0 / 1.25)
    assert line(after, "refinancing_repaid")[0, 4] == pytest.approx(-owed)
    assert after.metrics["refinancing_loan_usd_nominal"][0] == pytest.approx(new)
    proceeds = new * 0.98 - owed
    assert after.metrics["refinancing_proceeds_usd_nominal"][0] == pytest.approx(proceeds)
    flows = [line(found, "owner_flow")[0] for found in (before, after)]
    gain = pyxirr.npv(0.12, flows[1][4:]) - pyxirr.npv(0.12, flows[0][4:])
    saved = [0.0] + [payment] * 8 + [0.0] * 8
    paid = [0.0] + [130.0 / 1.25] * 14 + [0.0] * 2
    by_loans = proceeds + pyxirr.npv(0.12, saved) - pyxirr.npv(0.12, paid)
    assert gain == pytest.approx(by_loans)
    assert after.metrics["irr_frac"][0] > before.metrics["irr_frac"][0]
    assert line(after, "debt_balance")[0, 18] == pytest.approx(0.0, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 7), st.floats(0.0, 12.0))
def test_the_same_terms_and_no_fee_change_nothing(seed: int, year: int, months: float) -> None:
    project = drawn_projects(seed, 15)
    debt = replace(project.debt, most_share_frac=np.inf)
    project = replace(project, debt=debt, reserves=Reserves(months, 3.0, 0.01))
    terms = Refinancing(
        year, debt.interest_frac, debt.tenor_years - year, debt.dscr, most_share_frac=np.inf
    )
    plain, new = pro_forma(project), pro_forma(replace(project, refinancing=terms))
    size = np.abs(line(plain, "purchase")).max()
    for name, values in plain.ledger.items():
        np.testing.assert_allclose(new.ledger[name], values, rtol=1e-9, atol=1e-10 * size)
    for name, values in plain.metrics.items():
        near = {"rtol": 1e-8, "atol": 1e-9 * size if "usd_nominal" in name else 1e-9}
        np.testing.assert_allclose(new.metrics[name], values, err_msg=name, **near)
    np.testing.assert_allclose(line(new, "refinancing_drawn"), -line(new, "refinancing_repaid"))


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10_000),
    st.integers(1, 7),
    st.floats(0.02, 0.12),
    st.floats(1.0, 2.0),
    st.floats(0.0, 0.04),
    st.floats(0.1, 1.0),
    st.floats(0.0, 1.0),
)
def test_any_new_loan_adds_up_and_is_repaid(
    seed: int, year: int, rate: float, ratio: float, fee: float, most: float, sweep: float
) -> None:
    project = drawn_projects(seed, 15)
    project = replace(project, debt=replace(project.debt, sweep_frac=sweep))
    terms = Refinancing(year, rate, 12, ratio, fee, most)
    found = pro_forma(replace(project, refinancing=terms, covenants=Covenants(1.3)))
    assert_it_adds_up(found)
    balance, uses = line(found, "debt_balance"), found.metrics["uses_usd_nominal"]
    assert np.all(balance[:, year] <= most * uses * (1 + 1e-9))
    np.testing.assert_allclose(balance[:, year + 12 :], 0.0, atol=1e-9 * uses.max())
    paid = line(found, "principal") + line(found, "refinancing_repaid")
    drawn = line(found, "debt_drawn") + line(found, "refinancing_drawn")
    np.testing.assert_allclose(-paid.sum(axis=1), drawn.sum(axis=1), rtol=1e-9)
    assert np.all(line(found, "trapped_balance")[:, year] == 0)


def test_reserve_and_fee_follow_the_new_loan() -> None:
    """Six months of the new service are held from the refinancing on; the fee saves tax evenly."""
    deal = replace(
        DEAL,
        reserves=Reserves(debt_service_months=6.0),
        taxes=Taxes(0.25),
    )
    terms = Refinancing(4, 0.055, 10, 1.5, fee_frac=0.02, most_share_frac=np.inf)
    free = replace(terms, fee_frac=0.0)
    paid, unpaid = (pro_forma(replace(deal, refinancing=each)) for each in (terms, free))
    service = 130.0 / 1.5
    reserve = line(paid, "reserve_balance")[0]
    assert reserve[4:15].tolist() == pytest.approx([service / 2] * 10 + [0.0])
    assert reserve[3] == pytest.approx(
        pyxirr.pmt(0.09, 12, -paid.metrics["debt_usd_nominal"][0]) / 2
    )
    fee = -line(paid, "refinancing_fee")[0, 4]
    assert fee == pytest.approx(0.02 * pyxirr.pv(0.055, 10, -service))
    saved = (line(paid, "federal_tax") - line(unpaid, "federal_tax"))[0]
    assert saved.tolist() == pytest.approx([0.0] * 5 + [0.025 * fee] * 10 + [0.0] * 6)


def test_a_new_loan_on_a_curve() -> None:
    curve = np.linspace(0.03, 0.10, YEARS)[None, :]
    terms = Refinancing(4, curve, 3, 1.3, most_share_frac=np.inf)
    found = pro_forma(replace(DEAL, refinancing=terms))
    factor = 1 / np.cumprod(1 + curve[0, 4:7])
    assert found.metrics["refinancing_loan_usd_nominal"][0] == pytest.approx(100 * factor.sum())


def test_a_refinancing_that_cannot_be() -> None:
    terms = Refinancing(12, 0.05, 9, 0.9)
    with pytest.raises(InputError) as caught:
        pro_forma(replace(DEAL, refinancing=replace(terms, tenor_years=-2)))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - refinancing.tenor_years: tenor_years is -2. Give 1 to 100 years.\n"
        "  - refinancing.dscr: dscr is 0.9. Give 1 or more."
    )
    with pytest.raises(InputError) as caught:
        pro_forma(replace(DEAL, refinancing=replace(terms, dscr=1.2)))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - refinancing.year: year is 12, and the loan is repaid in year 12. "
        "Give a year before the last of the tenor.\n"
        "  - refinancing.tenor_years: The new loan runs to year 21, beyond the life of 20 years. "
        "Shorten the loan."
    )
    unlevered = replace(DEAL, debt=Debt(), refinancing=Refinancing(3, 0.05, 9, 1.2))
    with pytest.raises(InputError, match=r"There is no loan to repay\. Give debt a sizing"):
        pro_forma(unlevered)
