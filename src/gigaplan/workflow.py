"""The whole way on one page: scenario, data, System, optimisation, plan."""

from __future__ import annotations

import platform
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import pandas as pd
import psutil

from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.solve import Answer, optimise
from gigaplan.expansion.tables import plan_tables
from gigaplan.inputs.dataset import Dataset, load_dataset
from gigaplan.inputs.scenario import Scenario, check_against
from gigaplan.plan.tables import Plan
from gigaplan.system.build import build_system
from gigaplan.terms.errors import InputError
from gigaplan.terms.progress import Progress, Silent

REPORTED_PACKAGES = ("gigaplan", "linopy", "highspy", "pandas", "numpy", "xarray", "tsam")


def run(
    scenario: Scenario, *, progress: Progress | None = None, relaxed: bool = False
) -> Plan:
    """Plan a scenario.

    Parameters
    ----------
    scenario
        What is asked.
    progress
        Listener for the stages.
    relaxed
        Skip whole phases and the limit on states.

    Returns
    -------
    Plan
        Tables, manifest, scenario and System; nothing is written.

    Raises
    ------
    InputError
        If the scenario or its data cannot be used.
    InfeasibleError
        If no plan keeps every limit.
    SolverLimitError
        If the solver stopped early.
    """
    listener = progress or Silent()
    listener.stage("load")
    start = time.perf_counter()
    dataset = load_scenario_data(scenario)
    system = build_system(scenario, dataset)
    loaded = time.perf_counter()
    answer = optimise(system, solver_settings(scenario), relaxed=relaxed, progress=listener)
    solved = time.perf_counter()
    tables = {**plan_tables(answer), "given_campuses": given_campuses(scenario, dataset)}
    timings = {
        "load": loaded - start,
        **answer.timings_s,
        "tables": time.perf_counter() - solved,
    }
    manifest = manifest_of(scenario, dataset, answer, timings)
    return Plan(tables=tables, manifest=manifest, scenario=scenario, system=system)
