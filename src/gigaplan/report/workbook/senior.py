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
    """

    balance: Line
    interest: Line
    principal: Line
    due: Line


def add_senior(
    block: Block, closed: Closed, given: Given, run: Operations, owed: Owed, rate: ByYear
) -> Senior:
    """Add the payments of a loan."""
    ledger, every = closed.pro_forma.ledger, range(1, run.years + 1)
    balance, scheduled = owed.balance, None
    if given.has("debt.sweep_frac"):
        scheduled = block.line("Service as scheduled")
        scheduled.fill(
            every,
            lambda t: owed.balance[t - 1] * (1 + rate(t)) - owed.balance[t],
        )
        balance = block.line(
            "Owed at the end of the year",
            ledger=ledger["debt_balance_usd_nominal"][0],
            style=Style.TOTAL,
        )
        balance[0] = owed.size
        for t in every:
            balance[t] = _after_sweep(block, given, run, scheduled, balance, rate(t), t)
    interest = block.line("Interest", ledger=ledger["interest_usd_nominal"][0])
    interest.fill(every, lambda t: -(rate(t) * balance[t - 1]))
    principal = block.line("Principal", ledger=ledger["principal_usd_nominal"][0])
    principal.fill(every, lambda t: balance[t] - balance[t - 1])
    due = block.line("Debt service due")
    if scheduled is None:
        due.fill(every, lambda t: -(interest[t] + principal[t]))
        return Senior(balance, interest, principal, due)
    due.fill(every, lambda t: least(scheduled[t], balance[t - 1] - interest[t]))
    swept = block.line(
        "Swept, part of principal", ledger=ledger.get("swept_usd_nominal", [None])[0]
    )
    swept.fill(every, lambda t: -most(-(interest[t] + principal[t]) - due[t], 0))
    return Senior(balance, interest, principal, due)


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
