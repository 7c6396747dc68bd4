"""The rate of return of the kernel against that of the pro forma, on flows of every kind."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.finance.drawn_projects import drawn_projects

from gigaplan.finance.kernel import Outcomes, run_many
from gigaplan.finance.present_value import npv
from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Plant, Project
from gigaplan.finance.tax import Taxes
from gigaplan.finance.two_tier import two_tier_split
from gigaplan.finance.yearly_returns import irr

amounts = st.just(0.0) | st.floats(-100.0, 100.0).map(lambda value: round(value, 2))


def earning(later: np.ndarray, spent: float) -> Project:
    """Return projects whose owners get these flows (project, year) after spending at close."""
    contract = Contract(1.0, price_factor=later)
    return Project(Plant(spent, 1.0, 1.0, later.shape[1]), contract, taxes=Taxes(0.0))


def assert_as_the_flows(found: Outcomes) -> None:
    flows = found.owner_flow_usd_nominal
    assert flows is not None
    theirs = irr(flows)
    assert found.irr_status.tolist() == theirs.status.tolist()
    rates = found.metrics["irr_frac"]
    np.testing.assert_array_equal(np.isnan(rates), theirs.status != "one")
    for row in np.flatnonzero(theirs.status == "one"):
        # As near as the worth of rounded flows tells: two rates close together are hard to tell.
        rate, other = rates[row], theirs.rate_frac[row]
        size = npv(np.abs(flows[row]), rate)
        near = rate == pytest.approx(other, rel=1e-9, abs=1e-12)
        assert near or abs(npv(flows[row], rate)) <= 1e-14 * size


@settings(max_examples=500)
@given(st.lists(amounts, min_size=1, max_size=40), st.just(0.0) | st.floats(0.01, 300.0))
@example([230.0, -132.0], 100.0)
# Rates of 10.0 % and 10.1 %: closer together than any grid.
@example([220.1, -121.11], 100.0)
# One rate of 10 % that the worth touches without crossing.
@example([220.0, -121.0], 100.0)
# The same a year later.
@example([0.0, -100.0, 150.0, -60.0, 50.0], 0.0)
@example([150.0, -60.0, 50.0], 100.0)
@example([0.0, 0.0], 0.0)
# Money that adds to zero has a rate of zero, and another.
@example([150.0, -50.0], 100.0)
# Sums whose last is above zero by rounding alone.
@example([0.3, -0.1, 0.1, -0.2 + 1e-16, 0.2], 0.3)
# Norstrom with its only rate above zero beyond the highest.
@example([500.0, -1.0, 0.5], 0.01)
def test_any_flows(later: list[float], spent: float) -> None:
    assert_as_the_flows(run_many(earning(np.array([later]), spent), keep_flows=True))


def test_years_without_money_before_the_first_change_nothing() -> None:
    """A flow that starts later has the rate of return of the same flow at once."""
    draw = np.random.default_rng(8)
    flows = draw.normal(1.0, 4.0, size=(4000, 12))
    flows[:, 0] = -draw.uniform(1.0, 30.0, size=4000)
    now = irr(flows)
    assert set(now.status) == {"one", "none", "several"}
    later = np.concatenate([np.zeros((4000, 3)), flows], axis=1)
    waited = irr(later)
    assert waited.status.tolist() == now.status.tolist()
    np.testing.assert_allclose(waited.rate_frac, now.rate_frac, rtol=1e-6)
    fast = run_many(earning(later[:, 1:], 0.0), keep_flows=True)
    assert fast.irr_status.tolist() == now.status.tolist()


def test_many_changes_of_sign() -> None:
    draw = np.random.default_rng(6)
    later = draw.normal(0.3, 5.0, size=(20_000, 25))
    found = run_many(earning(later, 4.0), keep_flows=True)
    assert set(found.irr_status) == {"one", "none", "several"}
    assert_as_the_flows(found)


def test_investors_of_flows_with_several_rates() -> None:
    """Investors have a rate of their own, whatever that of all owners is."""
    draw = np.random.default_rng(7)
    later = draw.normal(0.3, 5.0, size=(5000, 15))
    preferred, promote = draw.uniform(0.0, 0.15, size=5000), draw.uniform(0.0, 0.5, size=5000)
    project = earning(later, 4.0)
    found = run_many(project, preferred_frac=preferred, promote_frac=promote, keep_flows=True)
    assert found.owner_flow_usd_nominal is not None
    investors, _ = two_tier_split(found.owner_flow_usd_nominal, preferred, promote)
    theirs = irr(investors)
    rates = found.metrics["investor_irr_frac"]
    np.testing.assert_array_equal(np.isnan(rates), np.isnan(theirs.rate_frac))
    np.testing.assert_allclose(rates, theirs.rate_frac, rtol=1e-6, atol=1e-9)
    without = run_many(project, preferred_frac=preferred)
    np.testing.assert_array_equal(without.metrics["investor_irr_frac"], without.metrics["irr_frac"])


@pytest.mark.parametrize("seed", range(3))
def test_deals_with_bad_years(seed: int) -> None:
    """Projects with loans, taxes and credits, whose prices fall below zero in many years."""
    project = drawn_projects(seed, 400, sizing="share")
    swings = np.random.default_rng(seed).normal(0.7, 3.0, size=(400, 30))
    project = Project(
        **{**vars(project), "contract": Contract(45.0, price_factor=swings)},
    )
    slow, fast = pro_forma(project), run_many(project, keep_flows=True)
    assert "several" in slow.irr_status
    assert fast.irr_status.tolist() == slow.irr_status.tolist()
    np.testing.assert_allclose(fast.metrics["irr_frac"], slow.metrics["irr_frac"], rtol=1e-7)
