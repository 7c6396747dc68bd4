"""Dated tables: days that can be read, in order, and one row at most for each thing and day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Final

import numpy as np

from gigaplan.inputs.checks.cells import TypedTable
from gigaplan.inputs.checks.row_faults import named_fault, row_fault
from gigaplan.inputs.wording import brief, few
from gigaplan.terms.errors import Fault

FIRST, LAST, COMPARED = "in_force_from", "in_force_to", "retrieved_on"
KEYS: Final = {
    "rule_parameters": ("parameter", "at"),
    "policy_rules": ("rule",),
    "country_status": ("country", "status"),
    "critical_infrastructure": ("function",),
    "state_rules": ("zone", "topic"),
    "large_load_tariffs": ("tariff", "zone"),
    "installations": ("installation",),
}
"""What a row is about, in each table whose rows hold for a span of days."""


def day_of(text: object) -> date | None:
    """Return the day of a cell; ``None`` if it is blank or cannot be read.

    >>> day_of("2026-11-23"), day_of("23.11.2026")
    (datetime.date(2026, 11, 23), None)
    """
    try:
        return date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
    except ValueError:
        return None


def days_that_cannot_be_read(table: TypedTable) -> Iterator[Fault]:
    """Name days that are none."""
    for column in (FIRST, LAST, COMPARED):
        cells = table.frame[column]
        bad = np.array([isinstance(cell, str) and day_of(cell) is None for cell in cells])
        if bad.any():
            shown = few([repr(cell) for cell in cells[bad]])
            what = f"{column} is {shown}. It must be a day."
            yield row_fault(table, bad, what, "Write a day as 2026-11-23.")


def spans_that_end_before_they_begin(table: TypedTable, key: tuple[str, ...]) -> Iterator[Fault]:
    """Name rows whose last day lies before their first."""
    bad = [first is not None and last is not None and last < first for first, last in _spans(table)]
    what = "in_force_to is before in_force_from for {names}."
    yield from named_fault(table, bad, key[0], what, "Mend one of the days.")


def spans_that_overlap(table: TypedTable, key: tuple[str, ...]) -> Iterator[Fault]:
    """Name things for which two rows hold on one day."""
    seen: dict[tuple[object, ...], list[int]] = {}
    spans = list(_spans(table))
    for place, about in enumerate(zip(*(table.frame[column] for column in key), strict=True)):
        seen.setdefault(about, []).append(place)
    for about, places in seen.items():
        rows = sorted(places, key=lambda place: spans[place][0] or date.min)
        for one, other in zip(rows, rows[1:], strict=False):
            first, last = spans[other][0], spans[one][1]
            if first is not None and (last is None or first <= last):
                both = np.isin(np.arange(len(spans)), [one, other])
                name = ", ".join(brief(part) for part in about)
                what = f"Two rows of {name} hold on {first.isoformat()}."
                yield row_fault(table, both, what, "End the earlier one on the day before.")


def _spans(table: TypedTable) -> Iterator[tuple[date | None, date | None]]:
    for first, last in zip(table.frame[FIRST], table.frame[LAST], strict=True):
        yield day_of(first), day_of(last)


def _rules() -> Iterator[tuple[str, tuple[str, ...], Callable[[TypedTable], Iterator[Fault]]]]:
    for name, key in KEYS.items():
        columns = (*key, FIRST, LAST, COMPARED)
        yield name, columns, days_that_cannot_be_read
        yield name, columns, partial(spans_that_end_before_they_begin, key=key)
        yield name, columns, partial(spans_that_overlap, key=key)


DATED_RULES: Final = tuple(_rules())
"""Table, columns that it needs, and rule."""
