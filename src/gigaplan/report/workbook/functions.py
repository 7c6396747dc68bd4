"""Functions of a spreadsheet that the workbook uses, with what they come to."""

from __future__ import annotations

import datetime
import math
from typing import Final

import numpy as np

from gigaplan.economics.annuity import annuity_factor
from gigaplan.finance.present_value import npv, present_value
from gigaplan.finance.returns import rates_of_return
from gigaplan.report.workbook.formulas import (
    ADDED,
    WHOLE,
    Formula,
    Span,
    called,
    formula,
    numbers_of,
)

EPOCH: Final = datetime.date(1899, 12, 30)
"""Day 0 of a spreadsheet."""
DAYS: Final = 365.0


def day_number(day: datetime.date) -> float:
    """Return a date as a spreadsheet counts it.

    Examples
    --------
    >>> day_number(datetime.date(2028, 7, 1))
    46935.0
    """
    return float((day - EPOCH).days)


def least(*terms: Formula | Span | float) -> Formula:
    """Return the least of numbers and ranges; 0 of none.

    Examples
    --------
    >>> least(formula(2), 3.0).text(""), least(formula(2), 3.0).value
    ('=MIN(2,3)', 2.0)
    """
    known = [_counted(term) for term in terms]
    return called("MIN", min(numbers_of(known), default=0.0), *known)


def most(*terms: Formula | Span | float) -> Formula:
    """Return the greatest of numbers and ranges; 0 of none."""
    known = [_counted(term) for term in terms]
    return called("MAX", max(numbers_of(known), default=0.0), *known)


def _counted(term: Formula | Span | float) -> Formula | Span:
    """Return a term that MIN and MAX count, also where it names an empty cell.

    Examples
    --------
    >>> from gigaplan.report.workbook.formulas import Address
    >>> empty = Formula((Address("Tax", 0, 0),), WHOLE, 0.0, empty=True)
    >>> least(empty, 3.0).text("Tax")
    '=MIN(A1+0,3)'
    """
    if isinstance(term, Span):
        return term
    known = formula(term)
    return known + 0 if known.empty else known


def total(*terms: Formula | Span) -> Formula:
    """Return the sum of numbers and ranges."""
    return called("SUM", math.fsum(numbers_of(terms)), *terms)


def either(test: Formula, yes: Formula | float | str, no: Formula | float | str) -> Formula:
    """Return one of two values.

    Examples
    --------
    >>> some = either(formula(0) > 1, 1 / formula(0), "")
    >>> some.text(""), some.value
    ('=IF(0>1,1/0,"")', '')
    """
    one, two = formula(yes), formula(no)
    return called("IF", one.value if test.value else two.value, test, one, two)


def both(*tests: Formula) -> Formula:
    """Return whether all tests hold."""
    return called("AND", all(test.value for test in tests), *tests)


def all_true(*spans: Span) -> Formula:
    """Return whether every cell of ranges is true."""
    return called("AND", all(value for span in spans for value in span.values), *spans)


def is_number(term: Formula) -> Formula:
    """Return whether a cell holds a number."""
    return called("ISNUMBER", not isinstance(term.value, str), term)


def size(term: Formula) -> Formula:
    """Return a number without its sign."""
    return called("ABS", abs(term.number), term)


def whole(term: Formula) -> Formula:
    """Return a number rounded down."""
    return called("INT", float(np.floor(term.number)), term)


def rounded_up(term: Formula) -> Formula:
    """Return a number of zero or more, rounded up to a whole one."""
    return called("ROUNDUP", float(np.ceil(term.number)), term, 0)


def how_many(span: Span) -> Formula:
    """Return how many cells of a range hold a number."""
    return called("COUNT", float(len(span.numbers)), span)


def average(span: Span) -> Formula:
    """Return the mean of the numbers of a range."""
    known = span.numbers
    return called("AVERAGE", math.fsum(known) / len(known) if known else math.nan, span)


def sum_of_products(one: Span, two: Span) -> Formula:
    """Return the sum of products of the cells of two ranges."""
    pairs = zip(one.values, two.values, strict=True)
    worth = math.fsum(
        float(a) * float(b) for a, b in pairs if not isinstance(a, str) and not isinstance(b, str)
    )
    return called("SUMPRODUCT", worth, one, two)


