"""Operation: dispatch, curtailment, storage, flows, load, prices, emissions."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import xarray as xr

from gigaplan.expansion.tables.solved import Solved
from gigaplan.impacts.air import emitted
from gigaplan.terms.bare import above_zero, chosen, smaller

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

    output: xr.Variable
    curtailed: xr.Variable
    imports: xr.Variable
    it_load: xr.Variable
    facility: xr.Variable
    onsite: xr.Variable


def operation(found: Solved) -> Operation:
    """Work out the powers of every block from solver values."""
    dispatchable = found["dispatchable_generator"]
    online = found.value("online_generator")
    dims = ("generator", *BLOCK_DIMS)
    full = (online * found["availability_generator"]).transpose(*dims)
    raw = chosen(dispatchable, found.value("output_generator").transpose(*dims), full)

    forward = found.value("flow_forward")
    reverse = found.value("flow_reverse")
    kept = 1.0 - found["loss_corridor"]
    start, end = found["start_of_corridor"], found["end_of_corridor"]
    imports = (forward * (end * kept - start) + reverse * (start * kept - end)).sum("corridor")
    accelerators = found.value("online_accelerator")
    capacity = accelerators.sum("accelerator")
    moved = found.value("flexible_it")
    it_load = capacity * found["fixed_it_share"] + moved
    facility = it_load * found["pue"]
    onsite = chosen(found["onsite_generator"], raw, 0.0).sum("generator")

    stored = found.value("discharge_storage") - found.value("charge_storage")
    supply = raw.sum("generator") + stored.sum("storage") + imports
    supply = supply + found.value("unserved")
    surplus = above_zero(supply - facility - found["load"]).transpose(*BLOCK_DIMS)
    left = surplus
    for group in (
        ~dispatchable & (found["variable_cost_generator"] <= 0).all(["zone", "year"]),
        ~dispatchable & (found["variable_cost_generator"] > 0).any(["zone", "year"]),
    ):
        total = chosen(group, raw, 0.0).sum("generator")
        cut = smaller(left, total)
        share = chosen(total > 0, cut / chosen(total > 0, total, 1.0), 0.0)
        raw = chosen(group, raw * (1.0 - share), raw)
        left = left - cut
    return Operation(
        output=raw.transpose(*dims),
        curtailed=surplus - left,
        imports=imports.transpose(*BLOCK_DIMS),
        it_load=it_load.transpose(*BLOCK_DIMS),
        facility=facility.transpose(*BLOCK_DIMS),
        onsite=onsite.transpose(*BLOCK_DIMS),
    )


def operation_tables(
    found: Solved, balance: xr.Variable, run: Operation
) -> dict[str, pd.DataFrame]:
    """Return the tables that have a row for each block [MW, MWh, USD per MWh]."""
    storage = found.tidy(
        {
            "charge_mw": found.value("charge_storage") * 1e3,
            "discharge_mw": found.value("discharge_storage") * 1e3,
            "energy_mwh": found.value("energy_storage") * 1e3,
        },
        ["storage", *BLOCK_DIMS],
    ).rename(columns={"storage": "asset"})
    used = storage[["charge_mw", "discharge_mw", "energy_mwh"]].max(axis=1) > 1e-3
    flows = found.tidy(
        {
            "forward_mw": found.value("flow_forward") * 1e3,
            "reverse_mw": found.value("flow_reverse") * 1e3,
        },
        ["corridor", "year", "block"],
    )
    base = chosen(found["base_load"] > 0, found["base_load"], found["load"])
    load = found.tidy(
        {
            "base_mw": base * 1e3,
            "given_campus_mw": (found["load"] - base) * 1e3,
            "campus_it_mw": run.it_load * 1e3,
            "campus_facility_mw": run.facility * 1e3,
            "onsite_supply_mw": run.onsite * 1e3,
            "unserved_mw": found.value("unserved") * 1e3,
        },
        BLOCK_DIMS,
    )
    price = balance / (found["discounted_years"] * found["block_weight"])
    return {
        "dispatch": found.tidy(
            {"power_mw": run.output * 1e3}, ["generator", *BLOCK_DIMS], keep="power_mw"
        ).rename(columns={"generator": "asset"}),
        "curtailment": found.tidy({"power_mw": run.curtailed * 1e3}, BLOCK_DIMS),
        "storage": storage[used].reset_index(drop=True),
        "flows": flows,
        "load": load,
        # M$ per GWh is k$ per MWh.
        "prices": found.tidy({"price_usd2025_per_mwh": price * 1e3}, BLOCK_DIMS),
    }


def energy_balance_table(found: Solved, run: Operation) -> pd.DataFrame:
    """Return the table ``energy_balance``: yearly supply and use of each zone [TWh]."""
    hours = found["block_weight"]

    def yearly(power: xr.Variable) -> xr.Variable:
        return (power * hours).sum("block") / 1e3

    parts = []
    generation = found.tidy({"energy_twh": yearly(run.output)}, ["generator", "zone", "year"])
    parts.append(generation.rename(columns={"generator": "item"}).assign(kind="supply"))
    for name, variable, kind in (
        (" discharge", "discharge_storage", "supply"),
        (" charge", "charge_storage", "use"),
    ):
        table = found.tidy(
            {"energy_twh": yearly(found.value(variable))}, ["storage", "zone", "year"]
        )
        table = table.rename(columns={"storage": "item"})
        parts.append(table.assign(item=table["item"].astype(str) + name, kind=kind))
    base = chosen(found["base_load"] > 0, found["base_load"], found["load"])
    unserved = found.value("unserved")
    for name, power, kind in (
        ("imports", above_zero(run.imports), "supply"),
        ("unserved", unserved, "supply"),
        ("exports", above_zero(-run.imports), "use"),
        ("base load", base, "use"),
        ("given campuses", found["load"] - base, "use"),
        ("programme campuses", run.facility, "use"),
    ):
        table = found.tidy({"energy_twh": yearly(power)}, ["zone", "year"])
        parts.append(table.assign(item=name, kind=kind))
    whole = pd.concat(parts, ignore_index=True)
    whole = whole[whole["energy_twh"].abs() > 1e-9]
    return whole[["zone", "year", "item", "kind", "energy_twh"]].reset_index(drop=True)


def emissions_table(found: Solved, run: Operation) -> pd.DataFrame:
    """Return the table ``emissions`` of combustion [kt of CO2, t of the others]."""

    def amount(pollutant: str, units_per_kt: float) -> xr.Variable:
        rate = found[f"{pollutant}_rate_generator"]
        return emitted(run.output, rate, found["block_weight"]) * units_per_kt

    columns = {
        "co2_kt": amount("co2", 1.0),
        "nox_t": amount("nox", 1e3),
        "so2_t": amount("so2", 1e3),
        "pm25_t": amount("pm25", 1e3),
    }
    table = found.tidy(columns, ["generator", "zone", "year"]).rename(
        columns={"generator": "asset"}
    )
    some = table[[*columns]].max(axis=1) > 1e-6
    return table[some].reset_index(drop=True)
