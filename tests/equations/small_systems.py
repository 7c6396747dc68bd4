"""Systems small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import xarray as xr

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, Solution, SolverSettings
from gigaplan.system import Options, System, make_system
from gigaplan.terms.symbols import dims_of

# One zone, one year of 8,760 hours, one day of two blocks of twelve hours.
LABELS: dict[str, list[object]] = {
    "zone": ["west"],
    "year": [2026],
    "calendar_year": [2026],
    "block": ["noon", "night"],
    "day": [0],
    "generator": ["gas"],
    "storage": [],
    "corridor": [],
    "accelerator": [],
    "region": [],
    "queue": [],
    "component": [],
    "local_component": [],
    "source": [],
    "step": [],
    "factory": [],
    "origin_group": [],
    "investor": [],
    "capital_class": [],
    "territory": [],
    "investor_group": [],
}
HALF_YEAR_HOURS = 4380.0


def small_system(
    values: Mapping[str, npt.ArrayLike],
    options: Options | None = None,
    **labels: Sequence[object],
) -> System:
    """Return a System of one zone, one year and two blocks, but for what is given.

    Parameters
    ----------
    values
        Parameters over their dimensions in the order of ``symbols.csv``, broadcast as numpy does.
    options
        Choices.
    labels
        Labels of dimensions that differ.
    """
    coords: dict[str, Sequence[object]] = {**LABELS, **labels}
    coords["vintage"] = coords["year"]
    held: dict[str, npt.ArrayLike] = {
        "day_of_block": 0.0,
        "block_hours": 12.0,
        "block_weight": HALF_YEAR_HOURS,
        "dispatchable_generator": 1.0,
        **values,
    }
    arrays: dict[str, xr.DataArray | float] = {}
    for name, value in held.items():
        dims = dims_of(name)
        shape = [len(coords[dim]) for dim in dims]
        full = np.broadcast_to(np.asarray(value, dtype=float), shape).copy()
        arrays[name] = xr.DataArray(full, dims=dims, coords={dim: coords[dim] for dim in dims})
    return make_system(coords, arrays, options)


def solved(system: System) -> Solution:
    """Return the least-cost solution."""
    solution = Engine(build_formulation(system)).solve(SolverSettings(method="simplex"))
    assert solution.status == "optimal"
    return solution


def two_zones() -> System:
    """Return two zones over two years with something of every family."""
    alive = [[1.0, 1.0], [0.0, 1.0]]
    once = [[1.0, 0.0], [0.0, 1.0]]
    generators = ["coal", "hydro", "gas", "wind", "engine"]
    new = [[[0, 0]], [[0, 0]], [[0, 1]], [[0, 1]], [[0, 1]]]
    turbines = np.zeros((5, 2, 2, 5))
    turbines[generators.index("gas"), 0, 1, 3] = 2.0
    wafers = np.zeros((1, 2, 2, 5))
    wafers[0, 1, 1, 3:5] = 0.5
    electricians = np.zeros((5, 1, 2, 5))
    electricians[generators.index("gas"), 0, 1, 3:5] = 0.3
    return small_system(
        {
            "discounted_years": [4.0, 5.0],
            "years_in_period": [4.0, 5.0],
            "load": [[[10.0, 6.0], [11.0, 7.0]], [[5.0, 4.0], [5.5, 4.5]]],
            "existing_generator": [
                [[12.0, 9.0], [4.0, 4.0]],
                [[0.0, 0.0], [2.0, 2.0]],
                [[0.0, 0.0], [0.0, 0.0]],
                [[3.0, 3.0], [0.0, 0.0]],
                [[0.0, 0.0], [0.0, 0.0]],
            ],
            "buildable_generator": new,
            "potential_generator": [[0], [0], [np.inf], [8.0], [np.inf]],
            "alive_generator": [alive],
            "retirable_generator": [1, 0, 0, 0, 0],
            "dispatchable_generator": [1, 1, 1, 0, 1],
            "onsite_generator": [0, 0, 0, 0, 1],
            "availability_generator": [
                [[0.9, 0.9]],
                [[1.0, 1.0]],
                [[0.95, 0.95]],
                [[0.2, 0.4]],
                [[0.98, 0.98]],
            ],
            "energy_budget_generator": [[[np.inf]], [[0.5]], [[np.inf]], [[np.inf]], [[np.inf]]],
            "variable_cost_generator": [[[0.03]], [[0.004]], [[0.025]], [[0.0]], [[0.05]]],
            "fixed_cost_generator": [[[40.0]], [[30.0]], [[15.0]], [[25.0]], [[20.0]]],
            "capital_charge_generator": [[[0.0]], [[0.0]], [[150.0]], [[110.0]], [[170.0]]],
            "capex_generator": [[[0.0]], [[0.0]], [[2000.0]], [[1500.0]], [[1700.0]]],
            "co2_rate_generator": [[0.95], [0.0], [0.35], [0.0], [0.5]],
            "capacity_credit_generator": [[0.85], [0.6], [0.9], [0.15], [0.9]],
            "queue_of_generator": [[0, 0], [0, 0], [1, 0], [0, 1], [0, 0]],
            "supply_use_generator": turbines,
            "spend_share_generator": [[[1, 0, 0, 0, 0], [0, 0, 0, 0.4, 0.6]]],
            "existing_storage": [[[1.0], [0.0]]],
            "buildable_storage": [[[0, 1]]],
            "alive_storage": [alive],
            "potential_storage": 3.0,
            "charge_efficiency_storage": 0.9,
            "discharge_efficiency_storage": 0.9,
            "capital_charge_storage": 90.0,
            "capex_storage": 1000.0,
            "capacity_credit_storage": 0.8,
            "queue_of_storage": [[0, 1]],
            "spend_share_storage": [[[1, 0, 0, 0, 0], [0, 0, 0, 0, 1.0]]],
            "existing_forward_corridor": [[2.0, 2.0]],
            "existing_reverse_corridor": [[1.5, 1.5]],
            "buildable_corridor": [[0, 1]],
            "alive_corridor": [alive],
            "potential_corridor": 1.0,
            "loss_corridor": 0.05,
            "start_of_corridor": [[1, 0]],
            "end_of_corridor": [[0, 1]],
            "capital_charge_corridor": 50.0,
            "buildable_campus": [[0, 1]],
            "potential_campus": [3.0, 2.0],
            "minimum_campus": [0.0, 0.5],
            "alive_campus": alive,
            "fixed_cost_campus": 300.0,
            "capital_charge_campus": 1300.0,
            "capex_campus": 14000.0,
            "spend_share_campus": [[1, 0, 0, 0, 0], [0, 0, 0.25, 0.25, 0.5]],
            "pue": [1.2, 1.1],
            "available_accelerator": [[0, 1]],
            "alive_accelerator": [once],
            "h100e_accelerator": 2.0,
            "capital_charge_accelerator": 5000.0,
            "capex_accelerator": 25000.0,
            "spend_share_accelerator": [[1, 0, 0, 0, 0], [0, 0, 0, 0, 1.0]],
            "compute_need": [0.0, 2.0],
            "fixed_it_share": [[0.6, 0.5], [0.65, 0.55]],
            "flexible_it_mean": 0.1,
            "firm_it_share": 0.7,
            "connection_limit": [[0.0, 1.0], [0.0, 1.5]],
            "queue_limit": [[[0.0, 4.0], [0.0, 6.0]], [[0.0, 3.0], [0.0, 5.0]]],
            "discount_factor": [1.0, 0.95, 0.9, 0.86, 0.82],
            "supply_use_accelerator": wafers,
            "supply_given": [[2.0], [0.0]],
            "storable_component": [0, 1],
            "holding_cost": [0.0, 1.5],
            "component_of_source": [[1, 0], [1, 0], [0, 1]],
            "source_limit": [[8.0], [2.0], [np.inf]],
            "source_premium": [[0.0], [20.0], [0.0]],
            "local_use_generator": electricians,
            "local_use_campus": [[[0, 0, 0, 0, 0], [0, 0, 0, 0.4, 0.4]]],
            "local_use_corridor": [[[[0, 0, 0, 0, 0], [0, 0, 0, 0, 0.2]]]],
            "local_use_factory": [[[[0, 0, 0, 0, 0], [0, 0, 0, 0.1, 0]]]],
            "local_given": 0.25,
            "local_limit": [[[[1.0], [0.5]], [[0.75], [np.inf]]]],
            "local_premium": [[[[0.0], [90.0]]]],
            "component_of_factory": [[0, 1]],
            "zone_of_factory": [[1, 0]],
            "buildable_factory": [[0, 1]],
            "potential_factory": 3.0,
            "supply_use_factory": [[[[0] * 5, [0, 0, 0.2, 0, 0]], [[0] * 5, [0] * 5]]],
            "online_share_factory": [[[0] * 5, [0, 0, 0, 0.5, 1.0]]],
            "output_share_factory": [[[0] * 5, [0, 0, 0, 0.3, 0.8]]],
            "capital_charge_factory": 60.0,
            "fixed_cost_factory": 10.0,
            "unit_cost_factory": -40.0,
            "source_in_group": [[1, 0, 0]],
            "factory_in_group": [[1]],
            "origin_floor": [[[0.0] * 5, [0, 0, 0, 0, 0.25]]],
            "peak_load": [[16.0, 17.5]],
            "reserve_margin": 0.15,
            "given_credit": 1.0,
            "region_of_zone": [[1], [1]],
            "unserved_limit": 0.01,
            "emission_cap": [np.inf, 60000.0],
            "budget": [np.inf, np.inf, np.inf, 20000.0, 30000.0],
            "budget_total": 45000.0,
            "own_capacity": 0.5,
            "new_generator": [0, 0, 1, 0, 1],
            "clean_generator": [0, 0, 0, 1, 0],
            "nox_rate_generator": [[0.0], [0.0], [0.0], [0.0], [0.0004]],
            "consumption_rate_generator": [[0.0017], [0.0], [0.0006], [0.0], [0.0]],
            "consumption_rate_campus": [0.0009, 0.0003],
            "water_cap": [30.0, np.inf],
            "onsite_nox_cap": [np.inf, 0.25],
            "clean_annual_floor": [0.0, 0.75],
            "clean_hourly_floor": [0.0, 0.5],
            "zone_of_territory": [[1, 1]],
            "funded_class": [1, 0, 1],
            "may_fund": [[[1], [1], [1]], [[1], [1], [0]]],
            "commitment": [[5000.0, 9000.0, 9000.0, 9000.0, 20000.0], [np.inf] * 5],
            "ticket_most": [np.inf, 30000.0],
            "single_most": [8000.0, np.inf],
            "concentration_most": [0.6, 1.0],
            "class_share_most": [[1.0, 1.0, 0.9], [0.5, 1.0, 1.0]],
            "group_weight": [[0.0, 1.0]],
            "group_cap": [[0.4, 1.0, 1.0]],
            "group_floor": [[0.1, 0.0, 0.0]],
            "return_charge": [[0.0, 0.0, 0.01], [-0.02, 0.0, 0.0]],
            "alive_class": [alive],
        },
        zone=["west", "east"],
        year=[2026, 2030],
        calendar_year=[2026, 2027, 2028, 2029, 2030],
        generator=generators,
        storage=["battery"],
        corridor=["west_east"],
        accelerator=["chip"],
        region=["all"],
        queue=["gas", "wind"],
        component=["turbine", "wafer"],
        local_component=["electricians"],
        source=["turbines from home", "turbines from abroad", "wafers from abroad"],
        step=[1, 2],
        factory=["fab in the west"],
        origin_group=["home"],
        investor=["sponsor", "pension"],
        capital_class=["campus", "accelerator", "energy"],
        territory=["everywhere"],
        investor_group=["foreign"],
    )
