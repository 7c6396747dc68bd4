"""Terms of a priced round, and what is there when it has closed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, TypeAlias

from gigaplan.finance.round.cap_table import CapTable, Preferred
from gigaplan.finance.round.convertibles import Basis

PoolTiming: TypeAlias = Literal["pre_money", "post_money"]


@dataclass(frozen=True)
class NewMoney:
    """What one new investor pays [USD]."""

    investor: str
    amount_usd: float


@dataclass(frozen=True)
class Round:
    """Terms of a priced round.

    Parameters
    ----------
    terms
        The new class; its issue price is set by the round.
    day
        Day of closing.
    pre_money_usd
        Value of the company before the new money, with what converts [USD].
    new_money
        Who pays how much.
    pool_frac
        Part of the company that the unissued pool shall be after the round, at least [frac].
    pool_timing
        ``pre_money``: the increase dilutes those before the round only; ``post_money``: it
        comes after it and dilutes the new investors too.
    pro_rata
        Holders who use their right to buy as much of the round as they own before it; the
        new investors share the rest.
    """

    terms: Preferred
    day: datetime.date
    pre_money_usd: float
    new_money: tuple[NewMoney, ...]
    pool_frac: float = 0.0
    pool_timing: PoolTiming = "pre_money"
    pro_rata: tuple[str, ...] = ()

    @property
    def new_money_usd(self) -> float:
        """All new money [USD]."""
        return sum(part.amount_usd for part in self.new_money)


@dataclass(frozen=True)
class Conversion:
    """How one convertible turned into shares: amounts in USD, price in USD per share."""

    holder: str
    amount_usd: float
    price_usd: float
    shares: float
    basis: Basis


@dataclass(frozen=True)
class ClosedRound:
    """A closed round.

    Parameters
    ----------
    price_usd
        Price of a new share [USD per share].
    post_money_usd
        Value with the new money [USD].
    new_shares
        Shares sold for it.
    pool_increase_shares
        Shares by which the pool grew.
    conversions
        Every SAFE and note.
    before, after
        Cap tables.
    """

    price_usd: float
    post_money_usd: float
    new_shares: float
    pool_increase_shares: float
    conversions: tuple[Conversion, ...]
    before: CapTable
    after: CapTable
