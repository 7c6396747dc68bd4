"""The System of shipped scenarios: nothing lost, nothing counted twice, nothing too early."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from gigaplan.inputs.dataset import Dataset, load_dataset
from gigaplan.inputs.scenario import Scenario, load_scenario
from gigaplan.system import System
from gigaplan.system.build import build_system
from gigaplan.terms.errors import InputError
from gigaplan.workflow import load_scenario_data

BASE_YEAR = 2026


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Return the shipped data package."""
    return load_dataset("us")


@pytest.fixture(scope="module")
def national(dataset: Dataset) -> System:
    """Return the System of the national default."""
    return build_system(load_scenario("us-2035"), dataset)


def parameter(dataset: Dataset, name: str) -> float:
    """Return one number of the table ``parameters``."""
    return float(dataset.table("parameters").set_index("parameter")["value"][name])


def test_blocks_add_to_a_year(national: System) -> None:
    """Every hour of the year is stood for once."""
    assert float(national["block_weight"].sum()) == pytest.approx(8760.0)
    assert (national["block_hours"] == 4.0).all()


def test_base_demand_keeps_its_energy(national: System, dataset: Dataset) -> None:
    """Annual demand less embedded data centers, plus delivery losses, to the last digit."""
    demand = dataset.table("annual_demand").query("case == 'baseline'")
    wide = demand.pivot_table(index="year", columns="zone", values="demand_twh")
    growth = (wide.loc[2030] - wide.loc[2024]).clip(lower=0)
    embedded = dataset.table("embedded_data_center_growth").query(
        "case == 'baseline' and year == 2030"
    )["growth_twh"]
    removed = np.minimum(growth / growth.sum() * float(embedded.iloc[0]), growth)
    delivered = 1.0 + parameter(dataset, "delivery_loss_frac")
    expected = float((wide.loc[2030] - removed).sum()) * delivered
    base = national["base_load"].sel(year=2030)
    energy = float((base * national["block_weight"]).sum()) / 1e3
    assert energy == pytest.approx(expected, rel=1e-9)


def test_campuses_of_2024_are_not_counted_twice(national: System, dataset: Dataset) -> None:
    """Given campus load is what came after 2024; the capacity includes what was there before."""
    campuses = dataset.table("campuses")
    given = campuses[campuses["status"].isin(["operating", "under_construction"])]["campus"]
    capacity = dataset.table("campus_capacity")
    capacity = capacity[capacity["campus"].isin(given)]
    before = capacity[capacity["year"] == 2024]["facility_mw"].sum() / 1e3
    now = capacity[capacity["year"] == BASE_YEAR]["facility_mw"].sum() / 1e3
    load = (national["load"] - national["base_load"]).sel(year=BASE_YEAR)
    mean = float((load * national["block_weight"]).sum()) / 8760.0
    pue = national["pue"]
    facility = float((national["given_campus"].sel(year=BASE_YEAR) * pue).sum())
    assert facility == pytest.approx(now, rel=1e-9)
    assert mean <= 0.8 * (now - before) * (1 + 1e-2)
    assert mean >= 0.7 * (now - before)


def test_the_programme_adds_what_given_campuses_lack(national: System, dataset: Dataset) -> None:
    """Need and given capacity add to the published path, where it is above the given."""
    cases = dataset.table("compute_cases").query("case == 'epoch_epri_bnef'")
    path = cases.set_index("year")["us_ai_it_gw"]
    given = national["given_campus"].sum("zone")
    for year in (2030, 2032, 2035):
        whole = float(given.sel(year=year) + national["compute_need"].sel(year=year))
        assert whole == pytest.approx(max(path[year], float(given.sel(year=year))))


