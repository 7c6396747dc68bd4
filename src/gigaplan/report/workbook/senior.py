"""Senior loan as it is paid: interest and principal, and what is swept early."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.functions import either, least, most
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style
from gigaplan.report.workbook.operations import Operations
from gigaplan.report.workbook.rates import ByYear
from gigaplan.report.workbook.term_loan import Owed


@dataclass(frozen=True)
class Senior:
    """The loan as paid.

    Parameters
    ----------
    balance
        Owed at the ends of years 0, 1, ... [USD].
    interest, principal
        Paid, below zero [USD].
    due
        Interest and scheduled principal, above zero: what cover and reserve are about [USD].
    swept
        Paid early, below zero; None without a sweep [USD].
    renewed
        New loan drawn, old one repaid, and the fee; empty without refinancing [USD].
    fee_deducted
        Part of that fee that lowers income, below zero; None without [USD].
    """

    balance: Line
    interest: Line
    principal: Line
    due: Line
    swept: Line | None = None
    renewed: tuple[Line, ...] = ()
    fee_deducted: Line | None = None


def add_senior(
    block: Block, closed: Closed, given: Given, run: Operations, owed: Owed, rate: ByYear
) -> Senior:
    """Add the payments of a loan; one that is refinanced is followed as if it were not."""
    every = range(1, run.years + 1)
    renewed = closed.deal.project.refinancing is not None
    ledger = {} if renewed else closed.pro_forma.ledger
    name = "Old loan: " if renewed else ""

    def line(label: str, key: str, style: Style = Style.NUMBER) -> Line:
        told = ledger.get(f"{key}_usd_nominal", [None])[0]
        return block.line(f"{name}{label}".capitalize(), ledger=told, style=style)

    balance, scheduled = owed.balance, None
    if given.has("debt.sweep_frac"):
        scheduled = block.line("Service as scheduled")
        scheduled.fill(
            every,
            lambda t: owed.balance[t - 1] * (1 + rate(t)) - owed.balance[t],
        )
        balance = line("owed at the end of the year", "debt_balance", Style.TOTAL)
        balance[0] = owed.size
        for t in every:
            balance[t] = _after_sweep(block, given, run, scheduled, balance, rate(t), t)
    interest = line("interest", "interest")
    interest.fill(every, lambda t: -(rate(t) * balance[t - 1]))
    principal = line("principal", "principal")
    principal.fill(every, lambda t: balance[t] - balance[t - 1])
    due = block.line(f"{name}debt service due".capitalize())
    if scheduled is None:
        due.fill(every, lambda t: -(interest[t] + principal[t]))
        return Senior(balance, interest, principal, due)
    due.fill(every, lambda t: least(scheduled[t], balance[t - 1] - interest[t]))
    swept = line("swept, part of principal", "swept")
    swept.fill(every, lambda t: -most(-(interest[t] + principal[t]) - due[t], 0))
    return Senior(balance, interest, principal, due, swept)


def _after_sweep(
    block: Block,
    given: Given,
    run: Operations,
    scheduled: Line,
    balance: Line,
    rate: Formula,
    t: int,
) -> Formula:
    """Return what is owed after scheduled principal and a share of the cash that is left."""
    sweep, first = given["debt.sweep_frac"], given["debt.sweep_from_year"]
    share = either(block.year[t] >= first, sweep, 0)
    planned = most(scheduled[t] - rate * balance[t - 1], 0)
    spare = most(run.cash[t] - scheduled[t], 0)
    return most(balance[t - 1] - planned - share * spare, 0)
