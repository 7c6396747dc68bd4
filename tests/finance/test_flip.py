"""Partnership flips: a worked example, laws, and exact texts of errors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigaplan.finance.flip import NO_FLIP, capital_account, flip_words, partnership_flip
from gigaplan.finance.flip_terms import FlipTerms, PartnershipFlows
from gigaplan.finance.returns import rates_of_return
from gigaplan.terms.errors import InputError

MACRS_5 = [20.0, 32.0, 19.2, 11.52, 11.52, 5.76]
"""Percent of basis, IRS Publication 946, table A-1, 5-year property."""


def worked_project(revenue_usd=10.0):
    """Cost 100, credit 30 in year 1 and basis 85, tax 21 %, 25 years: worked by hand elsewhere."""
    year = np.arange(25)
    ebitda = revenue_usd * 1.015**year - 1.5 * 1.025**year
    depreciation = np.zeros(25)
    depreciation[:6] = 85.0 * np.array(MACRS_5) / 100
    cash = np.concatenate([[-100.0], ebitda])
    tax = np.concatenate([[0.0], -0.21 * (ebitda - depreciation)])
    credit = np.zeros(26)
    credit[1] = 30.0
    return PartnershipFlows(cash, tax, credit)


TERMS = FlipTerms(0.44, 0.25, 0.05, 0.99, 0.05, target_frac=0.08)


def test_worked_example():
    result = partnership_flip(worked_project(), TERMS)
    assert int(result.flip_year) == 9
    assert 100 * result.tax_equity_rate.rate_frac == pytest.approx(10.1987, abs=5e-5)
    assert 100 * result.sponsor_rate.rate_frac == pytest.approx(11.7791, abs=5e-5)
    flows = worked_project()
    project = flows.cash_usd_nominal + flows.tax_usd_nominal + flows.credit_usd_nominal
    rate = rates_of_return(project, np.arange(26)).rate_frac
    assert 100 * rate == pytest.approx(11.5260, abs=5e-5)
    # Year 1: cash 8.5, credit 30, tax 21 % of 17 - 8.5; 25 % of the cash, 99 % of the rest.
    assert project[1] == pytest.approx(8.5 + 30 + 1.785)
    assert result.tax_equity.after_tax_usd_nominal[1] == pytest.approx(33.59215)
    assert result.sponsor.after_tax_usd_nominal[1] == pytest.approx(6.69285)
    assert flip_words(result, TERMS) == (
        "The partnership flips at the end of year 9; tax equity has earned 8.26 %."
    )


def test_a_partnership_that_never_flips_says_so():
    # The same with cash 20 %, revenue 9.5 and tax equity of 42.
    terms = replace(TERMS, tax_equity_frac=0.42, cash_before_frac=0.20)
    result = partnership_flip(worked_project(9.5), terms)
    assert int(result.flip_year) == NO_FLIP
    later = result.tax_equity.after_tax_usd_nominal[7:]
    assert (later < 0).all()
    # Its flows change sign twice, so two rates bring them to zero: neither reaches the target.
    assert flip_words(result, terms) == (
        "No flip: after 25 years tax equity has earned -12.81 % or 6.32 %, "
        "below its target of 8.00 %."
    )


@given(st.integers(0, 2**32 - 1), st.floats(0.0, 1.0), st.floats(0.0, 0.2))
@settings(max_examples=60, deadline=None)
def test_partners_share_all_that_there_is(seed, share, target):
    draw = np.random.default_rng(seed)
    cash = draw.normal(10, 10, (7, 12))
    cash[:, 0] = -100.0
    tax, credit = draw.normal(0, 5, (7, 12)), draw.uniform(0, 9, (7, 12))
    tax[:, 0] = credit[:, 0] = 0.0
    terms = FlipTerms(share, 0.3, 0.05, 0.99, 0.05, target_frac=target, recovery_years=3)
    result = partnership_flip(PartnershipFlows(cash, tax, credit), terms)
    both = result.tax_equity.after_tax_usd_nominal + result.sponsor.after_tax_usd_nominal
    np.testing.assert_allclose(both, cash + tax + credit, atol=1e-9)
    # Many at once are as each alone.
    alone = partnership_flip(PartnershipFlows(cash[3], tax[3], credit[3]), terms)
    assert int(alone.flip_year) == result.flip_year[3]
    np.testing.assert_array_equal(
        alone.tax_equity.after_tax_usd_nominal, result.tax_equity.after_tax_usd_nominal[3]
    )


def test_a_flip_by_date():
    terms = replace(TERMS, target_frac=None, flip_year=5)
    result = partnership_flip(worked_project(), terms)
    assert int(result.flip_year) == 5
    cash = worked_project().cash_usd_nominal
    assert result.tax_equity.cash_usd_nominal[5] == pytest.approx(0.25 * cash[5])
    assert result.tax_equity.cash_usd_nominal[6] == pytest.approx(0.05 * cash[6])


def test_the_target_or_the_date_whichever_is_first():
    early = partnership_flip(worked_project(), replace(TERMS, flip_year=5))
    late = partnership_flip(worked_project(), replace(TERMS, flip_year=20))
    assert (int(early.flip_year), int(late.flip_year)) == (5, 9)


def test_capital_account_without_losses_is_what_was_paid_less_what_came_back():
    assert capital_account([10, 5, 0], [0, 0, 0], [0, 0, 4]).tolist() == [10.0, 15.0, 11.0]


def test_bad_terms_are_refused():
    with pytest.raises(InputError) as caught:
        FlipTerms(1.2, 0.25, 0.05, 0.99, -0.1)
    assert str(caught.value) == (
        "The terms of a partnership flip cannot be used.\n"
        "  - flip: tax_equity_frac: tax_equity_frac is 1.2. Give a share from 0 to 1.\n"
        "  - flip: tax_after_frac: tax_after_frac is -0.1. Give a share from 0 to 1.\n"
        "  - flip: Neither a target return nor a year of the flip is given. "
        "Give target_frac or flip_year."
    )


def test_bad_flows_are_refused():
    flows = PartnershipFlows(np.array([5.0, 1.0]), np.zeros(2), np.array([0.0, -1.0]))
    with pytest.raises(InputError) as caught:
        partnership_flip(flows, TERMS)
    assert str(caught.value) == (
        "The flows of a partnership cannot be shared out.\n"
        "  - flip: cash_usd_nominal: The equity of year 0 comes in. "
        "Give money paid in as negative.\n"
        "  - flip: credit_usd_nominal: The least credit is -1. Give credits of 0 or more."
    )
    with pytest.raises(InputError) as caught:
        partnership_flip(PartnershipFlows(np.zeros(3), np.zeros(3), np.zeros(2)), TERMS)
    assert str(caught.value) == (
        "The flows of a partnership cannot be shared out.\n"
        "  - flip: Cash, tax and credits have the shapes (3,), (3,), (2,). "
        "Give each for the same years, from year 0 to year 1 or later."
    )
