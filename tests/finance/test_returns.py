"""Returns: published examples, another library, and laws for any flow."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
import pyxirr
from hypothesis import assume, given
from hypothesis import strategies as st

from gigaplan.finance.returns import irr, irr_roots, npv, payback_years, xirr, xnpv
from gigaplan.terms.errors import InputError

# Microsoft Excel, functions XIRR and XNPV.
DAYS = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]
FLOWS = [-10000.0, 2750.0, 4250.0, 3250.0, 2750.0]

amounts = st.floats(-100.0, 100.0).map(lambda value: round(value, 2))


def test_the_example_of_excel() -> None:
    assert xirr(DAYS, FLOWS).rate_frac == pytest.approx(0.373362535, abs=5e-9)
    assert xnpv(0.09, DAYS, FLOWS) == pytest.approx(2086.6476, abs=5e-5)


def test_a_fund() -> None:
    # Worked by hand: the rate that makes -100, -50, 0, 60, 80, 90 worth nothing.
    flows = np.array([[-100.0, -50.0, 0.0, 60.0, 80.0, 90.0]])
    assert irr(flows).rate_frac[0] == pytest.approx(0.11994593, abs=5e-9)


@given(st.lists(amounts, min_size=1, max_size=30), st.floats(1.0, 1000.0))
def test_the_rate_zeroes_the_worth(later: list[float], spent: float) -> None:
    flows = np.array([[-spent, *later]])
    found = irr(flows)
    if found.status[0] == "one":
        rate = found.rate_frac[0]
        near = npv(np.abs(flows), rate)[0]
        assert abs(npv(flows, rate)[0]) <= 1e-9 * near
    else:
        assert np.isnan(found.rate_frac[0])
        assert (found.status[0] == "several") <= (len(irr_roots(flows[0])) > 1)


def test_ten_thousand_flows_against_pyxirr() -> None:
    draw = np.random.default_rng(5)
    flows = draw.uniform(-1.0, 3.0, size=(10_000, 21))
    flows[:, 0] = -draw.uniform(5.0, 15.0, size=10_000)
    found = irr(flows)
    assert (found.status == "one").mean() > 0.95
    for row in np.flatnonzero(found.status == "one"):
        theirs = pyxirr.irr(flows[row])
        assert theirs == pytest.approx(found.rate_frac[row], rel=1e-8, abs=1e-10)


@given(st.lists(st.tuples(st.integers(1, 400), st.floats(1.0, 100.0)), min_size=1, max_size=20))
def test_the_dated_rate_zeroes_the_dated_worth(later: list[tuple[int, float]]) -> None:
    days = [date(2027, 3, 1)]
    for gap, _ in later:
        days.append(days[-1] + timedelta(days=gap))
    flows = [-0.9 * sum(flow for _, flow in later), *[flow for _, flow in later]]
    found = xirr(days, flows)
    rate = found.rate_frac
    assert found.status == "one"
    assume(rate < 100)
    assert xnpv(rate, days, flows) == pytest.approx(0.0, abs=1e-6 * -flows[0])


def test_no_rate_and_several() -> None:
    found = irr(np.array([[-1.0, -1.0, -1.0], [0.0, 0.0, 0.0], [-100.0, 230.0, -132.0]]))
    assert found.status.tolist() == ["none", "none", "several"]
    assert np.isnan(found.rate_frac).all()
    assert irr_roots(np.array([-100.0, 230.0, -132.0])) == pytest.approx((0.1, 0.2))
    assert xirr(DAYS, [-1.0] * 5).status == "none"
    years = [date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)]
    assert xirr(years, [-100.0, 230.0, -132.0]).status == "several"
    assert np.isnan(xirr(years, [-100.0, 230.0, -132.0]).rate_frac)


def test_payback() -> None:
    flows = np.array([[-100.0, 50.0, 50.0, 1.0], [0.0, 1.0, 1.0, 1.0], [-10.0, 4.0, 4.0, 4.0]])
    assert payback_years(flows).tolist() == [2.0, 0.0, 2.5]


def test_dates_and_flows_that_do_not_belong_together() -> None:
    with pytest.raises(InputError) as caught:
        xirr(DAYS, FLOWS[:3])
    assert str(caught.value) == (
        "Dated flows cannot be discounted.\n"
        "  - dated flows: There are 5 dates for 3 flows. "
        "Give one date for each flow, and one or more."
    )
    with pytest.raises(InputError, match="2008-01-01 lies before the first date, 2009-04-01"):
        xnpv(0.1, DAYS[::-1], FLOWS)
