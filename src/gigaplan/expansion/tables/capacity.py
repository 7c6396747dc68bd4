"""Capacity in service, by asset and by corridor."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from gigaplan.expansion.tables.solved import NO_LABELS, Solved
from gigaplan.terms.bare import above_zero, renamed


def capacity_table(found: Solved, energy_gwh: xr.Variable) -> pd.DataFrame:
    """Return the table ``capacity`` of generators, storage and campuses [MW].

    ``energy_gwh`` is the yearly output of generators (generator, zone, year).
    """
    parts = []
    for asset_class in ("generator", "storage"):
        existing = found[f"existing_{asset_class}"]
        if not existing.size:
            continue
        build = found.value(f"build_{asset_class}")
        alive = (build * found[f"alive_{asset_class}"]).sum("vintage")
        online = found.value(f"online_{asset_class}")
        stored = found["duration_storage"] * online if asset_class == "storage" else energy_gwh
        table = found.tidy(
            {
                "existing_mw": existing * 1e3,
                "built_mw": renamed(build, vintage="year") * 1e3,
                "retired_early_mw": above_zero((existing + alive - online) * 1e3),
                "online_mw": online * 1e3,
                "energy_mwh": stored * 1e3,
            },
            [asset_class, "zone", "year"],
        ).rename(columns={asset_class: "asset"})
        parts.append(table.assign(**{"class": asset_class}))
    online = found.value("online_campus")
    build = renamed(found.value("build_campus"), vintage="year")
    campus = found.tidy(
        {
            "existing_mw": found["given_campus"] * 1e3,
            "built_mw": build * 1e3,
            "retired_early_mw": online * 0.0,
            "online_mw": (found["given_campus"] + online) * 1e3,
            "energy_mwh": online * 0.0,
        },
        ["zone", "year"],
    )
    parts.append(campus.assign(asset="campus", **{"class": "campus"}))
    table = pd.concat(parts, ignore_index=True)
    size = table[["existing_mw", "built_mw", "online_mw"]].max(axis=1)
    columns = ["asset", "class", "zone", "year"]
    rest = [name for name in table.columns if name not in columns]
    return table.loc[size > 1e-3, columns + rest].reset_index(drop=True)


def corridor_table(found: Solved) -> pd.DataFrame:
    """Return the table ``corridor_capacity`` [MW]."""
    existing = found["existing_forward_corridor"]
    build = found.value("build_corridor")
    grown = (build * found["alive_corridor"]).sum("vintage")
    table = found.tidy(
        {
            "existing_forward_mw": existing * 1e3,
            "existing_reverse_mw": found["existing_reverse_corridor"] * 1e3,
            "built_mw": renamed(build, vintage="year") * 1e3,
            "online_forward_mw": (existing + grown) * 1e3,
            "online_reverse_mw": (found["existing_reverse_corridor"] + grown) * 1e3,
        },
        ["corridor", "year"],
    )
    starts, ends = corridor_ends(found)
    table.insert(1, "from_zone", table["corridor"].map(starts))
    table.insert(2, "to_zone", table["corridor"].map(ends))
    kinds = table["corridor"].astype(str).str.extract(r" (tie|hvdc)$")[0]
    table.insert(1, "kind", kinds.fillna("ac"))
    return table


def corridor_ends(found: Solved) -> tuple[dict[str, str], dict[str, str]]:
    """Return the zone in which each corridor starts, and the one in which it ends."""
    zones = found.labels["zone"]
    names = found.labels.get("corridor", NO_LABELS)
    starts, ends = (
        dict(zip(names, zones.take(incidence.values.argmax(axis=1)), strict=True))
        for incidence in (
            found[name].transpose("corridor", "zone")
            for name in ("start_of_corridor", "end_of_corridor")
        )
    )
    return starts, ends
