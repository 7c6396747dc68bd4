"""Critical path: the chain of each project that must begin first, in words."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from gigaplan.terms.units import MONTHS_PER_YEAR
from gigaplan.timeline.schedule import (
    COMMISSION,
    CONSTRUCT,
    DELIVER,
    GRID_STUDY,
    ORDER,
    PERMIT,
    first_steps,
)
from gigaplan.timeline.wording import quarter, service_words, spoken

PATH_COLUMNS: Final = (
    "project asset zone in_service_year service_year chain starts_year slack_months sentence"
).split()
_BEGUN: Final = {
    ORDER: (" ordered in ", " arrives in "),
    PERMIT: (" asked for in ", " is granted in "),
    GRID_STUDY: (" begun in ", " ends in "),
    CONSTRUCT: (" begun in ", " ends in "),
    COMMISSION: (" begun in ", " ends in "),
}
_SUBJECT: Final = {
    PERMIT: "the permit",
    GRID_STUDY: "the grid study",
    CONSTRUCT: "construction",
    COMMISSION: "commissioning",
}
_ASSUMED: Final = {
    ORDER: "a slot in hand is assumed",
    PERMIT: "a permit in hand or under way is assumed",
    GRID_STUDY: "a study under way is assumed",
    CONSTRUCT: "work under way is assumed",
    COMMISSION: "work under way is assumed",
}


def slack_months(starts_year: pd.Series, base_year: int) -> pd.Series:
    """Return the months from the start of the plan to the start of a chain.

    Below zero the chain had to begin before the plan does.

    >>> slack_months(pd.Series([2026.5, 2023.5]), 2026).tolist()
    [6.0, -30.0]
    """
    return (starts_year - base_year) * MONTHS_PER_YEAR


def critical_path_table(
    builds: pd.DataFrame, stages: pd.DataFrame, components: pd.DataFrame, base_year: int
) -> pd.DataFrame:
    """Return the table ``critical_path``: the chain of each project that begins first.

    Parameters
    ----------
    builds
        Builds with their date of service.
    stages
        The table ``stages``.
    components
        The table ``components`` of the data package.
    base_year
        Year in which the plan begins.

    Returns
    -------
    pandas.DataFrame
        One row for each build that has stages, with the columns of ``PATH_COLUMNS``.
    """
    first = first_steps(stages).rename(columns={"start_year": "starts_year"})
    table = builds.merge(first, left_on="project", right_index=True)
    table["slack_months"] = slack_months(table["starts_year"], base_year).round(6)
    table["chain"] = table["component"].where(table["component"] != "", table["stage"])
    arrival = stages["stage"].where(stages["stage"] != DELIVER, ORDER)
    last = stages.assign(stage=arrival)[stages["stage"] != ORDER]
    ends = last.set_index(["project", "stage", "component"])["end_year"]
    at = pd.MultiIndex.from_frame(table[["project", "stage", "component"]])
    table["ends_year"] = ends.reindex(at).to_numpy(dtype=float)
    table["sentence"] = _sentences(table, components)
    return table[PATH_COLUMNS].reset_index(drop=True)


def _sentences(table: pd.DataFrame, components: pd.DataFrame) -> list[str]:
    """Return why each build is in service when it is, and what that takes for granted."""
    names = dict(zip(components["component"], components["label"].map(spoken), strict=True))
    columns = ["stage", "component", "service_year", "starts_year", "ends_year", "slack_months"]
    return [
        path_sentence(stage, f"the {names[part]}" if part else _SUBJECT[stage], *dates)
        for stage, part, *dates in zip(*(table[name].tolist() for name in columns), strict=True)
    ]


def path_sentence(
    stage: str,
    subject: str,
    service_year: float,
    starts_year: float,
    ends_year: float,
    slack: float,
) -> str:
    """Return a critical path in words.

    >>> path_sentence("order", "the gas turbine", 2030.5, 2025.75, 2029.5, -3.0).split(". ")
    ['In service in mid-2030 because the gas turbine ordered in Q4 2025 arrives in Q3 2029',
     'That is 3 months before the plan begins: a slot in hand is assumed.']
    """
    begun, ended = _BEGUN[stage]
    said = (
        f"In service {service_words(service_year)} because {subject}{begun}{quarter(starts_year)}"
        f"{ended}{quarter(ends_year)}."
    )
    if slack >= 0:
        return said
    months = math.ceil(-slack)
    long = f"{months} month" if months == 1 else f"{months} months"
    return f"{said} That is {long} before the plan begins: {_ASSUMED[stage]}."
