"""Capital calls: which investor pays how much in which quarter."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.finance.present_value import Floats
from gigaplan.terms.errors import Fault, InputError

CallOrder = Literal["pro_rata", "in_order"]


@dataclass(frozen=True)
class Commitment:
    """What one investor has promised to pay.

    Parameters
    ----------
    investor
        Name of the investor.
    amount_nominal
        Commitment in the investor's currency, zero or above [currency nominal].
    first_close
        First day on which capital can be called.
    last_call
        Last such day; None: to the end.
    currency
        ISO 4217 code of the currency.
    rank
        Place in a given order of calls: the lowest pays first; equal ranks pay pro rata.
    """

    investor: str
    amount_nominal: float
    first_close: datetime.date
    last_call: datetime.date | None = None
    currency: str = "USD"
    rank: int = 0


@dataclass(frozen=True)
class CapitalCalls:
    """Calls of capital.

    Parameters
    ----------
    investors
        Names, in the order of the axis of investors.
    dates
        Days of the calls.
    called_usd_nominal
        Axes (..., investor, period) [USD nominal].
    undrawn_nominal
        What is left of each commitment after each call, in its currency; same axes. It does not
        grow with distributions: there is no recycling [currency nominal].
    unfunded_usd_nominal
        Uses that no commitment covers, axes (..., period) [USD nominal].
    """

    investors: tuple[str, ...]
    dates: tuple[datetime.date, ...]
    called_usd_nominal: Floats
    undrawn_nominal: Floats
    unfunded_usd_nominal: Floats


def capital_calls(
    uses_usd_nominal: npt.ArrayLike,
    dates: Sequence[datetime.date],
    commitments: Sequence[Commitment],
    order: CallOrder = "pro_rata",
    usd_per_unit: Mapping[str, npt.ArrayLike] | None = None,
) -> CapitalCalls:
    r"""Call capital for uses, from what is undrawn of the commitments that are open.

    .. math:: C_{i,t} = U_t \frac{e_{i,t} K_{i,t}}{\sum_j e_{j,t} K_{j,t}}, \qquad
              K_{i,t+1} = K_{i,t} - C_{i,t} / e_{i,t}, \qquad
              C_{i,t} \le e_{i,t} K_{i,t}

    With ``in_order`` this holds among the investors of one rank, and for the uses that lower
    ranks leave.

    =============  =============================================  ====================
    symbol         meaning                                        unit
    =============  =============================================  ====================
    :math:`U`      uses of the period                             USD nominal
    :math:`K`      undrawn commitment, zero while it is closed    currency nominal
    :math:`e`      exchange rate                                  USD per currency
    :math:`C`      call                                           USD nominal
    =============  =============================================  ====================

    Parameters
    ----------
    uses_usd_nominal
        Equity needed in each period, zero or above; axes (..., period) [USD nominal].
    dates
        Day of the call of each period, rising.
    commitments
        Commitments; each investor once.
    order
        Pro rata to undrawn commitments, or by their rank.
    usd_per_unit
        For each currency but USD, dollars per unit by period [USD per currency].

    Returns
    -------
    CapitalCalls
        Calls, what is left, and what is not funded: calls and unfunded uses add to uses.

    Raises
    ------
    InputError
        With every fault of uses, dates and commitments.

    Examples
    --------
    30 are called from 60 and 30; when the second has closed, 40 from what is left.

    >>> day = datetime.date
    >>> promised = [
    ...     Commitment("north", 60, day(2026, 1, 1)),
    ...     Commitment("south", 30, day(2026, 4, 1)),
    ... ]
    >>> calls = capital_calls([30, 40, 40], [day(2026, 1, 1), day(2026, 4, 1), day(2026, 7, 1)],
    ...                       promised)
    >>> calls.called_usd_nominal.tolist()
    [[30.0, 20.0, 10.0], [0.0, 20.0, 10.0]]
    >>> calls.unfunded_usd_nominal.tolist()
    [0.0, 0.0, 20.0]
    """
    uses = np.asarray(uses_usd_nominal, dtype=np.float64)
    rates = usd_per_unit or {}
    _check(uses, dates, commitments, rates)
    exchange = np.stack([_exchange(promise, rates, len(dates)) for promise in commitments])
    opened = np.array([[_is_open(promise, day) for day in dates] for promise in commitments])
    rank = np.array([promise.rank if order == "in_order" else 0 for promise in commitments])
    amounts = np.array([promise.amount_nominal for promise in commitments], dtype=np.float64)
    undrawn = np.broadcast_to(amounts, (*uses.shape[:-1], len(amounts))).copy()
    called = np.zeros((*uses.shape[:-1], len(amounts), len(dates)))
    left_over = np.zeros_like(called)
    unfunded = np.zeros_like(uses)
    for period in range(len(dates)):
        need = uses[..., period]
        at_hand = undrawn * exchange[:, period] * opened[:, period]
        for place in np.unique(rank):
            asked = np.where(rank == place, at_hand, 0.0)
            total = asked.sum(axis=-1)
            part = np.divide(need, total, out=np.zeros_like(need), where=total > 0)
            call = asked * np.minimum(part, 1.0)[..., np.newaxis]
            called[..., period] += call
            # What covers the whole need leaves exactly nothing.
            need = np.where(part < 1.0, np.where(total > 0, 0.0, need), need - total)
            undrawn = undrawn - call / exchange[:, period]
        undrawn = np.maximum(undrawn, 0.0)
        left_over[..., period] = undrawn
        unfunded[..., period] = np.maximum(need, 0.0)
    names = tuple(promise.investor for promise in commitments)
    return CapitalCalls(names, tuple(dates), called, left_over, unfunded)


def j_curve(calls: CapitalCalls, distributed_usd_nominal: npt.ArrayLike) -> pd.DataFrame:
    """Return the J-curve: what each investor is out of pocket by after each period.

    Parameters
    ----------
    calls
        Calls of one draw: axes (investor, period).
    distributed_usd_nominal
        Distributions, axes (investor, period) [USD nominal].

    Returns
    -------
    pandas.DataFrame
        Rows by investor and date; called and net flow from the investor's side, out is negative,
        and the sum of net flows so far.

    Examples
    --------
    >>> day = datetime.date
    >>> dates = [day(2026, 1, 1), day(2026, 4, 1)]
    >>> calls = capital_calls([10, 0], dates, [Commitment("north", 60, day(2026, 1, 1))])
    >>> j_curve(calls, [[0, 4]])["cumulative_usd_nominal"].tolist()
    [-10.0, -6.0]
    """
    back = np.asarray(distributed_usd_nominal, dtype=np.float64)
    net = back - calls.called_usd_nominal
    index = pd.MultiIndex.from_product([calls.investors, calls.dates], names=["investor", "date"])
    columns = {
        "called_usd_nominal": calls.called_usd_nominal,
        "distributed_usd_nominal": back,
        "net_usd_nominal": net,
        "cumulative_usd_nominal": np.cumsum(net, axis=-1),
    }
    return pd.DataFrame({name: part.ravel() for name, part in columns.items()}, index=index)


def _is_open(promise: Commitment, day: datetime.date) -> bool:
    return promise.first_close <= day and (promise.last_call is None or day <= promise.last_call)


def _exchange(
    promise: Commitment, rates: Mapping[str, npt.ArrayLike], periods: int
) -> npt.NDArray[np.float64]:
    if promise.currency == "USD":
        return np.ones(periods)
    given = np.asarray(rates[promise.currency], dtype=np.float64)
    return np.broadcast_to(given, (periods,)).astype(np.float64)


def _check(
    uses: Floats,
    dates: Sequence[datetime.date],
    commitments: Sequence[Commitment],
    rates: Mapping[str, npt.ArrayLike],
) -> None:
    faults = []
    if uses.shape[-1:] != (len(dates),) or not len(dates):
        what = f"There are {len(dates)} dates for uses of shape {uses.shape}."
        faults.append(Fault(what, "dates", "Give one date for each period."))
    elif not (uses >= 0).all():
        what = f"The least use is {uses.min():g}."
        faults.append(Fault(what, "uses_usd_nominal", "Give amounts of 0 or more."))
    for row, (earlier, later) in enumerate(zip(dates, dates[1:], strict=False), start=1):
        if later <= earlier:
            what = f"{later} follows {earlier}."
            faults.append(Fault(what, f"dates[{row}]", "Give dates that rise."))
    if not commitments:
        faults.append(Fault("There are none.", "commitments", "Give one or more."))
    names = [promise.investor for promise in commitments]
    for promise in commitments:
        faults += [
            Fault(what, f"commitments: {promise.investor}", mend)
            for what, mend in _faults_of(promise, dates, names.count(promise.investor), rates)
        ]
    if faults:
        headline = "Capital cannot be called."
        raise InputError(headline, faults)


def _faults_of(
    promise: Commitment,
    dates: Sequence[datetime.date],
    times_named: int,
    rates: Mapping[str, npt.ArrayLike],
) -> list[tuple[str, str]]:
    """Return what is wrong with a commitment, and how to mend it."""
    found = []
    if not promise.amount_nominal >= 0:
        what = f"The commitment is {promise.amount_nominal:g}."
        found.append((what, "Give an amount of 0 or more."))
    if times_named > 1:
        found.append((f"The investor is named {times_named} times.", "Name each investor once."))
    if promise.currency != "USD" and promise.currency not in rates:
        known = ", ".join(["USD", *sorted(rates)])
        what = f"The currency {promise.currency} is not known; known are {known}."
        found.append((what, "Give its exchange rate in usd_per_unit."))
    elif promise.currency != "USD" and not (np.asarray(rates[promise.currency]) > 0).all():
        what = f"An exchange rate of {promise.currency} is not above zero."
        found.append((what, "Give dollars per unit above 0."))
    if len(dates) and promise.first_close > dates[-1]:
        what = f"It first closes on {promise.first_close}, after the last call on {dates[-1]}."
        found.append((what, "Close it earlier, or plan for longer."))
    if promise.last_call is not None and promise.last_call < promise.first_close:
        what = f"Its last call, {promise.last_call}, comes before its close."
        found.append((what, "Give a later day."))
    return found
