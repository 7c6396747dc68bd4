"""Supply: components of a calendar year, less what given builds take."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("supply")


def test_builds_share_what_is_left_of_the_turbines() -> None:
    # Two turbines a GW; three can be had, one is spoken for: 1 GW.
    solution = solved(
        small_system(
            {
                "load": 5.0,
                "buildable_generator": 1.0,
                "alive_generator": 1.0,
                "capital_charge_generator": 100.0,
                "supply_use_generator": 2.0,
                "supply_limit": 3.0,
                "supply_given": 1.0,
            },
            component=["turbine"],
        )
    )
    assert solution.values["build_generator"].item() == pytest.approx(1.0)
    # One turbine more is half a GW: 4,380 GWh less unserved, and 50 M$ of capital.
    assert solution.duals["supply"].item() == pytest.approx(-(43800.0 - 50.0))
