"""Origin: a share from home, though it costs more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("origin")


def test_a_quarter_comes_from_home_and_its_price_is_told() -> None:
    solution = solved(
        small_system(
            {
                "load": 4.0,
                "buildable_generator": 1.0,
                "alive_generator": 1.0,
                "capital_charge_generator": 100.0,
                "supply_use_generator": 2.0,
                "component_of_source": 1.0,
                "source_premium": [[0.0], [12.0]],
                "source_in_group": [[0.0, 1.0]],
                "origin_floor": 0.25,
            },
            component=["wafer"],
            source=["abroad", "home"],
            origin_group=["us"],
        )
    )
    assert solution.values["take_source"].values.ravel() == pytest.approx([6.0, 2.0])
    assert solution.objective == pytest.approx(4 * 100.0 + 2 * 12.0)
    assert solution.duals["origin"].item() == pytest.approx(12.0)
