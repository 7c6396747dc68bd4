"""The report of a plan that was solved: what it draws from one table agrees with another."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from gigaplan.inputs.scenario import Scenario, load_scenario
from gigaplan.plan import Plan
from gigaplan.report import capital, deals, summary_sentences, write_report
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


@pytest.fixture(scope="module")
def funded() -> Plan:
    """Return a plan that two investors pay for, one with a bounded share and a state left out."""
    content = load_scenario("tiny").model_dump()
    content["compute"]["accelerators_paid_by"] = "programme"
    content["programme"]["own_capacity_frac"] = 0.5
    everything = {"kind": "pension", "commitment_usd_b": {2026: 10_000.0}}
    abroad = {"kind": "sovereign_fund", "country": "AE", "required_return_frac": 0.01}
    content["capital"] = {
        "investors": [
            {"name": "Home", **everything},
            {"name": "Abroad", **everything, **abroad, "exclude_zones": ["KS"]},
        ],
        "max_share": {"foreign": {"campus": 0.3}},
    }
    return run(Scenario.model_validate(content), relaxed=True)


def test_money_of_investors_equals_what_the_programme_spends(funded: Plan) -> None:
    paid = capital.funding(funded.tables).groupby("capital_class")["fund_usd2025_m"].sum()
    spent = capital.uses(funded.tables).groupby("capital_class")["spend_usd2025_m"].sum()
    assert len(paid) == 3
    assert paid.to_dict() == pytest.approx(spent.to_dict(), rel=1e-5)
    years = capital.calls(funded).groupby("calendar_year")["fund_usd2025_m"].sum()
    spend = funded.table("spend").query("payer == 'programme'")
    by_year = spend.groupby("calendar_year")["spend_usd2025_m"].sum()
    assert years[years > 0.5].to_dict() == pytest.approx(by_year.to_dict(), rel=1e-4)


def test_money_of_campuses_goes_to_the_states_that_have_them(funded: Plan) -> None:
    places = capital.places(funded).groupby(["capital_class", "place"])["fund_usd2025_m"].sum()
    assert set(places.index.get_level_values("place")) <= set(funded.table("zones")["zone"])
    spend = funded.table("spend").query("payer == 'programme' and asset == 'campus'")
    by_zone = spend.groupby("zone")["spend_usd2025_m"].sum()
    told = {zone: float(places["campus", zone]) for zone in by_zone.index}
    assert told == pytest.approx(by_zone.to_dict(), rel=1e-4)


def test_shares_of_a_solved_plan_hold_their_caps(funded: Plan) -> None:
    table = capital.groups(funded)
    assert (table["share"] <= table["cap"].fillna(1.0) + 1e-6).all()
    bounded = table.query("investor_group == 'foreign' and capital_class == 'campus'")
    assert (bounded["cap"] == 0.3).all()
    binding = table[table["binds"] > 0]
    assert (binding["share"] - binding["cap"]).abs().max() < 1e-6
    assert (binding["worth"] > 0).all()
    whole = sum(funded.table("investors")["return_charge_usd2025_m"])
    premiums = costs(funded.tables).query("category == 'return premiums'")
    assert premiums["discounted_usd2025_m"].sum() == pytest.approx(whole, rel=1e-6)
    total = costs(funded.tables)["discounted_usd2025_m"].sum()
    assert total == pytest.approx(funded.manifest.objective.value_usd2025_m, rel=1e-6)
    assert set(costs(funded.tables)["category"]) <= set(CATEGORIES)


def test_cover_of_solved_deals_is_least_where_the_deals_say(solved: Plan) -> None:
    """The page adds it up from the ledger; the deals have it from their loans."""
    least = deals.cover(solved.tables).groupby("capital_class")["min"].min()
    told = solved.table("deals").groupby("capital_class")["min_dscr"].min().dropna()
    assert least.to_dict() == pytest.approx(told.to_dict(), rel=1e-9)
    assert len(least) > 0


def test_flows_and_calls_of_solved_deals_come_to_their_returns(funded: Plan) -> None:
    years = deals.flows_by_year(funded.tables).groupby("investor")
    returns = funded.table("returns").query("level == 'investor'").set_index("name")
    for way in ("paid_usd_nominal_m", "received_usd_nominal_m"):
        assert years[way].sum().to_dict() == pytest.approx(returns[way].to_dict(), rel=1e-9)
    called = deals.called(funded.tables).set_index("investor")["paid_usd_nominal_m"]
    paid = returns["paid_usd_nominal_m"][called.index]
    assert called.to_dict() == pytest.approx(paid.to_dict(), rel=1e-9)
