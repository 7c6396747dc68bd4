"""The PyPSA network that says the same as a System, for comparing the two optima.

PyPSA keeps storage cyclic within an investment period, not within a representative day. Every
pair of milestone year and representative day is therefore an investment period of its own, with
an equal share of the year's discounted years; capacity built in a year is there from the year's
first day on. With this, hydro budgets are reservoirs with an inflow, and all is native PyPSA but
two ties of capacities that PyPSA has no word for (see :func:`solve_network`).
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pypsa
import xarray as xr

from gigaplan.system import System

DAYS_PER_YEAR_LABEL = 100
FOREVER = 1e9
Floats = npt.NDArray[np.float64]


@dataclass
class Translation:
    """A System written as a network.

    ``sunk_musd`` is what given capacity costs whatever is decided, which PyPSA leaves out; ``tied``
    are pairs of links whose capacity is one decision.
    """

    system: System
    network: pypsa.Network
    sunk_musd: float = 0.0
    tied: list[tuple[str, str]] = field(default_factory=list)

    def over_time(self, values: xr.DataArray) -> Floats:
        """Return values over years and blocks (or fewer) as one number for each snapshot."""
        system = self.system
        full = values + xr.zeros_like(system["discounted_years"]) + 0.0 * system["block_hours"]
        array = full.transpose("year", "block").values
        days = system["day_of_block"].values.astype(int)
        return np.concatenate(
            [array[year, days == day] for year in range(array.shape[0]) for day in np.unique(days)]
        )

    def charge(self, capital: float, yearly: xr.DataArray, alive: xr.DataArray) -> float:
        """Return the yearly charge that equals capital and yearly costs over a build's life."""
        weight = self.system["discounted_years"] * alive
        return capital + float((yearly * weight).sum() / weight.sum())

    def dates(self, vintage: int, alive: xr.DataArray) -> dict[str, float]:
        """Return PyPSA's ``build_year`` and ``lifetime`` of a build."""
        years = self.system["year"].values
        in_service = alive.values > 0
        first, last = np.flatnonzero(in_service)[[0, -1]]
        assert years[first] == vintage
        assert in_service[first : last + 1].all()
        start = int(vintage) * DAYS_PER_YEAR_LABEL
        ends = last + 1 < years.size
        life = years[last + 1] * DAYS_PER_YEAR_LABEL - start if ends else FOREVER
        return {"build_year": start, "lifetime": float(life)}


class Parts:
    """Rows and series of one PyPSA component, added at once."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, object]] = {}
        self.series: dict[str, dict[str, Floats]] = {}

    def add(self, name: str, *, series: dict[str, Floats] | None = None, **static: object) -> None:
        """Add one component."""
        self.rows[name] = static
        for attribute, values in (series or {}).items():
            self.series.setdefault(attribute, {})[name] = values

    def into(self, network: pypsa.Network, component: str) -> None:
        """Add all to the network; where a series is missing, the static value or default holds."""
        if not self.rows:
            return
        static = pd.DataFrame.from_dict(self.rows, orient="index")
        defaults = network.components[component].defaults["default"]
        for column in static:
            static[column] = static[column].where(static[column].notna(), defaults.get(column, ""))
        network.add(
            component, static.index, **{str(column): static[column] for column in static}
        )
        for attribute, columns in self.series.items():
            frame = pd.DataFrame(columns, index=network.snapshots)
            network.components[component].dynamic[attribute] = frame.astype(float)


def network_of(system: System) -> Translation:
    """Return the network of a System without reserve, queues, supply, caps, budget, retirement."""
    _refuse_what_pypsa_cannot_say(system)
    network = pypsa.Network()
    days = np.unique(system["day_of_block"].values.astype(int))
    years = system["year"].values.astype(int)
    blocks = [int((system["day_of_block"].values == day).sum()) for day in days]
    periods = [year * DAYS_PER_YEAR_LABEL + day for year in years for day in days]
    tuples = [
        (year * DAYS_PER_YEAR_LABEL + day, step)
        for year in years
        for day in days
        for step in range(blocks[day])
    ]
    network.set_snapshots(pd.MultiIndex.from_tuples(tuples, names=["period", "timestep"]))
    network.investment_periods = periods
    translation = Translation(system, network)
    share = np.repeat(system["discounted_years"].values / days.size, days.size)
    network.investment_period_weightings["objective"] = share
    weight = translation.over_time(system["block_weight"]) * days.size
    network.snapshot_weightings["objective"] = weight
    network.snapshot_weightings["generators"] = weight
    network.snapshot_weightings["stores"] = translation.over_time(system["block_hours"])

    zones = [str(zone) for zone in system["zone"].values]
    network.add("Bus", zones)
    loads, generators, reservoirs, links = Parts(), Parts(), Parts(), Parts()
    largest = float(system["load"].max()) * 100.0
    for zone in zones:
        load = system["load"].sel(zone=zone)
        loads.add(f"load {zone}", bus=zone, series={"p_set": translation.over_time(load)})
        generators.add(
            f"unserved {zone}",
            bus=zone,
            carrier="unserved",
            p_nom=largest,
            marginal_cost=float(system["unserved_cost"]),
        )
    _add_generators(translation, generators, reservoirs)
    _add_storage(translation, reservoirs)
    _add_corridors(translation, links)
    if "accelerator" in system.data.indexes and bool(system["buildable_campus"].any()):
        _add_campuses(translation, loads, generators, links)
    loads.into(network, "Load")
    generators.into(network, "Generator")
    reservoirs.into(network, "StorageUnit")
    links.into(network, "Link")
    carriers = {
        str(row.get("carrier", ""))
        for parts in (generators, reservoirs, links)
        for row in parts.rows.values()
    }
    network.add("Carrier", sorted(carriers - {""}))
    return translation


def solve_network(translation: Translation) -> float:
    """Return PyPSA's least cost [M$], given capacity included."""
    network = translation.network
    with quiet():
        network.optimize.create_model(
            multi_investment_periods=True, include_objective_constant=False
        )
        if translation.tied:
            capacity = network.model.variables["Link-p_nom"]
            left, right = (list(names) for names in zip(*translation.tied, strict=True))
            tie = (
                capacity.sel(name=left).assign_coords(name=left)
                - capacity.sel(name=right).assign_coords(name=left)
            )
            network.model.add_constraints(tie == 0, name="Link-tied")
        status, condition = network.optimize.solve_model(
            solver_name="highs",
            io_api="direct",
            assign_all_duals=False,
            output_flag=False,
            solver="simplex",
        )
    assert (status, condition) == ("ok", "optimal")
    return float(network.objective) + translation.sunk_musd


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


