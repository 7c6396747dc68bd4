"""Compute: campuses for the need, and training when power is cheap."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import HALF_YEAR_HOURS, small_system, solved

from gigaplan.system import Options


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("compute")


CAMPUS = {
    "buildable_campus": 1.0,
    "alive_campus": 1.0,
    "potential_campus": 9.0,
    "available_accelerator": 1.0,
    "alive_accelerator": 1.0,
    "pue": 1.25,
}


def test_training_moves_to_the_hours_when_power_is_cheap() -> None:
    # 2 GW of IT: 60 % always on; 10 % of the day's capacity is training that may move, which is
    # 0.1 x 2 x 24 = 4.8 GWh, all of it at night: 0.4 GW over 12 h, within the free 40 %.
    solution = solved(
        small_system(
            {
                **CAMPUS,
                "existing_generator": 9.0,
                "availability_generator": [[[0.0, 1.0]], [[1.0, 1.0]]],
                "variable_cost_generator": [[[0.01]], [[0.05]]],
                "compute_need": 2.0,
                "fixed_it_share": 0.6,
                "flexible_it_mean": 0.1,
                "capital_charge_campus": 1000.0,
                "capital_charge_accelerator": 4000.0,
            },
            generator=["night wind", "gas"],
            accelerator=["chip"],
        )
    )
    assert solution.values["flexible_it"].values.ravel() == pytest.approx([0.0, 0.4])
    noon, night = 1.25 * 0.6 * 2.0, 1.25 * (0.6 * 2.0 + 0.4)
    energy = HALF_YEAR_HOURS * (noon * 0.05 + night * 0.01)
    assert solution.objective == pytest.approx(2.0 * 5000.0 + energy)


def test_a_target_in_h100e_takes_the_denser_chip() -> None:
    # 6 million H100e: 3 GW of the chip that has 2 million a GW, or 6 GW of the one that has 1.
    solution = solved(
        small_system(
            {
                **CAMPUS,
                "existing_generator": 20.0,
                "compute_need": 6.0,
                "h100e_accelerator": [1.0, 2.0],
                "capital_charge_accelerator": [[3000.0], [5000.0]],
                "fixed_it_share": 1.0,
            },
            Options(target_unit="h100e_millions"),
            accelerator=["old", "new"],
        )
    )
    assert solution.values["online_accelerator"].values.ravel() == pytest.approx([0.0, 3.0])
    # One more million H100e is half a GW of the new chip.
    assert solution.duals["compute_need"].item() == pytest.approx(2500.0)


def test_training_that_may_not_move_between_zones_stays() -> None:
    # The east has dear power; its campus is as large as the west's and keeps half the training.
    values = {
        **CAMPUS,
        "existing_generator": 20.0,
        "variable_cost_generator": [[[0.01], [0.05]]],
        "potential_campus": 1.0,
        "compute_need": 2.0,
        "fixed_it_share": 0.5,
        "flexible_it_mean": 0.2,
    }
    labels = {"zone": ["west", "east"], "accelerator": ["chip"]}
    free = solved(small_system(values, **labels)).values["flexible_it"].mean("block")
    bound = solved(small_system(values, Options(training_across_zones=False), **labels))
    assert free.values.ravel() == pytest.approx([0.4, 0.0])
    assert bound.values["flexible_it"].mean("block").values.ravel() == pytest.approx([0.2, 0.2])