def sum_beyond(span: Span, sign: str) -> Formula:
    """Return the sum of the numbers of a range above (``>``) or below (``<``) zero."""
    wanted = [value for value in span.numbers if (value > 0) == (sign == ">")]
    return called("SUMIF", math.fsum(wanted), span, f"{sign}0")


def item(span: Span, place: Formula) -> Formula:
    """Return the cell of a row or a column at a place, 1 for the first; empty cells are 0."""
    at = place.number
    inside = 1 <= at <= len(span.values)
    value = span.values[int(at) - 1] if inside else math.nan
    where = (1, place) if span.address.is_row else (place, 1)
    return called("INDEX", 0.0 if value == "" else value, span, *where)


def how_long(span: Span) -> Formula:
    """Return the number of rows of a column."""
    return called("ROWS", float(len(span.values)), span)


def months_later(day: Formula, months: Formula | float) -> Formula:
    """Return the first of a month some months after another."""
    start = EPOCH + datetime.timedelta(days=int(day.number))
    month = 12 * start.year + start.month - 1 + int(formula(months).number)
    later = datetime.date(month // 12, month % 12 + 1, start.day)
    return called("EDATE", day_number(later), day, formula(months))


def level_payment(rate: Formula, years: Formula, loan: Formula) -> Formula:
    """Return the equal yearly payment that repays a loan, by the function PMT."""
    value = loan.number * float(annuity_factor(rate.number, years.number))
    return -called("PMT", -value, rate, years, loan)


def worth_of_years(rate: Formula, flows: Span) -> Formula:
    """Return the worth of flows at the ends of years 1, 2, ..., by the function NPV."""
    numbers = [0.0 if isinstance(value, str) else float(value) for value in flows.values]
    return called("NPV", float(npv([0.0, *numbers], rate.number)), rate, flows)


def worth_of_dates(rate: Formula, flows: Span, days: Span) -> Formula:
    """Return the worth of dated flows on the first of their days, by the function XNPV."""
    value = float(present_value(flows.numbers, rate.number, _times(days)))
    return called("XNPV", value, rate, flows, days)


def rate_of_dates(flows: Span, days: Span) -> Formula:
    """Return the yearly rate of return of dated flows, by the function XIRR; text without one.

    Days before the first flow are left out, because Excel's XIRR fails when the first flow is
    zero. Of several rates, the one near the guess is shown: 10 %, or -5 % when less comes back than
    was paid in.
    """
    found = rates_of_return(flows.numbers, _times(days))
    roots = found.roots_frac[np.isfinite(found.roots_frac)]
    guess = either(total(flows) < 0, -0.05, 0.1)
    near = np.argsort(np.abs(roots - guess.number))
    value: float | str = float(roots[near[0]]) if len(roots) else "none"
    first = _first_moved(flows)
    rate = called("XIRR", value, _from(flows, first), _from(days, first), guess)
    return called("IFERROR", value, rate, "none")


def sign_changes(before: Span, after: Span) -> Formula:
    """Return how often two ranges, of the same line one period apart, have unlike signs."""
    pairs = zip(before.values, after.values, strict=True)
    count = sum(float(a) * float(b) < 0 for a, b in pairs)
    parts = ("SUMPRODUCT((", before.address, "*", after.address, "<0)*1)")
    return Formula(parts, WHOLE, float(count))


def _first_moved(span: Span) -> Formula:
    """Return the place of the first cell that is not zero; past the end without one.

    SUMPRODUCT makes a spreadsheet take the range cell by cell.
    """
    places = [n for n, value in enumerate(span.values, start=1) if value not in {0.0, ""}]
    past = 2 * len(span.values) + 1
    name = "COLUMN" if span.address.is_row else "ROW"
    start = span.address.first
    parts = (
        *("SUMPRODUCT(MIN((", span.address, f"=0)*{past}+{name}(", span.address, ")))"),
        *(f"-{name}(", start, ")+1"),
    )
    return Formula(parts, ADDED, float(places[0] if places else past + 1))


def _from(span: Span, first: Formula) -> Formula:
    """Return the part of a row or a column from a place on."""
    last = formula(len(span.values))
    return Formula((*item(span, first).parts, ":", *item(span, last).parts), WHOLE, 0.0)


def _times(days: Span) -> list[float]:
    first = days.numbers[0]
    return [(day - first) / DAYS for day in days.numbers]
