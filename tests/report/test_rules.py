"""Rules of the page: its numbers are those of the tables, each text is there once, words agree."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from tests.report.synthetic import HOSTILE, payload_of, synthetic_plan, without
from tests.report.synthetic_rules import (
    FUND,
    LAW_OF,
    SHARED,
    TURNED,
    WORDS,
    strictness_of,
    with_screen,
)

from gigaplan.inputs.dataset import load_dataset
from gigaplan.plan import Plan
from gigaplan.plan.tables import check_tables
from gigaplan.policy.facts.load import example_text, parse_deal
from gigaplan.policy.plan_screen import row
from gigaplan.policy.screen import DISCLAIMER, screen
from gigaplan.report import rules, summary_sentences
from gigaplan.report.html import escaped_json
from gigaplan.report.numbers import usd
from gigaplan.report.rule_words import rule_sentences

DEALS, RULES = 6, 24


@pytest.fixture(scope="module")
def plan() -> Plan:
    return with_screen(synthetic_plan(), count=DEALS, rules=RULES)


@pytest.fixture(scope="module")
def decoded(plan: Plan) -> pd.DataFrame:
    return _decoded(plan)


def _tables(plan: Plan) -> dict[str, pd.DataFrame]:
    tables = payload_of(plan)["tables"]
    assert isinstance(tables, dict)
    return {name: pd.DataFrame(columns) for name, columns in tables.items()}


def _decoded(plan: Plan) -> pd.DataFrame:
    """Return the findings of the page with their texts in place, as rows of ``screen``."""
    tables = _tables(plan)
    text = tables["rule_texts"]["text"].tolist()
    page = tables["rule_findings"]
    told = {name: page[name].map(lambda at: text[at]) for name in rules.TEXTS}
    told |= {name: page[name].map(lambda ats: [text[at] for at in ats]) for name in rules.LISTS}
    book, named = tables["rule_deals"], tables["rules"]
    told |= {name: page["deal"].map(book[name]) for name in rules.DEAL}
    told |= {name: page["rule"].map(named[name]) for name in ("rule", "family", "title")}
    return page.assign(**told)


def _plan_of_screen(table: pd.DataFrame, plan: Plan) -> Plan:
    return replace(plan, tables={**plan.tables, "screen": table})


def test_the_made_up_screen_is_a_table_of_the_schema(plan: Plan) -> None:
    assert [fault for fault in check_tables(plan.tables) if "screen" in fault.where] == []


def test_every_finding_is_on_the_page_with_its_texts(plan: Plan, decoded: pd.DataFrame) -> None:
    table = plan.table("screen").set_index(["deal", "rule"])
    assert len(decoded) == len(table) == DEALS * RULES
    for _, found in decoded.iterrows():
        own = table.loc[(found["deal"], found["rule"])]
        for name in ("investor", "family", "title", "strictness", *rules.TEXTS):
            assert found[name] == own[name], name
        assert found[[*rules.FIGURES]].astype(float).tolist() == pytest.approx(
            own[[*rules.FIGURES]].astype(float).tolist(), nan_ok=True
        )
        assert "; ".join(found["asks"]) == own["asks"]
        assert "; ".join(found["facts"]) == own["facts"]
        assert found["facts"][1] == TURNED
        assert "; ".join(found["cures"]) == ("" if own["strictness"] == 1 else own["cures"])


def test_deals_stand_strictest_first_then_by_money(plan: Plan) -> None:
    book = _tables(plan)["rule_deals"]
    for _, deal in book.iterrows():
        at = round(deal["value_usd2025_m"] / 100) - 1
        own = [strictness_of(at, rule, DEALS) for rule in range(RULES)]
        assert deal["strictness"] == max(own)
        asked = {f"What does rule {rule} ask?" for rule, one in enumerate(own) if one == 1}
        asked |= {SHARED} if 1 in own else set()
        asked |= {"Who holds it?"} if {1, 3} & set(own) else set()
        assert deal["questions"] == len(asked)
        decided = [30.0 + rule for rule, one in enumerate(own) if one > 1]
        assert deal["most_days"] == pytest.approx(max(decided, default=float("nan")), nan_ok=True)
    order = [(-deal["strictness"], -deal["value_usd2025_m"]) for _, deal in book.iterrows()]
    assert order == sorted(order)
    assert book["capital_class"].tolist()[-1] == "accelerator"


def test_a_clear_finding_starts_no_clock(plan: Plan) -> None:
    table = plan.table("screen")
    late = table.assign(most_days=table["most_days"].where(table["strictness"] > 0, 999.0))
    assert rules.deals({"screen": late})["most_days"].max() < 999.0


def test_names_that_were_cut_leave_deals_apart(plan: Plan) -> None:
    table = plan.table("screen").query("investor == 'Investor 1' or investor == 'Investor 2'")
    cut = table.assign(deal="X" * 80, investor="X" * 80)
    book = rules.deals({"screen": cut})
    assert book["value_usd2025_m"].tolist() == [300.0, 200.0]
    assert set(book["capital_class"]) == {""}
    assert len(_decoded(_plan_of_screen(cut, plan))) == 2 * RULES


def test_deals_of_unknown_value_stay(plan: Plan) -> None:
    table = plan.table("screen").assign(value_usd2025_m=float("nan"))
    found = _decoded(_plan_of_screen(table, plan))
    assert len(found) == DEALS * RULES
    assert "$" not in rule_sentences(_plan_of_screen(table, plan)).split("The largest fee")[0]


def test_each_text_is_stored_once(plan: Plan) -> None:
    text = _tables(plan)["rule_texts"]["text"]
    assert text.is_unique
    assert text.tolist().count(SHARED) == 1


def test_a_real_screen_is_on_the_page_as_it_is(plan: Plan) -> None:
    us = load_dataset("us")
    found = screen(parse_deal(example_text(), "example.yaml"), us, date(2026, 11, 23))
    table = pd.DataFrame([row(found, finding) for finding in found.findings])
    table = table.astype(dict.fromkeys(("most_days", "fee_usd", "cap_frac"), "float64"))
    real = _plan_of_screen(table, plan)
    page = _decoded(real).set_index("rule")
    for finding in found.findings:
        own = page.loc[finding.rule]
        assert own["strictness"] == int(finding.verdict)
        assert own["asks"] == list(dict.fromkeys(ask.question for ask in finding.asks))
        assert own["facts"] == list(dict.fromkeys(fact.says for fact in finding.facts))
        assert own["citation"] == finding.citation
    book = _tables(real)["rule_deals"]
    assert book["strictness"].tolist() == [int(found.verdict)]
    assert book["questions"].tolist() == [len({ask.question for ask in found.asks})]
    days = [one.consequence.days_most for one in found.findings if one.consequence.days_most]
    assert f"runs up to {max(days):.0f} days" in rule_sentences(real)


def test_words_count_deals_and_their_money(plan: Plan) -> None:
    told = rule_sentences(plan)
    met = [(deal, rule) for deal in range(DEALS) for rule in range(RULES)]
    asking = {pair: strictness_of(*pair, DEALS) for pair in met}
    asked = {f"rule {rule}" for (_, rule), one in asking.items() if one == 1}
    questions = 1 + len(asked) + len({deal for (deal, _), one in asking.items() if one in (1, 3)})
    blocked = [rule for (_, rule), one in asking.items() if one == 5]
    often = sorted(set(blocked), key=lambda rule: (-blocked.count(rule), blocked.index(rule)))
    slowest = max(rule for (_, rule), one in asking.items() if one > 1)
    dearest = max(rule for (_, rule), one in asking.items() if one == 3)
    assert asking[0, slowest] > 1
    worst = f"Rule number {often[0]}, Rule number {often[1]} and {len(often) - 2} more rules"
    assert told == (
        f"By the law of {LAW_OF}, {RULES} rules were asked of {DEALS} deals of investors: "
        f"5 are at risk of a block ({worst}; {usd(1500.0)}) and 1 is clear ({usd(600.0)}). "
        f"{questions} questions are open. The longest clock runs up to {30 + slowest} days: "
        f"Rule number {slowest}, for {FUND}, campus. "
        f"The largest fee of a filing is ${dearest},000. {DISCLAIMER}"
    )
    assert told in summary_sentences(plan)


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (0, "2 are clear ($300 million)."),
        (1, "2 need facts ($300 million)."),
        (2, "2 may file for a safe harbour (Rule B and Rule A; $300 million)."),
        (3, "2 have to file or sign (Rule B and Rule A; $300 million)."),
        (4, "2 expect a review with terms (Rule B and Rule A; $300 million)."),
        (5, "2 are at risk of a block (Rule B and Rule A; $300 million)."),
    ],
)
def test_words_of_each_verdict(verdict: int, said: str) -> None:
    table = with_screen(synthetic_plan(), count=2, rules=RULES).table("screen")
    asks = [f"Question {at} of {name}?" for at, name in enumerate(table["investor"])]
    shared = [f"{ask}; {SHARED}" for ask in asks]
    alike = table.assign(
        strictness=verdict,
        title=table["rule"].map(lambda rule: "Rule A" if rule == "rule_0" else "Rule B"),
        verdict=WORDS[verdict],
        asks=shared if verdict == 1 else "",
        most_days=float("nan"),
        fee_usd=float("nan"),
    )
    told = rule_sentences(_plan_of_screen(alike, synthetic_plan()))
    open_ = f" {2 * RULES + 1} questions are open." if verdict == 1 else ""
    assert f"of 2 deals of investors: {said}{open_} Nothing that is known starts a clock." in told
    one = alike[alike["investor"] == FUND]
    assert "1 deal of an investor: 1 " in rule_sentences(_plan_of_screen(one, synthetic_plan()))


def test_a_plan_without_a_screen_has_no_words_and_no_tables() -> None:
    bare = without(with_screen(synthetic_plan()), "screen")
    assert rule_sentences(bare) == ""
    assert rules.rules_payload(bare) == {}
    assert not any("not legal advice" in text for text in summary_sentences(bare))


def test_payload_of_forty_deals_by_forty_rules_is_small() -> None:
    plan = with_screen(synthetic_plan(), count=40, rules=40)
    page = escaped_json(rules.rules_payload(plan))
    assert len(page) < 200_000
    assert len(page) < 0.4 * len(json.dumps(plan.table("screen").to_dict("records")))


def test_hostile_names_are_data(plan: Plan) -> None:
    risky = with_screen(plan, fund=HOSTILE)
    assert (_decoded(risky)["investor"] == HOSTILE).sum() == RULES
    assert "<script" not in escaped_json(rules.rules_payload(risky))
