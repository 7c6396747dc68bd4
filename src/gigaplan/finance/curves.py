"""Curves: rates that change from year to year, and what they add up to.

A column holds one rate for each project; a curve has dimensions project, period, year 1 first.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def growth_index(rate_frac: Array, years: int, above_frac: Array | float = 0.0) -> Array:
    r"""Return how far prices have grown since year 1, in years 1 to T.

    .. math:: G_t = \prod_{k=2}^{t} (1 + \pi_k + \rho)

    Parameters
    ----------
    rate_frac
        Yearly growth :math:`\pi`, as a column or a curve [frac/yr].
    years
        Length of the period axis [years].
    above_frac
        Growth :math:`\rho` on top of it; one number or a column [frac/yr].

    Examples
    --------
    >>> growth_index(np.array([[0.1]]), 3).round(6).tolist()
    [[1.0, 1.1, 1.21]]
    >>> growth_index(np.array([[0.5, 0.1, 0.2]]), 3).round(6).tolist()
    [[1.0, 1.1, 1.32]]
    """
    growth = 1.0 + rate_frac + above_frac
    if growth.shape[1] == 1:
        return np.asarray(growth ** np.arange(float(years)))
    index = np.ones((growth.shape[0], years))
    np.cumprod(growth[:, 1:], axis=1, out=index[:, 1:])
    return index


def discount_factors(rate_frac: Array, years: int) -> Array:
    r"""Return the worth now of one dollar in years 1 to T.

    .. math:: v_t = \prod_{k=1}^{t} (1 + i_k)^{-1}

    Parameters
    ----------
    rate_frac
        Yearly rate, as a column or a curve [frac/yr].
    years
        Length of the period axis [years].

    Examples
    --------
    >>> discount_factors(np.array([[0.25, 0.0, 1.0]]), 3).tolist()
    [[0.8, 0.8, 0.4]]
    """
    if rate_frac.shape[1] == 1:
        return np.asarray((1.0 + rate_frac) ** -np.arange(1.0, years + 1.0))
    return np.asarray(1.0 / np.cumprod(1.0 + rate_frac, axis=1))
