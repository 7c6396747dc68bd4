"""Plans whose deals are looked at: the tiny scenario, with and without investors."""

from __future__ import annotations

from typing import Any

import pytest

import gigaplan
from gigaplan.dealbook import PlanFacts, close_plan
from gigaplan.dealbook.closing import DealBook
from gigaplan.inputs.scenario import Scenario
from gigaplan.plan.tables import Plan
from gigaplan.workflow import load_scenario_data

INVESTORS = [
    {"name": "Sponsor", "kind": "sponsor", "commitment_usd_b": {2026: 20.0, 2028: 100.0}},
    {"name": "Pensions", "kind": "pension", "country": "CA", "commitment_usd_b": {2026: 30.0}},
    {
        "name": "Export credit",
        "kind": "eca_direct",
        "country": "JP",
        "government_share": 1.0,
        "commitment_usd_b": {2026: 15.0},
    },
    {"name": "Bonds", "kind": "project_bond_144a", "commitment_usd_b": {2027: 60.0}},
    {
        "name": "Award",
        "kind": "grant",
        "commitment_usd_b": {2027: 0.5},
        "classes": ["energy", "accelerator"],
    },
]


def tiny(**changed: Any) -> Scenario:
    """Return the tiny scenario in which the programme pays for accelerators and its own power."""
    content = gigaplan.load_scenario("tiny").model_dump()
    content["compute"]["accelerators_paid_by"] = "programme"
    content["programme"]["own_capacity_frac"] = 0.5
    content |= changed
    return Scenario.model_validate(content)


ROUND = {
    "year": 2027,
    "pre_money_usd_b": 400.0,
    "holders": {"Staff": 0.4, "Partner": 0.6},
    "new_investors": {"Growth": 0.75, "Strategic": 0.25},
    "safes": [{"holder": "Angel", "investment_usd_b": 2.0, "cap_usd_b": 200.0}],
    "pool_frac": 0.1,
    "own_cash_usd_b": 0.5,
    "cost_frac": 0.02,
}


def facts_of(plan: Plan) -> PlanFacts:
    return PlanFacts(plan.tables, plan.scenario, load_scenario_data(plan.scenario), plan.system)


@pytest.fixture(scope="session")
def coalition() -> Plan:
    """A plan that investors pay for."""
    capital = {"investors": INVESTORS, "max_share": {"debt": {"campus": 0.6, "accelerator": 0.5}}}
    return gigaplan.run(tiny(capital=capital, finance={"round": ROUND}))


@pytest.fixture(scope="session")
def coalition_facts(coalition: Plan) -> PlanFacts:
    return facts_of(coalition)


@pytest.fixture(scope="session")
def book(coalition_facts: PlanFacts) -> DealBook:
    return close_plan(coalition_facts)


@pytest.fixture(scope="session")
def owned() -> Plan:
    """A plan without investors."""
    return gigaplan.run(tiny(finance={"price": "required"}))
