"""Local supply: the hands of one zone do not work in another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("local_supply")


def test_each_zone_builds_with_its_own_hands_and_then_with_dearer_ones() -> None:
    # Half a worker-year a GW. West: 2 at no premium and 1 at 40 M$, less 0.5 spoken for: 5 GW.
    # East: 0.5 less 0.5: nothing.
    solution = solved(
        small_system(
            {
                "load": 9.0,
                "buildable_generator": 1.0,
                "alive_generator": 1.0,
                "capital_charge_generator": 100.0,
                "local_use_generator": 0.5,
                "local_given": 0.5,
                "local_limit": [[[[2.0], [1.0]], [[0.5], [0.0]]]],
                "local_premium": [[[[0.0], [40.0]]]],
            },
            zone=["west", "east"],
            local_component=["hands"],
            step=[1, 2],
        )
    )
    assert solution.values["build_generator"].values.ravel() == pytest.approx([5.0, 0.0])
    unserved = (4.0 + 9.0) * 87600.0
    assert solution.objective == pytest.approx(5 * 100.0 + 1 * 40.0 + unserved)
    # One worker-year more in the west is 2 GW.
    assert solution.duals["local_supply"].values.ravel()[0] == pytest.approx(2 * 87500.0)
    step = solution.duals["local_supply_step"]
    assert step.sel(zone="west").values.ravel() == pytest.approx([-175000.0, -175000.0 + 40.0])


def test_a_corridor_takes_half_of_its_hands_at_either_end() -> None:
    # 2 GW of coal in the west, load in the east; a line of 1 GW takes 0.4 worker-years.
    solution = solved(
        small_system(
            {
                "load": [[[0.0, 0.0]], [[2.0, 2.0]]],
                "existing_generator": [[[2.0], [0.0]]],
                "buildable_corridor": 1.0,
                "alive_corridor": 1.0,
                "start_of_corridor": [[1.0, 0.0]],
                "end_of_corridor": [[0.0, 1.0]],
                "local_use_corridor": 0.4,
                "local_limit": [[[[5.0]], [[0.3]]]],
            },
            zone=["west", "east"],
            corridor=["west-east"],
            local_component=["hands"],
            step=[1],
        )
    )
    assert solution.values["build_corridor"].item() == pytest.approx(0.3 / 0.2)
