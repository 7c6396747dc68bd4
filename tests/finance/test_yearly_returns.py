"""Yearly returns: published examples, another library, and laws for any flow."""

from __future__ import annotations

import numpy as np
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.finance.present_value import npv, period_times
from gigaplan.finance.returns import rates_of_return
from gigaplan.finance.yearly_returns import irr, payback_years


def roots_of(flows: np.ndarray) -> np.ndarray:
    """Return every root of yearly flows (row, root)."""
    return rates_of_return(flows, period_times(flows.shape[-1])).roots_frac


amounts = st.floats(-100.0, 100.0).map(lambda value: round(value, 2))


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
        assert (found.status[0] == "several") <= (np.isfinite(roots_of(flows)).sum() > 1)


def test_ten_thousand_flows_against_pyxirr() -> None:
    draw = np.random.default_rng(5)
    flows = draw.uniform(-1.0, 3.0, size=(10_000, 21))
    flows[:, 0] = -draw.uniform(5.0, 15.0, size=10_000)
    found = irr(flows)
    assert (found.status == "one").mean() > 0.95
    for row in np.flatnonzero(found.status == "one"):
        theirs = pyxirr.irr(flows[row])
        assert theirs == pytest.approx(found.rate_frac[row], rel=1e-8, abs=1e-10)


def test_no_rate_and_several() -> None:
    found = irr(np.array([[-1.0, -1.0, -1.0], [0.0, 0.0, 0.0], [-100.0, 230.0, -132.0]]))
    assert found.status.tolist() == ["none", "none", "several"]
    assert np.isnan(found.rate_frac).all()
    assert roots_of(np.array([[-100.0, 230.0, -132.0]]))[0] == pytest.approx((0.1, 0.2))


def test_payback() -> None:
    flows = np.array([[-100.0, 50.0, 50.0, 1.0], [0.0, 1.0, 1.0, 1.0], [-10.0, 4.0, 4.0, 4.0]])
    assert payback_years(flows).tolist() == [2.0, 0.0, 2.5]
