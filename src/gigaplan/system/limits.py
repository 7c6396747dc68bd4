"""Limits of the System: queue, connection, emissions, budget."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.system.demand import GivenLoad
from gigaplan.system.frame import Floats, Frame
from gigaplan.system.spread import spread

LARGE_LOAD = "large_load"


def queues(frame: Frame) -> list[str]:
    """Return the queue groups of generation, in the order of the data package."""
    names = dict.fromkeys(frame.table("queue_throughput")["queue_group"].tolist())
    return [name for name in names if name != LARGE_LOAD]


def queue_completion(frame: Frame) -> dict[str, float]:
    """Return the share of each queue group that is built: the scenario's, or the data's."""
    own = frame.scenario.limits.interconnection.completion_frac
    return {
        name: frame.number(f"queue_completion_{name.replace('-', '_')}_frac")
        if own is None
        else own
        for name in queues(frame)
    }


def _cumulative(frame: Frame, group: str) -> Floats:
    """Return cumulative throughput of a group (zone, year) [GW]."""
    table = frame.table("queue_throughput")
    table = table[table["queue_group"] == group]
    known = sorted(set(table["year"].tolist()))
    wide = np.nan_to_num(spread(table, "cumulative_mw", zone=frame.zones, year=known))
    rows = [np.interp(frame.years, known, row, left=0.0) for row in wide]
    return np.array(rows).reshape(len(frame.zones), frame.years.size) / 1e3


def interconnection_parameters(frame: Frame, given: GivenLoad) -> dict[str, xr.DataArray]:
    """Return who needs a place in which queue, and what the queues let through."""
    settings = frame.scenario.limits.interconnection
    completion = queue_completion(frame)
    names = list(completion)
    labels = {"queue": names}
    entering = [_cumulative(frame, name) * share for name, share in completion.items()]
    limit = np.stack(entering, axis=1)
    connection = np.maximum(_cumulative(frame, LARGE_LOAD) - given.background_facility_gw, 0.0)
    if not settings.enabled:
        limit, connection = np.full_like(limit, np.inf), np.full_like(connection, np.inf)
    members = {}
    for asset_class in ("generator", "storage"):
        assets = frame.assets_of(asset_class)
        groups = np.array([frame.assets[asset].queue_group for asset in assets])
        member = (groups[:, None] == np.array(names)[None, :]).astype(float)
        members[f"queue_of_{asset_class}"] = frame.array(
            member, (asset_class, "queue"), {**labels, asset_class: assets}
        )
    return {
        **members,
        "queue_limit": frame.array(limit, ("zone", "queue", "year"), labels),
        "connection_limit": frame.array(connection, ("zone", "year"), {}),
    }


def by_year(frame: Frame, values: Mapping[int, float]) -> Floats | None:
    """Return a scenario's yearly numbers, linear between years; ``None`` where it gives none."""
    if not values:
        return None
    series = pd.Series(values, dtype=float).sort_index()
    inside = (frame.years >= series.index[0]) & (frame.years <= series.index[-1])
    line = np.interp(frame.years, series.index.to_numpy(dtype=float), series.to_numpy())
    return np.where(inside | (frame.years > series.index[-1]), line, np.inf)


def money_parameters(frame: Frame) -> dict[str, xr.DataArray]:
    """Return emission caps and prices, penalties, budgets and who pays for what."""
    scenario = frame.scenario
    limits, budget = scenario.limits, scenario.limits.budget
    cap = by_year(frame, limits.emissions.cap_mt_by_year)
    price = by_year(frame, limits.emissions.price_usd_per_t_by_year)
    years = frame.years.size
    yearly = np.full(frame.calendar_years.size, np.inf)
    for position, year in enumerate(frame.calendar_years.tolist()):
        if year in budget.by_year_usd_b:
            yearly[position] = budget.by_year_usd_b[year] * 1e3
    total = np.inf if budget.total_usd_b is None else budget.total_usd_b * 1e3
    pays_chips = scenario.compute.accelerators_paid_by == "programme"
    counted = {str(name) for name in budget.counts}
    priced = np.zeros(years) if price is None else np.where(np.isfinite(price), price, 0.0)
    return {
        "discounted_years": frame.array(frame.discounted_years, ("year",), {}),
        "years_in_period": frame.array(frame.years_in_period, ("year",), {}),
        "emission_cap": frame.array(
            np.full(years, np.inf) if cap is None else cap * 1e3, ("year",), {}
        ),
        # USD per tonne is k$ per kt, so a thousandth of it is M$ per kt.
        "emission_price": frame.array(priced / 1e3, ("year",), {}),
        "shortfall_cost": xr.DataArray(float(limits.reserve.shortfall_usd_per_kw_yr)),
        "unserved_cost": xr.DataArray(limits.unserved.value_usd_per_mwh / 1e3),
        "unserved_limit": xr.DataArray(float(limits.unserved.max_frac)),
        "budget": frame.array(yearly, ("calendar_year",), {}),
        "budget_total": xr.DataArray(float(total)),
        "budget_counts_campus": xr.DataArray(float("campus" in counted)),
        "budget_counts_accelerator": xr.DataArray(float(pays_chips and "accelerator" in counted)),
        "budget_counts_energy": xr.DataArray(float("energy" in counted)),
        "own_capacity": xr.DataArray(float(scenario.programme.own_capacity_frac)),
    }
