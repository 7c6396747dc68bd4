"""Supply chains: what was taken from where, stocks, factories, and the way of accelerators."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.expansion.constraints.supply import ASSET_CLASSES
from gigaplan.expansion.tables.programme import first_spend
from gigaplan.expansion.tables.solved import NO_LABELS, Solved
from gigaplan.system.components import ACCELERATOR
from gigaplan.terms.bare import Arrays, above_zero, spread
from gigaplan.terms.country import HOME

NOTHING = 1e-4
"""Units below this are solver noise: a year's supply is counted to about a hundred."""


def components_used(found: Solved) -> xr.Variable:
    """Return what all builds take (component, calendar_year)."""
    used = xr.zeros_like(found["supply_given"])
    for asset_class in ASSET_CLASSES:
        build = found.value(f"build_{asset_class}")
        if "zone" in build.dims:
            build = build.sum("zone")
        used = used + (build * found[f"supply_use_{asset_class}"]).sum(build.dims)
    return used


def local_components_used(found: Solved) -> xr.Variable:
    """Return what all builds take in each zone (local_component, zone, calendar_year)."""
    used = xr.zeros_like(found["local_given"])
    ends = (found["start_of_corridor"] + found["end_of_corridor"]) / 2.0
    builds = {
        "generator": found.value("build_generator"),
        "storage": found.value("build_storage"),
        "campus": found.value("build_campus"),
        "corridor": found.value("build_corridor") * ends,
        "factory": found.value("build_factory") * found["zone_of_factory"],
    }
    for asset_class, build in builds.items():
        taken = build * found[f"local_use_{asset_class}"]
        rest = [dim for dim in taken.dims if dim not in used.dims]
        used = used + taken.sum(rest).transpose(*used.dims)
    return used


def taken_from_sources(found: Solved) -> xr.Variable:
    """Return units taken from each source (source, calendar_year).

    Which of several sources at the same premium gives is all the same to the optimum; so it is
    shared out between them in proportion to what each has. Where a least share by origin holds,
    the groups of countries keep what they gave.
    """
    taken, limit = found.value("take_source"), found["source_limit"].values
    if not taken.size:
        return taken
    of_component = found["component_of_source"].transpose("source", "component").values
    groups = found["source_in_group"].transpose("source", "origin_group").values
    count, years = taken.shape
    floors = (found["origin_floor"] > 0).any("origin_group").transpose("component", ...).values
    kind = of_component.argmax(axis=1)
    member = (groups @ (2.0 ** np.arange(groups.shape[1])))[:, None] * floors[kind]
    alike = np.column_stack(
        [
            np.repeat(kind, years),
            found["source_premium"].values.ravel(),
            member.ravel(),
            np.tile(np.arange(years), count),
        ]
    )
    _, which = np.unique(alike, axis=0, return_inverse=True)
    whole = np.bincount(which.ravel(), taken.values.ravel())
    finite = np.isfinite(limit)
    had = np.bincount(which.ravel(), np.where(finite, limit, 1.0).ravel())
    share = np.where(finite, limit, 1.0).ravel() / np.maximum(had, 1e-12)[which.ravel()]
    return xr.Variable(taken.dims, (whole[which.ravel()] * share).reshape(count, years))


def _limit(found: Solved) -> xr.Variable:
    """Return what all sources of a component have (component, calendar_year)."""
    limit, member = spread(found["source_limit"], found["component_of_source"])
    held = np.where(member.values > 0, limit.values, 0.0)
    return xr.Variable(limit.dims, held).sum("source").transpose("component", "calendar_year")


def _unit(found: Solved, component: pd.Series) -> pd.Series:
    """Return what components are counted in."""
    return component.map(dict(found.options.units)).fillna("units")


def _made_by(found: Solved, factory: pd.Series) -> pd.Series:
    """Return the components that factories make."""
    return factory.map(dict(found.options.made_by)).fillna("")


def _worth(found: Solved, prices: Arrays, rows: str) -> xr.Variable:
    """Return what one more unit would save, zero where there is no price [M$]."""
    like = found["supply_given" if rows == "supply" else "local_given"]
    return above_zero(prices[rows]) if rows in prices else xr.zeros_like(like)


def supply_table(found: Solved, prices: Arrays) -> pd.DataFrame:
    """Return the table ``supply_use``: what is taken against what can be had, in counted units."""
    dims = ["component", "calendar_year"]
    made = (found.value("output_factory") * found["component_of_factory"]).sum("factory")
    national = found.tidy(
        {
            "use": components_used(found),
            "given_use": found["supply_given"],
            "supply": _limit(found),
            "factory_output": made,
            "stock": found.value("stock_component"),
            "worth_usd2025_m": _worth(found, prices, "supply"),
        },
        dims,
    )
    national.insert(1, "zone", "")
    nothing = xr.zeros_like(found["local_given"])
    local = found.tidy(
        {
            "use": local_components_used(found),
            "given_use": found["local_given"],
            "supply": found["local_limit"].sum("step"),
            "factory_output": nothing,
            "stock": nothing,
            "worth_usd2025_m": _worth(found, prices, "local_supply"),
        },
        ["local_component", "zone", "calendar_year"],
    ).rename(columns={"local_component": "component"})
    busy = (local["use"] > NOTHING) | (local["given_use"] > NOTHING)
    table = pd.concat([national, local[busy]], ignore_index=True)
    table.insert(3, "unit", _unit(found, table["component"]))
    return table


