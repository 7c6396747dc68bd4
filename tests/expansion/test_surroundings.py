"""Limits of surroundings that cannot be kept are named, with the number that would do."""

from __future__ import annotations

import pytest
from tests.equations.small_systems import small_system
from tests.expansion.test_conflicts import CAMPUS, explained_of

from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.solve import optimise
from gigaplan.expansion.why import why_table
from gigaplan.system import System

CAPPED = {
    **CAMPUS,
    "compute_need": 5.0,
    "consumption_rate_campus": 0.001,
    "water_cap": 35.04,
}


def of_one_zone(**values: object) -> System:
    return small_system({**CAMPUS, **values}, accelerator=["chip"], region=["all"])


def test_a_cap_on_water_below_what_the_target_needs() -> None:
    # 5 GW evaporate 43.8 Mm3; the cap of 35.04 is enough for 4: both changes are a fifth of what
    # stands there, the target's of the larger number.
    conflict, *ways = explained_of(of_one_zone(**CAPPED))
    assert "cap on water" in conflict
    assert any("limits.water.consumption_cap_mm3_by_zone.west" in way for way in ways)
    assert any("Raise it to 43.8 Mm3." in way for way in ways)


def test_a_cap_on_nitrogen_oxides_below_what_the_target_needs() -> None:
    own = {
        "existing_generator": 0.0,
        "buildable_generator": 1.0,
        "alive_generator": 1.0,
        "onsite_generator": 1.0,
        "nox_rate_generator": 0.0001,
        "compute_need": 1.0,
        "unserved_limit": 0.0,
        "onsite_nox_cap": 0.438,
    }
    conflict, *ways = explained_of(of_one_zone(**own))
    assert "cap on nitrogen oxides" in conflict
    assert any(
        "limits.air.onsite_nox_t_by_zone.west: " in way and "Raise it to 876 t." in way
        for way in ways
    )


@pytest.mark.parametrize("kind", ["annual", "hourly"])
def test_a_share_of_clean_energy_that_sites_do_not_allow(kind: str) -> None:
    # 0.4 GW of clean output at most for 1 GW of load: a share of 0.4 would do in place of 0.5.
    own = {
        "existing_generator": [[[50.0]], [[0.0]]],
        "buildable_generator": [[[0]], [[1]]],
        "alive_generator": [[[0]], [[1]]],
        "potential_generator": [[0.0], [0.4]],
        "clean_generator": [0, 1],
        "compute_need": 1.0,
        "region_of_zone": 1.0,
        f"clean_{kind}_floor": 0.5,
    }
    system = small_system(
        {**CAMPUS, **own}, accelerator=["chip"], region=["all"], generator=["gas", "wind"]
    )
    conflict, *ways = explained_of(system)
    assert "least share of clean energy" in conflict
    setting = f"limits.clean.{kind}_share_by_year.2026: "
    assert any(setting in way and "a share of 0.4." in way for way in ways)


def test_a_share_gives_way_before_the_whole_programme() -> None:
    # A share of 0.9 needs clean output by night, of which there is none: 0.5 would do, which is
    # less of a change than no campus at all.
    own = {
        "existing_generator": [[[50.0]], [[0.0]]],
        "buildable_generator": [[[0]], [[1]]],
        "alive_generator": [[[0]], [[1]]],
        "potential_generator": [[0.0], [100.0]],
        "dispatchable_generator": [1, 0],
        "availability_generator": [[[1.0, 1.0]], [[1.0, 0.0]]],
        "clean_generator": [0, 1],
        "compute_need": 20.0,
        "region_of_zone": 1.0,
        "clean_hourly_floor": 0.9,
    }
    system = small_system(
        {**CAMPUS, **own}, accelerator=["chip"], region=["all"], generator=["gas", "sun"]
    )
    _, first, *_ = explained_of(system)
    assert first.startswith("limits.clean.hourly_share_by_year.2026: ")
    assert first.endswith("a share of 0.5.")


def test_what_one_more_unit_is_worth_is_said() -> None:
    system = small_system(
        {
            **CAPPED,
            "capital_charge_campus": [[1000.0], [1200.0]],
            "water_cap": [17.52, float("inf")],
        },
        zone=["west", "east"],
        accelerator=["chip"],
    )
    table = why_table(optimise(system, SolverSettings(method="simplex")))
    row = table[table["family"] == "water_limit"].iloc[0]
    assert row["zone"] == "west"
    assert row["shadow_price"] == pytest.approx(200.0 / 8.76)
    assert row["sentence"] == "One more million m3 of water a year in west is worth $22.8 M."
    assert row["setting"] == "limits.water.consumption_cap_mm3_by_zone.west"
