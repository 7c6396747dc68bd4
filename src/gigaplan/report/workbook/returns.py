"""Returns: what the programme, each owner and each deal earn, and how deals cover their debt."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gigaplan.finance.deal import Closed
from gigaplan.finance.multiples import multiple_on_invested_capital, payback_time
from gigaplan.finance.present_value import dated_times, present_value
from gigaplan.finance.returns import dated_rate_of_return
from gigaplan.report.workbook.cash import Cash
from gigaplan.report.workbook.debt import Debt
from gigaplan.report.workbook.formulas import Formula, Span
from gigaplan.report.workbook.functions import (
    EPOCH,
    either,
    rate_of_dates,
    sum_beyond,
    worth_of_dates,
)
from gigaplan.report.workbook.layout import HEADER, Book, Line, Sheet, Style, Unit
from gigaplan.report.workbook.owners import DealRows, Owners
from gigaplan.report.workbook.payback import payback
from gigaplan.report.workbook.programme import EVERYONE, Programme
from gigaplan.report.workbook.waterfall import Waterfall

COLUMNS: Final = (
    ("Rate of return (XIRR)", Unit.RATE),
    ("Worth at the first date (XNPV)", Unit.USD),
    ("Paid in", Unit.USD),
    ("Received", Unit.USD),
    ("Multiple (MOIC, DPI)", Unit.RATIO),
    ("Payback, years", Unit.YEARS),
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
    payback
        Formula of the payback; None where it is not shown.
    rate
        Discount rate.
    """

    who: str
    deal: str
    flows: Span
    days: Span
    payback: Formula | None
    rate: Formula


def add_returns(
    book: Book,
    closed: Sequence[Closed],
    waterfalls: Sequence[Waterfall],
    owners: Owners,
    programme: Programme,
    discount: Formula,
    cash: Sequence[Cash],
    debt: Sequence[Debt],
) -> dict[str, Formula]:
    """Add the sheet; return the figures of the programme by name of the column."""
    sheet = book.sheet("Returns", "Rates, worth and multiples on dated flows; years of 365 days.")
    sheet.widths = ((WHO, DEAL, 28), (FIRST_FIGURE, FIRST_FIGURE + len(FIGURES), 18))
    sheet.frozen = (HEADER + 1, FIRST_FIGURE)
    rows = _programme_rows(programme, discount) + [
        row
        for each in zip(closed, waterfalls, owners.deals, strict=True)
        for row in _deal_rows(*each, discount)
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
    _figures(book, sheet, closed, cash, debt)
    return {line.label: line[0] for line in lines}


def _programme_rows(programme: Programme, rate: Formula) -> list[Earned]:
    """Return a row for all owners, and one for each, over all deals."""
    last = programme.last
    return [
        Earned(
            party.name,
            "",
            party.flow.span(0, last),
            programme.dates.span(0, last),
            payback(party.so_far, party.crossing, last),
            rate,
        )
        for party in programme.parties
    ]


def _deal_rows(closed: Closed, shared: Waterfall, listed: DealRows, rate: Formula) -> list[Earned]:
    """Return a row for all owners of a deal, and one for each."""
    last, name = listed.last, closed.deal.name
    days = listed.dates.span(0, last)
    back = payback(shared.so_far, shared.crossing, last)
    return [
        Earned(EVERYONE, name, listed.flow.span(0, last), days, back, rate),
        *(
            Earned(owner, name, line.span(0, last), days, None, rate)
            for owner, line in listed.owners.items()
        ),
    ]


def _write(lines: Sequence[Line], place: int, row: Earned) -> None:
    """Write the figures of a row."""
    rate, worth, paid, received, multiple, back = lines
    rate[place] = rate_of_dates(row.flows, row.days)
    worth[place] = worth_of_dates(row.rate, row.flows, row.days)
    paid[place] = -sum_beyond(row.flows, "<")
    received[place] = sum_beyond(row.flows, ">")
    multiple[place] = either(paid[place] > 0, received[place] / paid[place], 0)
    if row.payback is not None:
        back[place] = row.payback


def _told(row: Earned) -> tuple[float, ...]:
    """Return what Python says of a row: its figures in the order of the columns."""
    days = [EPOCH + datetime.timedelta(days=int(day)) for day in row.days.numbers]
    flows, times = np.array(row.flows.numbers), dated_times(days)
    found = dated_rate_of_return(days, flows)
    return (
        found.roots_frac[0] if found.roots_frac else np.nan,
        float(present_value(flows, row.rate.number, times)),
        float(np.maximum(-flows, 0).sum()),
        float(np.maximum(flows, 0).sum()),
        float(multiple_on_invested_capital(flows)),
        float(payback_time(flows, times)) if row.payback is not None else np.nan,
    )


def _figures(
    book: Book, sheet: Sheet, closed: Sequence[Closed], cash: Sequence[Cash], debt: Sequence[Debt]
) -> None:
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
    for row, (each, flows, owed) in enumerate(zip(closed, cash, debt, strict=True)):
        sheet.words(top + 1 + row, WHO, each.deal.name)
        cells = (
            flows.figures | owed.figures | {"loan": owed.owed.size, "equity": flows.sources.equity}
        )
        for line, (_, _, key) in zip(lines, FIGURES, strict=True):
            if key in cells:
                line[row] = cells[key]
    sheet.next_row = top + 1 + len(closed)
