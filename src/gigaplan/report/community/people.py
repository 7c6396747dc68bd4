"""Jobs and taxes of a state: the sums of a plan's rows there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from gigaplan.economy.ranges import BUILDING, PARTS, RUNNING, full_year, sets_of
from gigaplan.plan import Plan
from gigaplan.report.frames import filled
from gigaplan.report.jobs import OWN

WIDE: Final = [*PARTS]
ON_SITE: Final = ["direct_job_years"]
IN_STATE: Final = ["in_state_job_years"]
RESIDENT: Final = ["resident_job_years"]
ABATEMENT: Final = "property-tax abatement"


@dataclass(frozen=True)
class Span:
    """A figure counted by every set of multipliers.

    Parameters
    ----------
    by_set
        The figure by set.
    """

    by_set: Mapping[str, float]

    @property
    def low(self) -> float:
        """Return the lowest count."""
        return min(self.by_set.values(), default=0.0)

    @property
    def high(self) -> float:
        """Return the highest count."""
        return max(self.by_set.values(), default=0.0)


@dataclass(frozen=True)
class YearOfJobs:
    """Job-years in the state in a calendar year."""

    year: int
    building: Span
    running: Span


@dataclass(frozen=True)
class Builders:
    """The year in which the sites of a state have most builders.

    Parameters
    ----------
    year
        Calendar year.
    workers
        Builders on average of the year.
    share_frac
        The same over the workers in construction of the state in 2025.
    incoming
        Builders beyond the crafts that can be had there.
    """

    year: int
    workers: Span
    share_frac: Span
    incoming: Span


@dataclass(frozen=True)
class Jobs:
    """Jobs of what a plan builds in a state.

    Parameters
    ----------
    building_us, building_state, building_site
        Job-years of building in the US, in the state and on the sites.
    building_resident
        Part of the job-years in the state that is new and goes to people who live there.
    building_own
        Part of the job-years in the state of what the programme and its tenants pay for.
    full_year
        Year in which running has most jobs in the whole plan; none where nothing runs.
    running_state, running_site
        Jobs of running in that year, in the state and on the sites.
    by_year
        Job-years in the state by calendar year.
    builders
        Year with most builders; none without builders.
    """

    building_us: Span
    building_state: Span
    building_site: Span
    building_resident: Span
    building_own: Span
    full_year: int | None
    running_state: Span
    running_site: Span
    by_year: tuple[YearOfJobs, ...]
    builders: Builders | None


def jobs(plan: Plan, zone: str) -> Jobs | None:
    """Return the jobs of a state; none for a plan without jobs."""
    if not filled(plan.tables, "jobs"):
        return None
    whole = plan.table("jobs")
    sets = sets_of(whole)
    own = whole[whole["zone"] == zone]
    building, running = own[own["phase"] == BUILDING], own[own["phase"] == RUNNING]
    year = full_year(whole)
    full = running[running["calendar_year"] == year]
    return Jobs(
        building_us=_span(building, WIDE, sets),
        building_state=_span(building, IN_STATE, sets),
        building_site=_span(building, ON_SITE, sets),
        building_resident=_span(building, RESIDENT, sets),
        building_own=_span(building[building["payer"].isin(OWN)], IN_STATE, sets),
        full_year=year,
        running_state=_span(full, IN_STATE, sets),
        running_site=_span(full, ON_SITE, sets),
        by_year=tuple(
            YearOfJobs(
                int(one),
                _span(building[building["calendar_year"] == one], IN_STATE, sets),
                _span(running[running["calendar_year"] == one], IN_STATE, sets),
            )
            for one in sorted(set(own["calendar_year"]))
        ),
        builders=_builders(plan.table("workforce"), zone, sets),
    )


def _span(rows: pd.DataFrame, columns: list[str], sets: list[str]) -> Span:
    """Return the sum of columns by set of multipliers; zero where a set has no row."""
    summed = rows[columns].sum(axis=1).groupby(rows["multiplier_set"].astype(str)).sum()
    return Span({name: float(summed.get(name, 0.0)) for name in sets})


def _builders(workforce: pd.DataFrame, zone: str, sets: list[str]) -> Builders | None:
    own = workforce[workforce["zone"] == zone]
    if own.empty or not own["average_workers"].max() > 0.0:
        return None
    most = own["average_workers"].to_numpy().argmax()
    year = int(own["calendar_year"].to_numpy()[most])
    then = own[own["calendar_year"] == year]
    names = ["average_workers", "share_of_construction_frac", "incoming_workers"]
    return Builders(year, *(_span(then, [name], sets) for name in names))


@dataclass(frozen=True)
class Taxes:
    """State and local taxes of a state [M$ of 2025].

    Parameters
    ----------
    first_year, last_year
        Calendar years that are counted.
    due, paid, forgone
        Tax without incentives, what is paid, and what the state and its places give up.
    paid_own
        Part of what is paid that the programme and its tenants pay.
    paid_by_level, paid_by_tax
        What is paid to the state and to cities and counties; of each tax.
    federal
        Investment credits of the federal government.
    laws
        Laws of the incentives; property tax is abated by agreement and has none.
    usd2025_per_operation_job_year
        What is given up for a year of a job of running on a site; none without jobs
        [USD of 2025].
    """

    first_year: int
    last_year: int
    due: float
    paid: float
    forgone: float
    paid_own: float
    paid_by_level: Mapping[str, float]
    paid_by_tax: Mapping[str, float]
    federal: float
    laws: tuple[str, ...]
    usd2025_per_operation_job_year: float | None


def taxes(plan: Plan, zone: str) -> Taxes | None:
    """Return the taxes of a state; none where no tax is due."""
    if not filled(plan.tables, "taxes"):
        return None
    whole = plan.table("taxes")
    own = whole[whole["zone"] == zone]
    if own.empty:
        return None
    given = plan.table("incentives")
    given = given[given["zone"] == zone]
    federal = given["level"] == "federal"
    own_given = given[~federal & (given["cost_usd2025_m"] > 0.0)]
    per_job = own_given["usd2025_per_operation_job_year"].dropna()
    paid = "paid_usd2025_m"
    return Taxes(
        first_year=int(whole["calendar_year"].min()),
        last_year=int(whole["calendar_year"].max()),
        due=float(own["due_usd2025_m"].sum()),
        paid=float(own[paid].sum()),
        forgone=float(own["incentive_usd2025_m"].sum()),
        paid_own=float(own.loc[own["payer"].isin(OWN), paid].sum()),
        paid_by_level={str(k): float(v) for k, v in own.groupby("level")[paid].sum().items()},
        paid_by_tax={str(k): float(v) for k, v in own.groupby("tax")[paid].sum().items()},
        federal=float(given.loc[federal, "cost_usd2025_m"].sum()),
        laws=tuple(
            dict.fromkeys(own_given.loc[own_given["kind"] != ABATEMENT, "citation"].astype(str))
        ),
        usd2025_per_operation_job_year=float(per_job.sum()) if len(per_job) else None,
    )
