"""Capitalization: the shares that are there when everything converts at one price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gigaplan.finance.round.convertibles import (
    Convertible,
    Safe,
    amount_converting,
    conversion_price,
    settled_terms,
)
from gigaplan.finance.round.round_terms import Conversion, Round

MOST_ROUNDS: Final = 1000
LEAST_LEFT_FRAC: Final = 1e-9
"""Part of the company that caps have to leave, so that shares can be counted."""


class EndlessError(Exception):
    """Caps, and the pool that grows with them, leave nothing of the company to others.

    Parameters
    ----------
    promised_frac
        Part of the company that they take [frac].
    """

    def __init__(self, promised_frac: float) -> None:
        super().__init__(promised_frac)
        self.promised_frac = promised_frac


@dataclass(frozen=True)
class Capitalization:
    """Shares before the new money.

    Parameters
    ----------
    shares
        All of them, with what converts and without the increase of the pool.
    pool_increase
        Increase of the pool [shares].
    conversions
        Every SAFE and note.
    """

    shares: float
    pool_increase: float
    conversions: tuple[Conversion, ...]


@dataclass(frozen=True)
class _Claim:
    """A conversion, and its shares: fixed ones, and parts of all shares and of the increase."""

    conversion: Conversion
    term: int
    fixed_shares: float
    capitalization_frac: float = 0.0
    increase_frac: float = 0.0


def capitalization(
    terms: Round,
    convertibles: Sequence[Convertible],
    price_usd: float,
    existing_shares: float,
    pool_shares: float,
) -> Capitalization:
    r"""Return the shares at a price of the round: what converts and the pool set each other.

    .. math::

        N = E + \sum_j \max_k \left( f_{jk} + a_{jk} N + b_{jk} W \right), \qquad
        W = \max \left( 0, \; \frac{\pi (N + M / p) - P}{1 - \pi} \right)

    For terms once chosen both are straight lines, and are solved as such; each convertible then
    takes better terms if it has them, until none has. The shares only grow on the way, so the
    search ends. There is an answer where the caps leave something: where

    .. math:: \sum_j a_j + \frac{\pi}{1 - \pi} \sum_j b_j < 1

    ==================  ====================================================  ==========
    symbol              meaning                                               unit
    ==================  ====================================================  ==========
    :math:`N, E`        shares with what converts; shares before              shares
    :math:`W, P`        increase of the pool; pool before                     shares
    :math:`M, p`        new money; price of the round                         USD, USD/share
    :math:`\pi`         pool wanted, of all shares after the round            frac
    :math:`f`           shares at a price, or at a cap on shares before       shares
    :math:`a, b`        amount over a cap on N, or on E + W                   frac
    ==================  ====================================================  ==========

    Parameters
    ----------
    terms
        Terms of the round.
    convertibles
        SAFEs and notes, in the order in which they were signed.
    price_usd
        Price of the round [USD per share].
    existing_shares
        Fully diluted shares before, at adjusted conversion prices.
    pool_shares
        Unissued pool in them.

    Returns
    -------
    Capitalization
        Shares and conversions.

    Raises
    ------
    EndlessError
        If the caps leave nothing.
    """
    choices = settled_terms(convertibles)
    amounts = [amount_converting(part, terms.day) for part in convertibles]
    sold = terms.new_money_usd / price_usd
    pool = terms.pool_frac / (1.0 - terms.pool_frac)
    there = pool_shares / (1.0 - terms.pool_frac)
    shares, increase = existing_shares, 0.0
    claims: list[_Claim] = []
    before: list[tuple[object, ...]] = []
    for _ in range(MOST_ROUNDS):
        claims = [
            _claim(offered, amount, price_usd, existing_shares, shares, increase)
            for offered, amount in zip(choices, amounts, strict=True)
        ]
        grows = pool * (shares + sold) > there
        chosen: list[tuple[object, ...]] = [
            (grows,),
            *((claim.term, claim.conversion.basis) for claim in claims),
        ]
        if chosen == before:
            break
        before = chosen
        fixed = existing_shares + sum(claim.fixed_shares for claim in claims)
        promised = sum(claim.capitalization_frac for claim in claims)
        if grows:
            by_pool = sum(claim.increase_frac for claim in claims)
            fixed += by_pool * (pool * sold - there)
            promised += by_pool * pool
        if promised > 1.0 - LEAST_LEFT_FRAC:
            raise EndlessError(promised)
        shares = fixed / (1.0 - promised)
        increase = pool * (shares + sold) - there if grows else 0.0
    return Capitalization(shares, increase, tuple(claim.conversion for claim in claims))


def _claim(
    offered: Sequence[Convertible],
    amount: float,
    price: float,
    existing: float,
    shares: float,
    increase: float,
) -> _Claim:
    """Convert an amount on the best of the terms that are offered."""
    found = []
    for place, part in enumerate(offered):
        base = existing
        if isinstance(part, Safe):
            base = shares if part.form == "post_money" else existing + increase
        found.append((*conversion_price(price, base, part.cap_usd, part.discount_frac), place))
    best, basis, place = min(found)
    conversion = Conversion(offered[0].holder, amount, best, amount / best, basis)
    term = offered[place]
    if basis != "cap" or term.cap_usd is None:
        return _Claim(conversion, place, amount / best)
    part_frac = amount / term.cap_usd
    if not isinstance(term, Safe):
        return _Claim(conversion, place, part_frac * existing)
    if term.form == "post_money":
        return _Claim(conversion, place, 0.0, capitalization_frac=part_frac)
    return _Claim(conversion, place, part_frac * existing, increase_frac=part_frac)
