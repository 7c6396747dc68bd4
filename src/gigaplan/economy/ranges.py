"""Ranges of jobs: the sets of multipliers side by side, lowest and highest, by any key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

PARTS: Final = ("direct_job_years", "indirect_job_years", "induced_job_years")


@dataclass(frozen=True)
class Measure:
    """A figure that sets of multipliers are compared by.

    Parameters
    ----------
    name, label, unit
        Name in tables, name for readers, and unit.
    phases
        Phases that are added up.
    columns
        Columns of the table ``jobs`` that are added up.
    in_one_year
        Whether only the year with most jobs of running counts: jobs, not job-years.
    """

    name: str
    label: str
    unit: str
    phases: tuple[str, ...]
    columns: tuple[str, ...]
    in_one_year: bool = False


YEAR: Final = "calendar_year"
BUILDING, RUNNING = "construction", "operation"
BOTH: Final = (BUILDING, RUNNING)
MEASURES: Final = (
    Measure("builders", "Building, on site", "job-years", (BUILDING,), PARTS[:1]),
    Measure("building", "Building, all in the US", "job-years", (BUILDING,), PARTS),
    Measure(
        "building_in_state",
        "Building, in the state itself",
        "job-years",
        (BUILDING,),
        ("in_state_job_years",),
    ),
    Measure("building_net", "Building, net", "job-years", (BUILDING,), ("net_job_years",)),
    Measure("staff", "Running, on site", "jobs", (RUNNING,), PARTS[:1], in_one_year=True),
    Measure("running", "Running, all in the US", "jobs", (RUNNING,), PARTS, in_one_year=True),
    Measure(
        "running_net", "Running, net", "jobs", (RUNNING,), ("net_job_years",), in_one_year=True
    ),
    Measure("labour_income", "Labour income", "M$ of 2025", BOTH, ("labour_income_usd2025_m",)),
    Measure("gdp", "GDP", "M$ of 2025", BOTH, ("gdp_usd2025_m",)),
)


def sets_of(jobs: pd.DataFrame) -> list[str]:
    """Return the sets of multipliers of a plan, in order."""
    return sorted(jobs["multiplier_set"].astype(str).unique())


def full_year(jobs: pd.DataFrame) -> int | None:
    """Return the first year in which running has most jobs; none if nothing runs."""
    running = jobs[jobs["phase"] == RUNNING]
    if running.empty:
        return None
    total = running[[*PARTS]].sum(axis=1).groupby(running["calendar_year"]).sum()
    return int(total.index[int(total.round(3).to_numpy().argmax())])


def ranges(
    jobs: pd.DataFrame, sets: Sequence[str], key: str | None = None, *, by_year: bool = False
) -> pd.DataFrame:
    """Return every measure by set of multipliers, and the lowest and highest of them.

    Parameters
    ----------
    jobs
        The table ``jobs`` of a plan.
    sets
        Sets of multipliers to compare.
    key
        Column to break down by; none for the whole plan.
    by_year
        Whether the key is the year: then jobs of running are those of each year.

    Returns
    -------
    pandas.DataFrame
        ``key`` (where asked), ``measure``, ``label``, ``unit``, one column for each set, ``low``
        and ``high``. What a set does not have is zero.
    """
    kept = _added(jobs[jobs["multiplier_set"].isin(list(sets))], key)
    year = full_year(jobs)
    names = [measure.name for measure in MEASURES]
    told = {}
    for measure in MEASURES:
        counts = kept["phase"].isin(measure.phases)
        if measure.in_one_year and not by_year:
            counts &= kept["calendar_year"] == year
        told[measure.name] = kept[[*measure.columns]].sum(axis=1).where(counts)
    keys = [kept["multiplier_set"]] if key is None else [kept[key], kept["multiplier_set"]]
    summed = pd.DataFrame(told).groupby(keys).sum(min_count=1)
    first = [] if key is None else [key]
    long = summed.reset_index().melt([*first, "multiplier_set"], var_name="measure")
    wide = long.pivot(index=[*first, "measure"], columns="multiplier_set", values="value")
    wide = wide.reindex(columns=list(sets)).dropna(how="all").fillna(0.0)
    table = wide.reset_index().rename_axis(columns=None)
    place = table["measure"].map({name: at for at, name in enumerate(names)})
    table = table.assign(place=place).sort_values("place", kind="stable").reset_index(drop=True)
    table["label"] = table["place"].map(dict(enumerate(m.label for m in MEASURES)))
    table["unit"] = table["place"].map(dict(enumerate(m.unit for m in MEASURES)))
    table["low"] = table[list(sets)].min(axis=1)
    table["high"] = table[list(sets)].max(axis=1)
    return table[[*first, "measure", "label", "unit", *sets, "low", "high"]]


def _added(jobs: pd.DataFrame, key: str | None) -> pd.DataFrame:
    """Return the table of jobs added up over everything but set, phase, year and key."""
    keys = list(dict.fromkeys([*([] if key is None else [key]), "multiplier_set", "phase", YEAR]))
    columns = list(dict.fromkeys(name for measure in MEASURES for name in measure.columns))
    return jobs.groupby(keys, sort=False, observed=True)[columns].sum().reset_index()
