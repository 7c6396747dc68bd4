"""Exit: what each class of shares gets when the company is sold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.finance.present_value import Floats
from gigaplan.finance.round.cap_table import (
    CapTable,
    Option,
    Preferred,
    ProfitInterest,
)
from gigaplan.terms.errors import Fault, InputError


@dataclass(frozen=True)
class Exit:
    """Proceeds, shared out; axes (draw, ...), then the class or holder.

    Parameters
    ----------
    classes
        Names of the classes, in the order of the last axis.
    class_usd_nominal
        What each class gets [USD nominal].
    converted
        Whether a preferred class converts into common.
    common_share_usd_nominal
        What a common share gets [USD per share].
    holder_usd_nominal
        What each holder gets, in the order of ``holders`` [USD nominal].
    holders
        Names of the holders.
    """

    classes: tuple[str, ...]
    class_usd_nominal: Floats
    converted: npt.NDArray[np.bool_]
    common_share_usd_nominal: Floats
    holder_usd_nominal: Floats
    holders: tuple[str, ...]

    def table(self) -> pd.Series[float]:
        """Return what each holder gets, for one exit [USD nominal]."""
        return pd.Series(self.holder_usd_nominal, index=list(self.holders), name="usd_nominal")


def exit_proceeds(table: CapTable, proceeds_usd_nominal: npt.ArrayLike) -> Exit:
    r"""Share the proceeds of an exit by preferences, participation and conversion.

    With x for a common share, a class of n common shares as converted and preference L gets

    .. math::
        \text{non-participating:}\; \max(L, n x) \qquad
        \text{participating:}\; L + n x \qquad
        \text{capped:}\; \max \big( \min(L + n x, K), n x \big)

    .. math::
        \text{option:}\; n \max(x - s, 0) \qquad
        \text{unit:}\; n \min \big( \max(x - h, 0), k \big)

    and x is such that all of it adds to the proceeds. The sum grows with x along straight lines,
    so x is found exactly. A class converts where it then gets more: when one more class decides
    otherwise, that class alone gets less, so the decisions are an equilibrium. Proceeds below
    the sum of preferences go by seniority, and nobody converts.

    ============  ==============================================  ================
    symbol        meaning                                         unit
    ============  ==============================================  ================
    :math:`x`     what a common share gets                        USD per share
    :math:`L, K`  preference; cap with preference                 USD
    :math:`s`     strike                                          USD per share
    :math:`h, k`  threshold and cap of a unit                     USD per unit
    ============  ==============================================  ================

    Parameters
    ----------
    table
        Cap table; the unissued pool gets nothing.
    proceeds_usd_nominal
        What is left for shareholders, after debt and costs, zero or above; any axes
        [USD nominal].

    Returns
    -------
    Exit
        What each class and holder gets.

    Raises
    ------
    InputError
        If proceeds are negative, or every class is capped so that nobody gets the rest.

    Examples
    --------
    2 M common and 1 M preferred shares of 5 dollars: at 9 M the preference of 5 M is more than a
    third, at 30 M it is less.

    >>> from gigaplan.finance.round.cap_table import Common, Holding
    >>> table = CapTable(
    ...     (Common(), Preferred("series A", 5.0)),
    ...     (Holding("founders", "common", 2e6), Holding("investor", "series A", 1e6)),
    ... )
    >>> exit_proceeds(table, [9e6, 30e6]).class_usd_nominal.tolist()
    [[4000000.0, 5000000.0], [20000000.0, 10000000.0]]
    """
    proceeds = np.asarray(proceeds_usd_nominal, dtype=np.float64)
    count = _shares_by_class(table)
    _check(table, proceeds, count)
    preference = np.array(
        [
            part.liquidation_multiple * part.issue_price_usd * count[place]
            if isinstance(part, Preferred)
            else 0.0
            for place, part in enumerate(table.classes)
        ]
    )
    x = _common_share(table, count, preference, proceeds)
    held, as_common = _held(table, count, preference, x), _as_common(table, count, x)
    short = proceeds <= preference.sum()
    by_rank = _by_seniority(table, preference, proceeds)
    amounts = np.where(short[..., np.newaxis], by_rank, np.maximum(held, as_common))
    converted = (as_common > held) & ~short[..., np.newaxis]
    holders = tuple(dict.fromkeys(holding.holder for holding in table.holdings))
    names = [part.name for part in table.classes]
    share = np.zeros((len(names), len(holders)))
    for holding in table.holdings:
        place = names.index(holding.share_class)
        if count[place] > 0:
            share[place, holders.index(holding.holder)] += holding.shares / count[place]
    return Exit(tuple(names), amounts, converted, np.where(short, 0.0, x), amounts @ share, holders)


def _shares_by_class(table: CapTable) -> Floats:
    return np.array(
        [
            sum(holding.shares for holding in table.holdings if holding.share_class == part.name)
            for part in table.classes
        ]
    )


def _held(table: CapTable, count: Floats, preference: Floats, x: Floats) -> Floats:
    """Return what each class gets if it does not convert."""
    columns = []
    for place, part in enumerate(table.classes):
        n, first = count[place], preference[place]
        if isinstance(part, Preferred):
            shared = first + x * n * part.ratio
            if part.participation == "non_participating":
                shared = np.full_like(x, first)
            elif part.participation == "capped" and part.cap_multiple is not None:
                shared = np.minimum(shared, part.cap_multiple * part.issue_price_usd * n)
            columns.append(shared)
        elif isinstance(part, Option):
            columns.append(n * np.maximum(x - part.strike_usd, 0.0))
        elif isinstance(part, ProfitInterest):
            most = np.inf if part.cap_usd is None else part.cap_usd
            columns.append(n * np.minimum(np.maximum(x - part.threshold_usd, 0.0), most))
        else:
            columns.append(n * x)
    return np.stack(columns, axis=-1)


def _as_common(table: CapTable, count: Floats, x: Floats) -> Floats:
    """Return what each class gets if it converts; nothing for those that cannot."""
    ratio = np.array([part.ratio if isinstance(part, Preferred) else 0.0 for part in table.classes])
    return np.asarray(x[..., np.newaxis] * count * ratio)


def _bends(table: CapTable, count: Floats) -> list[float]:
    """Return the values of x at which a class changes what it gets of the next dollar."""
    bends = [0.0]
    for place, part in enumerate(table.classes):
        if count[place] == 0:
            continue
        if isinstance(part, Preferred) and part.participation != "participating":
            first = part.liquidation_multiple * part.price_of_conversion
            top = (part.cap_multiple or 0.0) * part.price_of_conversion
            bends += [first] if part.participation == "non_participating" else [top - first, top]
        elif isinstance(part, Option):
            bends.append(part.strike_usd)
        elif isinstance(part, ProfitInterest):
            bends.append(part.threshold_usd)
            bends += [] if part.cap_usd is None else [part.threshold_usd + part.cap_usd]
    return sorted(set(bends))


def _common_share(table: CapTable, count: Floats, preference: Floats, proceeds: Floats) -> Floats:
    """Return x: the sum of claims is straight between two bends, and after the last one."""
    bends = np.array(_bends(table, count))
    bends = np.append(bends, bends[-1] + max(1.0, bends[-1]))
    claims = np.maximum(_held(table, count, preference, bends), _as_common(table, count, bends))
    sums = claims.sum(axis=-1)
    place = np.clip(np.searchsorted(sums, proceeds, side="left") - 1, 0, len(bends) - 2)
    rise = sums[place + 1] - sums[place]
    way = np.divide(proceeds - sums[place], rise, out=np.zeros_like(proceeds), where=rise > 0)
    return np.asarray(bends[place] + way * (bends[place + 1] - bends[place]))


def _by_seniority(table: CapTable, preference: Floats, proceeds: Floats) -> Floats:
    """Pay preferences from the most senior down, in proportion within one rank."""
    rank = np.array(
        [part.seniority if isinstance(part, Preferred) else 0 for part in table.classes]
    )
    paid = np.zeros((*proceeds.shape, len(rank)))
    left = proceeds
    for level in np.unique(rank)[::-1]:
        due = np.where(rank == level, preference, 0.0)
        total = due.sum()
        if total > 0:
            part = np.minimum(left / total, 1.0)
            paid += part[..., np.newaxis] * due
            left = np.maximum(left - total, 0.0)
    return paid


def _check(table: CapTable, proceeds: Floats, count: Floats) -> None:
    faults = []
    if not (np.isfinite(proceeds) & (proceeds >= 0)).all():
        what = f"The least proceeds are {proceeds.min():g}."
        faults.append(Fault(what, "proceeds_usd_nominal", "Give amounts of 0 or more."))
    endless = [
        number
        for part, number in zip(table.classes, count, strict=True)
        if not (isinstance(part, ProfitInterest) and part.cap_usd is not None)
    ]
    if sum(endless) == 0:
        what = "Every class is capped: nobody gets what is left."
        faults.append(Fault(what, "classes", "Add shares of a class without a cap."))
    if faults:
        headline = "The proceeds of an exit cannot be shared out."
        raise InputError(headline, faults)
