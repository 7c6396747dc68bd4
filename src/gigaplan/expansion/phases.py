"""From a relaxed plan to whole campus phases, in few enough states."""

from __future__ import annotations

import numpy as np
import xarray as xr

from gigaplan.expansion.engine import Solution
from gigaplan.expansion.rounding import NEARLY_WHOLE, Floats, kept_states, whole_phases
from gigaplan.expansion.search import Best, Search
from gigaplan.expansion.variables import can_exist_generator, can_host_campus
from gigaplan.system import System
from gigaplan.terms.errors import Fault, InfeasibleError

NOISE_FACTOR = 10.0
"""How much further than its residual, which is relative, an answer may lie from the optimum."""
MOST_NOISE = 0.05
"""Largest fraction of a phase that is taken for noise."""
MOST_ROUNDS = 2
"""How often every vintage is offered one more phase."""


def round_phases(search: Search, relaxation: Best) -> tuple[Solution, dict[str, xr.DataArray], str]:
    """Return a plan of whole phases in few enough states, what limits are worth, and words.

    What limits are worth comes from the last solve in which campuses were still free: once they
    are fixed, no price can speak of them.
    """
    system = search.engine.formulation.system
    phase = system.options.phase_gw
    best = relaxation
    words = f"whole phases of {phase * 1e3:.0f} MW"
    upper = _campus_upper(system)
    zero = xr.zeros_like(upper)
    most = system.options.max_states
    total = relaxation.solution.values["build_campus"].sum("vintage").values
    if most is not None and int(np.sum(total > 1e-6)) > most:
        required = system["minimum_campus"].values > 0
        kept = kept_states(total, required, most)
        names = [str(zone) for zone in system["zone"].values[kept]]
        upper = upper.where(xr.DataArray(kept, coords={"zone": system["zone"]}), 0.0)
        search.engine.set_bounds("build_campus", zero, upper)
        best = search.best()
        if best.solution.status != "optimal":
            msg = f"No plan keeps every limit in {most} states."
            raise InfeasibleError(
                msg,
                [
                    Fault(
                        f"The {len(names)} states with most campuses in the relaxed plan "
                        f"({', '.join(names)}) cannot hold the programme.",
                        "limits.campuses.max_states",
                        "Allow more states.",
                    )
                ],
            )
        words += f", {len(names)} states kept of {int(np.sum(total > 1e-6))}"
    asks_most = system.options.objective == "most_compute"
    wanted = best.solution.values["build_campus"]
    largest = _largest_campus(system, upper)
    if asks_most:
        builds = _most_phases(search, wanted.values, largest)
    else:
        builds = _enough_phases(search, best.solution, largest)
    rounded = _fixed(search, builds).solution
    if rounded.status != "optimal":
        msg = "The plan with whole campus phases breaks a limit that the relaxed plan keeps."
        raise InfeasibleError(
            msg,
            [
                Fault(
                    f"Whole phases of {phase * 1e3:.0f} MW do not fit.",
                    "compute.phase_mw",
                    "Use smaller phases, or run with --relaxed.",
                )
            ],
        )
    return rounded, best.worth, words


def _possible(search: Search, builds: Floats) -> bool:
    """Return whether there is a plan with the campuses of ``builds``."""
    _fix(search, builds)
    return search.exists()


def _fixed(search: Search, builds: Floats) -> Best:
    """Return the best plan with the campuses of ``builds`` (zone, vintage) [GW of IT]."""
    _fix(search, builds)
    return search.best()


def _fix(search: Search, builds: Floats) -> None:
    shape = _campus_upper(search.engine.formulation.system)
    fixed = xr.DataArray(builds, coords=shape.coords, dims=shape.dims)
    search.engine.set_bounds("build_campus", fixed, fixed)


def _enough_phases(search: Search, relaxed: Solution, largest: Floats) -> Floats:
    """Return whole phases for what the relaxed plan builds.

    A method that is exact to a thousandth overshoots the target by as much; that is no wish for
    another phase, unless there is no plan without it.
    """
    system = search.engine.formulation.system
    wanted = relaxed.values["build_campus"].values
    worst = relaxed.residuals.worst * wanted.sum() / system.options.phase_gw
    noise = float(np.clip(NOISE_FACTOR * worst, NEARLY_WHOLE, MOST_NOISE))
    exact, lenient = (
        whole_phases(
            wanted,
            system.options.phase_gw,
            largest_gw=largest,
            smallest_gw=system["minimum_campus"].values,
            towards="up",
            noise=margin,
        )
        for margin in (NEARLY_WHOLE, noise)
    )
    fewer = lenient.sum() < exact.sum()
    return lenient if fewer and _possible(search, lenient) else exact


