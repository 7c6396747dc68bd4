"""Deals of the page: its numbers are the sums of the tables, and words say what they come to."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest
from tests.report.synthetic import payload_of, synthetic_plan, without
from tests.report.synthetic_capital import with_investors
from tests.report.synthetic_deals import (
    CARRY,
    CLASSES,
    DEAL_TABLES,
    FUND,
    cover_of,
    sponsor_round,
    with_deals,
)

from gigaplan.plan import Plan
from gigaplan.report import deals, summary_sentences
from gigaplan.report.compare import build_comparison
from gigaplan.report.deal_words import (
    deal_sentences,
    investor_sentences,
    levelised_sentence,
    price_warning,
    rate,
)
from gigaplan.report.html import escaped_json
from gigaplan.report.numbers import usd


@pytest.fixture(scope="module")
def plan() -> Plan:
    return with_deals(synthetic_plan(zones=5), count=7, own_round=True)


@pytest.fixture(scope="module")
def shown(plan: Plan) -> dict[str, pd.DataFrame]:
    return _tables(plan)


def _tables(plan: Plan) -> dict[str, pd.DataFrame]:
    tables = payload_of(plan)["tables"]
    assert isinstance(tables, dict)
    return {name: pd.DataFrame(columns) for name, columns in tables.items()}


def _with(plan: Plan, **tables: pd.DataFrame) -> Plan:
    return replace(plan, tables={**plan.tables, **tables})


def test_sources_are_uses_class_by_class(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    page = shown["deal_sources_uses"].groupby(["capital_class", "side"])["usd_nominal_m"].sum()
    cost = plan.table("deals").groupby("capital_class")["uses_usd_nominal_m"].sum()
    for what in CLASSES:
        assert page[what, "use"] == pytest.approx(cost[what], rel=1e-4)
        assert page[what, "source"] == pytest.approx(cost[what], rel=1e-4)


def test_sources_have_instruments_and_what_nobody_pays_is_a_grant(plan: Plan) -> None:
    table = plan.table("sources_uses")
    grant = table.iloc[:1].assign(side="source", item="Grants", usd_nominal_m=5.0)
    told = deals.sources_uses(_with(plan, sources_uses=pd.concat([table, grant])).tables)
    of = told[told["side"] == "source"].set_index("item")["instrument"].to_dict()
    assert of == {"Sponsor": "equity", FUND: "equity", "Bank": "debt", "Grants": "grant"}
    assert set(told.loc[told["side"] == "use", "instrument"]) == {""}


def test_flows_of_years_are_the_flows_of_days(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    flows, page = plan.table("investor_flows"), shown["deal_flows"]
    for way in ("paid_usd_nominal_m", "received_usd_nominal_m"):
        by_hand = {name: sum(own[way]) for name, own in flows.groupby("investor")}
        told = page.groupby("investor")[way].sum().to_dict()
        assert told == pytest.approx(by_hand, abs=0.05)
    one = page.query("investor == 'Bank' and year == 2028")["paid_usd_nominal_m"].item()
    in_year = flows["date"].str.startswith("2028") & (flows["investor"] == "Bank")
    assert one == pytest.approx(flows.loc[in_year, "paid_usd_nominal_m"].sum(), abs=0.01)


def test_money_over_years_ends_where_returns_do(shown: dict[str, pd.DataFrame]) -> None:
    whole = shown["deal_returns"].query("level == 'programme'").iloc[0]
    owned = shown["deal_flows"].query("instrument == 'equity'")
    net = owned["received_usd_nominal_m"].sum() - owned["paid_usd_nominal_m"].sum()
    expected = whole["received_usd_nominal_m"] - whole["paid_usd_nominal_m"]
    assert net == pytest.approx(expected, abs=0.2)


def test_calls_add_up_to_what_is_called(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    calls = shown["deal_calls"].groupby("investor")["paid_usd_nominal_m"].sum()
    called = shown["deal_called"].set_index("investor")["paid_usd_nominal_m"]
    last = plan.table("capital_calls").groupby("investor")["cumulative_usd_nominal_m"].last()
    assert calls.to_dict() == pytest.approx(called.to_dict(), abs=0.1)
    assert called.to_dict() == pytest.approx(last.to_dict(), abs=0.01)
    assert CARRY not in called.index
    assert called.is_monotonic_decreasing


def test_calls_stand_beside_commitments_of_2025_dollars() -> None:
    plan = with_deals(with_investors(synthetic_plan(zones=5)))
    page = _tables(plan)["deal_called"].set_index("investor")
    own = plan.table("investors").set_index("investor")
    for name in ("Sponsor", "Bank", FUND):
        for column in ("committed_usd2025_m", "drawn_usd2025_m"):
            assert page.loc[name, column] == pytest.approx(own.loc[name, column], rel=1e-5)


def test_without_investors_there_is_no_commitment(shown: dict[str, pd.DataFrame]) -> None:
    assert shown["deal_called"]["committed_usd2025_m"].isna().all()


def test_cover_is_cash_over_debt_service(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    page = shown["deal_cover"].set_index(["capital_class", "year"])
    table = plan.table("deals")
    for (what, year), row in page.iterrows():
        own = [
            cover_of(int(deal["project"][1:]), year - int(deal["opens"][:4]))
            for _, deal in table[table["capital_class"] == what].iterrows()
            if 0 <= year - int(deal["opens"][:4]) < deal["life_years"]
        ]
        assert row.tolist() == pytest.approx([min(own), sum(own) / len(own), len(own)], abs=1e-4)
    lowest = page.groupby("capital_class")["min"].min()
    by_deal = table.groupby("capital_class")["min_dscr"].min()
    assert lowest.to_dict() == pytest.approx(by_deal.to_dict(), abs=1e-4)


def test_deals_without_debt_have_no_cover(plan: Plan) -> None:
    ledger = plan.table("deal_ledger").query("line == 'cfads'")
    assert len(deals.cover(_with(plan, deal_ledger=ledger).tables)) == 0
    none = _tables(_with(plan, deal_ledger=ledger))
    assert len(none["deal_cover"]) == 0


def test_what_lenders_ask_is_drawn_where_the_plan_keeps_it(plan: Plan) -> None:
    terms = pd.DataFrame(
        [("campus", "dscr", 1.25), ("campus", "lock_up_dscr", 1.15), ("campus", "tenor", 15.0)],
        columns=["capital_class", "term", "value"],
    )
    page = _tables(_with(plan, deal_terms=terms))["deal_cover_terms"]
    assert dict(zip(page["term"], page["value"], strict=True)) == {
        "dscr": 1.25,
        "lock_up_dscr": 1.15,
    }
    assert len(_tables(plan)["deal_cover_terms"]) == 0


def test_deals_stand_in_order_of_money_with_what_falls_short(
    plan: Plan, shown: dict[str, pd.DataFrame]
) -> None:
    page, table = shown["deals"], plan.table("deals").set_index("deal")
    assert page["uses_usd_nominal_m"].is_monotonic_decreasing
    assert page["uses_usd_nominal_m"].sum() == pytest.approx(table["uses_usd_nominal_m"].sum())
    for row in page.itertuples():
        own = table.loc[row.deal]
        assert row.short == int(own["price_usd_nominal"] < own["required_price_usd_nominal"])
    assert page["short"].sum() == 3


@pytest.mark.parametrize(("used", "short"), [(100.0, 0), (99.95, 0), (99.0, 1)])
def test_a_price_falls_short_by_more_than_rounding(plan: Plan, used: float, short: int) -> None:
    table = plan.table("deals").assign(price_usd_nominal=used, required_price_usd_nominal=100.0)
    assert set(deals.deals({"deals": table})["short"]) == {short}


def test_returns_are_those_of_the_plan(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    page, table = shown["deal_returns"], plan.table("returns")
    assert page["name"].tolist() == table["name"].tolist()
    assert page["irr_frac"].tolist() == pytest.approx(
        table["irr_frac"].tolist(), abs=1e-5, nan_ok=True
    )
    of = page.set_index(["level", "name"])
    assert of.loc[("investor", FUND), "short"] == 1
    assert of.loc[("investor", "Bank"), "short"] == 0
    free = of.loc[("investor", CARRY)]
    assert free["short"] == 0
    assert free[["moic", "dpi", "payback_years"]].isna().all()
    assert free["received_usd_nominal_m"] > 0


def _returns(plan: Plan, name: str, **values: object) -> Plan:
    table = plan.table("returns").copy()
    for column, value in values.items():
        table.loc[(table["level"] == "investor") & (table["name"] == name), column] = value
    return _with(plan, returns=table)


def test_words_of_each_investor_are_its_row(plan: Plan) -> None:
    told = investor_sentences(plan)
    table = plan.table("returns").query("level == 'investor'").set_index("name")
    bank, fund = table.loc["Bank"], table.loc[FUND]
    assert told[0] == (
        f"Bank lends {usd(bank['paid_usd_nominal_m'])} and gets "
        f"{usd(bank['received_usd_nominal_m'])} back: {rate(bank['irr_frac'])} a year, above the "
        "5.0% asked."
    )
    assert f"{FUND} pays {usd(fund['paid_usd_nominal_m'])} and gets" in told[1]
    assert told[1].endswith(f"{rate(fund['irr_frac'])} a year, below the 30.0% asked.")
    assert told[-1].startswith(f"{CARRY} pays nothing in and gets ")


def test_words_of_a_return_as_asked(plan: Plan) -> None:
    even = _returns(plan, "Bank", irr_frac=0.05001)
    assert investor_sentences(even)[0].endswith(": 5.0% a year, as asked.")


@pytest.mark.parametrize(("worth", "text"), [(450.0, "$450 million"), (-3.0, "\u2212$3 million")])
def test_words_where_more_than_one_rate_fits(plan: Plan, worth: float, text: str) -> None:
    several = _returns(
        plan, "Bank", irr_frac=float("nan"), irr_status="several", npv_usd_nominal_m=worth
    )
    told = investor_sentences(several)[0]
    assert "more than one rate of return fits these flows, so none is told" in told
    assert told.endswith(f"discounted at the 5.0% a year asked, they come to {text}.")
    names = deal_sentences(several)
    assert ("Bank (worth" in names) == (worth < 0)


def test_words_where_no_rate_fits(plan: Plan) -> None:
    none = _returns(plan, "Bank", irr_frac=float("nan"), irr_status="none")
    assert "no rate of return fits these flows; 5.0% a year is asked" in investor_sentences(none)[0]


def test_words_of_the_deals_name_who_falls_short(plan: Plan) -> None:
    text = deal_sentences(plan)
    whole = plan.table("returns").query("level == 'programme'").iloc[0]
    assert text.startswith(
        f"As 7 deals, in nominal dollars, the programme's owners pay "
        f"{usd(whole['paid_usd_nominal_m'])} and get {usd(whole['received_usd_nominal_m'])} back: "
    )
    assert f"{FUND} (" in text
    assert "against 30.0%) falls short of what was asked." in text
    assert text in summary_sentences(plan)
    fine = _returns(plan, FUND, required_frac=0.01)
    assert "Everybody who pays in earns what was asked." in deal_sentences(fine)


def test_warning_names_the_deal_that_falls_shortest(plan: Plan) -> None:
    table = plan.table("deals").copy()
    table.loc[3, ["price_usd_nominal", "required_price_usd_nominal"]] = [90.0, 130.5]
    where = table.loc[3]
    told = price_warning(_with(plan, deals=table))
    assert told == (
        "In 3 of 7 deals the price is below the one that earns what owners ask; furthest in "
        f"{where['deal']} ({where['zone']}), which sells at 90.00 and needs 130.50 USD per "
        "kW-month in its first year."
    )
    table["price_usd_nominal"] = table["required_price_usd_nominal"]
    assert price_warning(_with(plan, deals=table)) == ""


def test_levelised_costs_are_told_by_what_is_sold(plan: Plan) -> None:
    table = plan.table("deals").iloc[:3]
    told = levelised_sentence(_with(plan, deals=table))
    assert told.endswith(
        "campuses 160.00 USD per kW-month, own power 161.00 USD per MWh and "
        "accelerators 162.00 USD per H100e-h."
    )


def test_the_round_of_the_sponsor_is_shown_as_it_is(shown: dict[str, pd.DataFrame]) -> None:
    wanted = sponsor_round()
    assert shown["cap_table"].to_dict("list") == wanted["cap_table"].to_dict("list")
    assert shown["sponsor_round"]["value"].tolist() == wanted["sponsor_round"]["value"].tolist()


@pytest.mark.parametrize("emptied", [False, True])
def test_a_plan_without_deals_has_no_section(plan: Plan, emptied: bool) -> None:
    older = without(plan, *DEAL_TABLES, "cap_table", "sponsor_round", "foreign_returns")
    if emptied:
        older = _with(plan, **{name: plan.table(name).iloc[:0] for name in DEAL_TABLES})
    assert deal_sentences(older) == price_warning(older) == levelised_sentence(older) == ""
    assert investor_sentences(older) == []
    assert "deals" not in _tables(older)


def test_payload_of_three_hundred_deals_is_small() -> None:
    plan = synthetic_plan(zones=48)
    many = deals.deals_payload(with_deals(plan, count=300))
    few = deals.deals_payload(with_deals(plan, count=30))
    sizes = [len(escaped_json(dict(one))) for one in (many, few)]
    assert sizes[0] < 100_000
    assert len(json.dumps(many["deal_flows"])) < 1.2 * len(json.dumps(few["deal_flows"]))


def test_returns_are_compared_where_all_plans_have_them(plan: Plan) -> None:
    other = with_deals(synthetic_plan(zones=5, name="other"), count=4)
    tables = build_comparison([plan, other])["tables"]
    assert isinstance(tables, dict)
    rows = pd.DataFrame(tables["measures"]).set_index(["measure", "plan"])["value"]
    earned = pd.DataFrame(tables["returns"]).set_index(["investor", "plan"])["value"]
    for one in (plan, other):
        name, own = one.manifest.name, one.table("returns").set_index(["level", "name"])
        whole = own.loc[("programme", "all")]
        assert rows["Owners pay in", name] == pytest.approx(whole["paid_usd_nominal_m"] / 1e3)
        assert rows["Deals", name] == len(one.table("deals"))
        assert earned["Programme: all owners", name] == pytest.approx(
            100 * whole["irr_frac"], abs=1e-3
        )
        assert earned[FUND, name] == pytest.approx(
            100 * own.loc[("investor", FUND), "irr_frac"], abs=1e-3
        )
        assert (CARRY, name) not in earned.index
    with_one = build_comparison([plan, without(other, *DEAL_TABLES)])["tables"]
    assert isinstance(with_one, dict)
    assert with_one["returns"] == {}
    assert "Owners pay in" not in set(pd.DataFrame(with_one["measures"])["measure"])
