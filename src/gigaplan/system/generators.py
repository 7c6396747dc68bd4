"""Generators of the System: given fleets, resource classes, new units and on-site units."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.system.builds import timing
from gigaplan.system.components import Components, use_parameters
from gigaplan.system.credits import charges, output_credits
from gigaplan.system.days import scaled_to_mean
from gigaplan.system.frame import Floats, Frame
from gigaplan.system.spread import lines, places, spread, totals

RESOURCE_PROFILES = {"wind": "wind_new_profile", "solar": "solar_profile"}
GIVEN_PROFILES = {"wind_existing": "wind_existing_profile", "solar_existing": "solar_profile"}
RETIRABLE_GROUPS = frozenset({"Coal", "Gas", "Oil", "Nuclear"})


def given_capacity_gw(frame: Frame, assets: list[str]) -> Floats:
    """Return given capacity with scheduled changes (asset, zone, year) [GW]."""
    start = np.nan_to_num(_by_zone(frame, "existing_capacity", assets, "capacity_mw")) / 1e3
    changes = frame.table("capacity_changes")
    sign = np.where(changes["kind"].to_numpy() == "addition", 1.0, -1.0)
    signed = changes.assign(change_gw=changes["capacity_mw"] * sign / 1e3)
    levels = [
        start + totals(signed[signed["year"] <= year], "change_gw", asset=assets, zone=frame.zones)
        for year in frame.years
    ]
    return np.maximum(np.stack(levels, axis=-1), 0.0)


def asset_cost(frame: Frame, assets: list[str], column: str) -> Floats:
    """Return a cost column at the milestone years (asset, year), zero where it is blank."""
    return np.nan_to_num(lines(frame.table("asset_costs"), column, frame.years, asset=assets))


def fuel_price(frame: Frame, assets: list[str]) -> Floats:
    """Return the fuel price of each asset (asset, zone, year) [USD per MMBtu]."""
    table = frame.table("fuel_prices")
    table = table[table["case"] == frame.scenario.demand.fuel_case]
    divisions = sorted(set(frame.zone_table["census_division"]))
    division = places(frame.zone_table["census_division"], divisions)
    prices = np.zeros((len(assets), len(frame.zones), frame.years.size))
    burnt = np.array([frame.assets[asset].fuel for asset in assets], dtype=object)
    for fuel in sorted(set(burnt) - {""}):
        own = table[table["fuel"] == fuel]
        column = "price_usd2025_per_mmbtu"
        by_division = lines(own, column, frame.years, census_division=divisions)
        prices[burnt == fuel] = by_division[division]
    return prices


def _by_zone(frame: Frame, table: str, assets: list[str], column: str) -> Floats:
    """Return a column of an (asset, zone) table, not a number where it has no row."""
    return spread(frame.table(table), column, asset=assets, zone=frame.zones)


def heat_rates(frame: Frame, assets: list[str]) -> Floats:
    """Return heat rates (asset, zone, year), the fleet's own or the catalogue's [MMBtu/MWh]."""
    catalogue = asset_cost(frame, assets, "heat_rate_mmbtu_per_mwh")
    own = _by_zone(frame, "existing_capacity", assets, "heat_rate_mmbtu_per_mwh")
    fleet = np.broadcast_to(own[:, :, None], (*own.shape, frame.years.size))
    return np.where(np.isnan(fleet), catalogue[:, None, :], fleet)


def availability(frame: Frame, assets: list[str]) -> Floats:
    """Return the share of capacity that can produce (asset, zone, block) [frac]."""
    days = frame.days
    weights = days.block_weight_hours
    zones = len(frame.zones)
    shares = np.empty((len(assets), zones, weights.size))
    class_mean = _by_zone(frame, "renewable_classes", assets, "mean_capacity_factor_frac")
    fleet_mean = _by_zone(frame, "existing_capacity", assets, "historical_capacity_factor")
    for row, asset in enumerate(assets):
        resource = RESOURCE_PROFILES.get(asset.rsplit("_", 1)[0])
        if asset in GIVEN_PROFILES:
            blocks = days.blocks(frame.profile(GIVEN_PROFILES[asset]))
            own = np.tensordot(weights / weights.sum(), blocks, axes=1)
            mean = np.where(np.isnan(fleet_mean[row]), own, fleet_mean[row])
            shares[row] = scaled_to_mean(blocks, weights, mean).T
        elif resource is not None and not np.isnan(class_mean[row]).all():
            blocks = days.blocks(frame.profile(resource))
            shares[row] = scaled_to_mean(blocks, weights, np.nan_to_num(class_mean[row])).T
        elif frame.assets[asset].dispatch == "fixed_output":
            flat = frame.assets[asset].availability_frac
            mean = np.where(np.isnan(fleet_mean[row]), flat, fleet_mean[row])
            shares[row] = np.clip(mean, 0.0, 1.0)[:, None]
        else:
            shares[row] = frame.assets[asset].availability_frac
    return shares


def hydro_budget(frame: Frame, assets: list[str]) -> Floats:
    """Return the most mean output of a day (asset, zone, day) [frac], infinite without a limit."""
    days = frame.days
    budget = np.full((len(assets), len(frame.zones), len(days.day_of_year)), np.inf)
    monthly = frame.table("hydro_monthly")
    column = "relative_to_annual_mean"
    shape = spread(monthly, column, zone=frame.zones, month=range(1, 13))
    relative = np.take(np.nan_to_num(shape, nan=1.0), days.month_of_day - 1, axis=1)
    weights = np.array(days.days_represented) / sum(days.days_represented)
    relative = relative / (relative @ weights)[:, None]
    fleet_mean = _by_zone(frame, "existing_capacity", assets, "historical_capacity_factor")
    for row, asset in enumerate(assets):
        if frame.assets[asset].dispatch == "hydro":
            mean = np.nan_to_num(fleet_mean[row], nan=float(np.nanmean(fleet_mean[row])))
            limit = frame.assets[asset].availability_frac
            budget[row] = np.minimum(mean[:, None] * relative, limit)
    return budget


def potential_gw(frame: Frame, assets: list[str]) -> Floats:
    """Return the most that may be built (asset, zone) [GW]."""
    columns = ["asset", "zone", "potential_mw"]
    listed = pd.concat(
        [frame.table("asset_sites")[columns], frame.table("renewable_classes")[columns]]
    )
    potential = totals(listed, "potential_mw", asset=assets, zone=frame.zones) / 1e3
    is_listed = np.isin(assets, listed["asset"].unique())
    return np.where(is_listed[:, None], potential, np.inf)


def generator_parameters(components: Components) -> dict[str, xr.DataArray]:
    """Return every parameter of the System that has the dimension ``generator``."""
    frame = components.frame
    assets = frame.assets_of("generator")
    catalogue = [frame.assets[asset] for asset in assets]
    labels = {"generator": assets}
    multiplier = np.array([frame.multiplier(facts.multiplier_group) for facts in catalogue])
    adder = np.nan_to_num(_by_zone(frame, "renewable_classes", assets, "site_adder_usd2025_per_kw"))
    overnight = asset_cost(frame, assets, "overnight_capex_usd2025_per_kw")
    capex = overnight[:, None, :] * multiplier[:, :, None] + adder[:, :, None]
    capex = np.where(overnight[:, None, :] > 0, np.maximum(capex, 0.0), 0.0)
    heat = heat_rates(frame, assets)
    fuel = heat * fuel_price(frame, assets) / 1e3
    vom = asset_cost(frame, assets, "variable_om_usd2025_per_mwh")[:, None, :] / 1e3
    fixed = asset_cost(frame, assets, "fixed_om_usd2025_per_kw_yr")[:, None, :]
    fixed = np.broadcast_to(fixed, capex.shape)
    dated = _dates(components, assets)
    available = availability(frame, assets)
    fixed_output = np.array([facts.dispatch == "fixed_output" for facts in catalogue])
    energy = (available @ frame.days.block_weight_hours) * fixed_output[:, None]
    charge, by_energy = charges(frame, assets, capex, energy)
    rates = frame.table("emission_rates").set_index("asset").reindex(assets).fillna(0.0)
    mean_heat = heat[:, :, 0]
    existing = given_capacity_gw(frame, assets)
    credit = [[facts.capacity_credit_frac] * len(frame.zones) for facts in catalogue]
    dims3 = ("generator", "zone", "year")
    built = ("generator", "zone", "vintage")

    def of(values: object, *dims: str) -> xr.DataArray:
        return frame.array(np.asarray(values), dims, labels)

    return {
        "existing_generator": of(existing, *dims3),
        "potential_generator": of(potential_gw(frame, assets), "generator", "zone"),
        "retirable_generator": of(
            [not facts.buildable and facts.group in RETIRABLE_GROUPS for facts in catalogue],
            "generator",
        ),
        "dispatchable_generator": of(
            [facts.dispatch != "fixed_output" for facts in catalogue], "generator"
        ),
        "onsite_generator": of([facts.behind_the_meter for facts in catalogue], "generator"),
        "availability_generator": of(available, "generator", "zone", "block"),
        "energy_budget_generator": of(hydro_budget(frame, assets), "generator", "zone", "day"),
        "variable_cost_generator": of(fuel + vom, *dims3),
        "fuel_cost_generator": of(fuel, *dims3),
        "fixed_cost_generator": of(fixed, *dims3),
        "capital_charge_generator": of(charge, *built),
        "credit_by_energy_generator": of(by_energy, *built),
        "output_credit_generator": of(output_credits(frame, assets, heat), *dims3),
        "capex_generator": of(capex, *built),
        "co2_rate_generator": of(
            mean_heat * rates["co2_kg_per_mmbtu"].to_numpy()[:, None] / 1e3, "generator", "zone"
        ),
        "nox_rate_generator": of(
            mean_heat * rates["nox_kg_per_mmbtu"].to_numpy()[:, None] / 1e3, "generator", "zone"
        ),
        "so2_rate_generator": of(
            mean_heat * rates["so2_kg_per_mmbtu"].to_numpy()[:, None] / 1e3, "generator", "zone"
        ),
        "capacity_credit_generator": of(
            credit,
            "generator",
            "zone",
        ),
        **dated,
    }


def _dates(components: Components, assets: list[str]) -> dict[str, xr.DataArray]:
    """Return what depends on when each generator may be built."""
    frame = components.frame
    labels = {"generator": assets}
    zones, years = len(frame.zones), frame.years.size
    sites = frame.table("asset_sites")
    buildable = np.zeros((len(assets), zones, years), dtype=bool)
    alive = np.zeros((len(assets), years, years))
    spend = np.zeros((len(assets), years, frame.calendar_years.size))
    service = np.zeros((len(assets), years, frame.calendar_years.size))
    site_of, ready_of = sites["asset"].to_numpy(dtype=object), sites["ready_year"].to_numpy(int)
    for row, asset in enumerate(assets):
        facts = frame.assets[asset]
        if not facts.buildable:
            continue
        own = site_of == asset
        ready = frame.base_year + facts.lead_time_years
        first = int(ready_of[own].min()) if own.any() else ready
        dates = timing(
            frame,
            ready_year=first,
            construction_years=facts.construction_years,
            life_years=facts.life_years,
        )
        if own.any():
            by_zone = np.full(zones, np.inf)
            at = places(sites["zone"][own], frame.zones)
            np.minimum.at(by_zone, at[at >= 0], ready_of[own][at >= 0])
            buildable[row] = frame.years[None, :] >= by_zone[:, None]
        else:
            buildable[row] = dates.buildable[None, :]
        alive[row], spend[row] = dates.alive, dates.spend
        service[row] = dates.service
    return {
        "buildable_generator": frame.array(buildable, ("generator", "zone", "vintage"), labels),
        "alive_generator": frame.array(alive, ("generator", "vintage", "year"), labels),
        "spend_share_generator": frame.array(
            spend, ("generator", "vintage", "calendar_year"), labels
        ),
        **use_parameters(
            frame,
            "generator",
            assets,
            [components.use(asset, row) for asset, row in zip(assets, service, strict=True)],
        ),
    }