def test_nothing_is_built_before_its_lead_time(national: System, dataset: Dataset) -> None:
    """A build may enter service from the base year plus the lead time, not earlier."""
    facts = dataset.table("assets").set_index("asset")
    sites = set(dataset.table("asset_sites")["asset"])
    for asset in national["generator"].values:
        if not facts.loc[asset, "buildable"] or asset in sites:
            continue
        ready = BASE_YEAR + int(facts.loc[asset, "lead_time_years"])
        allowed = national["buildable_generator"].sel(generator=asset).any("zone")
        for vintage in national["vintage"].values:
            assert bool(allowed.sel(vintage=vintage)) == (vintage >= ready), (asset, vintage)
    assert not national["buildable_campus"].sel(vintage=BASE_YEAR).any()


def test_fleets_follow_their_schedule(national: System, dataset: Dataset) -> None:
    """Given coal is what was there at the end of 2025 and its changes, never below zero."""
    fleet = dataset.table("existing_capacity").query("asset == 'coal'")["capacity_mw"].sum()
    changes = dataset.table("capacity_changes").query("asset == 'coal' and year <= 2030")
    sign = changes["kind"].map({"addition": 1, "retirement": -1})
    expected = (fleet + (changes["capacity_mw"] * sign).sum()) / 1e3
    given = national["existing_generator"].sel(generator="coal", year=2030)
    assert float(given.sum()) == pytest.approx(expected, rel=1e-9)
    assert (national["existing_generator"] >= 0).all()


def test_resource_classes_keep_their_capacity_factor(national: System, dataset: Dataset) -> None:
    """The blocks of wind and solar give the class's mean output."""
    share = national["block_weight"] / 8760.0
    mean = (national["availability_generator"] * share).sum("block")
    classes = dataset.table("renewable_classes")
    for row in classes[classes["asset"].isin(["wind_1", "solar_1"])].itertuples():
        held = float(mean.sel(generator=row.asset, zone=row.zone))
        assert held == pytest.approx(row.mean_capacity_factor_frac, abs=2e-3)


def test_peaks_are_coincident(national: System) -> None:
    """A region's peak is at most the sum of its zones' loads, and more than its mean load."""
    member = national["region_of_zone"]
    mean = ((national["load"] * national["block_weight"]).sum("block") / 8760 * member).sum("zone")
    assert (national["peak_load"] > mean).all()
    total = float(national["peak_load"].sel(year=BASE_YEAR).sum())
    assert 740 < total < 840  # GW; the metered national record is 759 GW (EIA-930, July 2025)


def test_capital_charge_by_hand(national: System, dataset: Dataset) -> None:
    """Annuity times interest during construction times overnight capex times the multiplier."""
    wacc = float(dataset.table("cost_of_capital").set_index("asset_group")["real_wacc_frac"]["gas"])
    facts = dataset.table("assets").set_index("asset").loc["gas_ct"]
    life, years = float(facts["life_years"]), int(facts["construction_years"])
    annuity = wacc / (1 - (1 + wacc) ** -life)
    interest = np.mean([(1 + wacc) ** (k - 0.5) for k in range(1, years + 1)])
    costs = dataset.table("asset_costs").query("asset == 'gas_ct' and year == 2030")
    overnight = float(costs["overnight_capex_usd2025_per_kw"].iloc[0])
    multipliers = dataset.table("cost_multipliers").set_index(["zone", "multiplier_group"])
    multiplier = float(multipliers.loc[("TX", facts["multiplier_group"]), "multiplier"])
    charge = national["capital_charge_generator"].sel(generator="gas_ct", zone="TX", vintage=2030)
    assert float(charge) == pytest.approx(annuity * interest * overnight * multiplier, rel=1e-9)


