"""Dated lists: a row for each deal and date, a column for each who pays and is paid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.functions import total
from gigaplan.report.workbook.layout import HEADER, LABEL, Book, Line, Sheet, Style, Unit

Array = npt.NDArray[np.float64]
DATE, FLOW, FIRST_PARTY = 1, 2, 3


@dataclass(frozen=True)
class Flows:
    """What is written of one deal.

    Parameters
    ----------
    deal, last, dates
        Name, last period, and days.
    whole, told
        Flow of all of them together, and what Python says of it; None where it says nothing [USD].
    by_name, told_by_name
        The same for each, by name [USD].
    """

    deal: str
    last: int
    dates: Line
    whole: Callable[[int], Formula]
    told: Array | None
    by_name: Mapping[str, Callable[[int], Formula]]
    told_by_name: Mapping[str, Array]


@dataclass(frozen=True)
class DealRows:
    """The rows of one deal.

    Parameters
    ----------
    deal, last
        Name, and the last period.
    dates, flow
        Days, and the flow of all together [USD].
    parties
        Flow of each, by name [USD].
    missing
        Flow of all less those of each [USD].
    """

    deal: str
    last: int
    dates: Line
    flow: Line
    parties: dict[str, Line]
    missing: Line


@dataclass(frozen=True)
class DatedList:
    """A sheet of flows.

    Parameters
    ----------
    sheet, everyone
        Its name, and what all together are called.
    names
        Who, in order.
    deals
        Rows of each deal.
    first_row, last_row
        Rows of the list.
    """

    sheet: str
    everyone: str
    names: tuple[str, ...]
    deals: list[DealRows]
    first_row: int
    last_row: int


def add_dated_list(
    book: Book, name: str, note: str, everyone: str, flows: Sequence[Flows]
) -> DatedList:
    """Add a sheet of flows."""
    sheet = book.sheet(name, note)
    names = tuple(dict.fromkeys(who for each in flows for who in each.by_name))
    sheet.head(["Deal", "Date", everyone, *names, "Difference"], LABEL)
    sheet.widths = ((LABEL, LABEL, 30), (DATE, FIRST_PARTY + len(names), 16))
    sheet.frozen = (HEADER + 1, FLOW)
    rows = [_add_deal(book, sheet, everyone, names, each) for each in flows]
    return DatedList(name, everyone, names, rows, HEADER + 1, sheet.next_row - 1)


def _add_deal(
    book: Book, sheet: Sheet, everyone: str, names: tuple[str, ...], flows: Flows
) -> DealRows:
    """Add the rows of one deal."""
    start, every = sheet.next_row, range(flows.last + 1)
    for period in every:
        sheet.words(start + period, LABEL, flows.deal)

    def column(label: str, place: int, unit: Unit, ledger: Array | None = None) -> Line:
        style = Style.TOTAL if place == FLOW else Style.NUMBER
        line = Line(sheet, flows.deal, label, unit, start, place, style, down=True, ledger=ledger)
        book.lines.append(line)
        return line

    dates = column("Date", DATE, Unit.DATE).fill(every, flows.dates.__getitem__)
    whole = column(everyone, FLOW, Unit.USD, flows.told).fill(every, flows.whole)
    parties = {}
    for who, write in flows.by_name.items():
        line = column(who, FIRST_PARTY + names.index(who), Unit.USD, flows.told_by_name.get(who))
        parties[who] = line.fill(every, write)
    missing = column("Difference", FIRST_PARTY + len(names), Unit.USD)
    missing.fill(every, lambda p: whole[p] - total(*(line[p] for line in parties.values())))
    sheet.next_row = start + len(every)
    return DealRows(flows.deal, flows.last, dates, whole, parties, missing)
