"""Payback: when the sum of dated flows comes to zero for good."""

from __future__ import annotations

from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.functions import DAYS, both, either, most
from gigaplan.report.workbook.layout import Line


def crossing_of(so_far: Line, flow: Line, dates: Line, period: int) -> Formula:
    """Return the years from the first date to where a sum comes to zero; text where it does not.

    Between two dates the sum is taken to move along a straight line.
    """
    before, gap = so_far[period - 1], dates[period] - dates[period - 1]
    past = dates[period - 1] - dates[0]
    crossed = both(before < 0, so_far[period] >= 0)
    return either(crossed, (past - before / flow[period] * gap) / DAYS, "")


def payback(so_far: Line, crossing: Line, last: int) -> Formula:
    """Return the years after which the sum stays at zero or above."""
    return either(so_far[last] < 0, "never", most(crossing.span(1, last)))
