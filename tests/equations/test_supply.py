"""Supply: components of a calendar year, from sources, factories and stock."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved

TURBINES = {
    "load": 5.0,
    "buildable_generator": 1.0,
    "alive_generator": 1.0,
    "capital_charge_generator": 100.0,
    "supply_use_generator": 2.0,
    "component_of_source": 1.0,
    "supply_given": 1.0,
}
A_GW_MUSD = 8760 * 10.0 - 100.0  # unserved energy at 10 M$ per GWh, less capital


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("supply")


def test_builds_share_what_is_left_of_the_turbines() -> None:
    # Two turbines a GW; three can be had, one is spoken for: 1 GW.
    solution = solved(
        small_system(
            {**TURBINES, "source_limit": 3.0}, component=["turbine"], source=["turbines from home"]
        )
    )
    assert solution.values["build_generator"].item() == pytest.approx(1.0)
    # One turbine more is half a GW.
    assert solution.duals["supply_source"].item() == pytest.approx(-A_GW_MUSD / 2)
    assert solution.duals["supply"].item() == pytest.approx(A_GW_MUSD / 2)


def test_a_dearer_source_is_taken_last() -> None:
    solution = solved(
        small_system(
            {**TURBINES, "source_limit": [[3.0], [4.0]], "source_premium": [[0.0], [30.0]]},
            component=["turbine"],
            source=["home", "abroad"],
        )
    )
    # 7 turbines, 1 spoken for: 3 GW, and 4 turbines at a premium of 30 M$.
    assert solution.values["take_source"].values.ravel() == pytest.approx([3.0, 4.0])
    assert solution.objective == pytest.approx(3 * 100.0 + 4 * 30.0 + 2 * 87600.0)


def test_stock_carries_units_to_the_year_that_needs_them() -> None:
    # Two units a year for two years; 4 are needed in the second: 2 are held for a year.
    solution = solved(
        small_system(
            {
                "load": [[[0.0, 0.0], [2.0, 2.0]]],
                "buildable_generator": [[[0.0, 1.0]]],
                "alive_generator": [[[1.0, 1.0], [0.0, 1.0]]],
                "supply_use_generator": [[[[0.0, 0.0], [0.0, 2.0]]]],
                "component_of_source": 1.0,
                "source_limit": 2.0,
                "storable_component": 1.0,
                "holding_cost": 7.0,
                "capital_charge_generator": 100.0,
            },
            component=["turbine"],
            source=["home"],
            year=[2026, 2027],
            calendar_year=[2026, 2027],
        )
    )
    assert solution.values["stock_component"].values.ravel() == pytest.approx([2.0, 0.0])
    assert solution.values["build_generator"].values.ravel() == pytest.approx([0.0, 2.0])
    assert solution.objective == pytest.approx(2 * 100.0 + 2 * 7.0)
