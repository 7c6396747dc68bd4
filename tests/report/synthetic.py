"""Small made-up plans with every table, of any size, for tests of the report."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import cast

import numpy as np
import pandas as pd
from tests.report.synthetic_chains import CHAIN_CATEGORIES, CHAIN_TABLES, chain_tables

from gigaplan.inputs.scenario import Scenario
from gigaplan.plan import Manifest, Plan
from gigaplan.plan.tables import plan_columns, table_names
from gigaplan.report.columns import Json
from gigaplan.report.data import build_payload
from gigaplan.report.words import summary
from gigaplan.system.types import System

GROUPS = {
    "coal": ("Coal", "generator"),
    "gas_cc": ("Gas", "generator"),
    "btm_gas_turbine": ("On-site gas", "generator"),
    "nuclear_existing": ("Nuclear", "generator"),
    "hydro": ("Hydro", "generator"),
    "wind_1": ("Wind", "generator"),
    "solar_1": ("Solar", "generator"),
    "oil": ("Oil", "generator"),
    "bio_geo": ("Bio & geo", "generator"),
    "battery_4h": ("Storage", "storage"),
    "campus": ("Campus", "campus"),
    "corridor": ("Transmission", "corridor"),
}
POWER = [asset for asset, (_, kind) in GROUPS.items() if kind == "generator"]
STATES = (
    "TX OK KS AL AR AZ CA CO CT DE FL GA IA ID IL IN KY LA MA MD ME MI MN MO MS MT NC ND NE NH "
    "NJ NM NV NY OH OR PA RI SC SD TN UT VA VT WA WI WV WY"
).split()
HOSTILE = "</script><script>window.hacked=1</script><b>& \u2028'\""


def columns_of(table: str) -> list[str]:
    """Return the columns of a table, in order."""
    return [column.column for column in plan_columns() if column.table == table]


def synthetic_plan(
    *,
    name: str = "made-up",
    title: str = "A made-up plan",
    zones: int = 3,
    years: tuple[int, ...] = (2026, 2030),
    blocks: int = 4,
    scale: float = 1.0,
    zone_name: str = "State",
    empty: bool = False,
) -> Plan:
    """Return a plan with numbers drawn from a fixed seed; ``empty``: nothing is built."""
    rng = np.random.default_rng(7)
    places = STATES[:zones]
    tables = {
        "zones": pd.DataFrame(
            {
                "zone": places,
                "name": [f"{zone_name} {zone}" for zone in places],
                "latitude_deg": np.linspace(31.0, 41.0, zones),
                "longitude_deg": np.linspace(-99.0, -85.0, zones),
                "reliability_region": [f"R{at % 11}" for at in range(zones)],
            }
        ),
        "assets": pd.DataFrame(
            [(asset, asset.upper(), group, kind) for asset, (group, kind) in GROUPS.items()],
            columns=["asset", "label", "group", "class"],
        ),
        "blocks": pd.DataFrame(
            {
                "block": range(blocks),
                "day": [at * 2 // blocks for at in range(blocks)],
                "duration_hours": 48.0 / blocks,
                "weight_hours": 8760.0 / blocks,
                "start_hour": [(at % (blocks // 2)) * 48.0 / blocks for at in range(blocks)],
            }
        ),
    }

    def drawn(keys: dict[str, list[object]], **values: float) -> pd.DataFrame:
        index = pd.MultiIndex.from_product(keys.values(), names=list(keys)).to_frame(index=False)
        return index.assign(
            **{key: rng.uniform(0.2, 1.0, len(index)) * top for key, top in values.items()}
        )

    where = {"zone": list(places), "year": list(years)}
    hourly = {**where, "block": list(range(blocks))}
    fleet = {"asset": [*POWER, "battery_4h"], **where}
    capacity = drawn(fleet, existing_mw=900, built_mw=300 * scale, retired_early_mw=9)
    capacity = capacity.assign(
        online_mw=capacity["existing_mw"] + capacity["built_mw"], energy_mwh=1e6
    )
    capacity["class"] = capacity["asset"].map(lambda asset: GROUPS[asset][1])
    campuses = drawn(where, given_it_mw=500, built_it_mw=400 * scale)
    campuses = campuses.assign(
        online_it_mw=campuses.groupby("zone")["built_it_mw"].cumsum(),
        phases=campuses["built_it_mw"] / 250.0,
    )
    ends = [(places[at], places[at + 1]) for at in range(zones - 1)]
    lines = {"corridor": [f"{one}-{other}" for one, other in ends]}
    corridors = drawn({**lines, "year": list(years)}, existing_forward_mw=900, built_mw=90 * scale)
    corridors = corridors.assign(
        kind="ac",
        from_zone=corridors["corridor"].str[:2],
        to_zone=corridors["corridor"].str[3:],
        existing_reverse_mw=corridors["existing_forward_mw"],
        online_forward_mw=corridors["existing_forward_mw"] + corridors["built_mw"],
        online_reverse_mw=corridors["existing_forward_mw"] + corridors["built_mw"],
    )
    projects = pd.concat(
        [
            capacity[["asset", "class", "zone", "year", "built_mw"]].assign(payer="others"),
            campuses[["zone", "year"]].assign(
                asset="campus", built_mw=campuses["built_it_mw"], payer="programme"
            ),
            campuses[["zone", "year"]].assign(
                asset="chip", built_mw=campuses["built_it_mw"], payer="tenants"
            ),
        ],
        ignore_index=True,
    )
    projects["class"] = projects["asset"].map(
        lambda asset: GROUPS.get(asset, ("", "accelerator"))[1]
    )
    projects = projects.rename(columns={"year": "in_service_year", "built_mw": "capacity_mw"})
    projects = projects.assign(
        project=[f"P{at:04d}" for at in range(len(projects))],
        to_zone="",
        construction_start_year=projects["in_service_year"] - 2,
        units=np.nan,
        capex_usd2025_m=projects["capacity_mw"] * 1.5,
        status="planned",
    )
    names = {"construction_start_year": "calendar_year", "capex_usd2025_m": "spend_usd2025_m"}
    spend = projects.rename(columns=names)
    categories = ["campus capital", "fuel", "energy capital", "fixed O&M", *CHAIN_CATEGORIES]
    costs = drawn({"category": list(categories), **where}, cost_usd2025_m_per_yr=90)
    items = ["coal", "gas_cc", "wind_1", "battery_4h discharge"]
    tables |= {
        "capacity": capacity,
        "campuses": campuses,
        "corridor_capacity": corridors,
        "projects": projects,
        "spend": spend,
        "costs": costs.assign(
            asset="any", payer="others", discounted_usd2025_m=costs["cost_usd2025_m_per_yr"] * 3
        ),
        "dispatch": drawn({"asset": list(POWER), **hourly}, power_mw=500),
        "curtailment": drawn(hourly, power_mw=5),
        "storage": drawn(
            {"asset": ["battery_4h"], **hourly}, charge_mw=50, discharge_mw=40, energy_mwh=90
        ),
        "flows": drawn(
            {**lines, "year": list(years), "block": list(range(blocks))},
            forward_mw=200,
            reverse_mw=100,
        ),
        "load": drawn(
            hourly,
            base_mw=3000,
            given_campus_mw=300,
            campus_it_mw=200,
            campus_facility_mw=250,
            onsite_supply_mw=20,
            unserved_mw=0.5,
        ),
        "prices": drawn(hourly, price_usd2025_per_mwh=80),
        "energy_balance": pd.concat(
            [
                drawn({**where, "item": list(items)}, energy_twh=9).assign(kind="supply"),
                drawn({**where, "item": ["base load"]}, energy_twh=30).assign(kind="use"),
            ]
        ),
        "compute": drawn({**where, "accelerator": ["chip"]}, it_mw=300, h100e=1e5),
        "emissions": drawn(
            {"asset": ["coal", "gas_cc"], **where}, co2_kt=900, nox_t=9, so2_t=9, pm25_t=9
        ),
        "queue_use": drawn(
            {"zone": list(places), "queue_group": ["pv"], "year": list(years)},
            built_mw=90,
            throughput_mw=99,
        ),
        "reserve": drawn(
            {"region": ["R0", "R1"], "year": list(years)},
            firm_capacity_mw=900,
            requirement_mw=800,
            shortfall_mw=4,
            peak_load_mw=700,
            price_usd2025_per_kw_yr=50,
        ),
        "why": _why(places, years[-1]),
        "given_campuses": drawn(
            {"campus": ["one"], "zone": [places[0]], "year": list(years)}, facility_mw=700
        ).assign(
            name=f"{zone_name} campus",
            owner=zone_name,
            status="operating",
            latitude_deg=32.0,
            longitude_deg=-98.0,
        ),
    }
    tables |= chain_tables(places, years, projects, scale)
    if empty:
        for table in (*CHAIN_TABLES, "projects", "spend", "why", "given_campuses", "queue_use"):
            tables[table] = tables[table].iloc[:0]
        tables["campuses"] = campuses.assign(built_it_mw=0.0, online_it_mw=0.0, phases=0.0)
    blank = {name: pd.DataFrame(columns=columns_of(name)) for name in table_names()}
    ordered = {name: tables.get(name, blank[name])[columns_of(name)] for name in blank}
    return Plan(
        tables=ordered,
        manifest=_manifest(name, title),
        scenario=_scenario(name, title, years),
        system=cast(System, None),  # no page reads it
    )


def without(plan: Plan, *names: str) -> Plan:
    """Return the plan without the rows of some of its tables."""
    none = {name: plan.tables[name].iloc[:0] for name in names}
    return replace(plan, tables={**plan.tables, **none})


def payload_of(plan: Plan) -> dict[str, Json]:
    """Return the data of the page of a plan."""
    return build_payload(plan, summary(plan))


def _why(places: list[str], year: int) -> pd.DataFrame:
    families = ["compute_need", "reserve", "interconnection", "corridors"]
    rows = [
        (
            rank,
            family,
            f"limit {rank}",
            places[0],
            year,
            90.0 / rank,
            "M$ per GW",
            float(rank),
            "limits",
            f"One GW more of limit {rank} is worth ${90 / rank:.1f} M.",
        )
        for rank, family in enumerate(families, start=1)
    ]
    return pd.DataFrame(rows, columns=columns_of("why"))


def _scenario(name: str, title: str, years: tuple[int, ...]) -> Scenario:
    content = {
        "name": name,
        "title": title,
        "horizon": {"milestone_years": list(years)},
        "compute": {"target": {"unit": "it_gw", "by_year": {years[-1]: 1.0}}},
    }
    return Scenario.model_validate_json(json.dumps(content))


def _manifest(name: str, title: str) -> Manifest:
    return Manifest.model_validate(
        {
            "name": name,
            "title": title,
            "description": "Made up.",
            "created": "2026-01-02T03:04:05+00:00",
            "gigaplan_version": "0.1.0",
            "python": "3.11",
            "packages": {"numpy": "2"},
            "scenario_sha256": "0" * 64,
            "data_name": "made up",
            "data_sha256": "1" * 64,
            "relaxed": False,
            "solver": {
                "name": "highs",
                "method": "ipm",
                "tolerance": 1e-7,
                "primal_residual": 1e-9,
                "dual_residual": 1e-9,
                "gap": 0.0,
            },
            "objective": {
                "kind": "least_cost",
                "value_usd2025_m": 123456.0,
                "compute": 1.0,
                "bound": 123000.0,
                "gap_frac": 0.0037,
            },
            "rounding": "whole phases of 250 MW",
            "timings_s": {"load": 0.1, "solve": 1.0},
            "peak_memory_mb": 200.0,
            "model": {"variables": 10, "constraints": 10, "nonzeros": 20},
            "assumptions": [{"text": "An assumption.", "source": "a source"}],
        }
    )
