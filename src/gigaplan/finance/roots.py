"""Roots: every rate at which discounted flows sum to zero, for many flows at once.

With x = ln(1+r) the present value is f(x) = sum c_i exp(-x t_i), a sum of exponentials. It has no
more zeros than its flows change sign (Descartes). Let the flows change sign at times tau_1 < ... <
tau_V. The derivative of exp(x tau_V) f(x) has the coefficients c_i (tau_V - t_i): one change of
sign fewer, and between two neighbouring zeros of it f has at most one. So the zeros of f follow
from those of a function with V-1 changes, down to one with none, which has no zero. Each zero is
found by bisection with Newton steps inside a bracket.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

GROWTH_LIMIT: Final = 700.0
"""No root is looked for beyond 1+r = exp(+-700), which floats can hardly hold."""
STEPS: Final = 200
LONGEST: Final = 500
"""Periods up to which exp(n) is far from an overflow."""
STILL: Final = 1e-14
"""A step of x this small ends a search; Newton doubles the digits once more."""
EXACT: Final = np.finfo(np.float64).eps / 8
TOUCHING: Final = 64 * np.finfo(np.float64).eps
"""A sum this small beside the sum of its sizes is a zero: a root that touches without crossing."""


def sign_changes(cash: Floats) -> Counts:
    """Count how often flows change sign; zeros do not count.

    Parameters
    ----------
    cash
        Flows, axes (row, period).

    Returns
    -------
    numpy.ndarray
        Changes of sign, one for each row.

    Examples
    --------
    >>> sign_changes(np.array([[-1.0, 0.0, 2.0], [-1.0, 3.0, -2.0], [0.0, 1.0, 1.0]])).tolist()
    [1, 2, 0]
    """
    return np.asarray(_changes(cash)[0].sum(axis=-1))


def _changes(cash: Floats) -> tuple[Bools, Counts]:
    """Return where a flow has another sign than the last nonzero flow before, and where that is."""
    column = np.arange(cash.shape[-1])
    last = np.maximum.accumulate(np.where(cash != 0, column, -1), axis=-1)
    before = np.concatenate([np.full((*cash.shape[:-1], 1), -1), last[..., :-1]], axis=-1)
    sign_before = np.take_along_axis(np.sign(cash), np.maximum(before, 0), axis=-1)
    return (before >= 0) & (np.sign(cash) * sign_before < 0), before


def _shifted(cash: Floats, times: Floats, x: Floats) -> tuple[Floats, Floats, Floats]:
    """Return f, df/dx and the sum of sizes, all times one positive factor that prevents overflow.

    The factor is exp(x t) with t the time of the first flow (of the last, for x below 0).
    """
    present = cash != 0
    first = times[np.argmax(present, axis=-1)]
    last = times[cash.shape[-1] - 1 - np.argmax(present[:, ::-1], axis=-1)]
    anchor = np.where(x >= 0, first, last)
    exponent = np.minimum(-x[:, np.newaxis] * (times - anchor[:, np.newaxis]), 0.0)
    terms = cash * np.exp(exponent)
    slope = -(terms * (times - anchor[:, np.newaxis])).sum(axis=-1)
    return terms.sum(axis=-1), slope, np.abs(terms).sum(axis=-1)


def _sign(cash: Floats, times: Floats, x: Floats) -> Floats:
    value, _, size = _shifted(cash, times, x)
    return np.where(np.abs(value) <= TOUCHING * size, 0.0, np.sign(value))


def _bracketed(cash: Floats, times: Floats, low: Floats, high: Floats, rising: Bools) -> Floats:
    """Return the zero between low and high, at which f has unlike signs, row by row."""
    gaps = np.diff(times)
    if len(times) > LONGEST or np.ptp(gaps) > 1e-12 * gaps[0]:
        return _searched(cash, times, low, high, rising)
    # Even periods and a usual rate: a polynomial, which is faster.
    usual = 1.0 / gaps[0]
    columns = np.ascontiguousarray(cash.T)
    near_low, near_high = np.maximum(low, -usual), np.minimum(high, usual)
    below = _polynomial(columns, gaps[0] * near_low)[0]
    above = _polynomial(columns, gaps[0] * near_high)[0]
    fast = np.where(rising, (below < 0) & (above > 0), (below > 0) & (above < 0))
    fast &= near_low < near_high
    x = np.empty(len(cash))
    if fast.any():
        y = _searched_evenly(
            np.ascontiguousarray(columns[:, fast]),
            gaps[0] * near_low[fast],
            gaps[0] * near_high[fast],
            rising[fast],
        )
        x[fast] = y / gaps[0]
    slow = ~fast
    if slow.any():
        x[slow] = _searched(cash[slow], times, low[slow], high[slow], rising[slow])
    return x


def _polynomial(columns: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return sum c_i exp(-y i) and its derivative to y; the axes of the flows are swapped."""
    v = np.exp(-y)
    value = columns[-1].copy()
    slope = np.zeros_like(value)
    for flow in columns[-2::-1]:
        slope *= v
        slope += value
        value *= v
        value += flow
    return value, -v * slope


