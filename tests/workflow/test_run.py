"""A run from scenario to plan: the same every time, and its money adds up."""

from __future__ import annotations

import pytest

from gigaplan.inputs.scenario import Scenario, load_scenario
from gigaplan.plan.tables import Plan, check_tables
from gigaplan.plan.verify import verify_plan
from gigaplan.workflow import run


def tiny(**changes: object) -> Scenario:
    """Return the tiny scenario with top-level sections replaced."""
    return Scenario.model_validate({**load_scenario("tiny").model_dump(), **changes})


@pytest.fixture(scope="module")
def undiscounted() -> Plan:
    """Return the plan of the tiny scenario without discounting."""
    return run(tiny(money={"discount_rate": 0.0, "wacc": {}}))


def test_without_discounting_the_objective_is_a_plain_sum(undiscounted: Plan) -> None:
    """Yearly costs times the years that each milestone stands for, nothing else."""
    costs = undiscounted.tables["costs"]
    years = undiscounted.system["years_in_period"].to_series()
    plain = (costs["cost_usd2025_m_per_yr"] * costs["year"].map(years)).sum()
    assert plain == pytest.approx(undiscounted.manifest.objective.value_usd2025_m, rel=1e-9)


def test_the_same_question_has_the_same_answer(undiscounted: Plan) -> None:
    """A second run gives the same tables, to the last digit."""
    again = run(tiny(money={"discount_rate": 0.0, "wacc": {}}))
    assert again.manifest.scenario_sha256 == undiscounted.manifest.scenario_sha256
    for name, table in undiscounted.tables.items():
        assert table.equals(again.tables[name]), name


def test_every_table_keeps_its_schema(undiscounted: Plan) -> None:
    """Tables have the columns that the manual lists."""
    assert check_tables(undiscounted.tables) == []


def test_the_target_is_met_in_whole_phases(undiscounted: Plan) -> None:
    """Campuses come in phases of 250 MW and bring what is asked, no more than a phase beyond."""
    campuses = undiscounted.tables["campuses"].groupby("year")["online_it_mw"].sum()
    assert campuses.loc[2028] == pytest.approx(1000.0)
    assert campuses.loc[2030] == pytest.approx(3000.0)
    assert (undiscounted.tables["campuses"]["built_it_mw"] % 250.0 < 1e-6).all()


def test_accelerators_are_in_the_cost_whoever_pays(undiscounted: Plan) -> None:
    """Who pays for accelerators moves the payer, not the cost."""
    content = load_scenario("tiny").model_dump()
    content["money"]["discount_rate"] = 0.0
    content["compute"]["accelerators_paid_by"] = "programme"
    other = run(Scenario.model_validate(content))
    ours, theirs = (
        plan.tables["costs"].groupby("category")["discounted_usd2025_m"].sum()
        for plan in (undiscounted, other)
    )
    assert theirs["accelerator capital"] == pytest.approx(ours["accelerator capital"], rel=1e-9)
    payers = other.tables["costs"].query("category == 'accelerator capital'")["payer"]
    assert set(payers) == {"programme"}


def test_one_zone_alone_is_planned() -> None:
    """A scenario without any corridor ends in a plan that passes its checks and has no gaps."""
    content = load_scenario("tiny").model_dump()
    content["zones"] = ["OK"]
    content["compute"]["target"]["by_year"] = {2028: 0.25, 2030: 0.5}
    content["limits"]["unserved"]["max_frac"] = 0.05
    plan = run(Scenario.model_validate(content))
    assert check_tables(plan.tables) == []
    assert all(finding.ok for finding in verify_plan(plan))
    assert plan.tables["corridor_capacity"].empty


def test_ends_of_a_corridor_do_not_come_from_its_name() -> None:
    """Projects of corridors name the zones that the data give, whatever a corridor is called."""
    plan = run(load_scenario("tiny"), relaxed=True)
    lines = plan.tables["corridor_capacity"].set_index("corridor")
    assert (lines["from_zone"] + "-" + lines["to_zone"]).tolist() == [
        name.split(" ")[0] for name in lines.index
    ]
