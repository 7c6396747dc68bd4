"""Power checks: balance, output, water, storage, flows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gigaplan.plan.verify.fields import BLOCK, Fields
from gigaplan.plan.verify.finding import Finding, at_most, equal
from gigaplan.terms.bare import chosen


def power_findings(fields: Fields) -> list[Finding]:
    """Add up the power of every zone, year and block again."""
    return [
        _balance(fields),
        _output(fields),
        *_water(fields),
        *_storage(fields),
        *_flows(fields),
        *_campus_load(fields),
        _energy(fields),
    ]


def _balance(fields: Fields) -> Finding:
    given = fields.given
    supply = fields.dispatch.sum("generator") + fields.load("unserved_mw")
    supply = supply + (fields.storage("discharge_mw") - fields.storage("charge_mw")).sum("storage")
    kept = 1.0 - given["loss_corridor"]
    forward, reverse = fields.flow("forward_mw"), fields.flow("reverse_mw")
    start, end = given["start_of_corridor"], given["end_of_corridor"]
    imports = (forward * (end * kept - start) + reverse * (start * kept - end)).sum("corridor")
    use = given["load"] * 1e3 + fields.load("campus_facility_mw")
    return at_most("power balance: use covered", use, (supply + imports).transpose(*BLOCK), "MW")


def _output(fields: Fields) -> Finding:
    online = fields.capacity("generator", "online_mw")
    most = online * fields.given["availability_generator"]
    return at_most("output within available capacity", fields.dispatch, most, "MW")


def _water(fields: Fields) -> list[Finding]:
    given = fields.given
    budget = given["energy_budget_generator"]
    if not np.isfinite(budget.values).any():
        return []
    in_day = fields.hours_in_day
    energy = (fields.dispatch * in_day).sum("block")
    water = fields.capacity("generator", "online_mw") * budget * in_day.sum("block")
    return [at_most("hydro within its water", energy, water, "MWh/day")]


def _storage(fields: Fields) -> list[Finding]:
    given = fields.given
    online = fields.capacity("storage", "online_mw")
    charge, discharge = fields.storage("charge_mw"), fields.storage("discharge_mw")
    energy = fields.storage("energy_mwh")
    hours = given["block_hours"]
    stored = charge * hours * given["charge_efficiency_storage"]
    taken = discharge * hours / given["discharge_efficiency_storage"]
    before = energy.isel(block=_block_before(given["day_of_block"].values))
    return [
        at_most("storage power within capacity", charge + discharge, online, "MW"),
        at_most("stored energy within capacity", energy, online * given["duration_storage"], "MWh"),
        equal("stored energy adds up", energy - before - (stored - taken), 0.0, "MWh"),
    ]


def _block_before(day_of_block: npt.NDArray[np.generic]) -> npt.NDArray[np.intp]:
    """Return the position of the block before each one in its day, which is a circle (block)."""
    before = np.arange(day_of_block.size)
    for day in np.unique(day_of_block):
        own = np.flatnonzero(day_of_block == day)
        before[own] = np.roll(own, 1)
    return before


def _flows(fields: Fields) -> list[Finding]:
    findings = []
    given = fields.given
    for column in ("forward", "reverse"):
        table = fields.read("corridor_capacity", f"online_{column}_mw", ("corridor", "year"))
        built = fields.built("corridor")
        grown = (built * given["alive_corridor"]).sum("vintage")
        findings += [
            equal(
                f"corridor capacity ({column})",
                table,
                given[f"existing_{column}_corridor"] * 1e3 + grown,
                "MW",
            ),
            at_most(f"flow within corridor ({column})", fields.flow(f"{column}_mw"), table, "MW"),
        ]
    return findings


def _campus_load(fields: Fields) -> list[Finding]:
    given = fields.given
    it_load, facility = fields.load("campus_it_mw"), fields.load("campus_facility_mw")
    fixed = fields.it_capacity * given["fixed_it_share"]
    moved = it_load - fixed
    in_day = fields.hours_in_day
    over = ["zone"] if fields.options.training_across_zones else []
    done = (moved * in_day).sum(["block", *over])
    work = (fields.it_capacity * given["flexible_it_mean"]).sum(over) * in_day.sum("block")
    onsite = chosen(given["onsite_generator"], fields.dispatch, 0.0).sum("generator")
    grid = facility - onsite
    own = chosen(given["onsite_generator"], fields.capacity("generator", "online_mw"), 0.0)
    sure = (own * given["availability_generator"].min("block")).sum("generator")
    return [
        equal("facility load is IT load times PUE", facility, it_load * given["pue"], "MW"),
        at_most("fixed IT load is served", fixed, it_load, "MW"),
        at_most("IT load within accelerators", it_load, fields.it_capacity, "MW"),
        at_most("flexible training is done", work, done, "MWh/day"),
        equal("on-site supply adds up", fields.load("onsite_supply_mw"), onsite, "MW"),
        at_most("on-site supply within campus load", onsite, facility, "MW"),
        at_most(
            "on-site units no larger than campuses", sure, fields.it_capacity * given["pue"], "MW"
        ),
        at_most("grid connection of campuses", grid, given["connection_limit"] * 1e3, "MW"),
    ]


def _energy(fields: Fields) -> Finding:
    table = fields.plan.tables["energy_balance"]
    sides = []
    for kind in ("supply", "use"):
        own = table[table["kind"] == kind]
        summed = own.groupby(["zone", "year"])["energy_twh"].sum().reset_index()
        held = fields.spread(summed, "energy_balance", "energy_twh", ("zone", "year"))
        sides.append(held * 1e6)
    return equal("yearly energy: supply equals use", sides[0], sides[1], "MWh")
