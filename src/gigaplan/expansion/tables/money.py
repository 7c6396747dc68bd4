"""Money: yearly costs that add up to the objective, and spending by calendar year."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from gigaplan.expansion.tables.capital import yearly_return_charge
from gigaplan.expansion.tables.programme import OTHERS, PROGRAMME, financed
from gigaplan.expansion.tables.solved import Solved
from gigaplan.expansion.tables.supply import taken_from_sources, yearly_of_calendar
from gigaplan.terms.bare import chosen

SMALLEST_USD_M = 1e-6


def _rows(
    found: Solved,
    cost: xr.Variable,
    asset: str,
    *,
    category: str,
    payer: str,
) -> pd.DataFrame:
    """Return cost rows of one category; ``asset`` names the asset dimension or the asset itself."""
    dims = [dim for dim in (asset, "zone", "region", "year") if dim in cost.dims]
    table = found.tidy(
        {
            "cost_usd2025_m_per_yr": cost,
            "discounted_usd2025_m": cost * found["discounted_years"],
        },
        dims,
        keep="discounted_usd2025_m",
        above=SMALLEST_USD_M,
    )
    return _completed(table, asset, category=category, payer=payer)[
        "category asset zone year payer cost_usd2025_m_per_yr discounted_usd2025_m".split()
    ]


def _completed(table: pd.DataFrame, asset: str, **texts: str) -> pd.DataFrame:
    """Return a table with columns of one text each; an asset or a zone that it lacks is told."""
    table = table.rename(columns={asset: "asset", "region": "zone"})
    told = {"asset": asset, "zone": ""}
    missing = {name: text for name, text in told.items() if name not in table}
    return table.assign(**missing, **texts)


def costs_table(found: Solved) -> pd.DataFrame:
    """Return the table ``costs``; its discounted column adds up to the objective [M$ of 2025].

    Zones of reserve shortfalls are reliability regions.
    """
    parts: list[pd.DataFrame] = []
    for asset_class in ("generator", "storage"):
        if not found[f"existing_{asset_class}"].size:
            continue
        charge = found[f"capital_charge_{asset_class}"]
        alive = found[f"alive_{asset_class}"]
        for payer, build in financed(found, asset_class).items():
            yearly = (build * charge * alive).sum("vintage")
            parts.append(_rows(found, yearly, asset_class, category="energy capital", payer=payer))
        online = found.value(f"online_{asset_class}")
        fixed = online * found[f"fixed_cost_{asset_class}"]
        parts.append(_rows(found, fixed, asset_class, category="fixed O&M", payer=OTHERS))
    if found["loss_corridor"].size:
        build = found.value("build_corridor")
        yearly = (build * found["capital_charge_corridor"] * found["alive_corridor"]).sum(
            ["corridor", "vintage"]
        )
        parts.append(
            _rows(found, yearly, "corridor", category="transmission capital", payer=OTHERS)
        )
    parts += _campus_costs(found)
    parts += _running_costs(found)
    parts += _supply_costs(found)
    premiums = yearly_return_charge(found).sum("capital_class")
    if premiums.size:
        parts.append(
            _rows(found, premiums, "investor", category="return premiums", payer=PROGRAMME)
        )
    unserved = found.value("unserved")
    missing = (unserved * found["block_weight"]).sum("block") * found["unserved_cost"]
    parts.append(_rows(found, missing, "unserved", category="unserved load", payer=OTHERS))
    short = found.value("reserve_shortfall") * found["shortfall_cost"]
    parts.append(_rows(found, short, "reserve", category="reserve shortfall", payer=OTHERS))
    return pd.concat(parts, ignore_index=True)


def _campus_costs(found: Solved) -> list[pd.DataFrame]:
    """Return capital and operation of campuses, and capital of accelerators."""
    build = found.value("build_campus")
    capital = (build * found["capital_charge_campus"] * found["alive_campus"]).sum("vintage")
    online = found.value("online_campus")
    operation = online * found["fixed_cost_campus"]
    parts = [
        _rows(found, capital, "campus", category="campus capital", payer=PROGRAMME),
        _rows(found, operation, "campus", category="campus operation", payer=PROGRAMME),
    ]
    if found["h100e_accelerator"].size:
        chips = found.value("build_accelerator")
        charge = found["capital_charge_accelerator"] * found["alive_accelerator"]
        yearly = (chips * charge).sum("vintage")
        payer = found.options.accelerators_paid_by
        parts.append(
            _rows(found, yearly, "accelerator", category="accelerator capital", payer=payer)
        )
    return parts


def _running_costs(found: Solved) -> list[pd.DataFrame]:
    """Return fuel, other variable cost, carbon price and credits on output of generators.

    Generators whose output is not chosen pay on all available output, curtailed or not.
    """
    if not found["existing_generator"].size:
        return []
    hours = found["block_weight"]
    online = found.value("online_generator")
    available = online * (found["availability_generator"] * hours).sum("block")
    taken = (found.value("output_generator") * hours).sum("block")
    energy = chosen(found["dispatchable_generator"], taken, available)
    fuel = energy * found["fuel_cost_generator"]
    other = energy * (found["variable_cost_generator"] - found["fuel_cost_generator"])
    carbon = energy * found["co2_rate_generator"] * found["emission_price"]
    earned = -energy * found["output_credit_generator"]
    return [
        _rows(found, cost, "generator", category=category, payer=OTHERS)
        for cost, category in (
            (fuel, "fuel"),
            (other, "variable O&M"),
            (carbon, "carbon price"),
            (earned, "credits on output"),
        )
    ]


def _supply_costs(found: Solved) -> list[pd.DataFrame]:
    """Return premiums on components, stocks, and capital and operation of new factories."""
    factories = found.value("build_factory")
    online = (factories * found["online_share_factory"]).sum("vintage")
    charged = factories * found["capital_charge_factory"] * found["online_share_factory"]
    output = found.value("output_factory")
    premium = taken_from_sources(found) * found["source_premium"] * found["component_of_source"]
    local = (found.value("take_local") * found["local_premium"]).sum("step")
    costs = (
        ("component", "component premiums", premium.sum("source")),
        ("local_component", "labour premiums", local),
        ("component", "stocks", found.value("stock_component") * found["holding_cost"]),
        ("factory", "factory capital", charged.sum("vintage")),
        (
            "factory",
            "factory operation",
            online * found["fixed_cost_factory"] + output * found["unit_cost_factory"],
        ),
    )
    return [
        _rows(found, yearly_of_calendar(found, cost), dim, category=category, payer=OTHERS)
        for dim, category, cost in costs
        if cost.size
    ]


def spend_table(found: Solved) -> pd.DataFrame:
    """Return the table ``spend``: overnight capex by calendar year [M$ of 2025]."""
    parts = []
    for asset_class in ("generator", "storage"):
        if not found[f"existing_{asset_class}"].size:
            continue
        share = found[f"spend_share_{asset_class}"]
        for payer, build in financed(found, asset_class).items():
            spend = (build * found[f"capex_{asset_class}"] * share).sum("vintage")
            parts.append(_spend(found, spend, asset_class, payer=payer, asset_class=asset_class))
    build = found.value("build_campus")
    spend = (build * found["capex_campus"] * found["spend_share_campus"]).sum("vintage")
    parts.append(_spend(found, spend, "campus", payer=PROGRAMME, asset_class="campus"))
    if found["h100e_accelerator"].size:
        chips = found.value("build_accelerator")
        spend = (chips * found["capex_accelerator"] * found["spend_share_accelerator"]).sum(
            "vintage"
        )
        payer = found.options.accelerators_paid_by
        parts.append(_spend(found, spend, "accelerator", payer=payer, asset_class="accelerator"))
    if found["loss_corridor"].size:
        build = found.value("build_corridor")
        spend = (build * found["capex_corridor"] * found["spend_share_corridor"]).sum(
            ["corridor", "vintage"]
        )
        parts.append(_spend(found, spend, "corridor", payer=OTHERS, asset_class="corridor"))
    build = found.value("build_factory")
    if build.size:
        spend = (build * found["capex_factory"] * found["spend_share_factory"]).sum("vintage")
        parts.append(_spend(found, spend, "factory", payer=OTHERS, asset_class="factory"))
    return pd.concat(parts, ignore_index=True)


def _spend(
    found: Solved, spend: xr.Variable, asset: str, *, payer: str, asset_class: str
) -> pd.DataFrame:
    dims = [dim for dim in (asset, "zone", "calendar_year") if dim in spend.dims]
    name = "spend_usd2025_m"
    table = found.tidy({name: spend}, dims, keep=name, above=SMALLEST_USD_M)
    table = _completed(table, asset, payer=payer, **{"class": asset_class})
    return table[["class", "asset", "zone", "calendar_year", "payer", name]]
