"""The whole model: variables, then every family of constraints in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gigaplan.expansion.constraints import (
    budget,
    built_capacity,
    capital,
    clean_energy,
    compute,
    corridors,
    early_retirement,
    emissions,
    factories,
    generation,
    interconnection,
    local_supply,
    onsite_power,
    origin,
    power_balance,
    programme_power,
    reserve,
    site_air,
    storage,
    supply,
    unserved_load,
    water_limit,
)
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.objective import discounted_cost
from gigaplan.expansion.variables import add_variables
from gigaplan.system import System

FAMILIES: Mapping[str, Callable[[Formulation], None]] = {
    built_capacity.NAME: built_capacity.add_built_capacity,
    early_retirement.NAME: early_retirement.add_early_retirement,
    generation.NAME: generation.add_generation,
    storage.NAME: storage.add_storage,
    corridors.NAME: corridors.add_corridors,
    compute.NAME: compute.add_compute,
    onsite_power.NAME: onsite_power.add_onsite_power,
    power_balance.NAME: power_balance.add_power_balance,
    interconnection.NAME: interconnection.add_interconnection,
    supply.NAME: supply.add_supply,
    local_supply.NAME: local_supply.add_local_supply,
    factories.NAME: factories.add_factories,
    origin.NAME: origin.add_origin,
    reserve.NAME: reserve.add_reserve,
    unserved_load.NAME: unserved_load.add_unserved_load,
    emissions.NAME: emissions.add_emissions,
    budget.NAME: budget.add_budget,
    capital.NAME: capital.add_capital,
    programme_power.NAME: programme_power.add_programme_power,
    water_limit.NAME: water_limit.add_water_limit,
    site_air.NAME: site_air.add_site_air,
    clean_energy.NAME: clean_energy.add_clean_energy,
}


def build_formulation(system: System) -> Formulation:
    """Write the least-cost model of a System.

    Parameters
    ----------
    system
        Checked parameters by label.

    Returns
    -------
    Formulation
        With every variable, every family of constraints, and discounted cost as the objective.
    """
    formulation = Formulation(system)
    add_variables(formulation)
    for add_family in FAMILIES.values():
        add_family(formulation)
    formulation.objective = discounted_cost(formulation)
    return formulation
