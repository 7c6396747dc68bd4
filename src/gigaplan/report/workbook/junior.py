"""Junior money: trapped cash, mezzanine and preferred equity, paid in this order before owners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.covenants import add_covenants
from gigaplan.report.workbook.debt import Debt
from gigaplan.report.workbook.formulas import Formula, equal, formula
from gigaplan.report.workbook.functions import either, least, most
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style


@dataclass(frozen=True)
class Account:
    """One kind of junior money.

    Parameters
    ----------
    size
        Paid in at close [USD].
    cash_rate, accruing_rate
        Rates due in cash and added to the balance [frac/yr].
    part
        Part of the balance that is due in a year [frac].
    opening, interest, principal, accrued, balance
        Owed at the start of the year; paid, below zero; added; owed at its end [USD].
    """

    size: Formula
    cash_rate: Formula
    accruing_rate: Formula
    part: Callable[[int], Formula]
    opening: Line
    interest: Line
    principal: Line
    accrued: Line
    balance: Line

    def write(self, period: int, there: Formula) -> Formula:
        """Pay a year from the cash there is; return the cash that is left."""
        owed, cash = self.opening[period], most(there, 0)
        due = self.cash_rate * owed
        self.interest[period] = -least(due, cash)
        paid = self.interest[period]
        self.accrued[period] = self.accruing_rate * owed + due + paid
        balance = owed + self.accrued[period]
        self.principal[period] = -least(balance * self.part(period), cash + paid)
        self.balance[period] = balance + self.principal[period]
        return there + paid + self.principal[period]


@dataclass(frozen=True)
class Junior:
    """Junior money of one deal, written year by year.

    Parameters
    ----------
    locked
        Flag of the years in which cash is trapped; None without covenants.
    available, trapped, rest
        Cash after the senior loan and tax; held back at the end of the year; left for junior
        lenders and owners [USD].
    mezzanine, preferred
        The accounts; None without.
    """

    block: Block
    life: Formula
    locked: Line | None
    available: Line
    trapped: Line | None
    rest: Line
    mezzanine: Account | None
    preferred: Account | None

    @property
    def accounts(self) -> list[Account]:
        """Accounts in the order in which they are paid."""
        return [each for each in (self.mezzanine, self.preferred) if each is not None]

    def open(self, period: int) -> Formula | None:
        """Write what is owed at the start of a year; return the interest that lowers income."""
        for each in self.accounts:
            if period == 1:
                each.opening[1] = each.balance[0]
            else:
                ended = self.block.year[period - 1] >= self.life
                each.opening[period] = either(ended, 0, each.balance[period - 1])
        if self.mezzanine is None:
            return None
        rates = self.mezzanine.cash_rate + self.mezzanine.accruing_rate
        return rates * self.mezzanine.opening[period]

    def write(self, period: int, available: Formula) -> None:
        """Share out the cash of a year."""
        self.available[period] = available
        here = self.available[period]
        if self.trapped is not None and self.locked is not None:
            there = self.trapped[period - 1] + here
            self.trapped[period] = either(equal(self.locked[period], 1), most(there, 0), 0)
            here = there - self.trapped[period]
        self.rest[period] = here
        left = self.rest[period]
        for each in self.accounts:
            left = each.write(period, left)


def add_junior(block: Block | None, closed: Closed, given: Given, debt: Debt) -> Junior | None:
    """Declare the junior money of one deal; None without."""
    project, ledger = closed.deal.project, closed.pro_forma.ledger
    terms = (project.covenants, project.mezzanine, project.preferred)
    if block is None or terms == (None, None, None):
        return None
    life, year = given["plant.life_years"], block.year
    left = most(debt.uses - debt.owed.size, 0)
    locked = add_covenants(block, closed, given, debt) if project.covenants else None
    available = block.line("Cash after the senior loan and tax")
    trapped = None
    if project.covenants:
        told = ledger["trapped_balance_usd_nominal"][0]
        trapped = block.line("Trapped at the end of the year", ledger=told)
    rest = block.line("Cash for junior lenders and owners", style=Style.TOTAL)
    mezzanine = preferred = None
    if project.mezzanine:
        tenor = given["mezzanine.tenor_years"]

        def part(t: int) -> Formula:
            return either(year[t] >= life, 1, 1 / most(tenor - year[t] + 1, 1))

        mezzanine = _account(
            block,
            closed,
            ("mezzanine", "interest", "principal"),
            least(given["mezzanine.share_frac"] * debt.uses, left),
            (given["mezzanine.cash_interest_frac"], given["mezzanine.pik_interest_frac"]),
            part,
        )
    if project.preferred:
        redemption = given["preferred.redemption_year"]

        def redeemed(t: int) -> Formula:
            return either(year[t] >= least(life, redemption), 1, 0)

        before = left - mezzanine.size if mezzanine else left
        preferred = _account(
            block,
            closed,
            ("preferred", "return", "redemption"),
            given["preferred.share_frac"] * before,
            (given["preferred.return_frac"], formula(0)),
            redeemed,
        )
    return Junior(block, life, locked, available, trapped, rest, mezzanine, preferred)


def _account(
    block: Block,
    closed: Closed,
    names: tuple[str, str, str],
    size: Formula,
    rates: tuple[Formula, Formula],
    part: Callable[[int], Formula],
) -> Account:
    """Declare the lines of one account."""
    name, interest, principal = names
    ledger, shown = closed.pro_forma.ledger, name.capitalize()

    def line(label: str, key: str, style: Style = Style.NUMBER) -> Line:
        told = ledger[f"{name}_{key}_usd_nominal"][0]
        return block.line(f"{shown}: {label}", ledger=told, style=style)

    drawn = line("paid in", "drawn")
    drawn[0] = size
    account = Account(
        drawn[0],
        *rates,
        part,
        block.line(f"{shown}: owed at the start of the year"),
        line(interest, interest),
        line(principal, principal),
        line("added to the balance", "accrued"),
        line("owed at the end of the year", "balance", Style.TOTAL),
    )
    account.balance[0] = drawn[0]
    return account
