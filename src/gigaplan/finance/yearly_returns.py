"""Yearly returns: the rate of return that a project is shown with, and its payback.

Flows have dimensions project, period, with period 0 first. Which of several roots counts as the
rate is decided here: the compiled kernel asks here wherever more than one could be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.present_value import period_times
from gigaplan.finance.returns import rates_of_return
from gigaplan.finance.roots import sign_changes

Array = npt.NDArray[np.float64]

LOWEST_RATE: Final = -0.99
HIGHEST_RATE: Final = 100.0
STATUSES: Final = ("none", "one", "several")


@dataclass(frozen=True)
class Irr:
    """Internal rates of return.

    Parameters
    ----------
    rate_frac
        The rate; NaN where there is none, or more than one; dimension project [frac].
    status
        ``one``, ``none`` or ``several``; dimension project.
    """

    rate_frac: Array
    status: npt.NDArray[np.str_]


def irr(flows_usd_nominal: Array) -> Irr:
    """Return the rate at which the worth is zero.

    The rate is unique when the flows change sign once. When their running sums change sign once
    and end above zero, only one rate is above zero (Norstrom), and it is returned. Otherwise, with
    more than one rate from -99 % to 10,000 %, the status is ``several`` and the rate NaN:
    :func:`~gigaplan.finance.returns.rates_of_return` lists them all.

    Parameters
    ----------
    flows_usd_nominal
        Dimensions project, period [USD].

    References
    ----------
    Norstrom, C. J., "A sufficient condition for a unique nonnegative internal rate of return",
    Journal of Financial and Quantitative Analysis 7 (1972).

    Examples
    --------
    >>> found = irr(np.array([[-100.0, 110.0], [-100.0, -1.0], [-1.0, 2.3]]))
    >>> found.rate_frac.round(12).tolist(), found.status.tolist()
    ([0.1, nan, 1.3], ['one', 'none', 'one'])
    >>> irr(np.array([[-100.0, 230.0, -132.0]])).status.tolist()
    ['several']
    """
    flows = np.atleast_2d(np.asarray(flows_usd_nominal, dtype=float))
    return rate_among(flows, rates_of_return(flows, period_times(flows.shape[-1])).roots_frac)


def rate_among(flows_usd_nominal: Array, roots_frac: Array) -> Irr:
    """Return the rate that flows are shown with, among all at which their worth is zero.

    Parameters
    ----------
    flows_usd_nominal
        Flows at any times, rising; dimensions project, period [USD].
    roots_frac
        Their rates of return, rising, filled up with NaN; dimensions project, root [frac].

    Examples
    --------
    A lender is paid a small fee before it lends, which is a second root, of 100,790 %:

    >>> flows = np.array([[0.1, -101.0, 110.0]])
    >>> rate_among(flows, rates_of_return(flows, [0, 1, 2]).roots_frac).rate_frac.round(4).tolist()
    [0.0903]
    """
    flows, roots = flows_usd_nominal, roots_frac
    within = (roots > LOWEST_RATE) & (roots < HIGHEST_RATE)
    # The one above zero is the last.
    last = np.isfinite(roots).sum(axis=-1, keepdims=True) - 1
    others = np.arange(roots.shape[-1]) != last
    within &= ~(_one_above_zero(flows)[:, np.newaxis] & others)
    found = within.sum(axis=-1)
    rate = np.take_along_axis(roots, within.argmax(axis=-1)[:, np.newaxis], axis=-1)[:, 0]
    return Irr(np.where(found == 1, rate, np.nan), np.array(STATUSES)[np.minimum(found, 2)])


def payback_years(flows_usd_nominal: Array) -> Array:
    """Return the years until the running sum is zero for the first time; NaN if it never is.

    Inside a year money comes evenly.

    Examples
    --------
    >>> payback_years(np.array([[-100.0, 60.0, 80.0], [-100.0, 10.0, 10.0]])).tolist()
    [1.5, nan]
    """
    flows = np.atleast_2d(flows_usd_nominal)
    total = np.cumsum(flows, axis=1)
    whole = total >= 0
    year = np.argmax(whole, axis=1)
    rows = np.arange(flows.shape[0])
    before = np.where(year > 0, total[rows, np.maximum(year - 1, 0)], 0.0)
    inflow = np.where(year > 0, flows[rows, year], 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        years = np.where(year > 0, year - 1 - before / inflow, 0.0)
    return np.where(whole.any(axis=1), years, np.nan)


def _one_above_zero(flows: Array) -> npt.NDArray[np.bool_]:
    """Say of which flows exactly one rate of return is above zero, by their running sums."""
    totals = np.cumsum(flows, axis=1)
    return np.asarray((sign_changes(totals) == 1) & (totals[:, -1] > 0))
