"""The cost of a plan added up again from its values, without the model."""

from __future__ import annotations

import xarray as xr

from gigaplan.expansion.engine import Solution
from gigaplan.system import System


def cost_by_year(system: System, solution: Solution) -> xr.DataArray:
    """Return what each milestone year costs, undiscounted (year) [M$/yr]."""
    values = solution.values
    hours = system["block_weight"]
    running = system["variable_cost_generator"] + (
        system["emission_price"] * system["co2_rate_generator"]
    )
    online = values["online_generator"]
    available = online * system["availability_generator"]
    output = xr.where(system["dispatchable_generator"], values["output_generator"], available)
    cost = (output * hours * running).sum(["generator", "zone", "block"])
    cost = cost + (values["unserved"] * hours).sum(["zone", "block"]) * system["unserved_cost"]
    for asset in ("generator", "storage", "campus"):
        paid = values[f"online_{asset}"] * system[f"fixed_cost_{asset}"]
        cost = cost + paid.sum([dim for dim in paid.dims if dim != "year"])
    for asset in ("generator", "storage", "corridor", "campus", "accelerator"):
        charge = values[f"build_{asset}"] * system[f"capital_charge_{asset}"]
        paid = charge * system[f"alive_{asset}"]
        cost = cost + paid.sum([dim for dim in paid.dims if dim != "year"])
    if "reserve_shortfall" in values:
        missing = values["reserve_shortfall"].sum("region")
        cost = cost + missing * system["shortfall_cost"]
    return cost


def supply_cost(system: System, solution: Solution) -> float:
    """Return what components, stocks, hands and factories cost beyond capex, discounted [M$]."""
    values, factor = solution.values, system["discount_factor"]
    cost = xr.zeros_like(factor)
    for name, price in (
        ("take_source", "source_premium"),
        ("take_local", "local_premium"),
        ("stock_component", "holding_cost"),
        ("output_factory", "unit_cost_factory"),
    ):
        if name in values:
            paid = values[name] * system[price]
            cost = cost + paid.sum([dim for dim in paid.dims if dim != "calendar_year"])
    if "build_factory" in values:
        yearly = system["capital_charge_factory"] + system["fixed_cost_factory"]
        paid = values["build_factory"] * yearly * system["online_share_factory"]
        cost = cost + paid.sum(["factory", "vintage"])
    return float((cost * factor).sum())


def funding_cost(system: System, solution: Solution) -> float:
    """Return what investors ask beyond the cost of capital, discounted [M$]."""
    if "fund" not in solution.values:
        return 0.0
    fund = solution.values["fund"].sum(["territory", "calendar_year"])
    yearly = (fund * system["return_charge"] * system["alive_class"]).sum("vintage")
    return float((yearly * system["discounted_years"]).sum())
