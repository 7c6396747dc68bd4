"""The power part of a real System: what PyPSA can say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from gigaplan.inputs.dataset import load_dataset
from gigaplan.inputs.scenario import Scenario, load_scenario
from gigaplan.system import System, make_system
from gigaplan.system.build import build_system

SUPPLY = ("component", "local_component", "source", "step", "factory", "origin_group")
CAPITAL = ("investor", "capital_class", "territory", "investor_group")
LEFT_OUT = ("region", "queue", "accelerator", *SUPPLY, *CAPITAL)


def scenario_at(name: str, *, representative_days: int, hours_per_block: int) -> Scenario:
    """Return a shipped scenario with other days and blocks."""
    scenario = load_scenario(name)
    time = scenario.time.model_copy(
        update={"representative_days": representative_days, "hours_per_block": hours_per_block}
    )
    return scenario.model_copy(update={"time": time})


def real_system(scenario: Scenario) -> System:
    """Return the System of a scenario and its data."""
    dataset = load_dataset(scenario.data, overrides=scenario.overrides)
    return build_system(scenario, dataset)


def power_part(system: System) -> System:
    """Return the System with its campuses as given load, and without what PyPSA cannot say.

    The compute that is needed stands in the zones in proportion to their load; there is no
    reserve, queue, supply, cap, budget or early retirement.
    """
    yearly = (system["load"] * system["block_weight"]).sum("block")
    share = (yearly / yearly.sum("zone")).mean("year")
    campus = system["compute_need"] * share * system["pue"] * system["fixed_it_share"]
    changed: dict[str, xr.DataArray | float] = {
        "load": (system["load"] + campus).transpose(*system["load"].dims),
        "buildable_campus": xr.zeros_like(system["buildable_campus"]),
        "minimum_campus": 0.0,
        "compute_need": 0.0,
        "retirable_generator": xr.zeros_like(system["retirable_generator"]),
        "emission_cap": np.inf,
        "unserved_limit": 1.0,
        "own_capacity": 0.0,
        "budget": np.inf,
        "budget_total": np.inf,
    }
    return make_system(*without(system, LEFT_OUT, changed))


def without(
    system: System, dims: Sequence[str], changed: Mapping[str, xr.DataArray | float]
) -> tuple[dict[str, list[object]], dict[str, xr.DataArray | float]]:
    """Return labels and values of a System in which some dimensions are empty."""
    coords = {str(dim): list(index) for dim, index in system.data.indexes.items()}
    kept = {
        str(name): array
        for name, array in system.data.data_vars.items()
        if not set(array.dims) & set(dims)
    }
    return {**coords, **{dim: [] for dim in dims}}, {**kept, **changed}
