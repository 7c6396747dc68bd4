"""Equity first: the size of a construction loan that is drawn when equity is spent."""

from __future__ import annotations

from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.functions import both, either, most
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Unit


def loan_after_equity(block: Block, given: Given, capex: Line, months: int) -> Formula:
    r"""Return the loan D whose last balance is D itself.

    If equity E = D (1 - g) / g is spent in month k, the balance at the opening is a straight line
    in D, and the loan that it gives is

    .. math::

        D_k = \frac{q^{n-k} \sum_{j \le k} X_j + \sum_{j > k} q^{n-j} X_j}
                   {1 - q^{n-k} (f + k \tfrac{c}{12} - \tfrac{1-g}{g})
                      - \tfrac{c}{12} \sum_{j > k} q^{n-j}},
        \qquad q = 1 + \tfrac{i - c}{12}

    The month is the one in which D_k does spend its equity: uses before it are at most E, and uses
    up to it are at least E.
    """
    share, fee = given["construction.debt_share_frac"], given["construction.commitment_fee_frac"]
    upfront = given["construction.upfront_fee_frac"]
    growth = block.value(
        "Growth of a balance in a month",
        Unit.FACTOR,
        1 + (given["construction.interest_frac"] - fee) / 12,
    )
    ratio = block.value(
        "Equity per dollar of loan", Unit.FACTOR, either(share > 0, (1 - share) / share, 0.0)
    )
    grown = block.line("Growth from the month to the opening", Unit.FACTOR)
    after = block.line("Later capex, grown to the opening")
    fees = block.line("Later months, grown to the opening", Unit.FACTOR)
    for month in range(months, -1, -1):
        if month == months:
            grown[month] = growth**0
            continue
        grown[month] = grown[month + 1] * growth
        after[month] = after[month + 1] + grown[month + 1] * capex[month + 1]
        fees[month] = fees[month + 1] + grown[month + 1]
    spent = block.line("Capex so far")
    per_loan = block.line("Fees so far per dollar of loan", Unit.FACTOR)
    found = block.line("Loan, if equity is spent in this month")
    for month in range(months + 1):
        if month == 0:
            per_loan[0] = upfront
        else:
            spent[month] = spent[month - 1] + capex[month]
            per_loan[month] = per_loan[month - 1] + fee / 12
        above = grown[month] * spent[month] + after[month]
        below = 1 - grown[month] * (per_loan[month] - ratio) - fee / 12 * fees[month]
        found[month] = either(below > 0, above / below, -1.0)
    fits = block.line("The same, where it does")
    for month in range(months + 1):
        equity = ratio * found[month]
        slack = 1e-9 * found[month]
        tests = [
            found[month] >= 0,
            equity <= spent[month] + per_loan[month] * found[month] + slack,
        ]
        if month:
            before = spent[month - 1] + per_loan[month - 1] * found[month]
            tests.append(before <= equity + slack)
        fits[month] = either(both(*tests), found[month], 0.0)
    return either(share > 0, most(fits.span(0, months)), 0.0)
