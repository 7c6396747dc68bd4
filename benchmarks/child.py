"""What runs in a process of its own: one measurement, printed as one line of JSON."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gigaplan.system import System

Row = dict[str, float | str]
PEER_SEED = 11


def shipped(name: str) -> Row:
    """Run a shipped scenario and return its timings [s], memory [MB] and size."""
    from gigaplan import load_scenario, run, verify_plan

    start = time.perf_counter()
    plan = run(load_scenario(name))
    verify_plan(plan)
    manifest = plan.manifest
    row: Row = {stage: manifest.timings_s[stage] for stage in ("load", "build", "solve", "round")}
    row["total"] = time.perf_counter() - start
    row["memory_mb"] = manifest.peak_memory_mb
    row["variables"] = manifest.model.variables
    row["constraints"] = manifest.model.constraints
    row["gap_frac"] = manifest.objective.gap_frac
    return row


def ours(what: str) -> Row:
    """Build and solve a system with gigaplan."""
    from gigaplan.expansion.build import build_formulation
    from gigaplan.expansion.engine import Engine, SolverSettings
    from gigaplan.workflow import peak_memory_mb

    system, method = peer_system(what)
    start = time.perf_counter()
    engine = Engine(build_formulation(system))
    built = time.perf_counter()
    solution = engine.solve(SolverSettings(method="ipm" if method == "ipm" else "simplex"))
    return {
        "build": built - start,
        "solve": time.perf_counter() - built,
        "solver": solution.seconds,
        "memory_mb": peak_memory_mb(),
        "variables": engine.columns,
        "constraints": engine.rows,
        "objective": solution.objective,
    }


def pypsa(what: str) -> Row:
    """Build and solve the same system with PyPSA; putting the network together is not counted."""
    from tests.oracles.pypsa_network import create_model, network_of, quiet, solve_model

    from gigaplan.workflow import peak_memory_mb

    system, method = peer_system(what)
    with quiet():
        translation = network_of([system])
        start = time.perf_counter()
        create_model(translation)
        built = time.perf_counter()
        solver = "ipx" if method == "ipm" else "simplex"
        costs = solve_model(translation, solver, crossover=False)
        solved = time.perf_counter()
    model = translation.network.model
    return {
        "build": built - start,
        "solve": solved - built,
        "memory_mb": peak_memory_mb(),
        "variables": int(model.nvars),
        "constraints": int(model.ncons),
        "objective": float(costs.sum()),
    }


def peer_system(what: str) -> tuple[System, str]:
    """Return a system that both can say, and the method: ``drawn-simplex``, ``nation-ipm``."""
    from tests.expansion.drawn_systems import Size, draw_system
    from tests.oracles.power_part import power_part, real_system, scenario_at

    name, method = what.split("-")
    if name == "drawn":
        size = Size(zones=10, years=3, days=2, blocks=12, campuses=True)
        return draw_system(PEER_SEED, size), method
    scenario = scenario_at("us-2035", representative_days=2, hours_per_block=6)
    return power_part(real_system(scenario)), method


def blocks(setting: str) -> Row:
    """Solve four states once with ``days x hours`` and return the optimum [M$]."""
    from gigaplan.expansion.engine import SolverSettings
    from gigaplan.expansion.solve import optimise
    from gigaplan.inputs.scenario import Scenario, load_scenario
    from gigaplan.system.build import build_system
    from gigaplan.workflow import load_scenario_data

    days, hours = (int(part) for part in setting.split("x"))
    content = load_scenario("tiny").model_dump()
    content["zones"] = ("TX", "OK", "KS", "NM")
    content["time"] = {"representative_days": days, "hours_per_block": hours}
    scenario = Scenario.model_validate(content)
    system = build_system(scenario, load_scenario_data(scenario))
    start = time.perf_counter()
    answer = optimise(system, SolverSettings(method="ipm"), relaxed=True)
    return {"objective": answer.cost_musd, "seconds": time.perf_counter() - start}


def supply(what: str) -> Row:
    """Solve a shipped scenario once, campuses of any size, with supply chains or without."""
    from tests.oracles.power_part import CAPITAL, SUPPLY, real_system, without

    from gigaplan.expansion.engine import SolverSettings
    from gigaplan.expansion.solve import optimise
    from gigaplan.inputs.scenario import load_scenario
    from gigaplan.system import make_system
    from gigaplan.workflow import peak_memory_mb

    name, choice = what.rsplit("-", 1)
    system = real_system(load_scenario(name))
    if choice == "without":
        system = make_system(*without(system, (*SUPPLY, *CAPITAL), {}), system.options)
    start = time.perf_counter()
    answer = optimise(system, SolverSettings(), relaxed=True)
    return {
        "seconds": time.perf_counter() - start,
        "memory_mb": peak_memory_mb(),
        "variables": answer.columns,
        "constraints": answer.rows,
        "objective": answer.cost_musd,
    }


def finance(what: str) -> Row:
    """Work out one deal at many prices, with the kernel, the pro forma or SAM: deals a second.

    30 years, 18 years of debt sculpted to the cover ratio, fees, reserves, a production credit and
    depreciation in six classes. The kernel is compiled before the clock starts.
    """
    from dataclasses import replace

    import numpy as np
    from tests.oracles.sam_case import model_of_sam, project_of

    changes = {
        "analysis_period": 30,
        "debt_option": 1,
        "dscr": 1.6,
        "cost_debt_fee": 2.75,
        "dscr_reserve_months": 6.0,
        "months_working_reserve": 6.0,
        "ptc_fed_amount": [0.0275],
        "depr_alloc_macrs_5_percent": 60.0,
        "depr_alloc_macrs_15_percent": 30.0,
    }
    count = {"kernel": 400_000, "tiers": 400_000, "proforma": 20_000, "sam": 200}[what]
    prices = np.random.default_rng(1).uniform(40.0, 60.0, size=count)
    model, project = model_of_sam(changes), project_of(changes)
    deals = replace(project, contract=replace(project.contract, price_usd_per_mwh=prices))
    if what in {"kernel", "tiers"}:
        from gigaplan.finance.kernel import run_many

        promote = 0.2 if what == "tiers" else 0.0
        run_many(project, promote_frac=promote)
        start = time.perf_counter()
        worth = run_many(deals, promote_frac=promote).metrics["npv_usd_nominal"]
        seconds = time.perf_counter() - start
    elif what == "proforma":
        from gigaplan.finance.proforma import pro_forma

        start = time.perf_counter()
        worth = pro_forma(deals).metrics["npv_usd_nominal"]
        seconds = time.perf_counter() - start
    else:
        start = time.perf_counter()
        worth = np.zeros(count)
        for row, price in enumerate(prices):
            model.value("ppa_price_input", [price / 1000])
            model.execute(0)
            worth[row] = model.Outputs.project_return_aftertax_npv
        seconds = time.perf_counter() - start
    return {"deals_per_second": count / seconds, "mean_npv_usd": float(worth[:200].mean())}


KINDS: dict[str, Callable[[str], Row]] = {
    "shipped": shipped,
    "ours": ours,
    "pypsa": pypsa,
    "blocks": blocks,
    "supply": supply,
    "finance": finance,
}


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("what")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    sys.stdout.write(json.dumps(KINDS[asked.kind](asked.what)) + "\n")


if __name__ == "__main__":
    main()
