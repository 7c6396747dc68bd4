"""Jobs of a plan: by year, state and class, as the range of the sets of multipliers."""

from __future__ import annotations

from typing import Final

import pandas as pd

from gigaplan.economy.ranges import MEASURES, full_year, ranges, sets_of
from gigaplan.plan import Plan
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.frames import Tables, filled
from gigaplan.report.numbers import usd

ENDS: Final = {"low": 1, "high": 1}
OWN: Final = ("programme", "tenants")
ONE: Final = 0.5
"""Job-years below this are not told."""

LABELS: Final = {"project_studies": "Project studies", "input_output": "Input and output"}


def has_jobs(tables: Tables) -> bool:
    """Return whether a plan has jobs."""
    return filled(tables, "jobs")


def label_of(name: str) -> str:
    """Return a set of multipliers in words.

    Examples
    --------
    >>> label_of("project_studies"), label_of("my_own")
    ('Project studies', 'My own')
    """
    return LABELS.get(name, name.replace("_", " ").capitalize())


def by_key(tables: Tables, key: str) -> pd.DataFrame:
    """Return lowest and highest of every measure by a column of the table ``jobs``."""
    jobs = tables["jobs"]
    table = ranges(jobs, sets_of(jobs), key, by_year=key == "calendar_year")
    return table[[key, "measure", "low", "high"]]


def by_year(tables: Tables) -> pd.DataFrame:
    """Return every measure by year and set of multipliers, in long form."""
    jobs = tables["jobs"]
    sets = sets_of(jobs)
    table = ranges(jobs, sets, "calendar_year", by_year=True)
    keys = ["calendar_year", "measure"]
    long = table.melt(keys, sets, var_name="multiplier_set", value_name="value")
    return long.assign(label=long["multiplier_set"].map(label_of))


def whole(tables: Tables) -> pd.DataFrame:
    """Return every measure of the whole plan by set of multipliers, in long form."""
    jobs = tables["jobs"]
    sets = sets_of(jobs)
    table = ranges(jobs, sets)
    keys = ["measure", "label", "unit", "low", "high"]
    long = table.melt(keys, sets, var_name="multiplier_set", value_name="value")
    return long.assign(set_label=long["multiplier_set"].map(label_of))


def workforce(tables: Tables) -> pd.DataFrame:
    """Return builders over the construction workforce by state and year, lowest and highest."""
    keys = ["zone", "calendar_year"]
    grouped = tables["workforce"].groupby(keys, observed=True)
    table = grouped.agg(
        low=("share_of_construction_frac", "min"),
        high=("share_of_construction_frac", "max"),
        incoming_low=("incoming_workers", "min"),
        incoming_high=("incoming_workers", "max"),
    )
    sets = tables["jobs"]["multiplier_set"].nunique()
    # A set without builders in a year has the share zero there.
    some = grouped["zone"].count().to_numpy() < sets
    table.loc[some, ["low", "incoming_low"]] = 0.0
    return table.reset_index()


def jobs_payload(plan: Plan) -> dict[str, Json]:
    """Return the tables of jobs of the page; none for a plan that builds nothing."""
    tables = plan.tables
    if not has_jobs(tables):
        return {}
    return {
        "jobs_whole": columns_of(whole(tables), {**ENDS, "value": 1}),
        "jobs_by_year": columns_of(by_year(tables), {"value": 1}),
        "jobs_by_state": columns_of(by_key(tables, "zone"), ENDS),
        "jobs_by_class": columns_of(by_key(tables, "class"), ENDS),
        "workforce": columns_of(
            workforce(tables), {"low": 5, "high": 5, "incoming_low": 0, "incoming_high": 0}
        ),
    }


def job_sentences(plan: Plan) -> str:
    """Return the jobs of a plan as ranges, with what they leave out; nothing without jobs."""
    if not has_jobs(plan.tables):
        return ""
    jobs = plan.tables["jobs"]
    table = ranges(jobs, sets_of(jobs)).set_index("measure")
    year = full_year(jobs)
    told = [
        f"Building takes {_span(table, 'building')} job-years in the US, "
        f"{_span(table, 'builders')} of them on the sites"
    ]
    if year is not None:
        told.append(
            f"running takes {_span(table, 'running')} jobs in {year}, {_span(table, 'staff')} "
            "of them on the sites"
        )
    product = [usd(_value(table, "gdp", end)) for end in ENDS]
    return (
        f"{'; '.join(told)}. {_own_part(jobs)}"
        f"Both together make {' to '.join(product)} of product. These are gross: "
        f"{_span(table, 'building_net')} job-years of building are new to the economy. The ends of "
        "each range are two ways of counting that differ by their sources, not by chance."
    )


def _own_part(jobs: pd.DataFrame) -> str:
    """Return which part goes with what the programme and its tenants pay for."""
    own = jobs[jobs["payer"].isin(OWN)]
    if own.empty or len(own) == len(jobs):
        return ""
    part = ranges(own, sets_of(own)).set_index("measure")
    return (
        f"Of this, what the programme and its tenants pay for takes {_span(part, 'building')} "
        f"job-years of building and {_span(part, 'running')} jobs of running; the rest is power "
        "and wires that serve everybody. "
    )


def _span(table: pd.DataFrame, measure: str) -> str:
    return counts(*(_value(table, measure, end) for end in ENDS))


def _value(table: pd.DataFrame, measure: str, end: str) -> float:
    return float(table[end][measure])


def counts(low: float, high: float) -> str:
    """Return the lowest and the highest count of jobs, once where they read alike.

    Examples
    --------
    >>> counts(181_905.2, 241_443.9), counts(3.0, 3.1)
    ('182,000 to 241,000', '3')
    """
    one, other = count(low), count(high)
    return one if one == other else f"{one} to {other}"


def count(value: float) -> str:
    """Return a number of jobs with three digits.

    Examples
    --------
    >>> count(534061.0), count(7.3), count(0.0)
    ('534,000', '7', '0')
    """
    if value < ONE:
        return "0"
    digits = max(0, len(str(int(round(value)))) - 3)
    return f"{round(value / 10**digits) * 10**digits:,}"


def measures(plan: Plan) -> list[tuple[str, str, float]]:
    """Return the figures of jobs that plans are compared by: name, unit, value."""
    jobs = plan.tables["jobs"]
    table = ranges(jobs, sets_of(jobs)).set_index("measure")
    wanted = [measure for measure in MEASURES if measure.name in ("building", "running")]
    return [
        (f"{measure.label}, {end} count", measure.unit, _value(table, measure.name, end))
        for measure in wanted
        for end in ENDS
    ]