def test_spending_and_components_are_whole(national: System, dataset: Dataset) -> None:
    """All capex is spent, and a build takes its whole bill, over the calendar years."""
    buildable = national["buildable_generator"].any("zone")
    shares = national["spend_share_generator"].sum("calendar_year")
    sites = set(dataset.table("asset_sites")["asset"])
    ordinary = [g for g in national["generator"].values if g not in sites]
    allowed = buildable.sel(generator=ordinary)
    assert np.allclose(shares.sel(generator=ordinary).values[allowed.values], 1.0)
    bills = dataset.table("component_bills")
    bill = bills.groupby(["asset", "component"])["quantity"].sum()
    taken = national["supply_use_generator"].sel(
        generator="gas_ct", component="gas_turbine", vintage=2035
    )
    assert float(taken.sum()) == pytest.approx(float(bill[("gas_ct", "gas_turbine")]) * 1e3)
    # Worker-years over all years of construction, counted in thousands.
    hands = national["local_use_campus"].sel(local_component="labour_electrical", vintage=2035)
    assert float(hands.sum()) == pytest.approx(float(bill[("campus", "labour_electrical")]))
    # Stacks of an accelerator over its power, in millions.
    chips = dataset.table("accelerators").set_index("accelerator")
    name = "Rubin Ultra NVL576"
    stacks = national["supply_use_accelerator"].sel(
        accelerator=name, component="hbm4e", vintage=2030
    )
    per_gw = float(bill[(name, "hbm4e")]) / float(chips.loc[name, "it_kw_per_unit"])
    assert float(stacks.sum()) == pytest.approx(per_gw)


def test_supply_is_what_origins_and_dated_plants_give(national: System, dataset: Dataset) -> None:
    """Linear in made times share, plants added to the first step of their country."""
    supply = dataset.table("supply")
    own = supply[(supply["component"] == "advanced_packaging") & (supply["origin"] == "KR")]
    made = (own["made_per_year"] * own["programme_share_frac"]).to_numpy()
    limit = national["source_limit"].sel(source="advanced_packaging from KR")
    years = limit["calendar_year"].values
    assert limit.values * 1e3 == pytest.approx(np.interp(years, own["year"], made))
    plants = dataset.table("factory_capacity")
    plants = plants[(plants["factory"] == "packaging_line") & (plants["country"] == "US")]
    whole = np.zeros(years.size)
    for _, plant in plants.groupby("facility"):
        output = (plant["units_per_yr"] * plant["programme_share_frac"]).to_numpy()
        whole += np.interp(years, plant["year"], output)
    dated = national["source_limit"].sel(source="advanced_packaging from US")
    assert dated.values * 1e3 == pytest.approx(whole)
    assert float(national["source_premium"].sel(source="advanced_packaging from US").max()) == 0


def test_given_campuses_take_no_more_than_there_is(national: System) -> None:
    limit = (national["source_limit"] * national["component_of_source"]).sum("source")
    assert (national["supply_given"] <= limit + 1e-9).all()
    assert float(national["supply_given"].sel(component="advanced_packaging").sum()) > 0
    assert (national["local_given"] <= national["local_limit"].sum("step") + 1e-9).all()


def test_a_factory_of_the_reference_country_costs_nothing_more_at_full_use(
    national: System,
) -> None:
    """Capital, fixed and unit cost cancel; a dearer place costs its gap."""
    last = national["capital_charge_factory"].isel(vintage=-1)
    net = last + national["fixed_cost_factory"] + national["unit_cost_factory"]
    assert float(net.sel(factory="logic_fab_n3 in Taiwan")) == pytest.approx(0.0, abs=1e-9)
    assert float(net.sel(factory="logic_fab_n3 in AZ")) > 1.0
    assert (net >= -1e-9).all()
    share = national["output_share_factory"].sel(factory="logic_fab_n3 in Taiwan", vintage=2030)
    assert share.values.tolist() == sorted(share.values.tolist())
    assert float(share.isel(calendar_year=-1)) == pytest.approx(1.0)


def test_only_the_best_generation_of_a_year_is_bought(national: System, dataset: Dataset) -> None:
    """Where the target is in GW, each year has one generation, that with most compute per watt."""
    sold = national["available_accelerator"]
    assert (sold.sum("accelerator").sel(vintage=[2028, 2030, 2032, 2035]) == 1).all()
    table = dataset.table("accelerators").set_index("accelerator")
    density = table["h100e_per_unit"] / table["it_kw_per_unit"]
    on_sale = (table["available_from_year"] <= 2030) & (table["available_to_year"] >= 2030)
    bought = sold.sel(vintage=2030)
    assert str(bought["accelerator"].values[bought.values][0]) == density[on_sale].idxmax()


