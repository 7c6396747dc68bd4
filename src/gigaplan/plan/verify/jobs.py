"""Job checks: jobs are what the plan builds times the effects of a unit, and add up."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

import numpy as np
import pandas as pd

from gigaplan.plan.factories import numbered_factories
from gigaplan.plan.tables import Plan
from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding, told

JOB_YEARS: Final = 1e-6
RELATIVE: Final = 1e-6
CORRIDOR: Final = "corridor"
PARTS: Final = ["direct_job_years", "indirect_job_years", "induced_job_years"]
ADDED: Final = [
    *PARTS,
    "in_state_job_years",
    "labour_income_usd2025_m",
    "gdp_usd2025_m",
    "in_state_income_usd2025_m",
    "in_state_gdp_usd2025_m",
]
UNIT: Final = ["multiplier_set", "asset", "phase", "zone"]
BUILD: Final = ["multiplier_set", "project", "zone"]


def job_findings(fields: Fields) -> list[Finding]:
    """Add up jobs again from projects, effects of a unit and the tables of jobs."""
    plan = fields.plan
    jobs, workforce = plan.tables["jobs"], plan.tables["workforce"]
    building = jobs[jobs["phase"] == "construction"]
    sites = building.groupby(["multiplier_set", "zone", "calendar_year"])["direct_job_years"].sum()
    held = workforce.set_index(["multiplier_set", "zone", "calendar_year"])["average_workers"]
    whole = jobs[PARTS].sum(axis=1)
    effects = plan.tables["job_effects"].set_index(UNIT)
    units = jobs[UNIT].merge(effects.reset_index(), on=UNIT, how="left")
    return [
        *_built(plan, building),
        *_running(plan, jobs[jobs["phase"] == "operation"]),
        _agree("builders of a state and year are those of its projects", held, sites),
        _agree(
            "net jobs are the new share of all jobs",
            jobs["net_job_years"],
            whole * units["net_frac"],
        ),
        _agree(
            "jobs of residents are their share of those in the state",
            jobs["resident_job_years"],
            jobs["in_state_job_years"] * units["resident_frac"],
        ),
        _ordered(
            "jobs on site are in the state", jobs["direct_job_years"], jobs["in_state_job_years"]
        ),
        _ordered("jobs in the state are among all jobs", jobs["in_state_job_years"], whole),
        _ordered(
            "income in the state is among all income",
            jobs["in_state_income_usd2025_m"],
            jobs["labour_income_usd2025_m"],
        ),
        _ordered(
            "product in the state is among all product",
            jobs["in_state_gdp_usd2025_m"],
            jobs["gdp_usd2025_m"],
        ),
    ]


def _located(plan: Plan) -> pd.DataFrame:
    """Return projects and factories with their size; a corridor has a half at each end."""
    projects = plan.tables["projects"]
    factories = numbered_factories(plan.tables["factories"])
    factories = factories.rename(columns={"kind": "asset", "place": "zone"})
    factories = factories.assign(capacity_mw=0.0, to_zone="", **{"class": "factory"})
    columns = ["project", "asset", "class", "zone", "to_zone", "capacity_mw", "capex_usd2025_m"]
    builds = pd.concat([projects[columns], factories[columns]], ignore_index=True)
    ends = builds["class"] == CORRIDOR
    sizes = ["capacity_mw", "capex_usd2025_m"]
    half = builds[ends].assign(**{name: builds.loc[ends, name] / 2.0 for name in sizes})
    return pd.concat([builds[~ends], half, half.assign(zone=half["to_zone"])], ignore_index=True)


def _expected(plan: Plan, phase: str) -> pd.DataFrame:
    """Return the effects of every build in a phase: its size times the effects of a unit."""
    effects = plan.tables["job_effects"]
    effects = effects[effects["phase"] == phase]
    both = _located(plan).merge(effects, on=["asset", "zone"], how="inner")
    size = np.where(both["basis"] == "mw", both["capacity_mw"], both["capex_usd2025_m"])
    values = both[ADDED].mul(size, axis=0)
    return values.groupby([both[name] for name in BUILD]).sum()


def _built(plan: Plan, building: pd.DataFrame) -> list[Finding]:
    """Years of construction add up to the project times the effects of a unit."""
    expected = _expected(plan, "construction")
    found = building.groupby(BUILD)[ADDED].sum()
    return [
        _agree(f"construction: {name} adds up to the projects", found[name], expected[name])
        for name in ADDED
    ]


def _running(plan: Plan, running: pd.DataFrame) -> list[Finding]:
    """No year of running has more jobs than the whole project would have."""
    expected = _expected(plan, "operation")
    at = pd.MultiIndex.from_frame(running[BUILD])
    return [
        _ordered(
            f"operation: {name} is within that of the whole project",
            running[name],
            pd.Series(expected[name].reindex(at).to_numpy(), running.index),
        )
        for name in ("direct_job_years", "gdp_usd2025_m")
    ]


def _agree(check: str, value: pd.Series, expected: pd.Series) -> Finding:
    """Compare two columns by their labels; what one of them lacks is zero."""
    both = pd.DataFrame({"value": value, "expected": expected}).fillna(0.0)
    gap = (both["value"] - both["expected"]).abs()
    wrong = ~(gap <= JOB_YEARS + RELATIVE * both.abs().max(axis=1)) | ~np.isfinite(gap)
    faults = [
        f"{_named(label)}: {row['value']:,.6f}, expected {row['expected']:,.6f}"
        for label, row in both[wrong].iterrows()
    ]
    return told(check, faults, len(both))


def _ordered(check: str, value: pd.Series, limit: pd.Series) -> Finding:
    """Check that a column is nowhere above another."""
    wrong = ~(value <= limit + JOB_YEARS + RELATIVE * limit.abs())
    faults = [
        f"row {label}: {value[label]:,.6f}, at most {limit[label]:,.6f}"
        for label in value.index[wrong]
    ]
    return told(check, faults, len(value))


def _named(label: Hashable) -> str:
    return " ".join(str(part) for part in label) if isinstance(label, tuple) else str(label)
