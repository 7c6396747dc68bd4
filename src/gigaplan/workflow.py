"""The whole way on one page: scenario, data, System, optimisation, plan."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version

import pandas as pd
import psutil

from gigaplan.dealbook import DealBook, PlanFacts, check_terms, close_plan, deal_tables
from gigaplan.economy.activity import activity_of
from gigaplan.economy.checks import check_jobs
from gigaplan.economy.counterfactual import effect_tables
from gigaplan.economy.jobs import jobs_tables
from gigaplan.economy.taxes import tax_tables, with_jobs
from gigaplan.environment import environment_tables
from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.solve import Answer, optimise
from gigaplan.expansion.tables import plan_tables
from gigaplan.inputs.dataset import Dataset, load_dataset
from gigaplan.inputs.scenario import Scenario, check_against
from gigaplan.plan.manifest import (
    Assumption,
    Manifest,
    ModelRecord,
    ObjectiveRecord,
    SolverRecord,
)
from gigaplan.plan.tables import Plan
from gigaplan.policy.plan_credits import credit_table
from gigaplan.policy.plan_facts import eligibility
from gigaplan.policy.plan_screen import screen_table
from gigaplan.system.build import build_system
from gigaplan.system.campuses import CAMPUS
from gigaplan.system.capital import Coalition, terms_table
from gigaplan.system.factories import economics_table, facilities_table
from gigaplan.system.frame import Frame
from gigaplan.system.types import System
from gigaplan.system.without import without_programme
from gigaplan.terms.errors import InputError
from gigaplan.terms.progress import Progress, Silent, WithinStage
from gigaplan.timeline import timeline_tables

REPORTED_PACKAGES = ("gigaplan", "highspy", "pandas", "numpy", "xarray", "scipy")


def run(scenario: Scenario, *, progress: Progress | None = None, relaxed: bool = False) -> Plan:
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
    system = build_system(scenario, dataset, eligibility(scenario, dataset))
    loaded = time.perf_counter()
    answer = optimise(system, solver_settings(scenario), relaxed=relaxed, progress=listener)
    solved = time.perf_counter()
    tables: dict[str, pd.DataFrame] = {
        "credits": credit_table(Frame(scenario, dataset)),
        **plan_tables(answer),
        **descriptive_tables(scenario, dataset, system),
    }
    tables |= timeline_tables(tables, dataset, system)
    written = time.perf_counter()
    without = None
    if scenario.counterfactual.solve:
        listener.stage("without")
        without = tables_without_programme(tables, system, solver_settings(scenario), listener)
    compared = time.perf_counter()
    listener.stage("finance")
    facts = PlanFacts(tables, scenario, dataset, system)
    tables |= deal_tables(close_plan(facts), facts)
    tables |= jobs_tables(activity_of(facts), dataset)
    tables |= tax_tables(replace(facts, tables=tables))
    tables["incentives"] = with_jobs(tables["incentives"], tables["jobs"])
    tables |= effect_tables(facts, without)
    tables |= environment_tables(facts)
    timings = {
        "load": loaded - start,
        **answer.timings_s,
        "without": compared - written,
        "tables": time.perf_counter() - compared + written - solved,
    }
    manifest = manifest_of(scenario, dataset, answer, timings, relaxed=relaxed)
    plan = Plan(tables=tables, manifest=manifest, scenario=scenario, system=system)
    return replace(plan, tables=tables | {"screen": screen_table(plan, dataset)})


def tables_without_programme(
    tables: Mapping[str, pd.DataFrame],
    system: System,
    settings: SolverSettings,
    progress: Progress,
) -> Mapping[str, pd.DataFrame]:
    """Return the tables of a System without its programme.

    A plan that builds no campus is its own counterfactual: what is best with campuses allowed is
    best without them, and it has to be the very same plan for every difference to be zero.
    """
    if not (tables["projects"]["class"] == CAMPUS).any():
        return tables
    within = WithinStage(progress)
    return plan_tables(optimise(without_programme(system), settings, progress=within))


def deals_of(plan: Plan) -> DealBook:
    """Close the deals of a plan again, from its tables and its data package.

    Raises
    ------
    InputError
        If the data package of its scenario cannot be used.
    """
    dataset = load_scenario_data(plan.scenario)
    return close_plan(PlanFacts(plan.tables, plan.scenario, dataset, plan.system))


def formulate(scenario: Scenario) -> Formulation:
    """Write the linear programme of a scenario without solving it.

    Returns
    -------
    Formulation
        Variables, constraints and objective by name, relaxed: campuses of any size, in any number
        of states. :func:`gigaplan.linopy_model` makes a linopy model of it, for other solvers.

    Raises
    ------
    InputError
        If the scenario or its data cannot be used.
    """
    dataset = load_scenario_data(scenario)
    return build_formulation(build_system(scenario, dataset, eligibility(scenario, dataset)))


def load_scenario_data(scenario: Scenario) -> Dataset:
    """Read the data package of a scenario, with its overrides, and check that both fit.

    Raises
    ------
    InputError
        With every fault of the package, of the overrides, or of names that the package lacks.
    """
    dataset = load_dataset(
        scenario.data,
        overrides=scenario.overrides,
        base=scenario.folder,
        place_of=scenario.where,
    )
    assets = dataset.table("assets")
    faults = check_against(
        scenario,
        zones=set(dataset.table("zones")["zone"]),
        assets=set(assets.loc[assets["buildable"].astype(bool), "asset"]),
        components=set(dataset.table("components")["component"]),
        capital_groups=set(dataset.table("cost_of_capital")["asset_group"]),
        investor_kinds=set(dataset.table("investor_types")["kind"]),
        countries=set(dataset.table("currencies")["country"]),
        compute_cases=set(dataset.table("compute_cases")["case"]),
        demand_cases=set(dataset.table("annual_demand")["case"]),
        fuel_cases=set(dataset.table("fuel_prices")["case"]),
    )
    if faults:
        headline = f"The scenario {scenario.name} does not fit its data package."
        raise InputError(headline, faults)
    check_terms(dataset.table("deal_terms"))
    check_jobs(dataset)
    return dataset


def solver_settings(scenario: Scenario) -> SolverSettings:
    """Return the solver settings of a scenario."""
    solver = scenario.solver
    return SolverSettings(
        method=solver.method,
        threads=solver.threads,
        time_limit_s=solver.time_limit_s,
        tolerance=solver.tolerance,
    )


def descriptive_tables(
    scenario: Scenario, dataset: Dataset, system: System
) -> dict[str, pd.DataFrame]:
    """Return what a reader needs beside the answer: blocks, zones, assets, what is given."""
    frame = Frame(scenario, dataset)
    zones = dataset.table("zones")
    zones = zones[zones["zone"].isin(system["zone"].values)]
    assets = dataset.table("assets")
    hours = system["block_hours"].values
    day = system["day_of_block"].values.astype(int)
    per_day = int(round(24 / hours[0]))
    blocks = pd.DataFrame(
        {
            "block": system["block"].values,
            "day": day,
            "duration_hours": hours,
            "weight_hours": system["block_weight"].values,
            "start_hour": [float(at % per_day) * float(hours[0]) for at in range(hours.size)],
        }
    )
    columns = ["zone", "name", "latitude_deg", "longitude_deg", "reliability_region"]
    return {
        "blocks": blocks,
        "zones": zones[columns].reset_index(drop=True),
        "assets": assets[["asset", "label", "group", "class"]].reset_index(drop=True),
        "given_campuses": given_campuses(scenario, dataset, system),
        "components": dataset.table("components")[["component", "label", "kind"]],
        "facilities": facilities_table(frame),
        "factory_costs": economics_table(frame),
        "investor_terms": terms_table(Coalition(frame)),
    }


def given_campuses(scenario: Scenario, dataset: Dataset, system: System) -> pd.DataFrame:
    """Return the given campuses with their announced facility power by milestone year."""
    campuses = dataset.table("campuses")
    wanted = campuses["status"].isin(list(scenario.compute.given.campus_statuses))
    campuses = campuses[wanted & campuses["zone"].isin(system["zone"].values)]
    capacity = dataset.table("campus_capacity").pivot_table(
        index="campus", columns="year", values="facility_mw"
    )
    years = [int(year) for year in system["year"].values]
    held = capacity.reindex(columns=sorted({*capacity.columns, *years})).interpolate(axis=1)
    table = held[years].reset_index().melt("campus", var_name="year", value_name="facility_mw")
    columns = ["campus", "zone", "name", "owner", "status", "latitude_deg", "longitude_deg"]
    merged = campuses[columns].merge(table, on="campus")
    merged["owner"] = merged["owner"].astype(object).where(merged["owner"].notna(), "")
    merged["year"] = merged["year"].astype("int64")
    return merged[merged["facility_mw"] > 0].reset_index(drop=True)


def assumptions(scenario: Scenario, dataset: Dataset) -> tuple[Assumption, ...]:
    """Return what was assumed: the scenario's own words, then the source of every table."""
    compute = scenario.compute
    target = compute.target
    asked = "most compute for the budget" if target is None else f"case {target.case}"
    if target is not None and target.case is None:
        asked = f"numbers of the scenario in {target.unit}"
    own = "the scenario"
    said = [
        Assumption(text=scenario.description.strip(), source=own),
        Assumption(text=f"Compute target: {asked}.", source=own),
        Assumption(
            text=f"Accelerators and servers are paid by the {compute.accelerators_paid_by}"
            if compute.accelerators_paid_by == "programme"
            else "Accelerators and servers are paid by tenants; every cost per GW says whether "
            "they are inside.",
            source=own,
        ),
        Assumption(
            text=f"Training is {compute.training_share:.0%} of IT energy, "
            f"{compute.flexible_share_of_training:.0%} of it may move; IT runs at "
            f"{compute.utilisation:.0%} of capacity on average.",
            source=own,
        ),
        Assumption(
            text="Capital is charged as an annuity in the years of the horizon only; what lives "
            "longer is neither paid nor counted beyond it.",
            source="method",
        ),
    ]
    sources = dataset.table("sources").sort_values("table")
    tables = [
        Assumption(text=f"{row.table}: {row.how_made}", source=f"{row.source} ({row.confidence})")
        for row in sources.itertuples()
    ]
    return (*said, *tables)


