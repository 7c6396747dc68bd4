"""The programme: projects, campuses, accelerators, and where the limits stand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.expansion.tables.capacity import corridor_ends
from gigaplan.expansion.tables.solved import NOTHING_MW, Solved
from gigaplan.terms.bare import Arrays, above_zero, chosen, renamed, smaller

PROGRAMME, TENANTS, OTHERS = "programme", "tenants", "others"


def financed(found: Solved, asset_class: str) -> dict[str, xr.Variable]:
    """Return builds of generators or storage by who pays for them [GW]."""
    build = found.value(f"build_{asset_class}")
    own = found.value(f"programme_{asset_class}")
    if asset_class == "generator":
        own = chosen(found["onsite_generator"], build, own).transpose(*build.dims)
    own = smaller(own, build)
    return {PROGRAMME: own, OTHERS: build - own}


def first_spend(found: Solved, asset_class: str) -> xr.Variable:
    """Return the first calendar year with spending (..., vintage)."""
    share = found[f"spend_share_{asset_class}"]
    first = (share.values > 0).argmax(axis=share.dims.index("calendar_year"))
    dims = [dim for dim in share.dims if dim != "calendar_year"]
    return xr.Variable(dims, found["calendar_year"].values[first])


def projects_table(found: Solved) -> pd.DataFrame:
    """Return the table ``projects``: one row for each build, by who pays."""
    parts = []
    for asset_class in ("generator", "storage"):
        if not found[f"existing_{asset_class}"].size:
            continue
        started = first_spend(found, asset_class)
        for payer, build in financed(found, asset_class).items():
            table = found.tidy(
                {
                    "capacity_mw": build * 1e3,
                    "construction_start_year": started,
                    "capex_usd2025_m": build * found[f"capex_{asset_class}"],
                },
                [asset_class, "zone", "vintage"],
                keep="capacity_mw",
            ).rename(columns={asset_class: "asset"})
            parts.append(table.assign(payer=payer, **{"class": asset_class}))
    parts += _campus_projects(found)
    if found["loss_corridor"].size:
        build = found.value("build_corridor")
        table = found.tidy(
            {
                "capacity_mw": build * 1e3,
                "construction_start_year": first_spend(found, "corridor"),
                "capex_usd2025_m": build * found["capex_corridor"],
            },
            ["corridor", "vintage"],
            keep="capacity_mw",
        )
        starts, ends = corridor_ends(found)
        table = table.assign(
            asset="corridor",
            zone=table["corridor"].map(starts),
            to_zone=table["corridor"].map(ends),
            payer=OTHERS,
        )
        table = table.drop(columns="corridor")
        parts.append(table.assign(**{"class": "corridor"}))
    whole = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    whole = whole.rename(columns={"vintage": "in_service_year"})
    if "to_zone" not in whole:
        whole["to_zone"] = None
    whole["to_zone"] = whole["to_zone"].astype(object).where(whole["to_zone"].notna(), "")
    phase = found.options.phase_gw * 1e3
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


def _campus_projects(found: Solved) -> list[pd.DataFrame]:
    """Return campuses and the accelerators in them as projects."""
    parts = []
    build = found.value("build_campus")
    campus = found.tidy(
        {
            "capacity_mw": build * 1e3,
            "construction_start_year": first_spend(found, "campus"),
            "capex_usd2025_m": build * found["capex_campus"],
        },
        ["zone", "vintage"],
        keep="capacity_mw",
    )
    parts.append(campus.assign(asset="campus", payer=PROGRAMME, **{"class": "campus"}))
    if found["h100e_accelerator"].size:
        build = found.value("build_accelerator")
        chips = found.tidy(
            {
                "capacity_mw": build * 1e3,
                "construction_start_year": first_spend(found, "accelerator"),
                "capex_usd2025_m": build * found["capex_accelerator"],
            },
            ["accelerator", "zone", "vintage"],
            keep="capacity_mw",
        ).rename(columns={"accelerator": "asset"})
        payer = found.options.accelerators_paid_by
        parts.append(chips.assign(payer=payer, **{"class": "accelerator"}))
    return parts


def campuses_table(found: Solved) -> pd.DataFrame:
    """Return the table ``campuses`` [MW of IT]."""
    build = renamed(found.value("build_campus"), vintage="year")
    online = found.value("online_campus")
    table = found.tidy(
        {
            "given_it_mw": found["given_campus"] * 1e3,
            "built_it_mw": build * 1e3,
            "online_it_mw": online * 1e3,
        },
        ["zone", "year"],
    )
    phase = found.options.phase_gw * 1e3
    table["phases"] = table["built_it_mw"] / phase if phase > 0 else np.nan
    some = table[["given_it_mw", "built_it_mw", "online_it_mw"]].max(axis=1) > NOTHING_MW
    return table[some].reset_index(drop=True)


def compute_table(found: Solved) -> pd.DataFrame:
    """Return the table ``compute``: accelerators in service [MW of IT, H100e]."""
    online = found.value("online_accelerator")
    table = found.tidy(
        {"it_mw": online * 1e3, "h100e": online * found["h100e_accelerator"] * 1e6},
        ["accelerator", "zone", "year"],
        keep="it_mw",
    )
    return table[["zone", "year", "accelerator", "it_mw", "h100e"]]


def queue_table(found: Solved) -> pd.DataFrame:
    """Return the table ``queue_use``: grid-tied builds against throughput, cumulative [MW]."""
    built = xr.zeros_like(found["queue_limit"])
    for asset_class in ("generator", "storage"):
        build = renamed(found.value(f"build_{asset_class}"), vintage="year").cumsum("year")
        member = found[f"queue_of_{asset_class}"]
        built = built + (build * member).sum(asset_class).transpose(*built.dims)
    table = found.tidy(
        {"built_mw": built * 1e3, "throughput_mw": found["queue_limit"] * 1e3},
        ["zone", "queue", "year"],
    ).rename(columns={"queue": "queue_group"})
    return table


def reserve_table(found: Solved, prices: Arrays) -> pd.DataFrame:
    """Return the table ``reserve``: firm capacity against the requirement [MW], and its price."""
    firm = found["given_credit"]
    for asset_class in ("generator", "storage"):
        credit = found[f"capacity_credit_{asset_class}"]
        online = found.value(f"online_{asset_class}")
        by_zone = (online * credit).sum(asset_class)
        firm = firm + (by_zone * found["region_of_zone"]).sum("zone")
    capacity = found.value("online_accelerator").sum("accelerator")
    campus = (capacity * found["firm_it_share"] * found["region_of_zone"]).sum("zone")
    peak = found["peak_load"] + campus
    short = found.value("reserve_shortfall")
    worth = prices.get("reserve", xr.zeros_like(peak))
    # M$ per GW is USD per kW; where there is no requirement, there is no price.
    price = chosen(xr.Variable(worth.dims, np.isfinite(worth.values)), worth, 0.0)
    return found.tidy(
        {
            "firm_capacity_mw": firm * 1e3,
            "requirement_mw": (1.0 + found["reserve_margin"]) * peak * 1e3,
            "shortfall_mw": short * 1e3,
            "peak_load_mw": peak * 1e3,
            "price_usd2025_per_kw_yr": above_zero(price) / found["discounted_years"],
        },
        ["region", "year"],
    )
