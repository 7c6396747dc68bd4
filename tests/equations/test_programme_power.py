"""Programme power: firm capacity that the programme itself finances."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("programme_power")


def test_a_programme_brings_its_firm_power_though_there_is_enough() -> None:
    # 5 GW of IT, 0.8 of it firm, half of which the programme must bring: 2 GW, 2.5 GW of gas at a
    # credit of 0.8, though the given fleet could serve it all.
    solution = solved(
        small_system(
            {
                "existing_generator": 50.0,
                "buildable_generator": 1.0,
                "alive_generator": 1.0,
                "capacity_credit_generator": 0.8,
                "capital_charge_generator": 120.0,
                "buildable_campus": 1.0,
                "alive_campus": 1.0,
                "available_accelerator": 1.0,
                "alive_accelerator": 1.0,
                "fixed_it_share": 1.0,
                "firm_it_share": 0.8,
                "compute_need": 5.0,
                "own_capacity": 0.5,
                "region_of_zone": 1.0,
            },
            accelerator=["chip"],
            region=["all"],
        )
    )
    assert solution.values["programme_generator"].item() == pytest.approx(2.5)
    assert solution.values["build_generator"].item() == pytest.approx(2.5)
    assert solution.objective == pytest.approx(300.0)
    assert solution.duals["programme_power_firm"].item() == pytest.approx(120.0 / 0.8)
