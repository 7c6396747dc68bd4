"""Tiers of a waterfall as lines: the account of each, the room it has, and what it pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gigaplan.finance.tiers import (
    CatchUp,
    MultipleHurdle,
    PreferredReturn,
    RateHurdle,
    ReturnOfCapital,
    Split,
    Tier,
)
from gigaplan.report.workbook.formulas import Formula, added
from gigaplan.report.workbook.functions import least, most
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Line


@dataclass(frozen=True)
class Accounts:
    """Lines that all tiers share, by dated period.

    Parameters
    ----------
    years
        Years since the period before.
    called, cash
        Capital called, and cash to distribute [USD].
    paid_in, capital
        Capital paid in so far; of it, not returned at the end of the period [USD].
    investor, partner
        Distributed in the period [USD].
    investor_so_far, partner_so_far, returned_so_far
        Distributed up to the end of the period; of it, capital returned [USD].
    """

    years: Line
    called: Line
    cash: Line
    paid_in: Line
    capital: Line
    investor: Line
    partner: Line
    investor_so_far: Line
    partner_so_far: Line
    returned_so_far: Line


@dataclass(frozen=True)
class TierLines:
    """One tier.

    Parameters
    ----------
    tier, path
        The tier, and where its numbers stand among the inputs.
    account
        Its account before cash is shared out; None where it keeps none [USD].
    paid, investor, partner
        Cash through it, and to whom [USD].
    """

    tier: Tier
    path: str
    account: Line | None
    paid: Line
    investor: Line
    partner: Line

    def write(
        self, period: int, given: Given, common: Accounts, earlier: Sequence[TierLines]
    ) -> None:
        """Write one period, after the tiers that come earlier."""
        if self.account is not None:
            self.account[period] = self._grown(self.account, period, given, common)
        left = _less(common.cash[period], [each.paid[period] for each in earlier])
        room = self._room(period, given, common, earlier)
        self.paid[period] = left if room is None else least(room, left)
        self.investor[period] = self._share(given, self.paid[period])
        self.partner[period] = self.paid[period] - self.investor[period]

    def _share(self, given: Given, paid: Formula) -> Formula:
        """Return what of its cash goes to the investors."""
        if isinstance(self.tier, CatchUp):
            return (1 - given[f"{self.path}.partner_frac"]) * paid
        if isinstance(self.tier, RateHurdle | MultipleHurdle | Split):
            return given[f"{self.path}.investor_frac"] * paid
        return paid

    def _grown(self, account: Line, period: int, given: Given, common: Accounts) -> Formula:
        """Return the account: what was left in the period before, grown, and what is called."""
        rate, years = given[f"{self.path}.rate_frac"], common.years[period]
        if isinstance(self.tier, RateHurdle):
            left = account[period - 1] - common.investor[period - 1]
            return left * (1 + rate) ** years + common.called[period]
        left, capital = account[period - 1] - self.paid[period - 1], common.capital[period - 1]
        if isinstance(self.tier, PreferredReturn) and self.tier.accrual == "simple":
            return left + capital * rate * years
        return left + (capital + left) * ((1 + rate) ** years - 1)

    def _room(
        self, period: int, given: Given, common: Accounts, earlier: Sequence[TierLines]
    ) -> Formula | None:
        """Return the cash that the tier takes before the next one gets any; None without end."""
        before = [each.investor[period] for each in earlier]
        received = added([common.investor_so_far[period - 1], *before])
        if isinstance(self.tier, ReturnOfCapital):
            returned = [
                each.investor[period] for each in earlier if isinstance(each.tier, ReturnOfCapital)
            ]
            so_far = added([common.returned_so_far[period - 1], *returned])
            return most(common.paid_in[period] - so_far, 0)
        if isinstance(self.tier, PreferredReturn) and self.account is not None:
            return most(self.account[period], 0)
        if isinstance(self.tier, RateHurdle) and self.account is not None:
            needed = most(_less(self.account[period], before), 0)
            return needed / given[f"{self.path}.investor_frac"]
        if isinstance(self.tier, MultipleHurdle):
            wanted = given[f"{self.path}.multiple"] * common.paid_in[period]
            return most(wanted - received, 0) / given[f"{self.path}.investor_frac"]
        if isinstance(self.tier, CatchUp):
            own = added(
                [common.partner_so_far[period - 1], *(each.partner[period] for each in earlier)]
            )
            carry = given[f"{self.path}.carry_frac"]
            profit = most(received - common.paid_in[period], 0)
            short = most(carry * (profit + own) - own, 0)
            return short / (given[f"{self.path}.partner_frac"] - carry)
        return None


def keeps_account(tier: Tier) -> bool:
    """Say whether a tier keeps an account of its own."""
    return isinstance(tier, PreferredReturn | RateHurdle)


def _less(start: Formula, parts: Sequence[Formula]) -> Formula:
    for part in parts:
        start = start - part
    return start
