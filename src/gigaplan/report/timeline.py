"""Stages of projects in time, the critical path of each, and what a month is worth."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gigaplan.report.chains import component_label
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.frames import WORTH_SHOWING_MW, Tables

MOST_PROJECTS: Final = 500

_STAGES: Final = ["project", "stage", "component", "start_year", "end_year", "months", "critical"]
_PATHS: Final = ["project", "starts_year", "chain", "slack_months", "sentence"]
_POWER: Final = [
    "project",
    "zone",
    "in_service_year",
    "it_mw",
    "idle_usd2025_m_per_month",
    "worth_usd2025_m_per_month",
    "bridge_usd2025_m_per_month",
    "sentence",
]


def timeline(tables: Tables) -> dict[str, Json]:
    """Return the tables of the timeline that a plan has, for its largest projects.

    Rows of projects that are not shown are left out, and so are tables that have no rows.
    """
    projects = tables["projects"]
    projects = projects[projects["capacity_mw"] > WORTH_SHOWING_MW]
    shown = set(projects.nlargest(MOST_PROJECTS, "capex_usd2025_m", keep="first")["project"])
    found: dict[str, Json] = {}
    for name, columns, digits in (
        ("stages", _STAGES, {"start_year": 3, "end_year": 3, "months": 1}),
        ("critical_path", _PATHS, {"starts_year": 2, "slack_months": 1}),
        ("time_to_power", _POWER, {"it_mw": 0}),
    ):
        if name not in tables:
            continue
        table = tables[name]
        table = table[table["project"].isin(shown)] if name != "time_to_power" else table
        if len(table):
            table = table[[column for column in columns if column in table]]
            found[name] = columns_of(_plain(table), digits)
    return found


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with labels of components and with 0 or 1 for what is critical."""
    if "component" in table:
        label = [component_label(str(name)) if name else "" for name in table["component"]]
        table = table.assign(component=label)
    if "critical" in table:
        table = table.assign(critical=table["critical"].astype("int64"))
    return table
