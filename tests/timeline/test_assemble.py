"""The tables of dates of a solved plan."""

from __future__ import annotations

import pytest

from gigaplan.inputs.scenario import load_scenario
from gigaplan.plan.tables import Plan
from gigaplan.workflow import run


@pytest.fixture(scope="module")
def tiny() -> Plan:
    return run(load_scenario("tiny"), relaxed=True)


def test_every_project_has_a_critical_path_and_every_campus_a_month(tiny: Plan) -> None:
    projects = tiny.table("projects")
    path = tiny.table("critical_path")
    assert set(projects["project"]) <= set(path["project"])
    assert set(tiny.table("stages")["project"]) == set(path["project"])
    campuses = projects[projects["class"] == "campus"]
    months = tiny.table("time_to_power")
    assert months["project"].tolist() == campuses["project"].tolist()
    assert (months["idle_usd2025_m_per_month"] > 0).all()
    assert (months["worth_usd2025_m_per_month"] > 0).all()


def test_the_worth_of_a_month_adds_up_to_the_price_of_the_target(tiny: Plan) -> None:
    """Campuses of 2030 by their share of the shadow price, over its discounted months."""
    why, months = tiny.table("why"), tiny.table("time_to_power")
    price = why.loc[(why["family"] == "compute_need") & (why["year"] == 2030), "shadow_price"]
    years = float(tiny.system["discounted_years"].sel(year=2030))
    own = months[months["in_service_year"] == 2030]
    expected = own["it_mw"].sum() / 1e3 * price.sum() / years / 12.0
    assert own["worth_usd2025_m_per_month"].sum() == pytest.approx(expected)
