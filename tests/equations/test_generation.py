"""Generation: available capacity, and the water of a day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import HALF_YEAR_HOURS, small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("generation")


def test_water_of_the_day_is_spent_and_gas_gives_the_rest() -> None:
    # Water for 4 GW x 0.5 x 24 h = 48 GWh a day; load is 3 GW x 24 h = 72 GWh a day.
    solution = solved(
        small_system(
            {
                "load": 3.0,
                "existing_generator": [[[4.0]], [[10.0]]],
                "energy_budget_generator": [[[0.5]], [[float("inf")]]],
                "variable_cost_generator": [[[0.001]], [[0.05]]],
            },
            generator=["hydro", "gas"],
        )
    )
    output = solution.values["output_generator"].sum("block").values.ravel() * HALF_YEAR_HOURS
    assert output == pytest.approx([2.0 * 8760.0, 1.0 * 8760.0])
    assert solution.objective == pytest.approx(17520.0 * 0.001 + 8760.0 * 0.05)


def test_output_stops_at_availability_and_the_rent_is_its_price() -> None:
    # 10 GW x 0.8 = 8 GW of a load of 9; the ninth goes unserved at 10 M$/GWh.
    solution = solved(
        small_system(
            {
                "load": 9.0,
                "existing_generator": 10.0,
                "availability_generator": 0.8,
                "variable_cost_generator": 0.04,
            }
        )
    )
    assert solution.values["output_generator"].values.ravel() == pytest.approx([8.0, 8.0])
    rent = solution.duals["generation_limit"].values.ravel()
    assert rent == pytest.approx([-(10.0 - 0.04) * HALF_YEAR_HOURS] * 2)


def test_output_that_is_not_chosen_is_paid_though_unused() -> None:
    solution = solved(
        small_system(
            {
                "load": 1.0,
                "existing_generator": 4.0,
                "availability_generator": 0.5,
                "dispatchable_generator": 0.0,
                "variable_cost_generator": 0.01,
            }
        )
    )
    assert solution.objective == pytest.approx(4.0 * 0.5 * 8760.0 * 0.01)


def test_a_credit_on_output_changes_who_runs() -> None:
    # 8,760 GWh: the dearer unit costs 0.03 - 0.025 after its credit, and fuel of the other 0.02.
    system = small_system(
        {
            "load": 1.0,
            "existing_generator": 5.0,
            "variable_cost_generator": [[[0.02]], [[0.03]]],
            "output_credit_generator": [[[0.0]], [[0.025]]],
        },
        generator=["gas", "captured"],
    )
    assert solved(system).objective == pytest.approx(8760.0 * 0.005)


def test_output_that_is_not_chosen_earns_its_credit_too() -> None:
    system = small_system(
        {
            "load": 1.0,
            "existing_generator": [[[2.0]], [[5.0]]],
            "availability_generator": [[[0.25]], [[1.0]]],
            "dispatchable_generator": [0.0, 1.0],
            "variable_cost_generator": [[[0.0]], [[0.02]]],
            "output_credit_generator": [[[0.003]], [[0.0]]],
        },
        generator=["nuclear", "gas"],
    )
    assert solved(system).objective == pytest.approx(4380.0 * 0.02 - 4380.0 * 0.003)
