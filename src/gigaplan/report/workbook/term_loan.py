"""Term loan: its size in the uses that it helps to pay, and what is owed at each year's end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.construction import Construction
from gigaplan.report.workbook.formulas import Formula, formula
from gigaplan.report.workbook.functions import (
    either,
    is_number,
    least,
    level_payment,
    most,
)
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style, Unit
from gigaplan.report.workbook.operations import Operations


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
    """

    size: Formula
    balance: Line
    fixed: Formula


def add_term_loan(
    block: Block,
    closed: Closed,
    given: Given,
    built: Construction,
    run: Operations,
    working: Line,
) -> Owed:
    """Add the loan of one deal, by the way its size is found."""
    fixed = block.value(
        "Uses without the loan's own fee and reserve",
        Unit.USD,
        built.capex
        + built.interest
        + built.commitment_fee
        + built.upfront_fee
        + given["debt.closing_cost_usd_nominal"]
        + working[0],
    )
    sizing = closed.deal.project.debt.sizing
    told = float(closed.pro_forma.metrics["debt_usd_nominal"][0])
    ledger = closed.pro_forma.ledger["debt_balance_usd_nominal"][0]
    every = range(run.years + 1)

    def size_of(content: Formula) -> Formula:
        return block.value("Term loan", Unit.USD, content, told)

    def balances() -> Line:
        return block.line("Owed at the end of the year", ledger=ledger, style=Style.TOTAL)

    if sizing == "none":
        size = size_of(formula(0) * fixed)
        return Owed(size, balances().fill(every, lambda t: size), fixed)
    if sizing == "given":
        owed = [given[f"balance[{t}]"] for t in range(len(ledger))]
        size = size_of(owed[0])
        return Owed(size, balances().fill(range(len(owed)), lambda t: owed[t]), fixed)
    if sizing == "share":
        return _by_share(block, closed, given, run, fixed, size_of, balances)
    return _sculpted(block, closed, given, run, fixed, size_of, balances)


def _by_share(
    block: Block,
    closed: Closed,
    given: Given,
    run: Operations,
    fixed: Formula,
    size_of: Callable[[Formula], Formula],
    balances: Callable[[], Line],
) -> Owed:
    """Size a loan by its share of all uses, its own fee and reserve among them."""
    debt = closed.deal.project.debt
    rate, tenor = given["debt.interest_frac"], given["debt.tenor_years"]
    level = debt.repayment == "level_payment"
    first = level_payment(rate, tenor, formula(1)) if level else rate + 1 / tenor
    held = block.value(
        "Reserve per dollar of loan",
        Unit.FACTOR,
        given["reserves.debt_service_months"] / 12 * first,
    )
    share, fee = given["debt.share_frac"], given["debt.upfront_fee_frac"]
    if debt.fee_once:
        with_fee = block.value("Share with its fee", Unit.FACTOR, share * (1 + share * fee))
        size = size_of(with_fee * fixed / (1 - with_fee * held))
    else:
        size = size_of(share * fixed / (1 - share * (fee + held)))
    every = range(1, run.years + 1)
    if level:
        paid = block.value("Yearly payment", Unit.USD, level_payment(rate, tenor, size))
        balance = balances()
        balance[0] = size
        year = block.year
        balance.fill(
            every, lambda t: either(year[t] < tenor, balance[t - 1] * (1 + rate) - paid, 0)
        )
        return Owed(size, balance, fixed)
    balance = balances()
    balance.fill(range(run.years + 1), lambda t: size * most(1 - block.year[t] / tenor, 0))
    return Owed(size, balance, fixed)


def _sculpted(
    block: Block,
    closed: Closed,
    given: Given,
    run: Operations,
    fixed: Formula,
    size_of: Callable[[Formula], Formula],
    balances: Callable[[], Line],
) -> Owed:
    """Size a loan by what cash can serve, year by year from the last one backwards."""
    grows = closed.deal.project.debt.negative_amortisation
    rate, tenor = given["debt.interest_frac"], given["debt.tenor_years"]
    year, every = block.year, range(run.years + 1)
    service = block.line("Service that cash allows")
    service.fill(
        every[1:],
        lambda t: (run.cash[t] if grows else most(run.cash[t], 0)) / given["debt.dscr"],
    )
    able = block.line("Debt that later service repays")
    for t in reversed(every):
        worth = (able[t + 1] + service[t + 1]) / (1 + rate)
        if not grows:
            worth = either(rate > 0, least(worth, service[t + 1] / rate), worth)
        able[t] = either(year[t] < tenor, worth, 0)
    owed = able
    if not grows:
        owed = block.line("The same, never growing")
        owed.fill(every, lambda t: least(owed[t - 1], able[t]) if t else able[0])
    first = block.value(
        "Service of year 1 per dollar of loan",
        Unit.FACTOR,
        either(owed[0] > 0, (owed[0] * (1 + rate) - owed[1]) / owed[0], 0),
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
    size = size_of(owed[0] * scale)
    return Owed(size, balances().fill(every, lambda t: owed[t] * scale), fixed)
