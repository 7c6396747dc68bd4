"""Rates of return against pyxirr, published pages and the polynomial of numpy."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from gigaplan.finance.present_value import dated_times, period_times, present_value
from gigaplan.finance.returns import (
    dated_rate_of_return,
    internal_rate_of_return,
    rates_of_return,
)
from gigaplan.finance.roots import growth_roots
from gigaplan.terms.errors import InputError

DAY = datetime.date

# Microsoft support, pages of XIRR and XNPV, the example of each.
XIRR_DATES = [
    DAY(2008, 1, 1), DAY(2008, 3, 1), DAY(2008, 10, 30), DAY(2009, 2, 15), DAY(2009, 4, 1),
]  # fmt: skip
XIRR_CASH = [-10000.0, 2750.0, 4250.0, 3250.0, 2750.0]


def test_microsoft_xirr_and_xnpv():
    result = dated_rate_of_return(XIRR_DATES, XIRR_CASH)
    assert result.status == "unique"
    assert result.rate_frac == pytest.approx(0.373362535, abs=2e-9)
    worth = present_value(XIRR_CASH, 0.09, dated_times(XIRR_DATES))
    assert worth == pytest.approx(2086.647602, abs=1e-6)


@pytest.mark.parametrize(
    ("cash", "rate"),
    [
        # Microsoft support, page of IRR; the digits recomputed with numpy-financial 1.0.0.
        ([-70000, 12000, 15000, 18000, 21000, 26000], 0.08663094803653),
        ([-70000, 12000, 15000, 18000, 21000], -0.02124484827341),
        ([-70000, 12000, 15000], -0.44350694133474),
        # A fund: out 100 and 50, then 60, 80, 90.
        ([-100, -50, 0, 60, 80, 90], 0.1199459289),
    ],
)
def test_published_irr(cash, rate):
    assert internal_rate_of_return(cash).rate_frac == pytest.approx(rate, abs=1e-9)


def test_microsoft_npv():
    # Microsoft support, page of NPV, second example: 40,000 out now.
    cash = [-40000, 8000, 9200, 10000, 12000, 14500]
    assert present_value(cash, 0.08, period_times(6)) == pytest.approx(1922.061554932363)


def test_mid_period_irr_zeroes_mid_period_npv():
    cash = [-100.0, 30.0, 40.0, 50.0, 60.0]
    rate = internal_rate_of_return(cash, "mid").rate_frac
    assert rate is not None
    assert rate > internal_rate_of_return(cash).rate_frac
    assert present_value(cash, rate, period_times(5, "mid")) == pytest.approx(0.0, abs=1e-10)


def tame_flows(seed, periods):
    """Money out, then in: one rate, always."""
    draw = np.random.default_rng(seed)
    cash = draw.uniform(0.0, 40.0, (10_000, periods))
    cash[:, 0] = -draw.uniform(50.0, 400.0, 10_000)
    return cash


def wild_flows(seed, periods):
    """Flows that change sign many times."""
    draw = np.random.default_rng(seed)
    cash = draw.normal(20.0, 30.0, (10_000, periods))
    cash[:, 0] = -draw.uniform(50.0, 400.0, 10_000)
    return cash


def drawn_dates(seed, periods):
    days = np.cumsum(np.random.default_rng(seed).integers(1, 200, periods))
    return [DAY(2026, 1, 1) + datetime.timedelta(days=int(day)) for day in days]


def test_pyxirr_agrees_on_ten_thousand_periodic_flows():
    cash = tame_flows(20261124, 21)
    rates = rates_of_return(cash, period_times(21))
    theirs = np.array([pyxirr.irr(row) for row in cash], dtype=float)
    assert (rates.status == 1).all()
    assert np.abs(rates.rate_frac - theirs).max() < 1e-9


def test_pyxirr_agrees_on_ten_thousand_dated_flows():
    cash = tame_flows(20261125, 16)
    dates = drawn_dates(1, 16)
    rates = rates_of_return(cash, dated_times(dates))
    theirs = np.array([pyxirr.xirr(dates, row) for row in cash], dtype=float)
    assert (rates.status == 1).all()
    assert np.abs(rates.rate_frac - theirs).max() < 1e-9


@pytest.mark.parametrize("dated", [False, True])
def test_where_flows_change_sign_often_pyxirr_finds_one_of_our_rates(dated):
    cash = wild_flows(20261126, 16)
    dates = drawn_dates(2, 16)
    rates = rates_of_return(cash, dated_times(dates) if dated else period_times(16))
    theirs = np.array(
        [pyxirr.xirr(dates, row) if dated else pyxirr.irr(row) for row in cash], dtype=float
    )
    found = np.isfinite(theirs)
    assert found.sum() > 7_000
    assert np.isin(rates.status[found], (1, 2)).all()
    away = np.abs(rates.roots_frac - theirs[:, np.newaxis]) / (1 + np.abs(theirs[:, np.newaxis]))
    assert np.nanmin(away[found], axis=-1).max() < 1e-7


def test_every_root_of_random_polynomials_is_found():
    draw = np.random.default_rng(7)
    cash = draw.normal(0.0, 1.0, (1_000, 11))
    roots = growth_roots(cash, np.arange(11.0))
    for row, found in zip(cash, roots, strict=True):
        # Discount factors are the real positive roots of the polynomial.
        factors = np.roots(row[::-1])
        real = factors[(np.abs(factors.imag) < 1e-9) & (factors.real > 0)].real
        ours = np.exp(-found[np.isfinite(found)])
        np.testing.assert_allclose(np.sort(ours), np.sort(real), rtol=1e-7)


def test_flows_of_ten_years_of_months_that_change_sign_all_the_time():
    draw = np.random.default_rng(11)
    cash = draw.normal(0.0, 1.0, (6, 121))
    cash[:, 0] = -30.0
    rates = rates_of_return(cash, np.arange(121.0))
    assert rates.sign_changes.max() > 50
    for row, roots, changes in zip(cash, rates.roots_frac, rates.sign_changes, strict=True):
        found = roots[np.isfinite(roots)]
        # As many roots as changes of sign, or fewer by an even number.
        assert (changes - len(found)) % 2 == 0
        for rate in found[np.abs(np.log1p(found)) < 0.5]:
            discounted = row * np.exp(-np.log1p(rate) * np.arange(121.0))
            assert abs(discounted.sum()) <= 1e-9 * np.abs(discounted).sum()


def test_roots_that_were_put_there():
    # The product of (1 - 1.1 v), (1 - 1.2 v), (1 - 1.35 v), (1 - 0.9 v) has those four rates.
    cash = np.array([1.0])
    for growth in (1.1, 1.2, 1.35, 0.9):
        cash = np.convolve(cash, [1.0, -growth])
    result = internal_rate_of_return(cash)
    assert result.status == "multiple"
    assert result.rate_frac is None
    assert result.roots_frac == pytest.approx((-0.1, 0.1, 0.2, 0.35), abs=1e-12)
    assert result.reason == ("4 rates bring the present value to zero: -10 %, 10 %, 20 %, 35 %.")


def test_a_root_that_touches_is_found():
    result = internal_rate_of_return([-1.0, 2.2, -1.21])
    assert result.status == "unique"
    assert result.rate_frac == pytest.approx(0.1, abs=1e-7)


@pytest.mark.parametrize(
    ("cash", "reason"),
    [
        ([-5, -1, 0], "No flow is above zero: money goes out only."),
        ([5, 1], "No flow is below zero: money comes in only."),
        ([0, 0], "Every flow is zero."),
        ([1, -1, 1], "The present value is above zero at every rate."),
    ],
)
def test_no_rate_is_said_plainly(cash, reason):
    result = internal_rate_of_return(cash)
    assert (result.status, result.rate_frac, result.roots_frac) == ("none", None, ())
    assert result.reason == reason


def test_a_total_loss_but_a_cent():
    assert internal_rate_of_return([-1e9, 0.01]).rate_frac == pytest.approx(-1 + 1e-11)


def test_flows_of_one_day_are_added():
    days = [DAY(2026, 1, 1), DAY(2026, 1, 1), DAY(2027, 1, 1)]
    assert dated_rate_of_return(days, [-150, 50, 110]).rate_frac == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("day_count", "years"),
    [
        # 547 days; a year of 12 months of 30 days and a half; a year and 182 days of 366.
        ("ACT/365F", 547 / 365),
        ("ACT/360", 547 / 360),
        ("30/360 ISDA", 1.5),
        ("ACT/ACT ISDA", 1 + 182 / 366),
    ],
)
def test_day_counts(day_count, years):
    days = [DAY(2027, 1, 1), DAY(2028, 7, 1)]
    assert dated_times(days, day_count)[1] == pytest.approx(years)


def test_shape_follows_the_flows():
    rates = rates_of_return(np.ones((2, 3, 4)) * [-3, 1, 1, 2], np.arange(4))
    assert rates.rate_frac.shape == rates.status.shape == rates.sign_changes.shape == (2, 3)
    assert rates.roots_frac.shape == (2, 3, 1)


def test_bad_flows_are_refused():
    with pytest.raises(InputError) as caught:
        rates_of_return([np.nan, 1.0], [0, 1])
    assert str(caught.value) == (
        "A rate of return cannot be computed.\n"
        "  - cash_usd_nominal: 1 flows are not finite numbers. Give a number for every flow."
    )
    with pytest.raises(InputError) as caught:
        rates_of_return([-1.0, 1.0], [0, 1, 2])
    assert str(caught.value) == (
        "A rate of return cannot be computed.\n"
        "  - times: There are 3 times for flows of shape (2,). Give one time for each period."
    )
    with pytest.raises(InputError) as caught:
        dated_rate_of_return([DAY(2027, 1, 1), DAY(2026, 1, 1)], [-1, 2])
    assert str(caught.value) == (
        "The dates of a cash flow are out of order.\n"
        "  - dates[1]: 2026-01-01 follows 2027-01-01. Sort the flows by date."
    )


flows = st.lists(
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 2)),
    min_size=2,
    max_size=24,
)


@given(flows, st.data())
@settings(max_examples=200, deadline=None)
def test_a_rate_zeroes_the_present_value(cash, data):
    gaps = data.draw(st.lists(st.integers(1, 800), min_size=len(cash) - 1, max_size=len(cash) - 1))
    days = np.concatenate([[0], np.cumsum(gaps)])
    dates = [DAY(2026, 1, 1) + datetime.timedelta(days=int(day)) for day in days]
    times = dated_times(dates)
    result = dated_rate_of_return(dates, cash)
    assert len(result.roots_frac) <= result.sign_changes
    for rate in result.roots_frac:
        if -0.999 < rate < 1e6:
            discounted = np.asarray(cash) * (1 + rate) ** -times
            worth = discounted.sum()
            assert abs(worth) <= 1e-9 * np.abs(discounted).sum()
            assert pyxirr.xnpv(rate, dates, cash) == pytest.approx(
                worth, abs=1e-6 * np.abs(discounted).sum()
            )


@given(flows, st.floats(0.01, 1e4))
@settings(max_examples=100, deadline=None)
def test_a_rate_does_not_change_with_the_size_of_the_flows(cash, factor):
    one = internal_rate_of_return(cash)
    other = internal_rate_of_return([factor * flow for flow in cash])
    if one.status == "unique" and other.status == "unique":
        assert np.log1p(other.rate_frac) == pytest.approx(np.log1p(one.rate_frac), abs=1e-6)
