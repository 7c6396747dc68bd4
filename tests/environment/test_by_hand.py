"""Tables of the environment of two states, worked out by hand."""

from __future__ import annotations

import pytest
from tests.equations.small_systems import small_system

from gigaplan.environment.arrays import PlanArrays
from gigaplan.environment.carbon import carbon_rates
from gigaplan.environment.clean import clean_matching
from gigaplan.environment.water import water_table
from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.solve import optimise
from gigaplan.expansion.tables import plan_tables

EXACT = SolverSettings(method="simplex")


@pytest.fixture(scope="module")
def arrays() -> PlanArrays:
    """Return a plan of a coal state that sells to a state with sun by day.

    The west has 10 GW of coal at 0.9 kt/GWh and 4 GW of load. The east has 6 GW of load, 1 GW of a
    new campus, and 8 GW of new sun by day; 2 GW of old sun are by day too. A line of 3 GW that
    loses a tenth brings 2.7 GW from the west at night, and the east's own gas the other 4.3 GW.
    """
    system = small_system(
        {
            "load": [[[4.0, 4.0]], [[6.0, 6.0]]],
            "existing_generator": [
                [[10.0], [0.0]],
                [[0.0], [10.0]],
                [[0.0], [0.0]],
                [[0.0], [2.0]],
            ],
            "buildable_generator": [[[0], [0]], [[0], [0]], [[0], [1]], [[0], [0]]],
            "potential_generator": [[0.0], [0.0], [8.0], [0.0]],
            "alive_generator": [[[0.0]], [[0.0]], [[1.0]], [[0.0]]],
            "dispatchable_generator": [1, 1, 0, 0],
            "availability_generator": [
                [[1.0, 1.0]],
                [[1.0, 1.0]],
                [[1.0, 0.0]],
                [[1.0, 0.0]],
            ],
            "variable_cost_generator": [[[0.02]], [[0.06]], [[0.0]], [[0.0]]],
            "co2_rate_generator": [[0.9], [0.4], [0.0], [0.0]],
            "consumption_rate_generator": [[0.002], [0.0], [0.0], [0.0]],
            "withdrawal_rate_generator": [[0.07], [0.0], [0.0], [0.0]],
            "new_generator": [0, 0, 1, 0],
            "clean_generator": [0, 0, 1, 0],
            "spilled_first_generator": [0, 0, 0, 1],
            "existing_forward_corridor": 3.0,
            "existing_reverse_corridor": 0.0,
            "loss_corridor": 0.1,
            "start_of_corridor": [[1, 0]],
            "end_of_corridor": [[0, 1]],
            "buildable_campus": [[0], [1]],
            "alive_campus": 1.0,
            "available_accelerator": 1.0,
            "alive_accelerator": 1.0,
            "fixed_it_share": 1.0,
            "compute_need": 1.0,
            "consumption_rate_campus": 0.0005,
            "withdrawal_rate_campus": 0.0006,
            "region_of_zone": 1.0,
        },
        zone=["west", "east"],
        generator=["coal", "gas", "sun", "old sun"],
        corridor=["line"],
        accelerator=["chip"],
        region=["plains"],
    )
    return PlanArrays(plan_tables(optimise(system, EXACT)), system)


def test_use_carries_the_carbon_of_what_serves_it(arrays: PlanArrays) -> None:
    rates = carbon_rates(arrays).set_index("zone")
    # West: 4 GW all year and 3 GW more by night, all of coal.
    assert rates.loc["west", "generation_co2_kt"] == pytest.approx(0.9 * 4380 * (4 + 7))
    assert rates.loc["west", "use_kg_per_mwh"] == pytest.approx(900.0)
    # East by night: 7 GW used, 3 * 0.9 kt brought in and 4.3 * 0.4 kt of its own; by day none.
    night = 3 * 0.9 + 4.3 * 0.4
    assert rates.loc["east", "use_co2_kt"] == pytest.approx(4380 * night)
    assert rates.loc["east", "use_kg_per_mwh"] == pytest.approx(1e3 * night / 14.0)
    assert rates.loc["east", "campus_co2_kt"] == pytest.approx(4380 * night / 7.0)
    assert rates.loc["east", "generation_kg_per_mwh"] == pytest.approx(
        1e3 * 4.3 * 0.4 / (7.0 + 4.3)
    )


def test_water_of_each_source(arrays: PlanArrays) -> None:
    water = water_table(arrays).set_index(["zone", "source"])
    coal = water.loc[("west", "coal")]
    assert coal["part"] == "given plant"
    assert coal["consumption_mm3"] == pytest.approx(0.002 * 4380 * 11)
    assert coal["withdrawal_mm3"] == pytest.approx(0.07 * 4380 * 11)
    campus = water.loc[("east", "campus")]
    assert campus["part"] == "new campus"
    assert campus["consumption_mm3"] == pytest.approx(0.0005 * 8760)
    assert len(water) == 2


def test_sun_matches_the_day(arrays: PlanArrays) -> None:
    table = clean_matching(arrays).set_index("region")
    # By day 10 GW of sun for 7 GW of use: 3 GW too much, 2 of it old sun; 7 GW of the new are used.
    assert table.loc["all", "clean_twh"] == pytest.approx(4.38 * 7.0)
    assert table.loc["all", "load_twh"] == pytest.approx(8.76)
    assert table.loc["all", "annual_share_frac"] == pytest.approx(1.0)
    assert table.loc["all", "hourly_share_frac"] == pytest.approx(0.5)
