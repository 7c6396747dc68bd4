"""Clean energy: shares of programme load by the year and by the hour, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved

from gigaplan.expansion.engine import Solution


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("clean_energy")


ONE_GIGAWATT = {
    "buildable_campus": [[1], [0]],
    "alive_campus": 1.0,
    "available_accelerator": 1.0,
    "alive_accelerator": 1.0,
    "fixed_it_share": 1.0,
    "compute_need": 1.0,
    "load": [[[0.0, 0.0]], [[1.0, 1.0]]],
    "existing_generator": [[[5.0], [5.0]], [[0.0], [0.0]], [[0.0], [0.0]], [[0.0], [0.0]]],
    "buildable_generator": [[[0]], [[1]], [[1]], [[0]]],
    "alive_generator": [[[0.0]], [[1.0]], [[1.0]], [[0.0]]],
    "dispatchable_generator": [1, 0, 0, 0],
    # Sun by day only, a reactor always.
    "availability_generator": [[[1.0, 1.0]], [[0.5, 0.0]], [[1.0, 1.0]], [[1.0, 1.0]]],
    "capital_charge_generator": [[[0.0]], [[40.0]], [[600.0]], [[0.0]]],
    "variable_cost_generator": [[[0.02]], [[0.0]], [[0.0]], [[0.0]]],
    "clean_generator": [0, 1, 1, 0],
    "spilled_first_generator": [0, 0, 0, 1],
    "region_of_zone": [[1, 0], [0, 1]],
}
NAMES = ["gas", "sun", "reactor", "old sun"]


def campus_in_the_west(**values: object) -> Solution:
    """Return the solution for 1 GW of campus in the west, with 1 GW of other load in the east."""
    return solved(
        small_system(
            {**ONE_GIGAWATT, **values},
            zone=["west", "east"],
            region=["west", "east"],
            generator=NAMES,
            accelerator=["chip"],
        )
    )


def built(solution: Solution, name: str, zone: str = "west") -> float:
    """Return what is built of a generator [GW]."""
    cell = solution.values["online_generator"].sel(generator=name, zone=zone)
    return float(cell.fillna(0.0).item())


def test_without_a_share_gas_serves_all_where_sun_does_not_pay() -> None:
    # 2,190 GWh from 1 GW of sun save 43.8 M$ of fuel for 40 M$: up to the load by day, 2 GW.
    solution = campus_in_the_west()
    assert built(solution, "sun") == pytest.approx(2.0)
    assert built(solution, "sun", "east") == pytest.approx(2.0)


def test_half_by_the_year_is_what_sun_by_day_gives() -> None:
    # 2 GW of sun cover the day, half of the year: a share of one half costs nothing more.
    free, half = campus_in_the_west(), campus_in_the_west(clean_annual_floor=0.5)
    assert half.objective == pytest.approx(free.objective)
    assert campus_in_the_west(clean_annual_floor=0.51).objective > free.objective + 1.0


def test_by_the_year_needs_use_beyond_the_campus() -> None:
    # Beyond half of the year sun has no load left in the west: what is more is curtailed, unless a
    # reactor serves the night. 8,760 GWh at 0.75 are 6,570: 4,380 by day, 2,190 by night from half
    # a GW of reactor, which by day stands for sun: 1 GW less of it.
    solution = campus_in_the_west(clean_annual_floor=0.75)
    assert built(solution, "reactor") == pytest.approx(0.5)
    assert built(solution, "sun") == pytest.approx(1.0)
    # Each GWh by night: 600 M$ of reactor less 80 of sun less 0.02 * 4,380 of gas over 4,380 GWh.
    price = (600.0 - 80.0 - 0.02 * 4380.0) / 4380.0
    assert solution.duals["clean_energy_annual"].item() == pytest.approx(price)


def test_other_load_of_the_state_takes_clean_energy_by_the_year_but_not_by_the_hour() -> None:
    # With 1 GW of other load in the west, 4 GW of sun by day cover the campus of a whole year;
    # by the hour the night needs the reactor still.
    load = [[[1.0, 1.0]], [[1.0, 1.0]]]
    annual = campus_in_the_west(load=load, clean_annual_floor=1.0)
    hourly = campus_in_the_west(load=load, clean_hourly_floor=1.0)
    assert built(annual, "sun") == pytest.approx(4.0)
    assert built(annual, "reactor") == pytest.approx(0.0)
    assert built(hourly, "reactor") == pytest.approx(1.0)
    assert built(hourly, "sun") == pytest.approx(2.0)
    assert hourly.objective > annual.objective + 100.0


def test_clean_energy_of_another_region_does_not_count() -> None:
    # The campus stands in the west; sun of the east has a load there, but serves another region.
    solution = campus_in_the_west(buildable_generator=[[[0]] * 2, [[0], [1]], [[1]] * 2, [[0]] * 2])
    assert built(solution, "sun", "east") == pytest.approx(2.0)
    matched = campus_in_the_west(
        buildable_generator=[[[0]] * 2, [[0], [1]], [[1]] * 2, [[0]] * 2], clean_annual_floor=0.5
    )
    assert built(matched, "reactor") == pytest.approx(0.5)


def test_old_sun_is_curtailed_first() -> None:
    # 1 GW of old sun that always shines fills the west; new clean output takes its place.
    old = [[[5.0], [5.0]], [[0.0], [0.0]], [[0.0], [0.0]], [[1.0], [0.0]]]
    solution = campus_in_the_west(existing_generator=old, clean_hourly_floor=0.5)
    assert built(solution, "sun") == pytest.approx(2.0)
    assert built(solution, "reactor") == pytest.approx(0.0)
