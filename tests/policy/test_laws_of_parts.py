"""Laws of the families beside CFIUS: unknown never clears, more influence never eases."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.parts import deals_with_parts
from tests.policy.strategies import gaps, with_gaps

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.facts.load import parse_deal
from gigaplan.policy.finding import Finding, Verdict
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import case_of
from gigaplan.policy.rules import FAMILIES
from gigaplan.policy.screen import screen
from gigaplan.terms.errors import InputError

OURS = ("energy_credits", "chips", "export", "states", "air_and_review", "suppliers")
RULES = [rule for family in FAMILIES if family.name in OURS for rule in family.rules]
Content = dict[str, Any]


def found(content: Content, law: Law) -> dict[str, Finding]:
    case = case_of(Deal.model_validate(content))
    return {rule.name: rule.find(case, law) for rule in RULES if rule.name in law.rules}


@settings(max_examples=150, deadline=None)
@given(deals_with_parts(), gaps())
def test_unknown_facts_never_clear_what_known_facts_would_not(
    law: Law, content: Content, random: Random
) -> None:
    full, partial = found(content, law), found(with_gaps(content, random), law)
    for name, finding in partial.items():
        if finding.verdict is Verdict.CLEAR:
            assert full[name].verdict is Verdict.CLEAR, name
        if finding.verdict is Verdict.NEED_FACTS:
            assert finding.asks, name


@settings(max_examples=150, deadline=None)
@given(deals_with_parts())
def test_where_every_fact_is_told_nothing_is_asked(law: Law, content: Content) -> None:
    # A plant of a utility that the table lacks stays open, and receipts are not drawn.
    for name, finding in found(content, law).items():
        if name != "states.large_load_tariff":
            assert finding.verdict is not Verdict.NEED_FACTS, (name, finding.asks)
        assert finding.citation
        assert finding.says


INFLUENCE = ("share", "above", "officer", "debt", "contract", "listed", "parent", "origin", "maker")


@settings(max_examples=200, deadline=None)
@given(deals_with_parts(), st.sampled_from(INFLUENCE), st.floats(0.0, 1.0))
def test_more_foreign_influence_is_never_milder(
    law: Law, content: Content, step: str, part: float
) -> None:
    content["entities"][1].update(country="CN", principal_place="CN")
    content["entities"][2]["country"] = "CN"
    content["entities"][3].update(country="US", other_nationality="none")
    more = deepcopy(content)
    if step in ("share", "above"):
        first, second = more["entities"][0 if step == "share" else 1]["owners"]
        share = first["votes"] + part * (1.0 - first["votes"])
        first |= {"votes": share, "economic": share}
        second |= {"votes": 1.0 - share, "economic": 1.0 - share}
    elif step == "officer":
        more["power_plant"]["officer_by_specified"] = True
    elif step == "debt":
        more["power_plant"]["debt_of_specified"] = 0.15
    elif step == "contract":
        more["power_plant"] |= {"effective_control": True, "pays_specified_later": True}
    elif step == "listed":
        more["power_plant"]["listed_entities"] = ("Holding",)
    elif step in ("origin", "maker"):
        place = "made_in" if step == "origin" else "parent_country"
        for one in more["supplies"]["items"]:
            one[place] = "CN"
    else:
        content["chips_abroad"]["operator_parent"] = content["chips_abroad"]["destination"] = "NO"
        more["chips_abroad"] |= {"destination": "NO", "operator_parent": "CN"}
    less, later = found(content, law), found(more, law)
    for name, finding in later.items():
        if name != "export.validated_end_user":
            assert finding.verdict >= less[name].verdict, name


@settings(max_examples=40, deadline=None)
@given(deals_with_parts(), st.sampled_from([rule.name for rule in RULES]))
def test_a_rule_changed_later_leaves_an_old_screen_alone(
    us: Dataset, content: Content, name: str
) -> None:
    day = date(2026, 11, 23)
    deal = Deal.model_validate(content)
    before = screen(deal, us, day)
    prefix = f"{name.partition('.')[0]}."
    rows = us.table("rule_parameters").copy()
    ours = rows["parameter"].str.startswith(prefix) & rows["in_force_to"].isna()
    later = rows[ours].assign(
        in_force_from=(day + timedelta(days=1)).isoformat(), value=rows["value"] * 0.0
    )
    rows.loc[ours, "in_force_to"] = day.isoformat()
    tables = dict(us.tables) | {"rule_parameters": type(rows)(_joined(rows, later))}
    after = screen(deal, replace(us, tables=tables), day)
    assert after.findings == before.findings


def _joined(first: Any, second: Any) -> Any:
    import pandas as pd

    return pd.concat([first, second], ignore_index=True)


def test_each_rule_finds_something_in_an_empty_deal(law: Law) -> None:
    nothing = {"name": "?", "investor": "X", "entities": ({"name": "X", "kind": "company"},)}
    assert {finding.verdict for finding in found(nothing, law).values()} == {Verdict.NEED_FACTS}
    without = found(nothing | {"scope": ()}, law)
    assert {finding.verdict for finding in without.values()} == {Verdict.CLEAR}
    every = ("power_plant", "chip_plant", "chips_abroad", "campus", "supplies")
    named = found(nothing | {"scope": every}, law)
    assert {finding.verdict for finding in named.values()} == {Verdict.NEED_FACTS}


HEAD = "name: D\ninvestor: X\nentities: [{name: X, kind: company}]\n"


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        (
            "power_plant: {begins_on: 2027-01-01, in_service_on: 2026-01-01}\n",
            "power_plant.in_service_on",
            "before its construction begins",
        ),
        ("power_plant: {technology: tide}\n", "power_plant.technology", "'tide'"),
        ("power_plant: {clean_cost: 1.2}\n", "power_plant.clean_cost", "1.2"),
        ("power_plant: {claimant: Y}\n", "power_plant.claimant", "Y is not one of the entities"),
        ("power_plant: {claimant: X, sold_to: X}\n", "power_plant.sold_to", "to itself"),
        (
            "power_plant: {listed_entities: [Y]}\n",
            "power_plant.listed_entities.0",
            "Y is not one of the entities",
        ),
        ("scope: [campus, campus]\n", "scope.1", "campus twice"),
        ("scope: []\ncampus: {state: TX}\n", "campus", "leaves it out"),
        ("chip_plant: {award: false, award_on: 2025-01-01}\n", "chip_plant.award_on", "no award"),
        (
            "chip_plant: {expands_abroad: false, expansion: {country: CN}}\n",
            "chip_plant.expansion",
            "expands_abroad is false",
        ),
        (
            "chips_abroad: {performance: 16000, performance_density: 5, die_area_mm2: 800}\n",
            "chips_abroad.performance_density",
            "a density of 20, not 5",
        ),
        ("chips_abroad: {destination: XQ}\n", "chips_abroad.destination", "no country XQ"),
        (
            "campus: {has_onsite_power: false, onsite_power: {capacity_mw: 5}}\n",
            "campus.onsite_power",
            "has_onsite_power is false",
        ),
        ("campus: {onsite_power: {hours_per_year: 9000}}\n", "hours_per_year", "9000"),
        (
            "supplies: {items: [{component: a, maker: Y}]}\n",
            "supplies.items.0.maker",
            "Y is not one of the entities",
        ),
        (
            "supplies: {items: [{component: a}, {component: b, made_in: XQ}]}\n",
            "supplies.items.1.made_in",
            "no country XQ",
        ),
        (
            "supplies: {items: [{component: a, kind: chips, critical_grid_equipment: true}]}\n",
            "supplies.items.0.critical_grid_equipment",
            "The kind is chips",
        ),
        (
            "supplies: {items: [{component: a, connected: false, maker_access: true}]}\n",
            "supplies.items.0.maker_access",
            "is not connected",
        ),
        ("supplies: {items: [{kind: chips}]}\n", "supplies.items.0.component", "component"),
        ("supplies: {items: [{component: a, kind: gas}]}\n", "supplies.items.0.kind", "'gas'"),
        ("scope: []\nsupplies: {items: []}\n", "supplies", "leaves it out"),
    ],
)
def test_wrong_and_contradictory_facts_are_named_with_their_place(
    text: str, place: str, what: str
) -> None:
    with pytest.raises(InputError) as caught:
        parse_deal(HEAD + text, "deal.yaml")
    assert place in str(caught.value)
    assert what in str(caught.value)


MAKERS = """
name: D
investor: X
entities:
  - {name: X, kind: company}
  - {name: M, kind: company, country: CN, principal_place: CN, owners: [%s]}
  - {name: H, kind: company, owners: [%s]}
supplies: {items: [{component: a, maker: M, parent_country: KR}]}
"""


@pytest.mark.parametrize(
    ("owners", "above", "what"),
    [
        ("", "", "M has no owners of account and is of CN, but its parent is to be of KR."),
        (
            "{owner: H, votes: 1.0}",
            "{owner: M, votes: 1.0}",
            "Ownership goes in a circle: M owns H owns M.",
        ),
    ],
)
def test_a_maker_with_two_parents_or_in_a_circle_is_refused(
    owners: str, above: str, what: str
) -> None:
    with pytest.raises(InputError) as caught:
        parse_deal(MAKERS % (owners, above), "deal.yaml")
    assert what in str(caught.value)
