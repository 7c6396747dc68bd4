"""Time-to-power: what a month of waiting costs each campus, and what bridge power costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.system.types import System
from gigaplan.timeline.service import ACCELERATOR, CAMPUS, Floats, Tables
from gigaplan.timeline.waiting import bridge_cost, idle_cost, worth_of_a_month
from gigaplan.timeline.wording import article, dollars, spoken

TIME_TO_POWER_COLUMNS: Final = (
    "project zone in_service_year it_mw idle_usd2025_m_per_month worth_usd2025_m_per_month "
    "bridge_usd2025_m_per_month bridge sentence"
).split()
_MW_PER_GW: Final = 1e3


def time_to_power_table(tables: Tables, system: System) -> pd.DataFrame:
    """Return the table ``time_to_power``: a row for each campus that the plan builds.

    Parameters
    ----------
    tables
        Tables ``projects``, ``why``, ``prices``, ``blocks`` and ``assets`` of a plan.
    system
        Its parameters.

    Returns
    -------
    pandas.DataFrame
        With the columns of ``TIME_TO_POWER_COLUMNS``.
    """
    projects = tables["projects"]
    rows = projects[projects["class"] == CAMPUS].reset_index(drop=True)
    rows = rows[["project", "zone", "in_service_year", "capacity_mw"]]
    rows = rows.rename(columns={"capacity_mw": "it_mw"})
    chips = _accelerators(rows, projects, system)
    campus_gw = rows["it_mw"].to_numpy(dtype=float) / _MW_PER_GW
    charge = _at(system, "capital_charge_campus", rows) + _at(system, "fixed_cost_campus", rows)
    rows["idle_usd2025_m_per_month"] = idle_cost(campus_gw, charge, chips.gw, chips.charge)
    counted = system.options.target_unit == "it_gw"
    compute = campus_gw if counted else chips.gw * chips.h100e
    years = _at(system, "discounted_years", rows)
    rows["worth_usd2025_m_per_month"] = worth_of_a_month(
        compute, _shadow_price(rows, tables["why"], system), years
    )
    extra, unit = _cheapest_bridge(rows, tables, system)
    rows["bridge_usd2025_m_per_month"], rows["bridge"] = extra, unit
    rows["sentence"] = _sentences(rows, tables["assets"])
    return rows[TIME_TO_POWER_COLUMNS]


@dataclass(frozen=True)
class _Accelerators:
    """Accelerators that enter service with each campus.

    ``gw``: their IT power [GW]; ``charge``: mean capital charge [M$/GW/yr]; ``h100e``: mean
    compute [million H100e/GW].
    """

    gw: Floats
    charge: Floats
    h100e: Floats


def _accelerators(rows: pd.DataFrame, projects: pd.DataFrame, system: System) -> _Accelerators:
    """Return the accelerators of each campus: those of its zone and milestone, up to its size.

    What is bought beyond that replaces others in older campuses.
    """
    bought = projects[projects["class"] == ACCELERATOR].reset_index(drop=True)
    gw = bought["capacity_mw"].to_numpy(dtype=float) / _MW_PER_GW
    charge = _at(system, "capital_charge_accelerator", bought, accelerator="asset")
    compute = _at(system, "h100e_accelerator", bought, accelerator="asset")
    keys = ["zone", "in_service_year"]
    totals = bought[keys].assign(gw=gw, charge=gw * charge, h100e=gw * compute)
    sums = rows[keys].merge(totals.groupby(keys, as_index=False).sum(), on=keys, how="left")
    whole = sums["gw"].fillna(0.0).to_numpy(dtype=float)
    each = np.maximum(whole, 1e-12)
    campus_gw = rows["it_mw"].to_numpy(dtype=float) / _MW_PER_GW
    return _Accelerators(
        np.minimum(campus_gw, whole),
        sums["charge"].fillna(0.0).to_numpy(dtype=float) / each,
        sums["h100e"].fillna(0.0).to_numpy(dtype=float) / each,
    )


def _at(system: System, name: str, rows: pd.DataFrame, **columns: str) -> Floats:
    """Return a parameter at the zone and milestone of each row, and at further columns."""
    array = system[name]
    named = {"zone": "zone", "year": "in_service_year", "vintage": "in_service_year", **columns}
    if not len(rows):
        return np.zeros(0)
    wanted = {
        dim: xr.DataArray(rows[named[str(dim)]].to_numpy(), dims="row")
        for dim in array.dims
        if str(dim) in named
    }
    found = array.sel(wanted).transpose(..., "row")
    return np.asarray(found.values, dtype=float)


def _shadow_price(rows: pd.DataFrame, why: pd.DataFrame, system: System) -> Floats:
    """Return the shadow price of the compute target of each row, zero where it does not bind.

    Where most compute is sought, limits have no price in money.
    """
    if system.options.objective != "least_cost":
        return np.zeros(len(rows))
    prices = why[why["family"] == "compute_need"].groupby("year")["shadow_price"].sum()
    return rows["in_service_year"].map(prices).fillna(0.0).to_numpy(dtype=float)


def _cheapest_bridge(
    rows: pd.DataFrame, tables: Tables, system: System
) -> tuple[Floats, list[str]]:
    """Return the extra cost of the cheapest unit behind the meter, and its name.

    Not a number, and blank, where none may be built.
    """
    onsite = system["onsite_generator"].values.astype(bool)
    if not len(rows) or not onsite.any():
        return np.full(len(rows), np.nan), [""] * len(rows)
    names = system["generator"].values[onsite]
    weights = system["block_weight"].values
    load = _at(system, "fixed_it_share", rows).T @ weights / weights.sum()
    share = load + float(system["flexible_it_mean"].values)
    facility = rows["it_mw"].to_numpy(dtype=float) / _MW_PER_GW * _at(system, "pue", rows)
    sure = _at(system, "availability_generator", rows).min(axis=1)[onsite]
    yearly = _at(system, "capital_charge_generator", rows) + _at(
        system, "fixed_cost_generator", rows
    )
    extra = bridge_cost(
        facility,
        share,
        np.maximum(sure, 1e-9),
        yearly[onsite],
        _at(system, "variable_cost_generator", rows)[onsite],
        _mean_prices(rows, tables),
    )
    allowed = _at(system, "buildable_generator", rows)[onsite] > 0
    allowed &= _at(system, "potential_generator", rows)[onsite] > 0
    held = np.where(allowed, extra, np.inf)
    best = held.argmin(axis=0)
    least = held[best, np.arange(len(rows))]
    known = np.isfinite(least)
    chosen = np.where(known, names[best].astype(object), "").tolist()
    return np.where(known, least, np.nan), chosen


def _mean_prices(rows: pd.DataFrame, tables: Tables) -> Floats:
    """Return the mean wholesale price of the zone and milestone of each row [USD/MWh]."""
    priced = tables["prices"].merge(tables["blocks"][["block", "weight_hours"]], on="block")
    priced = priced.assign(paid=priced["price_usd2025_per_mwh"] * priced["weight_hours"])
    sums = priced.groupby(["zone", "year"], as_index=False)[["paid", "weight_hours"]].sum()
    at = rows.merge(
        sums, left_on=["zone", "in_service_year"], right_on=["zone", "year"], how="left"
    )
    return (at["paid"] / at["weight_hours"]).fillna(0.0).to_numpy(dtype=float)


def _sentences(rows: pd.DataFrame, assets: pd.DataFrame) -> list[str]:
    """Return what a month is worth to each campus, and whether bridge power pays."""
    labels = dict(zip(assets["asset"].tolist(), assets["label"].tolist(), strict=True))
    columns = ("idle", "worth", "bridge")
    values = [rows[f"{name}_usd2025_m_per_month"].tolist() for name in columns]
    units = [article(spoken(labels.get(name, name))) if name else "" for name in rows["bridge"]]
    return [
        month_sentence(idle, worth, bridge, unit)
        for idle, worth, bridge, unit in zip(*values, units, strict=True)
    ]


def month_sentence(idle: float, worth: float, bridge: float, unit: str) -> str:
    """Return what a month is worth in words; bridge power pays where it costs less than waiting.

    Waiting costs what stands idle, or what an earlier month is worth to the plan if that is more.

    >>> month_sentence(300.0, 250.0, 25.84, "a fuel cell").split(". ")[1]
    'Bridge power from a fuel cell costs $25.8 M a month more than the grid: it pays.'
    """
    earlier = (
        f"a month earlier is worth {dollars(worth)} to the plan"
        if worth > 0
        else "a month earlier saves the plan nothing, as the compute target does not bind"
    )
    said = f"A month without power leaves {dollars(idle)} idle, and {earlier}."
    if not unit:
        return f"{said} The scenario allows no unit behind the meter."
    more = "more" if bridge >= 0 else "less"
    pays = "it pays" if bridge < max(idle, worth) else "it does not pay"
    return (
        f"{said} Bridge power from {unit} costs {dollars(abs(bridge))} a month {more} than the "
        f"grid: {pays}."
    )
