"""Tiers: the steps of a distribution waterfall, each with the room it has for cash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from gigaplan.finance.present_value import Floats
from gigaplan.terms.errors import Fault, InputError


@dataclass
class Accounts:
    """Where one series of investors and their general partner stand; arrays by draw.

    Parameters
    ----------
    paid_in
        Capital contributed so far [USD nominal].
    returned
        Capital returned by a :class:`ReturnOfCapital` so far [USD nominal].
    investor, partner
        All that was distributed to the investors and to the general partner [USD nominal].
    """

    paid_in: Floats
    returned: Floats
    investor: Floats
    partner: Floats

    @property
    def capital(self) -> Floats:
        """Capital not yet returned [USD nominal]."""
        return np.maximum(self.paid_in - self.returned, 0.0)


class Tier(Protocol):
    """One step: who shares in it, and how much cash it takes before the next step gets any."""

    @property
    def name(self) -> str:
        """Name in tables."""

    @property
    def investor_frac(self) -> float:
        """Share of the investors; the general partner gets the rest [frac]."""

    def grown(self, balance: Floats, accounts: Accounts, called: Floats, years: float) -> Floats:
        """Return the tier's own account after a time and a call of capital [USD nominal]."""

    def room(self, balance: Floats, accounts: Accounts) -> Floats:
        """Return the cash that the tier takes, for both parties together [USD nominal]."""

    def settled(self, balance: Floats, own: Floats, investor: Floats) -> Floats:
        """Return its account after cash of its own, and all cash to the investors."""


@dataclass(frozen=True)
class _Unbooked:
    """A tier that keeps no account of its own."""

    def grown(self, balance: Floats, accounts: Accounts, called: Floats, years: float) -> Floats:
        """Keep nothing."""
        return balance

    def settled(self, balance: Floats, own: Floats, investor: Floats) -> Floats:
        """Keep nothing."""
        return balance


@dataclass(frozen=True)
class ReturnOfCapital(_Unbooked):
    """All cash to the investors until what they paid in has come back."""

    name: str = "return_of_capital"
    investor_frac: float = 1.0

    def room(self, balance: Floats, accounts: Accounts) -> Floats:
        """Return the capital not yet returned."""
        return accounts.capital


@dataclass(frozen=True)
class PreferredReturn:
    r"""All cash to the investors until their capital has earned a yearly return.

    .. math:: P \leftarrow P + (K + P) \big( (1+p)^{\Delta} - 1 \big), \qquad
              \text{simple:}\; P \leftarrow P + K p \Delta

    with the capital K not yet returned, and the years :math:`\Delta` between two dates.
    """

    rate_frac: float
    accrual: Literal["compound", "simple"] = "compound"
    name: str = "preferred_return"
    investor_frac: float = 1.0

    def grown(self, balance: Floats, accounts: Accounts, called: Floats, years: float) -> Floats:
        """Accrue the return on capital that was out before the call."""
        if self.accrual == "simple":
            return np.asarray(balance + accounts.capital * self.rate_frac * years)
        growth = (1.0 + self.rate_frac) ** years - 1.0
        return np.asarray(balance + (accounts.capital + balance) * growth)

    def room(self, balance: Floats, accounts: Accounts) -> Floats:
        """Return what has accrued and was not paid."""
        return np.maximum(balance, 0.0)

    def settled(self, balance: Floats, own: Floats, investor: Floats) -> Floats:
        """Take off what was paid."""
        return balance - own


@dataclass(frozen=True)
class CatchUp(_Unbooked):
    r"""Most cash to the general partner until it has its carry of all profit distributed.

    .. math:: x = \frac{\kappa (\Pi + G) - G}{c - \kappa}

    with the carry :math:`\kappa`, the partner's share c of this tier (1: a full catch-up), the
    investors' profit :math:`\Pi` and the partner's receipts G so far.
    """

    carry_frac: float
    partner_frac: float = 1.0
    name: str = "catch_up"

    @property
    def investor_frac(self) -> float:
        """Share of the investors [frac]."""
        return 1.0 - self.partner_frac

    def room(self, balance: Floats, accounts: Accounts) -> Floats:
        """Return the cash after which the partner has caught up."""
        profit = np.maximum(accounts.investor - accounts.paid_in, 0.0)
        short = self.carry_frac * (profit + accounts.partner) - accounts.partner
        return np.asarray(np.maximum(short, 0.0) / (self.partner_frac - self.carry_frac))


