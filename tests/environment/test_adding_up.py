"""The plan is the sum of its states, of its assets and of its years, whatever it dispatches."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gigaplan.dealbook import PlanFacts
from gigaplan.environment import co2_by_zone, environment_tables
from gigaplan.environment.air import onsite_air
from gigaplan.environment.arrays import PlanArrays
from gigaplan.environment.carbon import carbon_rates
from gigaplan.environment.clean import clean_matching
from gigaplan.environment.water import AMOUNTS, water_by_state, water_table

FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Seed = st.integers(0, 2**32 - 1)


def redispatched(facts: PlanFacts, seed: int) -> PlanArrays:
    """Return the plan with every output, flow and load multiplied by a number of its own."""
    rng = np.random.default_rng(seed)
    tables = dict(facts.tables)
    for name, columns in (
        ("dispatch", ["power_mw"]),
        ("flows", ["forward_mw", "reverse_mw"]),
        ("load", ["campus_it_mw", "campus_facility_mw", "base_mw", "given_campus_mw"]),
    ):
        table = tables[name].copy()
        table[columns] *= rng.uniform(0.1, 2.0, (len(table), len(columns)))
        tables[name] = table
    return PlanArrays(tables, facts.system)


def energy_by_asset(arrays: PlanArrays) -> pd.DataFrame:
    """Return yearly energy by a way of its own: from the table, row by row [GWh]."""
    dispatch = arrays.tables["dispatch"].merge(arrays.tables["blocks"], on="block")
    energy = dispatch["power_mw"] * dispatch["weight_hours"] / 1e3
    return energy.groupby([dispatch["asset"], dispatch["year"], dispatch["zone"]]).sum()


@FEW
@given(Seed)
def test_water_adds_up(facts: PlanFacts, seed: int) -> None:
    arrays = redispatched(facts, seed)
    water = water_table(arrays)
    whole = water[AMOUNTS].sum()
    for keys in (["zone"], ["year"], ["source"], ["part"], ["zone", "year", "part"]):
        assert water.groupby(keys)[AMOUNTS].sum().sum().tolist() == pytest.approx(whole.tolist())
    states = water_by_state(water, facts.dataset, arrays)
    parts = [f"{part}_mm3" for part in ("new_campuses", "new_plants")]
    parts += [f"{part}_mm3" for part in ("given_campuses", "given_plants")]
    assert states[AMOUNTS].sum().tolist() == pytest.approx(whole.tolist())
    assert states[parts].sum().sum() == pytest.approx(whole["consumption_mm3"])
    rates = facts.dataset.table("plant_water").set_index("asset")["consumption_m3_per_mwh"]
    energy = energy_by_asset(arrays)
    plants = (energy * energy.index.get_level_values("asset").map(rates)).sum() / 1e3
    listed = water[water["part"].str.endswith("plant")]["consumption_mm3"].sum()
    assert listed == pytest.approx(plants)


@FEW
@given(Seed)
def test_carbon_of_use_and_of_sites_is_that_of_generation(facts: PlanFacts, seed: int) -> None:
    arrays = redispatched(facts, seed)
    rates = carbon_rates(arrays)
    own = onsite_air(arrays, facts.dataset).groupby("year")["co2_kt"].sum()
    summed = rates.groupby("year")[["generation_co2_kt", "use_co2_kt"]].sum()
    assert (summed["use_co2_kt"] + own).tolist() == pytest.approx(
        summed["generation_co2_kt"].tolist()
    )
    assert (rates["use_kg_per_mwh"] >= 0).all()


@FEW
@given(Seed)
def test_matching_by_the_hour_is_within_that_by_the_year(facts: PlanFacts, seed: int) -> None:
    table = clean_matching(redispatched(facts, seed))
    near = 1.0 + 1e-9
    assert (table["matched_hourly_twh"] <= table["matched_annual_twh"] * near).all()
    assert (table["matched_annual_twh"] <= table["load_twh"] * near).all()
    assert (table["matched_annual_twh"] <= table["clean_twh"] * near).all()
    energy = ["load_twh", "clean_twh", "matched_annual_twh", "matched_hourly_twh"]
    regions = table[table["region"] != "all"].groupby("year")[energy].sum()
    whole = table[table["region"] == "all"].set_index("year")[energy]
    assert whole.to_numpy() == pytest.approx(regions.reindex(whole.index).to_numpy())


def test_builds_add_up_to_projects(facts: PlanFacts) -> None:
    tables = environment_tables(facts)
    projects = facts.tables["projects"]
    rates = facts.dataset.table("land_use").set_index("asset")["direct_ha_per_mw"]
    capacity = projects.groupby("asset")["capacity_mw"].sum()
    expected = (capacity * rates.reindex(capacity.index)).sum()
    land, carbon = tables["land"], tables["embodied_carbon"]
    for keys in (["zone"], ["asset"], ["in_service_year"]):
        assert land.groupby(keys)["land_ha"].sum().sum() == pytest.approx(expected)
    campuses = projects[projects["class"] == "campus"]["capacity_mw"].sum()
    of_campuses = carbon[carbon["class"] == "campus"]["embodied_kt"].sum()
    assert of_campuses == pytest.approx(1.5 * campuses)
    assert set(carbon["class"]) == {"campus", "accelerator"}
    assert land["project"].is_unique
    assert carbon["project"].is_unique


def test_units_without_a_catalyst_would_emit_more(facts: PlanFacts, arrays: PlanArrays) -> None:
    # AP-42 without catalyst over the package's rate with one, for each kind of unit.
    ratio = {"btm_gas_turbine": 0.0449 / 0.0112, "btm_gas_engine": 0.0807 / 0.0113}
    emissions = facts.tables["emissions"]
    own = emissions[emissions["asset"].isin(ratio)]
    expected = (own["nox_t"] * own["asset"].map(ratio)).sum()
    air = onsite_air(arrays, facts.dataset)
    assert air["nox_t"].sum() == pytest.approx(own["nox_t"].sum())
    assert air["nox_without_catalyst_t"].sum() == pytest.approx(expected)
    assert expected > 3.0 * own["nox_t"].sum() > 0.0


def test_carbon_by_zone_is_that_of_emissions(facts: PlanFacts) -> None:
    by_zone = co2_by_zone(facts.tables)
    assert list(by_zone.columns) == ["zone", "year", "co2_kt"]
    assert by_zone["co2_kt"].sum() == pytest.approx(facts.tables["emissions"]["co2_kt"].sum())
    again = carbon_rates(PlanArrays(facts.tables, facts.system))
    both = by_zone.merge(again, on=["zone", "year"])
    assert both["co2_kt"].tolist() == pytest.approx(both["generation_co2_kt"].tolist())
