"""The decision variables, each only where it can be other than zero."""

from __future__ import annotations

import numpy as np
import xarray as xr

from gigaplan.expansion.formulation import Formulation
from gigaplan.system import System
from gigaplan.system.types import barred_key
from gigaplan.terms.arrays import choose


def can_exist_generator(system: System) -> xr.DataArray:
    """Return where a generator exists or may be built (generator, zone)."""
    buildable = system["buildable_generator"].any("vintage") & (system["potential_generator"] > 0)
    return (system["existing_generator"] > 0).any("year") | buildable


def can_exist_storage(system: System) -> xr.DataArray:
    """Return where storage exists or may be built (storage, zone)."""
    buildable = system["buildable_storage"].any("vintage") & (system["potential_storage"] > 0)
    return (system["existing_storage"] > 0).any("year") | buildable


def can_host_campus(system: System) -> xr.DataArray:
    """Return the zones that may host new campuses (zone)."""
    return system["buildable_campus"].any("vintage") & (system["potential_campus"] > 0)


def can_grow_corridor(system: System) -> xr.DataArray:
    """Return where a corridor may be larger than it is given (corridor, year)."""
    built = (system["alive_corridor"] * system["buildable_corridor"]).sum("vintage") > 0
    return built & (system["potential_corridor"] > 0)


def add_variables(formulation: Formulation) -> None:
    """Add every variable of ``symbols.csv``."""
    system = formulation.system
    generator = can_exist_generator(system)
    storage = can_exist_storage(system)
    host = can_host_campus(system)
    zone_years = xr.ones_like(system["discounted_years"], dtype=bool)

    new_generator = system["buildable_generator"] & generator
    formulation.add_variable("build_generator", mask=new_generator)
    formulation.add_variable("online_generator", mask=generator & zone_years)
    hosted = ~system["onsite_generator"] | host
    formulation.add_variable(
        "output_generator", mask=generator & system["dispatchable_generator"] & hosted & zone_years
    )
    new_storage = system["buildable_storage"] & storage
    formulation.add_variable("build_storage", mask=new_storage)
    formulation.add_variable("online_storage", mask=storage & zone_years)
    for name in ("charge_storage", "discharge_storage", "energy_storage"):
        formulation.add_variable(name, mask=storage & zone_years)

    formulation.add_variable(
        "build_corridor", mask=system["buildable_corridor"] & (system["potential_corridor"] > 0)
    )
    grows = can_grow_corridor(system)
    for name, given in (
        ("flow_forward", "existing_forward_corridor"),
        ("flow_reverse", "existing_reverse_corridor"),
    ):
        formulation.add_variable(
            name,
            upper=choose(grows, np.inf, system[given]),
            mask=grows | (system[given] > 0),
        )

    formulation.add_variable("build_campus", mask=system["buildable_campus"] & host)
    formulation.add_variable("online_campus", mask=host & zone_years)
    formulation.add_variable("build_accelerator", mask=system["available_accelerator"] & host)
    formulation.add_variable("online_accelerator", mask=host & zone_years)
    if float(system["flexible_it_mean"]) > 0:
        formulation.add_variable("flexible_it", mask=host & zone_years)
    formulation.add_variable("unserved")
    formulation.add_variable("reserve_shortfall")
    if float(system["own_capacity"]) > 0:
        grid = ~system["onsite_generator"]
        formulation.add_variable("programme_generator", mask=new_generator & grid)
        formulation.add_variable("programme_storage", mask=new_storage)
    _add_clean(formulation)
    _add_supply(formulation)


def can_be_clean(system: System) -> xr.DataArray:
    """Return the zones in which clean generators of the plan may stand (zone)."""
    return (can_exist_generator(system) & system["clean_generator"]).any("generator")


def _add_clean(formulation: Formulation) -> None:
    """Add the variables of clean matching where a share is asked."""
    system = formulation.system
    floors = {
        "matched_hourly": system["clean_hourly_floor"],
        "matched_annual": system["clean_annual_floor"],
    }
    asked = (floors["matched_hourly"] > 0) | (floors["matched_annual"] > 0)
    if bool(asked.any()):
        formulation.add_variable("used_clean", mask=can_be_clean(system) & asked)
    for name, floor in floors.items():
        if bool((floor > 0).any()):
            formulation.add_variable(name, mask=floor > 0)


def _barred_sources(system: System) -> xr.DataArray:
    """Return where a source is barred that would have something: its limit of zero has a price."""
    sources, years = system["source"].values, system["calendar_year"].values
    barred_by = system.options.barred_by
    barred = [[barred_key(source, year) in barred_by for year in years] for source in sources]
    return xr.DataArray(
        np.array(barred, dtype=bool).reshape(len(sources), len(years)),
        coords={"source": sources, "calendar_year": years},
        dims=("source", "calendar_year"),
    )


def _barred_factories(system: System) -> xr.DataArray:
    """Return which factories are barred, likewise."""
    names = system["factory"].values
    barred = np.array([str(name) in system.options.barred_by for name in names], dtype=bool)
    return xr.DataArray(barred, coords={"factory": names}, dims=("factory",))


def _add_supply(formulation: Formulation) -> None:
    """Add the variables of components, sources and factories."""
    system = formulation.system
    formulation.add_variable(
        "take_source", mask=(system["source_limit"] > 0) | _barred_sources(system)
    )
    formulation.add_variable(
        "stock_component", mask=system["storable_component"] & (system["discount_factor"] > 0)
    )
    formulation.add_variable("take_local", mask=system["local_limit"] > 0)
    room = (system["potential_factory"] > 0) | _barred_factories(system)
    can_build = system["buildable_factory"] & room
    formulation.add_variable("build_factory", mask=can_build)
    formulation.add_variable(
        "output_factory", mask=can_build.any("vintage") & (system["discount_factor"] > 0)
    )
    if float(system["funded_class"].sum()) > 0:
        spent = xr.ones_like(system["vintage"] + system["calendar_year"], dtype=bool)
        formulation.add_variable(
            "fund", mask=system["may_fund"] & (system["funded_class"] > 0) & spent
        )
