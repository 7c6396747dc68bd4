"""Returns: the rate of return of flows, flagged where there is none or more than one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from gigaplan.finance.present_value import Floats, Timing, dated_times, period_times
from gigaplan.finance.roots import Counts, growth_roots, sign_changes
from gigaplan.terms.errors import Fault, InputError

Status = Literal["unique", "none", "multiple"]
STATUSES: Final[tuple[Status, ...]] = ("none", "unique", "multiple")


@dataclass(frozen=True)
class RateOfReturn:
    """The internal rate of return of one series of flows.

    Parameters
    ----------
    status
        Whether there is no rate, one, or more.
    rate_frac
        The rate where there is one only, else None [frac].
    roots_frac
        Every rate at which the present value is zero, rising [frac].
    sign_changes
        How often the flows change sign: there cannot be more roots.
    reason
        Why there is not one rate, in words; empty where there is.
    """

    status: Status
    rate_frac: float | None
    roots_frac: tuple[float, ...]
    sign_changes: int
    reason: str


@dataclass(frozen=True)
class RatesOfReturn:
    """The internal rates of return of many series of flows.

    Parameters
    ----------
    rate_frac
        The rate where there is one only, else NaN; ``status`` says why [frac].
    status
        0 none, 1 unique, 2 multiple: the place in ``STATUSES``.
    roots_frac
        Every root, rising along one more axis, padded with NaN [frac].
    sign_changes
        How often the flows change sign.
    """

    rate_frac: Floats
    status: Counts
    roots_frac: Floats
    sign_changes: Counts


def rates_of_return(cash_usd_nominal: npt.ArrayLike, times: npt.ArrayLike) -> RatesOfReturn:
    r"""Return every rate that brings the present value of flows to zero.

    .. math:: \sum_i \frac{C_i}{(1+r)^{t_i}} = 0

    Parameters
    ----------
    cash_usd_nominal
        Flows C; the last axis is the period; in is positive [USD nominal].
    times
        Times t, rising; flows at one time are added [periods or years].

    Returns
    -------
    RatesOfReturn
        Of the shape of the flows without the last axis; rates for one unit of time.

    Raises
    ------
    InputError
        If a flow is not finite, or times do not fit the flows or go backwards.

    References
    ----------
    G. J. O. Jameson, "Counting zeros of generalised polynomials: Descartes' rule of signs and
    Laguerre's extensions", The Mathematical Gazette 90 (2006) 223-234.

    Examples
    --------
    100 that become 121 in two years; flows with two rates; flows with none.

    >>> rates = rates_of_return([[-100, 0, 121], [-1, 2.3, -1.32], [1, 2, 3]], [0, 1, 2])
    >>> rates.rate_frac.round(9).tolist(), rates.status.tolist()
    ([0.1, nan, nan], [1, 2, 0])
    >>> rates.roots_frac[1].round(9).tolist()
    [0.1, 0.2]
    """
    cash = np.asarray(cash_usd_nominal, dtype=np.float64)
    when = np.asarray(times, dtype=np.float64)
    _check_flows(cash, when)
    moments, place = np.unique(when, return_inverse=True)
    rows = cash.reshape(-1, cash.shape[-1])
    if len(moments) < len(when):
        starts = np.flatnonzero(np.diff(place, prepend=-1))
        rows = np.add.reduceat(rows, starts, axis=-1)
    roots = np.expm1(growth_roots(rows, moments))
    found = np.isfinite(roots).sum(axis=-1)
    status = np.minimum(found, 2)
    shape = cash.shape[:-1]
    return RatesOfReturn(
        rate_frac=np.where(status == 1, roots[:, 0], np.nan).reshape(shape),
        status=status.reshape(shape),
        roots_frac=roots.reshape(*shape, roots.shape[-1]),
        sign_changes=sign_changes(rows).reshape(shape),
    )


def internal_rate_of_return(
    cash_usd_nominal: npt.ArrayLike, timing: Timing = "end"
) -> RateOfReturn:
    """Return IRR of one series of periodic flows, for one period.

    Parameters
    ----------
    cash_usd_nominal
        Flows by period; period 0 is now; in is positive [USD nominal].
    timing
        Whether flows fall on the end or the middle of their period.

    Returns
    -------
    RateOfReturn
        The rate, or why there is not one.

    Examples
    --------
    >>> result = internal_rate_of_return([-70000, 12000, 15000, 18000, 21000, 26000])
    >>> result.status, round(result.rate_frac, 9)
    ('unique', 0.086630948)
    >>> internal_rate_of_return([-5, -1]).reason
    'No flow is above zero: money goes out only.'
    """
    cash = np.asarray(cash_usd_nominal, dtype=np.float64)
    return _one(cash, period_times(len(cash), timing))


def dated_rate_of_return(
    dates: Sequence[datetime.date], cash_usd_nominal: npt.ArrayLike
) -> RateOfReturn:
    """Return XIRR: the effective yearly rate of dated flows, with years of 365 days.

    Parameters
    ----------
    dates
        Days of the flows, in order.
    cash_usd_nominal
        Flows; in is positive [USD nominal].

    Returns
    -------
    RateOfReturn
        The yearly rate, or why there is not one.

    Examples
    --------
    The example of the XIRR page of Microsoft.

    >>> days = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
    >>> dates = [datetime.date.fromisoformat(day) for day in days]
    >>> result = dated_rate_of_return(dates, [-10000, 2750, 4250, 3250, 2750])
    >>> round(result.rate_frac, 9)
    0.373362534
    """
    return _one(np.asarray(cash_usd_nominal, dtype=np.float64), dated_times(dates))


def yearly_rate(rate_frac: npt.ArrayLike, periods_per_year: float) -> Floats:
    r"""Return the effective yearly rate of a rate for a shorter period.

    .. math:: (1 + i)^m - 1

    Parameters
    ----------
    rate_frac
        Rate i for one period [frac].
    periods_per_year
        Periods in a year, m [1/yr].

    Returns
    -------
    numpy.ndarray
        Yearly rate [frac].

    Examples
    --------
    >>> round(float(yearly_rate(0.01, 12)), 9)
    0.12682503
    """
    return np.asarray(np.expm1(periods_per_year * np.log1p(np.asarray(rate_frac, dtype=float))))


def _one(cash: Floats, times: Floats) -> RateOfReturn:
    rates = rates_of_return(cash, times)
    roots = tuple(float(root) for root in rates.roots_frac if np.isfinite(root))
    status = STATUSES[int(rates.status)]
    return RateOfReturn(
        status=status,
        rate_frac=roots[0] if status == "unique" else None,
        roots_frac=roots,
        sign_changes=int(rates.sign_changes),
        reason=_reason(cash, roots),
    )


def _reason(cash: Floats, roots: tuple[float, ...]) -> str:
    if len(roots) == 1:
        return ""
    if roots:
        listed = ", ".join(f"{100 * root:.4g} %" for root in roots)
        return f"{len(roots)} rates bring the present value to zero: {listed}."
    if not cash.any():
        return "Every flow is zero."
    if not (cash > 0).any():
        return "No flow is above zero: money goes out only."
    if not (cash < 0).any():
        return "No flow is below zero: money comes in only."
    worth = "above" if cash[np.flatnonzero(cash)[0]] > 0 else "below"
    return f"The present value is {worth} zero at every rate."


def _check_flows(cash: Floats, times: Floats) -> None:
    headline = "A rate of return cannot be computed."
    faults = []
    if cash.ndim == 0 or times.shape != cash.shape[-1:] or not times.size:
        what = f"There are {times.size} times for flows of shape {cash.shape}."
        faults.append(Fault(what, "times", "Give one time for each period."))
    elif np.any(np.diff(times) < 0):
        faults.append(Fault("The times go backwards.", "times", "Sort the flows by time."))
    if not np.isfinite(cash).all():
        count = int((~np.isfinite(cash)).sum())
        what = f"{count} flows are not finite numbers."
        faults.append(Fault(what, "cash_usd_nominal", "Give a number for every flow."))
    if faults:
        raise InputError(headline, faults)
