"""Sales tax: on equipment and materials of everything that is built, by year of spending."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.economy.taxes.rates import Tax, TaxRates

SALES = "sales"
LEVELS = ("state", "local")
Array = npt.NDArray[np.float64]


def sales_tax(
    spend: npt.ArrayLike,
    taxable_share_frac: npt.ArrayLike,
    rate_frac: npt.ArrayLike,
    exempt_share_frac: npt.ArrayLike,
) -> tuple[Array, Array]:
    r"""Return the sales tax that is due without an exemption, and what the exemption takes off.

    .. math:: D = r \, s \, I, \qquad X = e \, D

    ===========  ========================  =================
    symbol       name in code              unit
    ===========  ========================  =================
    :math:`I`    ``spend``                 any money
    :math:`s`    ``taxable_share_frac``    frac
    :math:`r`    ``rate_frac``             frac
    :math:`e`    ``exempt_share_frac``     frac
    ===========  ========================  =================

    Parameters
    ----------
    spend
        Money spent on building.
    taxable_share_frac
        Part of it that is equipment and materials [frac].
    rate_frac
        Rate of the tax [frac].
    exempt_share_frac
        Part of the tax that is forgone [frac].

    Returns
    -------
    tuple of numpy.ndarray
        Due and forgone, in the money of the spending.

    Examples
    --------
    Ohio in 2025: 27,200 million invested, two thirds of it servers, at 5.75 %.

    >>> due, forgone = sales_tax([18_133.0, 9_067.0], [1.0, 0.6], 0.0575, [1.0, 0.8])
    >>> due.round(1).tolist(), forgone.round(1).tolist()
    ([1042.6, 312.8], [1042.6, 250.2])
    """
    due = np.asarray(rate_frac) * np.asarray(taxable_share_frac) * np.asarray(spend, dtype=float)
    return due, np.asarray(exempt_share_frac) * due


def sales_taxes(
    construction: pd.DataFrame, rates: TaxRates, exempt_frac: pd.Series[float]
) -> pd.DataFrame:
    """Return the sales taxes of a plan by project and calendar year.

    Parameters
    ----------
    construction
        Spending by project and calendar year, see :class:`~gigaplan.economy.activity.Activity`.
    rates
        The data package.
    exempt_frac
        Part of the capacity of each project that an exemption holds for; none for others [frac].

    Returns
    -------
    pandas.DataFrame
        The columns of the table ``taxes`` without what is paid; one row for each level.
    """
    taxable = construction["class"].map(rates.bases["taxable_share_frac"]).astype(float)
    reached = construction["class"].map(rates.bases["exempt_share_frac"]).astype(float)
    exempt = construction["project"].map(exempt_frac).fillna(0.0) * reached
    spend = construction["spend_usd2025_m"]
    parts = []
    for level in LEVELS:
        rate = construction["zone"].map(rates.zones[level])
        due, forgone = sales_tax(spend, taxable, rate, exempt)
        parts.append(Tax(SALES, level, rate, taxable * spend, due, forgone).on(construction))
    return pd.concat(parts, ignore_index=True)
