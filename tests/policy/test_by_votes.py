"""The verdict by voting interest: where 31 CFR part 800 draws its lines, and in order."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from tests.policy.drawn import deal
from tests.policy.strategies import deals

from gigaplan.policy.by_votes import verdicts_by_votes
from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.facts.load import example_text, parse_deal
from gigaplan.policy.law import Law


def test_a_state_fund_in_bulk_power_with_a_seat(law: Law) -> None:
    # A covered investment at any share (800.303(a)); a mandatory declaration from 25 %
    # (800.244(a)); control, and with it investigation, above one half (800.208(a), 50 U.S.C.
    # 4565(b)(2)(B)).
    found = verdicts_by_votes(parse_deal(example_text(), "example.yaml"), law)
    assert [stretch.words for stretch in found] == [
        "from 0 % and below 25 %: file (voluntary)",
        "from 25 % to 50 %: file (mandatory)",
        "above 50 % to 100 %: mitigate",
    ]


def test_a_private_holder_without_rights_in_a_plain_business(law: Law) -> None:
    found = verdicts_by_votes(deal(site={"interest": "none"}), law)
    assert [stretch.words for stretch in found] == [
        "from 0 % to 50 %: clear",
        "above 50 % to 100 %: file (voluntary)",
    ]


@settings(max_examples=40, deadline=None)
@given(deals())
def test_the_stretches_meet_and_grow_stricter(law: Law, content: dict[str, Any]) -> None:
    found = verdicts_by_votes(Deal.model_validate(content), law)
    assert (found[0].low_frac, found[-1].high_frac) == (0.0, 1.0)
    assert found[0].with_low
    assert found[-1].with_high
    for one, other in pairwise(found):
        assert one.high_frac == other.low_frac
        assert one.with_high != other.with_low
        assert one.verdict < other.verdict
