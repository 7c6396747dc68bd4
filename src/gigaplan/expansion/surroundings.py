"""Limits of surroundings that a person can loosen: water, air and clean energy."""

from __future__ import annotations

from typing import Final

import xarray as xr

from gigaplan.expansion.engine import Solution
from gigaplan.expansion.limit import Limit
from gigaplan.system import System

FLOORS: Final = {
    "clean_energy_annual": "clean_annual_floor",
    "clean_energy_hourly": "clean_hourly_floor",
}
"""Parameter that holds the share of each limit on clean energy."""

SURROUNDINGS: Final[tuple[Limit, ...]] = (
    Limit(
        "water_limit",
        "cap on water",
        lambda at: f"cap on water of new campuses and plants in {at['zone']}",
        "Mm3",
        lambda at: f"limits.water.consumption_cap_mm3_by_zone.{at['zone']}",
        lambda at: f"one more million m3 of water a year in {at['zone']}",
        sum_over=("year",),
    ),
    Limit(
        "site_air",
        "cap on nitrogen oxides",
        lambda at: f"cap on nitrogen oxides of on-site generators in {at['zone']}",
        "kt",
        lambda at: f"limits.air.onsite_nox_t_by_zone.{at['zone']}",
        lambda at: f"one more kt of nitrogen oxides a year on sites in {at['zone']}",
        sum_over=("year",),
        setting_unit="t",
        setting_factor=1e3,
    ),
    Limit(
        "clean_energy_annual",
        "least share of clean energy by the year",
        lambda at: f"least share of clean energy by the year in {at['year']}",
        "GWh",
        lambda at: f"limits.clean.annual_share_by_year.{at['year']}",
        lambda at: f"one GWh less of load to match with clean energy of {at['year']}",
        lower_to_mend=True,
        way="share",
    ),
    Limit(
        "clean_energy_hourly",
        "least share of clean energy by the hour",
        lambda at: f"least share of clean energy by the hour in {at['year']}",
        "GWh",
        lambda at: f"limits.clean.hourly_share_by_year.{at['year']}",
        lambda at: f"one GWh less of load to match with clean energy by the hour in {at['year']}",
        lower_to_mend=True,
        way="share",
    ),
)


def clean_energy_due(system: System, solution: Solution, name: str) -> xr.DataArray:
    """Return the load that must be matched with clean energy at a solution (year) [GWh]."""
    it_load = solution.values["online_accelerator"].sum("accelerator") * system["fixed_it_share"]
    if "flexible_it" in solution.values:
        it_load = it_load + solution.values["flexible_it"].fillna(0.0)
    load = (it_load * system["pue"] * system["block_weight"]).sum(["zone", "block"])
    return load * system[FLOORS[name]]


def clean_energy_size(system: System, name: str) -> float:
    """Return about how much load must be matched for the compute that is needed [GWh]."""
    need = float(system["compute_need"].max())
    if system.options.target_unit == "h100e_millions":
        need /= float(system["h100e_accelerator"].max())
    used = float(system["fixed_it_share"].mean()) + float(system["flexible_it_mean"])
    hours = float(system["block_weight"].sum())
    return float(system[FLOORS[name]].max()) * need * float(system["pue"].mean()) * used * hours
