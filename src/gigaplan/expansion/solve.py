"""From a System to an answer: relax, choose states, round to whole phases, solve again."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import xarray as xr

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.conflicts import explain_conflict
from gigaplan.expansion.engine import Engine, Solution, SolverSettings
from gigaplan.expansion.limits import LIMITS
from gigaplan.expansion.objective import discounted_compute
from gigaplan.expansion.phases import round_phases
from gigaplan.expansion.search import Search
from gigaplan.expansion.tickets import keep_tickets
from gigaplan.system import System
from gigaplan.terms.errors import InfeasibleError
from gigaplan.terms.progress import Progress, Silent


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
    right_hand_sides, worth
        The limits a person can loosen, and what one unit of each is worth in the objective.
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
    worth: dict[str, xr.DataArray] = field(default_factory=dict)


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
    search = Search(engine, settings, listener)
    relaxation = search.best()
    solution, worth = relaxation.solution, relaxation.worth
    if solution.status != "optimal":
        msg = "No plan keeps every limit of the scenario."
        raise InfeasibleError(
            msg,
            explain_conflict(formulation, settings, listener),
        )
    dropped: list[str] = []
    if not relaxed:
        relaxation, dropped = keep_tickets(search, relaxation)
        solution, worth = relaxation.solution, relaxation.worth
    solved = time.perf_counter()
    words = "campuses of any size (relaxed)"
    if not relaxed and system.options.phase_gw > 0 and formulation.has("build_campus"):
        listener.stage("round")
        solution, worth, words = round_phases(search, relaxation)
    if dropped:
        words += f"; without {', '.join(dropped)}, below their smallest tickets"
    cost = engine.value(search.cost, solution)
    compute = 0.0
    if formulation.has("online_accelerator"):
        compute = engine.value(discounted_compute(formulation), solution)
    reached = cost if system.options.objective == "least_cost" else compute
    return Answer(
        system=system,
        solution=solution,
        cost_musd=cost,
        compute=compute,
        bound=relaxation.bound,
        gap_frac=abs(reached - relaxation.bound) / max(abs(relaxation.bound), 1e-9),
        rounding=words,
        columns=engine.columns,
        rows=engine.rows,
        nonzeros=engine.nonzeros,
        timings_s={
            "build": built - start,
            "solve": solved - built,
            "round": time.perf_counter() - solved,
        },
        worth=worth,
        right_hand_sides={
            limit.name: engine.right_hand_side(limit.name)
            for limit in LIMITS
            if limit.name in formulation.constraints
        },
    )
