"""Money: yearly costs that add up to the objective, and spending by calendar year."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from gigaplan.expansion.tables.programme import OTHERS, PROGRAMME, financed
from gigaplan.expansion.tables.tidy import solved, tidy
from gigaplan.system import System
from gigaplan.terms.arrays import choose

SMALLEST_USD_M = 1e-6


def _rows(
    system: System,
    cost: xr.DataArray,
    asset: str,
    *,
    category: str,
    payer: str,
) -> pd.DataFrame:
    """Return cost rows of one category; ``asset`` names the asset dimension or the asset itself."""
    dims = [dim for dim in (asset, "zone", "region", "year") if dim in cost.dims]
    table = tidy(
        {
            "cost_usd2025_m_per_yr": cost,
            "discounted_usd2025_m": cost * system["discounted_years"],
        },
        dims,
    )
    table = table.rename(columns={asset: "asset", "region": "zone"})
    if "asset" not in table:
        table["asset"] = asset
    if "zone" not in table:
        table["zone"] = ""
    table = table.assign(category=category, payer=payer)
    columns = "category asset zone year payer cost_usd2025_m_per_yr discounted_usd2025_m".split()
    keep = table["discounted_usd2025_m"].abs() > SMALLEST_USD_M
    return table.loc[keep, columns]


def costs_table(system: System, values: xr.Dataset) -> pd.DataFrame:
    """Return the table ``costs``; its discounted column adds up to the objective [M$ of 2025].

    Zones of reserve shortfalls are reliability regions.
    """
    parts: list[pd.DataFrame] = []
    for asset_class in ("generator", "storage"):
        if not system[f"existing_{asset_class}"].size:
            continue
        charge = system[f"capital_charge_{asset_class}"]
        alive = system[f"alive_{asset_class}"]
        for payer, build in financed(system, values, asset_class).items():
            yearly = (build * charge * alive).sum("vintage")
            parts.append(_rows(system, yearly, asset_class, category="energy capital", payer=payer))
        online = solved(values, f"online_{asset_class}", system[f"existing_{asset_class}"])
        fixed = online * system[f"fixed_cost_{asset_class}"]
        parts.append(_rows(system, fixed, asset_class, category="fixed O&M", payer=OTHERS))
    if system["loss_corridor"].size:
        build = solved(values, "build_corridor", system["buildable_corridor"])
        yearly = (build * system["capital_charge_corridor"] * system["alive_corridor"]).sum(
            ["corridor", "vintage"]
        )
        parts.append(
            _rows(system, yearly, "corridor", category="transmission capital", payer=OTHERS)
        )
    parts += _campus_costs(system, values)
    parts += _running_costs(system, values)
    unserved = solved(values, "unserved", system["load"])
    missing = (unserved * system["block_weight"]).sum("block") * system["unserved_cost"]
    parts.append(_rows(system, missing, "unserved", category="unserved load", payer=OTHERS))
    short = solved(values, "reserve_shortfall", system["peak_load"]) * system["shortfall_cost"]
    parts.append(_rows(system, short, "reserve", category="reserve shortfall", payer=OTHERS))
    return pd.concat(parts, ignore_index=True)


def _campus_costs(system: System, values: xr.Dataset) -> list[pd.DataFrame]:
    """Return capital and operation of campuses, and capital of accelerators."""
    build = solved(values, "build_campus", system["buildable_campus"])
    capital = (build * system["capital_charge_campus"] * system["alive_campus"]).sum("vintage")
    online = solved(values, "online_campus", system["fixed_cost_campus"])
    operation = online * system["fixed_cost_campus"]
    parts = [
        _rows(system, capital, "campus", category="campus capital", payer=PROGRAMME),
        _rows(system, operation, "campus", category="campus operation", payer=PROGRAMME),
    ]
    if system["h100e_accelerator"].size:
        like = system["capex_accelerator"] * xr.ones_like(system["pue"])
        chips = solved(values, "build_accelerator", like)
        charge = system["capital_charge_accelerator"] * system["alive_accelerator"]
        yearly = (chips * charge).sum("vintage")
        payer = system.options.accelerators_paid_by
        parts.append(
            _rows(system, yearly, "accelerator", category="accelerator capital", payer=payer)
        )
    return parts


def _running_costs(system: System, values: xr.Dataset) -> list[pd.DataFrame]:
    """Return fuel, other variable cost and carbon price of generators.

    Generators whose output is not chosen pay on all available output, curtailed or not.
    """
    if not system["existing_generator"].size:
        return []
    hours = system["block_weight"]
    online = solved(values, "online_generator", system["existing_generator"])
    available = online * (system["availability_generator"] * hours).sum("block")
    like = system["existing_generator"] * hours
    chosen = (solved(values, "output_generator", like) * hours).sum("block")
    energy = choose(system["dispatchable_generator"], chosen, available)
    fuel = energy * system["fuel_cost_generator"]
    other = energy * (system["variable_cost_generator"] - system["fuel_cost_generator"])
    carbon = energy * system["co2_rate_generator"] * system["emission_price"]
    return [
        _rows(system, cost, "generator", category=category, payer=OTHERS)
        for cost, category in (
            (fuel, "fuel"),
            (other, "variable O&M"),
            (carbon, "carbon price"),
        )
    ]


def spend_table(system: System, values: xr.Dataset) -> pd.DataFrame:
    """Return the table ``spend``: overnight capex by calendar year [M$ of 2025]."""
    parts = []
    for asset_class in ("generator", "storage"):
        if not system[f"existing_{asset_class}"].size:
            continue
        share = system[f"spend_share_{asset_class}"]
        for payer, build in financed(system, values, asset_class).items():
            spend = (build * system[f"capex_{asset_class}"] * share).sum("vintage")
            parts.append(_spend(spend, asset_class, payer=payer, asset_class=asset_class))
    build = solved(values, "build_campus", system["buildable_campus"])
    spend = (build * system["capex_campus"] * system["spend_share_campus"]).sum("vintage")
    parts.append(_spend(spend, "campus", payer=PROGRAMME, asset_class="campus"))
    if system["h100e_accelerator"].size:
        like = system["capex_accelerator"] * xr.ones_like(system["pue"])
        chips = solved(values, "build_accelerator", like)
        spend = (chips * system["capex_accelerator"] * system["spend_share_accelerator"]).sum(
            "vintage"
        )
        payer = system.options.accelerators_paid_by
        parts.append(_spend(spend, "accelerator", payer=payer, asset_class="accelerator"))
    if system["loss_corridor"].size:
        build = solved(values, "build_corridor", system["buildable_corridor"])
        spend = (build * system["capex_corridor"] * system["spend_share_corridor"]).sum(
            ["corridor", "vintage"]
        )
        parts.append(_spend(spend, "corridor", payer=OTHERS, asset_class="corridor"))
    whole = pd.concat(parts, ignore_index=True)
    return whole[whole["spend_usd2025_m"] > SMALLEST_USD_M].reset_index(drop=True)


def _spend(spend: xr.DataArray, asset: str, *, payer: str, asset_class: str) -> pd.DataFrame:
    dims = [dim for dim in (asset, "zone", "calendar_year") if dim in spend.dims]
    table = tidy({"spend_usd2025_m": spend}, dims).rename(columns={asset: "asset"})
    if "asset" not in table:
        table["asset"] = asset
    if "zone" not in table:
        table["zone"] = ""
    table = table.assign(payer=payer, **{"class": asset_class})
    return table[["class", "asset", "zone", "calendar_year", "payer", "spend_usd2025_m"]]
