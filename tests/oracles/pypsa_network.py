"""The PyPSA network that says the same as some Systems, for comparing the optima.

PyPSA keeps storage cyclic within an investment period, not within a representative day. Every
pair of milestone year and representative day is therefore an investment period of its own, with
an equal share of the year's discounted years; capacity built in a year is there from the year's
first day on. With this, hydro budgets are reservoirs with an inflow, and all is native PyPSA but
two rules over capacities: what all vintages may add up to, and pairs of links that are one
decision.

Systems with one calendar may stand side by side in one network, unconnected, which saves most of
PyPSA's time on small ones; the cost of each is read from the solved model.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pypsa
import xarray as xr
from tests.oracles.pypsa_parts import Calendar, Parts

from gigaplan.system import System

Floats = npt.NDArray[np.float64]


@dataclass
class Translation:
    """Systems written as one network.

    ``sunk_musd`` is what the given capacity of each System costs whatever is decided, which PyPSA
    leaves out.
    """

    network: pypsa.Network
    systems: int
    parts: dict[str, Parts]
    sunk_musd: Floats
    tied: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Writer:
    """One System on its way into a network; every name begins with its ``prefix``."""

    system: System
    calendar: Calendar
    prefix: str
    parts: dict[str, Parts]
    tied: list[tuple[str, str]]
    sunk: list[float]

    def name(self, *words: object) -> str:
        """Return the name of a component of this System."""
        return " ".join([self.prefix, *map(str, words)])

    def values(self, name: str) -> Floats:
        """Return a parameter as plain numbers, in the order of ``symbols.csv``."""
        return np.asarray(self.system[name].values)

    def labels(self, dim: str) -> list[str]:
        """Return the labels of a dimension; empty where there are none."""
        indexes = self.system.data.indexes
        return [str(label) for label in indexes[dim]] if dim in indexes else []

    def charge(self, capital: float, yearly: Floats, alive: Floats) -> float:
        """Return the yearly charge that equals capital and yearly costs over a build's life."""
        weight = self.values("discounted_years") * alive
        return capital + float((yearly * weight).sum() / weight.sum())

    def sink(self, given: Floats, yearly: Floats) -> None:
        """Count the yearly cost of given capacity."""
        self.sunk.append(float((given * yearly * self.values("discounted_years")).sum()))


def network_of(systems: Sequence[System]) -> Translation:
    """Return the network of Systems of one calendar.

    They may have no reserve, queues, supply, caps, budget or early retirement.
    """
    network = pypsa.Network()
    calendar = Calendar(systems[0])
    calendar.set_on(network)
    parts = {
        component: Parts()
        for component in ("Bus", "Load", "Generator", "StorageUnit", "Store", "Link")
    }
    tied: list[tuple[str, str]] = []
    sunk = []
    for number, system in enumerate(systems):
        _refuse_what_pypsa_cannot_say(system, calendar)
        writer = Writer(system, calendar, f"{number}", parts, tied, [])
        _add_load(writer)
        _add_generators(writer)
        _add_storage(writer)
        _add_corridors(writer)
        if bool(system["buildable_campus"].any()) and writer.labels("accelerator"):
            _add_campuses(writer)
        sunk.append(sum(writer.sunk))
    for component, rows in parts.items():
        rows.into(network, component)
    return Translation(network, len(systems), parts, np.array(sunk), tied)


def create_model(translation: Translation) -> None:
    """Write PyPSA's model, with the rules that PyPSA has no word for."""
    network = translation.network
    network.optimize.create_model(multi_investment_periods=True, include_objective_constant=False)
    model = network.model
    for component, parts in translation.parts.items():
        if parts.limits:
            names = list(parts.member_of)
            group = xr.DataArray(
                list(parts.member_of.values()), dims="name", coords={"name": names}, name="group"
            )
            total = model.variables[f"{component}-p_nom"].sel(name=names).groupby(group).sum()
            most = xr.DataArray(
                list(parts.limits.values()), dims="group", coords={"group": list(parts.limits)}
            )
            model.add_constraints(total <= most, name=f"{component}-potential")
    if translation.tied:
        capacity = model.variables["Link-p_nom"]
        left, right = (list(names) for names in zip(*translation.tied, strict=True))
        same = capacity.sel(name=left) - capacity.sel(name=right).assign_coords(name=left)
        model.add_constraints(same == 0, name="Link-tied")


