"""Sculpted loan: what cash can serve, year by year from the last one backwards."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.functions import (
    either,
    how_long,
    is_number,
    item,
    least,
    most,
)
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Unit
from gigaplan.report.workbook.operations import Operations
from gigaplan.report.workbook.rates import ByYear


@dataclass(frozen=True)
class Sculpted:
    """A sculpted loan before it has lines of its own.

    Parameters
    ----------
    owed
        What cash can repay, by year [USD].
    scale
        Part of it that is lent.
    cases
        Cash of each sizing case, by name [USD].
    """

    owed: Line
    scale: Formula
    cases: dict[str, Line]


def add_sculpted(
    block: Block, closed: Closed, given: Given, run: Operations, rate: ByYear, fixed: Formula
) -> Sculpted:
    """Add the largest loan that the cover ratio, or those of all cases, allow."""
    debt = closed.deal.project.debt
    cases = {}
    if debt.cases:
        found = []
        for place, case in enumerate(debt.cases):
            cases[case.name] = _cash_of_case(block, given, run, place, case.name)
            ratio, name = given[f"cases[{place}].dscr"], f"{case.name}: "
            found.append(_owed(block, given, cases[case.name], ratio, rate, name, grows=False))
        owed = block.line("Least of the cases")
        owed.fill(range(run.years + 1), lambda t: least(*(line[t] for line in found)))
    else:
        grows = debt.negative_amortisation
        owed = _owed(block, given, run.cash, given["debt.dscr"], rate, "", grows=grows)
    first = block.value(
        "Service of year 1 per dollar of loan",
        Unit.FACTOR,
        either(owed[0] > 0, (owed[0] * (1 + rate(1)) - owed[1]) / owed[0], 0),
    )
    cap, fee = given["debt.most_share_frac"], given["debt.upfront_fee_frac"]
    held = given["reserves.debt_service_months"] / 12 * first
    limit = block.value(
        "Most that it may be",
        Unit.USD,
        either(is_number(cap), cap * fixed / (1 - cap * (fee + held)), owed[0]),
    )
    scale = block.value(
        "Scaled down to it by", Unit.FACTOR, either(owed[0] > limit, limit / owed[0], 1)
    )
    return Sculpted(owed, scale, cases)


def _owed(
    block: Block,
    given: Given,
    cash: Line,
    ratio: Formula,
    rate: ByYear,
    name: str,
    *,
    grows: bool,
) -> Line:
    """Add what later cash can repay, at the end of each year."""
    tenor, year = given["debt.tenor_years"], block.year
    every = range(max(cash.cells) + 1)
    service = block.line(f"{name}Service that cash allows")
    service.fill(every[1:], lambda t: (cash[t] if grows else most(cash[t], 0)) / ratio)
    able = block.line(f"{name}Debt that later service repays")
    for t in reversed(every):
        # The year after the last column is empty, and never within the loan.
        interest = rate(min(t + 1, every[-1]))
        worth = (able[t + 1] + service[t + 1]) / (1 + interest)
        if not grows:
            worth = either(interest > 0, least(worth, service[t + 1] / interest), worth)
        able[t] = either(year[t] < tenor, worth, 0)
    if grows:
        return able
    owed = block.line(f"{name}The same, never growing")
    return owed.fill(every, lambda t: least(owed[t - 1], able[t]) if t else able[0])


def _cash_of_case(block: Block, given: Given, run: Operations, place: int, name: str) -> Line:
    """Add the cash of a case: energy and price of the project, times the factors of the case."""
    year, path = block.year, f"cases[{place}]"

    def factor(kind: str, t: int) -> Formula:
        column = given.column(f"{path}.{kind}", 1)
        if column is None:
            return given[f"{path}.{kind}"]
        last = how_long(column)
        return item(column, either(year[t] > last, last, year[t]))

    line = block.line(f"{name}: cash available for debt service")
    for t in range(1, run.years + 1):
        energy, price = factor("energy_factor", t), factor("price_factor", t)
        more = run.revenue[t] * (energy * price - 1) + run.upkeep_by_energy[t] * (energy - 1)
        line[t] = run.cash[t] + more
    return line
