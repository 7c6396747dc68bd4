"""Generators of the System: given fleets, resource classes, new units and on-site units."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.system.builds import capital_charge, needed_in, timing
from gigaplan.system.days import scaled_to_mean
from gigaplan.system.facts import Facts
from gigaplan.system.frame import Floats, Frame

RESOURCE_PROFILES = {"wind": "wind_new_profile", "solar": "solar_profile"}
GIVEN_PROFILES = {"wind_existing": "wind_existing_profile", "solar_existing": "solar_profile"}
RETIRABLE_GROUPS = frozenset({"Coal", "Gas", "Oil", "Nuclear"})


def given_capacity_gw(frame: Frame, assets: list[str]) -> Floats:
    """Return given capacity with scheduled changes (asset, zone, year) [GW]."""
    existing = frame.table("existing_capacity").pivot_table(
        index="asset", columns="zone", values="capacity_mw", aggfunc="sum"
    )
    start = existing.reindex(index=assets, columns=frame.zones).fillna(0.0).to_numpy() / 1e3
    changes = frame.table("capacity_changes")
    sign = changes["kind"].map({"addition": 1.0, "retirement": -1.0})
    signed = changes.assign(change_gw=changes["capacity_mw"] * sign / 1e3)
    levels = [start]
    for year in frame.years:
        due = signed[signed["year"] <= year].pivot_table(
            index="asset", columns="zone", values="change_gw", aggfunc="sum"
        )
        levels.append(start + due.reindex(index=assets, columns=frame.zones).fillna(0.0).to_numpy())
    return np.maximum(np.stack(levels[1:], axis=-1), 0.0)


def asset_cost(frame: Frame, assets: list[str], column: str) -> Floats:
    """Return a cost column at the milestone years (asset, year), zero where it is blank."""
    table = frame.table("asset_costs")
    rows = []
    for asset in assets:
        own = table[table["asset"] == asset].dropna(subset=[column])
        rows.append(
            frame.yearly(own, column, frame.years) if len(own) else np.zeros(frame.years.size)
        )
    return np.array(rows).reshape(len(assets), frame.years.size)


def fuel_price(frame: Frame, assets: list[str]) -> Floats:
    """Return the fuel price of each asset (asset, zone, year) [USD per MMBtu]."""
    table = frame.table("fuel_prices")
    table = table[table["case"] == frame.scenario.demand.fuel_case]
    divisions = frame.zone_table["census_division"].tolist()
    prices = np.zeros((len(assets), len(frame.zones), frame.years.size))
    series = {
        (str(fuel), str(division)): frame.yearly(rows, "price_usd2025_per_mmbtu", frame.years)
        for (fuel, division), rows in table.groupby(["fuel", "census_division"])
    }
    for row, asset in enumerate(assets):
        fuel = frame.assets[asset].fuel
        if fuel:
            prices[row] = np.array([series[fuel, division] for division in divisions])
    return prices


def _by_zone(frame: Frame, table: str, assets: list[str], column: str) -> Floats:
    """Return a column of an (asset, zone) table, not a number where it has no row."""
    wide = frame.table(table).pivot_table(
        index="asset", columns="zone", values=column, aggfunc="first"
    )
    return wide.reindex(index=assets, columns=frame.zones).to_numpy(dtype=float)


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
    monthly = frame.table("hydro_monthly").pivot_table(
        index="zone", columns="month", values="relative_to_annual_mean"
    )
    shape = monthly.reindex(frame.zones).fillna(1.0)
    relative = shape[list(days.month_of_day)].to_numpy(dtype=float)
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
    potential = np.full((len(assets), len(frame.zones)), np.inf)
    sites = frame.table("asset_sites")
    limits = pd.concat([sites, frame.table("renewable_classes")])[["asset", "zone", "potential_mw"]]
    wide = limits.pivot_table(index="asset", columns="zone", values="potential_mw", aggfunc="sum")
    for row, asset in enumerate(assets):
        if asset in wide.index:
            own = wide.loc[asset].reindex(frame.zones).fillna(0.0)
            potential[row] = own.to_numpy(dtype=float) / 1e3
    return potential


def generator_parameters(frame: Frame) -> dict[str, xr.DataArray]:
    """Return every parameter of the System that has the dimension ``generator``."""
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
    dated = _dates(frame, assets)
    charge = charges(frame, catalogue, capex)
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
        "availability_generator": of(availability(frame, assets), "generator", "zone", "block"),
        "energy_budget_generator": of(hydro_budget(frame, assets), "generator", "zone", "day"),
        "variable_cost_generator": of(fuel + vom, *dims3),
        "fuel_cost_generator": of(fuel, *dims3),
        "fixed_cost_generator": of(fixed, *dims3),
        "capital_charge_generator": of(charge, *built),
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


def _dates(frame: Frame, assets: list[str]) -> dict[str, xr.DataArray]:
    """Return what depends on when each generator may be built."""
    labels = {"generator": assets}
    zones, years = len(frame.zones), frame.years.size
    sites = frame.table("asset_sites")
    buildable = np.zeros((len(assets), zones, years), dtype=bool)
    alive = np.zeros((len(assets), years, years))
    spend = np.zeros((len(assets), years, frame.calendar_years.size))
    use = np.zeros((len(assets), len(components(frame)), years, frame.calendar_years.size))
    for row, asset in enumerate(assets):
        facts = frame.assets[asset]
        if not facts.buildable:
            continue
        own_sites = sites[sites["asset"] == asset]
        site_ready = own_sites.groupby("zone")["ready_year"].min()
        ready = frame.base_year + facts.lead_time_years
        first = int(site_ready.min()) if len(own_sites) else ready
        dates = timing(
            frame,
            ready_year=first,
            construction_years=facts.construction_years,
            life_years=facts.life_years,
        )
        if len(own_sites):
            by_zone = site_ready.reindex(frame.zones).to_numpy(dtype=float)
            buildable[row] = frame.years[None, :] >= by_zone[:, None]
        else:
            buildable[row] = dates.buildable[None, :]
        alive[row], spend[row] = dates.alive, dates.spend
        use[row] = component_use(frame, asset, dates.service)
    return {
        "buildable_generator": frame.array(buildable, ("generator", "zone", "vintage"), labels),
        "alive_generator": frame.array(alive, ("generator", "vintage", "year"), labels),
        "spend_share_generator": frame.array(
            spend, ("generator", "vintage", "calendar_year"), labels
        ),
        "supply_use_generator": frame.array(
            use,
            ("generator", "component", "vintage", "calendar_year"),
            {**labels, "component": components(frame)},
        ),
    }


def charges(frame: Frame, catalogue: list[Facts], capex: Floats) -> Floats:
    """Return yearly capital charges (asset, zone, vintage), zero for what is not built."""
    rows = [
        capital_charge(
            frame,
            row,
            group=facts.capital_group,
            life_years=facts.life_years,
            construction_years=facts.construction_years,
        )
        if facts.buildable
        else np.zeros_like(row)
        for facts, row in zip(catalogue, capex, strict=True)
    ]
    return np.array(rows).reshape(capex.shape)


def components(frame: Frame) -> list[str]:
    """Return the components in short supply, in the order of the data package."""
    return list(dict.fromkeys(str(name) for name in frame.table("supply")["component"]))


def component_use(frame: Frame, asset: str, service: Floats) -> Floats:
    """Return units of each component that one GW takes (component, vintage, calendar_year)."""
    bills = frame.table("component_bills")
    own = bills[bills["asset"] == asset].set_index("component")
    quantity = own["quantity_per_mw"].to_dict()
    before = own["years_before_service"].to_dict()
    use = np.zeros((len(components(frame)), *service.shape))
    for row, component in enumerate(components(frame)):
        if component in quantity:
            per_gw = float(quantity[component]) * 1e3
            use[row] = per_gw * needed_in(service, int(before[component]))
    return use
