"""Returns: what the programme, each owner and each deal earn, and how deals cover their debt."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.multiples import multiple_on_invested_capital, payback_time
from gigaplan.finance.present_value import dated_times, present_value
from gigaplan.finance.returns import dated_rate_of_return
from gigaplan.report.workbook.dated_list import DatedList, DealRows
from gigaplan.report.workbook.formulas import Formula, Span
from gigaplan.report.workbook.functions import (
    EPOCH,
    either,
    rate_of_dates,
    sign_changes,
    sum_beyond,
    worth_of_dates,
)
from gigaplan.report.workbook.layout import HEADER, Book, Line, Sheet, Style, Unit
from gigaplan.report.workbook.parts import Parts
from gigaplan.report.workbook.payback import payback
from gigaplan.report.workbook.programme import Programme
from gigaplan.report.workbook.waterfall import Waterfall

COLUMNS: Final = (
    ("Rate of return (XIRR)", Unit.RATE),
    ("Worth at the first date (XNPV)", Unit.USD),
    ("Paid in", Unit.USD),
    ("Received", Unit.USD),
    ("Multiple (MOIC, DPI)", Unit.RATIO),
    ("Payback, years", Unit.YEARS),
    ("Changes of sign of the sum", Unit.COUNT),
)
FIGURES: Final = (
    ("Term loan", Unit.USD, "loan"),
    ("Owners' equity", Unit.USD, "equity"),
    ("Least cover", Unit.RATIO, "min_dscr"),
    ("Mean cover", Unit.RATIO, "mean_dscr"),
    ("Cover over the loan's life", Unit.RATIO, "llcr"),
    ("Cover over the project's life", Unit.RATIO, "plcr"),
    ("Cost of energy, nominal", Unit.USD_PER_MWH, "lcoe_nominal_usd_per_mwh"),
    ("Cost of energy, real", Unit.USD_PER_MWH, "lcoe_real_usd_per_mwh"),
    ("Price of energy, nominal", Unit.USD_PER_MWH, "lppa_nominal_usd_per_mwh"),
    ("Worth at the opening", Unit.USD, "npv_usd_nominal"),
)
WHO, DEAL, FIRST_FIGURE = range(3)


@dataclass(frozen=True)
class Earned:
    """A row of returns.

    Parameters
    ----------
    who, deal
        Whose, and of which deal; empty for the programme.
    flows, days
        Dated flows.
    payback, changes
        Formulas of the payback, and of the changes of sign of the sum of flows: with more than
        one, the rate may be one of several. None where they are not shown.
    rate
        Discount rate.
    """

    who: str
    deal: str
    flows: Span
    days: Span
    payback: Formula | None
    changes: Formula | None
    rate: Formula


def add_returns(
    book: Book,
    parts: Sequence[Parts],
    lists: Sequence[tuple[DatedList, Programme]],
    discount: Formula,
) -> dict[str, Formula]:
    """Add the sheet; return the figures of the programme's owners by name of the column."""
    sheet = book.sheet("Returns", "Rates, worth and multiples on dated flows; years of 365 days.")
    sheet.widths = ((WHO, DEAL, 28), (FIRST_FIGURE, FIRST_FIGURE + len(FIGURES), 18))
    sheet.frozen = (HEADER + 1, FIRST_FIGURE)
    back = {each.closed.deal.name: each.shared for each in parts}
    rows = [row for listed, days in lists for row in _programme_rows(listed, days, discount)]
    for listed, _ in lists:
        owning = listed.sheet == "Owners"
        rows += [
            row
            for deal in listed.deals
            for row in _deal_rows(listed, deal, back[deal.deal] if owning else None, discount)
        ]
    sheet.head(["Who", "Deal", *(name for name, _ in COLUMNS)], WHO)
    lines = [
        Line(sheet, "", name, unit, HEADER + 1, FIRST_FIGURE + place, down=True)
        for place, (name, unit) in enumerate(COLUMNS)
    ]
    book.lines += lines
    for place, row in enumerate(rows):
        sheet.words(HEADER + 1 + place, WHO, row.who)
        sheet.words(HEADER + 1 + place, DEAL, row.deal or "all deals")
        _write(lines, place, row)
    for line, told in zip(lines, zip(*(_told(row) for row in rows), strict=True), strict=True):
        line.ledger = np.array(told)
    sheet.next_row = HEADER + 1 + len(rows)
    _figures(book, sheet, parts)
    return {line.label: line[0] for line in lines}


