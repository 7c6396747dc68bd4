"""Term loan: its size in the uses that it helps to pay, and what is owed at each year's end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.construction import Construction
from gigaplan.report.workbook.formulas import Formula, equal, formula
from gigaplan.report.workbook.functions import either, level_payment, most, total
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style, Unit
from gigaplan.report.workbook.operations import Operations
from gigaplan.report.workbook.rates import ByYear
from gigaplan.report.workbook.sculpted import add_sculpted


@dataclass(frozen=True)
class Owed:
    """A loan and the uses that it helps to pay.

    Parameters
    ----------
    size
        The loan [USD].
    balance
        Owed at the ends of years 0, 1, ... [USD].
    fixed
        Uses that do not depend on the loan [USD].
    cases
        Cash of each sizing case, by name [USD].
    """

    size: Formula
    balance: Line
    fixed: Formula
    cases: dict[str, Line] = field(default_factory=dict)


def add_term_loan(
    block: Block,
    closed: Closed,
    given: Given,
    built: Construction,
    run: Operations,
    working: Line,
    rate: ByYear,
) -> Owed:
    """Add the loan of one deal, by the way its size is found."""
    fixed = block.value(
        "Uses without the loan's own fee and reserve",
        Unit.USD,
        built.capex + built.financing + given["debt.closing_cost_usd_nominal"] + working[0],
    )
    debt = closed.deal.project.debt
    sizing = debt.sizing
    told = float(closed.pro_forma.metrics["debt_usd_nominal"][0])
    ledger = closed.pro_forma.ledger["debt_balance_usd_nominal"][0]
    every = range(run.years + 1)
    as_scheduled = not np.any(np.asarray(debt.sweep_frac) > 0)
    as_scheduled = as_scheduled and closed.deal.project.refinancing is None

    def size_of(content: Formula) -> Formula:
        return block.value("Term loan", Unit.USD, content, told)

    def balances() -> Line:
        if as_scheduled:
            return block.line("Owed at the end of the year", ledger=ledger, style=Style.TOTAL)
        return block.line("Owed as scheduled")

    if sizing == "none":
        size = size_of(formula(0) * fixed)
        return Owed(size, balances().fill(every, lambda t: size), fixed)
    if sizing == "given":
        owed = [given[f"balance[{t}]"] for t in range(len(ledger))]
        size = size_of(owed[0])
        return Owed(size, balances().fill(range(len(owed)), lambda t: owed[t]), fixed)
    if sizing == "share":
        return _by_share(block, closed, given, run, rate, fixed, size_of, balances)
    found = add_sculpted(block, closed, given, run, rate, fixed)
    size = size_of(found.owed[0] * found.scale)
    balance = balances().fill(every, lambda t: found.owed[t] * found.scale)
    return Owed(size, balance, fixed, found.cases)


def _by_share(
    block: Block,
    closed: Closed,
    given: Given,
    run: Operations,
    rate: ByYear,
    fixed: Formula,
    size_of: Callable[[Formula], Formula],
    balances: Callable[[], Line],
) -> Owed:
    """Size a loan by its share of all uses, its own fee and reserve among them."""
    debt, year = closed.deal.project.debt, block.year
    tenor, level = given["debt.tenor_years"], debt.repayment == "level_payment"
    every = range(1, run.years + 1)
    if level:
        unit = block.value(
            "Yearly payment per dollar", Unit.FACTOR, _payment(block, given, every, rate)
        )
    else:
        unit = rate(1) + 1 / tenor
    held = block.value(
        "Reserve per dollar of loan",
        Unit.FACTOR,
        given["reserves.debt_service_months"] / 12 * unit,
    )
    share, fee = given["debt.share_frac"], given["debt.upfront_fee_frac"]
    if debt.fee_once:
        with_fee = block.value("Share with its fee", Unit.FACTOR, share * (1 + share * fee))
        size = size_of(with_fee * fixed / (1 - with_fee * held))
    else:
        size = size_of(share * fixed / (1 - share * (fee + held)))
    balance = balances()
    if not level:
        balance.fill(range(run.years + 1), lambda t: size * most(1 - year[t] / tenor, 0))
        return Owed(size, balance, fixed)
    balance[0] = size
    for t in every:
        left = balance[t - 1] * (1 + rate(t)) - size * unit
        balance[t] = either(year[t] < tenor, left, 0)
    return Owed(size, balance, fixed)


def _payment(block: Block, given: Given, every: range, rate: ByYear) -> Formula:
    """Return the equal yearly payment that repays one dollar."""
    tenor, year = given["debt.tenor_years"], block.year
    if given.column("debt.interest_frac", 1) is None:
        return level_payment(rate(1), tenor, formula(1))
    worth = block.line("Worth of a dollar of payment", Unit.FACTOR)
    worth.fill(every, lambda t: either(equal(year[t], 1), 1, worth[t - 1]) / (1 + rate(t)))
    paid = block.line("The same, within the loan", Unit.FACTOR)
    paid.fill(every, lambda t: either(year[t] <= tenor, worth[t], 0))
    return 1 / total(paid.span(1, every[-1]))
