"""Fees of a fund: what investors pay its manager beside the carry."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gigaplan.finance.present_value import Floats


def management_fee(
    rate_frac: float,
    base_usd_nominal: npt.ArrayLike,
    years: npt.ArrayLike,
    offset_usd_nominal: npt.ArrayLike = 0.0,
) -> Floats:
    r"""Return the management fee, less fees from projects that are credited against it.

    A credit that is more than the fee of a period is carried forward.

    .. math:: \sum_{s \le t} F_s = \max \Big( 0, \; \max_{s \le t} \sum_{u \le s} (f B_u \Delta_u
              - O_u) \Big)

    Parameters
    ----------
    rate_frac
        Fee for a year f [frac].
    base_usd_nominal
        Committed or invested capital B, the last axis is the period [USD nominal].
    years
        Length of each period [years].
    offset_usd_nominal
        Fees O to be credited, after the agreed share [USD nominal].

    Returns
    -------
    numpy.ndarray
        Fee paid in each period [USD nominal].

    Examples
    --------
    2 % of 100 a year; a credit of 3 in the second year takes that fee and half the next.

    >>> management_fee(0.02, [100, 100, 100, 100], 1, [0, 3, 0, 0]).tolist()
    [2.0, 0.0, 1.0, 2.0]
    """
    base = np.asarray(base_usd_nominal, dtype=np.float64)
    due = rate_frac * base * np.asarray(years, dtype=np.float64)
    owed = np.cumsum(due - np.asarray(offset_usd_nominal, dtype=np.float64), axis=-1)
    paid = np.maximum(np.maximum.accumulate(owed, axis=-1), 0.0)
    return np.asarray(np.diff(paid, axis=-1, prepend=0.0))
