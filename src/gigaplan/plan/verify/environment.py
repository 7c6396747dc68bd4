"""Environment checks: water, air, carbon, land and clean energy add up and stay within limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
import xarray as xr

from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding, at_most, equal, told
from gigaplan.terms.bare import above_zero, chosen, smaller

ZONES: Final = ("zone", "year")
REGIONS: Final = ("region", "year")
RELATIVE: Final = 1e-9


def environment_findings(fields: Fields) -> list[Finding]:
    """Add up what a plan takes from its surroundings again."""
    return [
        *_water(fields),
        *_air(fields),
        *_carbon(fields),
        *_clean(fields),
        *_builds(fields.plan.tables),
    ]


def _summed(fields: Fields, table: str, column: str, keys: tuple[str, ...]) -> xr.Variable:
    """Return a column added up over all rows of each key."""
    frame = fields.plan.tables[table]
    added = frame.groupby([*keys])[column].sum().reset_index()
    return fields.spread(added, table, column, keys)


def _water(fields: Fields) -> list[Finding]:
    """Water of campuses and plants from their energy; the cap from all available output."""
    given, hours = fields.given, fields.given["block_weight"]
    it_load = fields.load("campus_it_mw") + fields.load("given_campus_mw") / given["pue"]
    sites = (it_load * hours).sum("block") / 1e3
    plants = (fields.dispatch * hours).sum("block") / 1e3
    findings = []
    for kind in ("consumption", "withdrawal"):
        amount = sites * given[f"{kind}_rate_campus"]
        amount = amount + (plants * given[f"{kind}_rate_generator"]).sum("generator")
        for table in ("water", "water_by_state"):
            listed = _summed(fields, table, f"{kind}_mm3", ZONES)
            findings.append(equal(f"{kind} of {table} adds up", listed, amount, "Mm3"))
    new_sites = (fields.load("campus_it_mw") * hours).sum("block") / 1e3
    counted = new_sites * given["consumption_rate_campus"]
    if given["existing_generator"].size:
        online = fields.capacity("generator", "online_mw") / 1e3
        fixed = online * (given["availability_generator"] * hours).sum("block")
        output = chosen(given["dispatchable_generator"], plants, fixed)
        built = chosen(given["new_generator"], output, 0.0)
        counted = counted + (built * given["consumption_rate_generator"]).sum("generator")
    return [*findings, at_most("water within its cap", counted, given["water_cap"], "Mm3")]


def _air(fields: Fields) -> list[Finding]:
    given = fields.given
    energy = (fields.dispatch * given["block_weight"]).sum("block") / 1e3
    onsite = chosen(given["onsite_generator"], energy, 0.0)
    findings = []
    for pollutant, unit, factor in (
        ("co2", "kt", 1.0),
        ("nox", "t", 1e3),
        ("so2", "t", 1e3),
        ("pm25", "t", 1e3),
    ):
        rate = given[f"{pollutant}_rate_generator"] * factor
        name = f"{pollutant}_{unit}"
        for table, amount in (("emissions", energy), ("onsite_air", onsite)):
            listed = _summed(fields, table, name, ZONES)
            total = (amount * rate).sum("generator")
            findings.append(equal(f"{name} of {table} adds up", listed, total, unit))
    nox = (onsite * given["nox_rate_generator"]).sum("generator") * 1e3
    cap = given["onsite_nox_cap"] * 1e3
    return [*findings, at_most("nitrogen oxides of sites within their cap", nox, cap, "t")]


def _carbon(fields: Fields) -> list[Finding]:
    """Carbon of use and of on-site units is that of generation."""
    made = _summed(fields, "carbon_rates", "generation_co2_kt", ("year",))
    used = _summed(fields, "carbon_rates", "use_co2_kt", ("year",))
    own = _summed(fields, "onsite_air", "co2_kt", ("year",))
    emitted = _summed(fields, "emissions", "co2_kt", ("year",))
    return [
        equal("carbon of generation is that of emissions", made, emitted, "kt"),
        equal("carbon of use is that of generation", used + own, made, "kt"),
    ]


def _clean(fields: Fields) -> list[Finding]:
    """Match the load again, and compare with the least shares of it."""
    given, hours = fields.given, fields.given["block_weight"]
    if not given["existing_generator"].size or not given["region_of_zone"].size:
        return []
    online = fields.capacity("generator", "online_mw") * given["availability_generator"]
    full = chosen(given["dispatchable_generator"], fields.dispatch, online)
    clean = chosen(given["clean_generator"], full, 0.0).sum("generator")
    spilled = chosen(given["spilled_first_generator"], full, 0.0).sum("generator")
    fixed = (full - fields.dispatch).sum("generator")
    # What is dispatched leaves a surplus beyond curtailment only where the solver gave too much.
    surplus = fixed + _left_over(fields)
    used = above_zero(smaller(clean, clean + spilled - surplus))
    load = fields.load("campus_facility_mw")
    region = given["region_of_zone"]
    in_region = (used * region).sum("zone"), (load * region).sum("zone")
    by_hour = (smaller(*in_region) * hours).sum("block") / 1e6
    yearly = [(side * hours).sum("block") / 1e6 for side in in_region]
    by_year = smaller(yearly[0], yearly[1])
    table = fields.plan.tables["clean_matching"]
    regions = table[table["region"] != "all"]
    findings = []
    for name, matched in (("hourly", by_hour), ("annual", by_year)):
        column = f"matched_{name}_twh"
        listed = fields.spread(regions, "clean_matching", column, REGIONS)
        whole = fields.spread(table[table["region"] == "all"], "clean_matching", column, ("year",))
        due = yearly[1].sum("region") * given[f"clean_{name}_floor"]
        got = matched.sum("region")
        findings += [
            equal(f"load matched ({name})", listed * 1e6, matched * 1e6, "MWh"),
            equal(f"load matched ({name}) in all", whole * 1e6, got * 1e6, "MWh"),
            at_most(f"least share of clean energy ({name})", due * 1e6, got * 1e6, "MWh"),
        ]
    return findings


def _left_over(fields: Fields) -> xr.Variable:
    """Return what is supplied after curtailment beyond what is used (zone, year, block) [MW]."""
    given = fields.given
    kept = 1.0 - given["loss_corridor"]
    forward, reverse = fields.flow("forward_mw"), fields.flow("reverse_mw")
    start, end = given["start_of_corridor"], given["end_of_corridor"]
    imports = (forward * (end * kept - start) + reverse * (start * kept - end)).sum("corridor")
    stored = (fields.storage("discharge_mw") - fields.storage("charge_mw")).sum("storage")
    supply = fields.dispatch.sum("generator") + stored + imports + fields.load("unserved_mw")
    return supply - given["load"] * 1e3 - fields.load("campus_facility_mw")


def _builds(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Land and embodied carbon follow the capacity of projects, at one rate for each asset."""
    projects = tables["projects"].set_index("project")["capacity_mw"]
    findings = []
    for name, column in (("land", "land_ha"), ("embodied_carbon", "embodied_kt")):
        table = tables[name]
        capacity = table["project"].map(projects)
        rate = table[column] / capacity
        usual = rate.groupby(table["asset"]).transform("median")
        wrong = ~((rate - usual).abs() <= RELATIVE * usual.abs() + RELATIVE)
        faults = [
            f"{row.project}, {row.asset}: {getattr(row, column):,.3f}"
            for row in table[wrong].itertuples()
        ]
        findings.append(told(f"{name} follows the capacity of projects", faults, len(table)))
    return findings
