"""Jobs for made-up plans: every project is built in two years and runs for five."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pandas as pd

from gigaplan.economy.activity import Activity
from gigaplan.economy.jobs import jobs_tables
from gigaplan.inputs.dataset import Dataset, load_dataset
from gigaplan.plan import Plan


@cache
def _shipped() -> Dataset:
    return load_dataset("us")


def with_jobs(plan: Plan) -> Plan:
    """Return the plan with jobs by the shipped sets of multipliers."""
    projects = plan.table("projects")
    who = projects[["project", "asset", "class", "zone", "payer"]]
    years = projects["in_service_year"].astype("int64")
    building, running = [], []
    for before in (2, 1):
        half = {
            "spend_usd2025_m": projects["capex_usd2025_m"] / 2,
            "built_mw": projects["capacity_mw"] / 2,
        }
        building.append(who.assign(calendar_year=years - before, **half))
    for after in range(1, 6):
        online = {
            "online_mw": projects["capacity_mw"],
            "online_usd2025_m": projects["capex_usd2025_m"],
        }
        running.append(who.assign(calendar_year=years + after, **online))
    activity = Activity(
        pd.concat(building, ignore_index=True), pd.concat(running, ignore_index=True)
    )
    return replace(plan, tables={**plan.tables, **jobs_tables(activity, _shipped())})