def _refuse_what_pypsa_cannot_say(system: System) -> None:
    assert not bool(system["retirable_generator"].any())
    assert not np.isfinite(system["emission_cap"]).any()
    assert float(system["unserved_limit"]) >= 1
    assert float(system["own_capacity"]) == 0
    assert not np.isfinite(system["budget"]).any()
    assert not np.isfinite(float(system["budget_total"]))
    assert "queue" not in system.data.indexes
    assert "component" not in system.data.indexes
    assert "region" not in system.data.indexes


def _add_generators(
    translation: Translation, generators: Parts, reservoirs: Parts
) -> None:
    system = translation.system
    years = system["discounted_years"]
    for generator in system["generator"].values:
        if bool(system["onsite_generator"].sel(generator=generator)):
            continue
        for zone in system["zone"].values:
            at = {"generator": generator, "zone": zone}
            available = system["availability_generator"].sel(at)
            running = system["variable_cost_generator"].sel(at) + (
                system["emission_price"] * system["co2_rate_generator"].sel(at)
            )
            fixed = system["fixed_cost_generator"].sel(at)
            if not bool(system["dispatchable_generator"].sel(generator=generator)):
                # Output that is not chosen pays its running cost whether used or not.
                fixed = fixed + running * (available * system["block_weight"]).sum()
                running = 0.0 * running
            cost = translation.over_time(running)
            given = system["existing_generator"].sel(at)
            largest = float(given.max())
            translation.sunk_musd += float((given * fixed * years).sum())
            water = system["energy_budget_generator"].sel(at)
            if largest > 0 and bool(np.isfinite(water).any()):
                inflow = water.sel(day=system["day_of_block"].astype(int)).drop_vars("day") * given
                reservoirs.add(
                    f"{generator} {zone}",
                    bus=zone,
                    p_nom=largest,
                    p_min_pu=0.0,
                    max_hours=200.0,
                    cyclic_state_of_charge_per_period=True,
                    series={
                        "p_max_pu": translation.over_time(available * given / largest),
                        "inflow": translation.over_time(inflow),
                        "marginal_cost": cost,
                    },
                )
            elif largest > 0:
                generators.add(
                    f"{generator} {zone}",
                    bus=zone,
                    p_nom=largest,
                    series={
                        "p_max_pu": translation.over_time(available * given / largest),
                        "marginal_cost": cost,
                    },
                )
            _add_generator_builds(translation, generators, at, fixed, cost)