def solve_network(translation: Translation, solver: str = "simplex") -> Floats:
    """Write and solve the model; see :func:`solve_model`."""
    with quiet():
        create_model(translation)
    return solve_model(translation, solver, crossover=True)


def solve_model(translation: Translation, solver: str, *, crossover: bool) -> Floats:
    """Return PyPSA's least cost of each System [M$], given capacity included."""
    with quiet():
        status, condition = translation.network.optimize.solve_model(
            solver_name="highs",
            io_api="direct",
            log_to_console=False,
            solver=solver,
            run_crossover="on" if crossover else "off",
        )
    assert (status, condition) == ("ok", "optimal")
    return _cost_of_each(translation) + translation.sunk_musd


@contextmanager
def quiet() -> Iterator[None]:
    """Keep PyPSA and linopy from writing to the log, and from warning about their own future."""
    names = ("pypsa", "linopy")
    before = [logging.getLogger(name).level for name in names]
    for name in names:
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for name, level in zip(names, before, strict=True):
            logging.getLogger(name).setLevel(level)


def _cost_of_each(translation: Translation) -> Floats:
    """Return the part of the objective that belongs to each System."""
    model = translation.network.model
    expression = model.objective.expression
    labels = expression.vars.values.ravel()
    real = labels >= 0
    coefficient = np.zeros(labels.max() + 1)
    np.add.at(coefficient, labels[real], expression.coeffs.values.ravel()[real])
    cost = np.zeros(translation.systems)
    for variable in model.variables.data.values():
        owner = xr.DataArray(
            [int(str(name).split(" ", 1)[0]) for name in variable.labels["name"].values],
            coords={"name": variable.labels["name"]},
        )
        owners, label, value = (
            array.transpose(*variable.labels.dims).values.ravel()
            for array in xr.broadcast(owner, variable.labels, variable.solution)
        )
        used = (label >= 0) & (label < coefficient.size)
        np.add.at(cost, owners[used], coefficient[label[used]] * value[used])
    assert np.isclose(cost.sum(), translation.network.objective, rtol=1e-12)
    return cost


def _refuse_what_pypsa_cannot_say(system: System, calendar: Calendar) -> None:
    assert calendar == Calendar(system)
    assert not bool(system["retirable_generator"].any())
    assert not np.isfinite(system["emission_cap"]).any()
    assert float(system["unserved_limit"]) >= 1
    assert float(system["own_capacity"]) == 0
    assert not np.isfinite(system["budget"]).any()
    assert not np.isfinite(float(system["budget_total"]))
    assert not {"queue", "component", "region"} & set(system.data.indexes)


def _add_load(writer: Writer) -> None:
    load = writer.values("load")
    for zone, label in enumerate(writer.labels("zone")):
        bus = writer.name(label)
        writer.parts["Bus"].add(bus)
        writer.parts["Load"].add(
            writer.name("load", label),
            bus=bus,
            series={"p_set": writer.calendar.series(load[zone])},
        )
        writer.parts["Generator"].add(
            writer.name("unserved", label),
            bus=bus,
            p_nom=float(load.max()) * 100.0,
            marginal_cost=float(writer.system["unserved_cost"]),
        )


