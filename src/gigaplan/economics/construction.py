"""Construction: when money is spent before service, and what it costs to wait for it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gigaplan.economics.annuity import annuity_factor


def interest_during_construction_factor(
    rate_frac: npt.ArrayLike, construction_years: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    r"""Return the value at service of one unit of overnight capex spent evenly in construction.

    .. math:: \frac{1}{N} \sum_{k=1}^{N} (1+i)^{k-1/2}

    Parameters
    ----------
    rate_frac
        Real yearly cost of capital i [frac].
    construction_years
        Whole years of construction N, one or more; each year's spending falls at its middle.

    Returns
    -------
    numpy.ndarray
        Factor on overnight capex, one or more for rates of zero or above [frac].

    Raises
    ------
    ValueError
        If a rate is negative or a construction time is below one year.

    Examples
    --------
    >>> round(float(interest_during_construction_factor(0.08, 1)), 6)
    1.03923
    >>> round(float(interest_during_construction_factor(0.08, 3)), 6)
    1.124586
    >>> float(interest_during_construction_factor(0.0, 7))
    1.0
    """
    rate, years = np.broadcast_arrays(
        np.asarray(rate_frac, dtype=float), np.asarray(construction_years, dtype=float)
    )
    if np.any(rate < 0) or np.any(years < 1):
        message = "interest_during_construction_factor needs rates >= 0 and years >= 1"
        raise ValueError(message)
    safe = np.where(rate > 0, rate, 1.0)
    series = np.expm1(years * np.log1p(safe)) / (safe * years) * np.sqrt(1.0 + safe)
    return np.where(rate > 0, series, 1.0)


def charge_factor(rate_frac: float, life_years: float, construction_years: float) -> float:
    """Return the yearly payment for a unit of overnight capex, with interest during construction.

    See :func:`~gigaplan.economics.annuity.annuity_factor` and
    :func:`interest_during_construction_factor` for the units and the errors.

    Examples
    --------
    >>> round(charge_factor(0.07, 20.0, 1), 6)
    0.097641
    """
    interest = interest_during_construction_factor(rate_frac, construction_years)
    return float(annuity_factor(rate_frac, life_years) * interest)


def spend_shares(
    service_years: npt.NDArray[np.int_],
    construction_years: int,
    calendar_years: npt.NDArray[np.int_],
) -> npt.NDArray[np.float64]:
    """Return the share of capex spent in each calendar year.

    Builds enter service evenly over ``service_years``; each is paid evenly over the
    ``construction_years`` that end with its year of service. Money due before the first calendar
    year falls into it.

    Parameters
    ----------
    service_years
        Calendar years in which parts of the build enter service.
    construction_years
        Years of construction, one or more.
    calendar_years
        Years of the horizon, increasing.

    Returns
    -------
    numpy.ndarray
        Shares over ``calendar_years``, adding to one [frac].

    Examples
    --------
    >>> spend_shares(np.array([2029, 2030]), 2, np.arange(2026, 2031)).tolist()
    [0.0, 0.0, 0.25, 0.5, 0.25]
    >>> spend_shares(np.array([2027]), 3, np.arange(2026, 2031)).round(3).tolist()
    [0.667, 0.333, 0.0, 0.0, 0.0]
    """
    offsets = np.arange(construction_years)
    paid = np.clip(service_years[:, None] - offsets[None, :], calendar_years[0], None)
    shares = np.zeros(calendar_years.size)
    np.add.at(shares, np.searchsorted(calendar_years, paid.ravel()), 1.0 / paid.size)
    return shares
