"""Unserved load: a little, at its value."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("unserved_load")


def test_no_more_than_its_share_goes_unserved() -> None:
    # Unserved energy is cheaper than the generator, but only a tenth of 87,600 GWh may be.
    solution = solved(
        small_system(
            {
                "load": 10.0,
                "existing_generator": 20.0,
                "variable_cost_generator": 0.05,
                "unserved_cost": 0.01,
                "unserved_limit": 0.1,
            }
        )
    )
    assert solution.objective == pytest.approx(8760.0 * 0.01 + 78840.0 * 0.05)
    assert solution.duals["unserved_load"].item() == pytest.approx(-0.04)
