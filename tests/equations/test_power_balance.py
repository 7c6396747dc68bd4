"""Power balance: the price is the cost of the last unit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import HALF_YEAR_HOURS, small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("power_balance")


def test_capacity_for_the_peak_and_a_price_for_each_block() -> None:
    # The peak of 10 GW needs 10 / 0.8 GW; noon pays for the capacity, night for its fuel only.
    solution = solved(
        small_system(
            {
                "load": [[[10.0, 6.0]]],
                "buildable_generator": 1.0,
                "alive_generator": 1.0,
                "availability_generator": 0.8,
                "variable_cost_generator": 0.05,
                "capital_charge_generator": 90.0,
                "fixed_cost_generator": 10.0,
                "discounted_years": 3.0,
            }
        )
    )
    fuel = 0.05 * HALF_YEAR_HOURS * 3.0
    assert solution.values["build_generator"].item() == pytest.approx(12.5)
    assert solution.objective == pytest.approx(12.5 * 100.0 * 3.0 + 16.0 * fuel)
    noon, night = solution.duals["power_balance"].values.ravel()
    assert noon == pytest.approx(fuel + 100.0 * 3.0 / 0.8)
    assert night == pytest.approx(fuel)


def test_too_much_is_left_unused() -> None:
    solution = solved(
        small_system(
            {
                "load": [[[1.0, 3.0]]],
                "existing_generator": 4.0,
                "availability_generator": 0.5,
                "dispatchable_generator": 0.0,
            }
        )
    )
    assert solution.values["unserved"].values.ravel() == pytest.approx([0.0, 1.0])
    assert solution.duals["power_balance"].values.ravel()[0] == 0.0