def _add_generators(writer: Writer) -> None:
    system, calendar = writer.system, writer.calendar
    running = writer.values("variable_cost_generator") + (
        writer.values("emission_price") * writer.values("co2_rate_generator")[:, :, None]
    )
    available = writer.values("availability_generator")
    yearly = (available * writer.values("block_weight")).sum(axis=2, keepdims=True)
    # Output that is not chosen pays its running cost whether it is used or not.
    chosen = writer.values("dispatchable_generator")[:, None, None]
    fixed = writer.values("fixed_cost_generator") + np.where(chosen, 0.0, running * yearly)
    running = np.where(chosen, running, 0.0)
    existing = writer.values("existing_generator")
    water = writer.values("energy_budget_generator")[:, :, calendar.day_of_block]
    for g, generator in enumerate(writer.labels("generator")):
        if bool(system["onsite_generator"][g]):
            continue
        for z, zone in enumerate(writer.labels("zone")):
            cost = calendar.series(running[g, z][:, None])
            given = existing[g, z]
            largest = float(given.max())
            writer.sink(given, fixed[g, z])
            if largest > 0:
                share = np.multiply.outer(given / largest, available[g, z])
                series = {"p_max_pu": calendar.series(share), "marginal_cost": cost}
                where = {"bus": writer.name(zone), "p_nom": largest}
                name = writer.name(generator, zone)
                if np.isfinite(water[g, z]).all():
                    inflow = calendar.series(np.multiply.outer(given, water[g, z]))
                    writer.parts["StorageUnit"].add(
                        name,
                        **where,
                        p_min_pu=0.0,
                        max_hours=200.0,
                        cyclic_state_of_charge_per_period=True,
                        series={**series, "inflow": inflow},
                    )
                else:
                    writer.parts["Generator"].add(name, **where, series=series)
            potential = float(system["potential_generator"][g, z])
            for v in np.flatnonzero(system["buildable_generator"].values[g, z]):
                alive = writer.values("alive_generator")[g, v]
                capital = float(writer.values("capital_charge_generator")[g, z, v])
                writer.parts["Generator"].add(
                    writer.name(generator, zone, v),
                    bus=writer.name(zone),
                    p_nom_extendable=True,
                    capital_cost=writer.charge(capital, fixed[g, z], alive),
                    **calendar.dates(v, alive),
                    series={"p_max_pu": calendar.series(available[g, z]), "marginal_cost": cost},
                    group=(writer.name(generator, zone), potential),
                )


def _add_storage(writer: Writer) -> None:
    system, calendar = writer.system, writer.calendar
    for s, storage in enumerate(writer.labels("storage")):
        for z, zone in enumerate(writer.labels("zone")):
            facts = {
                "bus": writer.name(zone),
                "max_hours": float(system["duration_storage"][s, z]),
                "efficiency_store": float(system["charge_efficiency_storage"][s]),
                "efficiency_dispatch": float(system["discharge_efficiency_storage"][s]),
                "cyclic_state_of_charge_per_period": True,
            }
            fixed = writer.values("fixed_cost_storage")[s, z]
            given = writer.values("existing_storage")[s, z]
            writer.sink(given, fixed)
            for number, (power, dates) in enumerate(calendar.pieces(given)):
                name = writer.name(storage, zone, "given", number)
                writer.parts["StorageUnit"].add(name, p_nom=power, **dates, **facts)
            potential = float(system["potential_storage"][s, z])
            for v in np.flatnonzero(system["buildable_storage"].values[s, z]):
                alive = writer.values("alive_storage")[s, v]
                capital = float(system["capital_charge_storage"][s, z, v])
                writer.parts["StorageUnit"].add(
                    writer.name(storage, zone, v),
                    p_nom_extendable=True,
                    capital_cost=writer.charge(capital, fixed, alive),
                    **calendar.dates(v, alive),
                    **facts,
                    group=(writer.name(storage, zone), potential),
                )


