"""The way of the plan's accelerators: wafers, packaging, memory, assembly, campuses."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gigaplan.report.chains import factories, factory_output, sources
from gigaplan.report.frames import Tables, added_up

STAGES: Final = {
    "wafer": "logic_wafer",
    "packaging": "advanced_packaging",
    "memory": "hbm",
    "accelerator": "accelerator",
}
"""Stages of making an accelerator, and how the names of their components begin."""

CAMPUS: Final = "campus"
NEW: Final = "new:"
"""What the place of a new factory begins with, to tell it from an origin."""

ALL_YEARS: Final = 0
LEAST: Final = 1e-6

_COLUMNS: Final = ["year", "stage", "place", "amount"]


def chip_flow(tables: Tables) -> pd.DataFrame:
    """Return where the plan's accelerators come from and go to (year, stage, place, amount).

    Parameters
    ----------
    tables
        Tables of a plan.

    Returns
    -------
    DataFrame
        ``amount`` is counted as the table ``accelerator_flow`` counts accelerators; at each stage
        of a year it adds up to what enters service in that year. ``year`` 0 is all years. Of
        wafers, packaging and memory the shares are those of what is made in that year, or in the
        latest year before in which the plan takes some: they are made up to a year ahead.
    """
    if any(tables[name].empty for name in ("accelerator_flow", "supply_sources", "supply_use")):
        return pd.DataFrame(columns=_COLUMNS)
    flow = tables["accelerator_flow"].groupby("calendar_year")["installed"].sum()
    flow = flow[flow > LEAST]
    made = _made(tables)
    rows = []
    for year, installed in flow.items():
        for stage in STAGES:
            for place, share in _mix(made, stage, int(str(year))).items():
                rows.append((int(str(year)), stage, str(place), share * installed))
        for place, share in _campuses(tables, int(str(year))).items():
            rows.append((int(str(year)), CAMPUS, str(place), share * installed))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table = table[table["amount"] > LEAST * max(1.0, float(flow.max()) if len(flow) else 1.0)]
    whole = added_up(table, ["stage", "place"], ["amount"]).assign(year=ALL_YEARS)
    return pd.concat([whole[_COLUMNS], table], ignore_index=True)


def chip_unit(tables: Tables) -> str:
    """Return what accelerators are counted in."""
    flow = tables["accelerator_flow"]
    return "" if flow.empty else str(flow["unit"].iloc[0])


def _made(tables: Tables) -> pd.DataFrame:
    """Return units for the plan by stage, place and calendar year.

    What is taken of a component is for the plan and for given campuses alike, so the part of the
    plan comes from the same places.
    """
    taken = sources(tables).rename(columns={"origin": "place", "taken": "units"})
    new = factory_output(tables)
    built = factories(tables).drop_duplicates("factory").set_index("factory")["place"]
    new = new.assign(place=NEW + new["factory"].map(built).astype(str), units=new["output"])
    columns = ["component", "place", "calendar_year", "units"]
    table = pd.concat([taken[columns], new[columns]], ignore_index=True)
    keys = ["component", "calendar_year"]
    national = tables["supply_use"][tables["supply_use"]["zone"].fillna("") == ""]
    use = national.set_index(keys)["use"]
    all_taken = table.groupby(keys)["units"].transform("sum")
    own = use.reindex(pd.MultiIndex.from_frame(table[keys])).fillna(0.0).to_numpy()
    safe = all_taken.where(all_taken > 0, 1.0).to_numpy()
    table = table.assign(units=table["units"].to_numpy() * own / safe)
    table["stage"] = [_stage(str(name)) for name in table["component"]]
    table = table[table["stage"] != ""]
    return added_up(table, ["stage", "calendar_year", "place"], ["units"])


def _stage(component: str) -> str:
    """Return the stage that a component belongs to, nothing for one that is no part of a chip."""
    return next((name for name, start in STAGES.items() if component.startswith(start)), "")


def _mix(made: pd.DataFrame, stage: str, year: int) -> pd.Series[float]:
    """Return the share of each place in a stage."""
    own = made[(made["stage"] == stage) & (made["units"] > LEAST)]
    years = own["calendar_year"].unique()
    if not len(years):
        return pd.Series(dtype=float)
    before = years[years <= year]
    when = before.max() if len(before) else years.min()
    units: pd.Series[float] = own[own["calendar_year"] == when].set_index("place")["units"]
    return units / float(units.sum())


def _campuses(tables: Tables, year: int) -> pd.Series[float]:
    """Return the share of each state in what enters service in a calendar year."""
    projects = tables["projects"]
    own = projects[(projects["class"] == "accelerator") & (projects["capacity_mw"] > 0)]
    milestones = np.sort(own["in_service_year"].unique())
    later = milestones[milestones >= year]
    if not len(later):
        return pd.Series(dtype=float)
    newest = own[own["in_service_year"] == later[0]]
    built: pd.Series[float] = newest.groupby("zone")["capacity_mw"].sum()
    return built / float(built.sum())
