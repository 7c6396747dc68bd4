"""Storage: the sun of noon for the load of night."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("storage")


def test_night_is_served_by_what_noon_charged() -> None:
    # 1 GW over 12 h of night is 12 GWh; 12 / 0.9 must be in store, 12 / 0.9 / 0.9 charged at noon.
    # Eight hours of storage: 13.333 GWh need 1.667 GW, more than either power does.
    solution = solved(
        small_system(
            {
                "load": 1.0,
                "existing_generator": 4.0,
                "availability_generator": [[[1.0, 0.0]]],
                "dispatchable_generator": 0.0,
                "buildable_storage": 1.0,
                "alive_storage": 1.0,
                "duration_storage": 8.0,
                "charge_efficiency_storage": 0.9,
                "discharge_efficiency_storage": 0.9,
                "capital_charge_storage": 60.0,
            },
            generator=["solar"],
            storage=["battery"],
        )
    )
    values = solution.values
    assert values["charge_storage"].values.ravel() == pytest.approx([1.0 / 0.81, 0.0])
    assert values["discharge_storage"].values.ravel() == pytest.approx([0.0, 1.0])
    assert values["energy_storage"].values.ravel() == pytest.approx([12.0 / 0.9, 0.0])
    assert values["build_storage"].item() == pytest.approx(12.0 / 0.9 / 8.0)
    assert solution.objective == pytest.approx(60.0 * 12.0 / 0.9 / 8.0)


def test_a_day_cannot_borrow_from_another() -> None:
    # The sun shines on the first day only: on the second 1 GW goes unserved all day long.
    solution = solved(
        small_system(
            {
                "load": 1.0,
                "existing_generator": 4.0,
                "availability_generator": [[[1.0, 0.0, 0.0, 0.0]]],
                "dispatchable_generator": 0.0,
                "day_of_block": [0, 0, 1, 1],
                "block_weight": 2190.0,
                "existing_storage": 10.0,
                "charge_efficiency_storage": 0.9,
                "duration_storage": 100.0,
            },
            generator=["solar"],
            storage=["battery"],
            block=["noon", "night", "dark noon", "dark night"],
            day=[0, 1],
        )
    )
    assert solution.values["unserved"].values.ravel() == pytest.approx([0.0, 0.0, 1.0, 1.0])
