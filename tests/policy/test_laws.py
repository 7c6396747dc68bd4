"""Laws of the screen: unknown facts never clear a deal, more foreign control never eases it."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.strategies import deals, gaps, with_gaps

from gigaplan.finance.round.look_through import Stake, look_through
from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.facts.load import parse_deal
from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law, law_as_of
from gigaplan.policy.ownership import case_of
from gigaplan.policy.screen import Screen, screen_by

Content = dict[str, Any]


def asked(content: Content, law: Law) -> Screen:
    return screen_by(Deal.model_validate(content), law)


@settings(max_examples=300, deadline=None)
@given(deals(), gaps())
def test_unknown_facts_never_clear_what_known_facts_would_not(
    law: Law, content: Content, random: Random
) -> None:
    full, partial = asked(content, law), asked(with_gaps(content, random), law)
    for finding in partial.findings:
        if finding.verdict is Verdict.CLEAR:
            assert full.finding(finding.rule).verdict is Verdict.CLEAR
    if partial.verdict is Verdict.CLEAR:
        assert full.verdict is Verdict.CLEAR
    if partial.verdict is Verdict.NEED_FACTS:
        assert partial.asks


def test_where_nothing_is_told_facts_are_needed(law: Law) -> None:
    nothing = {"name": "?", "investor": "X", "entities": ({"name": "X", "kind": "company"},)}
    found = asked(nothing, law)
    assert found.verdict is Verdict.NEED_FACTS
    assert {finding.verdict for finding in found.findings} == {Verdict.NEED_FACTS}
    assert len(found.asks) >= 10


@settings(max_examples=150, deadline=None)
@given(deals(), st.sampled_from(["votes", "board", "matter", "concert", "access"]))
def test_more_control_never_makes_a_verdict_milder(law: Law, content: Content, step: str) -> None:
    more = deepcopy(content)
    rights, stake = more["rights"], more["stake"]
    if step == "votes":
        stake["votes_after"] = min(1.0, stake["votes_after"] + 0.3)
    elif step == "board":
        rights["board_seats"] = min(7, rights["board_seats"] + 2)
    elif step == "matter":
        rights["decides"] = tuple(dict.fromkeys((*rights["decides"], "reorganisation")))
    elif step == "concert":
        rights["acts_in_concert"] = True
    else:
        rights["technical_information"] = True
    assert asked(more, law).verdict >= asked(content, law).verdict


@settings(max_examples=150, deadline=None)
@given(deals(), st.sampled_from([0, 1]), st.floats(0.0, 1.0))
def test_more_of_a_foreign_state_behind_the_investor_never_eases_a_deal(
    law: Law, content: Content, tier: int, part: float
) -> None:
    state, people = content["entities"][2], content["entities"][3]
    state["country"], people["country"], people["other_nationality"] = "AE", "US", "none"
    content["entities"][1]["country"] = content["entities"][1]["principal_place"] = "AE"
    more = deepcopy(content)
    above, below = more["entities"][tier]["owners"]
    share = above["votes"] + part * (1.0 - above["votes"])
    above |= {"votes": share, "economic": share, "controls": share > 0.5}
    below |= {"votes": 1.0 - share, "economic": 1.0 - share, "controls": share <= 0.5}
    content["entities"][tier]["owners"][1]["controls"] = (
        content["entities"][tier]["owners"][0]["votes"] <= 0.5
    )
    assert asked(more, law).verdict >= asked(content, law).verdict


@settings(max_examples=50, deadline=None)
@given(deals())
def test_the_order_of_the_entities_does_not_matter(law: Law, content: Content) -> None:
    turned = content | {"entities": tuple(reversed(content["entities"]))}
    one, other = asked(content, law), asked(turned, law)
    assert [finding.verdict for finding in one.findings] == [
        finding.verdict for finding in other.findings
    ]


@settings(max_examples=50, deadline=None)
@given(deals(), gaps())
def test_a_deal_that_is_written_is_read_again(content: Content, random: Random) -> None:
    deal = Deal.model_validate(with_gaps(content, random))
    assert parse_deal(deal.to_yaml(), "again.yaml").model_dump() == deal.model_dump()


@settings(max_examples=60, deadline=None)
@given(content=deals(), days=st.integers(0, 4000))
def test_there_is_an_answer_on_every_day_since_the_first(
    us: Dataset, content: Content, days: int
) -> None:
    found = asked(content, law_as_of(us, date(2020, 2, 13) + timedelta(days=days)))
    assert found.findings
    assert all(finding.citation and finding.says for finding in found.findings)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.floats(0.0, 0.49), min_size=10, max_size=10),
)
def test_below_a_parent_shares_multiply_along_every_chain(shares: list[float]) -> None:
    # Five companies, each held by those above it; the state is at the top. The same by a matrix
    # and by the look-through of finance.
    names = ["C0", "C1", "C2", "C3", "State"]
    pairs = [(low, high) for low in range(5) for high in range(low + 1, 5)]
    held = np.zeros((5, 5))
    for (low, high), share in zip(pairs, shares, strict=True):
        held[low, high] = share / 4
    entities = tuple(
        {
            "name": names[low],
            "kind": "company",
            "rest_is_dispersed": True,
            "owners": tuple(
                {"owner": names[high], "votes": held[low, high]} for high in range(low + 1, 5)
            ),
        }
        for low in range(4)
    )
    state = {"name": "State", "kind": "government", "country": "AE"}
    deal = Deal.model_validate({"name": "?", "investor": "C0", "entities": (*entities, state)})
    found = case_of(deal).ownership.attributed_votes(
        "C0", lambda entity: entity.kind == "government", 0.5
    )
    by_matrix = np.linalg.inv(np.eye(5) - held)[0, 4]
    stakes = [Stake(names[high], names[low], held[low, high]) for low, high in pairs]
    by_finance = look_through(stakes, "C0").get("State", 0.0)
    assert found.low_frac == pytest.approx(by_matrix, abs=1e-12)
    assert found.high_frac == pytest.approx(by_matrix, abs=1e-12)
    assert by_finance == pytest.approx(by_matrix, abs=1e-9)
