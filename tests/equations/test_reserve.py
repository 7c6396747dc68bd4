"""Reserve: firm capacity for the peak, or a price for what is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("reserve")


def test_shortfall_is_paid_where_building_is_dearer() -> None:
    # (1 + 0.15) x 10 GW, less 0.9 x 5 GW of the fleet and 2 GW from elsewhere: 5 GW are missing.
    solution = solved(
        small_system(
            {
                "existing_generator": 5.0,
                "capacity_credit_generator": 0.9,
                "buildable_generator": 1.0,
                "alive_generator": 1.0,
                "capital_charge_generator": 300.0,
                "peak_load": 10.0,
                "reserve_margin": 0.15,
                "given_credit": 2.0,
                "region_of_zone": 1.0,
                "shortfall_cost": 300.0,
                "discounted_years": 2.0,
            },
            region=["all"],
        )
    )
    assert solution.values["reserve_shortfall"].item() == pytest.approx(5.0)
    assert solution.objective == pytest.approx(5.0 * 300.0 * 2.0)
    assert solution.duals["reserve"].item() == pytest.approx(600.0)


def test_firm_campus_load_needs_its_margin_too() -> None:
    # 2 GW of IT of which 0.7 is firm: 1.12 x 1.4 GW of capacity with a credit of 0.8.
    solution = solved(
        small_system(
            {
                "buildable_generator": 1.0,
                "alive_generator": 1.0,
                "capacity_credit_generator": 0.8,
                "capital_charge_generator": 100.0,
                "reserve_margin": 0.12,
                "region_of_zone": 1.0,
                "buildable_campus": 1.0,
                "alive_campus": 1.0,
                "available_accelerator": 1.0,
                "alive_accelerator": 1.0,
                "compute_need": 2.0,
                "firm_it_share": 0.7,
            },
            region=["all"],
            accelerator=["chip"],
        )
    )
    assert solution.values["build_generator"].item() == pytest.approx(1.12 * 1.4 / 0.8)
