"""Yearly returns: worth, internal rate of return and payback of evenly spaced flows.

Flows have dimensions project, period, with period 0 first. The search for the rate is in step with
that of the compiled kernel; ``returns`` finds every root, and takes dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

LOWEST_RATE: Final = -0.99
HIGHEST_RATE: Final = 100.0
MOST_ROUNDS: Final = 200


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


def npv(flows_usd_nominal: Array, rate_frac: npt.ArrayLike) -> Array:
    r"""Return the worth at period 0: :math:`\sum_t x_t (1+r)^{-t}`.

    Parameters
    ----------
    flows_usd_nominal
        Dimensions project, period [USD].
    rate_frac
        One number or one for each project [frac].

    Examples
    --------
    >>> npv(np.array([[-100.0, 60.0, 60.5]]), 0.1).round(6).tolist()
    [4.545455]
    """
    v = 1.0 / (1.0 + np.asarray(rate_frac, dtype=float))
    worth = np.zeros(np.broadcast_shapes(flows_usd_nominal.shape[:-1], v.shape))
    for period in range(flows_usd_nominal.shape[-1] - 1, -1, -1):
        worth = worth * v + flows_usd_nominal[..., period]
    return worth


def irr(flows_usd_nominal: Array) -> Irr:
    r"""Return the rate at which the worth is zero.

    The rate is unique when the flows change sign once. When their running sums change sign once
    and end above zero, only one rate is above zero (Norstrom), and it is returned. Otherwise the
    worth is looked at on a grid of rates, and where it changes sign more than once, the status is
    ``several`` and the rate NaN: ask :func:`irr_roots`.

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
    low = np.full(flows.shape[0], LOWEST_RATE)
    high = np.full(flows.shape[0], HIGHEST_RATE)
    status = np.full(flows.shape[0], "one", dtype="<U7")
    norstrom = _one_above_zero(flows)
    low[norstrom] = 0.0
    open_ended = np.sign(npv(flows, low)) * np.sign(npv(flows, high)) >= 0
    status[open_ended] = "none"
    for row in np.flatnonzero((_sign_changes(flows) > 1) & ~norstrom):
        crossings = _crossings(flows[row])
        if len(crossings) == 1:
            low[row], high[row] = crossings[0]
        status[row] = {0: "none", 1: "one"}.get(len(crossings), "several")
    rates = np.full(flows.shape[0], np.nan)
    sought = status == "one"
    rates[sought] = _root(flows[sought], low[sought], high[sought])
    return Irr(rates, status)


def irr_roots(flows_usd_nominal: Array) -> tuple[float, ...]:
    """Return every rate from -99 % to 10,000 % at which the worth of one flow is zero.

    Examples
    --------
    >>> [round(rate, 9) for rate in irr_roots(np.array([-100.0, 230.0, -132.0]))]
    [0.1, 0.2]
    """
    flows = np.asarray(flows_usd_nominal, dtype=float)
    found = _crossings(flows)
    return tuple(
        float(_root(flows[None], np.array([low]), np.array([high]))[0]) for low, high in found
    )


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
    changes = _sign_changes(np.cumsum(flows, axis=1))
    return np.asarray((changes == 1) & (flows[:, 0] < 0) & (flows.sum(axis=1) > 0))


def _sign_changes(values: Array) -> npt.NDArray[np.int_]:
    """Count changes of sign along a row; zeros are passed over."""
    signs = np.sign(values)
    places = np.where(signs != 0, np.arange(values.shape[1]), 0)
    held = np.take_along_axis(signs, np.maximum.accumulate(places, axis=1), axis=1)
    return np.asarray(((held[:, 1:] * held[:, :-1]) < 0).sum(axis=1))


def _rates() -> Array:
    """Return the rates at which worth is looked at."""
    return np.expm1(np.linspace(np.log1p(LOWEST_RATE), np.log1p(HIGHEST_RATE), 2001))


def _crossings(flow: Array) -> list[tuple[float, float]]:
    """Return pairs of rates between which the worth of one flow changes sign."""
    grid = _rates()
    signs = np.sign(npv(flow[None], grid))
    exact = [(rate, rate) for rate in grid[signs == 0]]
    cross = np.flatnonzero(signs[1:] * signs[:-1] < 0)
    return sorted(exact + [(float(grid[at]), float(grid[at + 1])) for at in cross])


def _root(flows: Array, low: Array, high: Array) -> Array:
    """Return the roots between given rates, by Newton's steps kept inside a shrinking bracket."""
    low, high = low.copy(), high.copy()
    rising = npv(flows, high) > npv(flows, low)
    periods = np.arange(flows.shape[-1])
    rate = np.clip(0.1, low, high)
    for _ in range(MOST_ROUNDS):
        worth = npv(flows, rate)
        above = (worth > 0) != rising
        low, high = np.where(above, rate, low), np.where(above, high, rate)
        slope = -npv(flows * periods, rate) / (1.0 + rate)
        with np.errstate(divide="ignore", invalid="ignore"):
            better = rate - worth / slope
        inside = (better > low) & (better < high)
        better = np.where(inside, better, 0.5 * (low + high))
        better = np.where(worth == 0, rate, better)
        done = np.abs(better - rate) <= 4e-16 * (1.0 + np.abs(rate))
        rate = better
        if np.all(done):
            break
    return np.asarray(rate)
