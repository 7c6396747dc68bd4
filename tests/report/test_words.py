"""Sentences say what the tables say."""

from __future__ import annotations

from tests.report.synthetic import synthetic_plan

from gigaplan.report import summary_sentences
from gigaplan.report.figures import figures
from gigaplan.report.money import cost_per_gw, new_campus_gw
from gigaplan.report.numbers import gw, usd


def test_summary_names_campuses_payers_and_limits() -> None:
    plan = synthetic_plan()
    text = " ".join(summary_sentences(plan))
    last = plan.table("campuses").query("year == 2030")
    assert f"brings {gw(last['online_it_mw'].sum())} of new AI campus IT" in text
    capital = plan.table("projects")["capex_usd2025_m"].sum()
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
    total = plan.table("projects")["capex_usd2025_m"].sum()
    assert abs(sum(row.capex_usd2025_m for row in rows) - total) < 1e-6 * total
    per_gw = sum(row.usd2025_b_per_gw for row in rows)
    assert abs(per_gw * new_campus_gw(plan.tables) * 1e3 - total) < 1e-6 * total


def test_figures_carry_units() -> None:
    by_key = {figure.key: figure.value for figure in figures(synthetic_plan())}
    assert by_key["campuses"].endswith(("GW", "MW"))
    assert by_key["capital-programme"].startswith("$")
    assert by_key["emissions"].endswith("Mt")
    assert by_key["price"].endswith("/MWh")
