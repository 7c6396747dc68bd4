"""Sums over the tables of a plan that the pictures and the words share."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from gigaplan.report.groups import asset_of_item, groups_of

Tables = Mapping[str, pd.DataFrame]

WORTH_SHOWING_MW = 0.5


def filled(tables: Tables, name: str) -> bool:
    """Return whether a table is there and has rows."""
    return name in tables and not tables[name].empty


def added_up(table: pd.DataFrame, keys: list[str], values: list[str]) -> pd.DataFrame:
    """Return the sums of ``values`` for each combination of ``keys``, sorted by the keys."""
    summed: pd.DataFrame = table.groupby(keys)[values].sum().reset_index()
    return summed


def with_group(tables: Tables, table: pd.DataFrame, asset: str = "asset") -> pd.DataFrame:
    """Return the table with the family of each asset; what has none is a family of its own."""
    group = groups_of(tables["assets"])
    names = table[asset].astype(str)
    return table.assign(group=names.map(group).fillna(names))


def region_of_zone(tables: Tables) -> dict[str, str]:
    """Return the reliability region of each zone."""
    zones = tables["zones"]
    return dict(
        zip(zones["zone"].astype(str), zones["reliability_region"].astype(str), strict=True)
    )


def capacity(tables: Tables) -> pd.DataFrame:
    """Return capacity by zone, group and year [MW]."""
    table = with_group(tables, tables["capacity"])
    values = ["existing_mw", "built_mw", "retired_early_mw", "online_mw"]
    return added_up(table, ["zone", "group", "year"], values)


def generation(tables: Tables) -> pd.DataFrame:
    """Return the energy balance by zone, group or use, and year [TWh].

    Discharge is a supply of the group Storage and charge a use of it.
    """
    table = tables["energy_balance"]
    item = table["item"].astype(str).map(asset_of_item)
    table = with_group(tables, table.assign(asset=item))
    return added_up(table, ["zone", "kind", "group", "year"], ["energy_twh"])


def dispatch(tables: Tables) -> pd.DataFrame:
    """Return mean power in each block by region, group and year [MW].

    Supplies are positive and uses negative; ``Net imports`` can be either. The rows of a region
    and block add up to zero, but for what corridors lose.
    """
    region = region_of_zone(tables)
    parts = []
    power = with_group(tables, tables["dispatch"])
    parts.append(power[["zone", "group", "year", "block", "power_mw"]])
    storage = tables["storage"]
    if len(storage):
        net = storage.assign(group="Storage", power_mw=storage["discharge_mw"])
        parts.append(net[["zone", "group", "year", "block", "power_mw"]])
        charge = storage.assign(group="Charging", power_mw=-storage["charge_mw"])
        parts.append(charge[["zone", "group", "year", "block", "power_mw"]])
    load = tables["load"]
    for group, power_mw in (
        ("Base load", -load["base_mw"]),
        ("Campuses", -(load["given_campus_mw"] + load["campus_facility_mw"])),
        ("Unserved", load["unserved_mw"]),
    ):
        one = load.assign(group=group, power_mw=power_mw)
        parts.append(one[["zone", "group", "year", "block", "power_mw"]])
    whole = pd.concat(parts, ignore_index=True)
    whole["region"] = whole["zone"].astype(str).map(region)
    keys = ["region", "group", "year", "block"]
    summed = added_up(whole, keys, ["power_mw"])
    balance = added_up(summed, ["region", "year", "block"], ["power_mw"])
    balance = balance.assign(group="Net imports", power_mw=-balance["power_mw"])
    return pd.concat([summed, balance[[*keys, "power_mw"]]], ignore_index=True)


def priced_load(tables: Tables) -> pd.DataFrame:
    """Return load [MWh], its price [USD of 2025 per MWh] and what is paid [USD] in each block."""
    weight = tables["blocks"].set_index("block")["weight_hours"]
    table = tables["prices"].merge(tables["load"], on=["zone", "year", "block"], how="inner")
    load = table["base_mw"] + table["given_campus_mw"] + table["campus_facility_mw"]
    hours = table["block"].map(weight)
    return table.assign(
        hours=hours,
        load_mwh=load * hours,
        paid=load * hours * table["price_usd2025_per_mwh"],
    )


def prices(tables: Tables) -> pd.DataFrame:
    """Return prices by zone and year [USD of 2025 per MWh].

    ``mean`` is weighted by load, ``typical`` is the median hour; ``load_mwh`` is the weight.
    """
    table = priced_load(tables)
    keys = ["zone", "year"]
    grouped = added_up(table, keys, ["load_mwh", "paid"])
    mean = grouped["paid"] / grouped["load_mwh"].where(grouped["load_mwh"] > 0)
    typical = [
        _weighted_median(part["price_usd2025_per_mwh"].to_numpy(), part["hours"].to_numpy())
        for _, part in table.groupby(keys)
    ]
    return grouped[keys].assign(mean=mean, typical=typical, load_mwh=grouped["load_mwh"])


def _weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    order = np.argsort(values, kind="stable")
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2.0)])


def corridors(tables: Tables) -> pd.DataFrame:
    """Return corridors by year with what was built so far and the mean net flow [MW]."""
    table = tables["corridor_capacity"].copy()
    table = table.sort_values(["corridor", "year"], kind="stable")
    table["grown_mw"] = table["online_forward_mw"] - table["existing_forward_mw"]
    weight = tables["blocks"].set_index("block")["weight_hours"]
    flows = tables["flows"]
    share = flows["block"].map(weight) / weight.sum()
    net = flows.assign(net_mw=(flows["forward_mw"] - flows["reverse_mw"]) * share)
    mean = added_up(net, ["corridor", "year"], ["net_mw"])
    return table.merge(mean, on=["corridor", "year"], how="left")
