"""What differs between plans, as tables with a column for each plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

import pandas as pd
import typer

from gigaplan.cli.tables import print_table
from gigaplan.plan.tables import Plan
from gigaplan.report.compare import build_comparison, plan_names

UNITS: Final = {
    "figures": "",
    "campuses": "GW of IT, new",
    "capacity": "GW",
    "generation": "TWh",
    "costs": "billion USD of 2025, discounted",
    "settings": "",
}
WORTH_SHOWING: Final = 1e-3
CHANGE: Final = "change"

Columns = dict[str, list[object]]


def differences(plans: Sequence[Plan]) -> dict[str, pd.DataFrame]:
    """Return tables with a row for each figure and a column for each plan.

    Of two plans, a last column holds the second less the first. Figures are all there; of the
    other tables only the rows in which the plans differ.

    Parameters
    ----------
    plans
        Two plans or more.

    Returns
    -------
    dict of str to pandas.DataFrame
        By the names of ``UNITS``, in that order.
    """
    content = build_comparison(plans)
    tables = cast("dict[str, Columns]", content["tables"])
    years = cast("list[list[int]]", content["years"])
    names = plan_names(plans)
    milestones = dict(zip(names, years, strict=True))
    figures = _side_by_side(tables["measures"], names, milestones, keep_all=True)
    return {
        "figures": figures.rename(columns={"measure": "figure"}),
        **{
            name: _side_by_side(tables[name], names, milestones, keep_all=False)
            for name in ("campuses", "capacity", "generation", "costs")
        },
        "settings": pd.DataFrame(tables["settings"]),
    }


def print_differences(tables: Mapping[str, pd.DataFrame]) -> None:
    """Print the tables of :func:`differences`, each after an empty line."""
    for name, frame in tables.items():
        typer.echo("")
        if frame.empty:
            typer.echo(f"{name}: the same")
        else:
            title = f"{name} [{UNITS[name]}]" if UNITS[name] else name
            print_table(frame, title=title, rows_alike=name != "figures")


def _side_by_side(
    columns: Columns, names: list[str], milestones: dict[str, list[int]], *, keep_all: bool
) -> pd.DataFrame:
    """Return a long table with a column for each plan; what a plan does not have is zero."""
    long = pd.DataFrame(columns)
    keys = [str(name) for name in long.columns if name not in ("plan", "value")]
    wide = long.pivot_table(index=keys, columns="plan", values="value", sort=False)
    wide = wide.reindex(columns=names).reset_index().rename_axis(columns=None)
    for name in names:
        lacking = wide[name].isna()
        if "year" in keys:
            lacking &= wide["year"].isin(milestones[name])
        wide.loc[lacking, name] = 0.0
    spread = wide[names].max(axis=1) - wide[names].min(axis=1)
    if len(names) == 2:
        wide[CHANGE] = wide[names[1]] - wide[names[0]]
    if not keep_all:
        wide = wide[(spread > WORTH_SHOWING) | wide[names].isna().any(axis=1)]
        wide = wide.sort_values(keys[-1:], kind="stable") if "year" in keys else wide
    return wide.reset_index(drop=True)
