"""Objective: least discounted cost, or most discounted compute."""

from __future__ import annotations

import xarray as xr

from gigaplan.expansion.constraints.compute import delivered_compute
from gigaplan.expansion.expression import Expression
from gigaplan.expansion.formulation import Formulation
from gigaplan.system import System


def paid_years(system: System, asset_class: str) -> xr.DataArray:
    """Return the discounted years in which a build of each vintage pays its annuity [years].

    An annuity is paid in every year that a milestone stands for while the build is in service,
    and not beyond the horizon: a build of the last vintage pays only the years that the last
    milestone stands for, and its service beyond them is neither paid nor counted.
    """
    return (system[f"alive_{asset_class}"] * system["discounted_years"]).sum("year")


def discounted_cost(formulation: Formulation) -> Expression:
    r"""Return the discounted cost of the system [M$].

    .. math::

        \min \sum_y \delta_y \Big[
        \sum_{v} \alpha_{v,y} k_v B_v + \sum f \, G_y
        + \sum_t \omega_t \big( (c^G + p^X e - h) \, p_t + c^U x_t \big) + c^R r_y \Big]

    over every generator, storage, corridor, campus and accelerator; the capital charge k is the
    annuity of the overnight capex at the cost of capital of the asset's group. Generators whose
    output is not chosen pay their variable cost on all available output, and earn their credit h on
    it. Given capacity is sunk: it pays its fixed costs while in service, no capital.
    """
    system = formulation.system
    years = system["discounted_years"]
    hours = system["block_weight"]
    cost = formulation.term("unserved").sum("zone") * (system["unserved_cost"] * hours * years)
    total = cost.sum(["year", "block"])

    for asset_class in ("generator", "storage", "corridor", "campus", "accelerator"):
        if formulation.has(f"build_{asset_class}"):
            charge = system[f"capital_charge_{asset_class}"] * paid_years(system, asset_class)
            total = total + (formulation.term(f"build_{asset_class}") * charge).sum()
    for asset_class in ("generator", "storage", "campus"):
        if formulation.has(f"online_{asset_class}"):
            fixed = system[f"fixed_cost_{asset_class}"] * years
            total = total + (formulation.term(f"online_{asset_class}") * fixed).sum()

    running = system["variable_cost_generator"] + (
        system["emission_price"] * system["co2_rate_generator"] - system["output_credit_generator"]
    )
    if formulation.has("output_generator"):
        chosen = system["dispatchable_generator"].astype(float)
        weight = running * years * hours * chosen
        total = total + (formulation.term("output_generator") * weight).sum()
    if formulation.has("online_generator"):
        given = 1.0 - system["dispatchable_generator"].astype(float)
        yearly = (system["availability_generator"] * hours).sum("block")
        weight = running * years * yearly * given
        total = total + (formulation.term("online_generator") * weight).sum()
    if formulation.has("reserve_shortfall"):
        missing = formulation.term("reserve_shortfall").sum("region")
        total = total + (missing * (system["shortfall_cost"] * years)).sum()
    for part in supply_costs(formulation):
        total = total + part
    if formulation.has("fund"):
        total = total + funding_cost(formulation)
    return total


def funding_cost(formulation: Formulation) -> Expression:
    r"""Return what investors ask beyond the cost of capital of each class, discounted [M$].

    .. math:: \sum_{n,q,u,v,c} k^I_{n,q} \left( \sum_y \alpha^Q_{q,v,y} \delta_y \right)
        m_{n,q,u,v,c}

    It is below zero where their money is cheaper.
    """
    system = formulation.system
    years = (system["alive_class"] * system["discounted_years"]).sum("year")
    return (formulation.term("fund") * (system["return_charge"] * years)).sum()


def supply_costs(formulation: Formulation) -> list[Expression]:
    r"""Return the discounted costs of components beyond what capex holds [M$].

    .. math::

        \sum_c \delta_c \Big[ \sum_j c^J_{j,c} q_{j,c} + \sum_{m,z,i} c^N_{m,z,i,c} n_{m,z,i,c}
        + \sum_k c^H_k Q_{k,c} + \sum_f c^O_f o_{f,c}
        + \sum_{f,v} \alpha^F_{f,v,c} (k^F_{f,v} + f^F_f) B^F_{f,v} \Big]

    They are counted in calendar years up to the last milestone, for that is how long components
    are.
    """
    system = formulation.system
    factor = system["discount_factor"]
    parts = [
        (formulation.term(name) * (system[price] * factor)).sum()
        for name, price in (
            ("take_source", "source_premium"),
            ("take_local", "local_premium"),
            ("stock_component", "holding_cost"),
            ("output_factory", "unit_cost_factory"),
        )
        if formulation.has(name)
    ]
    if formulation.has("build_factory"):
        yearly = system["capital_charge_factory"] + system["fixed_cost_factory"]
        years = (system["online_share_factory"] * factor).sum("calendar_year")
        parts.append((formulation.term("build_factory") * (yearly * years)).sum())
    return parts


def discounted_compute(formulation: Formulation) -> Expression:
    """Return compute summed over years with their discounted weights [GW·yr or M H100e·yr]."""
    return (delivered_compute(formulation) * formulation.system["discounted_years"]).sum()
