"""Mandatory declarations, government control and adversaries: both sides of each threshold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.policy.drawn import FOREIGN_COMPANY, NATIONALS, deal

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law, law_as_of
from gigaplan.policy.ownership import case_of
from gigaplan.policy.rules.cfius.adversary_ties import adversary_ties
from gigaplan.policy.rules.cfius.critical_technology import critical_technology
from gigaplan.policy.rules.cfius.government_control import government_control
from gigaplan.policy.rules.cfius.substantial_interest import (
    largest_government,
    substantial_interest,
)

MANDATORY, CLEAR = Verdict.FILE_MANDATORY, Verdict.CLEAR
BULK_POWER = {"infrastructure": ("bulk_power",)}


def _company(name: str, *owners: tuple[str, float], **rest: Any) -> dict[str, Any]:
    return {
        "name": name,
        "kind": "company",
        "country": "AE",
        "principal_place": "AE",
        "traded_in": "nowhere",
        "foci_mitigated": False,
        "owners": tuple(
            {"owner": owner, "votes": share, "economic": share} for owner, share in owners
        ),
        **rest,
    }


def _government(name: str, country: str) -> dict[str, Any]:
    return {"name": name, "kind": "government", "country": country}


PEOPLE = {"name": "People", "kind": "person", "country": "AE"}
EMIRATE = _government("Emirate", "AE")
OTHER_EMIRATE = _government("Other emirate", "AE")
KINGDOM = _government("Kingdom", "SA")


def _fund(share: float) -> tuple[dict[str, Any], ...]:
    """Return a company of which a government holds a share, and nationals the rest."""
    return _company("Fund", ("Emirate", share), ("People", 1 - share)), EMIRATE, PEOPLE


@pytest.mark.parametrize(
    ("cited", "facts", "verdict"),
    [
        (
            "31 CFR 800.244(a), 800.401(b): 30 % with a seat, all of the investor a government's",
            {"stake": {"votes_after": 0.30}, "entities": _fund(1.0)},
            MANDATORY,
        ),
        (
            "31 CFR 800.244(a): 25 % of the business",
            {"stake": {"votes_after": 0.25}, "entities": _fund(1.0)},
            MANDATORY,
        ),
        (
            "31 CFR 800.244(a): 24.9 % of the business",
            {"stake": {"votes_after": 0.249}, "entities": _fund(1.0)},
            CLEAR,
        ),
        (
            "31 CFR 800.244(a): 49 % of the investor",
            {"stake": {"votes_after": 1.0}, "entities": _fund(0.49)},
            MANDATORY,
        ),
        (
            "31 CFR 800.244(a): 48.9 % of the investor",
            {"stake": {"votes_after": 1.0}, "entities": _fund(0.489)},
            CLEAR,
        ),
        (
            "31 CFR 800.244(a): two states with 30 % each do not add",
            {
                "stake": {"votes_after": 1.0},
                "entities": (
                    _company("Fund", ("Emirate", 0.3), ("Kingdom", 0.3), ("People", 0.4)),
                    EMIRATE,
                    KINGDOM,
                    PEOPLE,
                ),
            },
            CLEAR,
        ),
        (
            "31 CFR 800.244(a): national and subnational governments of one state add",
            {
                "stake": {"votes_after": 1.0},
                "entities": (
                    _company("Fund", ("Emirate", 0.3), ("Other emirate", 0.3), ("People", 0.4)),
                    EMIRATE,
                    OTHER_EMIRATE,
                    PEOPLE,
                ),
            },
            MANDATORY,
        ),
        (
            "31 CFR 800.244(b): 10 % of the fund, but half of its general partner",
            {
                "stake": {"votes_after": 1.0},
                "entities": (
                    _company("Fund", ("Emirate", 0.1), ("People", 0.9))
                    | {"kind": "fund", "general_partner": "Partner"},
                    _company("Partner", ("Emirate", 0.5), ("People", 0.5)),
                    EMIRATE,
                    PEOPLE,
                ),
            },
            MANDATORY,
        ),
        (
            "31 CFR 800.244(b): 90 % of the fund, nothing of its general partner",
            {
                "stake": {"votes_after": 1.0},
                "entities": (
                    _company("Fund", ("Emirate", 0.9), ("People", 0.1))
                    | {"kind": "fund", "general_partner": "Partner"},
                    _company("Partner", ("People", 1.0)),
                    EMIRATE,
                    PEOPLE,
                ),
            },
            CLEAR,
        ),
        (
            "31 CFR 800.244(a): a business that is not TID",
            {
                "stake": {"votes_after": 1.0},
                "entities": _fund(1.0),
                "business": {"infrastructure": ()},
            },
            CLEAR,
        ),
        (
            "31 CFR 800.213: 30 % without any right is no covered transaction",
            {
                "stake": {"votes_after": 0.30},
                "rights": {"board_seats": 0},
                "entities": _fund(1.0),
            },
            CLEAR,
        ),
        (
            "31 CFR 800.401(e): the investor is cleared under a FOCI mitigation",
            {
                "stake": {"votes_after": 1.0},
                "entities": (
                    _company("Fund", ("Emirate", 1.0), foci_mitigated=True),
                    EMIRATE,
                ),
            },
            CLEAR,
        ),
        (
            "31 CFR 800.401(e): a government of an excepted state",
            {"stake": {"votes_after": 1.0}, "entities": (_government("Crown", "GB"),)},
            CLEAR,
        ),
    ],
)
def test_substantial_interest(
    law: Law, cited: str, facts: dict[str, Any], verdict: Verdict
) -> None:
    facts = {"rights": {"board_seats": 1}, "business": BULK_POWER} | facts
    assert substantial_interest(case_of(deal(**facts)), law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "entities", "share"),
    [
        (
            "31 CFR 800.244(c): two parents of 60 % in a row count as all",
            (_company("A", ("B", 0.6), ("People", 0.4)), _company("B", ("Emirate", 0.6))),
            1.0,
        ),
        (
            "31 CFR 800.244(c): below a parent, shares multiply",
            (
                _company("A", ("B", 0.4), ("People", 0.6)),
                _company("B", ("Emirate", 0.4), ("People", 0.6)),
            ),
            0.16,
        ),
        (
            "31 CFR 800.244(c): a parent above, 48 % below",
            (
                _company("A", ("B", 0.48), ("People", 0.52)),
                _company("B", ("Emirate", 0.9), ("People", 0.1)),
            ),
            0.48,
        ),
        (
            "31 CFR 800.244(c): two ways add",
            (
                _company("A", ("B", 0.3), ("Emirate", 0.2), ("People", 0.5)),
                _company("B", ("Emirate", 0.5), ("People", 0.5)),
            ),
            0.5,
        ),
    ],
)
def test_interest_through_tiers(
    law: Law, cited: str, entities: tuple[dict[str, Any], ...], share: float
) -> None:
    entities = (*entities, EMIRATE, PEOPLE)
    entities[1]["rest_is_dispersed"] = True
    _, found = largest_government(case_of(deal(entities=entities)), law)
    assert found.low_frac == pytest.approx(share), cited
    assert found.high_frac == pytest.approx(share), cited


CHIP = {"critical_technology": True, "export_authorisation": True}


@pytest.mark.parametrize(
    ("cited", "facts", "verdict"),
    [
        (
            "31 CFR 800.401(c): 5 % with an observer, a licence would be needed",
            {"stake": {"votes_after": 0.05}, "rights": {"board_observer": True}},
            MANDATORY,
        ),
        (
            "31 CFR 800.401(c)(1): no authorisation would be needed",
            {
                "stake": {"votes_after": 0.26},
                "rights": {"board_observer": True},
                "business": CHIP | {"export_authorisation": False},
            },
            CLEAR,
        ),
        (
            "31 CFR 800.401(e)(6): each export may go under a licence exception",
            {"rights": {"board_observer": True}, "business": CHIP | {"licence_exception": True}},
            CLEAR,
        ),
        (
            "31 CFR 800.304(a), 800.401(c): 5 % without rights is not covered",
            {"stake": {"votes_after": 0.05}},
            CLEAR,
        ),
        (
            "31 CFR 800.248(a): it hosts the technology, but makes none",
            {"rights": {"board_observer": True}, "business": {"critical_technology": False}},
            CLEAR,
        ),
        ("31 CFR 800.401(c): control", {"stake": {"votes_after": 0.9}}, MANDATORY),
    ],
)
def test_critical_technology(law: Law, cited: str, facts: dict[str, Any], verdict: Verdict) -> None:
    facts = {"business": CHIP} | facts
    assert critical_technology(case_of(deal(**facts)), law).verdict is verdict, cited


def test_whether_an_authorisation_is_needed_is_asked(law: Law) -> None:
    facts = deal(stake={"votes_after": 0.9}, business=CHIP | {"export_authorisation": None})
    found = critical_technology(case_of(facts), law)
    assert found.verdict is Verdict.NEED_FACTS
    assert "business.export_authorisation" in [ask.field for ask in found.asks]


def test_the_filing_is_due_thirty_days_before_completion(law: Law) -> None:
    # 31 CFR 800.401(g); the penalty is the value of the deal where that is greater, 800.901(b).
    facts = deal(
        stake={"votes_after": 0.9, "value_usd_m": 800.0},
        business=CHIP,
        dates={"closes_on": date(2027, 3, 31)},
    )
    found = critical_technology(case_of(facts), law).consequence
    assert "here by 2027-03-01." in found.says
    assert found.penalty_usd == 800e6
    assert found.fee_usd == 300_000


@pytest.mark.parametrize(
    ("day", "value_usd_m", "penalty_usd"),
    [
        (date(2024, 12, 25), 0.1, 250_000),
        (date(2024, 12, 26), 0.1, 5_000_000),
        (date(2024, 12, 26), 5.1, 5_100_000),
    ],
)
def test_penalty_of_the_day(us: Dataset, day: date, value_usd_m: float, penalty_usd: float) -> None:
    facts = deal(stake={"votes_after": 0.9, "value_usd_m": value_usd_m}, business=CHIP)
    found = critical_technology(case_of(facts), law_as_of(us, day)).consequence
    assert found.penalty_usd == pytest.approx(penalty_usd)


@pytest.mark.parametrize(
    ("cited", "facts", "verdict"),
    [
        (
            "31 CFR 800.222: a government's vehicle gets control",
            {"stake": {"votes_after": 0.51}, "entities": _fund(0.51)},
            Verdict.MITIGATE,
        ),
        (
            "31 CFR 800.222: the government has less than a majority of it",
            {"stake": {"votes_after": 0.51}, "entities": _fund(0.49)},
            CLEAR,
        ),
        (
            "50 U.S.C. 4565(b)(2)(B)(i)(III): a private foreign person over bulk power",
            {"stake": {"votes_after": 0.51}, "business": BULK_POWER},
            Verdict.MITIGATE,
        ),
        (
            "50 U.S.C. 4565(b)(2)(B)(i)(III): half of it is no control",
            {"stake": {"votes_after": 0.50}, "business": BULK_POWER},
            CLEAR,
        ),
        (
            "50 U.S.C. 4565(b)(2)(B): a private foreign person over a plain business",
            {"stake": {"votes_after": 0.51}},
            CLEAR,
        ),
    ],
)
def test_government_control(law: Law, cited: str, facts: dict[str, Any], verdict: Verdict) -> None:
    assert government_control(case_of(deal(**facts)), law).verdict is verdict, cited


def _with_adversary(share: float) -> tuple[dict[str, Any], ...]:
    holder = {"name": "Holder", "kind": "person", "country": "CN"}
    company = FOREIGN_COMPANY | {
        "owners": (
            {"owner": "Holder", "votes": share, "economic": share, "controls": share > 0.5},
            {"owner": "Nationals", "votes": 1 - share, "economic": 1 - share, "controls": True},
        )
    }
    return company, holder, NATIONALS


@pytest.mark.parametrize(
    ("cited", "facts", "verdict"),
    [
        (
            "15 CFR 791.4: a majority of the investor, and control of the business",
            {"stake": {"votes_after": 0.6}, "entities": _with_adversary(0.51)},
            Verdict.BLOCK_RISK,
        ),
        (
            "15 CFR 791.4: half of the investor",
            {"stake": {"votes_after": 0.6}, "entities": _with_adversary(0.49)},
            Verdict.MITIGATE,
        ),
        (
            "15 CFR 791.4: a majority of the investor, but nothing that is covered",
            {"stake": {"votes_after": 0.05, "passive": True}, "entities": _with_adversary(0.51)},
            CLEAR,
        ),
        ("15 CFR 791.4: no tie", {"stake": {"votes_after": 0.6}}, CLEAR),
    ],
)
def test_adversary_ties(law: Law, cited: str, facts: dict[str, Any], verdict: Verdict) -> None:
    assert adversary_ties(case_of(deal(**facts)), law).verdict is verdict, cited


@pytest.mark.parametrize("missing", ["country", "other_nationality"])
def test_a_holder_whose_country_is_not_told_may_be_of_an_adversary(law: Law, missing: str) -> None:
    holder = {key: value for key, value in NATIONALS.items() if key != missing}
    facts = deal(stake={"votes_after": 0.6}, entities=(FOREIGN_COMPANY, holder))
    found = adversary_ties(case_of(facts), law)
    assert found.verdict is Verdict.NEED_FACTS
    assert f"entities[1].{missing}" in [ask.field for ask in found.asks]


def test_a_government_whose_state_is_not_told_leaves_the_share_open(law: Law) -> None:
    state = {"name": "Emirate", "kind": "government"}
    facts = deal(
        stake={"votes_after": 0.3},
        rights={"board_seats": 1},
        business=BULK_POWER,
        entities=(_fund(1.0)[0], state, PEOPLE),
    )
    found = substantial_interest(case_of(facts), law)
    assert found.verdict is Verdict.NEED_FACTS