def _most_phases(search: Search, relaxed: Floats, largest: Floats) -> Floats:
    """Return the most whole phases that a budget allows, near the relaxed plan.

    Each vintage by itself is rounded down, so that no year spends more than in the relaxed plan;
    where that breaks another limit, phases are taken off, the latest first. Then phases are added,
    the earliest first, where the relaxed plan wanted most beyond what is built, as long as a plan
    with them exists.
    """
    system = search.engine.formulation.system
    phase = system.options.phase_gw
    least = system["minimum_campus"].values
    builds = np.zeros_like(relaxed)
    for vintage in range(relaxed.shape[1]):
        built = builds.sum(axis=1)
        last = vintage == relaxed.shape[1] - 1
        builds[:, [vintage]] = whole_phases(
            relaxed[:, [vintage]],
            phase,
            largest_gw=np.maximum(largest[:, [vintage]] - built[:, None], 0.0),
            smallest_gw=np.maximum(least - built, 0.0) if last else np.zeros_like(built),
            towards="down",
        )
    while builds.any() and not _possible(search, builds):
        search.progress.detail(f"{builds.sum() * 1e3:,.0f} MW of campuses are too many")
        builds = _one_less(builds, phase)
    for _ in range(MOST_ROUNDS):
        more = _with_more_phases(search, builds, relaxed, largest)
        if more.sum() <= builds.sum():
            break
        builds = more
    return builds


def _one_less(builds: Floats, phase: float) -> Floats:
    """Take one phase off the latest vintage that has any."""
    latest = int(np.flatnonzero(builds.sum(axis=0))[-1])
    fewer = builds.copy()
    fewer[int(np.argmax(builds[:, latest])), latest] -= phase
    return fewer.clip(min=0.0)


def _with_more_phases(search: Search, builds: Floats, relaxed: Floats, largest: Floats) -> Floats:
    """Add one phase to each vintage, the earliest first, where a plan with it exists."""
    phase = search.engine.formulation.system.options.phase_gw
    for vintage in range(builds.shape[1]):
        built, wanted = builds.cumsum(axis=1), relaxed.cumsum(axis=1)
        short = np.where(wanted[:, vintage] > NEARLY_WHOLE, (wanted - built)[:, vintage], -np.inf)
        room = (built[:, vintage:] + phase <= largest[:, vintage:] + NEARLY_WHOLE).all(axis=1)
        short = np.where(room, short, -np.inf)
        if not np.isfinite(short.max()) or short.sum(where=short > 0) < NEARLY_WHOLE:
            continue
        tried = builds.copy()
        tried[int(np.argmax(short)), vintage] += phase
        search.progress.detail(f"trying {tried.sum() * 1e3:,.0f} MW of campuses")
        if _possible(search, tried):
            builds = tried
    return builds


def _campus_upper(system: System) -> xr.DataArray:
    """Return the upper bound of campus builds (zone, vintage) [GW]."""
    allowed = system["buildable_campus"] & can_host_campus(system)
    unlimited = xr.full_like(allowed, np.inf, dtype=float)
    return unlimited.where(allowed, 0.0).transpose("zone", "vintage")


def _largest_campus(system: System, upper: xr.DataArray) -> Floats:
    """Return what each zone can power and hold by each vintage (zone, vintage) [GW of IT].

    Where no on-site generator can be there in time, the grid connection is the limit.
    """
    draw = system["pue"] * system["fixed_it_share"].max("block")
    grid = (system["connection_limit"] / draw).rename(year="vintage")
    onsite = can_exist_generator(system) & system["onsite_generator"]
    ready = (system["buildable_generator"] & onsite).any("generator")
    ready = ready.cumsum("vintage") > 0
    grid = grid.where(~ready, np.inf).transpose("zone", "vintage")
    room = system["potential_campus"]
    held = grid.where(grid < room, room).where(upper.cumsum("vintage") > 0, 0.0)
    return np.asarray(held.transpose("zone", "vintage").values)
