"""The report of a plan that was solved: what it draws from one table agrees with another."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from gigaplan.inputs.scenario import load_scenario
from gigaplan.plan import Plan
from gigaplan.report import summary_sentences, write_report
from gigaplan.report.frames import dispatch, region_of_zone
from gigaplan.report.money import CATEGORIES, PAYERS, costs
from gigaplan.workflow import run


@pytest.fixture(scope="module")
def solved() -> Plan:
    return run(load_scenario("tiny"))


def test_imports_of_the_picture_are_imports_of_the_balance(solved: Plan) -> None:
    """The picture takes them from blocks as what is left over, the balance from flows."""
    weight = solved.table("blocks").set_index("block")["weight_hours"]
    drawn = dispatch(solved.tables).query("group == 'Net imports'")
    twh = drawn["power_mw"] * drawn["block"].map(weight) / 1e6
    left_over = twh.groupby([drawn["region"], drawn["year"]]).sum()
    balance = solved.table("energy_balance").query("item in ['imports', 'exports']")
    region = balance["zone"].astype(str).map(region_of_zone(solved.tables))
    signed = balance["energy_twh"].where(balance["kind"] == "supply", -balance["energy_twh"])
    told = signed.groupby([region.rename("region"), balance["year"]]).sum()
    both = pd.concat([left_over.rename("drawn"), told.rename("told")], axis=1).fillna(0.0)
    assert both["drawn"].tolist() == pytest.approx(both["told"].tolist(), abs=1e-3)
    assert both["told"].abs().max() > 0.1, "a plan without trade would prove nothing"


def test_costs_of_the_page_are_the_objective(solved: Plan) -> None:
    table = costs(solved.tables)
    assert set(table["category"]) <= set(CATEGORIES)
    assert set(table["payer"]) <= set(PAYERS)
    total = table["discounted_usd2025_m"].sum()
    assert total == pytest.approx(solved.manifest.objective.value_usd2025_m, rel=1e-6)


def test_report_of_a_solved_plan_is_one_small_file(solved: Plan, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(solved, path)
    assert path.stat().st_size < 1_500_000
    assert "3.0 GW of new AI campus IT into service by 2030" in summary_sentences(solved)[0]
