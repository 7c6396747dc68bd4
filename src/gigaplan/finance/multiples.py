"""Multiples: what investors got back for each dollar they paid in, and when."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.present_value import Floats, present_value

NEVER: Final = np.nan
"""Payback of flows that never pay back: an answer of its own, not a fault."""


def distributed_to_paid_in(
    paid_in_usd_nominal: npt.ArrayLike, distributed_usd_nominal: npt.ArrayLike
) -> Floats:
    r"""Return DPI after each period; its last value for a closed fund is MOIC.

    .. math:: \mathrm{DPI}_t = \frac{\sum_{s \le t} D_s}{\sum_{s \le t} C_s}

    Parameters
    ----------
    paid_in_usd_nominal
        Capital C called from investors, zero or above; the last axis is the period [USD nominal].
    distributed_usd_nominal
        Distributions D to them, zero or above [USD nominal].

    Returns
    -------
    numpy.ndarray
        By period; zero before the first call [frac].

    Examples
    --------
    150 paid in; 60 and 80 back by the fourth year.

    >>> paid, back = [100, 50, 0, 0, 0, 0], [0, 0, 0, 60, 80, 90]
    >>> distributed_to_paid_in(paid, back).round(6).tolist()
    [0.0, 0.0, 0.0, 0.4, 0.933333, 1.533333]
    """
    return _ratio(
        np.cumsum(np.asarray(distributed_usd_nominal, dtype=np.float64), axis=-1),
        np.cumsum(np.asarray(paid_in_usd_nominal, dtype=np.float64), axis=-1),
    )


def residual_to_paid_in(
    paid_in_usd_nominal: npt.ArrayLike, net_asset_value_usd_nominal: npt.ArrayLike
) -> Floats:
    r"""Return RVPI after each period.

    .. math:: \mathrm{RVPI}_t = \frac{V_t}{\sum_{s \le t} C_s}

    Parameters
    ----------
    paid_in_usd_nominal
        Capital C called, zero or above; the last axis is the period [USD nominal].
    net_asset_value_usd_nominal
        What the investors still hold at the end of each period, V; may be negative [USD nominal].

    Returns
    -------
    numpy.ndarray
        By period; zero before the first call [frac].

    Examples
    --------
    >>> residual_to_paid_in([100, 50], [90, 180]).tolist()
    [0.9, 1.2]
    """
    return _ratio(
        np.asarray(net_asset_value_usd_nominal, dtype=np.float64),
        np.cumsum(np.asarray(paid_in_usd_nominal, dtype=np.float64), axis=-1),
    )


def total_value_to_paid_in(
    paid_in_usd_nominal: npt.ArrayLike,
    distributed_usd_nominal: npt.ArrayLike,
    net_asset_value_usd_nominal: npt.ArrayLike,
) -> Floats:
    r"""Return TVPI after each period.

    .. math:: \mathrm{TVPI}_t = \mathrm{DPI}_t + \mathrm{RVPI}_t

    Parameters
    ----------
    paid_in_usd_nominal, distributed_usd_nominal, net_asset_value_usd_nominal
        As in :func:`distributed_to_paid_in` and :func:`residual_to_paid_in` [USD nominal].

    Returns
    -------
    numpy.ndarray
        By period [frac].

    Examples
    --------
    >>> total_value_to_paid_in([100, 0], [0, 30], [100, 95]).tolist()
    [1.0, 1.25]
    """
    return distributed_to_paid_in(
        paid_in_usd_nominal, distributed_usd_nominal
    ) + residual_to_paid_in(paid_in_usd_nominal, net_asset_value_usd_nominal)


def multiple_on_invested_capital(cash_usd_nominal: npt.ArrayLike) -> Floats:
    r"""Return MOIC of flows: all that came in over all that went out.

    .. math:: \mathrm{MOIC} = \frac{\sum_t \max(C_t, 0)}{\sum_t \max(-C_t, 0)}

    Parameters
    ----------
    cash_usd_nominal
        Net flows C; the last axis is the period; in is positive [USD nominal].

    Returns
    -------
    numpy.ndarray
        Without the last axis; zero where nothing went out [frac].

    Examples
    --------
    >>> round(float(multiple_on_invested_capital([-100, -50, 0, 60, 80, 90])), 6)
    1.533333
    """
    cash = np.asarray(cash_usd_nominal, dtype=np.float64)
    return _ratio(np.maximum(cash, 0.0).sum(axis=-1), np.maximum(-cash, 0.0).sum(axis=-1))


def payback_time(cash_usd_nominal: npt.ArrayLike, times: npt.ArrayLike) -> Floats:
    r"""Return the time from which the sum of flows stays at zero or above.

    Inside a period the sum is taken to move along a straight line.

    Parameters
    ----------
    cash_usd_nominal
        Net flows; the last axis is the period; in is positive [USD nominal].
    times
        Times of the flows, rising [periods or years].

    Returns
    -------
    numpy.ndarray
        Without the last axis; ``NEVER`` (NaN) where it ends below zero [periods or years].

    Examples
    --------
    Of 100, 90 are back after two years; the third brings 40.

    >>> float(payback_time([-100, 50, 40, 40], [0, 1, 2, 3]))
    2.25
    >>> float(payback_time([-100, 50], [0, 1]))
    nan
    """
    total = np.cumsum(np.asarray(cash_usd_nominal, dtype=np.float64), axis=-1)
    when = np.asarray(times, dtype=np.float64)
    below = total < 0
    periods = total.shape[-1]
    # The last period that ends below zero; -1 where none does.
    last = np.where(below.any(axis=-1), periods - 1 - np.argmax(below[..., ::-1], axis=-1), -1)
    before = np.clip(last, 0, periods - 1)
    after = np.minimum(before + 1, periods - 1)
    owed = np.take_along_axis(-total, before[..., np.newaxis], axis=-1)[..., 0]
    left = np.take_along_axis(total, after[..., np.newaxis], axis=-1)[..., 0]
    way = owed + left
    part = np.divide(owed, way, out=np.zeros_like(owed), where=way > 0)
    crossing = when[before] + part * (when[after] - when[before])
    back = np.where(last < 0, when[0], crossing)
    return np.asarray(np.where(last == periods - 1, NEVER, back))


def discounted_payback_time(
    cash_usd_nominal: npt.ArrayLike, times: npt.ArrayLike, rate_frac: float
) -> Floats:
    """Return the time from which the sum of discounted flows stays at zero or above.

    Parameters
    ----------
    cash_usd_nominal
        Net flows; the last axis is the period; in is positive [USD nominal].
    times
        Times of the flows, rising [periods or years].
    rate_frac
        Nominal rate for one unit of time [frac].

    Returns
    -------
    numpy.ndarray
        Without the last axis; ``NEVER`` (NaN) where it ends below zero [periods or years].

    Examples
    --------
    At 10 %, 55 and 60.5 are worth 50 each.

    >>> round(float(discounted_payback_time([-75, 55, 60.5], [0, 1, 2], 0.10)), 9)
    1.5
    """
    cash = np.asarray(cash_usd_nominal, dtype=np.float64)
    when = np.asarray(times, dtype=np.float64)
    return payback_time(present_value(cash[..., np.newaxis], rate_frac, when[:, np.newaxis]), when)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.zeros_like(above), where=below > 0))
