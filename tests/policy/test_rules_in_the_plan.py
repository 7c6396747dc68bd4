"""Rules before the plan: credits by date, clocks, caps and bars; what switching them costs."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import gigaplan
from gigaplan.cli.app import app
from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.solve import Answer, optimise
from gigaplan.expansion.why import why_table
from gigaplan.inputs.scenario import Scenario
from gigaplan.plan.tables import Plan
from gigaplan.policy.plan_facts import eligibility
from gigaplan.system.build import build_system
from gigaplan.terms.errors import InputError
from gigaplan.workflow import load_scenario_data

FUND = "Gulf fund"


def facts(country: str, votes: float, **changed: Any) -> dict[str, Any]:
    """Return the facts of a fund that a government owns and that takes shares of a campus."""
    owners = [{"owner": "Government", "votes": 1.0, "economic": 1.0}]
    fund = {"name": FUND, "kind": "company", "country": country, "principal_place": country}
    told = {
        "instrument": "shares",
        "entities": [
            fund | {"traded_in": "nowhere", "owners": owners},
            {"name": "Government", "kind": "government", "country": country},
        ],
        "stake": {"votes_before": 0.0, "votes_after": votes, "passive": False},
        "rights": {
            "board_seats": 1,
            "board_size": 9,
            "board_observer": False,
            "technical_information": False,
            "substantive_decisions": False,
            "decides": [],
            "protections": ["anti_dilution"],
            "dominant_minority": False,
            "acts_in_concert": False,
        },
        "history": {"control_cleared": False, "investment_cleared": False},
        "business": {
            "exists": True,
            "in_us_commerce": True,
            "critical_technology": False,
            "infrastructure": ["bulk_power"],
            "data": {"categories": [], "genetic": False},
        },
        "site": {"zone": "TX", "interest": "none"},
        "scope": [],
    }
    return told | changed


def asked(**policy: Any) -> Scenario:
    content = gigaplan.load_scenario("tiny").model_dump()
    content["capital"]["investors"] = [
        {"name": FUND, "kind": "sovereign_fund", "country": "AE", "commitment_usd_b": {2026: 40.0}},
        {"name": "Home", "kind": "sponsor", "commitment_usd_b": {2026: 500.0}},
    ]
    content["policy"] = policy
    return Scenario.model_validate(content)


def eligible(**policy: Any):  # type: ignore[no-untyped-def]
    scenario = asked(**policy)
    return eligibility(scenario, load_scenario_data(scenario))


def test_a_share_below_a_quarter_files_by_choice_and_one_above_has_to() -> None:
    below = eligible(ownership="avoid", facts={FUND: facts("AE", 0.249)})
    assert below.most_share_frac == {}
    above = eligible(ownership="avoid", facts={FUND: facts("AE", 0.25)})
    # 31 CFR 800.244: 25 % of the votes; the fund stays below.
    assert above.most_share_frac == {FUND: pytest.approx(0.249)}
    assert above.delay_years == {}


def test_a_review_delays_money_by_its_days() -> None:
    found = eligible(ownership="clocks", facts={FUND: facts("AE", 0.2)})
    # 31 CFR 800.503, 800.508: 45 days of review and 45 of investigation.
    assert found.delay_years == {FUND: pytest.approx(90 / 365)}
    assert not found.barred


def test_nothing_is_assumed_of_who_tells_nothing() -> None:
    found = eligible(ownership="clocks")
    assert (found.delay_years, found.most_share_frac, found.barred) == ({}, {}, frozenset())


def test_rules_that_are_off_change_nothing_before_the_plan() -> None:
    told = {FUND: facts("AE", 0.3)}
    assert eligible(ownership="off", facts=told).delay_years == {}
    rules = ["cfius.covered_investment", "cfius.substantial_interest", "cfius.government_control"]
    quiet = eligible(ownership="clocks", facts=told, off=rules)
    assert quiet.delay_years == {FUND: 0.0}


def test_an_adversary_pays_nothing() -> None:
    found = eligible(ownership="clocks", facts={FUND: facts("CN", 0.2)})
    assert found.barred == frozenset({FUND})
    scenario = asked(ownership="clocks", facts={FUND: facts("CN", 0.2)})
    dataset = load_scenario_data(scenario)
    system = build_system(scenario, dataset, eligibility(scenario, dataset))
    assert not system["may_fund"].sel(investor=FUND).any()
    assert system["may_fund"].sel(investor="Home").all()


def test_delayed_money_is_that_of_the_year_less_what_the_review_took() -> None:
    scenario = asked(ownership="clocks", facts={FUND: facts("AE", 0.2)})
    dataset = load_scenario_data(scenario)
    system = build_system(scenario, dataset, eligibility(scenario, dataset))
    money = system["commitment"].sel(investor=FUND).values
    np.testing.assert_allclose(money[0], 40_000 * (1 - 90 / 365))
    np.testing.assert_allclose(money[1:], 40_000)


def test_shared_facts_hold_for_all_and_own_facts_go_before() -> None:
    shared = {"rights": facts("AE", 0.2)["rights"], "history": facts("AE", 0.2)["history"]}
    shared |= {"business": facts("AE", 0.2)["business"]}
    own = {name: told for name, told in facts("AE", 0.2).items() if name not in shared}
    whole = eligible(ownership="clocks", facts={FUND: facts("AE", 0.2)})
    assert eligible(ownership="clocks", shared_facts=shared, facts={FUND: own}) == whole
    no_seat = {"rights": {"board_seats": 0}}
    found = eligible(ownership="clocks", shared_facts=shared, facts={FUND: own | no_seat})
    # 31 CFR 800.211: without access, a seat or a say it is no covered investment.
    assert found.delay_years == {FUND: 0.0}


def test_a_fault_in_shared_facts_is_told_there() -> None:
    with pytest.raises(InputError) as raised:
        eligible(facts={FUND: facts("AE", 0.2)}, shared_facts={"loan": {"colour": "blue"}})
    assert raised.value.faults[0].where.endswith("policy.shared_facts")


def test_investors_of_the_coalition_wait_only_where_the_law_has_them_wait() -> None:
    scenario = gigaplan.load_scenario("coalition")
    found = eligibility(scenario, load_scenario_data(scenario))
    waiting = {name for name, years in found.delay_years.items() if years > 0}
    # Only the fund of the emirate has a seat on the board; the pensions are excepted investors.
    assert waiting == {"Gulf sovereign fund"}
    assert found.delay_rules["Gulf sovereign fund"] == "cfius.covered_investment"
    assert not found.barred


def test_the_price_of_a_day_of_review_is_what_a_day_less_saves() -> None:
    content = asked(ownership="clocks", facts={FUND: facts("AE", 0.2)}).model_dump()
    content["capital"]["investors"][0]["commitment_usd_b"] = {2027: 3.0, 2028: 6.0}
    scenario = Scenario.model_validate(content)
    dataset = load_scenario_data(scenario)

    def planned(days: float) -> Answer:
        found = eligibility(scenario, dataset)
        shifted = replace(found, delay_years={FUND: days / 365})
        return optimise(build_system(scenario, dataset, shifted), SolverSettings(), relaxed=True)

    asked_days = planned(90.0)
    table = why_table(asked_days)
    row = table[table["limit"] == f"review of {FUND}"].iloc[0]
    assert row["binding_value"] == pytest.approx(90.0)
    assert "cfius." in row["setting"]
    saved = asked_days.cost_musd - planned(89.0).cost_musd
    assert saved == pytest.approx(row["shadow_price"], rel=1e-3)
    assert saved > 0.1


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ({"Nobody": {}}, "Facts are told of Nobody, who is no investor."),
        ({FUND: {"stake": {"votes_after": 1.2}}}, "stake.votes_after: "),
        ({FUND: {"stakes": {}}}, "stakes: "),
    ],
)
def test_facts_that_cannot_be_are_refused_before_a_solve(told: dict[str, Any], what: str) -> None:
    with pytest.raises(InputError) as raised:
        eligible(facts=told)
    assert what in raised.value.faults[0].what
    assert "policy.facts" in raised.value.faults[0].where


@pytest.fixture(scope="module")
def credited() -> Plan:
    scenario = asked(credits=True)
    return gigaplan.run(scenario, relaxed=True)


def test_credits_are_those_of_the_law_by_date(credited: Plan) -> None:
    table = credited.table("credits").set_index(["asset", "in_service_year"])["rate_frac"]
    # IRC 48E(a)(2)(A)(ii), (e): 30 % with wages met, in full for what begins by 2033.
    assert table["battery_4h", 2030] == pytest.approx(0.3)
    # P.L. 119-21 sec. 70513: solar that begins after 2026-07-04 serves by the end of 2027.
    assert table["solar_1", 2030] == 0.0


@pytest.mark.parametrize(("prohibited", "part"), [(0.0, 1.0), (0.35, 1.0), (0.36, 0.0)])
def test_a_credit_is_lost_below_the_ratio_of_its_year(prohibited: float, part: float) -> None:
    # IRC 7701(a)(52)(B)(ii): storage begun in 2028 needs 65 % from others.
    found = eligible(credits=True, prohibited_cost_frac={"storage": prohibited}).credits
    assert found["battery_4h", 2028].capex_frac == pytest.approx(part * 0.3 * 0.93)


def test_existing_nuclear_earns_what_its_receipts_leave() -> None:
    scenario = asked(credits=True, credit_worth_frac=1.0)
    low = {"table": "parameters", "where": {"parameter": "nuclear_receipts_usd_per_mwh"}}
    content = scenario.model_dump() | {"overrides": [low | {"column": "value", "value": 30.0}]}
    cheap = Scenario.model_validate(content)
    found = eligibility(cheap, load_scenario_data(cheap)).credits
    # IRC 45U(b)(2), (d): 15 - 0.8 (30 - 25) = 11 USD/MWh up to 2032.
    assert found["nuclear_existing", 2028].usd_per_mwh == pytest.approx(11.0)
    dear = eligibility(scenario, load_scenario_data(scenario)).credits
    assert dear["nuclear_existing", 2028].usd_per_mwh == 0.0


def test_a_day_before_the_rows_of_the_law_is_refused_with_the_row_that_lacks() -> None:
    with pytest.raises(InputError, match="energy_credits") as raised:
        eligible(credits=True, as_of=datetime.date(2025, 1, 31))
    assert "2025-01-31" in raised.value.faults[0].what


def test_credits_lower_cost_and_are_found_by_no_check(credited: Plan) -> None:
    without = gigaplan.run(asked(credits=False), relaxed=True)
    paid = credited.manifest.objective.value_usd2025_m
    assert paid < without.manifest.objective.value_usd2025_m
    assert without.table("credits").empty
    assert [one for one in gigaplan.verify_plan(credited) if not one.ok] == []
    rate = 1.0 - 0.3 * 0.93
    own, full = (plan.system["capital_charge_storage"] for plan in (credited, without))
    ratio = own.sel(storage="battery_4h") / full.sel(storage="battery_4h")
    np.testing.assert_allclose(ratio.dropna("vintage").values[:, -1], rate)


def test_every_investor_is_screened_by_every_rule(credited: Plan) -> None:
    table = credited.table("screen")
    rules = set(table["rule"])
    assert len(rules) > 20
    assert (table.groupby("deal")["rule"].nunique() == len(rules)).all()
    paid = set(credited.table("investors").query("drawn_usd2025_m > 1")["investor"])
    assert set(table["investor"]) == paid
    assert (table["citation"].str.len() > 5).all()


def test_the_command_screens_a_plan_with_the_facts_of_its_scenario(tmp_path: Path) -> None:
    plan = gigaplan.run(asked(facts={FUND: facts("AE", 0.3, scope=["campus"])}), relaxed=True)
    gigaplan.save_plan(plan, tmp_path / "plan")
    run = CliRunner().invoke(app, ["screen", str(tmp_path / "plan"), "--format", "json"])
    assert run.exit_code == 0, run.output
    table = plan.table("screen").query("rule == 'cfius.substantial_interest'")
    own = table[table["investor"] == FUND]
    # 31 CFR 800.244: 30 % of the votes, and governments hold all of the fund.
    assert set(own["verdict"]) == {"file (mandatory)"}
    assert f"{FUND} holds 30 % of the votes afterwards" in run.output


def test_diff_of_rules_says_what_they_cost() -> None:
    run = CliRunner().invoke(app, ["policy", "diff", "tiny", "--on", "credits", "--quiet"])
    assert run.exit_code == 0, run.output
    assert "Discounted cost of everything" in run.output
    assert "tiny-switched" in run.output


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--off", "cfius.everything"], "There is no rule"),
        (["--off", "credits"], "Nothing changes"),
        (["--on", "credits", "--off", "credits"], "is to be on and off"),
    ],
)
def test_rules_that_cannot_be_switched_are_named(arguments: list[str], what: str) -> None:
    run = CliRunner().invoke(app, ["policy", "diff", "tiny", *arguments])
    assert run.exit_code == 2
    assert what in run.output
