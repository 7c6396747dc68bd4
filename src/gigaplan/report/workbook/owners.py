"""Owners: a row for each deal and date, a column for each owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gigaplan.finance.deal import Closed
from gigaplan.finance.tiers import CatchUp
from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.functions import total
from gigaplan.report.workbook.layout import HEADER, LABEL, Book, Line, Sheet, Style, Unit
from gigaplan.report.workbook.parts import Parts

DATE, FLOW, FIRST_OWNER = 1, 2, 3


@dataclass(frozen=True)
class DealRows:
    """The rows of one deal.

    Parameters
    ----------
    last
        The last period.
    dates, flow
        Days, and the flow of all owners [USD].
    owners
        Flow of each owner, by name [USD].
    missing
        Flow of all owners less those of each [USD].
    """

    last: int
    dates: Line
    flow: Line
    owners: dict[str, Line]
    missing: Line


@dataclass(frozen=True)
class Owners:
    """The sheet of owners.

    Parameters
    ----------
    names
        Owners in order.
    deals
        Rows of each deal.
    first_row, last_row
        Rows of the list.
    """

    names: tuple[str, ...]
    deals: list[DealRows]
    first_row: int
    last_row: int


def owners_of(closed: Closed) -> list[str]:
    """Return the owners of a deal: who pays equity, and the partner where tiers pay it."""
    deal = closed.deal
    names = list(deal.equity)
    paid = any(isinstance(tier, CatchUp) or tier.investor_frac < 1 for tier in deal.tiers)
    return [*names, deal.partner] if paid and deal.partner not in names else names


def add_owners(book: Book, parts: Sequence[Parts]) -> Owners:
    """Add the sheet."""
    sheet = book.sheet("Owners", "What each owner pays (below zero) and gets, by deal and date.")
    names = tuple(dict.fromkeys(name for each in parts for name in owners_of(each.closed)))
    sheet.head(["Deal", "Date", "All owners", *names, "Difference"], LABEL)
    sheet.widths = ((LABEL, LABEL, 30), (DATE, FIRST_OWNER + len(names), 16))
    sheet.frozen = (HEADER + 1, FLOW)
    rows = [_add_deal(book, sheet, names, each) for each in parts]
    return Owners(names, rows, HEADER + 1, sheet.next_row - 1)


def _add_deal(book: Book, sheet: Sheet, names: tuple[str, ...], parts: Parts) -> DealRows:
    """Add the rows of one deal."""
    closed, shared = parts.closed, parts.shared
    start, name = sheet.next_row, closed.deal.name
    every = range(shared.last + 1)
    for period in every:
        sheet.words(start + period, LABEL, name)

    def column(label: str, place: int, unit: Unit, ledger: np.ndarray | None = None) -> Line:
        style = Style.TOTAL if place == FLOW else Style.NUMBER
        line = Line(sheet, name, label, unit, start, place, style, down=True, ledger=ledger)
        book.lines.append(line)
        return line

    dates = column("Date", DATE, Unit.DATE).fill(every, lambda p: shared.dates[p])
    flow = column("All owners", FLOW, Unit.USD, closed.owner_flow_usd_nominal)
    flow.fill(every, lambda p: shared.flow[p])
    told = closed.flows_by_owner()
    owners = {}
    for owner in owners_of(closed):
        ledger = told.get(owner, np.zeros(len(every)))
        line = column(owner, FIRST_OWNER + names.index(owner), Unit.USD, ledger)
        owners[owner] = line
        for p in every:
            line[p] = _flow_of(owner, parts, p)
    missing = column("Difference", FIRST_OWNER + len(names), Unit.USD)
    missing.fill(every, lambda p: flow[p] - total(*(line[p] for line in owners.values())))
    sheet.next_row = start + len(every)
    return DealRows(shared.last, dates, flow, owners, missing)


def _flow_of(owner: str, parts: Parts, period: int) -> Formula:
    """Return what an owner pays of a date and gets of the investors' flow and of the partner's."""
    shared, built, months = parts.shared, parts.built, parts.built.months
    partner = shared.partner[period]
    if owner not in parts.stakes.equity:
        return partner
    stake = parts.stakes.equity[owner]
    if stake.by_month is None or period > months:
        net = stake.whole * (shared.investor[period] - shared.called[period])
    elif period < months:
        paid = stake.by_month[period] * shared.called[period]
        net = stake.whole * shared.investor[period] - paid
    else:
        # Its share of the month holds for that month's draw, its stake for the rest.
        drawn = (stake.by_month[period] - stake.whole) * built.equity[period]
        net = stake.whole * (shared.investor[period] - shared.called[period]) - drawn
    return net + partner if owner == parts.closed.deal.partner else net
