"""From a System to an answer: relax, choose states, round to whole phases, solve again."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

import numpy as np
import xarray as xr

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.conflicts import explain_conflict
from gigaplan.expansion.engine import Engine, Solution, SolverSettings
from gigaplan.expansion.formulation import strict_labels
from gigaplan.expansion.limits import LIMITS
from gigaplan.expansion.objective import discounted_compute, discounted_cost
from gigaplan.expansion.rounding import kept_states, whole_phases
from gigaplan.expansion.variables import can_exist_generator, can_host_campus
from gigaplan.system import System
from gigaplan.terms.errors import Fault, InfeasibleError
from gigaplan.terms.progress import Progress, Silent

COMPUTE_KEPT = 1e-6
"""Share of the best compute that may be given up when its cost is then minimised."""


@dataclass(frozen=True)
class Answer:
    """A solved plan in solver terms.

    Parameters
    ----------
    system
        What was solved.
    solution
        Values and prices of the last solve.
    cost_musd, compute
        Discounted cost [M$] and discounted compute [GW·yr or million H100e·yr] of the answer.
    bound
        What no plan can beat, from the relaxation: cost [M$] or compute.
    gap_frac
        Distance of the answer to the bound, as a share of the bound.
    rounding
        How whole phases were reached, in words.
    timings_s
        Seconds spent in building, solving and rounding.
    """

    system: System
    solution: Solution
    cost_musd: float
    compute: float
    bound: float
    gap_frac: float
    rounding: str
    columns: int
    rows: int
    nonzeros: int
    timings_s: dict[str, float] = field(default_factory=dict)
    right_hand_sides: dict[str, xr.DataArray] = field(default_factory=dict)


@dataclass
class _Search:
    """One engine with the two objectives and how to report."""

    engine: Engine
    settings: SolverSettings
    progress: Progress

    def best(self) -> tuple[Solution, float]:
        """Return the optimum and its bound, with the objective of the system."""
        system = self.engine.formulation.system
        with strict_labels():
            cost = discounted_cost(self.engine.formulation)
            if system.options.objective == "least_cost":
                solution = self._solve("least cost")
                return solution, solution.objective
            compute = discounted_compute(self.engine.formulation)
            self.engine.set_objective(compute, "max")
            first = self._solve("most compute", crossover=True)
            if first.status != "optimal":
                return first, np.nan
            best = self.engine.value(compute, first)
            self.engine.set_objective(cost, "min")
            row = self.engine.add_row(compute, at_least=best * (1.0 - COMPUTE_KEPT))
            second = self._solve("least cost of that compute")
            self.engine.set_row_lower(row, -np.inf)
            return second, best

    def _solve(self, what: str, *, crossover: bool = False) -> Solution:
        """Solve once; an objective that many plans share needs crossover for sound prices."""
        engine = self.engine
        settings = replace(self.settings, crossover=crossover or self.settings.crossover)
        self.progress.detail(f"{what}: {engine.columns:,} variables, {engine.rows:,} constraints")
        return engine.solve(settings, self.progress.detail)


def optimise(
    system: System,
    settings: SolverSettings,
    *,
    relaxed: bool = False,
    progress: Progress | None = None,
) -> Answer:
    """Find the best plan of a System.

    Parameters
    ----------
    system
        What is asked and known.
    settings
        How to solve.
    relaxed
        Skip whole phases and the limit on states.
    progress
        Listener.

    Returns
    -------
    Answer

    Raises
    ------
    InfeasibleError
        If no plan keeps every limit; the faults name the limits in conflict and what mends them.
    SolverLimitError
        If the solver stopped early.
    """
    listener = progress or Silent()
    start = time.perf_counter()
    listener.stage("build")
    formulation = build_formulation(system)
    engine = Engine(formulation)
    built = time.perf_counter()
    listener.stage("solve")
    search = _Search(engine, settings, listener)
    solution, bound = search.best()
    if solution.status != "optimal":
        msg = "No plan keeps every limit of the scenario."
        raise InfeasibleError(
            msg,
            explain_conflict(system, settings, listener),
        )
    solved = time.perf_counter()
    words = "campuses of any size (relaxed)"
    if not relaxed and system.options.phase_gw > 0 and formulation.has("build_campus"):
        listener.stage("round")
        solution, words = _round(search, solution)
    with strict_labels():
        cost = engine.value(discounted_cost(formulation), solution)
        compute = 0.0
        if formulation.has("online_accelerator"):
            compute = engine.value(discounted_compute(formulation), solution)
    reached = cost if system.options.objective == "least_cost" else compute
    return Answer(
        system=system,
        solution=solution,
        cost_musd=cost,
        compute=compute,
        bound=bound,
        gap_frac=abs(reached - bound) / max(abs(bound), 1e-9),
        rounding=words,
        columns=engine.columns,
        rows=engine.rows,
        nonzeros=engine.nonzeros,
        timings_s={
            "build": built - start,
            "solve": solved - built,
            "round": time.perf_counter() - solved,
        },
        right_hand_sides={
            limit.name: engine.right_hand_side(limit.name)
            for limit in LIMITS
            if limit.name in formulation.families
        },
    )


def _round(search: _Search, relaxed: Solution) -> tuple[Solution, str]:
    """Return a plan of whole phases, in few enough states."""
    system = search.engine.formulation.system
    phase = system.options.phase_gw
    solution = relaxed
    words = f"whole phases of {phase * 1e3:.0f} MW"
    upper = _campus_upper(system)
    zero = xr.zeros_like(upper)
    most = system.options.max_states
    total = relaxed.values["build_campus"].sum("vintage").values
    if most is not None and int(np.sum(total > 1e-6)) > most:
        required = system["minimum_campus"].values > 0
        kept = kept_states(total, required, most)
        names = [str(zone) for zone in system["zone"].values[kept]]
        upper = upper * xr.DataArray(kept.astype(float), coords={"zone": system["zone"]})
        search.engine.set_bounds("build_campus", zero, upper)
        solution, _ = search.best()
        if solution.status != "optimal":
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
    towards = "up" if system.options.objective == "least_cost" else "down"
    builds = whole_phases(
        solution.values["build_campus"].values,
        phase,
        largest_gw=_largest_campus(system, upper),
        smallest_gw=system["minimum_campus"].values,
        towards="up" if towards == "up" else "down",
    )
    fixed = xr.DataArray(builds, coords=upper.coords, dims=upper.dims)
    search.engine.set_bounds("build_campus", fixed, fixed)
    rounded, _ = search.best()
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
    return rounded, words


def _campus_upper(system: System) -> xr.DataArray:
    """Return the upper bound of campus builds (zone, vintage) [GW]."""
    allowed = system["buildable_campus"] & can_host_campus(system)
    unlimited = xr.full_like(allowed, np.inf, dtype=float)
    return unlimited.where(allowed, 0.0).transpose("zone", "vintage")


def _largest_campus(system: System, upper: xr.DataArray) -> np.ndarray:
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
