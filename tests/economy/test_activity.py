"""Activity adds up to the plan's own projects and to its spending by year."""

from __future__ import annotations

import pytest
from tests.dealbook.conftest import facts_of, tiny

import gigaplan
from gigaplan.dealbook import PlanFacts
from gigaplan.economy.activity import Activity, activity_of


@pytest.fixture(scope="module")
def facts() -> PlanFacts:
    return facts_of(gigaplan.run(tiny(), relaxed=True))


@pytest.fixture(scope="module")
def activity(facts: PlanFacts) -> Activity:
    return activity_of(facts)


def test_construction_adds_up_to_projects(facts: PlanFacts, activity: Activity) -> None:
    projects = facts.tables["projects"].set_index("project")
    added = activity.construction.groupby("project")[["spend_usd2025_m", "built_mw"]].sum()
    added = added.reindex(projects.index)
    assert added["spend_usd2025_m"].tolist() == pytest.approx(projects["capex_usd2025_m"].tolist())
    assert added["built_mw"].tolist() == pytest.approx(projects["capacity_mw"].tolist())


def test_spending_of_a_year_is_that_of_the_optimisation(
    facts: PlanFacts, activity: Activity
) -> None:
    keys = ["class", "zone", "payer", "calendar_year"]
    spend = facts.tables["spend"]
    spend = spend[spend["class"] != "corridor"]
    theirs = spend.groupby(keys)["spend_usd2025_m"].sum()
    ours = activity.construction.groupby(keys)["spend_usd2025_m"].sum()
    both = theirs.to_frame("theirs").join(ours.rename("ours"), how="outer").fillna(0.0)
    assert len(theirs) > 5
    assert both["ours"].tolist() == pytest.approx(both["theirs"].tolist(), abs=1e-3)


def test_what_is_built_runs_from_the_next_january(facts: PlanFacts, activity: Activity) -> None:
    milestone = int(facts.system["year"].values[-1])
    campuses = activity.operation[activity.operation["class"] == "campus"]
    running = campuses[campuses["calendar_year"] == milestone + 1]["online_mw"].sum()
    projects = facts.tables["projects"]
    assert running == pytest.approx(
        projects.loc[projects["class"] == "campus", "capacity_mw"].sum()
    )
    first = activity.construction.groupby("project")["calendar_year"].min()
    starts = activity.operation.groupby("project")["calendar_year"].min()
    assert (starts > first.reindex(starts.index)).all()
