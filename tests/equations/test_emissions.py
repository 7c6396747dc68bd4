"""Emissions: a cap, and the price that would do the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("emissions")


def test_clean_power_takes_over_at_the_cap() -> None:
    # 8,760 GWh from coal at 0.9 kt/GWh would be 7,884 kt; the cap of 1,800 kt leaves 2,000 GWh.
    solution = solved(
        small_system(
            {
                "load": 1.0,
                "existing_generator": 5.0,
                "variable_cost_generator": [[[0.02]], [[0.06]]],
                "co2_rate_generator": [[0.9], [0.0]],
                "emission_cap": 1800.0,
            },
            generator=["coal", "clean"],
        )
    )
    assert solution.objective == pytest.approx(2000.0 * 0.02 + 6760.0 * 0.06)
    assert solution.duals["emissions"].item() == pytest.approx(-0.04 / 0.9)


def test_a_price_is_paid_on_every_kiloton() -> None:
    solution = solved(
        small_system(
            {
                "load": 1.0,
                "existing_generator": 5.0,
                "variable_cost_generator": 0.02,
                "co2_rate_generator": 0.9,
                "emission_price": 0.05,
            }
        )
    )
    assert solution.objective == pytest.approx(8760.0 * (0.02 + 0.05 * 0.9))


def test_output_that_is_not_chosen_emits_too() -> None:
    # Half of 4 GW runs all year at 0.1 kt/GWh: 1,752 kt of the cap; coal has the other 900 kt.
    solution = solved(
        small_system(
            {
                "load": 3.0,
                "existing_generator": [[[4.0]], [[5.0]]],
                "availability_generator": [[[0.5]], [[1.0]]],
                "dispatchable_generator": [0.0, 1.0],
                "co2_rate_generator": [[0.1], [0.9]],
                "emission_cap": 1752.0 + 900.0,
            },
            generator=["geothermal", "coal"],
        )
    )
    coal = solution.values["output_generator"].sel(generator="coal").sum().item() * 4380.0
    assert coal == pytest.approx(1000.0)