def _add_generator_builds(
    translation: Translation,
    generators: Parts,
    at: dict[str, object],
    fixed: xr.DataArray,
    cost: Floats,
) -> None:
    system = translation.system
    potential = float(system["potential_generator"].sel(at))
    flag = system["buildable_generator"].sel(at)
    if potential <= 0 or not bool(flag.any()):
        return
    generator, zone = str(at["generator"]), str(at["zone"])
    carrier = f"new {generator} {zone}"
    available = translation.over_time(system["availability_generator"].sel(at))
    for vintage in system["vintage"].values[flag.values]:
        alive = system["alive_generator"].sel(generator=generator, vintage=vintage)
        capital = float(system["capital_charge_generator"].sel(at).sel(vintage=vintage))
        generators.add(
            f"{generator} {zone} {vintage}",
            bus=zone,
            carrier=carrier,
            p_nom_extendable=True,
            capital_cost=translation.charge(capital, fixed, alive),
            **translation.dates(vintage, alive),
            series={"p_max_pu": available, "marginal_cost": cost},
        )
    _limit_builds(translation, carrier, potential)


def _add_storage(translation: Translation, reservoirs: Parts) -> None:
    system = translation.system
    years = system["discounted_years"]
    for storage in system["storage"].values:
        for zone in system["zone"].values:
            at = {"storage": storage, "zone": zone}
            facts = {
                "bus": zone,
                "max_hours": float(system["duration_storage"].sel(at)),
                "efficiency_store": float(system["charge_efficiency_storage"].sel(storage=storage)),
                "efficiency_dispatch": float(
                    system["discharge_efficiency_storage"].sel(storage=storage)
                ),
                "cyclic_state_of_charge_per_period": True,
            }
            fixed = system["fixed_cost_storage"].sel(at)
            given = system["existing_storage"].sel(at)
            translation.sunk_musd += float((given * fixed * years).sum())
            for year, step in zip(system["year"].values, _steps(given), strict=True):
                # One unit for each piece of given storage that comes or goes: its energy too.
                for number, (power, until) in enumerate(step):
                    start = int(year) * DAYS_PER_YEAR_LABEL
                    end = FOREVER if until is None else until * DAYS_PER_YEAR_LABEL - start
                    reservoirs.add(
                        f"{storage} {zone} given {year} {number}",
                        p_nom=power,
                        build_year=start,
                        lifetime=float(end),
                        **facts,
                    )
            potential = float(system["potential_storage"].sel(at))
            flag = system["buildable_storage"].sel(at)
            if potential <= 0 or not bool(flag.any()):
                continue
            carrier = f"new {storage} {zone}"
            for vintage in system["vintage"].values[flag.values]:
                alive = system["alive_storage"].sel(storage=storage, vintage=vintage)
                capital = float(system["capital_charge_storage"].sel(at).sel(vintage=vintage))
                reservoirs.add(
                    f"{storage} {zone} {vintage}",
                    carrier=carrier,
                    p_nom_extendable=True,
                    capital_cost=translation.charge(capital, fixed, alive),
                    **translation.dates(vintage, alive),
                    **facts,
                )
            _limit_builds(translation, carrier, potential)


def _steps(given: xr.DataArray) -> list[list[tuple[float, int | None]]]:
    """Return, for each year, the pieces of capacity that begin then, and when each one ends."""
    years = [int(year) for year in given["year"].values]
    pieces: list[list[tuple[float, int | None]]] = [[] for _ in years]
    running: list[tuple[int, float]] = []
    level = 0.0
    for row, (year, now) in enumerate(zip(years, given.values, strict=True)):
        if now > level:
            running.append((row, float(now - level)))
        gone = level - float(now)
        while gone > 1e-12:
            start, size = running.pop()
            taken = min(size, gone)
            pieces[start].append((taken, year))
            if size > taken:
                running.append((start, size - taken))
            gone -= taken
        level = float(now)
    for start, size in running:
        pieces[start].append((size, None))
    return pieces


