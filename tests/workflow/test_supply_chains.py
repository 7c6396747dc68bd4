"""Supply chains from data to plan: rows make a component, a floor and a credit make factories."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import gigaplan
from gigaplan.inputs.package import SHIPPED_PACKAGES
from gigaplan.inputs.scenario import Scenario
from gigaplan.plan.tables import Plan

SOURCE = {"source": "made up", "source_year": 2026, "confidence": "estimate", "notes": ""}


def tiny(*, data: str = "us", **supply: Any) -> Scenario:
    """Return the tiny scenario with settings of the supply."""
    content = gigaplan.load_scenario("tiny").model_dump()
    content["data"] = data
    content["limits"]["supply"] |= supply
    return Scenario.model_validate(content)


def relaxed(scenario: Scenario) -> Plan:
    """Return the plan with campuses of any size, verified."""
    plan = gigaplan.run(scenario, relaxed=True)
    assert [finding for finding in gigaplan.verify_plan(plan) if not finding.ok] == []
    return plan


@pytest.fixture(scope="module")
def dusty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package in which campuses need a made-up component, made in made-up mills."""
    folder = tmp_path_factory.mktemp("data") / "dusty"
    shutil.copytree(SHIPPED_PACKAGES / "us", folder)
    dust = {"component": "moon_dust", "origin": "US", "market": "national", "year": 2026}
    supply = {"programme_share_frac": 1.0, **SOURCE}
    rows: dict[str, list[dict[str, Any]]] = {
        "components": [
            {
                "component": "moon_dust",
                "label": "Moon dust",
                "kind": "power_equipment",
                "unit": "bags",
                "market": "national",
                "storable": "true",
                "price_usd2025_per_unit": 1000,
                "origin_reference": "US",
                "manufacture_months": 3,
                "deliver_months": 0,
                **SOURCE,
            }
        ],
        "supply": [
            {**dust, "step": 1, "made_per_year": 300, "premium_usd2025_per_unit": 0, **supply},
            {**dust, "step": 2, "made_per_year": 5000, "premium_usd2025_per_unit": 2e6, **supply},
        ],
        "component_bills": [
            {
                "asset": "campus",
                "component": "moon_dust",
                "years_before_service": 0,
                "quantity": 1.0,
                **SOURCE,
            }
        ],
        "factories": [
            {
                "factory": "dust_mill",
                "label": "Dust mill",
                "component": "moon_dust",
                "capex_usd2025_per_unit_yr": 5000,
                "fixed_om_frac_per_yr": 0.02,
                "variable_cost_usd2025_per_unit": 400,
                "life_years": 20,
                "capital_group": "factory",
                "ramp_first_year_frac": 0.5,
                "ramp_second_year_frac": 1.0,
                "construction_years": 1,
                "power_mw_per_unit_yr": 0.0,
                **SOURCE,
            }
        ],
        "factory_places": [
            {
                "factory": "dust_mill",
                "place": "TX",
                "country": "US",
                "capex_multiplier": 1.0,
                "operating_cost_multiplier": 1.0,
                "lead_time_years": 2.0,
                "max_units_per_yr": 10000,
                **SOURCE,
            }
        ],
    }
    for table, new in rows.items():
        path = folder / f"{table}.csv"
        old = pd.read_csv(path, dtype=str, keep_default_na=False)
        added = pd.DataFrame(new).astype(str).reindex(columns=old.columns, fill_value="")
        pd.concat([old, added]).to_csv(path, index=False)
    return folder


