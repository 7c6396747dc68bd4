"""Sentences say what the tables say."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from tests.report.synthetic import synthetic_plan
from tests.report.synthetic_chains import FACTORIES

from gigaplan.plan import Plan
from gigaplan.report import summary_sentences
from gigaplan.report.figures import figures, years_of
from gigaplan.report.money import cost_per_gw, new_campus_gw
from gigaplan.report.numbers import gw, usd

NEW_FACTORIES = sum(capex for _, capex in FACTORIES.values() if capex > 1.0)


def test_summary_names_campuses_payers_and_limits() -> None:
    plan = synthetic_plan()
    text = " ".join(summary_sentences(plan))
    last = plan.table("campuses").query("year == 2030")
    assert f"brings {gw(last['online_it_mw'].sum())} of new AI campus IT" in text
    capital = plan.table("projects")["capex_usd2025_m"].sum() + NEW_FACTORIES
    assert f"New capital comes to {usd(capital)}" in text
    assert "tenants pay for accelerators" in text
    assert "One GW more of limit 2" in text
    assert "limit 1 is" not in text, "the target itself is not a limit that binds"
    assert "by more than 0.4%" in text


def test_summary_of_a_plan_that_builds_nothing() -> None:
    text = " ".join(summary_sentences(synthetic_plan(empty=True)))
    assert "builds no new campuses" in text
    assert "No new generation or storage is built." in text
    assert "No limit binds." in text


def test_cost_per_gw_adds_up_to_all_capital() -> None:
    plan = synthetic_plan()
    rows = cost_per_gw(plan.tables, plan.scenario)
    total = plan.table("projects")["capex_usd2025_m"].sum() + NEW_FACTORIES
    assert abs(sum(row.capex_usd2025_m for row in rows) - total) < 1e-6 * total
    per_gw = sum(row.usd2025_b_per_gw for row in rows)
    assert abs(per_gw * new_campus_gw(plan.tables) * 1e3 - total) < 1e-6 * total


@pytest.fixture
def replacing() -> Plan:
    """Return a plan that buys every accelerator a second time."""
    plan = synthetic_plan()
    projects = plan.table("projects")
    again = projects[projects["class"] == "accelerator"]
    return replace(plan, tables={**plan.tables, "projects": pd.concat([projects, again])})


def test_accelerators_that_replace_others_do_not_make_a_gw_dearer(replacing: Plan) -> None:
    once, twice = (
        {row.part: row for row in cost_per_gw(plan.tables, plan.scenario)}[
            "Accelerators and servers"
        ]
        for plan in (synthetic_plan(), replacing)
    )
    assert twice.capex_usd2025_m == pytest.approx(2 * once.capex_usd2025_m)
    assert twice.usd2025_b_per_gw == pytest.approx(once.usd2025_b_per_gw)


def test_replacements_are_told_beside_what_tenants_pay(replacing: Plan) -> None:
    notes = {figure.key: figure.note for figure in figures(replacing)}
    built = gw(new_campus_gw(replacing.tables) * 1e3)
    assert notes["capital-tenants"] == f"accelerators ({built} replace worn-out ones)"
    assert (
        "replace"
        not in {figure.key: figure.note for figure in figures(synthetic_plan())}["capital-tenants"]
    )


def test_power_of_a_sponsor_is_told_apart_from_that_of_others() -> None:
    plan = synthetic_plan()
    content = plan.scenario.model_dump()
    content["compute"]["given"]["background_case"] = "bnef_2035"
    sponsor = replace(plan, scenario=type(plan.scenario).model_validate(content))
    assert "by 2030, 0 MW of it by the programme itself: " in " ".join(summary_sentences(sponsor))
    assert "programme itself" not in " ".join(summary_sentences(plan))


def test_figures_carry_units() -> None:
    by_key = {figure.key: figure.value for figure in figures(synthetic_plan())}
    assert by_key["campuses"].endswith(("GW", "MW"))
    assert by_key["capital-programme"].startswith("$")
    assert by_key["emissions"].endswith("Mt")
    assert by_key["price"].endswith("/MWh")


def test_years_are_those_of_the_scenario() -> None:
    """Milestones are milestones, whether or not anything is in service in them."""
    plan = synthetic_plan(years=(2026, 2030, 2035))
    capacity = plan.table("capacity")
    late = replace(plan, tables={**plan.tables, "capacity": capacity[capacity["year"] > 2026]})
    assert years_of(plan) == years_of(late) == [2026, 2030, 2035]
