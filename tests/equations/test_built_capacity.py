"""Built capacity: what lives, what died, and room that runs out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("built_capacity")


def test_a_build_that_died_is_built_again_within_the_potential() -> None:
    # Load is 5 GW; given capacity falls from 3 to 1 GW. A build of 2026 lives four years, so it is
    # gone in 2030, when 4 GW would be needed; 5 GW of potential leave 3 GW after the first 2 GW.
    solution = solved(
        small_system(
            {
                "load": 5.0,
                "existing_generator": [[[3.0, 1.0]]],
                "buildable_generator": 1.0,
                "alive_generator": [[[1.0, 0.0], [0.0, 1.0]]],
                "potential_generator": 5.0,
                "capital_charge_generator": 100.0,
                "discounted_years": [4.0, 3.0],
            },
            year=[2026, 2030],
        )
    )
    assert solution.values["build_generator"].values.ravel() == pytest.approx([2.0, 3.0])
    assert solution.values["online_generator"].values.ravel() == pytest.approx([5.0, 4.0])
    # 2 GW for four years, 3 GW for three, and 1 GW unserved for three years at 10 M$/GWh.
    capital = 100.0 * (2.0 * 4.0 + 3.0 * 3.0)
    assert solution.objective == pytest.approx(capital + 1.0 * 8760.0 * 3.0 * 10.0)
    # One GW more of potential saves the unserved energy and costs its capital.
    price = solution.duals["built_capacity_potential_generator"].item()
    assert price == pytest.approx(-(8760.0 * 3.0 * 10.0 - 300.0))


def test_a_least_campus_is_built_though_nobody_asks_for_compute() -> None:
    solution = solved(
        small_system(
            {
                "existing_generator": 5.0,
                "buildable_campus": 1.0,
                "alive_campus": 1.0,
                "potential_campus": 4.0,
                "minimum_campus": 1.5,
                "capital_charge_campus": 1000.0,
                "available_accelerator": 1.0,
                "alive_accelerator": 1.0,
                "fixed_it_share": 1.0,
            },
            accelerator=["chip"],
        )
    )
    assert solution.values["online_campus"].item() == pytest.approx(1.5)
    assert solution.objective == pytest.approx(1500.0)
