"""Scenario and data package to System."""

from __future__ import annotations

import numpy as np
import xarray as xr

from gigaplan.economics.discounting import discount_factor
from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.scenario import Scenario
from gigaplan.system.campuses import (
    accelerator_parameters,
    campus_parameters,
    counted_compute,
    programme_need,
    target_unit,
)
from gigaplan.system.capital import Coalition, capital_labels, capital_parameters
from gigaplan.system.components import Components
from gigaplan.system.demand import GivenLoad, demand_parameters
from gigaplan.system.eligibility import Eligibility
from gigaplan.system.environment import environment_parameters
from gigaplan.system.factories import (
    barred_factories,
    factory_parameters,
    factory_parts,
    factory_table,
    makers,
)
from gigaplan.system.frame import Frame
from gigaplan.system.generators import generator_parameters
from gigaplan.system.limits import (
    interconnection_parameters,
    money_parameters,
    queue_completion,
    queues,
)
from gigaplan.system.networks import corridor_parameters, storage_parameters
from gigaplan.system.supply import (
    barred_sources,
    given_beyond_supply,
    given_needs,
    given_use_parameters,
    local_parameters,
    origin_parameters,
    source_parameters,
    source_parts,
    supply_labels,
)
from gigaplan.system.types import Options, System, make_system


def build_system(
    scenario: Scenario,
    dataset: Dataset,
    eligibility: Eligibility | None = None,
) -> System:
    """Join a scenario with a data package.

    Parameters
    ----------
    scenario
        What is asked.
    dataset
        What is known; overrides are already in it.
    eligibility
        What rules change before the plan; empty: nothing.

    Returns
    -------
    System
        Every parameter by label, in GW, GWh, M$ of 2025 and kt.

    Raises
    ------
    InputError
        If the two do not fit together.
    """
    frame = Frame(scenario, dataset, eligibility or Eligibility())
    components = Components(frame)
    coalition = Coalition(frame)
    given = GivenLoad(frame)
    accelerators = accelerator_parameters(components)
    density = accelerators["h100e_accelerator"]
    current = float(density.isel(accelerator=0)) if density.size else 0.0
    generators = generator_parameters(components)
    storage = storage_parameters(components)
    corridors = corridor_parameters(components)
    supply = {**source_parameters(components), **local_parameters(components)}
    needs = given_needs(components, given)
    taken = given_use_parameters(components, needs, supply)
    factories = factory_table(frame)
    supply |= {
        **taken,
        **origin_parameters(components),
        **factory_parameters(components, factories),
    }
    days = frame.days
    time = {
        "block_weight": frame.array(days.block_weight_hours, ("block",), {}),
        "block_hours": frame.array(
            np.full(days.day_of_block.size, float(days.hours_per_block)), ("block",), {}
        ),
        "day_of_block": frame.array(days.day_of_block, ("block",), {}),
        "discount_factor": frame.array(
            discount_factor(scenario.money.discount_rate, frame.calendar_years - frame.base_year),
            ("calendar_year",),
            {},
        ),
    }
    values: dict[str, xr.DataArray | float] = {
        **generators,
        **storage,
        **corridors,
        **accelerators,
        **campus_parameters(components, given),
        **demand_parameters(frame, given),
        **interconnection_parameters(frame, given),
        **supply,
        **money_parameters(frame),
        **environment_parameters(frame),
        **capital_parameters(coalition),
        **time,
        "compute_need": frame.array(programme_need(frame, given, current), ("year",), {}),
    }
    coords = {
        "zone": frame.zones,
        "year": frame.years.tolist(),
        "calendar_year": frame.calendar_years.tolist(),
        "block": list(range(days.day_of_block.size)),
        "day": list(range(len(days.day_of_year))),
        "generator": frame.assets_of("generator"),
        "storage": frame.assets_of("storage"),
        "corridor": corridors["loss_corridor"].coords["corridor"].values.tolist(),
        "accelerator": density.coords["accelerator"].values.tolist(),
        "region": frame.regions,
        "queue": queues(frame),
        "factory": supply["potential_factory"].coords["factory"].values.tolist(),
        **supply_labels(components),
        **capital_labels(coalition),
    }
    target = scenario.compute.target
    options = Options(
        objective=scenario.objective.kind,
        target_unit="h100e_millions" if target_unit(frame) == "h100e_millions" else "it_gw",
        training_across_zones=scenario.compute.training_moves_across_zones,
        accelerators_paid_by=scenario.compute.accelerators_paid_by,
        phase_gw=scenario.compute.phase_mw / 1e3,
        max_states=scenario.limits.campuses.max_states,
        units=components.units,
        made_by=makers(factories),
        source_parts=source_parts(components),
        factory_parts=factory_parts(factories),
        supply_scale=dict(scenario.limits.supply.scale),
        target_case=(target.case or "") if target is not None else "",
        counted_compute={
            str(year): float(amount)
            for year, amount in zip(
                frame.years, counted_compute(frame, given, current), strict=True
            )
        },
        queue_completion=queue_completion(frame),
        review_rules=dict(frame.eligibility.delay_rules),
        given_beyond_supply=given_beyond_supply(frame, needs, taken),
        barred_by={**barred_sources(components), **barred_factories(frame, factories)},
    )
    return make_system(coords, values, options)
