"""Convertibles: SAFEs and notes that turn into shares when shares are sold at a price."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from gigaplan.terms.errors import Fault, InputError

SafeForm: TypeAlias = Literal["post_money", "pre_money"]
Basis: TypeAlias = Literal["cap", "discount", "round price"]
HEADLINE: Final = "The round cannot be closed."


@dataclass(frozen=True)
class Safe:
    """A simple agreement for future equity.

    Parameters
    ----------
    holder
        Name of the holder.
    investment_usd
        Money paid in [USD].
    cap_usd
        Valuation cap; None: no cap [USD].
    discount_frac
        Discount on the price of the round [frac].
    form
        ``post_money``: the cap is that of the company with all that converts, without the
        increase of the pool; ``pre_money``: without what converts, with the increase.
    most_favoured
        Takes the terms of a SAFE that was signed after it, where they give more shares.
    """

    holder: str
    investment_usd: float
    cap_usd: float | None = None
    discount_frac: float = 0.0
    form: SafeForm = "post_money"
    most_favoured: bool = False


@dataclass(frozen=True)
class ConvertibleNote:
    """A loan that converts with its interest.

    Parameters
    ----------
    holder
        Name of the holder.
    principal_usd
        Loan [USD].
    issued
        Day of issue.
    rate_frac
        Yearly interest [frac].
    interest
        Simple, or compounded once a year; on years of 365 days.
    cap_usd
        Cap on the company before the round, without what converts and without the increase of
        the pool; None: no cap [USD].
    discount_frac
        Discount on the price of the round [frac].
    """

    holder: str
    principal_usd: float
    issued: datetime.date
    rate_frac: float = 0.0
    interest: Literal["simple", "compound"] = "simple"
    cap_usd: float | None = None
    discount_frac: float = 0.0


Convertible: TypeAlias = Safe | ConvertibleNote


def amount_converting(convertible: Convertible, day: datetime.date) -> float:
    r"""Return what converts on a day: the investment, or principal with interest.

    .. math:: P (1 + i t), \qquad \text{compound:}\; P (1 + i)^t

    Parameters
    ----------
    convertible
        SAFE or note.
    day
        Day of the round.

    Returns
    -------
    float
        Amount [USD].

    Examples
    --------
    A million at 8 % for two years of 365 days.

    >>> note = ConvertibleNote("bank", 1e6, datetime.date(2025, 1, 1), 0.08)
    >>> amount_converting(note, datetime.date(2027, 1, 1))
    1160000.0
    """
    if isinstance(convertible, Safe):
        return convertible.investment_usd
    years = (day - convertible.issued).days / 365.0
    if convertible.interest == "simple":
        return convertible.principal_usd * (1.0 + convertible.rate_frac * years)
    return float(convertible.principal_usd * (1.0 + convertible.rate_frac) ** years)


def conversion_price(
    price_usd: float,
    capitalization_shares: float,
    cap_usd: float | None = None,
    discount_frac: float = 0.0,
) -> tuple[float, Basis]:
    r"""Return the price at which money converts: the lowest of three.

    .. math:: \min \Big( \frac{V}{N}, \; (1 - d) \, p, \; p \Big)

    Parameters
    ----------
    price_usd
        Price p of the round [USD per share].
    capitalization_shares
        Shares N on which the cap is reckoned.
    cap_usd
        Valuation cap V; None: no cap [USD].
    discount_frac
        Discount d [frac].

    Returns
    -------
    tuple of float and str
        The price [USD per share], and what set it.

    References
    ----------
    FundersClub, "Convertible note with cap and discount": a cap of 5 M against 10 M before the
    money at 5 dollars a share, 20 % discount.

    Examples
    --------
    >>> conversion_price(5.0, 2e6, 5e6, 0.20)
    (2.5, 'cap')
    >>> conversion_price(5.0, 1.2e6, 5e6, 0.20)
    (4.0, 'discount')
    """
    best: tuple[float, Basis] = (price_usd, "round price")
    if discount_frac > 0:
        best = ((1.0 - discount_frac) * price_usd, "discount")
    if cap_usd is not None and cap_usd / capitalization_shares < best[0]:
        best = (cap_usd / capitalization_shares, "cap")
    return best


def settled_terms(convertibles: Sequence[Convertible]) -> list[tuple[Convertible, ...]]:
    """Return, for each convertible, the terms of which it takes the best: most favoured nation.

    Parameters
    ----------
    convertibles
        In the order in which they were signed.

    Returns
    -------
    list of tuple
        Its own terms, and with ``most_favoured`` those of each SAFE signed after it, with its
        own holder and money.

    Examples
    --------
    >>> first, second = Safe("early", 1e5, most_favoured=True), Safe("late", 5e5, cap_usd=8e6)
    >>> [terms.cap_usd for terms in settled_terms([first, second])[0]]
    [None, 8000000.0]
    """
    choices: list[tuple[Convertible, ...]] = []
    for place, own in enumerate(convertibles):
        offered: list[Convertible] = [own]
        if isinstance(own, Safe) and own.most_favoured:
            offered += [
                Safe(own.holder, own.investment_usd, later.cap_usd, later.discount_frac, later.form)
                for later in convertibles[place + 1 :]
                if isinstance(later, Safe)
            ]
        choices.append(tuple(offered))
    return choices


def check_convertibles(convertibles: Sequence[Convertible], day: datetime.date) -> list[Fault]:
    """Return what is wrong with convertibles on the day of a round.

    Parameters
    ----------
    convertibles
        SAFEs and notes.
    day
        Day of the round.

    Returns
    -------
    list of Fault
        Faults; empty when there are none.
    """
    faults = []
    for place, part in enumerate(convertibles):
        where = f"convertibles[{place}]: {part.holder}"
        money = part.investment_usd if isinstance(part, Safe) else part.principal_usd
        if not 0 <= money < math.inf:
            faults.append(Fault(f"Its amount is {money:g}.", where, "Give 0 or more."))
        if part.cap_usd is not None and not part.cap_usd > 0:
            what = f"Its cap is {part.cap_usd:g}."
            faults.append(Fault(what, where, "Give a cap above 0, or none."))
        if not 0 <= part.discount_frac < 1:
            what = f"Its discount is {part.discount_frac:g}."
            faults.append(Fault(what, where, "Give a share from 0 to less than 1."))
        if isinstance(part, ConvertibleNote) and part.issued > day:
            what = f"It is issued on {part.issued}, after the round on {day}."
            faults.append(Fault(what, where, "Give an earlier day, or leave it out."))
        if isinstance(part, ConvertibleNote) and not 0 <= part.rate_frac < math.inf:
            what = f"Its interest is {part.rate_frac:g}."
            faults.append(Fault(what, where, "Give 0 or more."))
    return faults


def refuse(faults: Sequence[Fault]) -> None:
    """Raise the faults of a round, if there are any.

    Raises
    ------
    InputError
        With all of them.
    """
    if faults:
        raise InputError(HEADLINE, faults)