def _add_corridors(writer: Writer) -> None:
    system, calendar = writer.system, writer.calendar
    zones = writer.labels("zone")
    for c, corridor in enumerate(writer.labels("corridor")):
        first = writer.name(zones[int(system["start_of_corridor"][c].argmax())])
        second = writer.name(zones[int(system["end_of_corridor"][c].argmax())])
        kept = 1.0 - float(system["loss_corridor"][c])
        potential = float(system["potential_corridor"][c])
        for way, start, end in (("forward", first, second), ("reverse", second, first)):
            given = writer.values(f"existing_{way}_corridor")[c]
            largest = float(given.max())
            ends = {"bus0": start, "bus1": end, "efficiency": kept}
            if largest > 0:
                share = calendar.series((given / largest)[:, None])
                name = writer.name(corridor, way)
                writer.parts["Link"].add(name, **ends, p_nom=largest, series={"p_max_pu": share})
            for v in np.flatnonzero(system["buildable_corridor"].values[c]):
                writer.parts["Link"].add(
                    writer.name(corridor, way, v),
                    **ends,
                    p_nom_extendable=True,
                    capital_cost=float(system["capital_charge_corridor"][c, v]) / 2.0,
                    **calendar.dates(v, writer.values("alive_corridor")[c, v]),
                    group=(writer.name(corridor, way), potential),
                )
                if way == "forward":
                    names = (
                        writer.name(corridor, "forward", v),
                        writer.name(corridor, "reverse", v),
                    )
                    writer.tied.append(names)


def _add_campuses(writer: Writer) -> None:
    """Add campuses as links from their zone to a bus of compute, that always run as asked.

    A campus turns facility power into IT power; an accelerator behind it turns IT power into
    compute and asks for the training work of the day, which other links bring when it suits.
    """
    system, calendar, parts = writer.system, writer.calendar, writer.parts
    mean = float(system["flexible_it_mean"])
    compute, training = writer.name("compute"), writer.name("training")
    need = calendar.series(writer.values("compute_need")[:, None])
    spare = {"sign": -1.0, "p_nom": 1e4}
    parts["Bus"].add(compute)
    parts["Bus"].add(training)
    parts["Load"].add(writer.name("need of compute"), bus=compute, series={"p_set": need})
    parts["Generator"].add(writer.name("spare compute"), bus=compute, **spare)
    parts["Generator"].add(writer.name("spare training"), bus=training, **spare)
    done = writer.name("training done")
    parts["Store"].add(done, bus=training, e_nom=1e5, e_cyclic_per_period=True)
    for z, zone in enumerate(writer.labels("zone")):
        here = writer.name("campus", zone)
        parts["Bus"].add(here)
        pue = float(system["pue"][z])
        share = calendar.series(writer.values("fixed_it_share")[z])
        must_run = {"p_min_pu": share, "p_max_pu": share}
        potential = float(system["potential_campus"][z]) * pue
        for v in np.flatnonzero(system["buildable_campus"].values[z]):
            alive = writer.values("alive_campus")[v]
            capital = float(system["capital_charge_campus"][z, v])
            fixed = writer.values("fixed_cost_campus")[z]
            parts["Link"].add(
                writer.name("campus", zone, v),
                bus0=writer.name(zone),
                bus1=here,
                efficiency=1.0 / pue,
                p_nom_extendable=True,
                capital_cost=writer.charge(capital, fixed, alive) / pue,
                **calendar.dates(v, alive),
                series=must_run,
                group=(here, potential),
            )
        for a, accelerator in enumerate(writer.labels("accelerator")):
            for v in np.flatnonzero(system["available_accelerator"].values[a]):
                dates = calendar.dates(v, writer.values("alive_accelerator")[a, v])
                name = writer.name(accelerator, zone, v)
                parts["Link"].add(
                    name,
                    bus0=here,
                    bus1=compute,
                    bus2=training,
                    p_nom_extendable=True,
                    capital_cost=float(system["capital_charge_accelerator"][a, v]),
                    **dates,
                    series={**must_run, "efficiency": 1.0 / share, "efficiency2": -mean / share},
                )
                mover = writer.name("training on", accelerator, zone, v)
                parts["Link"].add(
                    mover,
                    bus0=writer.name(zone),
                    bus1=training,
                    efficiency=1.0 / pue,
                    p_nom_extendable=True,
                    **dates,
                    series={"p_max_pu": (1.0 - share) * pue},
                )
                writer.tied.append((mover, name))
