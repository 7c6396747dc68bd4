"""Waterfalls: published examples, laws for any cash, and exact texts of errors."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigaplan.finance.fund_fees import management_fee
from gigaplan.finance.present_value import dated_times
from gigaplan.finance.returns import rates_of_return
from gigaplan.finance.tiers import (
    CatchUp,
    MultipleHurdle,
    PreferredReturn,
    RateHurdle,
    ReturnOfCapital,
    Split,
)
from gigaplan.finance.waterfall import apportion, clawback, distribute
from gigaplan.terms.errors import InputError


def usual(pref=0.08, carry=0.20, share=1.0):
    return [
        ReturnOfCapital(),
        PreferredReturn(pref),
        CatchUp(carry, share),
        Split(1 - carry, carry),
    ]


def test_published_default_case_of_a_calculator():
    # trytentt.com, waterfall calculator, default case, seen 2026-11-23: 50 M, 125 M after 5 years.
    shared = distribute([50e6, 0], [0, 125e6], [0, 5], usual())
    np.testing.assert_allclose(
        shared.investor_usd_nominal[:, 1], [50_000_000, 23_466_403.84, 0, 36_533_596.16], atol=0.01
    )
    np.testing.assert_allclose(
        shared.partner_usd_nominal[:, 1], [0, 0, 5_866_600.96, 9_133_399.04], atol=0.01
    )
    assert shared.investor.sum() == pytest.approx(110e6)
    assert shared.partner.sum() == pytest.approx(15e6)


def test_published_lesson():
    # revitalizerei.com, "Waterfall distributions and promote structures": 1 M of equity and
    # 450,000 of profit, 8 % preferred, full catch-up, 80/20: 360,000 and 90,000.
    shared = distribute([1e6, 0], [0, 1.45e6], [0, 3], usual())
    assert shared.investor.sum() - 1e6 == pytest.approx(360_000)
    assert shared.partner.sum() == pytest.approx(90_000)


def test_published_inputs_of_a_catch_up():
    # EisnerAmper, "GP catch-ups with examples": 1,000 on 1 January, 2,000 on 31 December, 8 %.
    # Their inputs; by hand 80 preferred, 80 x 0.2 / 0.8 catch-up, a fifth of the other 900.
    shared = distribute([1000, 0], [0, 2000], [0, 1], usual())
    np.testing.assert_allclose(shared.investor_usd_nominal[:, 1], [1000, 80, 0, 720])
    np.testing.assert_allclose(shared.partner_usd_nominal[:, 1], [0, 0, 20, 180])


def test_published_simple_preferred_return():
    # 515511.xyz, "Carried interest calculation": 1 M for 5 years at 8 % simple is 400,000.
    tiers = [ReturnOfCapital(), PreferredReturn(0.08, "simple"), Split(0.8, 0.2)]
    shared = distribute([1e6, 0], [0, 2e6], [0, 5], tiers)
    assert shared.investor_usd_nominal[:2, 1].tolist() == pytest.approx([1e6, 400_000])
    assert shared.partner.sum() == pytest.approx(0.2 * 600_000)


@pytest.mark.parametrize(
    ("proceeds", "share", "investor", "partner"),
    [
        (140, 1.0, 140.0, 0.0),  # below the hurdle: 46.93 is due, 40 there
        (150, 1.0, 146.93280768, 3.06719232),  # inside the catch-up
        (250, 0.5, 220.0, 30.0),  # half catch-up, ends with a fifth of 150
        (90, 1.0, 90.0, 0.0),  # a loss
    ],
)
def test_worked_cases(proceeds, share, investor, partner):
    shared = distribute([100, 0], [0, proceeds], [0, 5], usual(share=share))
    assert shared.investor.sum() == pytest.approx(investor)
    assert shared.partner.sum() == pytest.approx(partner)


def test_half_catch_up_takes_what_the_formula_says():
    shared = distribute([100, 0], [0, 250], [0, 5], usual(share=0.5))
    tier = shared.investor_usd_nominal[2, 1] + shared.partner_usd_nominal[2, 1]
    assert tier == pytest.approx(46.93280768 * 0.2 / 0.3)


def test_published_deal_by_deal_clawback():
    # sydecar.io, glossary "Clawback": two deals of 500,000; one returns 2 M, the other nothing;
    # without a preferred return the partner takes 300,000, 30 % of a profit of 1 M.
    tiers = [ReturnOfCapital(), Split(0.8, 0.2)]
    called = np.array([[500e3, 0, 0], [500e3, 0, 0]])
    cash = np.array([[0, 2e6, 0], [0, 0, 0.0]])
    american = distribute(called, cash, [0, 2, 4], tiers)
    assert american.partner.sum() == pytest.approx(300_000)
    european = distribute(called.sum(axis=0), cash.sum(axis=0), [0, 2, 4], tiers)
    assert european.partner.sum() == pytest.approx(200_000)
    assert clawback(american.partner.sum(), european.partner.sum()) == pytest.approx(100_000)


def test_published_clawback_of_everything():
    # Preqin glossary, "Clawback": profits of 500 M and losses of 500 M; 100 M goes back.
    tiers = [ReturnOfCapital(), Split(0.8, 0.2)]
    called, cash = np.array([[500.0, 0], [500.0, 0]]), np.array([[0.0, 1000], [0, 0]])
    american = distribute(called, cash, [0, 5], tiers)
    european = distribute(called.sum(axis=0), cash.sum(axis=0), [0, 5], tiers)
    assert american.partner.sum() == pytest.approx(100.0)
    assert clawback(american.partner.sum(), european.partner.sum()) == pytest.approx(100.0)


def test_preferred_return_runs_by_dates_and_gives_that_rate():
    days = [datetime.date(2026, 2, 3), datetime.date(2027, 9, 1), datetime.date(2031, 4, 30)]
    times = dated_times(days)
    tiers = [ReturnOfCapital(), PreferredReturn(0.09), Split(0.5, 0.5)]
    # Just enough cash at the end: what was paid in, grown at 9 %.
    due = 100 * 1.09 ** times[2] + 60 * 1.09 ** (times[2] - times[1])
    shared = distribute([100, 60, 0], [0, 0, due + 10], times, tiers)
    assert shared.partner.sum() == pytest.approx(5.0)
    rate = rates_of_return([-100, -60, due], times).rate_frac
    assert rate == pytest.approx(0.09)


def test_promote_by_rate_of_return():
    # All to investors up to 8 %, then 80/20 to 12 %, then 60/40: each hurdle is met exactly.
    tiers = [RateHurdle(0.08, 1.0), RateHurdle(0.12, 0.8), Split(0.6, 0.4)]
    shared = distribute([100, 0, 0, 0], [0, 20, 30, 150], [0, 1, 2, 3], tiers)
    upto = shared.investor_usd_nominal[:2].sum(axis=0)
    assert rates_of_return([-100, 0, 0, 0] + upto, np.arange(4)).rate_frac == pytest.approx(0.12)
    first = shared.investor_usd_nominal[0]
    assert rates_of_return([-100, 0, 0, 0] + first, np.arange(4)).rate_frac == pytest.approx(0.08)


def test_promote_by_multiple():
    tiers = [MultipleHurdle(1.0, 1.0), MultipleHurdle(1.5, 0.9), Split(0.7, 0.3)]
    shared = distribute([100, 0], [0, 200], [0, 4], tiers)
    assert shared.investor_usd_nominal[:, 1].tolist() == pytest.approx(
        [100, 50, 0.7 * (100 - 50 / 0.9)]
    )


def test_investors_with_unlike_commitments_are_apportioned_by_capital():
    # Two investors pay 3 and 1 from the start: as one of 4, split 3 to 1.
    called = np.array([[75.0, 0, 0], [25.0, 0, 0]])
    cash = np.array([0.0, 40, 130])
    each = distribute(called, apportion(called, cash), [0, 2, 5], usual())
    whole = distribute(called.sum(axis=0), cash, [0, 2, 5], usual())
    np.testing.assert_allclose(each.investor, np.outer([0.75, 0.25], whole.investor))
    np.testing.assert_allclose(each.partner.sum(axis=0), whole.partner)


def test_preferred_before_capital_is_an_order_like_any_other():
    tiers = [PreferredReturn(0.10), ReturnOfCapital(), Split(0.8, 0.2)]
    shared = distribute([100, 0, 0], [0, 10, 115], [0, 1, 2], tiers)
    assert shared.investor_usd_nominal[0].tolist() == pytest.approx([0, 10, 10])
    assert shared.investor_usd_nominal[1].tolist() == pytest.approx([0, 0, 100])
    assert shared.partner.sum() == pytest.approx(1.0)


amounts = st.lists(st.floats(0, 1e6), min_size=3, max_size=10)
TIERS = st.sampled_from(
    [
        usual(),
        usual(0.06, 0.10, 0.6),
        [ReturnOfCapital(), PreferredReturn(0.08, "simple"), CatchUp(0.25), Split(0.75, 0.25)],
        [RateHurdle(0.08, 1.0), RateHurdle(0.12, 0.85), RateHurdle(0.2, 0.7), Split(0.5, 0.5)],
        [MultipleHurdle(1.2, 1.0), MultipleHurdle(2.0, 0.8), Split(0.7, 0.3)],
    ]
)


@given(amounts, st.integers(0, 2**32 - 1), TIERS)
@settings(max_examples=150, deadline=None)
def test_laws_of_any_waterfall(cash, seed, tiers):
    draw = np.random.default_rng(seed)
    cash = np.array(cash)
    called = draw.uniform(0, 5e5, cash.size) * (draw.uniform(size=cash.size) < 0.5)
    times = np.cumsum(draw.uniform(0, 2, cash.size))
    shared = distribute(called, cash, times, tiers)
    tier_cash = shared.investor_usd_nominal + shared.partner_usd_nominal
    # Cash is exhausted, and nothing is negative.
    np.testing.assert_allclose(tier_cash.sum(axis=0), cash, rtol=1e-12, atol=1e-9)
    assert shared.investor_usd_nominal.min() >= 0
    assert shared.partner_usd_nominal.min() >= -1e-9
    # Once cash has run dry in a tier, no later one gets any: replay each with unlimited cash.
    for period in range(cash.size):
        before = np.array(cash)
        before[period:] = 0
        before[period] = 1e12
        roomy = distribute(called, before, times, tiers)
        room = (roomy.investor_usd_nominal + roomy.partner_usd_nominal)[:, period]
        later = tier_cash[::-1, period].cumsum()[::-1][1:]
        unfilled = tier_cash[:-1, period] < room[:-1] - 1e-6
        assert (later[unfilled] <= 1e-6).all()
    # The partner never has more than its highest share of what came beyond capital.
    highest = max(1 - tier.investor_frac for tier in tiers if not isinstance(tier, CatchUp))
    profit = np.maximum(np.cumsum(cash - called), 0).max()
    assert np.cumsum(shared.partner)[-1] <= highest * max(profit, cash.sum()) + 1e-6


@given(amounts, st.integers(0, 2**32 - 1))
@settings(max_examples=100, deadline=None)
def test_the_partner_never_exceeds_its_carry_of_profit(cash, seed):
    # All capital is called first, so that no later call can turn profit into loss.
    draw = np.random.default_rng(seed)
    cash = np.array([0.0, *cash])
    called = np.zeros(cash.size)
    called[0] = draw.uniform(1, 1e6)
    times = np.cumsum(draw.uniform(0, 2, cash.size))
    shared = distribute(called, cash, times, usual(0.08, 0.2))
    profit = np.maximum(np.cumsum(cash) - called[0], 0)
    assert (np.cumsum(shared.partner) <= 0.2 * profit + 1e-6).all()
    hurdle = shared.investor_usd_nominal[3].sum() > 0
    if hurdle:
        assert shared.partner.sum() == pytest.approx(0.2 * profit[-1])


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_many_draws_are_as_each_alone(seed):
    draw = np.random.default_rng(seed)
    called, cash = draw.uniform(0, 9, (4, 3, 6)), draw.uniform(0, 20, (4, 3, 6))
    together = distribute(called, cash, np.arange(6), usual())
    alone = distribute(called[2, 1], cash[2, 1], np.arange(6), usual())
    np.testing.assert_array_equal(together.investor_usd_nominal[2, 1], alone.investor_usd_nominal)


@given(amounts, amounts)
def test_a_fee_is_what_is_due_less_credits_and_never_negative(base, credit):
    size = min(len(base), len(credit))
    fee = management_fee(0.02, base[:size], 1.0, credit[:size])
    assert (fee >= 0).all()
    due = 0.02 * sum(base[:size])
    assert fee.sum() >= max(0.0, due - sum(credit[:size])) - 1e-6
    assert fee.sum() <= due + 1e-6


def test_bad_tiers_are_refused_all_at_once():
    tiers = [
        PreferredReturn(-0.1),
        RateHurdle(0.12, 0.8),
        RateHurdle(0.08, 0.0),
        CatchUp(0.2, 0.1),
        Split(0.8, 0.3),
        ReturnOfCapital(),
    ]
    with pytest.raises(InputError) as caught:
        distribute([1.0], [0.0], [0], tiers)
    assert str(caught.value) == (
        "The tiers of a waterfall cannot be used.\n"
        "  - tiers[0]: preferred_return: The rate is -0.1. Give a rate of 0 or more.\n"
        "  - tiers[2]: rate_hurdle: The share of the investors is 0. "
        "Give a share above 0, up to 1.\n"
        "  - tiers[3]: catch_up: The carry is 0.2 and the share of the tier 0.1. "
        "Give a share above the carry: with less it never catches up.\n"
        "  - tiers[4]: split: The shares add to 1.1. Give shares that add to 1.\n"
        "  - tiers: The tiers do not end with the one split that takes all cash that is left. "
        "Put one Split at the end of the list.\n"
        "  - tiers: The hurdles do not rise: rate_frac is 0.12, 0.08. "
        "Order them from the lowest to the highest."
    )


def test_bad_cash_is_refused():
    with pytest.raises(InputError) as caught:
        distribute([1.0, -2.0], [0.0, -3.0], [1, 0], usual())
    assert str(caught.value) == (
        "Cash cannot be run through a waterfall.\n"
        "  - waterfall: contributed_usd_nominal: The least amount is -2. "
        "Give amounts of 0 or more.\n"
        "  - waterfall: cash_usd_nominal: The least amount is -3. Give amounts of 0 or more.\n"
        "  - waterfall: times_years: The times go backwards. Sort the flows by date."
    )
    with pytest.raises(InputError) as caught:
        distribute([1.0], [0.0, 1.0], [0, 1], usual())
    assert str(caught.value) == (
        "Cash cannot be run through a waterfall.\n"
        "  - waterfall: Capital, cash and times have the shapes (1,), (2,), (2,). "
        "Give capital and cash for the same periods, and one time for each."
    )
    with pytest.raises(InputError) as caught:
        clawback(1.0, 0.0, 1.5)
    assert str(caught.value) == (
        "A clawback cannot be computed.\n"
        "  - clawback: after_tax_frac is 1.5. Give a share from 0 to 1."
    )
