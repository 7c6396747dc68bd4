"""Corridors: losses, limits each way, expansion."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import HALF_YEAR_HOURS, small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("corridors")


def test_what_arrives_is_what_was_sent_less_losses() -> None:
    # 4 GW given and 3 GW of room to grow; 7 GW are sent, 6.65 GW arrive, 3.35 GW are missing.
    solution = solved(
        small_system(
            {
                "load": [[[0.0, 0.0]], [[10.0, 10.0]]],
                "existing_generator": [[[20.0], [0.0]]],
                "variable_cost_generator": 0.02,
                "existing_forward_corridor": 4.0,
                "existing_reverse_corridor": 1.0,
                "buildable_corridor": 1.0,
                "alive_corridor": 1.0,
                "potential_corridor": 3.0,
                "loss_corridor": 0.05,
                "start_of_corridor": [[1.0, 0.0]],
                "end_of_corridor": [[0.0, 1.0]],
                "capital_charge_corridor": 40.0,
            },
            zone=["west", "east"],
            corridor=["west-east"],
        )
    )
    values = solution.values
    assert values["flow_forward"].values.ravel() == pytest.approx([7.0, 7.0])
    assert values["flow_reverse"].values.ravel() == pytest.approx([0.0, 0.0])
    assert values["unserved"].sel(zone="east").values.ravel() == pytest.approx([3.35, 3.35])
    assert solution.objective == pytest.approx(3.0 * 40.0 + 8760.0 * (7.0 * 0.02 + 3.35 * 10.0))
    # One GW more forward in one block saves 0.95 GW unserved and costs 1 GW of generation.
    rent = solution.duals["corridors_flow_forward"].values.ravel()
    assert sum(rent) == pytest.approx(-2 * HALF_YEAR_HOURS * (0.95 * 10.0 - 0.02))


def test_the_other_way_has_its_own_limit() -> None:
    solution = solved(
        small_system(
            {
                "load": [[[10.0, 10.0]], [[0.0, 0.0]]],
                "existing_generator": [[[0.0], [20.0]]],
                "existing_forward_corridor": 4.0,
                "existing_reverse_corridor": 1.0,
                "loss_corridor": 0.1,
                "start_of_corridor": [[1.0, 0.0]],
                "end_of_corridor": [[0.0, 1.0]],
            },
            zone=["west", "east"],
            corridor=["west-east"],
        )
    )
    assert solution.values["unserved"].sel(zone="west").values.ravel() == pytest.approx([9.1, 9.1])
