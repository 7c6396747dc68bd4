"""Covenants: yearly tests of the cover, and the years in which cash is trapped."""

from __future__ import annotations

from gigaplan.finance.covenants import HAIR_FRAC
from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.debt import Debt
from gigaplan.report.workbook.formulas import Formula, equal
from gigaplan.report.workbook.functions import either, is_number
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Unit

# A loan is repaid when no more than this share of it is left, as in the pro forma.
REPAID_FRAC = 1e-9


def add_covenants(block: Block, closed: Closed, given: Given, debt: Debt) -> Line:
    """Add the tests of one deal; return the flag of the years under lock-up."""
    ledger, every = closed.pro_forma.ledger, range(1, max(debt.cover.cells) + 1)
    enough = given["covenants.clean_tests_to_release"]

    def below(t: int, key: str) -> Formula:
        bound = given[key] * (1 - HAIR_FRAC)
        return either(is_number(debt.cover[t]), either(debt.cover[t] < bound, 1, 0), 0)

    breached = block.line("Cover is below that of lock-up", Unit.YES)
    breached.fill(every, lambda t: below(t, "covenants.lock_up_dscr"))
    clean = block.line("Clean tests in a row", Unit.COUNT)
    clean[0] = enough
    for t in every:
        tested = either(is_number(debt.cover[t]), 1, 0)
        following = either(equal(breached[t], 1), 0, clean[t - 1] + tested)
        ended = debt.senior.balance[t] <= REPAID_FRAC * debt.owed.size
        following = either(ended, enough, following)
        if given.has("refinancing.year"):
            replaced = equal(block.year[t], given["refinancing.year"])
            following = either(replaced, enough, following)
        clean[t] = following
    locked = block.line("Cash is trapped", Unit.YES, ledger["lock_up_flag"][0])
    locked.fill(every, lambda t: either(clean[t] < enough, 1, 0))
    default = block.line("Year of default", Unit.YES, ledger["default_flag"][0])
    default.fill(every, lambda t: below(t, "covenants.default_dscr"))
    return locked
