"""Refinancing: a new loan that repays the old one, sculpted on the cash that remains."""

from __future__ import annotations

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.formulas import Formula, equal
from gigaplan.report.workbook.functions import (
    both,
    either,
    is_number,
    item,
    least,
    most,
    total,
)
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style, Unit
from gigaplan.report.workbook.operations import Operations
from gigaplan.report.workbook.rates import ByYear, by_year
from gigaplan.report.workbook.senior import Senior


def refinanced(
    block: Block,
    closed: Closed,
    given: Given,
    run: Operations,
    old: Senior,
    rate: ByYear,
    uses: Formula,
) -> Senior:
    """Add the new loan of one deal; return the loan as paid, of the old one and then the new."""
    ledger, year = closed.pro_forma.ledger, block.year
    every, years = range(run.years + 1), range(1, run.years + 1)
    start, tenor = given["refinancing.year"], given["refinancing.tenor_years"]
    new_rate = by_year(
        block, given, "refinancing.interest_frac", "Interest of the new loan", run.years
    )
    owed = _owed(block, given, run, new_rate)
    able = block.value(
        "New loan that cash allows", Unit.USD, item(owed.span(0, run.years), start + 1)
    )
    share = given["refinancing.most_share_frac"]
    size = block.value(
        "New loan",
        Unit.USD,
        either(is_number(share), least(able, share * uses), able),
        float(closed.pro_forma.metrics["refinancing_loan_usd_nominal"][0]),
    )
    scale = block.value(
        "New loan, of what cash allows", Unit.FACTOR, either(able > 0, size / able, 0)
    )

    def line(label: str, key: str, style: Style = Style.NUMBER) -> Line:
        return block.line(label, ledger=ledger[f"{key}_usd_nominal"][0], style=style)

    balance = line("Owed at the end of the year", "debt_balance", Style.TOTAL)
    balance.fill(every, lambda t: either(year[t] < start, old.balance[t], owed[t] * scale))
    interest = line("Interest", "interest")
    principal = line("Principal", "principal")
    due = block.line("Debt service due")
    swept = line("Swept, part of principal", "swept") if "swept_usd_nominal" in ledger else None
    for t in years:
        before = year[t] <= start
        interest[t] = -(either(before, rate(t), new_rate(t)) * balance[t - 1])
        principal[t] = either(before, old.principal[t], balance[t] - balance[t - 1])
        due[t] = either(before, old.due[t], -(interest[t] + principal[t]))
        if swept is not None and old.swept is not None:
            swept[t] = either(before, old.swept[t], 0)
    drawn, repaid = (
        line("New loan drawn", "refinancing_drawn"),
        line("Old loan repaid", "refinancing_repaid"),
    )
    fee, deducted = line("Fee of the new loan", "refinancing_fee"), block.line("Fee deducted")
    for t in years:
        now = equal(year[t], start)
        drawn[t] = either(now, size, 0)
        repaid[t] = -either(now, old.balance[t], 0)
        fee[t] = -(given["refinancing.fee_frac"] * drawn[t])
    for t in years:
        within = both(year[t] > start, year[t] <= start + tenor)
        deducted[t] = either(within, total(fee.span(1, run.years)) / tenor, 0)
    return Senior(balance, interest, principal, due, swept, (drawn, repaid, fee), deducted)


def _owed(block: Block, given: Given, run: Operations, rate: ByYear) -> Line:
    """Add what the new loan may be, at the end of each year from its first on."""
    year, every = block.year, range(run.years + 1)
    start, tenor = given["refinancing.year"], given["refinancing.tenor_years"]
    service = block.line("New loan: service that cash allows")
    service.fill(every[1:], lambda t: most(run.cash[t], 0) / given["refinancing.dscr"])
    able = block.line("New loan: debt that later service repays")
    for t in reversed(every):
        # The year after the last column is empty, and never within the loan.
        interest = rate(min(t + 1, every[-1]))
        worth = (able[t + 1] + service[t + 1]) / (1 + interest)
        worth = either(interest > 0, least(worth, service[t + 1] / interest), worth)
        able[t] = either(both(year[t] >= start, year[t] < start + tenor), worth, 0)
    owed = block.line("New loan: the same, never growing")
    for t in every:
        following = least(owed[t - 1], able[t]) if t else able[0]
        owed[t] = either(year[t] <= start, able[t], following)
    return owed
