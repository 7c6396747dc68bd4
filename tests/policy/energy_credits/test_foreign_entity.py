"""Prohibited foreign entities: both sides of each line of IRC 7701(a)(51)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.policy.energy_credits.plants import PEOPLE, company, plant_case

from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law
from gigaplan.policy.rules.energy_credits.claimant import foreign_entity
from gigaplan.policy.rules.energy_credits.recapture import recapture
from gigaplan.policy.rules.energy_credits.transfer import transfer

BARRED, CLEAR, OPEN = Verdict.BLOCK_RISK, Verdict.CLEAR, Verdict.NEED_FACTS
STATE = {"name": "State", "kind": "government", "country": "CN"}
NATIONAL = {"name": "National", "kind": "person", "country": "CN"}
RESIDENT = NATIONAL | {"name": "National", "other_nationality": "US"}
KOREAN = company("Maker", ("Koreans", 1.0), country="KR")
KOREANS = {"name": "Koreans", "kind": "person", "country": "KR", "other_nationality": "none"}


def _held(
    *owners: tuple[str, float], others: tuple[dict[str, Any], ...]
) -> tuple[dict[str, Any], ...]:
    rest = 1.0 - sum(share for _, share in owners)
    return (company("Claimant", *owners, ("People", rest)), PEOPLE, *others)


CHINESE = company("Chinese", ("Nationals", 1.0), country="CN")
OTHER = company("Other", ("Russians", 1.0), country="RU")
RUSSIANS = {"name": "Russians", "kind": "person", "country": "RU"}
NATIONALS = {"name": "Nationals", "kind": "person", "country": "CN"}
BOTH = (CHINESE, OTHER, NATIONALS, RUSSIANS)


@pytest.mark.parametrize(
    ("cited", "entities", "changes", "verdict"),
    [
        (
            "IRC 7701(a)(51)(D)(i)(I)(bb): 25 % with one",
            _held(("Chinese", 0.25), others=BOTH),
            {},
            BARRED,
        ),
        (
            "IRC 7701(a)(51)(D)(i)(I)(bb): 24.9 % with one",
            _held(("Chinese", 0.249), others=BOTH),
            {},
            CLEAR,
        ),
        (
            "IRC 7701(a)(51)(D)(i)(I)(cc): 20 % with each of two, 40 % together",
            _held(("Chinese", 0.2), ("Other", 0.2), others=BOTH),
            {},
            BARRED,
        ),
        (
            "IRC 7701(a)(51)(D)(i)(I)(cc): 20 % and 19.9 %",
            _held(("Chinese", 0.2), ("Other", 0.199), others=BOTH),
            {},
            CLEAR,
        ),
        (
            "IRC 7701(a)(51)(C)(v): 50.1 % in a holder make it controlled, so its 25 % count",
            _held(
                ("Holder", 0.25),
                others=(company("Holder", ("Chinese", 0.501), ("People", 0.499)), *BOTH),
            ),
            {},
            BARRED,
        ),
        (
            "IRC 7701(a)(51)(G): 50 % in a holder do not control it, and 12.5 % count",
            _held(
                ("Holder", 0.25),
                others=(company("Holder", ("Chinese", 0.5), ("People", 0.5)), *BOTH),
            ),
            {},
            CLEAR,
        ),
        (
            "IRC 7701(a)(51)(C)(iv): organised in a covered nation",
            (company("Claimant", ("People", 1.0), country="IR"), PEOPLE),
            {},
            BARRED,
        ),
        (
            "IRC 7701(a)(51)(C)(i): a government",
            _held(("State", 0.25), others=(STATE,)),
            {},
            BARRED,
        ),
        (
            "IRC 7701(a)(51)(C)(iii): a national of a covered nation only",
            _held(("National", 0.25), others=(NATIONAL,)),
            {},
            BARRED,
        ),
        (
            "IRC 7701(a)(51)(C)(iii): who is a national of the United States too",
            _held(("National", 0.25), others=(RESIDENT,)),
            {},
            CLEAR,
        ),
        (
            "IRC 7701(a)(51)(C)(iii): second nationality not told",
            _held(("National", 0.25), others=({**NATIONAL, "country": "KR"},)),
            {},
            OPEN,
        ),
        (
            "IRC 7701(a)(51)(C)(iii): second nationality of a covered nation",
            _held(
                ("National", 0.25),
                others=({**NATIONAL, "country": "KR", "other_nationality": "IR"},),
            ),
            {},
            BARRED,
        ),
        (
            "IRC 7701(a)(51)(I)(ii): Korea is no covered nation",
            _held(("Maker", 0.9), others=(KOREAN, KOREANS)),
            {},
            CLEAR,
        ),
        (
            "IRC 7701(a)(51)(B)(iv): a listed battery maker, wherever organised",
            _held(("Maker", 0.25), others=(KOREAN, KOREANS)),
            {"listed_entities": ("Maker",)},
            BARRED,
        ),
        (
            "IRC 7701(a)(51)(D)(i)(I)(aa): appoints an officer",
            _held(others=()),
            {"officer_by_specified": True},
            BARRED,
        ),
        (
            "IRC 7701(a)(51)(D)(i)(I)(dd): 15 % of the debt",
            _held(others=()),
            {"debt_of_specified": 0.15},
            BARRED,
        ),
        (
            "IRC 7701(a)(51)(D)(i)(I)(dd): 14.9 % of the debt",
            _held(others=()),
            {"debt_of_specified": 0.149},
            CLEAR,
        ),
        (
            "IRC 7701(a)(51)(D)(i)(II): effective control by contract",
            _held(others=()),
            {"effective_control": True},
            BARRED,
        ),
        (
            "IRC 45Q(f): effective control does not count there",
            _held(others=()),
            {"technology": "gas_with_capture", "effective_control": True},
            CLEAR,
        ),
        (
            "IRC 318(a)(2): one person behind two holders of 13 % each",
            _held(
                ("Chinese", 0.13),
                ("Second", 0.13),
                others=(CHINESE, company("Second", ("Nationals", 1.0), country="CN"), NATIONALS),
            ),
            {},
            BARRED,
        ),
        (
            "IRC 45U(c): a foreign-influenced owner of a nuclear plant in 2027",
            _held(others=()),
            {
                "technology": "nuclear_existing",
                "begins_on": None,
                "in_service_on": date(2027, 12, 31),
                "debt_of_specified": 0.5,
            },
            CLEAR,
        ),
        (
            "IRC 45U(c): the same in 2028",
            _held(others=()),
            {
                "technology": "nuclear_existing",
                "begins_on": None,
                "in_service_on": date(2028, 1, 1),
                "debt_of_specified": 0.5,
            },
            BARRED,
        ),
        (
            "P.L. 119-21 sec. 70513(g): the tax year 2025 begins before enactment",
            _held(("Chinese", 0.9), others=BOTH),
            {"begins_on": date(2025, 8, 1), "in_service_on": date(2025, 12, 31)},
            CLEAR,
        ),
    ],
)
def test_claimant(
    law: Law, cited: str, entities: tuple[dict[str, Any], ...], changes: Any, verdict: Verdict
) -> None:
    assert foreign_entity(plant_case(entities, **changes), law).verdict is verdict, cited


@pytest.mark.parametrize(
    "unknown",
    [
        {"claimant": None},
        {"technology": None},
        {"listed_entities": None},
        {"officer_by_specified": None},
        {"debt_of_specified": None},
        {"effective_control": None},
    ],
)
def test_a_missing_fact_is_asked_for(law: Law, unknown: dict[str, None]) -> None:
    found = foreign_entity(plant_case(**unknown), law)
    assert found.verdict is OPEN
    assert {ask.field for ask in found.asks} == {f"power_plant.{field}" for field in unknown}


def test_a_holder_that_is_not_told_leaves_it_open(law: Law) -> None:
    untold = (company("Claimant", ("People", 0.75)), PEOPLE)
    assert foreign_entity(plant_case(untold), law).verdict is OPEN
    near = (company("Claimant", ("People", 0.751)), PEOPLE)
    assert foreign_entity(plant_case(near), law).verdict is CLEAR


@pytest.mark.parametrize(
    ("cited", "changes", "verdict"),
    [
        (
            "IRC 50(a)(4): storage of 2028 whose contract pays a specified foreign entity",
            {"technology": "storage", "pays_specified_later": True},
            Verdict.MITIGATE,
        ),
        (
            "P.L. 119-21 sec. 70513: credits of the tax year 2027 are not recaptured",
            {"pays_specified_later": True, "in_service_on": date(2027, 12, 31)},
            CLEAR,
        ),
        (
            "IRC 50(a)(4): not the credit for captured carbon",
            {"technology": "gas_with_capture", "pays_specified_later": True},
            CLEAR,
        ),
        ("IRC 50(a)(4): no such payment", {"pays_specified_later": False}, CLEAR),
        ("IRC 50(a)(4): not known", {"pays_specified_later": None}, OPEN),
    ],
)
def test_recapture(law: Law, cited: str, changes: Any, verdict: Verdict) -> None:
    assert recapture(plant_case(**changes), law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "buyer", "verdict"),
    [
        ("IRC 6418(g)(5): a company of a covered nation", "Chinese", BARRED),
        ("IRC 6418(a): people at home", "People", CLEAR),
        ("IRC 6418(a): it is not sold", "nobody", CLEAR),
        ("IRC 6418(a): not known", None, OPEN),
    ],
)
def test_sale_of_the_credit(law: Law, cited: str, buyer: str | None, verdict: Verdict) -> None:
    case = plant_case(_held(others=(CHINESE, NATIONALS)), sold_to=buyer)
    assert transfer(case, law).verdict is verdict, cited