def test_an_override_reaches_the_system() -> None:
    """One cell of the data package, replaced in the scenario."""
    content = load_scenario("tiny").model_dump()
    content["overrides"] = [
        {
            "table": "campus_power_use",
            "where": {"zone": "TX"},
            "column": "pue_annual",
            "value": 1.5,
        }
    ]
    scenario = Scenario.model_validate(content)
    system = build_system(scenario, load_scenario_data(scenario))
    assert float(system["pue"].sel(zone="TX")) == 1.5
    assert float(system["pue"].sel(zone="OK")) < 1.3


def test_growth_of_others_is_load_and_takes_connections(dataset: Dataset) -> None:
    """With a background case, others' growth is given load, and connections are what is left."""
    scenario = load_scenario("first-states")
    system = build_system(scenario, dataset)
    alone = scenario.model_dump()
    alone["compute"]["given"]["background_case"] = None
    without = build_system(Scenario.model_validate(alone), dataset)
    more = (system["load"] - without["load"]).sum("zone").sel(year=2032)
    assert (more > 0).all()
    assert (system["connection_limit"] <= without["connection_limit"] + 1e-12).all()
    assert float(system["compute_need"].sum()) == 0.0


def test_one_zone_has_no_corridors(dataset: Dataset) -> None:
    """A single zone is planned on its own."""
    content = load_scenario("tiny").model_dump()
    system = build_system(Scenario.model_validate({**content, "zones": ["TX"]}), dataset)
    assert system["start_of_corridor"].shape == (0, 1)


@pytest.mark.parametrize("objective", ["least_cost", "most_compute"])
def test_years_without_any_accelerator_are_refused(dataset: Dataset, objective: str) -> None:
    """Compute cannot be asked of years in which nothing is sold that computes."""
    last = 2040
    accelerators = dataset.table("accelerators")
    clipped = accelerators.assign(
        available_to_year=accelerators["available_to_year"].clip(upper=last)
    )
    ending = dataclasses.replace(dataset, tables={**dataset.tables, "accelerators": clipped})
    content = load_scenario("tiny").model_dump()
    content["horizon"] |= {"base_year": last - 4, "milestone_years": (last + 3,)}
    content["objective"]["kind"] = objective
    if objective == "most_compute":
        content["compute"]["target"] = None
        content["limits"]["budget"]["total_usd_b"] = 50.0
    else:
        content["compute"]["target"]["by_year"] = {last + 3: 3.0}
    with pytest.raises(InputError, match="years without any accelerator") as caught:
        build_system(Scenario.model_validate(content), ending)
    (fault,) = caught.value.faults
    assert fault.where == "tiny: horizon.milestone_years"
    assert f"in service in {last + 3}; the last one" in fault.what
    assert f"is sold until {last}." in fault.what
    assert "available_to_year" in fault.mend


def test_allies_are_those_of_the_table_countries(national: System, dataset: Dataset) -> None:
    """A country is an ally whether or not a factory may be built there."""
    countries = dataset.table("countries").set_index("country")["allied"]
    member = national["source_in_group"].sel(origin_group="allied")
    for source, inside in zip(member["source"].values, member.values, strict=True):
        origin = str(source).split(" from ")[1].split(",")[0]
        assert bool(inside) == (origin == "US" or bool(countries[origin])), source


def test_a_component_of_dated_plants_alone(dataset: Dataset) -> None:
    """A component may have no row in the table supply, if dated plants make it."""
    supply = dataset.table("supply")
    alone = supply[supply["component"] != "advanced_packaging"]
    changed = dataclasses.replace(dataset, tables={**dataset.tables, "supply": alone})
    system = build_system(load_scenario("tiny"), changed)
    (row,) = np.flatnonzero(system["component"].values == "advanced_packaging")
    of_source = system["component_of_source"].isel(component=row) > 0
    assert float(system["source_limit"].where(of_source, 0.0).sum()) > 0
    assert "advanced_packaging" in system.options.units