def manifest_of(
    scenario: Scenario,
    dataset: Dataset,
    answer: Answer,
    timings_s: dict[str, float],
    *,
    relaxed: bool,
) -> Manifest:
    """Return the manifest of a solved scenario."""
    solution = answer.solution
    return Manifest(
        name=scenario.name,
        title=scenario.title,
        description=scenario.description,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        gigaplan_version=version("gigaplan"),
        python=platform.python_version(),
        packages={name: version(name) for name in REPORTED_PACKAGES},
        scenario_sha256=sha256(scenario.canonical_json().encode()).hexdigest(),
        data_name=dataset.name,
        data_sha256=dataset.sha256,
        relaxed=relaxed,
        solver=SolverRecord(
            name=scenario.solver.name,
            method=solution.method,
            tolerance=scenario.solver.tolerance,
            primal_residual=solution.residuals.primal,
            dual_residual=solution.residuals.dual,
            gap=solution.residuals.gap,
        ),
        objective=ObjectiveRecord(
            kind=scenario.objective.kind,
            value_usd2025_m=answer.cost_musd,
            compute=answer.compute,
            bound=answer.bound,
            gap_frac=answer.gap_frac,
        ),
        rounding=answer.rounding,
        timings_s={name: round(seconds, 3) for name, seconds in timings_s.items()},
        peak_memory_mb=round(peak_memory_mb(), 1),
        model=ModelRecord(
            variables=answer.columns, constraints=answer.rows, nonzeros=answer.nonzeros
        ),
        assumptions=assumptions(scenario, dataset),
    )


def peak_memory_mb() -> float:
    """Return the most memory that this process has held [MB]."""
    usage = psutil.Process().memory_info()
    peak = getattr(usage, "peak_wset", None)  # Windows only
    if peak is None:
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return float(peak) / 1e6
