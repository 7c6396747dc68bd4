"""Priced round: new shares for new money, with everything that converts and adjusts with it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gigaplan.finance.round.anti_dilution import adjusted_price
from gigaplan.finance.round.cap_table import CapTable, Holding, Preferred
from gigaplan.finance.round.capitalization import EndlessError, capitalization
from gigaplan.finance.round.convertibles import (
    HEADLINE,
    Convertible,
    Safe,
    check_convertibles,
    refuse,
)
from gigaplan.finance.round.round_terms import ClosedRound, Conversion, Round
from gigaplan.terms.errors import Fault, InputError


def close_round(
    table: CapTable, terms: Round, convertibles: Sequence[Convertible] = ()
) -> ClosedRound:
    r"""Close a priced round.

    .. math:: p = \frac{V}{N(p)}, \qquad N(p) = E(p) + \sum_j \frac{A_j}{c_j(p)} + \Delta(p)

    The price sets what converts and adjusts, and these set the price. With a higher price the
    product p N(p) grows, so there is one price, and it is found to the last digit.

    ==============  ===================================================  =============
    symbol          meaning                                              unit
    ==============  ===================================================  =============
    :math:`p, V`    price; value before the money                        USD per share, USD
    :math:`E`       shares before, with adjusted conversion prices       shares
    :math:`A, c`    amount that converts; its conversion price           USD, USD per share
    :math:`\Delta`  increase of the pool, when it is before the money    shares
    ==============  ===================================================  =============

    Parameters
    ----------
    table
        Cap table before.
    terms
        Terms of the round.
    convertibles
        SAFEs and notes, in the order in which they were signed; all convert.

    Returns
    -------
    ClosedRound
        Price, conversions, and cap table after.

    Raises
    ------
    InputError
        With every fault of the terms; or when what converts is worth more than the company, or
        caps and the pool leave nothing of it.

    Examples
    --------
    8 M shares, 20 M before the money, 5 M new, and a pool of 10 % after it: the founders keep
    70 %.

    >>> import datetime
    >>> from gigaplan.finance.round.cap_table import Common
    >>> from gigaplan.finance.round.round_terms import NewMoney
    >>> table = CapTable((Common(),), (Holding("founders", "common", 8e6),))
    >>> closed = close_round(table, Round(
    ...     Preferred("series A", 1.0), datetime.date(2026, 1, 1), 20e6,
    ...     (NewMoney("fund", 5e6),), pool_frac=0.10))
    >>> round(closed.price_usd, 6), round(closed.new_shares + closed.pool_increase_shares, 3)
    (2.1875, 3428571.429)
    """
    from scipy.optimize import brentq  # a quarter of a second that plans without a round spare

    _check(table, terms, convertibles)

    def excess(log_price: float) -> float:
        state = _at_price(table, terms, convertibles, math.exp(log_price))
        return math.exp(log_price) * state.pre_money_shares / terms.pre_money_usd - 1.0

    high = math.log(terms.pre_money_usd / table.fully_diluted) + 1e-9
    low = high - 1.0
    try:
        while excess(low) > 0:
            low -= 1.0
            if high - low > 60:
                value = f"{terms.pre_money_usd:,.0f} USD"
                what = f"What converts and the pool are worth more than the company at {value}."
                refuse([Fault(what, "round: pre_money_usd", "Raise it, or convert less.")])
        log_price = float(brentq(excess, low, high, xtol=1e-15, rtol=1e-15, maxiter=500))
    except EndlessError as error:
        part = f"{error.promised_frac:.4g} of the company"
        what = f"What converts at caps, and the pool that grows with it, take {part}."
        mend = "Give caps that leave something, or a smaller pool_frac."
        raise InputError(HEADLINE, [Fault(what, "convertibles", mend)]) from error
    price = math.exp(log_price)
    state = _at_price(table, terms, convertibles, price)
    new_shares = terms.new_money_usd / price
    return ClosedRound(
        price_usd=price,
        post_money_usd=terms.pre_money_usd + terms.new_money_usd,
        new_shares=new_shares,
        pool_increase_shares=state.pool_increase,
        conversions=state.conversions,
        before=table,
        after=_table_after(table, terms, state, price),
    )


@dataclass(frozen=True)
class _State:
    """All that follows from a price."""

    adjusted: CapTable
    conversions: tuple[Conversion, ...]
    pool_increase: float
    pre_money_shares: float


def _at_price(
    table: CapTable, terms: Round, convertibles: Sequence[Convertible], price: float
) -> _State:
    """Convert and adjust at a price."""
    adjusted = replace(
        table,
        classes=tuple(
            replace(
                part,
                conversion_price_usd=adjusted_price(
                    part, price, table.fully_diluted, terms.new_money_usd
                ),
            )
            if isinstance(part, Preferred)
            else part
            for part in table.classes
        ),
    )
    found = capitalization(terms, convertibles, price, adjusted.fully_diluted, table.pool_shares)
    counted = found.pool_increase if terms.pool_timing == "pre_money" else 0.0
    return _State(adjusted, found.conversions, found.pool_increase, found.shares + counted)


def _table_after(table: CapTable, terms: Round, state: _State, price: float) -> CapTable:
    """Return the cap table with the new class, one more for each conversion, and the pool."""
    name = terms.terms.name
    new_class = replace(terms.terms, issue_price_usd=price, conversion_price_usd=None)
    classes = [*state.adjusted.classes, new_class]
    holdings = list(table.holdings)
    before: dict[str, float] = defaultdict(float)
    for holding in table.holdings:
        before[holding.holder] += state.adjusted.as_converted(holding)
    for number, part in enumerate(state.conversions, start=1):
        before[part.holder] += part.shares
        if part.amount_usd > 0:
            shadow = f"{name}-{number}"
            classes.append(replace(new_class, name=shadow, issue_price_usd=part.price_usd))
            holdings.append(Holding(part.holder, shadow, part.shares))
    rights = {holder: before[holder] / state.pre_money_shares for holder in terms.pro_rata}
    rest = 1.0 - sum(rights.values())
    for holder, part_frac in rights.items():
        holdings.append(Holding(holder, name, part_frac * terms.new_money_usd / price))
    for money in terms.new_money:
        holdings.append(Holding(money.investor, name, rest * money.amount_usd / price))
    pool = table.pool_shares + state.pool_increase
    return CapTable(tuple(classes), tuple(holdings), pool)


def _check(table: CapTable, terms: Round, convertibles: Sequence[Convertible]) -> None:
    faults = check_convertibles(convertibles, terms.day)
    if not 0 < terms.pre_money_usd < math.inf:
        what = f"It is {terms.pre_money_usd:g}."
        faults.append(Fault(what, "round: pre_money_usd", "Give an amount above 0."))
    for money in terms.new_money:
        if not 0 <= money.amount_usd < math.inf:
            what = f"It is {money.amount_usd:g}."
            faults.append(Fault(what, f"round: new money of {money.investor}", "Give 0 or more."))
    if not terms.new_money_usd > 0:
        what = f"It adds to {terms.new_money_usd:g}."
        faults.append(Fault(what, "round: new_money", "Give an amount above 0."))
    if not 0 <= terms.pool_frac < 1:
        what = f"It is {terms.pool_frac:g}."
        faults.append(Fault(what, "round: pool_frac", "Give a share from 0 to less than 1."))
    if terms.terms.name in {part.name for part in table.classes}:
        what = f"The class {terms.terms.name} is there already."
        faults.append(Fault(what, "round: terms", "Give the new class another name."))
    known = {part.holder for part in table.holdings} | {part.holder for part in convertibles}
    faults += [
        Fault(f"{holder} holds nothing before the round.", "round: pro_rata", "Leave it out.")
        for holder in terms.pro_rata
        if holder not in known
    ]
    promised = sum(
        part.investment_usd / part.cap_usd
        for part in convertibles
        if isinstance(part, Safe) and part.form == "post_money" and part.cap_usd
    )
    if promised >= 1:
        what = f"Post-money SAFEs are promised {promised:.4g} of the company."
        faults.append(Fault(what, "convertibles", "Give caps that leave something."))
    refuse(faults)
