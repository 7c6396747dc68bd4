"""Money checks: every cost again, the objective, the budget, programme power, emissions."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.plan.verify.capital import capital_costs
from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding, at_most, equal
from gigaplan.plan.verify.supply import supply_costs
from gigaplan.terms.bare import chosen


def money_findings(fields: Fields) -> list[Finding]:
    """Add up every cost, the objective and the limits that are counted over the plan."""
    return [
        *_costs(fields),
        _objective(fields),
        *_budget(fields),
        *_programme_power(fields),
        *_emissions(fields),
        _unserved(fields),
    ]


def _costs(fields: Fields) -> list[Finding]:
    given = fields.given
    energy_capital = xr.zeros_like(given["discounted_years"])
    fixed = xr.zeros_like(energy_capital)
    for asset_class in ("generator", "storage"):
        if not given[f"existing_{asset_class}"].size:
            continue
        built = fields.built(asset_class) / 1e3
        yearly = built * given[f"capital_charge_{asset_class}"] * given[f"alive_{asset_class}"]
        energy_capital = energy_capital + yearly.sum([asset_class, "zone", "vintage"])
        online = fields.capacity(asset_class, "online_mw") / 1e3
        cost = online * given[f"fixed_cost_{asset_class}"]
        fixed = fixed + cost.sum([asset_class, "zone"])
    expected = {"energy capital": energy_capital, "fixed O&M": fixed}
    if given["loss_corridor"].size:
        built = fields.built("corridor") / 1e3
        yearly = built * given["capital_charge_corridor"] * given["alive_corridor"]
        expected["transmission capital"] = yearly.sum(["corridor", "vintage"])
    campus = fields.built("campus") / 1e3
    capital = campus * given["capital_charge_campus"] * given["alive_campus"]
    expected["campus capital"] = capital.sum(["zone", "vintage"])
    online = fields.read("campuses", "online_it_mw", ("zone", "year")) / 1e3
    expected["campus operation"] = (online * given["fixed_cost_campus"]).sum("zone")
    if given["h100e_accelerator"].size:
        chips = fields.built("accelerator") / 1e3
        yearly = chips * given["capital_charge_accelerator"] * given["alive_accelerator"]
        expected["accelerator capital"] = yearly.sum(["accelerator", "zone", "vintage"])
    expected.update(_running(fields))
    expected.update(supply_costs(fields))
    expected.update(capital_costs(fields))
    table = fields.plan.tables["costs"]
    name = "cost_usd2025_m_per_yr"
    summed = table.groupby(["category", "year"])[name].sum().reset_index()
    return [
        equal(
            f"cost adds up: {category}",
            fields.spread(summed[summed["category"] == category], "costs", name, ("year",)),
            value,
            "M$/yr",
        )
        for category, value in expected.items()
    ]


def _running(fields: Fields) -> dict[str, xr.Variable]:
    """Return fuel, other variable cost, carbon, unserved load and shortfall again (year)."""
    given = fields.given
    hours = given["block_weight"]
    unserved = fields.load("unserved_mw") / 1e3 * hours
    short = fields.read("reserve", "shortfall_mw", ("region", "year")) / 1e3
    costs = {
        "unserved load": unserved.sum(["zone", "block"]) * given["unserved_cost"],
        "reserve shortfall": short.sum("region") * given["shortfall_cost"],
    }
    if not given["existing_generator"].size:
        return costs
    online = fields.capacity("generator", "online_mw") / 1e3
    available = online * (given["availability_generator"] * hours).sum("block")
    taken = (fields.dispatch * hours).sum("block") / 1e3
    energy = chosen(given["dispatchable_generator"], taken, available)
    over = ["generator", "zone"]
    fuel = energy * given["fuel_cost_generator"]
    carbon = energy * given["co2_rate_generator"] * given["emission_price"]
    costs["fuel"] = fuel.sum(over)
    costs["variable O&M"] = (energy * given["variable_cost_generator"] - fuel).sum(over)
    costs["carbon price"] = carbon.sum(over)
    costs["credits on output"] = -(energy * given["output_credit_generator"]).sum(over)
    return costs


def _objective(fields: Fields) -> Finding:
    costs = fields.plan.tables["costs"]
    total = xr.Variable((), float(costs["discounted_usd2025_m"].sum()))
    years = fields.plan.system["discounted_years"].to_series()
    weight = costs["year"].map(years).fillna(0.0)
    again = float((costs["cost_usd2025_m_per_yr"] * weight).sum())
    said = fields.plan.manifest.objective.value_usd2025_m
    worst = equal("discounted costs are yearly costs discounted", total, again, "M$")
    if not worst.ok:
        return worst
    return equal("discounted costs add up to the objective", total, float(said), "M$")


def _budget(fields: Fields) -> list[Finding]:
    given = fields.given
    yearly, most = given["budget"], given["budget_total"]
    spend = xr.zeros_like(yearly)
    campus = fields.built("campus") / 1e3 * given["capex_campus"] * given["spend_share_campus"]
    spend = spend + campus.sum(["zone", "vintage"]) * given["budget_counts_campus"]
    if given["h100e_accelerator"].size:
        chips = fields.built("accelerator") / 1e3 * given["capex_accelerator"]
        paid = (chips * given["spend_share_accelerator"]).sum(["accelerator", "zone", "vintage"])
        spend = spend + paid * given["budget_counts_accelerator"]
    for asset_class in ("generator", "storage"):
        if given[f"existing_{asset_class}"].size:
            own = fields.built(asset_class, "programme") / 1e3 * given[f"capex_{asset_class}"]
            paid = own * given[f"spend_share_{asset_class}"]
            rest = [dim for dim in paid.dims if dim != "calendar_year"]
            spend = spend + paid.sum(rest) * given["budget_counts_energy"]
    frame = fields.plan.tables["spend"]
    recorded = frame[frame["payer"] == "programme"]
    listed = _recorded_spend(fields, recorded)
    capped = np.isfinite(yearly.values).any() or np.isfinite(float(most))
    findings = [
        at_most("yearly budget", spend, yearly, "M$"),
        at_most("total budget", spend.sum("calendar_year"), most, "M$"),
    ]
    if capped:
        findings.append(at_most("recorded programme spending", spend, listed, "M$"))
    return findings


def _recorded_spend(fields: Fields, frame: pd.DataFrame) -> xr.Variable:
    summed = frame.groupby("calendar_year")["spend_usd2025_m"].sum().reset_index()
    return fields.spread(summed, "spend", "spend_usd2025_m", ("calendar_year",))


def _programme_power(fields: Fields) -> list[Finding]:
    given = fields.given
    share = given["own_capacity"]
    if float(share) <= 0:
        return []
    region = given["region_of_zone"]
    firm = xr.zeros_like(given["peak_load"])
    for asset_class in ("generator", "storage"):
        if not given[f"existing_{asset_class}"].size:
            continue
        own = fields.built(asset_class, "programme")
        alive = (own * given[f"alive_{asset_class}"]).sum("vintage")
        credit = given[f"capacity_credit_{asset_class}"]
        firm = firm + ((alive * credit).sum(asset_class) * region).sum("zone")
    load = fields.it_capacity * given["firm_it_share"] * share
    need = (load * region).sum("zone")
    return [at_most("firm power the programme brings", need, firm, "MW")]


def _emissions(fields: Fields) -> list[Finding]:
    given = fields.given
    if not given["existing_generator"].size:
        return []
    energy = (fields.dispatch * given["block_weight"]).sum("block") / 1e3
    co2 = (energy * given["co2_rate_generator"]).sum(["generator", "zone"])
    frame = fields.plan.tables["emissions"]
    summed = frame.groupby("year")["co2_kt"].sum().reset_index()
    table = fields.spread(summed, "emissions", "co2_kt", ("year",))
    return [
        equal("emissions add up", table, co2, "kt"),
        at_most("emissions within cap", co2, given["emission_cap"], "kt"),
    ]


def _unserved(fields: Fields) -> Finding:
    given = fields.given
    hours = given["block_weight"]
    missing = (fields.load("unserved_mw") * hours).sum(["zone", "block"])
    load = (given["load"] * 1e3 * hours).sum(["zone", "block"])
    return at_most("unserved load within cap", missing, load * given["unserved_limit"], "MWh")
