"""What a scenario asks, before anything is solved."""

from __future__ import annotations

import pandas as pd

from gigaplan.inputs.scenario import Scenario
from gigaplan.system import System

MOST_INVESTORS = 3
COMPUTE_UNITS = {"it_gw": "GW of IT", "h100e_millions": "million H100e"}


def facts_of(scenario: Scenario, system: System) -> dict[str, str]:
    """Return the choices of a scenario that change what its figures mean, in words."""
    options, budget = system.options, scenario.limits.budget
    least = options.objective == "least_cost"
    most_for = "the budget"
    total = "none" if budget.total_usd_b is None else f"{budget.total_usd_b:,g} billion USD of 2025"
    if budget.total_usd_b is None and not budget.by_year_usd_b and scenario.capital.investors:
        total, most_for = "none beside what investors commit", "the money of investors"
    years = [int(year) for year in system["year"].values]
    size = f"whole phases of {options.phase_gw * 1e3:,.0f} MW" if options.phase_gw else "any size"
    most = "" if options.max_states is None else f", in at most {options.max_states} states"
    days = f"{system.data.sizes['day']} days in {system.data.sizes['block']} blocks of hours"
    count = system.data.sizes["zone"]
    zones = f"{count} ({', '.join(system['zone'].values)})" if count <= 10 else str(count)
    return {
        "name": scenario.name,
        "data": scenario.data,
        "objective": "least cost for the target" if least else f"most compute for {most_for}",
        "target": _target(scenario),
        "given_campuses": ", ".join(scenario.compute.given.campus_statuses) or "none",
        "given_growth": scenario.compute.given.background_case or "none",
        "accelerators_paid_by": scenario.compute.accelerators_paid_by,
        "budget": total,
        "investors": _investors(scenario, system),
        "zones": zones,
        "milestone_years": ", ".join(str(year) for year in years),
        "hours_of_a_year": days,
        "campuses": f"{size}{most}",
        "overrides_of_data": str(len(scenario.overrides)),
    }


def _investors(scenario: Scenario, system: System) -> str:
    """Return who commits how much by the end of the horizon, most money first."""
    if not scenario.capital.investors:
        return "none"
    committed = system["commitment"].isel(calendar_year=-1)
    most = committed.clip(max=system["ticket_most"]).to_series() / 1e3
    most = most.sort_values(ascending=False, kind="stable")
    told = [f"{name} {value:,g}" for name, value in most.head(MOST_INVESTORS).items()]
    rest = f", and {len(most) - len(told)} more" if len(most) > len(told) else ""
    commit = "commits" if len(most) == 1 else "commit"
    return f"{len(most)} {commit} {most.sum():,g} billion USD of 2025 ({', '.join(told)}{rest})"


def _target(scenario: Scenario) -> str:
    target = scenario.compute.target
    if target is None:
        return "none"
    counted = "given campuses count" if scenario.compute.counts_given_campuses else "on top of them"
    if target.case is not None:
        return f"case {target.case} ({counted})"
    unit = COMPUTE_UNITS[target.unit or "it_gw"]
    steps = ", ".join(f"{value:g} by {year}" for year, value in target.by_year.items())
    return f"{unit}: {steps} ({counted})"


def years_of(system: System) -> pd.DataFrame:
    """Return what is asked and given in each milestone year."""
    energy = (system["load"] * system["block_weight"]).sum(["zone", "block"]) / 1e3
    unit = system.options.target_unit
    table = {
        "year": system["year"].values,
        f"programme_need_{unit}": system["compute_need"].values,
        "given_campus_it_gw": system["given_campus"].sum("zone").values,
        "given_load_twh": energy.values,
        "given_peak_gw": system["peak_load"].sum("region").values,
    }
    return pd.DataFrame(table)
