"""Operation: dispatch, curtailment, storage, flows, load, prices, emissions."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import xarray as xr

from gigaplan.expansion.tables.tidy import solved, tidy
from gigaplan.system import System
from gigaplan.terms.arrays import choose

BLOCK_DIMS = ["zone", "year", "block"]


@dataclass(frozen=True)
class Operation:
    """Powers of every block, in GW.

    Parameters
    ----------
    output
        What generators give after curtailment (generator, zone, year, block).
    curtailed
        What they could have given beside it (zone, year, block).
    imports
        Net imports after losses (zone, year, block).
    facility, onsite
        Load of programme campuses, and what on-site generators give of it (zone, year, block).
    it_load
        IT part of the campus load (zone, year, block).
    """

    output: xr.DataArray
    curtailed: xr.DataArray
    imports: xr.DataArray
    it_load: xr.DataArray
    facility: xr.DataArray
    onsite: xr.DataArray


def operation(system: System, values: xr.Dataset) -> Operation:
    """Work out the powers of every block from solver values."""
    chosen = system["dispatchable_generator"]
    online = solved(values, "online_generator", system["existing_generator"])
    dims = ("generator", *BLOCK_DIMS)
    full = (online * system["availability_generator"]).transpose(*dims)
    output = solved(values, "output_generator", full)
    raw = choose(chosen, output.transpose(*dims), full)

    forward = solved(values, "flow_forward", _flow_shape(system))
    reverse = solved(values, "flow_reverse", _flow_shape(system))
    kept = 1.0 - system["loss_corridor"]
    start, end = system["start_of_corridor"], system["end_of_corridor"]
    imports = (forward * (end * kept - start) + reverse * (start * kept - end)).sum("corridor")
    accelerators = solved(values, "online_accelerator", _accelerator_shape(system))
    capacity = accelerators.sum("accelerator")
    moved = solved(values, "flexible_it", system["load"])
    it_load = capacity * system["fixed_it_share"] + moved
    facility = it_load * system["pue"]
    onsite = raw.where(system["onsite_generator"], 0.0).sum("generator")

    shape = _storage_shape(system)
    stored = solved(values, "discharge_storage", shape) - solved(values, "charge_storage", shape)
    supply = raw.sum("generator") + stored.sum("storage") + imports
    supply = supply + solved(values, "unserved", system["load"])
    surplus = (supply - facility - system["load"]).clip(min=0.0).transpose(*BLOCK_DIMS)
    left = surplus
    for group in (
        ~chosen & (system["variable_cost_generator"] <= 0).all(["zone", "year"]),
        ~chosen & (system["variable_cost_generator"] > 0).any(["zone", "year"]),
    ):
        part = raw.where(group, 0.0)
        total = part.sum("generator")
        cut = left.where(left < total, total)
        share = choose(total > 0, cut / total.where(total > 0, 1.0), 0.0)
        raw = choose(group, raw * (1.0 - share), raw)
        left = left - cut
    return Operation(
        output=raw.transpose(*dims),
        curtailed=surplus - left,
        imports=imports.transpose(*BLOCK_DIMS),
        it_load=it_load.transpose(*BLOCK_DIMS),
        facility=facility.transpose(*BLOCK_DIMS),
        onsite=onsite.transpose(*BLOCK_DIMS),
    )


def _flow_shape(system: System) -> xr.DataArray:
    return system["existing_forward_corridor"] * system["block_hours"]


def _accelerator_shape(system: System) -> xr.DataArray:
    return system["h100e_accelerator"] * system["fixed_cost_campus"]


def _storage_shape(system: System) -> xr.DataArray:
    return system["existing_storage"] * system["block_hours"]


def operation_tables(
    system: System, values: xr.Dataset, duals: dict[str, xr.DataArray], run: Operation
) -> dict[str, pd.DataFrame]:
    """Return the tables that have a row for each block [MW, MWh, USD per MWh]."""
    shape = _storage_shape(system)
    storage = tidy(
        {
            "charge_mw": solved(values, "charge_storage", shape) * 1e3,
            "discharge_mw": solved(values, "discharge_storage", shape) * 1e3,
            "energy_mwh": solved(values, "energy_storage", shape) * 1e3,
        },
        ["storage", *BLOCK_DIMS],
    ).rename(columns={"storage": "asset"})
    used = storage[["charge_mw", "discharge_mw", "energy_mwh"]].max(axis=1) > 1e-3
    flows = tidy(
        {
            "forward_mw": solved(values, "flow_forward", _flow_shape(system)) * 1e3,
            "reverse_mw": solved(values, "flow_reverse", _flow_shape(system)) * 1e3,
        },
        ["corridor", "year", "block"],
    )
    base = system["base_load"].where(system["base_load"] > 0, system["load"])
    load = tidy(
        {
            "base_mw": base * 1e3,
            "given_campus_mw": (system["load"] - base) * 1e3,
            "campus_it_mw": run.it_load * 1e3,
            "campus_facility_mw": run.facility * 1e3,
            "onsite_supply_mw": run.onsite * 1e3,
            "unserved_mw": solved(values, "unserved", system["load"]) * 1e3,
        },
        BLOCK_DIMS,
    )
    price = duals["power_balance"] / (system["discounted_years"] * system["block_weight"])
    return {
        "dispatch": tidy(
            {"power_mw": run.output * 1e3}, ["generator", *BLOCK_DIMS], keep="power_mw"
        ).rename(columns={"generator": "asset"}),
        "curtailment": tidy({"power_mw": run.curtailed * 1e3}, BLOCK_DIMS),
        "storage": storage[used].reset_index(drop=True),
        "flows": flows,
        "load": load,
        # M$ per GWh is k$ per MWh.
        "prices": tidy({"price_usd2025_per_mwh": price * 1e3}, BLOCK_DIMS),
    }


def energy_balance_table(system: System, values: xr.Dataset, run: Operation) -> pd.DataFrame:
    """Return the table ``energy_balance``: yearly supply and use of each zone [TWh]."""
    hours = system["block_weight"]
    shape = _storage_shape(system)

    def yearly(power: xr.DataArray) -> xr.DataArray:
        return (power * hours).sum("block") / 1e3

    parts = []
    generation = tidy({"energy_twh": yearly(run.output)}, ["generator", "zone", "year"])
    parts.append(generation.rename(columns={"generator": "item"}).assign(kind="supply"))
    for name, variable, kind in (
        (" discharge", "discharge_storage", "supply"),
        (" charge", "charge_storage", "use"),
    ):
        table = tidy(
            {"energy_twh": yearly(solved(values, variable, shape))}, ["storage", "zone", "year"]
        )
        table = table.rename(columns={"storage": "item"})
        parts.append(table.assign(item=table["item"].astype(str) + name, kind=kind))
    base = system["base_load"].where(system["base_load"] > 0, system["load"])
    unserved = solved(values, "unserved", system["load"])
    for name, power, kind in (
        ("imports", run.imports.clip(min=0.0), "supply"),
        ("unserved", unserved, "supply"),
        ("exports", (-run.imports).clip(min=0.0), "use"),
        ("base load", base, "use"),
        ("given campuses", system["load"] - base, "use"),
        ("programme campuses", run.facility, "use"),
    ):
        table = tidy({"energy_twh": yearly(power)}, ["zone", "year"])
        parts.append(table.assign(item=name, kind=kind))
    whole = pd.concat(parts, ignore_index=True)
    whole = whole[whole["energy_twh"].abs() > 1e-9]
    return whole[["zone", "year", "item", "kind", "energy_twh"]].reset_index(drop=True)


def emissions_table(system: System, run: Operation) -> pd.DataFrame:
    """Return the table ``emissions`` of combustion [kt of CO2, t of NOx and SO2]."""
    energy = (run.output * system["block_weight"]).sum("block")
    table = tidy(
        {
            "co2_kt": energy * system["co2_rate_generator"],
            "nox_t": energy * system["nox_rate_generator"] * 1e3,
            "so2_t": energy * system["so2_rate_generator"] * 1e3,
        },
        ["generator", "zone", "year"],
    ).rename(columns={"generator": "asset"})
    some = table[["co2_kt", "nox_t", "so2_t"]].max(axis=1) > 1e-6
    return table[some].reset_index(drop=True)
