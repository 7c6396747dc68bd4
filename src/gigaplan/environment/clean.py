"""Clean matching of a plan: by region and in all, by the year and by the hour."""

from __future__ import annotations

from typing import Final

import pandas as pd
import xarray as xr

from gigaplan.environment.arrays import BLOCKS, PlanArrays
from gigaplan.impacts.clean_matching import bounds_annual, bounds_hourly, bounds_of_used
from gigaplan.terms.bare import above_zero, chosen, smaller

ALL: Final = "all"
TWH: Final = 1e-3
_ENERGY: Final = ("load_twh", "clean_twh", "matched_annual_twh", "matched_hourly_twh")


def used_clean(arrays: PlanArrays) -> xr.Variable:
    """Return the clean output that is not curtailed (zone, year, block) [GW]."""
    given = arrays.given
    clean, spilled = (
        chosen(given[name], arrays.available, 0.0).sum("generator").transpose(*BLOCKS)
        for name in ("clean_generator", "spilled_first_generator")
    )
    supply = arrays.available.sum("generator") + arrays.discharge - arrays.charge
    supply = supply + arrays.net_imports + arrays.power("load", "unserved_mw")
    net = (supply - arrays.facility_load).transpose(*BLOCKS)
    most, beyond_load = bounds_of_used(clean, spilled, net)
    return above_zero(smaller(most, beyond_load + arrays.other_load))


def clean_matching(arrays: PlanArrays) -> pd.DataFrame:
    """Return the table ``clean_matching``: load of new campuses that clean energy covers.

    Parameters
    ----------
    arrays
        Powers of the plan.

    Returns
    -------
    pandas.DataFrame
        By reliability region and for ``all`` of them, by year: load, clean energy that is not
        curtailed, and what of the load it covers by the year and by the hour [TWh], as shares, and
        the least shares of the scenario.
    """
    region, hours = arrays.given["region_of_zone"], arrays.hours
    used, load = used_clean(arrays), arrays.facility_load
    clean, needed = bounds_hourly(used, load, region)
    by_hour = (smaller(clean, needed) * hours).sum("block")
    yearly = bounds_annual(used, load, region, hours)
    energy = (yearly[1], yearly[0], smaller(*yearly), by_hour)
    columns = {name: value * TWH for name, value in zip(_ENERGY, energy, strict=True)}
    regions = arrays.tidy(columns, ("region", "year"), 0.0)
    whole = regions.groupby("year")[[*_ENERGY]].sum().reset_index().assign(region=ALL)
    table = pd.concat([whole, regions], ignore_index=True)[["region", "year", *_ENERGY]]
    years = arrays.labels("year")
    for kind in ("annual", "hourly"):
        share = table[f"matched_{kind}_twh"] / table["load_twh"]
        floor = pd.Series(arrays.given[f"clean_{kind}_floor"].values, index=years)
        table[f"{kind}_share_frac"] = share.where(table["load_twh"] > 0)
        table[f"{kind}_floor_frac"] = table["year"].map(floor).where(table["region"] == ALL, 0.0)
    return table
