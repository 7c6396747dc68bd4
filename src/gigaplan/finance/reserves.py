"""Reserve accounts: what they hold, and what filling them costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.curves import growth_index
from gigaplan.terms.units import MONTHS_PER_YEAR

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class MajorMaintenance:
    """An event that comes back every few years and is saved for.

    Parameters
    ----------
    cost_usd_nominal
        Cost at prices of year 1; it grows with inflation [USD].
    every_years
        Years from one event to the next [years].
    schedule_frac
        Depreciation of each event's cost, its own year first [frac].
    """

    cost_usd_nominal: float
    every_years: int
    schedule_frac: tuple[float, ...]


def months_ahead(payments_usd_nominal: Array, months: npt.ArrayLike) -> Array:
    r"""Return an account that holds some months of the next year's payments.

    .. math:: R_t = \tfrac{m}{12} \, P_{t+1}, \qquad t = 0, 1, \ldots, T

    Parameters
    ----------
    payments_usd_nominal
        Payments of years 1 to T: debt service, or operating cost; dimensions project, period [USD].
    months
        Months m covered; one number or one for each project.

    Returns
    -------
    numpy.ndarray
        Balances at the ends of years 0 to T, zero at the last; one period more than the payments.

    Examples
    --------
    >>> months_ahead(np.array([[100.0, 60.0]]), 6).tolist()
    [[50.0, 30.0, 0.0]]
    """
    share = column(months) / MONTHS_PER_YEAR
    held = share * payments_usd_nominal
    return np.concatenate([held, np.zeros((held.shape[0], 1))], axis=1)


def saved_for_maintenance(
    event: MajorMaintenance, inflation_frac: npt.ArrayLike, life_years: npt.ArrayLike, years: int
) -> tuple[Array, Array, Array]:
    r"""Return what is saved, what is spent and what is depreciated for major maintenance.

    .. math:: s_t = \frac{c \, (1+\pi)^{kn-1}}{n}, \quad (k-1) n < t \le kn; \qquad
              e_{kn} = c \, (1+\pi)^{kn-1}

    Nothing is saved for an event that would come after the life of the project.

    Parameters
    ----------
    event
        Cost c at prices of year 1, and years n between events.
    inflation_frac
        One number, one for each project, or a curve with dimensions project, period, whose product
        takes the place of the power [frac/yr].
    life_years
        One number or one for each project [years].
    years
        Length of the period axis [years].

    Returns
    -------
    tuple of numpy.ndarray
        Saved, spent and depreciated in years 1 to ``years``; dimensions project, period [USD].

    Examples
    --------
    >>> event = MajorMaintenance(100.0, 2, (0.5, 0.5))
    >>> saved, spent, written_off = saved_for_maintenance(event, 0.1, 5, 5)
    >>> saved.round(4).tolist(), spent.round(4).tolist()
    ([[55.0, 55.0, 66.55, 66.55, 0.0]], [[0.0, 110.0, 0.0, 133.1, 0.0]])
    >>> written_off.round(4).tolist()
    [[0.0, 55.0, 55.0, 66.55, 66.55]]
    """
    life = column(life_years)
    index = growth_index(column(inflation_frac), years)
    year = np.arange(1.0, years + 1.0)
    due = np.ceil(year / event.every_years) * event.every_years
    at_event = index[:, np.minimum(due, years).astype(int) - 1]
    cost = np.where(due <= life, event.cost_usd_nominal * at_event, 0.0)
    saved = np.where(year <= life, cost / event.every_years, 0.0)
    spent = np.where(year == due, cost, 0.0)
    written_off = np.zeros_like(spent)
    for lag, share in enumerate(event.schedule_frac[:years]):
        written_off[:, lag:] += share * spent[:, : years - lag]
    return saved, spent, np.where(year <= life, written_off, 0.0)