@dataclass(frozen=True)
class RateHurdle:
    r"""A split until the investors have earned a rate of return on all their flows.

    .. math:: H \leftarrow H (1+h)^{\Delta} + C - D
    """

    rate_frac: float
    investor_frac: float
    name: str = "rate_hurdle"

    def grown(self, balance: Floats, accounts: Accounts, called: Floats, years: float) -> Floats:
        """Grow what the investors need, and add what they pay in."""
        return np.asarray(balance * (1.0 + self.rate_frac) ** years + called)

    def room(self, balance: Floats, accounts: Accounts) -> Floats:
        """Return the cash after which the investors have their rate."""
        return np.asarray(np.maximum(balance, 0.0) / self.investor_frac)

    def settled(self, balance: Floats, own: Floats, investor: Floats) -> Floats:
        """Take off all that the investors got, in whichever tier."""
        return balance - investor


@dataclass(frozen=True)
class MultipleHurdle(_Unbooked):
    r"""A split until the investors have got a multiple m of what they paid in.

    .. math:: x = \frac{\max(m \, C - D, 0)}{s}
    """

    multiple: float
    investor_frac: float
    name: str = "multiple_hurdle"

    def room(self, balance: Floats, accounts: Accounts) -> Floats:
        """Return the cash after which the investors have their multiple."""
        short = self.multiple * accounts.paid_in - accounts.investor
        return np.asarray(np.maximum(short, 0.0) / self.investor_frac)


@dataclass(frozen=True)
class Split(_Unbooked):
    """The last tier: all that is left, in fixed shares that add to one."""

    investor_frac: float
    partner_frac: float
    name: str = "split"

    def room(self, balance: Floats, accounts: Accounts) -> Floats:
        """Return no limit."""
        return np.full(accounts.paid_in.shape, np.inf)


def check_tiers(tiers: Sequence[Tier]) -> None:
    """Refuse tiers that are out of order or that do not add to all cash.

    Parameters
    ----------
    tiers
        Tiers in order.

    Raises
    ------
    InputError
        With every fault of the list.
    """
    faults: list[Fault] = []
    for place, tier in enumerate(tiers):
        faults += [Fault(what, f"tiers[{place}]: {tier.name}", mend) for what, mend in _of(tier)]
    splits = [place for place, tier in enumerate(tiers) if isinstance(tier, Split)]
    if splits != [len(tiers) - 1]:
        what = "The tiers do not end with the one split that takes all cash that is left."
        faults.append(Fault(what, "tiers", "Put one Split at the end of the list."))
    kinds = {type(tier) for tier in tiers}
    if PreferredReturn in kinds and ReturnOfCapital not in kinds:
        what = "A preferred return accrues on capital, and no tier returns capital."
        faults.append(Fault(what, "tiers", "Add a ReturnOfCapital."))
    for kind, field in ((RateHurdle, "rate_frac"), (MultipleHurdle, "multiple")):
        heights = [getattr(tier, field) for tier in tiers if isinstance(tier, kind)]
        if any(later <= earlier for earlier, later in zip(heights, heights[1:], strict=False)):
            listed = ", ".join(f"{height:g}" for height in heights)
            what = f"The hurdles do not rise: {field} is {listed}."
            faults.append(Fault(what, "tiers", "Order them from the lowest to the highest."))
    if faults:
        headline = "The tiers of a waterfall cannot be used."
        raise InputError(headline, faults)


def _of(tier: Tier) -> list[tuple[str, str]]:
    """Return what is wrong with one tier, and how to mend it."""
    found = []
    if isinstance(tier, Split) and abs(tier.investor_frac + tier.partner_frac - 1.0) > 1e-12:
        total = tier.investor_frac + tier.partner_frac
        found.append((f"The shares add to {total:g}.", "Give shares that add to 1."))
    lowest = 0.0 if isinstance(tier, Split | CatchUp) else 1e-9
    if not lowest <= tier.investor_frac <= 1:
        what = f"The share of the investors is {tier.investor_frac:g}."
        found.append((what, "Give a share above 0, up to 1."))
    if isinstance(tier, CatchUp) and not 0 <= tier.carry_frac < tier.partner_frac:
        what = f"The carry is {tier.carry_frac:g} and the share of the tier {tier.partner_frac:g}."
        found.append((what, "Give a share above the carry: with less it never catches up."))
    if isinstance(tier, PreferredReturn | RateHurdle) and tier.rate_frac < 0:
        found.append((f"The rate is {tier.rate_frac:g}.", "Give a rate of 0 or more."))
    if isinstance(tier, MultipleHurdle) and tier.multiple < 0:
        found.append((f"The multiple is {tier.multiple:g}.", "Give a multiple of 0 or more."))
    return found
