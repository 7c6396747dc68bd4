"""The supply chains of a drawn System: bills, sources, factories, hands, and a floor of origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

if TYPE_CHECKING:
    from tests.expansion.drawn_systems import Labels

LABELS: dict[str, list[object]] = {
    "component": ["turbine", "transformer", "package"],
    "local_component": ["hands"],
    "source": ["turbines", "transformers", "more transformers", "packages"],
    "step": [1, 2],
    "factory": ["transformer plant", "packaging line"],
    "origin_group": ["home"],
}
NOTHING: dict[str, list[object]] = {dim: [] for dim in LABELS}

TURBINES_PER_GW = {"gas_new": 2.0, "peaker_new": 2.0}
HOLDING_MUSD = 4.0
RAMP = (0.4, 0.8)


def supply_values(
    rng: np.random.Generator, labels: Labels, buildable: tuple[str, ...]
) -> dict[str, xr.DataArray | float]:
    """Return every parameter of the supply, each with room enough for a feasible plan."""
    coords, array = labels.coords, labels.array
    years = np.array(coords["year"], dtype=float)
    calendar = np.array(coords["calendar_year"], dtype=float)
    names = [str(name) for name in coords["generator"]]

    # A build of a vintage takes its parts in the year before its service, if there is one.
    before = np.maximum(years - 1.0, calendar[0])
    at = (before[:, None] == calendar[None, :]).astype(float)
    age = calendar[None, :] - years[:, None]
    ramp = np.select([age < 0, age == 0, age == 1], [0.0, *RAMP], 1.0)
    turbines = np.array([TURBINES_PER_GW.get(name, 0.0) for name in names])
    stations = np.array([1.0 * (name in buildable) for name in names])
    bills = np.stack([turbines, stations, np.zeros(len(names))], axis=1)
    hands = rng.uniform(0.1, 0.4, len(names)) * stations
    return {
        "discount_factor": array(1.05 ** -(calendar - calendar[0]), "calendar_year"),
        "supply_use_generator": array(
            bills[:, :, None, None] * at, "generator", "component", "vintage", "calendar_year"
        ),
        "supply_use_campus": array(
            np.array([0.0, 3.0, 0.0])[:, None, None] * at,
            "component",
            "vintage",
            "calendar_year",
        ),
        "supply_use_accelerator": array(
            np.array([0.0, 0.0, rng.uniform(2.0, 4.0)])[:, None, None] * at,
            "accelerator",
            "component",
            "vintage",
            "calendar_year",
        ),
        "supply_use_factory": array(
            np.array([0.0, 0.05, 0.0])[:, None, None] * at,
            "factory",
            "component",
            "vintage",
            "calendar_year",
        ),
        "supply_given": array([[0.0], [1.0], [0.5]], "component", "calendar_year"),
        "storable_component": array([0.0, 0.0, 1.0], "component"),
        "holding_cost": array([0.0, 0.0, HOLDING_MUSD], "component"),
        "component_of_source": array(
            [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]], "source", "component"
        ),
        "source_limit": array(
            np.concatenate([rng.uniform(15.0, 30.0, (2, 1)), [[6.0]], rng.uniform(8, 14, (1, 1))]),
            "source",
            "calendar_year",
        ),
        "source_premium": array(
            [[0.0], [0.0], [rng.uniform(20.0, 80.0)], [0.0]], "source", "calendar_year"
        ),
        "local_use_generator": array(
            hands[:, None, None, None] * at,
            "generator",
            "local_component",
            "vintage",
            "calendar_year",
        ),
        "local_use_campus": array(2.0 * at, "local_component", "vintage", "calendar_year"),
        "local_use_factory": array(
            0.02 * at, "factory", "local_component", "vintage", "calendar_year"
        ),
        "local_given": array(0.2, "local_component", "zone", "calendar_year"),
        "local_limit": array([[2.0], [30.0]], "local_component", "zone", "step", "calendar_year"),
        "local_premium": array(
            [[0.0], [rng.uniform(50.0, 150.0)]], "local_component", "zone", "step", "calendar_year"
        ),
        "component_of_factory": array([[0, 1, 0], [0, 0, 1]], "factory", "component"),
        "zone_of_factory": array(np.eye(2, len(coords["zone"])), "factory", "zone"),
        "buildable_factory": array(years > years[0], "factory", "vintage"),
        "potential_factory": array([8.0, 6.0], "factory"),
        "online_share_factory": array(age >= 0, "factory", "vintage", "calendar_year"),
        "output_share_factory": array(ramp, "factory", "vintage", "calendar_year"),
        "capital_charge_factory": array(rng.uniform(10.0, 40.0, (2, 1)), "factory", "vintage"),
        "fixed_cost_factory": array(3.0, "factory"),
        "unit_cost_factory": array([-10.0, -20.0], "factory"),
        "capex_factory": array(300.0, "factory", "vintage"),
        "spend_share_factory": array(at, "factory", "vintage", "calendar_year"),
        "source_in_group": array([1.0, 1.0, 0.0, 0.0], "origin_group", "source"),
        "factory_in_group": array(1.0, "origin_group", "factory"),
        "origin_floor": array(
            np.array([0.0, 0.3, 0.0])[:, None] * np.ones(calendar.size),
            "origin_group",
            "component",
            "calendar_year",
        ),
    }
