"""When builds may enter service, how long they live, what they take and when they are paid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.economics.construction import (
    charge_factor,
    spend_shares,
)
from gigaplan.system.frame import Floats, Frame


@dataclass(frozen=True)
class Timing:
    """The dates of one buildable asset.

    Parameters
    ----------
    buildable
        Whether a build may enter service by the vintage (vintage).
    alive
        Whether a build of the vintage is in service in the year (vintage, year), 0 or 1.
    spend
        Share of capex by calendar year (vintage, calendar_year) [frac].
    service
        Share of the build entering service by calendar year (vintage, calendar_year) [frac].
    """

    buildable: npt.NDArray[np.bool_]
    alive: Floats
    spend: Floats
    service: Floats


def timing(frame: Frame, *, ready_year: int, construction_years: int, life_years: float) -> Timing:
    """Return the dates of an asset that may be in service from ``ready_year``."""
    calendar = frame.calendar_years
    entered = frame.service_years(ready_year)
    years = frame.years
    buildable = np.array([service.size > 0 for service in entered])
    age = years[None, :] - years[:, None]
    alive = ((age >= 0) & (age < life_years)).astype(float)
    spend = np.zeros((years.size, calendar.size))
    service_share = np.zeros((years.size, calendar.size))
    for row, service in enumerate(entered):
        if service.size:
            spend[row] = spend_shares(service, construction_years, calendar)
            service_share[row] = np.isin(calendar, service) / service.size
    return Timing(buildable, alive, spend, service_share)


def needed_in(service: Floats, years_before: float) -> Floats:
    """Return when components are needed for builds that enter service by calendar year.

    Parameters
    ----------
    service
        Share entering service (vintage, calendar_year) [frac].
    years_before
        Years before service at which the component is needed; a part of a year is shared between
        the two calendar years it falls into [years].

    Returns
    -------
    numpy.ndarray
        Share of the need by calendar year; what was needed before the first year falls into it.

    Examples
    --------
    >>> needed_in(np.array([[0.0, 0.0, 1.0]]), 1.25).tolist()
    [[0.25, 0.75, 0.0]]
    """
    needed = np.zeros_like(service)
    columns = service.shape[1]
    whole = int(np.floor(years_before))
    later = years_before - whole
    for before, share in ((whole, 1.0 - later), (whole + 1, later)):
        target = np.clip(np.arange(columns) - before, 0, None)
        np.add.at(needed.T, target, service.T * share)
    return needed


def capital_charge(
    frame: Frame, capex: Floats, *, group: str, life_years: float, construction_years: int
) -> Floats:
    """Return the yearly charge for capex: annuity of overnight capex with interest on it."""
    charge: Floats = capex * charge_factor(frame.wacc(group), life_years, construction_years)
    return charge
