"""Control and covered control transactions: the regulation's own examples, and near misses."""

from __future__ import annotations

from typing import Any

import pytest
from tests.policy.drawn import deal

from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import case_of
from gigaplan.policy.rules.cfius.control import could_control, is_passive_stake
from gigaplan.policy.rules.cfius.covered_control import covered_control

FILE, CLEAR = Verdict.FILE_VOLUNTARY, Verdict.CLEAR


@pytest.mark.parametrize(
    ("cited", "facts", "control"),
    [
        # Five foreign holders share half of the votes equally.
        (
            "31 CFR 800.208(e)(1): they finance jointly and vote as a block",
            {"stake": {"votes_after": 0.10}, "rights": {"acts_in_concert": True}},
            True,
        ),
        (
            "31 CFR 800.208(e)(2): no commitment or arrangement to act in concert",
            {"stake": {"votes_after": 0.10}, "rights": {"acts_in_concert": False}},
            False,
        ),
        (
            "31 CFR 800.208(e)(3): 7 %, and the right to terminate significant contracts",
            {"stake": {"votes_after": 0.07}, "rights": {"decides": ("significant_contracts",)}},
            True,
        ),
        (
            "31 CFR 800.208(e)(4): 9 %, and a veto on dismissing senior executives",
            {"stake": {"votes_after": 0.09}, "rights": {"decides": ("officers",)}},
            True,
        ),
        (
            "31 CFR 800.208(e)(5): 13 %, one of seven directors, protections of a minority only",
            {
                "stake": {"votes_after": 0.13},
                "rights": {"board_seats": 1, "protections": ("anti_dilution",)},
            },
            False,
        ),
        (
            "31 CFR 800.208(e)(6): 20 %, passivity agreed, two protections of a minority",
            {
                "stake": {"votes_after": 0.20},
                "rights": {"protections": ("contracts_with_majority", "guarantees_for_majority")},
            },
            False,
        ),
        ("31 CFR 800.208(a): a majority", {"stake": {"votes_after": 0.501}}, True),
        ("31 CFR 800.208(a): half is no majority", {"stake": {"votes_after": 0.50}}, False),
        (
            "31 CFR 800.208(a): a dominant minority",
            {"stake": {"votes_after": 0.35}, "rights": {"dominant_minority": True}},
            True,
        ),
        ("31 CFR 800.208(a): most of the board", {"rights": {"board_seats": 4}}, True),
        ("31 CFR 800.208(a): less than half of it", {"rights": {"board_seats": 3}}, False),
    ],
)
def test_control(law: Law, cited: str, facts: dict[str, Any], control: bool) -> None:
    assert could_control(case_of(deal(**facts)), law).value is control, cited


@pytest.mark.parametrize(
    ("cited", "facts", "passive"),
    [
        (
            "31 CFR 800.302(b), example: 7 % bought in the open market, solely passive",
            {"stake": {"votes_after": 0.07, "passive": True}},
            True,
        ),
        (
            "31 CFR 800.302(b), example: 9 %, with power to control important matters",
            {
                "stake": {"votes_after": 0.09, "passive": True},
                "rights": {"decides": ("major_spending",)},
            },
            False,
        ),
        (
            "31 CFR 800.302(b), example: 5 %, and one of eleven directors",
            {
                "stake": {"votes_after": 0.05, "passive": True},
                "rights": {"board_seats": 1, "board_size": 11},
            },
            False,
        ),
        ("31 CFR 800.302(b): ten percent", {"stake": {"votes_after": 0.10, "passive": True}}, True),
        (
            "31 CFR 800.302(b): more than ten",
            {"stake": {"votes_after": 0.101, "passive": True}},
            False,
        ),
        (
            "31 CFR 800.243: with a plan to control",
            {"stake": {"votes_after": 0.10, "passive": False}},
            False,
        ),
    ],
)
def test_solely_for_passive_investment(
    law: Law, cited: str, facts: dict[str, Any], passive: bool
) -> None:
    assert is_passive_stake(case_of(deal(**facts)), law).value is passive, cited


