"""Annuity: the yearly payment that repays a capital sum over its life."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def annuity_factor(rate_frac: npt.ArrayLike, life_years: npt.ArrayLike) -> npt.NDArray[np.float64]:
    r"""Return the capital recovery factor.

    .. math:: \mathrm{CRF} = \frac{i}{1 - (1+i)^{-N}}, \qquad i = 0: \; 1/N

    Parameters
    ----------
    rate_frac
        Real yearly rate of return i, zero or above [frac].
    life_years
        Years N over which the sum is repaid, above zero; may be infinite [years].

    Returns
    -------
    numpy.ndarray
        Yearly payment per unit of capital, paid at the end of each year [1/yr].

    Raises
    ------
    ValueError
        If a rate is negative or a life is not above zero.

    References
    ----------
    Park, C. S., Contemporary Engineering Economics, 6th ed., table 3.4 (capital recovery).

    Examples
    --------
    >>> round(float(annuity_factor(0.07, 20)), 8)
    0.09439293
    >>> float(annuity_factor(0.0, 20))
    0.05
    >>> float(annuity_factor(0.05, float("inf")))
    0.05
    """
    rate, life = np.broadcast_arrays(
        np.asarray(rate_frac, dtype=float), np.asarray(life_years, dtype=float)
    )
    if np.any(rate < 0) or np.any(life <= 0) or np.any(np.isnan(rate) | np.isnan(life)):
        message = "annuity_factor needs rates of zero or above and lives above zero"
        raise ValueError(message)
    # expm1/log1p keep full precision for rates near zero, where 1 - (1+i)^-N cancels.
    with np.errstate(divide="ignore", invalid="ignore"):
        repaid = -np.expm1(-life * np.log1p(rate))
        factor = np.where(rate > 0, rate / repaid, 1.0 / life)
    return np.asarray(factor, dtype=np.float64)
