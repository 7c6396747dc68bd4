"""Water limit: campuses move to where water is, and plants without cooling take over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved

from gigaplan.expansion.engine import Solution

CAMPUSES = {
    "existing_generator": 50.0,
    "buildable_campus": 1.0,
    "alive_campus": 1.0,
    "capital_charge_campus": [[1000.0], [1200.0]],
    "available_accelerator": 1.0,
    "alive_accelerator": 1.0,
    "fixed_it_share": 1.0,
    "compute_need": 5.0,
    "consumption_rate_campus": [0.001, 0.0002],
}


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("water_limit")


def two_states(**values: object) -> Solution:
    """Return the solution for 5 GW of campuses: the west is cheaper and drier, the east wetter."""
    return solved(small_system({**CAMPUSES, **values}, zone=["west", "east"], accelerator=["chip"]))


def test_campuses_move_to_where_water_is() -> None:
    # A GW evaporates 8.76 Mm3 a year in the west; 17.52 Mm3 leave room for 2 GW there, and the
    # other 3 GW cost 200 M$ a year more each in the east.
    free, capped = two_states(), two_states(water_cap=[17.52, 100.0])
    assert free.values["online_campus"].sel(zone="west").item() == pytest.approx(5.0)
    assert capped.values["online_campus"].sel(zone="west").item() == pytest.approx(2.0)
    assert capped.objective == pytest.approx(free.objective + 3 * 200.0)
    assert capped.duals["water_limit"].sel(zone="west").item() == pytest.approx(-200.0 / 8.76)


def test_a_cap_that_is_just_wide_enough_changes_nothing() -> None:
    assert two_states(water_cap=[5 * 8.76, 0.0]).objective == pytest.approx(5000.0)
    assert two_states(water_cap=[5 * 8.76 - 0.01, 100.0]).objective > 5000.1


def test_plants_that_the_plan_builds_count_and_given_ones_do_not() -> None:
    # 1 GW of load, 8,760 GWh. New gas with towers evaporates 0.001 Mm3/GWh; the cap of 4.38 Mm3
    # leaves it half of the energy. Dry turbines give the rest at 0.02 M$/GWh more.
    values = {
        "load": 1.0,
        "existing_generator": [[[0.0]], [[0.0]], [[0.5]]],
        "buildable_generator": [[[1]], [[1]], [[0]]],
        "alive_generator": [[[1.0]], [[1.0]], [[0.0]]],
        "variable_cost_generator": [[[0.03]], [[0.05]], [[0.01]]],
        "consumption_rate_generator": [[0.001], [0.0], [0.002]],
        "new_generator": [1, 1, 0],
    }
    names = ["towers", "dry", "coal"]
    # Coal of old gives 4,380 GWh at 0.01, its water uncounted; the towers give 2,190 of the rest.
    capped = solved(small_system({**values, "water_cap": 2.19}, generator=names))
    energy = capped.values["output_generator"].sum(["zone", "year", "block"]) * 4380.0
    assert energy.to_series().to_dict() == pytest.approx(
        {"towers": 2190.0, "dry": 2190.0, "coal": 4380.0}
    )
    assert capped.duals["water_limit"].item() == pytest.approx(-0.02 / 0.001)


def test_output_that_is_not_chosen_counts_as_far_as_it_is_available() -> None:
    # A new reactor of 1 GW at 90 % evaporates 0.0025 Mm3/GWh: 19.71 Mm3, whatever is used of it.
    values = {
        "load": 0.9,
        "unserved_cost": 1.0,
        "existing_generator": 0.0,
        "buildable_generator": 1.0,
        "alive_generator": 1.0,
        "availability_generator": 0.9,
        "dispatchable_generator": 0.0,
        "new_generator": 1,
        "consumption_rate_generator": 0.0025,
        "water_cap": 19.71 / 2,
    }
    online = solved(small_system(values)).values["online_generator"]
    assert online.item() == pytest.approx(0.5)
