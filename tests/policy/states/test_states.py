"""Law of the states: both sides of thresholds, days of pauses and mandates, every state told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.policy.drawn import deal
from tests.policy.energy_credits.plants import PEOPLE, company

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law, law_as_of
from gigaplan.policy.ownership import Case, case_of
from gigaplan.policy.rules.states.curtailment import curtailment
from gigaplan.policy.rules.states.foreign_land import foreign_land
from gigaplan.policy.rules.states.large_load import large_load
from gigaplan.policy.rules.states.sales_tax import sales_tax
from gigaplan.policy.rules.states.supply import clean_supply, nuclear
from gigaplan.policy.screen import screen
from gigaplan.terms.errors import InputError

CLEAR, OPEN, FILE, MITIGATE, BLOCK = (
    Verdict.CLEAR,
    Verdict.NEED_FACTS,
    Verdict.FILE_MANDATORY,
    Verdict.MITIGATE,
    Verdict.BLOCK_RISK,
)
CAMPUS = {
    "state": "TX",
    "load_mw": 500.0,
    "utility": "Oncor",
    "connected_on": date(2028, 1, 1),
    "curtailable": False,
    "investment_usd_m": 2000.0,
    "jobs": 100,
    "land_owner": "Owner",
    "land_use": "other",
    "near_sensitive_site": False,
    "new_nuclear": False,
    "emitting_supply": False,
}
CHINESE = {"name": "Nationals", "kind": "person", "country": "CN"}
EMIRATE = {"name": "Emirate", "kind": "government", "country": "AE"}


def _held(*owners: tuple[str, float]) -> tuple[dict[str, Any], ...]:
    rest = 1.0 - sum(share for _, share in owners)
    return (company("Owner", *owners, ("People", rest)), CHINESE, EMIRATE, PEOPLE)


def _case(entities: tuple[dict[str, Any], ...] | None = None, **changes: Any) -> Case:
    return case_of(deal(entities=entities or _held(), campus=CAMPUS | changes))


@pytest.mark.parametrize(
    ("cited", "changes", "verdict"),
    [
        ("Tex. Util. Code 37.0561: 75 MW", {"load_mw": 75.0}, FILE),
        ("Tex. Util. Code 37.0561: 74.9 MW", {"load_mw": 74.9}, CLEAR),
        (
            "PUCO 24-508-EL-ATA: 25 MW of AEP Ohio",
            {"state": "OH", "utility": "AEP Ohio", "load_mw": 25.0},
            FILE,
        ),
        (
            "PUCO 24-508-EL-ATA: 24.9 MW",
            {"state": "OH", "utility": "AEP Ohio", "load_mw": 24.9},
            CLEAR,
        ),
        (
            "PUCO 24-508-EL-ATA: another utility of Ohio, which the table lacks",
            {"state": "OH", "utility": "Duke Energy Ohio"},
            OPEN,
        ),
        ("Tex. Util. Code 37.0561: utility not told, 500 MW", {"utility": None}, FILE),
        ("Tex. Util. Code 37.0561: not told, 10 MW", {"utility": None, "load_mw": 10.0}, OPEN),
        ("Tex. Util. Code 37.0561: load not told", {"load_mw": None}, OPEN),
        ("No tariff of New York in the table", {"state": "NY", "utility": "NYSEG"}, OPEN),
        ("IURC 46097: 70 MW", {"state": "IN", "load_mw": 70.0, "utility": None}, FILE),
    ],
)
def test_tariffs(law: Law, cited: str, changes: dict[str, Any], verdict: Verdict) -> None:
    assert large_load(_case(**changes), law).verdict is verdict, cited


def test_the_terms_are_told(law: Law) -> None:
    # PUCO 24-508-EL-ATA: twelve years with a ramp of four, 85 % of demand.
    found = large_load(_case(state="OH", utility="AEP Ohio"), law)
    for term in ("a term of 12 years", "a ramp of up to 4 years", "a minimum bill of 85 %"):
        assert term in found.says


def test_a_tariff_holds_from_its_first_day(us: Dataset) -> None:
    # SCC order of 2025-11-25: schedule GS-5 from 2027-01-01.
    case = _case(state="VA", utility="Dominion Energy Virginia")
    for day, verdict in ((date(2026, 12, 31), OPEN), (date(2027, 1, 1), FILE)):
        assert large_load(case, law_as_of(us, day)).verdict is verdict


@pytest.mark.parametrize(
    ("cited", "changes", "verdict"),
    [
        ("Tex. Util. Code 39.170: 75 MW in 2026", {"load_mw": 75.0}, MITIGATE),
        ("Tex. Util. Code 39.170: 74.9 MW", {"load_mw": 74.9}, CLEAR),
        (
            "Tex. Util. Code 39.170: connected on 2025-12-31",
            {"connected_on": date(2025, 12, 31)},
            CLEAR,
        ),
        (
            "Tex. Util. Code 39.170: connected on 2026-01-01",
            {"connected_on": date(2026, 1, 1)},
            MITIGATE,
        ),
        ("Tex. Util. Code 39.170: it can be curtailed", {"curtailable": True}, CLEAR),
        ("Tex. Util. Code 39.170: not told whether it can", {"curtailable": None}, MITIGATE),
        ("Tex. Util. Code 39.170: day not told", {"connected_on": None}, OPEN),
        ("No act of Oklahoma", {"state": "OK"}, CLEAR),
        ("State not told", {"state": None}, OPEN),
    ],
)
def test_curtailment(law: Law, cited: str, changes: dict[str, Any], verdict: Verdict) -> None:
    assert curtailment(_case(**changes), law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "changes", "verdict"),
    [
        (
            "Tex. Tax Code 151.359: 200 million and 20 jobs",
            {"investment_usd_m": 200.0, "jobs": 20},
            CLEAR,
        ),
        ("Tex. Tax Code 151.359: 199 million", {"investment_usd_m": 199.0}, MITIGATE),
        ("Tex. Tax Code 151.359: 19 jobs", {"jobs": 19}, MITIGATE),
        ("Tex. Tax Code 151.359: jobs not told", {"jobs": None}, OPEN),
        ("Va. Code 58.1-609.3(18): 150 million, 50 jobs", {"state": "VA", "jobs": 50}, CLEAR),
        ("Va. Code 58.1-609.3(18): 49 jobs", {"state": "VA", "jobs": 49}, MITIGATE),
        ("Oregon has no sales tax", {"state": "OR", "jobs": None}, CLEAR),
        ("California exempts no data center", {"state": "CA"}, MITIGATE),
    ],
)
def test_sales_tax(law: Law, cited: str, changes: dict[str, Any], verdict: Verdict) -> None:
    assert sales_tax(_case(**changes), law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("state", "last_day", "first_day"),
    # MultiState of June 2026: pauses of Ohio, Illinois and Arizona.
    [
        ("OH", date(2026, 5, 26), date(2026, 5, 27)),
        ("IL", date(2026, 6, 30), date(2026, 7, 1)),
        ("AZ", date(2026, 6, 30), date(2026, 7, 1)),
    ],
)
def test_an_exemption_is_paused_from_a_day(
    us: Dataset, state: str, last_day: date, first_day: date
) -> None:
    case = _case(state=state)
    assert sales_tax(case, law_as_of(us, last_day)).verdict is CLEAR
    assert sales_tax(case, law_as_of(us, first_day)).verdict is MITIGATE


def test_the_pause_of_arizona_ends(us: Dataset) -> None:
    assert sales_tax(_case(state="AZ"), law_as_of(us, date(2029, 7, 1))).verdict is CLEAR


@pytest.mark.parametrize(
    ("cited", "owners", "changes", "verdict"),
    [
        ("Tex. Prop. Code ch. 5 (SB 17): led from China", (("Nationals", 0.51),), {}, BLOCK),
        ("Tex. Prop. Code ch. 5 (SB 17): a share from China", (("Nationals", 0.5),), {}, MITIGATE),
        ("Tex. Prop. Code ch. 5 (SB 17): a fund of the Emirates", (("Emirate", 1.0),), {}, CLEAR),
        (
            "Fla. Stat. 692.201: China, land neither farmed nor near a base",
            (("Nationals", 0.9),),
            {"state": "FL"},
            CLEAR,
        ),
        (
            "Fla. Stat. 692.203: near a base",
            (("Nationals", 0.9),),
            {"state": "FL", "near_sensitive_site": True},
            BLOCK,
        ),
        (
            "Iowa Code 9I: farmland for a fund of the Emirates",
            (("Emirate", 0.9),),
            {"state": "IA", "land_use": "agricultural"},
            MITIGATE,
        ),
        (
            "Iowa Code 9I: half of it",
            (("Emirate", 0.5),),
            {"state": "IA", "land_use": "agricultural"},
            CLEAR,
        ),
        ("Iowa Code 9I: other land", (("Emirate", 0.9),), {"state": "IA"}, CLEAR),
        ("Illinois asks for reports", (("Emirate", 0.9),), {"state": "IL"}, FILE),
        ("Nevada has no such law", (("Nationals", 0.9),), {"state": "NV"}, CLEAR),
        ("Tex. Prop. Code ch. 5: owner not told", (), {"land_owner": None}, OPEN),
        (
            "Iowa Code 9I: use not told",
            (("Emirate", 0.9),),
            {"state": "IA", "land_use": None},
            OPEN,
        ),
    ],
)
def test_land(
    law: Law,
    cited: str,
    owners: tuple[tuple[str, float], ...],
    changes: dict[str, Any],
    verdict: Verdict,
) -> None:
    assert foreign_land(_case(_held(*owners), **changes), law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "changes", "verdict"),
    [
        ("Minn. Stat. 216B.243 subd. 3b: a ban", {"state": "MN", "new_nuclear": True}, BLOCK),
        (
            "Cal. Pub. Res. Code 25524.2: until waste is solved",
            {"state": "CA", "new_nuclear": True},
            MITIGATE,
        ),
        ("Texas does not stand in the way", {"new_nuclear": True}, CLEAR),
        ("Minn. Stat. 216B.243: none planned", {"state": "MN"}, CLEAR),
        ("Minn. Stat. 216B.243: not told", {"state": "MN", "new_nuclear": None}, OPEN),
    ],
)
def test_reactors(law: Law, cited: str, changes: dict[str, Any], verdict: Verdict) -> None:
    assert nuclear(_case(**changes), law).verdict is verdict, cited


def test_illinois_let_large_reactors_on_1_june_2026(us: Dataset) -> None:
    case = _case(state="IL", new_nuclear=True)
    assert nuclear(case, law_as_of(us, date(2026, 5, 31))).verdict is MITIGATE
    assert nuclear(case, law_as_of(us, date(2026, 6, 1))).verdict is CLEAR


@pytest.mark.parametrize(
    ("cited", "changes", "verdict"),
    [
        ("Va. Code 56-585.5: gas after 2045", {"state": "VA", "emitting_supply": True}, MITIGATE),
        ("Va. Code 56-585.5: none", {"state": "VA"}, CLEAR),
        ("Va. Code 56-585.5: not told", {"state": "VA", "emitting_supply": None}, OPEN),
        ("Texas has no standard", {"emitting_supply": True}, CLEAR),
        ("Nevada asks for half", {"state": "NV", "emitting_supply": True}, CLEAR),
    ],
)
def test_clean_supply(law: Law, cited: str, changes: dict[str, Any], verdict: Verdict) -> None:
    assert clean_supply(_case(**changes), law).verdict is verdict, cited


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 11, 23), date(2030, 1, 1)])
def test_every_state_is_told_on_every_topic(us: Dataset, day: date) -> None:
    states = law_as_of(us, day).states
    missing = [
        (zone, topic)
        for zone in sorted(states.zones)
        for topic in (
            "sales_tax",
            "curtailment",
            "land_adversary",
            "land_foreign",
            "nuclear",
            "clean_supply",
        )
        if states.rule(zone, topic) is None  # type: ignore[arg-type]
    ]
    assert missing == []


def test_a_state_that_the_package_lacks_is_refused(us: Dataset) -> None:
    with pytest.raises(InputError, match=r"campus.state: There is no state ZZ in the package"):
        screen(_case(state="ZZ").deal, us, date(2026, 11, 23))
