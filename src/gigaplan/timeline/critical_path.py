"""Critical path: the chain of each project that must begin first, in words."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from gigaplan.timeline.schedule import (
    COMMISSION,
    CONSTRUCT,
    DELIVER,
    GRID_STUDY,
    MONTHS_PER_YEAR,
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


def _sentences(table: pd.DataFrame, components: pd.DataFrame) -> pd.Series:
    """Return why each build is in service when it is, and what that takes for granted."""
    names = dict(zip(components["component"], components["label"].map(spoken), strict=True))
    subject = ("the " + table["component"].map(names)).where(
        table["stage"] == ORDER, table["stage"].map(_SUBJECT)
    )
    begun = table["stage"].map({stage: words for stage, (words, _) in _BEGUN.items()})
    ended = table["stage"].map({stage: words for stage, (_, words) in _BEGUN.items()})
    said = (
        "In service "
        + table["service_year"].map(service_words)
        + " because "
        + subject
        + begun
        + table["starts_year"].map(quarter)
        + ended
        + table["ends_year"].map(quarter)
        + "."
    )
    early = table["slack_months"] < 0
    months = table["slack_months"].map(_months_before)
    assumed = " That is " + months + " before the plan begins: " + table["stage"].map(_ASSUMED)
    whole: pd.Series = said + (assumed + ".").where(early, "")
    return whole


def _months_before(slack: float) -> str:
    """Return how long before the plan a chain begins.

    >>> _months_before(-18.0), _months_before(-0.2)
    ('18 months', '1 month')
    """
    months = math.ceil(-slack)
    return f"{months} month" if months == 1 else f"{months} months"
