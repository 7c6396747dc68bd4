"""Scenarios without any plan name the limits in conflict, and what they name mends them."""

from __future__ import annotations

from typing import Any

import pytest

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.changes import Change, one_for_each_setting
from gigaplan.expansion.conflicts import find_conflict
from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.solve import optimise
from gigaplan.inputs.scenario import Scenario, load_scenario
from gigaplan.system.build import build_system
from gigaplan.terms.errors import InfeasibleError
from gigaplan.terms.progress import Silent
from gigaplan.workflow import load_scenario_data, run


def tiny(**changes: dict[str, Any]) -> Scenario:
    """Return the tiny scenario with sections changed."""
    content = load_scenario("tiny").model_dump()
    for section, values in changes.items():
        for name, value in values.items():
            held = content[section][name]
            content[section][name] = {**held, **value} if isinstance(held, dict) else value
    return Scenario.model_validate(content)


def with_changes(scenario: Scenario, changes: list[Change]) -> Scenario:
    """Return the scenario with its settings changed as the words of the error say."""
    content = scenario.model_dump()
    for change in one_for_each_setting(changes):
        where, value = change.fault().where, change.needed_setting
        *path, last = where.split(".")
        at: Any = content
        for step in path:
            at = at[step]
        key: Any = int(last) if last.isdigit() else last
        at[key] = False if where == "limits.interconnection.enabled" else value
    return Scenario.model_validate(content)


IMPOSSIBLE = {
    "target above all room": (
        tiny(
            compute={"target": {"by_year": {2028: 1.0, 2030: 300.0}}},
            limits={"supply": {"enabled": False}},
        ),
        {"compute_need", "built_capacity_potential_campus"},
    ),
    "no packages for any accelerator": (
        tiny(limits={"supply": {"scale": {"advanced_packaging": 0.001}, "build_factories": False}}),
        {"compute_need", "supply_source"},
    ),
    "more from home than home has": (
        tiny(
            limits={
                "supply": {
                    "min_us_share": {2027: 0.9},
                    "origin_components": ["hbm4e"],
                    "build_factories": False,
                }
            }
        ),
        {"compute_need", "supply_source", "origin"},
    ),
    "given campuses want the same few packages": (
        tiny(
            compute={"counts_given_campuses": True, "target": {"by_year": {2028: 8.0, 2030: 9.0}}},
            limits={"supply": {"scale": {"hbm4e": 0.02}, "build_factories": False}},
        ),
        {"compute_need", "supply_source"},
    ),
    "less water than campuses need": (
        tiny(
            limits={
                "water": {"consumption_cap_mm3_by_zone": dict.fromkeys(["TX", "OK", "KS"], 0.5)}
            }
        ),
        {"compute_need", "water_limit"},
    ),
    "cleaner than can be built in time": (
        tiny(limits={"clean": {"hourly_share_by_year": {2028: 0.95}}}),
        {"compute_need", "clean_energy_hourly"},
    ),
    "dark without a queue": (
        tiny(
            limits={
                "emissions": {"cap_mt_by_year": {2030: 100.0}},
                "interconnection": {"completion_frac": 0.2},
                "unserved": {"max_frac": 0.0},
            }
        ),
        {"emissions", "unserved_load", "interconnection"},
    ),
    "no capital": (
        tiny(limits={"budget": {"total_usd_b": 0.0}}),
        {"compute_need", "budget_total"},
    ),
    "campuses before anything can be built": (
        tiny(
            compute={"target": {"by_year": {2026: 5.0, 2030: 6.0}}},
            horizon={"milestone_years": (2026, 2030)},
        ),
        {"compute_need"},
    ),
    "clean and bright without a queue": (
        tiny(
            limits={
                "emissions": {"cap_mt_by_year": {2028: 1.0, 2030: 1.0}},
                "unserved": {"max_frac": 0.0},
                "interconnection": {"completion_frac": 0.0},
            }
        ),
        {"emissions", "unserved_load", "interconnection"},
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_limits_in_conflict_are_named(case: str) -> None:
    """The run ends with words, and the conflict holds the limits that cause it."""
    scenario, expected = IMPOSSIBLE[case]
    system = build_system(scenario, load_scenario_data(scenario))
    with pytest.raises(InfeasibleError, match="No plan keeps every limit") as caught:
        optimise(system, SolverSettings())
    assert caught.value.exit_code == 3
    assert caught.value.faults[0].what.startswith("In conflict: ")
    assert all(fault.mend for fault in caught.value.faults[1:])
    formulation = build_formulation(system)
    _, _, conflict = find_conflict(formulation, SolverSettings(), Silent())
    assert expected <= set(conflict)


@pytest.mark.parametrize(
    "case",
    [
        "target above all room",
        "no capital",
        "campuses before anything can be built",
        "no packages for any accelerator",
        "given campuses want the same few packages",
        "dark without a queue",
    ],
)
def test_the_smallest_change_mends_it(case: str) -> None:
    """Making the change that is named gives a plan."""
    scenario, _ = IMPOSSIBLE[case]
    formulation = build_formulation(build_system(scenario, load_scenario_data(scenario)))
    smallest, _, _ = find_conflict(formulation, SolverSettings(), Silent())
    plan = run(with_changes(scenario, smallest), relaxed=True)
    assert plan.manifest.solver.gap <= 1e-6


@pytest.mark.parametrize(
    "case",
    [
        "no packages for any accelerator",
        "given campuses want the same few packages",
        "dark without a queue",
        "no capital",
    ],
)
def test_every_other_way_out_mends_it_too(case: str) -> None:
    """Each change of one kind of limit that is named gives a plan by itself."""
    scenario, _ = IMPOSSIBLE[case]
    formulation = build_formulation(build_system(scenario, load_scenario_data(scenario)))
    _, alternatives, _ = find_conflict(formulation, SolverSettings(), Silent())
    assert alternatives
    for changes in alternatives:
        changed = with_changes(scenario, changes)
        optimise(build_system(changed, load_scenario_data(changed)), SolverSettings(), relaxed=True)


def test_the_budget_that_is_named_suffices() -> None:
    """Where the budget is too small, the budget that is named is not exceeded."""
    scenario, _ = IMPOSSIBLE["no capital"]
    formulation = build_formulation(build_system(scenario, load_scenario_data(scenario)))
    _, alternatives, _ = find_conflict(formulation, SolverSettings(), Silent())
    (budget,) = [a for a in alternatives if a[0].limit.name == "budget_total"]
    plan = run(with_changes(scenario, budget), relaxed=True)
    spent = plan.tables["spend"].query("payer == 'programme'")["spend_usd2025_m"].sum()
    assert 0 < spent <= budget[0].needed_setting * 1e3 * (1 + 1e-6)
