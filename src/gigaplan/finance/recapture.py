"""Recapture: the investment credit that is paid back after a sale, or an expansion abroad."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.project import Project

Array = npt.NDArray[np.float64]

# Share of the credit that is not yet vested in years 1 to 5, IRC 50(a)(1)(B).
UNVESTED_FRAC: Final = (1.0, 0.8, 0.6, 0.4, 0.2)
# Years of IRC 50(a)(3).
EXPANSION_YEARS: Final = 10


def recaptured_shares(project: Project, years: int) -> Array:
    """Return the share of the investment credit that is paid back in each year.

    A sale in year k counts as one within the k-th year after the start of operation. An expansion
    takes back all of the credit, so that a later sale finds none; one after the sale is not looked
    at.

    Parameters
    ----------
    project
        Its sale, and the year of an expansion of chip manufacturing in a country of concern.
    years
        Length of the period axis [years].

    Returns
    -------
    numpy.ndarray
        Dimensions project, period; one row where it is the same for all [frac].

    References
    ----------
    IRC 50(a)(1) and 50(a)(3).

    Examples
    --------
    >>> from gigaplan.finance.project import Contract, Plant
    >>> from gigaplan.finance.stack_terms import Sale
    >>> deal = Project(Plant(100.0, 1.0, 10.0, 5), Contract(3.0), sale=Sale(3, 50.0))
    >>> recaptured_shares(deal, 5).tolist()
    [[0.0, 0.0, 0.6, 0.0, 0.0]]
    """
    year = np.arange(1.0, years + 1.0)
    expansion = column(project.credits.expansion_year)
    shares = np.where((year == expansion) & (year <= EXPANSION_YEARS), 1.0, 0.0)
    sale = project.sale
    if sale is None:
        return shares
    shares = np.where(year <= sale.year, shares, 0.0)
    place = int(sale.year) - 1
    if place < len(UNVESTED_FRAC):
        untouched = shares.sum(axis=1) == 0
        shares[:, place] += np.where(untouched, UNVESTED_FRAC[place], 0.0)
    return shares
