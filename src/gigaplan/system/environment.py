"""Water, air and clean energy of the System: rates of plants and campuses, caps and floors."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import xarray as xr

from gigaplan.inputs.scenario.limits import Limits
from gigaplan.system.frame import Floats, Frame
from gigaplan.system.generators import asset_cost, fuel_price, given_capacity_gw, heat_rates
from gigaplan.system.limits import by_year

M3_PER_MWH = 1e-3
"""Mm3 per GWh."""
KG_PER_MWH = 1e-3
"""kt per GWh."""
TONNE = 1e-3
"""kt."""


def environment_parameters(frame: Frame) -> dict[str, xr.DataArray]:
    """Return what plants and campuses take from their surroundings, and how much they may."""
    limits = frame.scenario.limits
    site = frame.table("site_water").set_index("zone").loc[frame.zones]
    consumed = site["consumption_m3_per_it_mwh"].to_numpy(dtype=float) * M3_PER_MWH
    taken = consumed * site["withdrawal_ratio"].to_numpy(dtype=float)
    return {
        **_generators(frame),
        "consumption_rate_campus": frame.array(consumed, ("zone",), {}),
        "withdrawal_rate_campus": frame.array(taken, ("zone",), {}),
        **_caps(frame, limits),
    }


def _generators(frame: Frame) -> dict[str, xr.DataArray]:
    """Return rates of generators, and which of them are new, clean or curtailed first."""
    assets = frame.assets_of("generator")
    labels = {"generator": assets}
    catalogue = [frame.assets[asset] for asset in assets]
    water = frame.table("plant_water").set_index("asset").reindex(assets).fillna(0.0)
    fine = frame.table("particulate_rates").set_index("asset").reindex(assets)
    burnt = frame.table("emission_rates").set_index("asset").reindex(assets).fillna(0.0)
    heat = heat_rates(frame, assets)[:, :, 0]
    fuel = heat_rates(frame, assets) * fuel_price(frame, assets)
    running = fuel + asset_cost(frame, assets, "variable_om_usd2025_per_mwh")[:, None, :]
    fixed = np.array([facts.dispatch == "fixed_output" for facts in catalogue], dtype=bool)
    given = (given_capacity_gw(frame, assets) > 0).any(axis=(1, 2))
    new = np.array([facts.buildable for facts in catalogue], dtype=bool) & ~given
    clean = new & (burnt["co2_kg_per_mmbtu"].to_numpy(dtype=float) <= 0)
    free = fixed & (running <= 0).all(axis=(1, 2))

    def of(values: npt.ArrayLike, *dims: str) -> xr.DataArray:
        return frame.array(np.asarray(values), dims, labels)

    def everywhere(column: str) -> xr.DataArray:
        rates = water[column].to_numpy(dtype=float) * M3_PER_MWH
        return of(np.repeat(rates[:, None], len(frame.zones), axis=1), "generator", "zone")

    rates = np.nan_to_num(fine["pm25_kg_per_mmbtu"].to_numpy(dtype=float))
    return {
        "new_generator": of(new, "generator"),
        "clean_generator": of(clean, "generator"),
        "spilled_first_generator": of(free & ~clean, "generator"),
        "pm25_rate_generator": of(heat * rates[:, None] * KG_PER_MWH, "generator", "zone"),
        "consumption_rate_generator": everywhere("consumption_m3_per_mwh"),
        "withdrawal_rate_generator": everywhere("withdrawal_m3_per_mwh"),
    }


def _caps(frame: Frame, limits: Limits) -> dict[str, xr.DataArray]:
    """Return caps by state and floors by year, infinite or zero where the scenario has none."""
    water = _by_zone(frame, limits.water.consumption_cap_mm3_by_zone)
    nox = _by_zone(frame, limits.air.onsite_nox_t_by_zone) * TONNE
    clean = limits.clean
    return {
        "water_cap": frame.array(water, ("zone",), {}),
        "onsite_nox_cap": frame.array(nox, ("zone",), {}),
        "clean_annual_floor": _floor(frame, clean.annual_share_by_year),
        "clean_hourly_floor": _floor(frame, clean.hourly_share_by_year),
    }


def _by_zone(frame: Frame, caps: Mapping[str, float]) -> Floats:
    return np.array([caps.get(zone, np.inf) for zone in frame.zones], dtype=float)


def _floor(frame: Frame, shares: Mapping[int, float]) -> xr.DataArray:
    line = by_year(frame, shares)
    held = np.zeros(frame.years.size) if line is None else np.where(np.isfinite(line), line, 0.0)
    return frame.array(held, ("year",), {})