def test_a_component_and_its_factory_are_rows_and_no_code(dusty: Path) -> None:
    plain = relaxed(tiny())
    short = relaxed(tiny(data=str(dusty), build_factories=False))
    with_mills = relaxed(tiny(data=str(dusty)))

    dust = short.tables["supply_use"].query("component == 'moon_dust'")
    assert dust["use"].sum() == pytest.approx(3.0)  # thousand bags: 3 GW, a bag for each MW
    assert dust["worth_usd2025_m"].max() > 1e3  # the second step costs 2 M$ a bag
    why = short.tables["why"]
    assert why["limit"].str.contains("moon dust from US in").any()
    cost = plain.manifest.objective.value_usd2025_m
    assert short.manifest.objective.value_usd2025_m > cost + 1000.0

    mills = with_mills.tables["factories"].query("component == 'moon_dust'")
    assert set(mills["place"]) == {"TX"}
    made = with_mills.tables["factory_output"].query("component == 'moon_dust'")
    assert made["output"].sum() > 0.5
    assert cost < with_mills.manifest.objective.value_usd2025_m
    saved = short.manifest.objective.value_usd2025_m - with_mills.manifest.objective.value_usd2025_m
    assert saved > 500.0
    later = with_mills.tables["supply_use"].query(
        "component == 'moon_dust' and calendar_year == 2030"
    )
    before = short.tables["supply_use"].query("component == 'moon_dust' and calendar_year == 2030")
    assert later["worth_usd2025_m"].item() < 0.1 * before["worth_usd2025_m"].item()


# Three states take a tenth of what the nation plans; so does their share of packages.
TENTH = {"scale": {"advanced_packaging": 0.1}}
FLOOR = {"min_us_share": {2030: 0.95}, "origin_components": ("advanced_packaging",)}


def us_lines(plan: Plan) -> float:
    """Return new US packaging capacity [thousand wafers a year]."""
    countries = plan.tables["factory_costs"].query("country == 'US'")["place"]
    built = plan.tables["factories"].query("kind == 'packaging_line'")
    return float(built.loc[built["place"].isin(countries), "capacity_per_yr"].sum())


def test_a_floor_with_a_credit_builds_packaging_in_the_us() -> None:
    neither = relaxed(tiny(**TENTH))
    credit = relaxed(tiny(**TENTH, us_factory_credit_frac=0.35))
    floor = relaxed(tiny(**TENTH, **FLOOR))
    both = relaxed(tiny(**TENTH, **FLOOR, us_factory_credit_frac=0.35))
    # Without a floor there is enough from abroad, and a credit of 35 % does not close the gap.
    assert us_lines(neither) == pytest.approx(0.0, abs=1e-3)
    assert us_lines(credit) == pytest.approx(0.0, abs=1e-3)
    assert us_lines(floor) > 1.0
    assert us_lines(both) > 1.0
    cost = {
        name: plan.manifest.objective.value_usd2025_m
        for name, plan in (("neither", neither), ("floor", floor), ("both", both))
    }
    assert cost["neither"] < cost["both"] < cost["floor"]
    words = floor.tables["why"]["limit"]
    assert words.str.contains("least share of advanced packaging from the US in 2030").any()


def test_the_credit_that_breaks_even_is_told_and_true() -> None:
    plan = relaxed(tiny(**TENTH))
    costs = plan.tables["factory_costs"].query("kind == 'packaging_line' and country == 'US'")
    told = float(costs["break_even_credit_frac"].min())
    assert 0.35 < told < 1.0
    # A line is at full output only in its third year, so the credit must pay a little more.
    below = relaxed(tiny(**TENTH, us_factory_credit_frac=told - 0.03))
    assert us_lines(below) == pytest.approx(0.0, abs=1e-3)
    above = relaxed(tiny(**TENTH, us_factory_credit_frac=1.0))
    assert us_lines(above) > 1.0


def test_a_region_without_dated_plants_and_recorded_campuses_is_planned(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    shutil.copytree(SHIPPED_PACKAGES / "us", folder)
    for table in ("factory_capacity", "campus_history"):
        path = folder / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    plan = relaxed(tiny(data=str(folder)))
    assert len(plan.tables["facilities"]) == 0
    assert plan.tables["supply_sources"].query("component == 'hbm4e' and origin == 'US'").empty
