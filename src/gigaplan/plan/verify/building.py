"""Building checks: capacity, potentials, dates, compute, queue, supply, reserve."""

from __future__ import annotations

import numpy as np
import xarray as xr

from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding, at_most, equal, told
from gigaplan.terms.bare import above_zero, chosen, renamed


def building_findings(fields: Fields) -> list[Finding]:
    """Add up what is built against what may be built."""
    findings: list[Finding] = []
    for asset_class in ("generator", "storage"):
        if fields.given[f"existing_{asset_class}"].size:
            findings += _capacity(fields, asset_class)
    findings += [
        *_campuses(fields),
        *_compute(fields),
        *_queue(fields),
        *_reserve(fields),
        *_phases(fields),
    ]
    return findings


def _capacity(fields: Fields, asset_class: str) -> list[Finding]:
    given = fields.given
    built = fields.built(asset_class)
    online = fields.capacity(asset_class, "online_mw")
    retired = fields.capacity(asset_class, "retired_early_mw")
    alive = (built * given[f"alive_{asset_class}"]).sum("vintage")
    existing = given[f"existing_{asset_class}"] * 1e3
    early = chosen(given[f"buildable_{asset_class}"], 0.0, built)
    findings = [
        equal(f"{asset_class} capacity adds up", online, existing + alive - retired, "MW"),
        at_most(f"{asset_class} builds within lead time", early, 0.0, "MW"),
        at_most(
            f"{asset_class} builds within potential",
            built.sum("vintage"),
            given[f"potential_{asset_class}"] * 1e3,
            "MW",
        ),
    ]
    if asset_class == "generator":
        kept = chosen(given["retirable_generator"], 0.0, retired)
        reopened = _steps(online) - above_zero(_steps(existing + alive))
        closed = chosen(given["retirable_generator"], reopened, 0.0)
        findings += [
            at_most("only given fleets retire early", kept, 0.0, "MW"),
            at_most("what retired stays retired", closed, 0.0, "MW"),
        ]
    return findings


def _steps(array: xr.Variable) -> xr.Variable:
    """Return the change from the year before (..., year); none in the first year."""
    at = np.arange(array.sizes["year"])
    return array - array.isel(year=np.maximum(at - 1, 0))


def _campuses(fields: Fields) -> list[Finding]:
    given = fields.given
    built = fields.built("campus")
    online = fields.read("campuses", "online_it_mw", ("zone", "year"))
    alive = (built * given["alive_campus"]).sum("vintage")
    early = chosen(given["buildable_campus"], 0.0, built)
    potential = given["potential_campus"] * 1e3
    return [
        equal("campus capacity adds up", online, alive, "MW"),
        at_most("campus builds within lead time", early, 0.0, "MW"),
        at_most("campus builds within potential", built.sum("vintage"), potential, "MW"),
        at_most("least campus capacity", given["minimum_campus"] * 1e3, built.sum("vintage"), "MW"),
        at_most("accelerators housed in campuses", fields.it_capacity, online, "MW"),
    ]


def _compute(fields: Fields) -> list[Finding]:
    given = fields.given
    built = fields.built("accelerator")
    alive = (built * given["alive_accelerator"]).sum("vintage")
    unsold = chosen(given["available_accelerator"], 0.0, built)
    units = fields.accelerators / 1e3
    h100e = fields.read("compute", "h100e", ("accelerator", "zone", "year")) / 1e6
    if fields.options.target_unit == "h100e_millions":
        reached = (units * given["h100e_accelerator"]).sum(["accelerator", "zone"])
    else:
        reached = units.sum(["accelerator", "zone"])
    return [
        equal("accelerators add up", fields.accelerators, alive, "MW"),
        at_most("accelerators bought while sold", unsold, 0.0, "MW"),
        equal("H100e add up", h100e, units * given["h100e_accelerator"], "million H100e"),
        at_most(
            "compute target met",
            given["compute_need"] * 1e3,
            reached * 1e3,
            "MW or thousand H100e",
        ),
    ]


def _entered(built: xr.Variable) -> xr.Variable:
    """Return builds of all vintages up to each year."""
    return renamed(built.cumsum("vintage"), vintage="year")


def _queue(fields: Fields) -> list[Finding]:
    given = fields.given
    if not given["queue_limit"].size:
        return []
    total = xr.zeros_like(given["queue_limit"])
    for asset_class in ("generator", "storage"):
        if given[f"existing_{asset_class}"].size:
            entered = _entered(fields.built(asset_class))
            member = given[f"queue_of_{asset_class}"]
            total = total + (entered * member).sum(asset_class).transpose(*total.dims)
    return [
        equal(
            "queue use adds up",
            fields.read("queue_use", "built_mw", ("zone", "queue", "year"), queue="queue_group"),
            total,
            "MW",
        ),
        at_most("builds within queue throughput", total, given["queue_limit"] * 1e3, "MW"),
    ]


def _reserve(fields: Fields) -> list[Finding]:
    given = fields.given
    firm = given["given_credit"] * 1e3
    for asset_class in ("generator", "storage"):
        if given[f"existing_{asset_class}"].size:
            online = fields.capacity(asset_class, "online_mw")
            credit = given[f"capacity_credit_{asset_class}"]
            by_zone = (online * credit).sum(asset_class)
            firm = firm + (by_zone * given["region_of_zone"]).sum("zone")
    campus = fields.it_capacity * given["firm_it_share"] * given["region_of_zone"]
    peak = given["peak_load"] * 1e3 + campus.sum("zone")
    need = (1.0 + given["reserve_margin"]) * peak
    short = fields.read("reserve", "shortfall_mw", ("region", "year"))
    table = fields.read("reserve", "firm_capacity_mw", ("region", "year"))
    return [
        equal("firm capacity adds up", table, firm, "MW"),
        at_most("reserve requirement held or reported short", need, firm + short, "MW"),
    ]


def _phases(fields: Fields) -> list[Finding]:
    options = fields.options
    if not fields.plan.manifest.rounding.startswith("whole phases"):
        return []
    phase = options.phase_gw * 1e3
    built = fields.built("campus")
    off = abs(built - (built / phase).round() * phase)
    findings = [at_most("campuses in whole phases", off, 0.0, "MW")]
    states = int((built.sum("vintage") > 0).sum())
    if options.max_states is not None and states > options.max_states:
        words = [f"campuses stand in {states} states, {options.max_states} are allowed"]
        findings.append(told("number of states", words, 1))
    return findings
