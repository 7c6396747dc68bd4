"""One measurement, in a process of its own: ``python -m benchmarks.cases CASE ...``.

The last line of the output is one JSON object. Nothing that another measurement loaded or
allocated can be in it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable

from tests.expansion.drawn_systems import Size, draw_system
from tests.oracles.power_part import power_part, real_system, scenario_at

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, SolverSettings
from gigaplan.inputs.scenario import load_scenario
from gigaplan.system import System
from gigaplan.workflow import run

Record = dict[str, float | str]

DRAWN = Size(zones=12, years=3, days=3, blocks=8)
"""The drawn medium system: 12 zones, 3 years, 3 days of 8 blocks, corridors and storage."""

SYSTEMS: dict[str, tuple[str, Callable[[], System]]] = {
    "drawn": ("simplex", lambda: draw_system(7, DRAWN)),
    "nation": (
        "ipm",
        lambda: power_part(
            real_system(scenario_at("us-2035", representative_days=2, hours_per_block=6))
        ),
    ),
}
"""Systems that PyPSA can say too, and the method with which both are solved."""


def peak_memory_mb() -> float:
    """Return the most memory this process ever held."""
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / 1024.0 if sys.platform != "darwin" else kilobytes / 1024.0**2


def plan(name: str) -> Record:
    """Measure the whole way from a shipped scenario to a plan."""
    start = time.perf_counter()
    made = run(load_scenario(name))
    total = time.perf_counter() - start
    manifest = made.manifest
    return {
        **{f"{stage}_s": seconds for stage, seconds in manifest.timings_s.items()},
        "total_s": total,
        "peak_mb": peak_memory_mb(),
        "variables": manifest.model.variables,
        "constraints": manifest.model.constraints,
        "gap_frac": manifest.objective.gap_frac,
    }


def ours(name: str) -> Record:
    """Measure our build and solve of a System."""
    method, make = SYSTEMS[name]
    system = make()
    start = time.perf_counter()
    engine = Engine(build_formulation(system))
    built = time.perf_counter()
    solution = engine.solve(SolverSettings(method="simplex" if method == "simplex" else "ipm"))
    end = time.perf_counter()
    return {
        "build_s": built - start,
        "solve_s": end - built,
        "total_s": end - start,
        "solver_s": solution.seconds,
        "peak_mb": peak_memory_mb(),
        "variables": engine.columns,
        "objective": solution.objective,
    }


def theirs(name: str) -> Record:
    """Measure PyPSA's build and solve of the same System; writing the network is not counted."""
    from tests.oracles.pypsa_network import create_model, network_of, quiet, solve_model

    method, make = SYSTEMS[name]
    system = make()
    with quiet():
        translation = network_of([system])
        start = time.perf_counter()
        create_model(translation)
        built = time.perf_counter()
    solver = "simplex" if method == "simplex" else "ipx"
    objective = float(solve_model(translation, solver, crossover=False)[0])
    end = time.perf_counter()
    return {
        "build_s": built - start,
        "solve_s": end - built,
        "total_s": end - start,
        "peak_mb": peak_memory_mb(),
        "variables": float(translation.network.model.nvars),
        "objective": objective,
    }


def blocks(days: str, hours: str) -> Record:
    """Measure the cost and time of the small real system with so many days and hours a block."""
    scenario = scenario_at("tiny", representative_days=int(days), hours_per_block=int(hours))
    system = real_system(scenario)
    start = time.perf_counter()
    solution = Engine(build_formulation(system)).solve(SolverSettings())
    return {
        "days": float(days),
        "hours": float(hours),
        "objective": solution.objective,
        "total_s": time.perf_counter() - start,
        "variables": float(sum(values.size for values in solution.values.values())),
    }


CASES: dict[str, Callable[..., Record]] = {
    "plan": plan,
    "ours": ours,
    "theirs": theirs,
    "blocks": blocks,
}


def main() -> None:
    """Measure the case named on the command line."""
    case, *arguments = sys.argv[1:]
    sys.stdout.write("\n" + json.dumps(CASES[case](*arguments)) + "\n")


if __name__ == "__main__":
    main()
