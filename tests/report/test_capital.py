"""Capital of the page: what comes in goes out, and words say whose money it is."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest
from tests.report.synthetic import payload_of, synthetic_plan, without
from tests.report.synthetic_capital import CHARGES, FUND, with_investors

from gigaplan.plan import Plan
from gigaplan.report import capital, summary_sentences
from gigaplan.report.capital_words import capital_sentences
from gigaplan.report.compare import build_comparison
from gigaplan.report.figures import figures
from gigaplan.report.html import escaped_json
from gigaplan.report.money import CATEGORIES, costs
from gigaplan.report.numbers import percent, usd

NEW_TABLES = ("funding", "investors", "investor_terms")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return with_investors(synthetic_plan(zones=5))


@pytest.fixture(scope="module")
def shown(plan: Plan) -> dict[str, pd.DataFrame]:
    tables = payload_of(plan)["tables"]
    assert isinstance(tables, dict)
    return {name: pd.DataFrame(columns) for name, columns in tables.items()}


def test_sources_equal_uses(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    drawn = shown["investors"]["drawn_usd2025_m"].sum()
    assert drawn == pytest.approx(plan.table("funding")["fund_usd2025_m"].sum(), rel=1e-6)
    assert shown["capital_uses"]["spend_usd2025_m"].sum() == pytest.approx(drawn, rel=1e-6)
    own = plan.table("spend").query("payer == 'programme'")
    parts = shown["capital_uses"].set_index("part")["spend_usd2025_m"]
    for part, asset in {
        "campus": "campus",
        "onsite": "btm_gas_turbine",
        "storage": "battery_4h",
        "generation": "wind_1",
    }.items():
        by_hand = own.loc[own["asset"] == asset, "spend_usd2025_m"].sum()
        assert parts[part] == pytest.approx(by_hand, rel=1e-5)


def test_what_investors_pay_for_a_class_goes_to_its_states(shown: dict[str, pd.DataFrame]) -> None:
    keys = ["capital_class", "calendar_year"]
    into = shown["capital_funding"].groupby(keys)["fund_usd2025_m"].sum()
    out = shown["capital_places"].groupby(keys)["fund_usd2025_m"].sum()
    assert into.index.tolist() == out.index.tolist()
    assert into.tolist() == pytest.approx(out.tolist(), rel=1e-5)


def test_states_get_what_is_spent_in_them(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    spent = plan.table("spend").query("payer == 'programme' and asset == 'campus'")
    by_hand = spent.groupby("zone")["spend_usd2025_m"].sum()
    page = shown["capital_places"].query("capital_class == 'campus'")
    told = page.groupby("place")["fund_usd2025_m"].sum()
    assert told.to_dict() == pytest.approx(by_hand.to_dict(), rel=1e-5)


def test_money_that_is_spent_in_no_state_keeps_the_name_of_its_territory(plan: Plan) -> None:
    spend = plan.table("spend")
    bare = replace(plan, tables={**plan.tables, "spend": spend[spend["class"] != "campus"]})
    told = capital.places(bare).query("capital_class == 'campus'")
    assert set(told["place"]) == set(plan.table("funding")["territory"])
    whole = plan.table("funding").query("capital_class == 'campus'")["fund_usd2025_m"].sum()
    assert told["fund_usd2025_m"].sum() == pytest.approx(whole)


def test_calls_add_up_to_what_is_drawn_and_stay_below_what_is_committed(plan: Plan) -> None:
    table = capital.calls(plan)
    last = table.groupby("investor").last()
    drawn = plan.table("investors").set_index("investor")["drawn_usd2025_m"]
    assert last["drawn_usd2025_m"].to_dict() == pytest.approx(drawn.to_dict())
    assert (table["drawn_usd2025_m"] <= table["committed_usd2025_m"] + 1e-6).all()
    assert last["full"].to_dict() == {"Bank": 1, FUND: 0, "Idle": 0, "Sponsor": 0}


def test_shares_of_groups_stand_beside_their_limits(plan: Plan) -> None:
    table = capital.groups(plan).set_index(["investor_group", "capital_class", "in_service_year"])
    fund = plan.table("funding").query("capital_class == 'campus' and in_service_year == 2030")
    paid = fund.groupby("investor")["fund_usd2025_m"].sum() / fund["fund_usd2025_m"].sum()
    debt = table.loc[("debt", "campus", 2030)]
    assert debt["share"] == pytest.approx(paid["Bank"])
    assert debt[["cap", "worth", "binds"]].tolist() == [0.45, 2.0, 1]
    assert table.loc[("government", "campus", 2030), "share"] == pytest.approx(paid[FUND] / 2)
    assert table.loc[("sponsor", "campus", 2030), "floor"] == 0.05
    assert table["binds"].sum() == 1
    assert table["cap"].notna().sum() == 2, "campuses of two milestones, and nothing else"


def test_returns_are_a_cost_that_may_be_below_zero(
    plan: Plan, shown: dict[str, pd.DataFrame]
) -> None:
    page = shown["costs"].query("category == 'return premiums'")
    assert page["discounted_usd2025_m"].sum() == pytest.approx(sum(CHARGES))
    assert set(costs(plan.tables)["category"]) <= set(CATEGORIES)
    total = plan.table("costs")["discounted_usd2025_m"].sum()
    assert shown["costs"]["discounted_usd2025_m"].sum() == pytest.approx(total, rel=1e-6)


def test_words_say_who_pays_and_what_it_saves(plan: Plan) -> None:
    text = capital_sentences(plan)
    table = capital.investors(plan.tables)
    drawn, committed = table["drawn_usd2025_m"].sum(), table["committed_usd2025_m"].sum()
    assert text.startswith(f"4 investors commit {usd(committed)}; {usd(drawn)} of it is drawn")
    assert f"Most is paid by {table['investor'].iloc[0]} (" in text
    assert "Idle" not in text
    fund = table.set_index("investor").loc[FUND, "drawn_usd2025_m"] / drawn
    assert f"{percent(fund)} is foreign money, {percent(fund / 2)} is governments' money" in text
    assert "their returns save $330 million (discounted): Sponsor costs $50 million more" in text
    assert "and Bank saves $400 million." in text
    assert "1 of 4 has nothing left to give. More of money of Bank up to 2030" in text
    assert text in summary_sentences(plan)
    assert "the programme's investors $" in " ".join(summary_sentences(plan))
    labels = {figure.key: figure.label for figure in figures(plan)}
    assert labels["capital-programme"] == "of capital paid by the programme's investors"


def test_words_of_dear_investors_who_all_ask_more(plan: Plan) -> None:
    table = plan.table("investors").assign(return_charge_usd2025_m=[100.0, 300.0, 0.0, 0.0])
    why = plan.table("why").iloc[:0]
    text = capital_sentences(replace(plan, tables={**plan.tables, "investors": table, "why": why}))
    assert "their returns cost $400 million more (discounted). " in text
    assert text.endswith("No limit on who pays binds by itself.")


def test_words_of_investors_at_home(plan: Plan) -> None:
    table = plan.table("investors")
    table = table.assign(drawn_usd2025_m=[10.0 * (name == "Sponsor") for name in table["investor"]])
    text = capital_sentences(replace(plan, tables={**plan.tables, "investors": table}))
    assert "Most is paid by Sponsor ($10 million, 100%). None of it is foreign" in text


def test_words_of_investors_who_pay_nothing(plan: Plan) -> None:
    table = plan.table("investors").assign(drawn_usd2025_m=0.0, share_frac=0.0)
    empty = {"investors": table, "funding": plan.table("funding").iloc[:0]}
    idle = replace(plan, tables={**plan.tables, **empty})
    assert capital_sentences(idle).endswith("nothing of it is drawn.")
    content = json.loads(escaped_json(payload_of(idle)))
    assert content["tables"]["capital_places"]["place"] == []


def test_a_plan_without_investors_has_no_capital(plan: Plan) -> None:
    bare = without(plan, *NEW_TABLES)
    assert capital_sentences(bare) == ""
    tables = payload_of(bare)["tables"]
    assert isinstance(tables, dict)
    assert not any(name.startswith("capital") or name == "investors" for name in tables)
    assert "investors" not in " ".join(summary_sentences(bare))


def test_money_of_investors_is_compared_where_all_plans_have_it(plan: Plan) -> None:
    more = with_investors(synthetic_plan(zones=5, name="other", scale=2.0))
    tables = build_comparison([plan, more])["tables"]
    assert isinstance(tables, dict)
    rows = pd.DataFrame(tables["measures"]).set_index(["measure", "plan"])["value"]
    for one in (plan, more):
        drawn = one.table("investors")["drawn_usd2025_m"].sum() / 1e3
        assert rows["Money that investors pay", one.manifest.name] == pytest.approx(drawn)
    paid = pd.DataFrame(tables["investors"]).set_index(["investor", "plan"])["value"]
    assert paid["Bank", "other"] > 1.5 * paid["Bank", "made-up"]
    with_one = build_comparison([plan, without(more, *NEW_TABLES)])["tables"]
    assert isinstance(with_one, dict)
    assert with_one["investors"] == {}
    assert not any("investors" in name for name in pd.DataFrame(with_one["measures"])["measure"])


def test_the_milestone_of_a_limit_is_its_year_and_not_in_its_words(plan: Plan) -> None:
    why = plan.table("why")
    own = why["setting"] == "capital.max_share.debt.campus"
    assert own.sum() == 1
    reworded = why.assign(limit=why["limit"].where(~own, "cap on debt of 1999"))
    table = capital.groups(replace(plan, tables={**plan.tables, "why": reworded}))
    bound = table[table["binds"] == 1]
    assert bound["in_service_year"].tolist() == why.loc[own, "year"].tolist() == [2030]
