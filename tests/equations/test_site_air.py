"""Site air: engines give way to cells, and cells to the grid."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved

from gigaplan.expansion.engine import Solution


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("site_air")


def off_the_grid(cap_kt: float) -> Solution:
    """Return the solution for a campus of 1 GW that runs on engines or on cells of its own."""
    return solved(
        small_system(
            {
                "existing_generator": 0.0,
                "buildable_generator": 1.0,
                "alive_generator": 1.0,
                "onsite_generator": 1.0,
                "capital_charge_generator": [[[100.0]], [[300.0]]],
                "nox_rate_generator": [[0.0001], [0.0]],
                "buildable_campus": 1.0,
                "alive_campus": 1.0,
                "available_accelerator": 1.0,
                "alive_accelerator": 1.0,
                "fixed_it_share": 1.0,
                "compute_need": 1.0,
                "onsite_nox_cap": cap_kt,
            },
            generator=["engine", "cell"],
            accelerator=["chip"],
        )
    )


def test_cells_replace_engines_at_the_cap() -> None:
    # 8,760 GWh at 0.0001 kt/GWh are 0.876 kt; a quarter of it leaves 0.25 GW of engines.
    free, capped = off_the_grid(float("inf")), off_the_grid(0.219)
    engines = capped.values["online_generator"].sel(generator="engine").item()
    assert free.objective == pytest.approx(100.0)
    assert engines == pytest.approx(0.25)
    assert capped.objective == pytest.approx(0.25 * 100.0 + 0.75 * 300.0)
    assert capped.duals["site_air"].item() == pytest.approx(-200.0 / 0.876)


def test_a_cap_that_is_just_wide_enough_changes_nothing() -> None:
    assert off_the_grid(0.876).objective == pytest.approx(100.0)
    assert off_the_grid(0.87).objective > 101.0


def test_grid_units_do_not_count() -> None:
    values = {
        "load": 1.0,
        "existing_generator": 5.0,
        "nox_rate_generator": 0.0001,
        "onsite_nox_cap": 0.0,
    }
    assert solved(small_system(values)).objective == pytest.approx(0.0)