@pytest.mark.parametrize(
    ("cited", "facts", "verdict"),
    [
        (
            "31 CFR 800.301(e)(1): all shares of a U.S. business",
            {"stake": {"votes_after": 1.0}},
            FILE,
        ),
        (
            "31 CFR 800.301(e)(2): the same, though it means not to use its control",
            {"stake": {"votes_after": 1.0, "passive": True}},
            FILE,
        ),
        (
            "31 CFR 800.302(b): 7 % in the open market, solely passive",
            {"stake": {"votes_after": 0.07, "passive": True}},
            CLEAR,
        ),
        (
            "31 CFR 800.301(c), (e): a start-up, its plant built and its people hired",
            {
                "instrument": "new_build",
                "stake": {"votes_after": 1.0},
                "business": {"exists": False},
            },
            CLEAR,
        ),
        (
            "31 CFR 800.302(c): inventory, land and machines for export, no business",
            {"instrument": "assets", "stake": {"votes_after": 1.0}, "business": {"exists": False}},
            CLEAR,
        ),
        (
            "31 CFR 800.301(c): assets that are a U.S. business",
            {"instrument": "assets", "stake": {"votes_after": 1.0}},
            FILE,
        ),
        (
            "31 CFR 800.301(d): a joint venture that is given a U.S. business, foreign control",
            {"instrument": "joint_venture", "stake": {"votes_after": 0.51}},
            FILE,
        ),
        (
            "31 CFR 800.301(d): a joint venture that is given no U.S. business",
            {
                "instrument": "joint_venture",
                "stake": {"votes_after": 0.51},
                "business": {"exists": False},
            },
            CLEAR,
        ),
        (
            "31 CFR 800.252: a business abroad with nothing in U.S. commerce",
            {"stake": {"votes_after": 1.0}, "business": {"in_us_commerce": False}},
            CLEAR,
        ),
        # Loans.
        (
            "31 CFR 800.306(a): a loan secured by all shares, by itself",
            {
                "instrument": "loan",
                "stake": {"votes_after": 1.0},
                "loan": {"equity_like_rights": False, "default_near": False},
            },
            CLEAR,
        ),
        (
            "31 CFR 800.306(a)(1): default is imminent, and brings control",
            {
                "instrument": "loan",
                "stake": {"votes_after": 1.0},
                "loan": {
                    "equity_like_rights": False,
                    "default_near": True,
                    "us_syndicate_decides": False,
                },
            },
            FILE,
        ),
        (
            "31 CFR 800.306(b): a loan with the right to appoint most of the board",
            {
                "instrument": "loan",
                "rights": {"board_seats": 4},
                "loan": {"equity_like_rights": True, "default_near": False},
            },
            FILE,
        ),
        (
            "31 CFR 800.306(c): default, but U.S. banks of the syndicate must consent",
            {
                "instrument": "loan",
                "stake": {"votes_after": 1.0},
                "loan": {
                    "equity_like_rights": False,
                    "default_near": True,
                    "us_syndicate_decides": True,
                },
            },
            CLEAR,
        ),
        # Convertible debentures.
        (
            "31 CFR 800.308, example: on an event outside its control, number not determinable",
            {
                "instrument": "convertible",
                "stake": {"votes_after": 0.6},
                "conversion": {
                    "imminent": False,
                    "in_holders_hand": False,
                    "rights_determinable": False,
                },
            },
            CLEAR,
        ),
        (
            "31 CFR 800.308, example: at will after six months, number determinable",
            {
                "instrument": "convertible",
                "stake": {"votes_after": 0.6},
                "conversion": {
                    "imminent": False,
                    "in_holders_hand": True,
                    "rights_determinable": True,
                },
            },
            FILE,
        ),
        (
            "31 CFR 800.308(a): imminent, but what it brings cannot be determined",
            {
                "instrument": "convertible",
                "stake": {"votes_after": 0.6},
                "conversion": {
                    "imminent": True,
                    "in_holders_hand": True,
                    "rights_determinable": False,
                },
            },
            CLEAR,
        ),
        # Incremental acquisitions.
        (
            "31 CFR 800.305(b)(1): 40 % and control cleared three years ago, now the remainder",
            {
                "stake": {"votes_before": 0.4, "votes_after": 1.0},
                "history": {"control_cleared": True},
            },
            CLEAR,
        ),
        (
            "31 CFR 800.305(b)(2): only a covered investment was cleared, now control",
            {
                "stake": {"votes_before": 0.05, "votes_after": 0.6},
                "history": {"investment_cleared": True},
            },
            FILE,
        ),
        (
            "31 CFR 800.305(a): a foreign person that had no control joins in",
            {
                "stake": {"votes_before": 0.4, "votes_after": 1.0},
                "history": {"control_cleared": True, "other_foreign_party": True},
            },
            FILE,
        ),
    ],
)
def test_covered_control_transaction(
    law: Law, cited: str, facts: dict[str, Any], verdict: Verdict
) -> None:
    assert covered_control(case_of(deal(**facts)), law).verdict is verdict, cited


# A limited partner has 60 % of a fund that buys all of the business, 31 CFR 800.307.
OUTSIDE = {
    "fund": "Fund I",
    "managed_by_partner_alone": True,
    "partner_is_foreign": False,
    "committee_controls": False,
    "investor_controls": False,
    "investor_dismisses_partner": False,
}


def test_a_limited_partner_who_stays_outside_does_not_control(law: Law) -> None:
    facts = deal(stake={"votes_after": 1.0}, fund=OUTSIDE)
    assert covered_control(case_of(facts), law).verdict is CLEAR


@pytest.mark.parametrize(
    "inside",
    [
        {"managed_by_partner_alone": False},  # 800.307(a)(1)
        {"partner_is_foreign": True},  # 800.307(a)(2)
        {"committee_controls": True},  # 800.307(a)(3)
        {"investor_controls": True},  # 800.307(a)(4)(i)-(ii)
        {"investor_dismisses_partner": True},  # 800.307(a)(4)(iii)
    ],
)
def test_each_condition_of_the_fund_is_needed(law: Law, inside: dict[str, bool]) -> None:
    facts = deal(stake={"votes_after": 1.0}, fund=OUTSIDE | inside)
    assert covered_control(case_of(facts), law).verdict is FILE


def test_a_fund_condition_that_is_not_told_relieves_nobody(law: Law) -> None:
    fund = OUTSIDE | {"investor_controls": None}
    found = covered_control(case_of(deal(stake={"votes_after": 1.0}, fund=fund)), law)
    assert found.verdict is FILE
    assert [ask.field for ask in found.asks] == ["fund.investor_controls"]
