"""The programme: projects, campuses, accelerators, and where the limits stand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.expansion.tables.tidy import NOTHING_MW, solved, tidy
from gigaplan.system import System
from gigaplan.terms.arrays import choose

PROGRAMME, TENANTS, OTHERS = "programme", "tenants", "others"


def financed(system: System, values: xr.Dataset, asset_class: str) -> dict[str, xr.DataArray]:
    """Return builds of generators or storage by who pays for them [GW]."""
    build = solved(values, f"build_{asset_class}", system[f"buildable_{asset_class}"])
    own = solved(values, f"programme_{asset_class}", build)
    if asset_class == "generator":
        own = choose(system["onsite_generator"], build, own).transpose(*build.dims)
    own = own.where(own < build, build)
    return {PROGRAMME: own, OTHERS: build - own}


def _first_spend(share: xr.DataArray) -> xr.DataArray:
    """Return the first calendar year with spending (..., vintage)."""
    return (share > 0).idxmax("calendar_year")


def projects_table(system: System, values: xr.Dataset) -> pd.DataFrame:
    """Return the table ``projects``: one row for each build, by who pays."""
    parts = []
    for asset_class in ("generator", "storage"):
        if not system[f"existing_{asset_class}"].size:
            continue
        started = _first_spend(system[f"spend_share_{asset_class}"])
        for payer, build in financed(system, values, asset_class).items():
            table = tidy(
                {
                    "capacity_mw": build * 1e3,
                    "construction_start_year": started,
                    "capex_usd2025_m": build * system[f"capex_{asset_class}"],
                },
                [asset_class, "zone", "vintage"],
                keep="capacity_mw",
            ).rename(columns={asset_class: "asset"})
            parts.append(table.assign(payer=payer, **{"class": asset_class}))
    parts += _campus_projects(system, values)
    if system["loss_corridor"].size:
        build = solved(values, "build_corridor", system["buildable_corridor"])
        table = tidy(
            {
                "capacity_mw": build * 1e3,
                "construction_start_year": _first_spend(system["spend_share_corridor"]),
                "capex_usd2025_m": build * system["capex_corridor"],
            },
            ["corridor", "vintage"],
            keep="capacity_mw",
        )
        ends = table["corridor"].astype(str).str.extract(r"^(\w+)-(\w+)")
        table = table.assign(asset="corridor", zone=ends[0], to_zone=ends[1], payer=OTHERS)
        table = table.drop(columns="corridor")
        parts.append(table.assign(**{"class": "corridor"}))
    whole = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    whole = whole.rename(columns={"vintage": "in_service_year"})
    if "to_zone" not in whole:
        whole["to_zone"] = None
    whole["to_zone"] = whole["to_zone"].astype(object).where(whole["to_zone"].notna(), "")
    phase = system.options.phase_gw * 1e3
    campus = whole["class"] == "campus"
    phases = whole["capacity_mw"] / phase if phase > 0 else np.nan
    whole["units"] = np.where(campus, phases, np.nan)
    whole["status"] = "planned"
    whole["construction_start_year"] = whole["construction_start_year"].astype("int64")
    whole = whole.sort_values(
        ["in_service_year", "class", "capex_usd2025_m"], ascending=[True, True, False]
    ).reset_index(drop=True)
    whole.insert(0, "project", [f"P{number:04d}" for number in range(1, len(whole) + 1)])
    columns = (
        "project asset class zone to_zone construction_start_year in_service_year capacity_mw "
        "units capex_usd2025_m payer status"
    ).split()
    return whole[columns]


def _campus_projects(system: System, values: xr.Dataset) -> list[pd.DataFrame]:
    """Return campuses and the accelerators in them as projects."""
    parts = []
    build = solved(values, "build_campus", system["buildable_campus"])
    campus = tidy(
        {
            "capacity_mw": build * 1e3,
            "construction_start_year": _first_spend(system["spend_share_campus"]),
            "capex_usd2025_m": build * system["capex_campus"],
        },
        ["zone", "vintage"],
        keep="capacity_mw",
    )
    parts.append(campus.assign(asset="campus", payer=PROGRAMME, **{"class": "campus"}))
    if system["h100e_accelerator"].size:
        build = solved(values, "build_accelerator", _accelerator_builds(system))
        chips = tidy(
            {
                "capacity_mw": build * 1e3,
                "construction_start_year": _first_spend(system["spend_share_accelerator"]),
                "capex_usd2025_m": build * system["capex_accelerator"],
            },
            ["accelerator", "zone", "vintage"],
            keep="capacity_mw",
        ).rename(columns={"accelerator": "asset"})
        payer = system.options.accelerators_paid_by
        parts.append(chips.assign(payer=payer, **{"class": "accelerator"}))
    return parts


def _accelerator_builds(system: System) -> xr.DataArray:
    return system["capex_accelerator"] * xr.ones_like(system["pue"])


def campuses_table(system: System, values: xr.Dataset) -> pd.DataFrame:
    """Return the table ``campuses`` [MW of IT]."""
    build = solved(values, "build_campus", system["buildable_campus"]).rename(vintage="year")
    online = solved(values, "online_campus", system["fixed_cost_campus"])
    table = tidy(
        {
            "given_it_mw": system["given_campus"] * 1e3,
            "built_it_mw": build * 1e3,
            "online_it_mw": online * 1e3,
        },
        ["zone", "year"],
    )
    phase = system.options.phase_gw * 1e3
    table["phases"] = table["built_it_mw"] / phase if phase > 0 else np.nan
    some = table[["given_it_mw", "built_it_mw", "online_it_mw"]].max(axis=1) > NOTHING_MW
    return table[some].reset_index(drop=True)


def compute_table(system: System, values: xr.Dataset) -> pd.DataFrame:
    """Return the table ``compute``: accelerators in service [MW of IT, H100e]."""
    like = system["h100e_accelerator"] * system["fixed_cost_campus"]
    online = solved(values, "online_accelerator", like)
    table = tidy(
        {"it_mw": online * 1e3, "h100e": online * system["h100e_accelerator"] * 1e6},
        ["accelerator", "zone", "year"],
        keep="it_mw",
    )
    return table[["zone", "year", "accelerator", "it_mw", "h100e"]]


def supply_table(system: System, values: xr.Dataset) -> pd.DataFrame:
    """Return the table ``supply_use``: components taken against components to be had.

    What a unit is, the data package knows: the workflow writes it.
    """
    used = xr.zeros_like(system["supply_given"])
    for asset_class in ("generator", "storage", "corridor", "campus"):
        name = f"build_{asset_class}"
        if name in values:
            build = solved(values, name, values[name])
            if "zone" in build.dims:
                build = build.sum("zone")
            rest = [dim for dim in build.dims]
            used = used + (build * system[f"supply_use_{asset_class}"]).sum(rest)
    table = tidy(
        {"use": used, "supply": system["supply_limit"], "given_use": system["supply_given"]},
        ["component", "calendar_year"],
    )
    table.insert(4, "unit", "units")
    return table


def queue_table(system: System, values: xr.Dataset) -> pd.DataFrame:
    """Return the table ``queue_use``: grid-tied builds against throughput, cumulative [MW]."""
    built = xr.zeros_like(system["queue_limit"])
    for asset_class in ("generator", "storage"):
        name = f"build_{asset_class}"
        if name in values:
            build = solved(values, name, values[name]).rename(vintage="year").cumsum("year")
            member = system[f"queue_of_{asset_class}"]
            built = built + (build * member).sum(asset_class).transpose(*built.dims)
    table = tidy(
        {"built_mw": built * 1e3, "throughput_mw": system["queue_limit"] * 1e3},
        ["zone", "queue", "year"],
    ).rename(columns={"queue": "queue_group"})
    return table


def reserve_table(system: System, values: xr.Dataset) -> pd.DataFrame:
    """Return the table ``reserve``: firm capacity against the requirement [MW]."""
    firm = system["given_credit"]
    for asset_class in ("generator", "storage"):
        credit = system[f"capacity_credit_{asset_class}"]
        online = solved(values, f"online_{asset_class}", system[f"existing_{asset_class}"])
        by_zone = (online * credit).sum(asset_class)
        firm = firm + (by_zone * system["region_of_zone"]).sum("zone")
    like = system["h100e_accelerator"] * system["fixed_cost_campus"]
    capacity = solved(values, "online_accelerator", like).sum("accelerator")
    campus = (capacity * system["firm_it_share"] * system["region_of_zone"]).sum("zone")
    peak = system["peak_load"] + campus
    short = solved(values, "reserve_shortfall", system["peak_load"])
    return tidy(
        {
            "firm_capacity_mw": firm * 1e3,
            "requirement_mw": (1.0 + system["reserve_margin"]) * peak * 1e3,
            "shortfall_mw": short * 1e3,
            "peak_load_mw": peak * 1e3,
        },
        ["region", "year"],
    )
