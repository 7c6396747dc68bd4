"""Covered investments and TID businesses: the regulation's examples, and near misses."""

from __future__ import annotations

from typing import Any

import pytest
from tests.policy.drawn import FOREIGN_COMPANY, NATIONALS, PLAIN_BUSINESS, deal

from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import case_of
from gigaplan.policy.rules.cfius.covered_investment import covered_investment
from gigaplan.policy.rules.cfius.tid_business import is_tid_business

FILE, CLEAR = Verdict.FILE_VOLUNTARY, Verdict.CLEAR
TID = {"critical_technology": True}
CANADIAN = FOREIGN_COMPANY | {
    "country": "CA",
    "principal_place": "CA",
    "board": {"members": 9, "members_us_or_excepted": 9},
}
CANADIANS = NATIONALS | {"country": "CA"}


@pytest.mark.parametrize(
    ("cited", "facts", "verdict"),
    [
        (
            "31 CFR 800.303(d)(1): 4 %, with access to technical information",
            {"stake": {"votes_after": 0.04}, "rights": {"technical_information": True}},
            FILE,
        ),
        (
            "31 CFR 800.303(d)(1)-(3): 4 %, with an observer on the board",
            {"stake": {"votes_after": 0.04}, "rights": {"board_observer": True}},
            FILE,
        ),
        (
            "31 CFR 800.303(d)(1)-(3): 4 %, with a say in substantive decisions",
            {"stake": {"votes_after": 0.04}, "rights": {"substantive_decisions": True}},
            FILE,
        ),
        (
            "31 CFR 800.211(b)(2): a right to nominate a director",
            {"stake": {"votes_after": 0.04}, "rights": {"board_seats": 1}},
            FILE,
        ),
        (
            "31 CFR 800.304(f)(1): 7 % in the open market, solely passive",
            {"stake": {"votes_after": 0.07, "passive": True}},
            CLEAR,
        ),
        (
            "31 CFR 800.304(f)(2): an observer cleared before, 5 % more without new rights",
            {
                "stake": {"votes_before": 0.04, "votes_after": 0.09},
                "rights": {"board_observer": True},
                "history": {"investment_cleared": True},
            },
            CLEAR,
        ),
        (
            "31 CFR 800.303(d)(4): cleared before, now access that was not notified",
            {
                "stake": {"votes_before": 0.04, "votes_after": 0.09},
                "rights": {"technical_information": True},
                "history": {"investment_cleared": True, "new_rights": True},
            },
            FILE,
        ),
        (
            "31 CFR 800.304(f)(3): an excepted investor, with a board seat",
            {
                "stake": {"votes_after": 0.15},
                "rights": {"board_seats": 1},
                "entities": (CANADIAN, CANADIANS),
            },
            CLEAR,
        ),
        (
            "31 CFR 800.304(f)(4): the deal brings control, so it is no covered investment",
            {"stake": {"votes_after": 0.6}, "rights": {"board_seats": 5}},
            CLEAR,
        ),
        (
            "31 CFR 800.250: more than half of it is the investor's already",
            {
                "stake": {"votes_before": 0.51, "votes_after": 0.55},
                "rights": {"board_observer": True, "decides": ("charter",)},
                "history": {"control_cleared": True},
            },
            CLEAR,
        ),
        (
            "31 CFR 800.306(a): a lender without rights of equity",
            {
                "instrument": "loan",
                "rights": {"board_observer": True},
                "loan": {"equity_like_rights": False, "default_near": False},
            },
            CLEAR,
        ),
        (
            "31 CFR 800.211: the same rights in a business that is not TID",
            {"rights": {"board_observer": True}, "business": {"critical_technology": False}},
            CLEAR,
        ),
    ],
)
def test_covered_investment(law: Law, cited: str, facts: dict[str, Any], verdict: Verdict) -> None:
    facts = facts | {"business": TID | facts.get("business", {})}
    assert covered_investment(case_of(deal(**facts)), law).verdict is verdict, cited


def _data(**told: Any) -> dict[str, Any]:
    return {"data": PLAIN_BUSINESS["data"] | told}


@pytest.mark.parametrize(
    ("cited", "business", "tid"),
    [
        ("31 CFR 800.248(a): makes a critical technology", {"critical_technology": True}, True),
        ("31 CFR 800.248(b): part of the bulk power", {"infrastructure": ("bulk_power",)}, True),
        (
            "31 CFR 800 appendix A: a data center at a cable landing station",
            {"infrastructure": ("cable_landing_data_center",)},
            True,
        ),
        ("31 CFR 800.248: a data center that is none of these", {}, False),
        (
            "31 CFR 800.241(a)(1)(i)(B): more than a million people",
            _data(categories=("financial",), people=1_000_001),
            True,
        ),
        (
            "31 CFR 800.241(a)(1)(i)(B): a million people",
            _data(categories=("financial",), people=1_000_000),
            False,
        ),
        (
            "31 CFR 800.241(a)(1)(ii): more than a million, but no listed category",
            _data(people=5_000_000),
            False,
        ),
        (
            "31 CFR 800.241(a)(1)(i)(A): tailored to an agency, few people",
            _data(categories=("health",), people=900, targets_agencies=True),
            True,
        ),
        (
            "31 CFR 800.241(a)(1)(i)(C): it aims at more than a million",
            _data(categories=("geolocation",), people=900, aims_at_more=True),
            True,
        ),
        ("31 CFR 800.241(a)(2): results of genetic tests, few people", _data(genetic=True), True),
    ],
)
def test_tid_business(law: Law, cited: str, business: dict[str, Any], tid: bool) -> None:
    assert is_tid_business(case_of(deal(business=business)), law).value is tid, cited


def test_an_open_question_of_control_leaves_the_deal_under_review(law: Law) -> None:
    # With a seat in such a business it is covered as one or as the other.
    facts = deal(stake={"votes_after": None}, rights={"board_observer": True}, business=dict(TID))
    found = covered_investment(case_of(facts), law)
    assert found.verdict is FILE
    assert "stake.votes_after" in [ask.field for ask in found.asks]
