"""Activity: what every build of a plan spends and runs, where, in which calendar year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.dealbook import PlanFacts
from gigaplan.plan.factories import numbered_factories
from gigaplan.timeline.service import CORRIDOR, dated_builds, steps, yearly_entries

OTHERS: Final = "others"
Ints = npt.NDArray[np.int_]
WHO: Final = ("project", "asset", "class", "zone", "payer")


@dataclass(frozen=True)
class Activity:
    """Building and running of everything that a plan builds.

    Parameters
    ----------
    construction
        ``project``, ``asset``, ``class``, ``zone``, ``payer``, ``calendar_year``,
        ``spend_usd2025_m`` (overnight capex spent in the year) and ``built_mw`` (the part of the
        capacity that this spending is of). Each adds up to the capex and the capacity of the
        project.
    operation
        The same first columns, ``calendar_year``, ``online_mw`` and ``online_usd2025_m`` (capacity
        in service on the first day of the year, and what it cost overnight).
    """

    construction: pd.DataFrame
    operation: pd.DataFrame


def activity_of(facts: PlanFacts) -> Activity:
    """Return what every project and factory of a plan spends and runs.

    Builds of a milestone enter service evenly over the years since the milestone before; each
    year's part is built in the years up to it, as the optimisation spends its money, and runs from
    the next January to the end of its life or of the horizon. Corridors stand half in each of
    their two states. A factory abroad has its country as ``zone`` and no capacity in MW.

    Parameters
    ----------
    facts
        The plan and its data.

    Returns
    -------
    Activity
        Rows for years with activity only.
    """
    entries = entries_of(facts)
    return Activity(
        construction_of(entries, facts.base_year), _operation(entries, last_year_of(facts))
    )


def entries_of(facts: PlanFacts) -> pd.DataFrame:
    """Return a row for each year in which a part of a project or factory enters service.

    Columns are those of the builds, with ``service_year`` (the calendar year), ``capacity_mw`` and
    ``capex_usd2025_m`` of the part, ``construction_years`` and ``life_years``.
    """
    return _entries(_located(facts), facts)


def last_year_of(facts: PlanFacts) -> int:
    """Return the last calendar year of a plan: its last milestone stands for some years."""
    return int(facts.system["year"].values[-1]) + int(facts.scenario.horizon.years_after_last) - 1


def _located(facts: PlanFacts) -> pd.DataFrame:
    """Return projects and factories, a corridor as a half in each of its states."""
    milestones = [int(year) for year in facts.system["year"].values]
    dated = dated_builds(facts.tables, facts.dataset.tables, milestones, facts.base_year)
    factories = numbered_factories(facts.tables["factories"]).rename(
        columns={"kind": "asset", "place": "zone"}
    )
    factories = factories.assign(capacity_mw=0.0, payer=OTHERS)
    kept = ["project", "payer", "capacity_mw", "capex_usd2025_m"]
    sizes = pd.concat([facts.tables["projects"][kept], factories[kept]], ignore_index=True)
    builds = dated.merge(sizes, on="project", how="left", validate="one_to_one")
    ends = builds["class"] == CORRIDOR
    both = builds[ends].copy()
    for column in ("capacity_mw", "capex_usd2025_m"):
        both[column] /= 2.0
    far = both.assign(zone=both["to_zone"])
    return pd.concat([builds[~ends], both, far], ignore_index=True)


def _entries(builds: pd.DataFrame, facts: PlanFacts) -> pd.DataFrame:
    """Return a row for each year in which a part of a build enters service."""
    rows = yearly_entries(builds)
    kinds = facts.dataset.table("factories").set_index("factory")
    building = kinds["construction_years"].to_dict() | facts.construction_years
    living = kinds["life_years"].to_dict() | facts.life_years
    # Accelerators are installed within a year.
    rows["construction_years"] = rows["asset"].map(building).fillna(1).astype(int)
    rows["life_years"] = rows["asset"].map(living).astype(int)
    return rows


def construction_of(entries: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """Return spending of the parts of builds by calendar year, see :class:`Activity`.

    What is due before the base year falls into it.
    """
    count = entries["construction_years"].to_numpy()
    rows = entries.loc[entries.index.repeat(count)].reset_index(drop=True)
    year = np.maximum(rows["service_year"].to_numpy() - steps(count), base_year)
    part = 1.0 / count.repeat(count)
    rows = rows.assign(
        calendar_year=year,
        spend_usd2025_m=rows["capex_usd2025_m"] * part,
        built_mw=rows["capacity_mw"] * part,
    )
    return _added(rows, ["spend_usd2025_m", "built_mw"])


def _operation(entries: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Return what is in service by calendar year, from the January after the year of service."""
    first = entries["service_year"].to_numpy() + 1
    end = np.minimum(first + entries["life_years"].to_numpy() - 1, last_year)
    count = np.maximum(end - first + 1, 0)
    rows = entries.loc[entries.index.repeat(count)].reset_index(drop=True)
    rows = rows.assign(
        calendar_year=first.repeat(count) + steps(count),
        online_mw=rows["capacity_mw"],
        online_usd2025_m=rows["capex_usd2025_m"],
    )
    return _added(rows, ["online_mw", "online_usd2025_m"])


def _added(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    keys = [*WHO, "calendar_year"]
    table = rows.groupby(keys, sort=False, observed=True)[columns].sum().reset_index()
    return table.astype({"calendar_year": "int64"})
