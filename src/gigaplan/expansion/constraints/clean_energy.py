"""Clean energy: a share of the programme's load is matched, by the year or by the hour."""

from __future__ import annotations

from gigaplan.expansion.constraints.compute import facility_load
from gigaplan.expansion.constraints.generation import available_output
from gigaplan.expansion.constraints.power_balance import net_supply
from gigaplan.expansion.expression import Expression
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.variables import can_be_clean
from gigaplan.impacts.clean_matching import (
    beyond_share,
    bounds_annual,
    bounds_hourly,
    bounds_of_used,
)

NAME = "clean_energy"


def add_clean_energy(formulation: Formulation) -> None:
    r"""Match a share of the load of programme campuses with clean output of the plan.

    .. math::

        k_{z,y,t} &\le c_{z,y,t}, \qquad
        k_{z,y,t} - c_{z,y,t} - f_{z,y,t} + s_{z,y,t} \le D_{z,y,t}

        m^H_{r,y,t} &\le \sum_z R_{z,r} k_{z,y,t}, \qquad
        m^H_{r,y,t} \le \sum_z R_{z,r} L_{z,y,t}, \qquad
        \sum_{r,t} \omega_t m^H_{r,y,t} \ge \underline{h}_y \sum_{z,t} \omega_t L_{z,y,t}

        m^A_{r,y} &\le \sum_{z,t} \omega_t R_{z,r} k_{z,y,t}, \qquad
        m^A_{r,y} \le \sum_{z,t} \omega_t R_{z,r} L_{z,y,t}, \qquad
        \sum_r m^A_{r,y} \ge \underline{a}_y \sum_{z,t} \omega_t L_{z,y,t}

    Here c is the output of clean builds of the plan (:math:`p` where it is chosen, :math:`u G`
    where not), f other fixed output without a variable cost, s what the power balance supplies
    less the load :math:`L` of programme campuses. What a state has too much falls on f first.
    Clean output counts where it is built: in the same reliability region, without storage.

    =====================  =============================  =========================  =====
    symbol                 name in code                   dimensions                 unit
    =====================  =============================  =========================  =====
    :math:`k`              ``used_clean``                 zone year block            GW
    :math:`m^H`            ``matched_hourly``             region year block          GW
    :math:`m^A`            ``matched_annual``             region year                GWh
    :math:`G`              ``online_generator``           generator zone year        GW
    :math:`p`              ``output_generator``           generator zone year block  GW
    :math:`u`              ``availability_generator``     generator zone block       frac
    :math:`v`              ``clean_generator``            generator                  bool
    :math:`v^0`            ``spilled_first_generator``    generator                  bool
    :math:`D`              ``load``                       zone year block            GW
    :math:`\omega`         ``block_weight``               block                      h/yr
    :math:`R`              ``region_of_zone``             zone region                0 or 1
    :math:`\underline h`   ``clean_hourly_floor``         year                       frac
    :math:`\underline a`   ``clean_annual_floor``         year                       frac
    =====================  =============================  =========================  =====

    Dual of a share: M$ per GWh, zero or above: the cost of matching one more GWh of load.
    """
    system = formulation.system
    if not formulation.has("used_clean") or not formulation.has("online_accelerator"):
        return
    load = facility_load(formulation)
    used = formulation.term("used_clean")
    _bound_used(formulation, used)
    hours = system["block_weight"]
    needed = (load * hours).sum("block")
    region = system["region_of_zone"].any("zone")
    if formulation.has("matched_hourly"):
        matched = formulation.term("matched_hourly")
        clean, load_of_region = bounds_hourly(used, load, system["region_of_zone"])
        floor = system["clean_hourly_floor"]
        blocks = (floor > 0) & region & (system["block_hours"] > 0)
        formulation.add_rows(NAME, "clean_energy_hour", matched - clean, "<=", 0.0, mask=blocks)
        formulation.add_rows(
            NAME, "clean_energy_hour_load", matched - load_of_region, "<=", 0.0, mask=blocks
        )
        share = beyond_share((matched * hours).sum("block"), needed, floor)
        formulation.add_rows(NAME, "clean_energy_hourly", share, ">=", 0.0, mask=floor > 0)
    if formulation.has("matched_annual"):
        matched = formulation.term("matched_annual")
        clean, load_of_region = bounds_annual(used, load, system["region_of_zone"], hours)
        floor = system["clean_annual_floor"]
        years = (floor > 0) & region
        formulation.add_rows(NAME, "clean_energy_year", matched - clean, "<=", 0.0, mask=years)
        formulation.add_rows(
            NAME, "clean_energy_year_load", matched - load_of_region, "<=", 0.0, mask=years
        )
        share = beyond_share(matched, needed, floor)
        formulation.add_rows(NAME, "clean_energy_annual", share, ">=", 0.0, mask=floor > 0)


def _bound_used(formulation: Formulation, used: Expression) -> None:
    """Keep used clean output within what there is and what is not curtailed."""
    system = formulation.system
    clean = available_output(formulation, system["clean_generator"])
    spilled = available_output(formulation, system["spilled_first_generator"])
    most, beyond_load = bounds_of_used(clean, spilled, net_supply(formulation))
    asked = (system["clean_hourly_floor"] > 0) | (system["clean_annual_floor"] > 0)
    exists = asked & (system["block_hours"] > 0) & can_be_clean(system)
    formulation.add_rows(NAME, "clean_energy_used", used - most, "<=", 0.0, mask=exists)
    formulation.add_rows(
        NAME, "clean_energy_curtailed", used - beyond_load, "<=", system["load"], mask=exists
    )
