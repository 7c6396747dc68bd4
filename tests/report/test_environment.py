"""The section on water, air and land: what it shows of a solved plan, and its words."""

from __future__ import annotations

import math

import pytest
from tests.report.synthetic import synthetic_plan

from gigaplan.inputs.scenario import load_scenario
from gigaplan.plan import Plan
from gigaplan.report.compare import build_comparison
from gigaplan.report.environment import by_state, environment_payload, has_environment, matching
from gigaplan.report.environment_words import environment_sentences
from gigaplan.report.words import summary
from gigaplan.workflow import run


@pytest.fixture(scope="module")
def solved() -> Plan:
    return run(load_scenario("tiny"), relaxed=True)


def test_states_add_up_to_the_tables(solved: Plan) -> None:
    table = by_state(solved.tables)
    last = table[table["year"] == 2030]
    water = solved.table("water")
    for part, column in (("new campus", "new_campuses_mm3"), ("new plant", "new_plants_mm3")):
        own = water[(water["part"] == part) & (water["year"] == 2030)]
        assert last[column].sum() == pytest.approx(own["consumption_mm3"].sum())
    for name, column in (("land", "land_ha"), ("embodied_carbon", "embodied_kt")):
        assert last[column].sum() == pytest.approx(solved.table(name)[column].sum())
        earlier = table.loc[table["year"] == 2028, column].sum()
        assert 0 < earlier < last[column].sum()
    air = solved.table("onsite_air")
    assert last["nox_t"].sum() == pytest.approx(air.loc[air["year"] == 2030, "nox_t"].sum())


def test_words_say_the_numbers_of_the_last_year(solved: Plan) -> None:
    text = environment_sentences(solved)
    table = by_state(solved.tables)
    last = table[table["year"] == 2030]
    assert f"In 2030 new campuses evaporate {last['new_campuses_mm3'].sum():.0f} million m³" in text
    clean = matching(solved.tables).set_index(["region", "year"]).loc[("all", 2030)]
    assert f"{100 * clean['annual_share_frac']:.0f}% of it by the year" in text
    assert f"{100 * clean['hourly_share_frac']:.0f}% by the hour" in text
    assert dict(summary(solved))["Water, air and land"] == text


def test_the_page_has_numbers_only(solved: Plan) -> None:
    payload = environment_payload(solved)
    assert set(payload) == {"environment_states", "environment_water", "environment_clean"}
    states = payload["environment_states"]
    assert isinstance(states, dict)
    # A cap that is not there is blank.
    assert set(map(str, states["cap_mm3"])) == {"None"}
    for column in ("new_campuses_mm3", "land_ha", "campus_co2_kt"):
        assert all(math.isfinite(value) for value in states[column])


def test_plans_are_compared_by_what_they_take(solved: Plan) -> None:
    page = build_comparison([solved, solved])
    rows = page["tables"]["measures"]
    told = dict(zip(rows["measure"], rows["value"], strict=True))
    table = by_state(solved.tables)
    last = table[table["year"] == 2030]
    water = last["new_campuses_mm3"].sum() + last["new_plants_mm3"].sum()
    assert told["Water that new campuses and plants evaporate"] == pytest.approx(water, rel=1e-4)
    clean = matching(solved.tables).set_index(["region", "year"]).loc[("all", 2030)]
    share = told["Load of new campuses that clean energy covers by the hour"]
    assert share == pytest.approx(100 * clean["hourly_share_frac"], rel=1e-4)


def test_a_plan_without_the_tables_has_no_section() -> None:
    plan = synthetic_plan()
    assert not has_environment(plan.tables)
    assert environment_payload(plan) == {}
    assert environment_sentences(plan) == ""