def _programme_rows(listed: DatedList, programme: Programme, rate: Formula) -> list[Earned]:
    """Return a row for all together, and one for each, over all deals."""
    last = programme.last
    return [
        Earned(
            _shown(listed, party.name),
            "",
            party.flow.span(0, last),
            programme.dates.span(0, last),
            payback(party.so_far, party.crossing, last),
            sign_changes(party.so_far.span(0, last - 1), party.so_far.span(1, last)),
            rate,
        )
        for party in programme.parties
    ]


def _deal_rows(
    listed: DatedList, deal: DealRows, shared: Waterfall | None, rate: Formula
) -> list[Earned]:
    """Return a row for all of a deal, and one for each."""
    last, days = deal.last, deal.dates.span(0, deal.last)
    back = changes = None
    if shared is not None:
        back = payback(shared.so_far, shared.crossing, last)
        changes = sign_changes(shared.so_far.span(0, last - 1), shared.so_far.span(1, last))
    return [
        Earned(listed.everyone, deal.deal, deal.flow.span(0, last), days, back, changes, rate),
        *(
            Earned(_shown(listed, who), deal.deal, line.span(0, last), days, None, None, rate)
            for who, line in deal.parties.items()
        ),
    ]


def _shown(listed: DatedList, who: str) -> str:
    """Return a name that tells a lender from an owner."""
    return who if listed.sheet == "Owners" or who == listed.everyone else f"{who} (lender)"


def _write(lines: Sequence[Line], place: int, row: Earned) -> None:
    """Write the figures of a row."""
    rate, worth, paid, received, multiple, back, changes = lines
    rate[place] = rate_of_dates(row.flows, row.days)
    worth[place] = worth_of_dates(row.rate, row.flows, row.days)
    paid[place] = -sum_beyond(row.flows, "<")
    received[place] = sum_beyond(row.flows, ">")
    multiple[place] = either(paid[place] > 0, received[place] / paid[place], 0)
    if row.payback is not None and row.changes is not None:
        back[place], changes[place] = row.payback, row.changes


def _told(row: Earned) -> tuple[float, ...]:
    """Return what Python says of a row: its figures in the order of the columns."""
    days = [EPOCH + datetime.timedelta(days=int(day)) for day in row.days.numbers]
    flows, times = np.array(row.flows.numbers), dated_times(days)
    roots = np.array(dated_rate_of_return(days, flows).roots_frac)
    guess = -0.05 if flows.sum() < 0 else 0.1
    return (
        float(roots[np.argmin(np.abs(roots - guess))]) if roots.size else np.nan,
        float(present_value(flows, row.rate.number, times)),
        float(np.maximum(-flows, 0).sum()),
        float(np.maximum(flows, 0).sum()),
        float(multiple_on_invested_capital(flows)),
        float(payback_time(flows, times)) if row.payback is not None else np.nan,
        _changes(flows) if row.changes is not None else np.nan,
    )


def _changes(flows: npt.NDArray[np.float64]) -> float:
    """Return how often the sum of flows changes its sign from one day to the next."""
    so_far = np.cumsum(flows)
    return float((so_far[1:] * so_far[:-1] < 0).sum())


def _figures(book: Book, sheet: Sheet, parts: Sequence[Parts]) -> None:
    """Add a row of figures for each deal."""
    top = sheet.next_row + 2
    for place, (name, _, _) in enumerate(FIGURES):
        sheet.words(top, FIRST_FIGURE + place, name, Style.PERIOD)
    sheet.words(top, WHO, "Deal", Style.CAPTION)
    lines = [
        Line(sheet, "", name, unit, top + 1, FIRST_FIGURE + place, down=True)
        for place, (name, unit, _) in enumerate(FIGURES)
    ]
    book.lines += lines
    for row, each in enumerate(parts):
        sheet.words(top + 1 + row, WHO, each.closed.deal.name)
        sizes = {"loan": each.debt.owed.size, "equity": each.cash.sources.equity}
        cells = each.cash.figures | each.debt.figures | sizes
        for line, (_, _, key) in zip(lines, FIGURES, strict=True):
            if key in cells:
                line[row] = cells[key]
    sheet.next_row = top + 1 + len(parts)