def _add_corridors(translation: Translation, links: Parts) -> None:
    system = translation.system
    if "corridor" not in system.data.indexes:
        return
    zones = system["zone"].values
    for corridor in system["corridor"].values:
        first = str(zones[int(system["start_of_corridor"].sel(corridor=corridor).argmax())])
        second = str(zones[int(system["end_of_corridor"].sel(corridor=corridor).argmax())])
        efficiency = 1.0 - float(system["loss_corridor"].sel(corridor=corridor))
        ways = {"forward": (first, second), "reverse": (second, first)}
        for way, (start, end) in ways.items():
            given = system[f"existing_{way}_corridor"].sel(corridor=corridor)
            largest = float(given.max())
            if largest > 0:
                links.add(
                    f"{corridor} {way}",
                    bus0=start,
                    bus1=end,
                    efficiency=efficiency,
                    p_nom=largest,
                    series={"p_max_pu": translation.over_time(given / largest)},
                )
        potential = float(system["potential_corridor"].sel(corridor=corridor))
        flag = system["buildable_corridor"].sel(corridor=corridor)
        if potential <= 0 or not bool(flag.any()):
            continue
        for vintage in system["vintage"].values[flag.values]:
            at = {"corridor": corridor, "vintage": vintage}
            alive = system["alive_corridor"].sel(at)
            for way, (start, end) in ways.items():
                links.add(
                    f"{corridor} {way} {vintage}",
                    bus0=start,
                    bus1=end,
                    carrier=f"new {corridor} {way}",
                    efficiency=efficiency,
                    p_nom_extendable=True,
                    capital_cost=float(system["capital_charge_corridor"].sel(at)) / 2.0,
                    **translation.dates(vintage, alive),
                )
            translation.tied.append(
                (f"{corridor} forward {vintage}", f"{corridor} reverse {vintage}")
            )
        _limit_builds(translation, f"new {corridor} forward", potential)


def _add_campuses(
    translation: Translation, loads: Parts, generators: Parts, links: Parts
) -> None:
    """Add campuses as links from their zone to a bus of compute, that always run as asked.

    A campus turns facility power into IT power; an accelerator behind it turns IT power into
    compute and asks for the training work of the day, which other links bring when it suits.
    """
    system, network = translation.system, translation.network
    mean = float(system["flexible_it_mean"])
    network.add("Bus", ["compute"])
    loads.add(
        "need of compute",
        bus="compute",
        series={"p_set": translation.over_time(system["compute_need"])},
    )
    spare = {"sign": -1.0, "p_nom": 1e4, "carrier": "spare"}
    generators.add("spare compute", bus="compute", **spare)
    if mean > 0:
        network.add("Bus", ["training"])
        network.add(
            "Store", ["training done"], bus="training", e_nom=1e5, e_cyclic_per_period=True
        )
        generators.add("spare training", bus="training", **spare)
    for zone in [str(zone) for zone in system["zone"].values]:
        network.add("Bus", [f"campus {zone}"])
        pue = float(system["pue"].sel(zone=zone))
        fixed_share = translation.over_time(system["fixed_it_share"].sel(zone=zone))
        must_run = {"p_min_pu": fixed_share, "p_max_pu": fixed_share}
        flag = system["buildable_campus"].sel(zone=zone)
        for vintage in system["vintage"].values[flag.values]:
            alive = system["alive_campus"].sel(vintage=vintage)
            capital = float(system["capital_charge_campus"].sel(zone=zone, vintage=vintage))
            fixed = system["fixed_cost_campus"].sel(zone=zone)
            links.add(
                f"campus {zone} {vintage}",
                bus0=zone,
                bus1=f"campus {zone}",
                carrier=f"campus {zone}",
                efficiency=1.0 / pue,
                p_nom_extendable=True,
                capital_cost=translation.charge(capital, fixed, alive) / pue,
                **translation.dates(vintage, alive),
                series=must_run,
            )
        _limit_builds(
            translation, f"campus {zone}", float(system["potential_campus"].sel(zone=zone)) * pue
        )
        for accelerator in system["accelerator"].values:
            sold = system["available_accelerator"].sel(accelerator=accelerator)
            for vintage in system["vintage"].values[sold.values]:
                at = {"accelerator": accelerator, "vintage": vintage}
                dates = translation.dates(vintage, system["alive_accelerator"].sel(at))
                name = f"{accelerator} {zone} {vintage}"
                links.add(
                    name,
                    bus0=f"campus {zone}",
                    bus1="compute",
                    bus2="training" if mean > 0 else "",
                    p_nom_extendable=True,
                    capital_cost=float(system["capital_charge_accelerator"].sel(at)),
                    **dates,
                    series={
                        **must_run,
                        "efficiency": 1.0 / fixed_share,
                        **({"efficiency2": -mean / fixed_share} if mean > 0 else {}),
                    },
                )
                if mean > 0:
                    links.add(
                        f"training on {name}",
                        bus0=zone,
                        bus1="training",
                        efficiency=1.0 / pue,
                        p_nom_extendable=True,
                        **dates,
                        series={"p_max_pu": (1.0 - fixed_share) * pue},
                    )
                    translation.tied.append((f"training on {name}", name))


def _limit_builds(translation: Translation, carrier: str, potential: float) -> None:
    """Cap what all vintages of a carrier add up to."""
    if np.isfinite(potential):
        translation.network.add(
            "GlobalConstraint",
            f"potential of {carrier}",
            type="tech_capacity_expansion_limit",
            carrier_attribute=carrier,
            sense="<=",
            constant=potential,
        )
