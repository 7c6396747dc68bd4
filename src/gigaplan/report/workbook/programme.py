"""Programme: the flows of all deals together, day by day, and what owners are out of pocket by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gigaplan.report.workbook.dated_list import DATE, FIRST_PARTY, FLOW, DatedList
from gigaplan.report.workbook.formulas import Address, Formula, Span, called, equal
from gigaplan.report.workbook.functions import either, least
from gigaplan.report.workbook.layout import HEADER, Book, Line, Sheet, Style, Unit
from gigaplan.report.workbook.payback import crossing_of

SPARE: Final = 24
"""Rows for dates that come apart when an opening is moved."""


@dataclass(frozen=True)
class Party:
    """The flows of one owner, or of all.

    Parameters
    ----------
    name
        Who.
    flow, so_far
        Flow by day, and its sum so far [USD].
    crossing
        Years at which the sum comes to zero from below.
    """

    name: str
    flow: Line
    so_far: Line
    crossing: Line


@dataclass(frozen=True)
class Programme:
    """The sheet of the programme.

    Parameters
    ----------
    last
        The last row, counted from 0.
    dates
        Days, rising.
    parties
        All together, then each.
    listed
        Flows of all in the list, to check with [USD].
    """

    last: int
    dates: Line
    parties: list[Party]
    listed: Span


def add_programme(book: Book, listed: DatedList, name: str, note: str) -> Programme:
    """Add a sheet of the flows of a list on each of its days."""
    sheet = book.sheet(name, note)
    days = _list(listed, DATE, [row.dates for row in listed.deals])
    distinct = sorted(set(days.numbers))
    last = min(len(days.values), len(distinct) + SPARE * (len(listed.deals) > 1)) - 1
    dates = _column(book, sheet, "Date", 0, Unit.DATE)
    dates[0] = least(days)
    for row in range(1, last + 1):
        dates[row] = _next_day(days, dates[row - 1], distinct, row)
    flows = {listed.everyone: _list(listed, FLOW, [row.flow for row in listed.deals])}
    for place, who in enumerate(listed.names):
        lines = [row.parties.get(who) for row in listed.deals]
        flows[who] = _list(listed, FIRST_PARTY + place, lines)
    parties = [
        _party(book, sheet, who, 1 + 3 * place, dates, last, days, column)
        for place, (who, column) in enumerate(flows.items())
    ]
    sheet.widths = ((0, 0, 14), (1, 3 * len(parties), 17))
    sheet.frozen = (HEADER + 1, 1)
    return Programme(last, dates, parties, flows[listed.everyone])


def _column(book: Book, sheet: Sheet, label: str, place: int, unit: Unit) -> Line:
    sheet.words(HEADER, place, label, Style.PERIOD)
    line = Line(sheet, "", label, unit, HEADER + 1, place, down=True)
    book.lines.append(line)
    return line


def _list(listed: DatedList, column: int, lines: Sequence[Line | None]) -> Span:
    """Return a column of the list."""
    values: list[float | str | bool] = []
    for deal, line in zip(listed.deals, lines, strict=True):
        for period in range(deal.last + 1):
            values.append(line[period].value if line is not None else "")
    address = Address(
        listed.sheet,
        listed.first_row,
        column,
        last=(listed.last_row, column),
        still_row=True,
        still_column=True,
    )
    return Span(address, tuple(values))


def _next_day(days: Span, before: Formula, distinct: list[float], row: int) -> Formula:
    """Return the first day after another; the same when there is none."""
    value = distinct[min(row, len(distinct) - 1)]
    count = float(sum(day <= before.number for day in days.numbers))
    up_to = Formula(("COUNTIF(", days.address, ',"<="&', *before.parts, ")"), 4, count)
    following = called("SMALL", value, days, up_to + 1)
    return either(up_to < called("COUNT", float(len(days.values)), days), following, before)


def _party(
    book: Book,
    sheet: Sheet,
    name: str,
    place: int,
    dates: Line,
    last: int,
    days: Span,
    listed: Span,
) -> Party:
    """Add the flows of one party on each day."""
    sums: dict[float, float] = {}
    for day, moved in zip(days.numbers, listed.values, strict=True):
        sums[day] = sums.get(day, 0.0) + (0.0 if isinstance(moved, str) else float(moved))
    flow = _column(book, sheet, name, place, Unit.USD)
    so_far = _column(book, sheet, f"{name}: so far", place + 1, Unit.USD)
    crossing = _column(book, sheet, f"{name}: comes to zero, years", place + 2, Unit.YEARS)
    for row in range(last + 1):
        here = called("SUMIF", sums[dates[row].number], days, dates[row], listed)
        flow[row] = either(equal(dates[row], dates[row - 1]), 0, here) if row else here
        so_far[row] = so_far[row - 1] + flow[row] if row else flow[0]
        if row:
            crossing[row] = crossing_of(so_far, flow, dates, row)
    return Party(name, flow, so_far, crossing)
