"""Supply chains: what the plan takes of each component, from where, and what is short."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from gigaplan.plan.factories import numbered_factories
from gigaplan.report.frames import Tables, added_up

WORTH_SAYING_USD_M: Final = 0.5
"""Amounts below this are what a solver leaves over [M$ of 2025]."""

ALL_TAKEN: Final = 0.995
"""Share of a supply from which on it counts as taken to the full."""

_CAPITALS: Final = re.compile(r"^(hbm\w*|hv|n\d+|us)$")


def component_label(component: str) -> str:
    """Return the name of a component for people.

    Examples
    --------
    >>> [component_label(name) for name in ("hbm4e", "hv_switchgear", "logic_wafer_n2")]
    ['HBM4E', 'HV switchgear', 'Logic wafer N2']
    >>> component_label("labour_electrical"), component_label("gas_turbine")
    ('Electrical trades', 'Gas turbine')
    """
    trade = component.removeprefix("labour_")
    words = f"{trade} trades" if trade != component else component
    parts = [
        part.upper() if _CAPITALS.match(part) else part for part in words.replace("_", " ").split()
    ]
    text = " ".join(parts)
    return text[:1].upper() + text[1:]


def factory_label(factory: str) -> str:
    """Return the name of a factory for people.

    Examples
    --------
    >>> factory_label("packaging_line in AZ"), factory_label("logic_fab_n2 in Taiwan")
    ('Packaging line in AZ', 'Logic fab N2 in Taiwan')
    """
    kind, _, place = factory.partition(" in ")
    return f"{component_label(kind)} in {place}" if place else component_label(kind)


def supply_use(tables: Tables) -> pd.DataFrame:
    """Return what is taken of each component, with how tight it is.

    ``share`` is use of the plan and of given campuses over what all sources and new factories
    have; it is missing where nothing bounds the supply. ``binds`` is 0 where one more unit is
    worth nothing, 1 where the cheap part is used up and more costs extra, and 2 where there is
    no more.
    """
    table = tables["supply_use"].copy(deep=False)
    had = (table["supply"] + table["factory_output"]).to_numpy(dtype=float)
    taken = (table["use"] + table["given_use"]).to_numpy(dtype=float)
    bounded = np.isfinite(had) & (had > 0)
    share = np.divide(taken, had, out=np.full(len(table), np.nan), where=bounded)
    worth = table["worth_usd2025_m"].to_numpy(dtype=float)
    matters = worth * np.where(bounded, had, taken) >= WORTH_SAYING_USD_M
    full = ~bounded | (share >= ALL_TAKEN)
    return table.assign(share=share, binds=np.where(matters, np.where(full, 2, 1), 0))


def sources(tables: Tables) -> pd.DataFrame:
    """Return what comes from each country, of components that the country shares."""
    keys = ["component", "origin", "calendar_year"]
    table = tables["supply_sources"]
    table = table[table["zone"].fillna("") == ""]
    table = table.assign(premium_usd2025_m=table["taken"] * table["premium_usd2025_m"])
    return added_up(table, keys, ["taken", "available", "premium_usd2025_m"])


def allied_share(tables: Tables) -> float:
    """Return the part of all components taken that comes from the US and its allies, by value.

    Zero where nothing is taken, or nothing has a price.
    """
    table = tables["supply_sources"]
    value = table["value_usd2025_m"]
    whole = float(value.sum())
    return float((value * table["allied"]).sum()) / whole if whole > 0 else 0.0


def factories(tables: Tables) -> pd.DataFrame:
    """Return new factories with their numbers, most capital first."""
    built = numbered_factories(tables["factories"])
    return built.sort_values("capex_usd2025_m", ascending=False, kind="stable")


def factory_output(tables: Tables) -> pd.DataFrame:
    """Return what the new factories make, without those that a solver leaves over."""
    table = tables["factory_output"]
    return table[table["factory"].isin(set(factories(tables)["factory"]))]


def components(tables: Tables) -> pd.DataFrame:
    """Return each component with its label, unit, and whether states have it for themselves."""
    table = supply_use(tables)
    first = table.drop_duplicates("component")
    local = set(table.loc[table["zone"].fillna("") != "", "component"].astype(str))
    return pd.DataFrame(
        {
            "component": first["component"].astype(str),
            "label": [component_label(str(name)) for name in first["component"]],
            "unit": first["unit"].astype(str),
            "local": [str(name) in local for name in first["component"]],
        }
    )


def premiums(tables: Tables) -> dict[str, float]:
    """Return what scarcity costs, discounted, by category; what is nothing left out [M$]."""
    costs = tables["costs"].groupby("category")["discounted_usd2025_m"].sum()
    names = ("component premiums", "labour premiums")
    return {
        name: float(costs[name])
        for name in names
        if name in costs.index and costs[name] > WORTH_SAYING_USD_M
    }
