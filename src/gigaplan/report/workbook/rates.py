"""Rates: one number for all years, or a curve with one for each."""

from __future__ import annotations

from collections.abc import Callable

from gigaplan.report.workbook.formulas import Formula, formula
from gigaplan.report.workbook.functions import either, how_long, item
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Unit

ByYear = Callable[[int], Formula]


def by_year(block: Block, given: Given, key: str, label: str, years: int) -> ByYear:
    """Return the rate of each year; a curve gets a line of its own, and keeps its last number.

    Without the field there is no rate: zero.
    """
    curve = given.column(key, 1)
    if curve is None:
        return lambda t: given[key] if given.has(key) else formula(0)
    last = how_long(curve)
    line = block.line(label, Unit.RATE)
    line.fill(
        range(1, years + 1),
        lambda t: item(curve, either(block.year[t] > last, last, block.year[t])),
    )
    return line.__getitem__
