"""Verification: whether rows of dated rules were compared with their text lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from gigaplan.inputs.audit.report import Check, verdict
from gigaplan.inputs.checks.dated import COMPARED, KEYS, LAST, day_of
from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.wording import few

MOST_MONTHS: Final = 12
"""Months after which a row of a rule must be compared with its text again."""
MONTHS_OF_A_YEAR: Final = 12


def verification_checks(dataset: Dataset, today: date) -> Iterator[Check]:
    """Check that each row of a rule in force was compared with its text within twelve months.

    Rows that no longer hold need no further look: their text is history.

    Parameters
    ----------
    dataset
        The data package.
    today
        Day that months are counted to.
    """
    for name, key in KEYS.items():
        if name not in dataset.tables:
            continue
        old = [
            str(row[key[0]])
            for row in dataset.table(name).to_dict(orient="records")
            if _is_unverified(row[COMPARED], row[LAST], today)
        ]
        names = list(dict.fromkeys(old))
        faults = [f"Compare {few(names)} with the text again, and write the day."] if old else []
        yield verdict(
            f"{name}: each row in force compared with its text within {MOST_MONTHS} months",
            "provenance",
            faults,
        )


def _is_unverified(compared: object, last: object, today: date) -> bool:
    day, end = day_of(compared), day_of(last)
    if day is None or (end is not None and end < today):
        return False
    months = (today.year - day.year) * MONTHS_OF_A_YEAR + today.month - day.month
    return (months, today.day) > (MOST_MONTHS, day.day)
