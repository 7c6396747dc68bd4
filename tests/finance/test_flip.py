"""Partnership flips: a worked example, SAM's two engines, and laws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySAM import Equpartflip, Levpartflip

from gigaplan.finance.flip import NO_FLIP, capital_account, flip_words, partnership_flip
from gigaplan.finance.flip_terms import FlipTerms, PartnershipFlows
from gigaplan.finance.present_value import present_value
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


EQUITY = (Equpartflip, "WindPowerAllEquityPartnershipFlip")
LEVERAGED = (Levpartflip, "WindPowerLeveragedPartnershipFlip")
SAM_RUNS = {
    "equity, as shipped": (*EQUITY, {}),
    "equity, full recovery": (*EQUITY, {"sponsor_cap_recovery_mode": 1, "ppa_price_input": [0.05]}),
    "equity, investment credit": (
        *EQUITY,
        {"ptc_fed_amount": [0.0], "itc_fed_percent": [30.0], "ppa_price_input": [0.05],
         "flip_target_percent": 8.0},
    ),
    "equity, never": (*EQUITY, {"flip_target_percent": 30.0}),
    "leveraged, as shipped: never": (*LEVERAGED, {}),
    "leveraged, flips": (*LEVERAGED, {"tax_investor_equity_percent": 60.0}),
    "leveraged, high price": (
        *LEVERAGED,
        {"ppa_price_input": [0.05], "tax_investor_equity_percent": 70.0,
         "tax_investor_preflip_cash_percent": 30.0},
    ),
}  # fmt: skip


def sam_run(module, defaults, changes):
    model = module.default(defaults)
    # 200 MW at a flat 40 %: no weather file is needed.
    model.value("gen", [0.4 * 200_000.0] * 8760)
    for name, value in changes.items():
        model.value(name, value)
    model.execute(0)
    return model


def terms_of(model, out):
    def percent(name):
        return model.value(name) / 100

    years = int(model.value("analysis_period"))
    recovery = 0
    if isinstance(model, Equpartflip.Equpartflip):
        full = model.value("sponsor_cap_recovery_mode") == 1
        recovery = years if full else int(model.value("sponsor_cap_recovery_year"))
    return FlipTerms(
        tax_equity_frac=percent("tax_investor_equity_percent"),
        cash_before_frac=percent("tax_investor_preflip_cash_percent"),
        cash_after_frac=percent("tax_investor_postflip_cash_percent"),
        tax_before_frac=percent("tax_investor_preflip_tax_percent"),
        tax_after_frac=percent("tax_investor_postflip_tax_percent"),
        target_frac=percent("flip_target_percent"),
        recovery_years=recovery,
        development_fee_usd_nominal=out["sponsor_pretax_development"],
        fee_tax_frac=out["cf_effective_tax_frac"][1],
        tolerance_frac=1e-5,
    )


@pytest.mark.parametrize("name", SAM_RUNS)
def test_sam_agrees(name):
    model = sam_run(*SAM_RUNS[name])
    out = model.Outputs.export()

    def line(*names):
        return sum(np.array(out[name]) for name in names)

    project = PartnershipFlows(
        line("cf_project_return_pretax"),
        line("cf_statax", "cf_fedtax"),
        line("cf_ptc_fed", "cf_ptc_sta", "cf_itc_total"),
    )
    result = partnership_flip(project, terms_of(model, out))
    # The year of the flip, or that there is none.
    theirs = out["flip_actual_year"]
    assert int(result.flip_year) == (NO_FLIP if np.isnan(theirs) else int(theirs))
    assert ("never" in name) == np.isnan(theirs)
    # Every flow of every year, to a thousandth of a millionth of the equity.
    close = {"rtol": 1e-9, "atol": 1e-9 * out["issuance_of_equity"]}
    for partner, sam_name in ((result.tax_equity, "tax_investor"), (result.sponsor, "sponsor")):
        for ours, lines in (
            (partner.after_tax_usd_nominal, ("cf_{}_aftertax",)),
            (partner.cash_usd_nominal, ("cf_{}_aftertax_cash",)),
            (partner.credit_usd_nominal, ("cf_{}_aftertax_itc", "cf_{}_aftertax_ptc")),
        ):
            np.testing.assert_allclose(ours, line(*[x.format(sam_name) for x in lines]), **close)
    # Worth and rate of return; SAM stops its search for a rate at about 1e-6 points.
    discount = out["nominal_discount_rate"]
    when = np.arange(len(out["cf_tax_investor_aftertax"]))
    for partner, rate, sam_name in (
        (result.tax_equity, result.tax_equity_rate, "tax_investor"),
        (result.sponsor, result.sponsor_rate, "sponsor"),
    ):
        worth = present_value(partner.after_tax_usd_nominal, discount, when)
        assert worth == pytest.approx(
            out[f"{sam_name}_aftertax_npv"], rel=1e-9, abs=1e-9 * out["issuance_of_equity"]
        )
        theirs = out[f"{sam_name}_aftertax_irr"] / 100
        if np.isfinite(theirs):
            assert int(rate.status) == 1
            assert rate.rate_frac == pytest.approx(theirs, abs=2e-6)


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
