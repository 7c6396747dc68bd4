"""Construction: what each month costs, who pays it, and the loan with its own interest in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.equity_first import loan_after_equity
from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.functions import either, months_later, most, total
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style, Unit


@dataclass(frozen=True)
class Construction:
    """Cells of construction that other sheets use.

    Parameters
    ----------
    months
        Number of months; the last one is the opening.
    dates, uses, debt, equity, balance, interest, commitment_fee, upfront
        Lines by month; month 0 is close.
    capex, financing
        Sum of capex, and of interest and fees [USD].
    loan
        Size of the loan [USD].
    """

    months: int
    dates: Line
    uses: Line
    debt: Line
    equity: Line
    balance: Line
    interest: Line
    commitment_fee: Line
    upfront: Line
    capex: Formula
    financing: Formula
    loan: Formula


def add_construction(block: Block, closed: Closed, given: Given) -> Construction:
    """Add the months of one deal.

    The size of the loan is found without a loop: pro rata, uses are a straight line in it, which
    two lines of balances give; :func:`loan_after_equity` says how with equity first.
    """
    ledger = closed.construction
    months = len(closed.deal.capex_usd_nominal)
    every, later = range(months + 1), range(1, months + 1)
    dates = block.line("Month", Unit.DATE)
    dates.fill(every, lambda m: months_later(given["opens"], m - months))
    spent = np.concatenate([[0.0], closed.deal.capex_usd_nominal])
    capex = block.line("Capex", ledger=spent)
    capex.fill(later, lambda m: given[f"capex[{m}]"])
    capex_sum = block.value("Capex in all", Unit.USD, total(capex.span(1, months)))
    first = closed.deal.construction.draw_order == "equity_first"
    share_of = _share(given)
    if not first:
        size = _loan_pro_rata(block, given, capex, months, share_of)
    else:
        size = loan_after_equity(block, given, capex, months)
    loan = block.value("Construction loan", Unit.USD, size, ledger.loan_usd_nominal)

    interest = block.line("Interest, added to uses", ledger=ledger.interest_usd_nominal)
    fee = block.line("Fee on what is not drawn", ledger=ledger.commitment_fee_usd_nominal)
    upfront = block.line("Fee at close")
    uses = block.line("Uses", ledger=ledger.uses_usd_nominal, style=Style.TOTAL)
    debt = block.line("Paid by the loan", ledger=ledger.debt_usd_nominal)
    equity = block.line("Paid by owners", ledger=ledger.equity_usd_nominal)
    balance = block.line(
        "Owed at the end of the month", ledger=ledger.balance_usd_nominal, style=Style.TOTAL
    )
    so_far = block.line("Uses before the month")
    promised = loan
    if first:
        share = share_of(0)
        owed = loan * (1 - share) / share
        promised = block.value(
            "Equity, paid first", Unit.USD, either(share > 0, owed, 2 * capex_sum)
        )
    upfront[0] = given["construction.upfront_fee_frac"] * loan
    for month in every:
        if month:
            interest[month] = balance[month - 1] * given["construction.interest_frac"] / 12
            undrawn = loan - balance[month - 1]
            fee[month] = undrawn * given["construction.commitment_fee_frac"] / 12
            so_far[month] = so_far[month - 1] + uses[month - 1]
        parts = (capex[month], interest[month], fee[month], upfront[month])
        uses[month] = parts[0] + parts[1] + parts[2] + parts[3]
        if first:
            debt[month] = most(uses[month] - most(promised - so_far[month], 0.0), 0.0)
        else:
            debt[month] = share_of(month) * uses[month]
        equity[month] = uses[month] - debt[month]
        balance[month] = balance[month - 1] + debt[month] if month else debt[0]
    financing = total(*(line.span(0, months) for line in (interest, fee, upfront)))
    return Construction(
        months,
        dates,
        uses,
        debt,
        equity,
        balance,
        interest,
        fee,
        upfront,
        capex_sum,
        block.value("Interest and fees in all", Unit.USD, financing),
        loan,
    )


def _share(given: Given) -> Callable[[int], Formula]:
    """Return the share of uses that the loan pays, of close and of each month."""
    if given.has("construction.debt_share_frac"):
        return lambda month: given["construction.debt_share_frac"]
    return lambda month: given[f"construction.monthly_debt_share_frac[{month}]"]


def _loan_pro_rata(
    block: Block, given: Given, capex: Line, months: int, share_of: Callable[[int], Formula]
) -> Formula:
    """Return D = P(0) / (1 - p): what debt pays without fees of its size, and p of each dollar."""
    rate, fee = given["construction.interest_frac"], given["construction.commitment_fee_frac"]
    uses = block.line("Uses, if the loan had no fees of its own size")
    owed = block.line("Owed then")
    more = block.line("Uses that each dollar of loan adds", Unit.FACTOR)
    owed_more = block.line("Owed by it", Unit.FACTOR)
    for month in range(months + 1):
        if month == 0:
            more[0] = given["construction.upfront_fee_frac"]
            owed_more[0] = share_of(0) * more[0]
            continue
        uses[month] = capex[month] + (rate - fee) / 12 * owed[month - 1]
        owed[month] = owed[month - 1] + share_of(month) * uses[month]
        more[month] = (rate - fee) / 12 * owed_more[month - 1] + fee / 12
        owed_more[month] = owed_more[month - 1] + share_of(month) * more[month]
    return owed[months] / (1 - owed_more[months])