def _next(
    x: Floats, value: Floats, slope: Floats, low: Floats, high: Floats, rising: Bools
) -> tuple[Floats, Floats, Floats, Floats]:
    """Narrow the bracket; return it, the next place to look, and the step of Newton."""
    above = (value > 0) == rising
    high, low = np.where(above, x, high), np.where(above, low, x)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        step = value / slope
    aim = x - step
    # A Newton step has to be short, or else halving is faster.
    good = (aim > low) & (aim < high) & (np.abs(step) < (high - low) / 2)
    return low, high, np.where(good, aim, (low + high) / 2), step


def _searched_evenly(columns: Floats, low: Floats, high: Floats, rising: Bools) -> Floats:
    """Find zeros of polynomials inside brackets."""
    found = np.empty(len(low))
    x = np.where((low < 0) & (high > 0), 0.0, (low + high) / 2)
    rows = np.arange(len(low))
    for _ in range(STEPS):
        value, slope = _polynomial(columns, x)
        low, high, following, step = _next(x, value, slope, low, high, rising)
        near = np.abs(step) <= STILL
        following = np.where(near, np.clip(x - step, low, high), following)
        done = near | (np.abs(following - x) <= STILL) | (value == 0)
        x = np.where(value == 0, x, following)
        found[rows] = x
        if done.all():
            break
        if done.sum() > len(done) // 4:
            left = ~done
            columns = np.ascontiguousarray(columns[:, left])
            x, low, high = x[left], low[left], high[left]
            rising, rows = rising[left], rows[left]
    return found


def _searched(cash: Floats, times: Floats, low: Floats, high: Floats, rising: Bools) -> Floats:
    """Find zeros of sums of exponentials inside brackets, at any times and rates."""
    low, high = low.copy(), high.copy()
    x = np.where((low < 0) & (high > 0), 0.0, (low + high) / 2)
    at_work = np.arange(len(cash))
    for _ in range(STEPS):
        here = x[at_work]
        value, slope, size = _shifted(cash[at_work], times, here)
        low[at_work], high[at_work], following, step = _next(
            here, value, slope, low[at_work], high[at_work], rising[at_work]
        )
        spacing = 2 * np.spacing(np.maximum(np.abs(here), 1e-9))
        zero = (np.abs(step) <= spacing) | (np.abs(value) <= EXACT * size)
        done = zero | (np.abs(following - here) <= spacing)
        x[at_work] = np.where(zero, here, following)
        at_work = at_work[~done]
        if not len(at_work):
            break
    return x


def _critical(cash: Floats, times: Floats, taus: Floats) -> Floats:
    """Return the zeros of f, given the times at which its flows change sign; NaN pads."""
    rows, count = taus.shape
    if count == 0:
        return np.empty((rows, 0))
    tau = taus[:, -1:]
    fewer = cash * (tau - times)
    lower = _critical(fewer / np.abs(fewer).max(axis=-1, keepdims=True), times, taus[:, :-1])
    edge = np.full((rows, 1), GROWTH_LIMIT)
    stops = np.concatenate([-edge, np.sort(lower, axis=-1), edge], axis=-1)
    # The padding is sorted to the end; an interval that ends in it ends at the limit.
    stops = np.where(np.isnan(stops), GROWTH_LIMIT, stops)
    every = np.repeat(np.arange(rows), count + 1)
    signs = _sign(cash[every], times, stops.ravel()).reshape(stops.shape)
    found = np.full((rows, 2 * count), np.nan)
    row, place = np.nonzero(signs[:, :-1] * signs[:, 1:] < 0)
    if len(row):
        after = place + 1
        found[row, place] = _bracketed(
            cash[row], times, stops[row, place], stops[row, after], signs[row, after] > 0
        )
    touches = (signs[:, 1:-1] == 0) & (stops[:, 1:-1] < GROWTH_LIMIT)
    found[:, count + 1 :] = np.where(touches, stops[:, 1:-1], np.nan)
    return np.sort(found, axis=-1)[:, :count]


def growth_roots(cash: Floats, times: Floats) -> Floats:
    """Return every x at which sum c exp(-x t) is zero.

    Parameters
    ----------
    cash
        Flows, axes (row, period).
    times
        Times of the periods, strictly rising [periods or years].

    Returns
    -------
    numpy.ndarray
        Axes (row, root): rising along a row, padded with NaN [log of 1+r].

    Examples
    --------
    1 out, 2.3 in, 1.32 out: r = 10 % and r = 20 %.

    >>> roots = growth_roots(np.array([[-1.0, 2.3, -1.32]]), np.arange(3.0))
    >>> np.expm1(roots).round(9).tolist()
    [[0.1, 0.2]]
    """
    changing, before = _changes(cash)
    count = changing.sum(axis=-1)
    roots = np.full((len(cash), max(1, int(count.max(initial=0)))), np.nan)
    midpoint = (times + times[np.maximum(before, 0)]) / 2
    for changes in np.unique(count[count > 0]):
        rows = np.flatnonzero(count == changes)
        taus = midpoint[rows][changing[rows]].reshape(len(rows), int(changes))
        scale = np.abs(cash[rows]).max(axis=-1, keepdims=True)
        roots[rows, : int(changes)] = _critical(cash[rows] / scale, times, taus)
    return roots
