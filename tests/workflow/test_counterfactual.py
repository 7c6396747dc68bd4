"""The counterfactual of a run: a plan that adds up, the same whatever the programme asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from tests.dealbook.conftest import INVESTORS

from gigaplan.expansion.solve import optimise
from gigaplan.expansion.tables import plan_tables
from gigaplan.inputs.scenario import Scenario, load_scenario
from gigaplan.plan.tables import Plan
from gigaplan.plan.verify import verify_plan
from gigaplan.plan.verify.building import building_findings
from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.money import money_findings
from gigaplan.plan.verify.power import power_findings
from gigaplan.plan.verify.supply import supply_findings
from gigaplan.system.without import without_programme
from gigaplan.workflow import run, solver_settings


def compared(**sections: dict[str, Any]) -> Plan:
    """Return the plan of the tiny scenario beside its counterfactual, with fields replaced."""
    content = load_scenario("tiny").model_dump()
    content["counterfactual"] = {"solve": True}
    for name, fields in sections.items():
        content[name] = {**content[name], **fields}
    return run(Scenario.model_validate(content))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return compared()


def without(plan: Plan) -> pd.Series:
    """Return the side of the counterfactual that knows no programme.

    Firm capacity is left out: its price lies half way to the plan.
    """
    table = plan.tables["counterfactual"]
    table = table[~table["item"].isin(["firm capacity bought", "cost passed on"])]
    return table.set_index(["item", "zone", "year"])["without_programme"]


def test_the_counterfactual_is_a_plan_that_adds_up(plan: Plan) -> None:
    """Every balance, capacity, supply and cost of it, by the checks of plans."""
    system = without_programme(plan.system)
    answer = optimise(system, solver_settings(plan.scenario))
    objective = plan.manifest.objective.model_copy(update={"value_usd2025_m": answer.cost_musd})
    other = replace(
        plan,
        tables={**plan.tables, **plan_tables(answer)},
        system=system,
        manifest=plan.manifest.model_copy(
            update={"objective": objective, "rounding": answer.rounding}
        ),
    )
    fields = Fields(other)
    findings = [
        *power_findings(fields),
        *building_findings(fields),
        *supply_findings(fields),
        *money_findings(fields),
    ]
    assert len(findings) > 25
    assert [finding for finding in findings if not finding.ok] == []


def test_investors_and_own_power_are_no_part_of_it(plan: Plan) -> None:
    """Who pays for the programme changes nothing where there is none."""
    funded = compared(capital={"investors": INVESTORS}, programme={"own_capacity_frac": 0.5})
    assert funded.tables["funding"]["fund_usd2025_m"].sum() > 0
    assert without(funded).tolist() == pytest.approx(without(plan).tolist(), rel=1e-5, abs=1e-3)


def test_a_programme_that_seeks_most_compute_has_the_same_one(plan: Plan) -> None:
    most = compared(
        objective={"kind": "most_compute"},
        compute={"target": None},
        limits={"budget": {"total_usd_b": 30.0}},
    )
    assert most.tables["campuses"]["built_it_mw"].sum() > 0
    assert without(most).tolist() == pytest.approx(without(plan).tolist(), rel=1e-5, abs=1e-3)
    assert [finding for finding in verify_plan(most) if not finding.ok] == []


def test_comparing_changes_nothing_else(plan: Plan) -> None:
    alone = run(load_scenario("tiny"))
    for name, table in alone.tables.items():
        if len(table):
            assert table.equals(plan.tables[name]), name


def test_a_larger_programme_emits_more_and_costs_more(plan: Plan) -> None:
    larger = compared(compute={"target": {"unit": "it_gw", "by_year": {2028: 1.0, 2030: 5.0}}})
    for table, column in (
        ("carbon_effect", "difference_kt"),
        ("counterfactual", "difference"),
    ):
        small, large = (one.tables[table] for one in (plan, larger))
        if table == "counterfactual":
            small, large = (t[t["item"] == "cost passed on"] for t in (small, large))
        small, large = (t.loc[t["year"] == 2030, column].sum() for t in (small, large))
        assert large > small > 0
