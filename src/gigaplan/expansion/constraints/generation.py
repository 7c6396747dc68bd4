"""Generation: output stays within available capacity, hydro within its water."""

from __future__ import annotations

import xarray as xr

from gigaplan.expansion.expression import Expression
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.variables import can_exist_generator, can_host_campus
from gigaplan.system import System
from gigaplan.terms.arrays import finite

NAME = "generation"


def fixed_output(formulation: Formulation) -> Expression:
    """Return the output of generators whose output is not chosen (zone, year, block) [GW]."""
    return _fixed(formulation, ~formulation.system["dispatchable_generator"])


def available_output(formulation: Formulation, wanted: xr.DataArray) -> Expression:
    """Return the output of some generators before curtailment (zone, year, block) [GW].

    Parameters
    ----------
    formulation
        Has the variables.
    wanted
        Whether the generator counts (generator).
    """
    dispatchable = formulation.system["dispatchable_generator"]
    output = _fixed(formulation, wanted & ~dispatchable)
    chosen = wanted & dispatchable
    if bool(chosen.any()) and formulation.has("output_generator"):
        names = chosen[chosen].coords["generator"].values
        output = output + formulation.term("output_generator").select("generator", names).sum(
            "generator"
        )
    return output


def _fixed(formulation: Formulation, wanted: xr.DataArray) -> Expression:
    share = formulation.system["availability_generator"]
    chosen = wanted[wanted].coords["generator"].values
    return (
        formulation.term("online_generator").select("generator", chosen)
        * share.sel(generator=chosen)
    ).sum("generator")


def has_fixed_output(system: System) -> bool:
    """Return whether any generator's output is given by its availability."""
    return bool((~system["dispatchable_generator"]).any())


def add_generation(formulation: Formulation) -> None:
    r"""Keep chosen output within availability, and hydro within the water of its day.

    .. math::

        p_{g,z,y,t} &\le u_{g,z,t} G_{g,z,y}

        \sum_{t \in d} h_t \, p_{g,z,y,t} &\le \epsilon_{g,z,d} \, G_{g,z,y} \sum_{t \in d} h_t

    Generators that are not dispatchable have no output variable: they give
    :math:`u_{g,z,t} G_{g,z,y}`, and the power balance may leave some of it unused.

    ===================  ============================  ==========================  ====
    symbol               name in code                  dimensions                  unit
    ===================  ============================  ==========================  ====
    :math:`p`            ``output_generator``          generator zone year block   GW
    :math:`G`            ``online_generator``          generator zone year         GW
    :math:`u`            ``availability_generator``    generator zone block        frac
    :math:`\epsilon`     ``energy_budget_generator``   generator zone day          frac
    :math:`h`            ``block_hours``               block                       h
    ===================  ============================  ==========================  ====

    Dual of the first: M$ per GW in the block, zero or below: the scarcity rent of capacity.
    """
    system = formulation.system
    if not formulation.has("output_generator"):
        return
    chosen = system["dispatchable_generator"]
    names = chosen[chosen].coords["generator"].values
    output = formulation.term("output_generator").select("generator", names)
    online = formulation.term("online_generator").select("generator", names)
    hosted = ~system["onsite_generator"] | can_host_campus(system)
    exists = (can_exist_generator(system) & hosted).sel(generator=names)
    exists = exists & (system["discounted_years"] > 0)
    formulation.add_rows(
        NAME,
        "generation_limit",
        output - online * system["availability_generator"].sel(generator=names),
        "<=",
        0.0,
        mask=exists & (system["block_hours"] > 0),
    )
    budget = system["energy_budget_generator"]
    limited = finite(budget).any(["zone", "day"]) & chosen
    if not bool(limited.any()):
        return
    names = limited[limited].coords["generator"].values
    budget = budget.sel(generator=names)
    known = finite(budget)
    in_day = (system["day_of_block"] == system["day"]).astype(float)
    hours = system["block_hours"] * in_day
    energy = (formulation.term("output_generator").select("generator", names) * hours).sum("block")
    water = budget.where(known, 0.0) * hours.sum("block")
    formulation.add_rows(
        NAME,
        "generation_energy_budget",
        energy - formulation.term("online_generator").select("generator", names) * water,
        "<=",
        0.0,
        mask=known & exists.sel(generator=names),
    )
