"""Land near listed sites: part 802 from both sides of each line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.policy.drawn import FOREIGN_COMPANY, NATIONALS, deal

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law, law_as_of
from gigaplan.policy.ownership import case_of
from gigaplan.policy.rules.cfius_real_estate.real_estate import real_estate, real_estate_adversary

FILE, CLEAR = Verdict.FILE_VOLUNTARY, Verdict.CLEAR
ALL_RIGHTS = ("access", "exclude", "develop", "attach")
FIELD = {
    "interest": "purchase",
    "rights": ALL_RIGHTS,
    "near": (),
    "at_covered_port": False,
    "in_missile_field_area": False,
    "in_offshore_range": False,
    "urban": False,
    "single_housing_unit": False,
    "port_retail_or_carrier": False,
}
LISTED = {1: "Fort Meade", 2: "Yuma Proving Ground"}
NEW_BUILD = {"instrument": "new_build", "business": {"exists": False}}


def _near(part: int, miles: float) -> dict[str, Any]:
    return {"near": ({"name": LISTED[part], "distance_miles": miles},)}


@pytest.mark.parametrize(
    ("cited", "site", "verdict"),
    [
        ("31 CFR 802.203: 0.8 miles from a site of part 1, leased", _near(1, 0.8), FILE),
        ("31 CFR 802.203: one mile", _near(1, 1.0), FILE),
        ("31 CFR 802.203: 1.1 miles from a site of part 1", _near(1, 1.1), CLEAR),
        ("31 CFR 802.217: 40 miles from a site of part 2, rural", _near(2, 40.0), FILE),
        ("31 CFR 802.217: 40 miles from a site of part 1 only", _near(1, 40.0), CLEAR),
        ("31 CFR 802.217: 100 miles from a site of part 2", _near(2, 100.0), FILE),
        ("31 CFR 802.217: 100.1 miles from a site of part 2", _near(2, 100.1), CLEAR),
        ("31 CFR 802.216(c): 40 miles from part 2, urban", _near(2, 40.0) | {"urban": True}, CLEAR),
        ("31 CFR 802.216(c): half a mile, urban", _near(2, 0.5) | {"urban": True}, FILE),
        (
            "31 CFR 802.211(a): in a covered port, urban",
            {"at_covered_port": True, "urban": True},
            FILE,
        ),
        (
            "31 CFR 802.216(e)(2): in a covered port, for retail only",
            {"at_covered_port": True, "port_retail_or_carrier": True},
            CLEAR,
        ),
        (
            "31 CFR 802.216(e): retail near a base is not excepted",
            _near(1, 0.5) | {"port_retail_or_carrier": True},
            FILE,
        ),
        ("31 CFR 802.211(b)(3): a missile field's county", {"in_missile_field_area": True}, FILE),
        ("31 CFR 802.211(b)(4): an offshore range", {"in_offshore_range": True}, FILE),
        ("31 CFR 802.211: near nothing that is listed", {}, CLEAR),
        (
            "31 CFR 802.212(a): three of four rights",
            _near(1, 0.5) | {"rights": ("access", "exclude", "develop")},
            FILE,
        ),
        (
            "31 CFR 802.212(a): two of four rights",
            _near(1, 0.5) | {"rights": ("access", "exclude")},
            CLEAR,
        ),
        ("31 CFR 802.212: a lease counts", _near(1, 0.5) | {"interest": "lease"}, FILE),
        ("31 CFR 802.212: a concession counts", _near(1, 0.5) | {"interest": "concession"}, FILE),
        ("31 CFR 802.237: no land is taken", _near(1, 0.5) | {"interest": "none"}, CLEAR),
        (
            "31 CFR 802.216(d): a single housing unit",
            _near(1, 0.5) | {"single_housing_unit": True},
            CLEAR,
        ),
        (
            "31 CFR 802.216(f): ten percent of an office building and of its tenants",
            _near(1, 0.5) | {"space_of_building": 0.10, "tenants_of_building": 0.10},
            CLEAR,
        ),
        (
            "31 CFR 802.216(f)(1): eleven percent of the space",
            _near(1, 0.5) | {"space_of_building": 0.11, "tenants_of_building": 0.10},
            FILE,
        ),
        (
            "31 CFR 802.216(f)(2): eleven percent of the tenants",
            _near(1, 0.5) | {"space_of_building": 0.10, "tenants_of_building": 0.11},
            FILE,
        ),
    ],
)
def test_covered_real_estate(law: Law, cited: str, site: dict[str, Any], verdict: Verdict) -> None:
    facts = deal(**NEW_BUILD, site=FIELD | site)
    assert real_estate(case_of(facts), law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "near", "verdict"),
    [
        ("31 CFR 802.303(a): a mortgage on the land, by itself", False, CLEAR),
        ("31 CFR 802.303(a)(1): default is imminent, and brings the land", True, FILE),
    ],
)
def test_a_loan_for_land(law: Law, cited: str, near: bool, verdict: Verdict) -> None:
    terms = {
        "equity_like_rights": False,
        "default_near": near,
        "us_syndicate_decides": False,
    }
    facts = deal(
        instrument="loan",
        loan=terms,
        stake={"votes_after": 0.0},
        business={"exists": False},
        site=FIELD | _near(1, 0.5),
    )
    assert real_estate(case_of(facts), law).verdict is verdict, cited


def test_an_excepted_real_estate_investor_is_not_covered(law: Law) -> None:
    # 31 CFR 802.215, 802.216(a).
    canadian = FOREIGN_COMPANY | {
        "country": "CA",
        "principal_place": "CA",
        "board": {"members": 5, "members_us_or_excepted": 5},
    }
    facts = deal(
        **NEW_BUILD,
        site=FIELD | _near(1, 0.5),
        entities=(canadian, NATIONALS | {"country": "CA"}),
    )
    assert real_estate(case_of(facts), law).verdict is CLEAR


def test_a_u_s_investor_is_not_covered(law: Law) -> None:
    # 31 CFR 802.221: only a foreign person's purchase, lease or concession is.
    ours = FOREIGN_COMPANY | {"country": "US", "principal_place": "US"}
    facts = deal(
        **NEW_BUILD, site=FIELD | _near(1, 0.5), entities=(ours, NATIONALS | {"country": "US"})
    )
    assert real_estate(case_of(facts), law).verdict is CLEAR


def test_land_that_comes_with_a_covered_business_is_reviewed_with_it(law: Law) -> None:
    # 31 CFR 802.216(b).
    facts = deal(stake={"votes_after": 0.9}, site=FIELD | _near(1, 0.5))
    assert real_estate(case_of(facts), law).verdict is CLEAR


def test_without_a_word_about_land_it_is_asked_for(law: Law) -> None:
    found = real_estate(case_of(deal(**NEW_BUILD)), law)
    assert found.verdict is Verdict.NEED_FACTS
    assert [ask.field for ask in found.asks] == ["site.interest"]


@pytest.mark.parametrize(
    ("country", "share", "verdict"),
    [
        ("CN", 0.51, Verdict.BLOCK_RISK),
        ("CN", 0.49, Verdict.MITIGATE),
        ("SG", 0.51, Verdict.CLEAR),
    ],
)
def test_covered_land_and_a_foreign_adversary(
    law: Law, country: str, share: float, verdict: Verdict
) -> None:
    # Order of 2024-05-13, 89 FR 43301: land within a mile of a missile base, ordered sold.
    holder = NATIONALS | {"name": "Holder", "country": country}
    company = FOREIGN_COMPANY | {
        "owners": (
            {"owner": "Holder", "votes": share, "economic": share},
            {"owner": "Nationals", "votes": 1 - share, "economic": 1 - share},
        )
    }
    facts = deal(**NEW_BUILD, site=FIELD | _near(1, 0.9), entities=(company, holder, NATIONALS))
    assert real_estate_adversary(case_of(facts), law).verdict is verdict


def test_the_lists_have_the_counts_of_the_federal_register(us: Dataset) -> None:
    # 88 FR 57348 added eight sites; 89 FR 88128 added 40 to part 1 and 19 to part 2 and moved
    # eight from part 1 to part 2; 227 sites since then.
    days = [date(2023, 9, 21), date(2023, 9, 22), date(2024, 12, 8), date(2024, 12, 9)]
    before_2023, in_2023, before_2024, now = (law_as_of(us, day).sites for day in days)
    assert set(in_2023) - set(before_2023) == {
        "Air Force Plant 42",
        "Dyess Air Force Base",
        "Ellsworth Air Force Base",
        "Grand Forks Air Force Base",
        "Iowa National Guard Joint Force Headquarters",
        "Lackland Air Force Base",
        "Laughlin Air Force Base",
        "Luke Air Force Base",
    }
    added = [now[name].part for name in set(now) - set(before_2024)]
    assert (added.count(1), added.count(2)) == (40, 19)
    moved = [n for n in set(now) & set(before_2024) if now[n].part != before_2024[n].part]
    assert len(moved) == 8
    assert {before_2024[name].part for name in moved} == {1}
    assert len(now) == 227


@pytest.mark.parametrize(
    ("cited", "name", "day", "verdict"),
    [
        ("31 CFR 802.104, 89 FR 88128: not listed yet", "Camp Grayling", (2024, 12, 8), CLEAR),
        ("31 CFR 802.104, 89 FR 88128: listed", "Camp Grayling", (2024, 12, 9), FILE),
        ("31 CFR 802.104: still in part 1", "Redstone Arsenal", (2024, 12, 8), CLEAR),
        ("31 CFR 802.104: moved to part 2", "Redstone Arsenal", (2024, 12, 9), FILE),
    ],
)
def test_land_thirty_miles_from_a_site_by_the_list_of_the_day(
    us: Dataset, cited: str, name: str, day: tuple[int, int, int], verdict: Verdict
) -> None:
    near = {"near": ({"name": name, "distance_miles": 30.0},)}
    facts = deal(**NEW_BUILD, site=FIELD | near)
    assert real_estate(case_of(facts), law_as_of(us, date(*day))).verdict is verdict, cited


def test_the_question_names_listed_sites_of_the_state(law: Law) -> None:
    site = {key: value for key, value in FIELD.items() if key != "near"} | {"zone": "OK"}
    found = real_estate(case_of(deal(**NEW_BUILD, site=site)), law)
    (ask,) = [ask for ask in found.asks if ask.field == "site.near"]
    assert ask.question.endswith(
        "Listed in OK: Altus Air Force Base, Fort Sill, McAlester Army Ammunition Plant, "
        "Tinker Air Force Base, Vance Air Force Base."
    )
