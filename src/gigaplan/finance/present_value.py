"""Present value: what flows at given times are worth at the first of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyxirr

from gigaplan.terms.errors import Fault, InputError

Floats = npt.NDArray[np.float64]
Timing = Literal["end", "mid"]
DayCount = Literal["ACT/365F", "ACT/360", "30/360 ISDA", "ACT/ACT ISDA"]


def period_times(periods: int, timing: Timing = "end") -> Floats:
    """Return the time of each period: period 0 is now, the others at their end or middle.

    Parameters
    ----------
    periods
        Number of periods, with period 0.
    timing
        ``end``: flows fall on the end of a period; ``mid``: on its middle.

    Returns
    -------
    numpy.ndarray
        Times [periods].

    Examples
    --------
    >>> period_times(4).tolist(), period_times(4, "mid").tolist()
    ([0.0, 1.0, 2.0, 3.0], [0.0, 0.5, 1.5, 2.5])
    """
    times = np.arange(periods, dtype=np.float64)
    if timing == "mid":
        times[1:] -= 0.5
    return times


def dated_times(
    dates: Sequence[datetime.date], day_count: DayCount = "ACT/365F", *, ordered: bool = True
) -> Floats:
    r"""Return the years from the first date to each date.

    .. math:: t_i = \frac{d_i - d_0}{365}

    Parameters
    ----------
    dates
        Days of the flows.
    day_count
        Convention; the equation is that of ``ACT/365F``, which XNPV and XIRR use.
    ordered
        Refuse dates that go backwards.

    Returns
    -------
    numpy.ndarray
        Times [years].

    Raises
    ------
    InputError
        If there is no date, or a date comes before the one above it.

    Examples
    --------
    A leap year has 366 days.

    >>> dated_times([datetime.date(2028, 1, 1), datetime.date(2029, 1, 1)]).round(6).tolist()
    [0.0, 1.00274]
    """
    if not dates:
        headline = "The dates of a cash flow cannot be used."
        raise InputError(headline, [Fault("There are none.", "dates", "Give one for each flow.")])
    faults = [
        Fault(
            f"{later} follows {earlier}.",
            f"dates[{row}]",
            "Sort the flows by date.",
        )
        for row, (earlier, later) in enumerate(zip(dates, dates[1:], strict=False), start=1)
        if later < earlier
    ]
    if ordered and faults:
        headline = "The dates of a cash flow are out of order."
        raise InputError(headline, faults)
    return np.array([pyxirr.year_fraction(dates[0], day, day_count) for day in dates])


def present_value(
    cash_usd_nominal: npt.ArrayLike, rate_frac: npt.ArrayLike, times: npt.ArrayLike
) -> Floats:
    r"""Return NPV; with the times of dates, XNPV.

    .. math:: V = \sum_i \frac{C_i}{(1+r)^{t_i}}

    Parameters
    ----------
    cash_usd_nominal
        Flows C; the last axis is the period; in is positive [USD nominal].
    rate_frac
        Nominal rate r for one unit of time, above -1; its axes are those of the flows without
        the last [frac].
    times
        Times t, see :func:`period_times` and :func:`dated_times` [periods or years].

    Returns
    -------
    numpy.ndarray
        Present value at time 0, of the shape of the flows without the last axis [USD nominal].

    Examples
    --------
    Three payments of 50 at 10 % in the middle of their years.

    >>> round(float(present_value([0, 50, 50, 50], 0.10, period_times(4, "mid"))), 6)
    130.411619
    """
    cash = np.asarray(cash_usd_nominal, dtype=np.float64)
    growth = np.log1p(np.asarray(rate_frac, dtype=np.float64))[..., np.newaxis]
    return np.asarray((cash * np.exp(-growth * np.asarray(times, dtype=np.float64))).sum(axis=-1))


def npv_on_a_curve(cash_usd_nominal: Floats, rate_frac: Floats) -> Floats:
    r"""Return the present value of yearly flows at rates that change from year to year.

    .. math:: V = \sum_t C_t \prod_{k=1}^{t} (1 + r_k)^{-1}

    By Horner's rule; with one rate for all years it is :func:`npv` to the last digit.

    Parameters
    ----------
    cash_usd_nominal
        Flows C; dimensions project, period, with period 0 now; in is positive [USD nominal].
    rate_frac
        Nominal rates r of years 1, 2, ..., or one for all of them; dimensions project, period;
        one row serves all projects [frac].

    Examples
    --------
    >>> npv_on_a_curve(np.array([[-100.0, 60.0, 60.0]]), np.array([[0.2, 0.0]])).tolist()
    [0.0]
    """
    v = 1.0 / (1.0 + rate_frac)
    worth = np.zeros(np.broadcast_shapes(cash_usd_nominal.shape[:1], v.shape[:1]))
    last = cash_usd_nominal.shape[1] - 1
    for period in range(last, -1, -1):
        next_year = min(period, v.shape[1] - 1)
        worth = worth * v[:, next_year] + cash_usd_nominal[:, period]
    return worth


def npv(cash_usd_nominal: npt.ArrayLike, rate_frac: npt.ArrayLike) -> Floats:
    """Return the present value of periodic flows, each at the end of its period.

    By Horner's rule: to the last digit the same for a row whatever rows stand beside it.

    Parameters
    ----------
    cash_usd_nominal
        Flows; the last axis is the period, with period 0 now; in is positive [USD nominal].
    rate_frac
        Nominal rate for one period, see :func:`present_value` [frac].

    Examples
    --------
    >>> npv([[-100.0, 60.0, 60.5]], 0.1).round(6).tolist()
    [4.545455]
    """
    cash = np.asarray(cash_usd_nominal, dtype=np.float64)
    v = 1.0 / (1.0 + np.asarray(rate_frac, dtype=np.float64))
    worth = np.zeros(np.broadcast_shapes(cash.shape[:-1], v.shape))
    for period in range(cash.shape[-1] - 1, -1, -1):
        worth = worth * v + cash[..., period]
    return worth
