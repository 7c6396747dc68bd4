"""Stages of projects in time, the critical path of each, and what a month is worth."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gigaplan.report.chains import factories, factory_label
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.frames import WORTH_SHOWING_MW, Tables

MOST_PROJECTS: Final = 500

_PROJECTS: Final = (
    "project asset label class zone to_zone in_service_year capacity_mw capex_usd2025_m".split()
)
_STAGES: Final = ["project", "stage", "component", "start_year", "end_year", "critical"]
_PATHS: Final = ["project", "slack_months", "sentence"]
_POWER: Final = (
    "project zone in_service_year it_mw idle_usd2025_m_per_month worth_usd2025_m_per_month "
    "bridge_usd2025_m_per_month bridge sentence"
).split()


def timeline(tables: Tables) -> dict[str, Json]:
    """Return the tables of the timeline that a plan has, for its largest projects.

    Rows of projects that are not shown are left out, and so are tables that have no rows.
    """
    found: dict[str, Json] = {}
    if not tables["stages"].empty:
        staged = set(tables["stages"]["project"])
        projects = timed_projects(tables)
        projects = projects[projects["project"].isin(staged)].head(MOST_PROJECTS)
        digits = {"capacity_mw": 1, "capex_usd2025_m": 1}
        found["timed_projects"] = columns_of(projects, digits)
        stages = _chosen(tables["stages"], _STAGES, projects)
        stages["critical"] = stages["critical"].astype("int64")
        found["stages"] = columns_of(stages, {"start_year": 3, "end_year": 3})
        if not tables["critical_path"].empty:
            paths = _chosen(tables["critical_path"], _PATHS, projects)
            found["critical_path"] = columns_of(paths, {"slack_months": 1})
    months = tables["time_to_power"]
    if not months.empty:
        found["time_to_power"] = columns_of(months[_POWER], {"it_mw": 0})
    return found


def _chosen(table: pd.DataFrame, columns: list[str], projects: pd.DataFrame) -> pd.DataFrame:
    return table.loc[table["project"].isin(set(projects["project"])), columns].copy()


def timed_projects(tables: Tables) -> pd.DataFrame:
    """Return projects and new factories, most capital first.

    Factories have a label of their own and no power.
    """
    projects = tables["projects"]
    projects = projects[projects["capacity_mw"] > WORTH_SHOWING_MW].assign(label="")
    built = factories(tables)
    built = built.assign(
        label=[factory_label(str(kind)) for kind in built["kind"]],
        asset=built["kind"],
        zone=built["place"],
        to_zone="",
        capacity_mw=float("nan"),
        **{"class": "factory"},
    )
    both = [projects[_PROJECTS], built[_PROJECTS]] if len(built) else [projects[_PROJECTS]]
    table = pd.concat(both, ignore_index=True)
    return table.sort_values("capex_usd2025_m", ascending=False, kind="stable")
