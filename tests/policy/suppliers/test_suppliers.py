"""Suppliers by origin: both sides of each line, date and country of the texts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.policy.drawn import FOREIGN_COMPANY, NATIONALS, deal

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law, law_as_of
from gigaplan.policy.ownership import Case, case_of
from gigaplan.policy.rules.suppliers.federal import federal_chips
from gigaplan.policy.rules.suppliers.icts import icts
from gigaplan.policy.rules.suppliers.texas import texas_access, texas_report
from gigaplan.policy.screen import screen

CLEAR, OPEN, FILE, MITIGATE, BLOCK = (
    Verdict.CLEAR,
    Verdict.NEED_FACTS,
    Verdict.FILE_MANDATORY,
    Verdict.MITIGATE,
    Verdict.BLOCK_RISK,
)
CHIP = {
    "component": "accelerator",
    "kind": "chips",
    "made_in": "TW",
    "parent_country": "US",
    "federal_use": True,
    "named_chips": False,
    "delivered_on": date(2028, 6, 1),
}
TRANSFORMER = {
    "component": "large_power_transformer",
    "kind": "power_equipment",
    "made_in": "KR",
    "parent_country": "KR",
    "connected": False,
    "maker_access": False,
    "critical_grid_equipment": True,
    "federal_use": False,
    "state": "TX",
}


def _case(*items: dict[str, Any], entities: tuple[dict[str, Any], ...] = ()) -> Case:
    told = (FOREIGN_COMPANY, NATIONALS, *entities)
    return case_of(deal(entities=told, supplies={"items": items}))


def _maker(share: float | None, country: str = "CN") -> tuple[dict[str, Any], ...]:
    """Return a maker of Korea in which persons of a country hold a part, or an untold part."""
    rest = 1.0 - (share or 0.0)
    owners = (
        {"owner": "Holder", "votes": share, "economic": share},
        {"owner": "Others", "votes": rest, "economic": rest},
    )
    maker = {"name": "Maker", "kind": "company", "country": "KR", "principal_place": "KR"}
    return (
        maker | ({} if share is None else {"owners": owners}),
        {"name": "Holder", "kind": "government", "country": country},
        {"name": "Others", "kind": "person", "country": "KR", "other_nationality": "none"},
    )


@pytest.mark.parametrize(
    ("cited", "item", "verdict"),
    [
        ("15 CFR 791.4: chips made in China", CHIP | {"made_in": "CN"}, BLOCK),
        ("15 CFR 791.4: the same, made in Hong Kong", CHIP | {"made_in": "HK"}, BLOCK),
        ("15 CFR 791.4: the same, made in Taiwan", CHIP, CLEAR),
        ("15 CFR 791.2: a maker headquartered in China", CHIP | {"parent_country": "CN"}, BLOCK),
        ("15 CFR 791.2: a maker headquartered in Japan", CHIP | {"parent_country": "JP"}, CLEAR),
        (
            "15 CFR 791.4: servers of a Russian maker",
            CHIP | {"kind": "servers", "parent_country": "RU"},
            BLOCK,
        ),
        (
            "15 CFR 791.4: servers of an Indian maker",
            CHIP | {"kind": "servers", "parent_country": "IN"},
            CLEAR,
        ),
        ("15 CFR 791.2: origin not told", CHIP | {"made_in": None}, OPEN),
        ("15 CFR 791.2: parent not told", CHIP | {"parent_country": None}, OPEN),
        (
            "15 CFR 791.2: made in China, parent not told",
            CHIP | {"made_in": "CN", "parent_country": None},
            BLOCK,
        ),
        (
            "15 CFR 791.2: a transformer without data, of a Chinese maker",
            TRANSFORMER | {"made_in": "CN", "parent_country": "CN"},
            CLEAR,
        ),
        (
            "15 CFR 791.2: a connected inverter of a Chinese maker",
            TRANSFORMER | {"kind": "inverters_or_controls", "connected": True, "made_in": "CN"},
            BLOCK,
        ),
        (
            "15 CFR 791.2: a battery of which it is not told whether it is connected",
            TRANSFORMER | {"kind": "batteries", "connected": None, "made_in": "CN"},
            OPEN,
        ),
        ("15 CFR 791.2: kind not told", CHIP | {"kind": None, "made_in": "CN"}, OPEN),
        (
            "15 CFR 791.2: kind not told, but connected",
            CHIP | {"kind": None, "connected": True, "made_in": "CN"},
            BLOCK,
        ),
    ],
)
def test_hardware_for_data(law: Law, cited: str, item: dict[str, Any], verdict: Verdict) -> None:
    found = icts(_case(item), law)
    assert found.verdict is verdict, cited
    assert bool(found.asks) == (verdict is OPEN), cited


@pytest.mark.parametrize(
    ("cited", "share", "country", "verdict"),
    [
        ("15 CFR 791.2: more than half of the votes", 0.501, "CN", BLOCK),
        ("15 CFR 791.2: half of the votes may be a dominant minority", 0.5, "CN", MITIGATE),
        ("15 CFR 791.2: one per cent of the votes", 0.01, "CN", MITIGATE),
        ("15 CFR 791.2: no votes", 0.0, "CN", CLEAR),
        ("15 CFR 791.2: all votes, of another country", 1.0, "SG", CLEAR),
        ("15 CFR 791.2: owners not told", None, "CN", OPEN),
    ],
)
def test_hardware_of_a_maker_in_the_deal(
    law: Law, cited: str, share: float | None, country: str, verdict: Verdict
) -> None:
    item = CHIP | {"made_in": "KR", "parent_country": None, "maker": "Maker"}
    case = _case(item, entities=_maker(share, country))
    assert icts(case, law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "changes", "verdict"),
    [
        ("P.L. 117-263 sec. 5949(a)(1)(A): named chips", {"named_chips": True}, BLOCK),
        ("P.L. 117-263 sec. 5949: chips of others", {}, CLEAR),
        (
            "P.L. 117-263 sec. 5949: the first day, five years after 2022-12-23",
            {"named_chips": True, "delivered_on": date(2027, 12, 23)},
            BLOCK,
        ),
        (
            "P.L. 117-263 sec. 5949: the day before it takes effect",
            {"named_chips": True, "delivered_on": date(2027, 12, 22)},
            CLEAR,
        ),
        (
            "P.L. 117-263 sec. 5949(a): no federal agency",
            {"named_chips": True, "federal_use": False},
            CLEAR,
        ),
        (
            "P.L. 117-263 sec. 5949(a): whether for an agency is not told",
            {"named_chips": True, "federal_use": None},
            OPEN,
        ),
        ("P.L. 117-263 sec. 5949: makers not told", {"named_chips": None}, OPEN),
        (
            "P.L. 117-263 sec. 5949: day not told",
            {"named_chips": True, "delivered_on": None},
            OPEN,
        ),
        (
            "15 U.S.C. 4651(7): not named, but made in China: may be determined",
            {"made_in": "CN"},
            MITIGATE,
        ),
        ("15 U.S.C. 4651(7): not named, made in Cuba", {"made_in": "CU"}, CLEAR),
        (
            "P.L. 117-263 sec. 5949: controls hold semiconductors",
            {"kind": "inverters_or_controls", "connected": False, "named_chips": True},
            BLOCK,
        ),
        (
            "P.L. 117-263 sec. 5949: a transformer without electronics",
            {"kind": "power_equipment", "connected": False, "named_chips": True},
            CLEAR,
        ),
    ],
)
def test_chips_in_federal_use(
    law: Law, cited: str, changes: dict[str, Any], verdict: Verdict
) -> None:
    assert federal_chips(_case(CHIP | changes), law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "share", "verdict"),
    [
        ("15 U.S.C. 4651(7): a maker more than half held from China", 0.501, MITIGATE),
        ("15 U.S.C. 4651(7): a maker half held from China", 0.5, CLEAR),
    ],
)
def test_chips_of_a_maker_tied_to_a_country_of_concern(
    law: Law, cited: str, share: float, verdict: Verdict
) -> None:
    item = CHIP | {"made_in": "KR", "parent_country": None, "maker": "Maker"}
    assert federal_chips(_case(item, entities=_maker(share)), law).verdict is verdict, cited


LISTED = {"made_in": "CN", "parent_country": "CN"}


@pytest.mark.parametrize(
    ("cited", "changes", "access", "report"),
    [
        ("Tex. Util. Code 39.360(c): of a Chinese company", LISTED, CLEAR, FILE),
        ("Tex. Util. Code 39.360(c): of a Korean company", {}, CLEAR, CLEAR),
        ("Tex. Util. Code 39.360(c): in Oklahoma", LISTED | {"state": "OK"}, CLEAR, CLEAR),
        ("Tex. Util. Code 39.360(c): state not told", LISTED | {"state": None}, CLEAR, OPEN),
        (
            "Tex. Util. Code 39.360(c): not critical",
            LISTED | {"critical_grid_equipment": False},
            CLEAR,
            CLEAR,
        ),
        (
            "Tex. Util. Code 39.360(c): whether critical is not told",
            LISTED | {"critical_grid_equipment": None},
            CLEAR,
            OPEN,
        ),
        (
            "Tex. Bus. & Com. Code 117.002(a)(1): access for the company",
            LISTED | {"connected": True, "maker_access": True},
            BLOCK,
            FILE,
        ),
        (
            "Tex. Bus. & Com. Code 117.002(a)(1): access for a Korean company",
            {"connected": True, "maker_access": True},
            CLEAR,
            CLEAR,
        ),
        (
            "Tex. Bus. & Com. Code 117.002(a)(1): access not told",
            LISTED | {"maker_access": None},
            OPEN,
            FILE,
        ),
        (
            "Tex. Bus. & Com. Code 117.002(a)(2)(B): headquartered in Iran",
            {"parent_country": "IR", "connected": True, "maker_access": True},
            BLOCK,
            FILE,
        ),
        (
            "Tex. Bus. & Com. Code 117.002(a)(2)(B): headquartered in Cuba, not listed",
            {"parent_country": "CU", "connected": True, "maker_access": True},
            CLEAR,
            CLEAR,
        ),
        (
            "Tex. Gov. Code 2275.0102(a)(2): parent not told",
            {"parent_country": None, "connected": True, "maker_access": True},
            OPEN,
            OPEN,
        ),
    ],
)
def test_equipment_of_the_grid_of_texas(
    law: Law, cited: str, changes: dict[str, Any], access: Verdict, report: Verdict
) -> None:
    case = _case(TRANSFORMER | changes)
    assert texas_access(case, law).verdict is access, cited
    assert texas_report(case, law).verdict is report, cited


@pytest.mark.parametrize(
    ("cited", "share", "verdict"),
    [
        ("Tex. Gov. Code 2275.0102(a)(2)(A): the majority of the stock", 0.501, FILE),
        ("Tex. Gov. Code 2275.0102(a)(2)(A): half of it is no majority", 0.5, CLEAR),
    ],
)
def test_the_majority_of_a_maker_counts_in_texas(
    law: Law, cited: str, share: float, verdict: Verdict
) -> None:
    item = TRANSFORMER | {"parent_country": None, "maker": "Maker"}
    assert texas_report(_case(item, entities=_maker(share)), law).verdict is verdict, cited


def test_chips_are_no_equipment_of_the_grid(law: Law) -> None:
    case = _case(CHIP | {"made_in": "CN", "state": "TX"})
    assert texas_report(case, law).verdict is CLEAR


@pytest.mark.parametrize(
    ("cited", "rule", "last_without"),
    [
        ("86 FR 4909: effective 2021-03-22", "suppliers.icts", date(2021, 3, 21)),
        ("P.L. 117-263 of 2022-12-23", "suppliers.federal_chips", date(2022, 12, 22)),
        ("Tex. Gov. Code 2275.0102: S.B. 2116", "suppliers.texas_access", date(2021, 6, 17)),
        ("Tex. Util. Code 39.360: S.B. 2013", "suppliers.texas_report", date(2023, 6, 8)),
    ],
)
def test_a_rule_is_asked_from_its_first_day_on(
    us: Dataset, cited: str, rule: str, last_without: date
) -> None:
    asked = _case(CHIP).deal
    first = date.fromordinal(last_without.toordinal() + 1)
    before = {one.rule for one in screen(asked, us, last_without).findings}
    after = {one.rule for one in screen(asked, us, first).findings}
    assert (rule in before, rule in after) == (False, True), cited


def test_macau_counts_from_the_day_on_which_the_list_names_it(us: Dataset) -> None:
    # 89 FR 58265: named in 15 CFR 791.4 since 2024-07-18.
    case = _case(CHIP | {"made_in": "MO"})
    assert icts(case, law_as_of(us, date(2024, 7, 17))).verdict is CLEAR
    assert icts(case, law_as_of(us, date(2024, 7, 18))).verdict is BLOCK


def test_one_item_decides_and_is_named(law: Law) -> None:
    bad = CHIP | {"component": "hbm3e", "made_in": "CN"}
    found = icts(_case(TRANSFORMER, CHIP, bad), law)
    assert found.verdict is BLOCK
    assert [fact.field for fact in found.facts] == [
        "supplies.items[2].kind",
        "supplies.items[2].made_in",
    ]
    assert "The hbm3e is made in CN, a foreign adversary" in {fact.says for fact in found.facts}


def test_a_question_of_many_items_is_asked_once(law: Law) -> None:
    bare = {"component": "accelerator", "kind": "chips", "made_in": "TW"}
    found = icts(_case(bare, bare, bare), law)
    assert [(ask.field, ask.question) for ask in found.asks] == [
        (
            "supplies.items",
            "In which country has the maker's ultimate parent its headquarters? For each of 3 "
            "supplies.",
        )
    ]
    assert [fact.says for fact in found.facts] == [
        "The accelerator handles data",
        "The accelerator is made in TW",
    ]
    (alone,) = icts(_case(bare, CHIP), law).asks
    assert alone.field == "supplies.items[0].parent_country"


def test_no_supplies_are_an_answer(law: Law) -> None:
    for rule in (icts, federal_chips, texas_access, texas_report):
        assert rule(_case(), law).verdict is CLEAR
        untold = case_of(deal(supplies={}))
        assert rule(untold, law).verdict is OPEN
