"""Small Systems drawn at random, and Systems with single numbers changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import xarray as xr
from tests.expansion import drawn_capital, drawn_supply
from tests.expansion.drawn_capital import capital_values
from tests.expansion.drawn_supply import supply_values

from gigaplan.system import Options, System, make_system
from gigaplan.terms.symbols import Kind, of_kind

Values = dict[str, xr.DataArray | float]

ONSITE = "onsite_engine"
DISPATCHABLE = ("coal", "gas_old", "hydro", "gas_new", "peaker_new", ONSITE)
FIXED_OUTPUT = ("nuclear_old", "wind_old", "wind_new", "solar_new", "nuclear_new")
BUILDABLE = ("gas_new", "peaker_new", "wind_new", "solar_new", "nuclear_new", ONSITE)
BUILD_COST_MUSD_PER_GW = {
    "gas_new": 1500.0,
    "peaker_new": 900.0,
    "wind_new": 1400.0,
    "solar_new": 1000.0,
    "nuclear_new": 6500.0,
    ONSITE: 1700.0,
}
RUNNING_COST_MUSD_PER_GWH = {
    "coal": 0.030,
    "gas_old": 0.045,
    "hydro": 0.004,
    "gas_new": 0.036,
    "peaker_new": 0.060,
    "nuclear_old": 0.008,
    "nuclear_new": 0.008,
    ONSITE: 0.070,
}
CO2_KT_PER_GWH = {"coal": 0.95, "gas_old": 0.45, "gas_new": 0.35, "peaker_new": 0.5, ONSITE: 0.5}
CLEAN = ("wind_old", "wind_new", "solar_new", "nuclear_new")
WATER_MM3_PER_GWH = {"gas_new": 7e-4, "nuclear_new": 0.0025}
STORAGES = ("battery", "pumped_old")


@dataclass(frozen=True)
class Size:
    """How large a drawn System is, and what is in it.

    With ``limits`` it has a reserve, queues, components, caps, a budget, fleets that may retire
    and generators behind the meter.
    """

    zones: int = 3
    years: int = 3
    days: int = 2
    blocks: int = 4
    campuses: bool = False
    corridors: bool = True
    limits: bool = False


@dataclass(frozen=True)
class Labels:
    """Labels of every dimension, and arrays over them."""

    coords: dict[str, list[object]]

    def array(self, values: npt.ArrayLike, *dims: str) -> xr.DataArray:
        """Return ``values``, broadcast over ``dims``."""
        shape = [len(self.coords[dim]) for dim in dims]
        full = np.broadcast_to(np.asarray(values, dtype=float), shape).copy()
        return xr.DataArray(full, dims=dims, coords={dim: self.coords[dim] for dim in dims})

    def by_name(self, dim: str, values: dict[str, float], missing: float = 0.0) -> xr.DataArray:
        """Return one number for each label of ``dim``."""
        return self.array([values.get(str(name), missing) for name in self.coords[dim]], dim)


def draw_system(seed: int, size: Size | None = None, *, calendar: int | None = None) -> System:
    """Return a System drawn from ``seed``; the same one every time.

    Parameters
    ----------
    seed
        Seed of the numpy Generator.
    size
        How large it is, and what is in it.
    calendar
        Seed of its years, days and their weights, for Systems that share them; by default ``seed``.

    Returns
    -------
    System
        Feasible: load may go unserved at a price, and campuses have room.
    """
    size = size or Size()
    rng = np.random.default_rng(seed)
    time = np.random.default_rng([seed if calendar is None else calendar, 1])
    years = [2026]
    for step in time.integers(2, 5, size.years - 1):
        years.append(years[-1] + int(step))
    zones = [f"Z{number}" for number in range(size.zones)]
    pairs = _corridors(rng, size)
    labels = Labels(
        {
            "zone": list(zones),
            "year": list(years),
            "vintage": list(years),
            "calendar_year": list(range(2026, years[-1] + 1)),
            "block": list(range(size.days * size.blocks)),
            "day": list(range(size.days)),
            "generator": [*DISPATCHABLE[: None if size.limits else -1], *FIXED_OUTPUT],
            "storage": list(STORAGES),
            "corridor": [f"{zones[start]}-{zones[end]}" for start, end in pairs],
            "accelerator": ["first", "second"] if size.campuses else [],
            "region": ["north", "south"] if size.limits else [],
            "queue": ["gas", "sun and wind"] if size.limits else [],
            **(drawn_supply.LABELS if size.limits else drawn_supply.NOTHING),
            **(drawn_capital.LABELS if size.limits else drawn_capital.NOTHING),
        }
    )
    values = {
        **_time(time, labels, size),
        **_generators(rng, labels, size),
        **_storage(rng, labels),
        **_network(rng, labels, pairs),
    }
    if size.campuses:
        values |= _campuses(rng, labels, size)
    if size.limits:
        values |= _limits(rng, labels)
        values |= supply_values(rng, labels, BUILDABLE)
        values |= capital_values(rng, labels)
    return make_system(labels.coords, values, Options())


def changed(
    system: System,
    values: dict[str, xr.DataArray | float],
    *,
    options: Options | None = None,
    coords: dict[str, list[object]] | None = None,
) -> System:
    """Return the System with some parameters changed, checked again."""
    labels: dict[str, Sequence[object]] = {
        str(dim): list(index) for dim, index in system.data.indexes.items()
    }
    for symbol in of_kind(Kind.DIMENSION):
        labels.setdefault(symbol.name, [])
    labels |= coords or {}
    kept = {str(name): array for name, array in system.data.data_vars.items()}
    return make_system(labels, {**kept, **values}, options or system.options)


def with_options(system: System, **choices: object) -> System:
    """Return the System with other options."""
    return System(system.data, replace(system.options, **choices))  # type: ignore[arg-type]  # dataclasses.replace takes free keywords


def alive_for(years: Sequence[int], life: int) -> npt.NDArray[np.float64]:
    """Return where a build of each vintage is in service (vintage, year), 0 or 1."""
    age = np.asarray(years)[None, :] - np.asarray(years)[:, None]
    return ((age >= 0) & (age < life)).astype(float)


def _corridors(rng: np.random.Generator, size: Size) -> list[tuple[int, int]]:
    if not size.corridors:
        return []
    chain = [(zone, zone + 1) for zone in range(size.zones - 1)]
    others = [(a, b) for a in range(size.zones) for b in range(a + 2, size.zones)]
    return chain + [pair for pair in others if rng.random() < min(1.0, 4.0 / size.zones)]


def _time(rng: np.random.Generator, labels: Labels, size: Size) -> Values:
    years = np.array(labels.coords["year"], dtype=float)
    represented = np.append(np.diff(years), float(rng.integers(1, 6)))
    day_weight = rng.dirichlet(np.full(size.days, 5.0)) * 365.0
    # Blocks of unlike length: every other block takes an hour from the next.
    hours = np.full(size.blocks, 24.0 / size.blocks)
    if size.blocks % 2 == 0:
        hours[0::2] -= 1.0
        hours[1::2] += 1.0
    return {
        "years_in_period": labels.array(represented, "year"),
        "discounted_years": labels.array(represented * 1.05 ** (years[0] - years), "year"),
        "block_hours": labels.array(np.tile(hours, size.days), "block"),
        "block_weight": labels.array(np.outer(day_weight, hours).ravel(), "block"),
        "day_of_block": labels.array(np.repeat(np.arange(size.days), size.blocks), "block"),
    }


def _generators(rng: np.random.Generator, labels: Labels, size: Size) -> Values:
    years = [int(str(year)) for year in labels.coords["year"]]
    names = np.array(labels.coords["generator"])
    shape = (names.size, size.zones, size.years)
    buildable = np.isin(names, BUILDABLE)
    # Given fleets shrink or grow by schedule.
    schedule = np.cumprod(rng.uniform(0.6, 1.1, shape), axis=2)
    existing = rng.uniform(0.0, 5.0, shape[:2])[:, :, None] * schedule * ~buildable[:, None, None]
    existing *= rng.random(shape[:2])[:, :, None] < 0.8
    first_vintage = rng.integers(0, 2, names.size)
    lives = rng.choice([3, 5, 8, 30], names.size)
    alive = np.array([alive_for(years, int(life)) for life in lives])
    block = np.arange(size.days * size.blocks)
    hour = (block % size.blocks) * 24.0 / size.blocks
    sun = np.clip(np.sin((hour - 5.0) / 14.0 * np.pi), 0.0, 1.0)
    available = np.full((*shape[:2], block.size), 0.93)
    for row, name in enumerate(names):
        if name.startswith("wind"):
            mean = rng.uniform(0.2, 0.5, (size.zones, 1))
            drawn = mean + rng.normal(0.0, 0.2, (size.zones, block.size))
            available[row] = np.clip(drawn, 0.0, 1.0)
        elif name.startswith("solar"):
            available[row] = sun * rng.uniform(0.5, 0.9, (size.zones, block.size))
        else:
            available[row] = rng.uniform(0.85, 1.0, (size.zones, 1))
    running = labels.by_name("generator", RUNNING_COST_MUSD_PER_GWH)
    spread = labels.array(rng.uniform(0.8, 1.3, shape), "generator", "zone", "year")
    overnight = labels.by_name("generator", BUILD_COST_MUSD_PER_GW)
    multiplier = labels.array(rng.uniform(0.85, 1.2, shape), "generator", "zone", "vintage")
    budget = np.full((*shape[:2], size.days), np.inf)
    budget[list(names).index("hydro")] = rng.uniform(0.2, 0.6, (size.zones, size.days))
    vintages = np.arange(size.years)
    load = rng.uniform(4.0, 16.0, (size.zones, 1, 1)) * rng.uniform(
        0.75, 1.25, (size.zones, 1, block.size)
    )
    growth = np.cumprod(rng.uniform(1.0, 1.15, (size.zones, size.years)), axis=1)
    return {
        "load": labels.array(load * growth[:, :, None], "zone", "year", "block"),
        "base_load": labels.array(load * growth[:, :, None], "zone", "year", "block"),
        "existing_generator": labels.array(existing, "generator", "zone", "year"),
        "buildable_generator": labels.array(
            (buildable[:, None] & (vintages[None, :] >= first_vintage[:, None]))[:, None, :],
            "generator",
            "zone",
            "vintage",
        ),
        "potential_generator": labels.array(
            np.where(rng.random(shape[:2]) < 0.7, rng.uniform(2.0, 20.0, shape[:2]), np.inf),
            "generator",
            "zone",
        ),
        "alive_generator": labels.array(alive, "generator", "vintage", "year"),
        "dispatchable_generator": labels.array(np.isin(names, DISPATCHABLE), "generator"),
        "availability_generator": labels.array(available, "generator", "zone", "block"),
        "energy_budget_generator": labels.array(budget, "generator", "zone", "day"),
        "variable_cost_generator": running * spread,
        "fixed_cost_generator": labels.array(
            rng.uniform(5.0, 60.0, shape), "generator", "zone", "year"
        ),
        "capital_charge_generator": overnight * multiplier * 0.08,
        "capex_generator": overnight * multiplier,
        "co2_rate_generator": labels.by_name("generator", CO2_KT_PER_GWH)
        * labels.array(rng.uniform(0.9, 1.1, shape[:2]), "generator", "zone"),
        "emission_price": labels.array(rng.choice([0.0, 0.03]), "year"),
        "unserved_cost": 3.0,
    }


def _storage(rng: np.random.Generator, labels: Labels) -> Values:
    years = [int(str(year)) for year in labels.coords["year"]]
    zones = len(labels.coords["zone"])
    shape = (len(STORAGES), zones, len(years))
    existing = rng.uniform(0.0, 1.5, (1, zones, 1)) * np.array([0.0, 1.0])[:, None, None]
    flag = np.array([True, False])[:, None, None] & (np.arange(len(years)) > 0)[None, None, :]
    alive = np.array([alive_for(years, int(life)) for life in rng.choice([4, 15], len(STORAGES))])
    return {
        "existing_storage": labels.array(existing, "storage", "zone", "year"),
        "buildable_storage": labels.array(flag, "storage", "zone", "vintage"),
        "potential_storage": labels.array(rng.uniform(1.0, 6.0, shape[:2]), "storage", "zone"),
        "alive_storage": labels.array(alive, "storage", "vintage", "year"),
        "duration_storage": labels.array(rng.uniform(2.0, 8.0, shape[:2]), "storage", "zone"),
        "charge_efficiency_storage": labels.array(rng.uniform(0.85, 0.97, 2), "storage"),
        "discharge_efficiency_storage": labels.array(rng.uniform(0.85, 0.97, 2), "storage"),
        "fixed_cost_storage": labels.array(
            rng.uniform(2.0, 20.0, shape), "storage", "zone", "year"
        ),
        "capital_charge_storage": labels.array(
            rng.uniform(5.0, 50.0, shape), "storage", "zone", "vintage"
        ),
        "capex_storage": labels.array(
            rng.uniform(500.0, 1500.0, shape), "storage", "zone", "vintage"
        ),
    }


def _network(rng: np.random.Generator, labels: Labels, pairs: Sequence[tuple[int, int]]) -> Values:
    years = [int(str(year)) for year in labels.coords["year"]]
    count, zones = len(pairs), len(labels.coords["zone"])
    starts, ends = np.zeros((count, zones)), np.zeros((count, zones))
    for row, (start, end) in enumerate(pairs):
        starts[row, start], ends[row, end] = 1.0, 1.0
    alive = np.array([alive_for(years, int(life)) for life in rng.choice([4, 40], count)])
    grows = (rng.random(count) < 0.6)[:, None] & (np.arange(len(years)) > 0)[None, :]
    shape = (count, len(years))
    return {
        "existing_forward_corridor": labels.array(rng.uniform(0.0, 3.0, shape), "corridor", "year"),
        "existing_reverse_corridor": labels.array(rng.uniform(0.0, 3.0, shape), "corridor", "year"),
        "buildable_corridor": labels.array(grows, "corridor", "vintage"),
        "potential_corridor": labels.array(rng.uniform(0.5, 4.0, count), "corridor"),
        "alive_corridor": labels.array(
            alive.reshape(count, len(years), len(years)), "corridor", "vintage", "year"
        ),
        "loss_corridor": labels.array(rng.uniform(0.0, 0.08, count), "corridor"),
        "start_of_corridor": labels.array(starts, "corridor", "zone"),
        "end_of_corridor": labels.array(ends, "corridor", "zone"),
        "capital_charge_corridor": labels.array(
            rng.uniform(20.0, 80.0, shape), "corridor", "vintage"
        ),
        "capex_corridor": labels.array(rng.uniform(300.0, 900.0, shape), "corridor", "vintage"),
    }


def _campuses(rng: np.random.Generator, labels: Labels, size: Size) -> Values:
    years = [int(str(year)) for year in labels.coords["year"]]
    vintages = np.arange(size.years)
    need = np.cumsum(rng.uniform(0.3, 1.5, size.years)) * (vintages > 0)
    lives = rng.choice([4, 6, 20], 2)
    alive = np.array([alive_for(years, int(life)) for life in lives])
    blocks = size.days * size.blocks
    zones = size.zones
    return {
        "buildable_campus": labels.array((vintages > 0)[None, :], "zone", "vintage"),
        "potential_campus": labels.array(need[-1] * rng.uniform(1.0, 2.0, zones), "zone"),
        "alive_campus": labels.array(alive_for(years, 20), "vintage", "year"),
        "fixed_cost_campus": labels.array(
            rng.uniform(200.0, 400.0, (zones, size.years)), "zone", "year"
        ),
        "capital_charge_campus": labels.array(
            1300.0 * rng.uniform(0.9, 1.1, (zones, size.years)), "zone", "vintage"
        ),
        "capex_campus": labels.array(
            14000.0 * rng.uniform(0.9, 1.1, (zones, size.years)), "zone", "vintage"
        ),
        "pue": labels.array(rng.uniform(1.08, 1.3, zones), "zone"),
        "available_accelerator": labels.array(
            [vintages >= 0, vintages > 0], "accelerator", "vintage"
        ),
        "alive_accelerator": labels.array(alive, "accelerator", "vintage", "year"),
        "h100e_accelerator": labels.array([0.8, 2.0], "accelerator"),
        "capital_charge_accelerator": labels.array(
            rng.uniform(4000.0, 6000.0, (2, size.years)), "accelerator", "vintage"
        ),
        "capex_accelerator": labels.array([[20000.0], [25000.0]], "accelerator", "vintage"),
        "compute_need": labels.array(need, "year"),
        "fixed_it_share": labels.array(rng.uniform(0.55, 0.8, (zones, blocks)), "zone", "block"),
        "flexible_it_mean": 0.12,
    }


def _limits(rng: np.random.Generator, labels: Labels) -> Values:
    """Return every limit, each with room enough for a feasible plan."""
    zones = len(labels.coords["zone"])
    years = np.array(labels.coords["year"], dtype=float)
    calendar = np.array(labels.coords["calendar_year"], dtype=float)
    count = years.size
    names = [str(name) for name in labels.coords["generator"]]
    # A build of a vintage takes its parts and is paid in the year of its service.
    at_service = (years[:, None] == calendar[None, :]).astype(float)
    south = (np.arange(zones) % 2).astype(bool)
    credits = {name: 0.9 for name in names} | {"wind_new": 0.2, "wind_old": 0.2}
    return {
        "retirable_generator": labels.by_name("generator", {"coal": 1.0, "nuclear_old": 1.0}),
        "onsite_generator": labels.by_name("generator", {ONSITE: 1.0}),
        "queue_of_generator": labels.array(
            [
                [name in ("gas_new", "peaker_new"), name in ("wind_new", "solar_new")]
                for name in names
            ],
            "generator",
            "queue",
        ),
        "queue_limit": labels.array(
            rng.uniform(2.0, 5.0, (zones, 2, 1)) * np.arange(1, count + 1), "zone", "queue", "year"
        ),
        "region_of_zone": labels.array(np.stack([~south, south], axis=1), "zone", "region"),
        "peak_load": labels.array(rng.uniform(15.0, 30.0, (2, 1)), "region", "year"),
        "reserve_margin": labels.array(0.12, "region"),
        "capacity_credit_generator": labels.by_name("generator", credits)
        * labels.array(1.0, "generator", "zone"),
        "capacity_credit_storage": labels.array(0.8, "storage", "zone"),
        "firm_it_share": labels.array(0.7, "zone"),
        "unserved_limit": 0.9,
        "emission_cap": labels.array(rng.uniform(2e4, 6e4), "year"),
        "spend_share_campus": labels.array(at_service, "vintage", "calendar_year"),
        "spend_share_accelerator": labels.array(at_service, "vintage", "calendar_year"),
        "spend_share_generator": labels.array(
            at_service[None], "generator", "vintage", "calendar_year"
        ),
        "spend_share_storage": labels.array(
            at_service[None], "storage", "vintage", "calendar_year"
        ),
        **_surroundings(labels, years),
        "budget": labels.array(60_000.0, "calendar_year"),
        "budget_total": 90_000.0,
        "own_capacity": 0.3,
        "connection_limit": labels.array(
            rng.uniform(0.2, 0.8, (zones, 1)) * np.arange(1, count + 1), "zone", "year"
        ),
    }


def _surroundings(labels: Labels, years: npt.NDArray[np.float64]) -> Values:
    """Return limits on water, air and clean energy that are there but seldom bind."""
    everywhere = labels.array(1.0, "generator", "zone")
    return {
        "new_generator": labels.by_name("generator", dict.fromkeys(BUILDABLE, 1.0)),
        "clean_generator": labels.by_name("generator", dict.fromkeys(CLEAN, 1.0)),
        "nox_rate_generator": labels.by_name("generator", {ONSITE: 4e-4}) * everywhere,
        "consumption_rate_generator": labels.by_name("generator", WATER_MM3_PER_GWH) * everywhere,
        "consumption_rate_campus": labels.array(5e-4, "zone"),
        "water_cap": labels.array(1e3, "zone"),
        "onsite_nox_cap": labels.array(10.0, "zone"),
        "clean_annual_floor": labels.array(0.01 * (years > years[0]), "year"),
        "clean_hourly_floor": labels.array(0.005 * (years > years[0]), "year"),
    }
