"""Exchange rates: published examples, covered parity for any curves, and the texts of faults."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.finance.currency import (
    Hedge,
    RatePath,
    forward_path,
    investor_flows,
    path_of,
    path_of_points,
)
from gigaplan.terms.errors import InputError

rates = st.floats(-0.02, 0.2)
curves = st.lists(st.tuples(rates, rates), min_size=1, max_size=30)
FLOWS = np.array([-100.0, 30.0, -10.0, 130.0])
SPOT = RatePath("JPY", 2026, np.array([150.0, 140.0, 130.0, 120.0]))
FORWARD = RatePath("JPY", 2026, np.array([150.0, 146.0, 142.0, 138.0]))


def test_a_published_forward_rate() -> None:
    """A. P. Faure, "The Foreign Exchange Market", example one: 60 days at 5 % and 10 %."""
    days = 60 / 365
    # The book rounds both factors of growth to eight decimals.
    path = forward_path("LCC", 2026, 7.50, [0.05 * days], [0.10 * days])
    assert path.units_per_usd[1] == pytest.approx(7.56114134, abs=1e-7)
    # 10,000,000 LCC in dollars, deposited and sold forward: 10,164,383.60, as at home.
    dollars = np.array([-1e7 / 7.5, 1e7 / 7.5 * (1 + 0.05 * days)])
    hedged = investor_flows(dollars, 2026, path, path).hedged
    assert hedged[1] == pytest.approx(10_164_383.56, abs=0.05)


@given(curves, st.floats(1e-3, 1e4))
def test_a_hedged_deposit_earns_what_one_at_home_earns(
    curve: list[tuple[float, float]], spot: float
) -> None:
    dollars, home = np.array(curve).T
    forward = forward_path("ZZZ", 2026, spot, dollars, home)
    flows = np.zeros(len(curve) + 1)
    flows[0], flows[-1] = -1.0 / spot, np.prod(1 + dollars) / spot
    wild = RatePath("ZZZ", 2026, np.append(spot, np.linspace(1.0, 9.0, len(curve))))
    found = investor_flows(flows, 2026, wild, forward).hedged
    assert found[0] == pytest.approx(-1.0)
    assert found[-1] == pytest.approx(np.prod(1 + home), rel=1e-12)


@given(st.floats(0.0, 1.0), st.floats(0.0, 0.05))
def test_half_a_hedge_is_half_of_both(share: float, cost: float) -> None:
    whole = investor_flows(FLOWS, 2026, SPOT, FORWARD, Hedge(1.0, cost))
    part = investor_flows(FLOWS, 2026, SPOT, FORWARD, Hedge(share, cost))
    mixed = share * whole.hedged + (1 - share) * whole.unhedged
    np.testing.assert_allclose(part.hedged, mixed, rtol=1e-12, atol=1e-9)


def test_the_cost_is_on_what_is_still_to_come() -> None:
    """Ten basis points on 170, 140 and 130 dollars, at forward rates."""
    found = investor_flows(FLOWS, 2026, SPOT, FORWARD, Hedge(1.0, 0.001))
    assert found.hedging_cost.tolist() == pytest.approx([0.0, 0.17 * 146, 0.14 * 142, 0.13 * 138])
    free = investor_flows(FLOWS, 2026, SPOT, FORWARD)
    np.testing.assert_allclose(free.hedged - found.hedged, found.hedging_cost)


def test_points_are_a_path_and_rows_are_projects() -> None:
    points = path_of_points("JPY", 2026, 150.0, [-4.0, -8.0, -12.0])
    both = investor_flows(np.stack([FLOWS, 2 * FLOWS]), 2026, SPOT, points)
    alone = investor_flows(FLOWS, 2026, SPOT, FORWARD)
    np.testing.assert_array_equal(both.hedged, np.stack([alone.hedged, 2 * alone.hedged]))
    np.testing.assert_array_equal(both.unhedged[1], 2 * FLOWS * SPOT.units_per_usd)


def test_an_unknown_currency() -> None:
    with pytest.raises(InputError) as caught:
        path_of([SPOT, RatePath("EUR", 2026, np.array([0.9]))], "GBP")
    assert str(caught.value) == (
        "An exchange rate cannot be used.\n"
        "  - currency: The currency GBP is unknown. Choose one of: JPY, EUR."
    )
    assert path_of([SPOT], "JPY") is SPOT


def test_a_missing_year() -> None:
    with pytest.raises(InputError) as caught:
        investor_flows(FLOWS, 2027, SPOT, FORWARD)
    assert str(caught.value) == (
        "An exchange rate cannot be used.\n"
        "  - units_per_usd: There is no rate of JPY in 2030. "
        "Give rates from 2027 to 2030; the path runs from 2026 to 2029."
    )
    with pytest.raises(InputError, match="There is no rate of JPY in 2025"):
        investor_flows(FLOWS, 2025, SPOT, FORWARD)


@pytest.mark.parametrize("rate", [0.0, -150.0, np.nan])
def test_a_rate_that_is_none(rate: float) -> None:
    with pytest.raises(InputError, match=r"The rate of JPY in 2027 is (0|-150|nan)\. Give units"):
        RatePath("JPY", 2026, np.array([150.0, rate]))


def test_other_faults() -> None:
    with pytest.raises(InputError, match=r"The curves have 2 and 1 rates\."):
        forward_path("JPY", 2026, 150.0, [0.04, 0.04], [0.01])
    with pytest.raises(InputError, match="usd_interest_frac has a rate at or below -1"):
        forward_path("JPY", 2026, 150.0, [-1.0], [0.01])
    with pytest.raises(InputError, match="Rates of JPY have the shape"):
        RatePath("JPY", 2026, np.ones((2, 2)))
    with pytest.raises(InputError, match=r"share_frac is 1\.2\. Give a share from 0 to 1"):
        investor_flows(FLOWS, 2026, SPOT, FORWARD, Hedge(1.2))
    with pytest.raises(InputError, match=r"cost_frac_per_year is -0\.1"):
        investor_flows(FLOWS, 2026, SPOT, FORWARD, Hedge(1.0, -0.1))
    with pytest.raises(InputError, match="The forward rates are of EUR, the others of JPY"):
        investor_flows(FLOWS, 2026, SPOT, RatePath("EUR", 2026, np.ones(4)))