def sources_table(found: Solved) -> pd.DataFrame:
    """Return the table ``supply_sources``: what each source gave, in counted units."""
    national = found.tidy(
        {
            "taken": taken_from_sources(found),
            "available": found["source_limit"],
            "premium_usd2025_m": found["source_premium"],
            "value_usd2025_m": taken_from_sources(found) * _unit_cost(found),
            "allied": (found["source_in_group"].sum("origin_group") > 0).astype(float)
            * xr.ones_like(found["source_limit"]),
        },
        ["source", "calendar_year"],
    )
    parts = [found.options.source_parts[name] for name in national["source"]]
    national = national.assign(
        component=[component for component, _, _ in parts],
        origin=[origin for _, origin, _ in parts],
        step=[step for _, _, step in parts],
        zone="",
    )
    local = found.tidy(
        {
            "taken": found.value("take_local"),
            "available": found["local_limit"],
            "premium_usd2025_m": found["local_premium"],
        },
        ["local_component", "zone", "step", "calendar_year"],
        keep="taken",
        above=NOTHING,
    ).rename(columns={"local_component": "component"})
    local = local.assign(
        source=local["component"].astype(str) + " in " + local["zone"].astype(str),
        origin=HOME,
        value_usd2025_m=0.0,
        allied=1.0,
    )
    table = pd.concat([national, local], ignore_index=True)
    table = table.astype({"step": "int64", "allied": "int64"})
    table["unit"] = _unit(found, table["component"])
    columns = (
        "source component origin zone step calendar_year taken available premium_usd2025_m "
        "value_usd2025_m allied unit"
    ).split()
    return table[columns]


def _unit_cost(found: Solved) -> xr.Variable:
    """Return what a unit costs from each source (source, calendar_year) [M$]."""
    price = (found["component_of_source"] * found["price_component"]).sum("component")
    return price + found["source_premium"]


def factories_table(found: Solved) -> pd.DataFrame:
    """Return the table ``factories``: new factories by the milestone of their service."""
    build = found.value("build_factory")
    table = found.tidy(
        {
            "capacity_per_yr": build,
            "construction_start_year": first_spend(found, "factory"),
            "capex_usd2025_m": build * found["capex_factory"],
        },
        ["factory", "vintage"],
        keep="capacity_per_yr",
        above=NOTHING,
    ).rename(columns={"vintage": "in_service_year"})
    parts = [found.options.factory_parts[name] for name in table["factory"]]
    table["component"] = _made_by(found, table["factory"])
    table = table.assign(kind=[kind for kind, _ in parts], place=[place for _, place in parts])
    table["unit"] = _unit(found, table["component"])
    table["construction_start_year"] = table["construction_start_year"].astype("int64")
    return table[
        "factory kind component place construction_start_year in_service_year capacity_per_yr "
        "unit capex_usd2025_m".split()
    ].reset_index(drop=True)


def factory_output_table(found: Solved) -> pd.DataFrame:
    """Return the table ``factory_output``: what new factories make in each calendar year."""
    build = found.value("build_factory")
    can = (build * found["output_share_factory"]).sum("vintage")
    table = found.tidy(
        {"output": found.value("output_factory"), "capacity": can},
        ["factory", "calendar_year"],
        keep="capacity",
        above=NOTHING,
    )
    table["component"] = _made_by(found, table["factory"])
    table["unit"] = _unit(found, table["component"])
    return table["factory component calendar_year output capacity unit".split()]


def accelerators_table(found: Solved) -> pd.DataFrame:
    """Return the table ``accelerator_flow``: from the factory to the campus, in counted units.

    What has left the factory and is not installed is in transit, or was scrapped on the way.
    """
    columns = "calendar_year sent scrapped in_transit installed unit".split()
    names = list(found.labels.get("component", NO_LABELS))
    if ACCELERATOR not in names or not found["units_accelerator"].size:
        return pd.DataFrame({name: pd.Series(dtype=float) for name in columns}).assign(unit="")
    build = found.value("build_accelerator").sum("zone")
    own = names.index(ACCELERATOR)
    bill = found["supply_use_accelerator"].isel(component=own)
    sent = (build * bill).sum(["accelerator", "vintage"])
    whole = (build * bill.sum("calendar_year")).sum("accelerator")
    good = (build * found["units_accelerator"]).sum("accelerator")
    entering = found["service_share_accelerator"]
    arrived = (good * entering).sum("vintage")
    scrapped = ((whole - good) * entering).sum("vintage")
    way = (sent - arrived - scrapped).cumsum("calendar_year")
    table = found.tidy(
        {"sent": sent, "scrapped": scrapped, "in_transit": way, "installed": arrived},
        ["calendar_year"],
    )
    return table.assign(unit=found.options.units.get(ACCELERATOR, "units"))[columns]


def yearly_of_calendar(found: Solved, cost: xr.Variable) -> xr.Variable:
    """Return costs of calendar years as even yearly costs of milestone years (..., year).

    What is paid in the years up to a milestone, discounted, is spread evenly over the discounted
    years that the milestone stands for.
    """
    calendar = np.asarray(found.labels["calendar_year"])
    milestones = np.asarray(found.labels["year"])
    first = np.searchsorted(milestones, calendar)
    member = xr.Variable(
        ("calendar_year", "year"), (first[:, None] == np.arange(milestones.size)).astype(float)
    )
    paid = (cost * found["discount_factor"] * member).sum("calendar_year")
    return paid / found["discounted_years"]
