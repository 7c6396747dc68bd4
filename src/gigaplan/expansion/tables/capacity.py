"""Capacity in service, by asset and by corridor."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from gigaplan.expansion.tables.tidy import solved, tidy
from gigaplan.system import System


def capacity_table(system: System, values: xr.Dataset, energy_gwh: xr.DataArray) -> pd.DataFrame:
    """Return the table ``capacity`` of generators, storage and campuses [MW].

    ``energy_gwh`` is the yearly output of generators (generator, zone, year).
    """
    parts = []
    for asset_class in ("generator", "storage"):
        existing = system[f"existing_{asset_class}"]
        if not existing.size:
            continue
        build = solved(values, f"build_{asset_class}", system[f"buildable_{asset_class}"])
        alive = (build * system[f"alive_{asset_class}"]).sum("vintage")
        online = solved(values, f"online_{asset_class}", existing)
        stored = system["duration_storage"] * online if asset_class == "storage" else energy_gwh
        table = tidy(
            {
                "existing_mw": existing * 1e3,
                "built_mw": build.rename(vintage="year") * 1e3,
                "retired_early_mw": ((existing + alive - online) * 1e3).clip(min=0.0),
                "online_mw": online * 1e3,
                "energy_mwh": stored * 1e3,
            },
            [asset_class, "zone", "year"],
        ).rename(columns={asset_class: "asset"})
        parts.append(table.assign(**{"class": asset_class}))
    online = solved(values, "online_campus", system["fixed_cost_campus"])
    build = solved(values, "build_campus", system["buildable_campus"]).rename(vintage="year")
    campus = tidy(
        {
            "existing_mw": system["given_campus"] * 1e3,
            "built_mw": build * 1e3,
            "retired_early_mw": online * 0.0,
            "online_mw": (system["given_campus"] + online) * 1e3,
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


def corridor_table(system: System, values: xr.Dataset) -> pd.DataFrame:
    """Return the table ``corridor_capacity`` [MW]."""
    existing = system["existing_forward_corridor"]
    build = solved(values, "build_corridor", system["buildable_corridor"])
    grown = (build * system["alive_corridor"]).sum("vintage")
    table = tidy(
        {
            "existing_forward_mw": existing * 1e3,
            "existing_reverse_mw": system["existing_reverse_corridor"] * 1e3,
            "built_mw": build.rename(vintage="year") * 1e3,
            "online_forward_mw": (existing + grown) * 1e3,
            "online_reverse_mw": (system["existing_reverse_corridor"] + grown) * 1e3,
        },
        ["corridor", "year"],
    )
    ends = {}
    for column, incidence in (("from_zone", "start_of_corridor"), ("to_zone", "end_of_corridor")):
        at = system[incidence].argmax("zone")
        ends[column] = dict(
            zip(system["corridor"].values, system["zone"].values[at.values], strict=True)
        )
    table.insert(1, "from_zone", table["corridor"].map(ends["from_zone"]))
    table.insert(2, "to_zone", table["corridor"].map(ends["to_zone"]))
    table.insert(1, "kind", table["corridor"].str.extract(r" (tie|hvdc)$")[0].fillna("ac"))
    return table
