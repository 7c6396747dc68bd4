"""Made-up plans with everything that the page of a state shows."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from tests.report.synthetic import columns_of, synthetic_plan
from tests.report.synthetic_bills import with_bills
from tests.report.synthetic_jobs import with_jobs
from tests.report.synthetic_taxes import with_taxes

from gigaplan.plan import Plan

FACTORY_USD_M = 1234.0
CORRIDOR_USD_M = 60.0


def community_plan(
    *,
    zones: int = 4,
    years: tuple[int, ...] = (2026, 2030),
    scale: float = 1.0,
    words: str = "State",
    title: str = "A made-up plan",
    given: int = 1,
) -> Plan:
    """Return a plan with jobs, taxes, bills, water, land, corridors and a factory.

    Parameters
    ----------
    zones, years, scale
        Size of the plan.
    words
        Stands in every name of a state, campus, owner and law.
    title
        Title of the plan.
    given
        Number of given campuses of the first state.
    """
    plan = synthetic_plan(zones=zones, years=years, scale=scale, zone_name=words, title=title)
    plan = with_jobs(_with_wires(plan))
    plan = with_bills(with_taxes(plan, law=words, jobs=True))
    tables = {
        **plan.tables,
        "water_by_state": _water(plan),
        "land": _land(plan),
        "onsite_air": _site_air(plan),
        "factories": _factories(plan),
        "given_campuses": _given(plan, words, given),
    }
    return replace(plan, tables=tables)


def _with_wires(plan: Plan) -> Plan:
    """Return the plan with a project of a corridor between each two zones in a row."""
    projects = plan.table("projects")
    places = plan.table("zones")["zone"].tolist()
    year = int(projects["in_service_year"].max())
    rows = [
        {
            **projects.iloc[0].to_dict(),
            "project": f"W{at:04d}",
            "asset": "corridor",
            "class": "corridor",
            "zone": one,
            "to_zone": other,
            "in_service_year": year,
            "capacity_mw": 90.0,
            "capex_usd2025_m": CORRIDOR_USD_M,
        }
        for at, (one, other) in enumerate(zip(places, places[1:], strict=False))
    ]
    whole = pd.concat([projects, pd.DataFrame(rows)], ignore_index=True)
    return replace(plan, tables={**plan.tables, "projects": whole[columns_of("projects")]})


def _places(plan: Plan) -> list[tuple[int, str, int]]:
    years = sorted(set(plan.table("campuses")["year"]))
    zones = plan.table("zones")["zone"]
    return [(at, zone, year) for at, zone in enumerate(zones) for year in years]


def _water(plan: Plan) -> pd.DataFrame:
    rows = [
        {
            "zone": zone,
            "year": year,
            "new_campuses_mm3": 1.0 + at,
            "new_plants_mm3": 0.25 * at,
            "given_campuses_mm3": 1.0,
            "given_plants_mm3": 9.0,
            "withdrawal_mm3": 99.0,
            "consumption_mm3": 11.0 + at,
            "new_withdrawal_mm3": 2.0 + at,
            "new_share_of_fresh_frac": 0.004 * (1 + at),
            "stress_class": "low" if at % 2 else "extremely high",
            "stress_score": 0.5 if at % 2 else 4.5,
            "cap_mm3": float("inf"),
        }
        for at, zone, year in _places(plan)
    ]
    return pd.DataFrame(rows, columns=columns_of("water_by_state"))


def _land(plan: Plan) -> pd.DataFrame:
    projects = plan.table("projects")
    land = projects.assign(land_ha=projects["capacity_mw"] * 2.0)
    return land[columns_of("land")]


def _site_air(plan: Plan) -> pd.DataFrame:
    rows = [
        {"zone": zone, "year": year, "nox_t": 25.0, "pm25_t": 6.5}
        for _, zone, year in _places(plan)
    ]
    return pd.DataFrame(rows, columns=columns_of("onsite_air"))


def _factories(plan: Plan) -> pd.DataFrame:
    row = {
        "factory": "turbines",
        "kind": "turbines",
        "component": "gas_turbine",
        "place": plan.table("zones")["zone"].iloc[0],
        "construction_start_year": 2027,
        "in_service_year": 2030,
        "capacity_per_yr": 10.0,
        "unit": "GW",
        "capex_usd2025_m": FACTORY_USD_M,
    }
    abroad = {**row, "place": "Germany"}
    return pd.DataFrame([row, abroad], columns=columns_of("factories"))


def _given(plan: Plan, words: str, count: int) -> pd.DataFrame:
    first = plan.table("zones").iloc[0]
    year = int(plan.table("campuses")["year"].max())
    rows = [
        {
            "campus": f"given_{at}",
            "zone": first["zone"],
            "name": f"{words} {at}",
            "owner": words,
            "status": "operating",
            "latitude_deg": 31.0 + 0.1 * (at % 5),
            "longitude_deg": -99.0 + 0.1 * (at // 5),
            "year": year,
            "facility_mw": 900.0 - at,
        }
        for at in range(count)
    ]
    return pd.DataFrame(rows, columns=columns_of("given_campuses"))
