"""Checks of rows: tables that have a row for each build have no gaps."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from gigaplan.plan.factories import numbered_factories
from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding, told


def row_findings(fields: Fields) -> list[Finding]:
    """Compare the builds that tables of dates have rows for with the builds of the plan.

    A data package may leave out the stages of an asset: then no build of it has any.
    """
    tables = fields.plan.tables
    projects = tables["projects"]
    factories = numbered_factories(tables["factories"])
    asset = pd.concat(
        [projects.set_index("project")["asset"], factories.set_index("project")["kind"]]
    )
    stages = tables["stages"]
    staged = asset.isin(asset[asset.index.isin(stages["project"])]) | stages.empty
    campuses = pd.Index(projects.loc[projects["class"] == "campus", "project"])
    months = tables["time_to_power"]
    builds = asset.index[staged]
    return [
        _rows("builds have their stages", builds, stages, ["project", "stage", "component"]),
        _rows("builds have their chain", builds, tables["critical_path"], ["project"]),
        _rows("campuses have their month", campuses, months, ["project"]),
    ]


def _rows(check: str, wanted: pd.Index, table: pd.DataFrame, keys: list[str]) -> Finding:
    """Name projects without a row, rows of no such project, and rows that stand twice."""

    def faults() -> Iterator[str]:
        yield from (f"project {name}: no row" for name in wanted[~wanted.isin(table["project"])])
        foreign = table.loc[~table["project"].isin(wanted), "project"]
        for row, name in foreign.items():
            yield f"row {row}: there is no project {name} that has one"
        yield from (f"row {row}: stands twice" for row in table.index[table.duplicated(keys)])

    return told(check, faults(), len(wanted) + len(table))
