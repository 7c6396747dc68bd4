"""Discounting: what a payment in a later year is worth in the base year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def discount_factor(rate_frac: float, years_from_base: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return ``(1 + rate) ** -years``.

    Parameters
    ----------
    rate_frac
        Real yearly discount rate, above -1 [frac].
    years_from_base
        Years after the base year [years].

    Returns
    -------
    numpy.ndarray
        Discount factor, of the shape of ``years_from_base`` [frac].

    Examples
    --------
    >>> [round(float(x), 6) for x in discount_factor(0.1, [0, 1, 2])]
    [1.0, 0.909091, 0.826446]
    """
    return np.asarray((1.0 + rate_frac) ** -np.asarray(years_from_base, dtype=float))


def years_represented(
    milestone_years: Sequence[int], years_after_last: int
) -> tuple[tuple[int, ...], ...]:
    """Return the calendar years that each milestone year stands for.

    A milestone stands for itself and the years up to the next one; the last one stands for
    itself and ``years_after_last - 1`` years more.

    Parameters
    ----------
    milestone_years
        Strictly increasing calendar years.
    years_after_last
        Years that the last milestone stands for, one or more.

    Returns
    -------
    tuple of tuple of int
        One tuple of calendar years for each milestone.

    Examples
    --------
    >>> years_represented([2026, 2028, 2031], 2)
    ((2026, 2027), (2028, 2029, 2030), (2031, 2032))
    """
    ends = [*milestone_years[1:], milestone_years[-1] + years_after_last]
    return tuple(tuple(range(start, end)) for start, end in zip(milestone_years, ends, strict=True))


def discounted_years(
    rate_frac: float, base_year: int, milestone_years: Sequence[int], years_after_last: int
) -> npt.NDArray[np.float64]:
    """Return, for each milestone, the sum of discount factors of the years it stands for.

    Parameters
    ----------
    rate_frac
        Real yearly discount rate [frac].
    base_year
        Year whose money is not discounted.
    milestone_years
        Strictly increasing calendar years.
    years_after_last
        Years that the last milestone stands for.

    Returns
    -------
    numpy.ndarray
        Discounted years, one for each milestone [years].

    Examples
    --------
    >>> [round(float(x), 6) for x in discounted_years(0.1, 2026, [2026, 2028], 1)]
    [1.909091, 0.826446]
    >>> discounted_years(0.0, 2026, [2026, 2028], 3).tolist()
    [2.0, 3.0]
    """
    periods = years_represented(milestone_years, years_after_last)
    sums = [
        discount_factor(rate_frac, [year - base_year for year in period]).sum()
        for period in periods
    ]
    return np.array(sums, dtype=np.float64)
