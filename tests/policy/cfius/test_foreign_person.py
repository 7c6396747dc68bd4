"""Foreign persons: the examples of 31 CFR 800.224(c), and near misses."""

from __future__ import annotations

from typing import Any

import pytest
from tests.policy.drawn import deal

from gigaplan.policy.law import Law
from gigaplan.policy.ownership import case_of
from gigaplan.policy.rules.cfius.foreign_person import is_foreign_person

US_PEOPLE = {"name": "U.S. nationals", "kind": "person", "country": "US"}
PEOPLE_ABROAD = {"name": "Foreign nationals", "kind": "person", "country": "JP"}
STATE = {"name": "Government of F", "kind": "government", "country": "SG"}


def _company(name: str, country: str, **rest: Any) -> dict[str, Any]:
    return {
        "name": name,
        "kind": "company",
        "country": country,
        "principal_place": country,
        "traded_in": "nowhere",
        **rest,
    }


def _held(owner: str, share: float, *, controls: bool | None = None) -> dict[str, Any]:
    return {"owner": owner, "votes": share, "economic": share, "controls": controls}


@pytest.mark.parametrize(
    ("cited", "entities", "foreign"),
    [
        (
            "31 CFR 800.224(c)(1): organised abroad, held by a company of U.S. nationals",
            (
                _company("A", "JP", owners=(_held("X", 1.0),)),
                _company("X", "US", owners=(_held("U.S. nationals", 1.0),)),
                US_PEOPLE,
            ),
            False,
        ),
        (
            "31 CFR 800.224(c): organised abroad, but a government controls it by officers",
            (
                _company(
                    "A",
                    "SG",
                    owners=(
                        _held("U.S. nationals", 0.9, controls=False),
                        _held("Government of F", 0.1, controls=True),
                    ),
                ),
                US_PEOPLE,
                STATE,
            ),
            True,
        ),
        (
            "31 CFR 800.224(c): organised here, controlled by X of abroad, half of it ours",
            (
                _company("A", "US", owners=(_held("X", 1.0),)),
                _company(
                    "X",
                    "JP",
                    owners=(
                        _held("U.S. nationals", 0.5, controls=False),
                        _held("Foreign nationals", 0.5, controls=False),
                    ),
                ),
                US_PEOPLE,
                PEOPLE_ABROAD,
            ),
            True,
        ),
        (
            "31 CFR 800.224(c): organised abroad, owned and controlled by a foreign national",
            (_company("A", "JP", owners=(_held("Foreign nationals", 1.0),)), PEOPLE_ABROAD),
            True,
        ),
        (
            "31 CFR 800.224(c): organised abroad, 45 % unrelated foreign holders, the rest U.S.",
            (
                _company(
                    "A",
                    "JP",
                    owners=(
                        _held("Foreign nationals", 0.45, controls=False),
                        _held("U.S. nationals", 0.55, controls=False),
                    ),
                ),
                US_PEOPLE,
                PEOPLE_ABROAD,
            ),
            False,
        ),
        (
            "31 CFR 800.224(c): the same, but one of the foreign holders controls it",
            (
                _company(
                    "A",
                    "JP",
                    owners=(
                        _held("Foreign nationals", 0.45, controls=True),
                        _held("U.S. nationals", 0.55, controls=False),
                    ),
                ),
                US_PEOPLE,
                PEOPLE_ABROAD,
            ),
            True,
        ),
        (
            "31 CFR 800.220(b): half of the equity is no majority",
            (
                _company(
                    "A",
                    "JP",
                    owners=(
                        _held("Foreign nationals", 0.5, controls=False),
                        _held("U.S. nationals", 0.5, controls=False),
                    ),
                ),
                US_PEOPLE,
                PEOPLE_ABROAD,
            ),
            True,
        ),
        (
            "31 CFR 800.220(a): organised abroad, but led from here and traded nowhere",
            (
                _company(
                    "A",
                    "JP",
                    principal_place="US",
                    owners=(_held("Foreign nationals", 0.3, controls=False),),
                    rest_is_dispersed=True,
                )
                | {"principal_place": "US"},
                PEOPLE_ABROAD,
            ),
            False,
        ),
        (
            "31 CFR 800.220(a): the same, but its equity is primarily traded abroad",
            (
                _company(
                    "A",
                    "JP",
                    owners=(_held("Foreign nationals", 0.3, controls=False),),
                    rest_is_dispersed=True,
                )
                | {"principal_place": "US", "traded_in": "GB"},
                PEOPLE_ABROAD,
            ),
            True,
        ),
        (
            "31 CFR 800.223: a national of two states, one of them ours, is no foreign national",
            (
                _company("A", "US", owners=(_held("Dual", 1.0),)),
                {"name": "Dual", "kind": "person", "country": "JP", "other_nationality": "US"},
            ),
            False,
        ),
        (
            "31 CFR 800.208(e)(7), 800.224: a U.S. fund whose general partner is foreign",
            (
                _company("A", "US", owners=(_held("U.S. nationals", 1.0, controls=False),))
                | {"kind": "fund", "general_partner": "Partner"},
                _company("Partner", "JP", owners=(_held("Foreign nationals", 1.0),)),
                US_PEOPLE,
                PEOPLE_ABROAD,
            ),
            True,
        ),
    ],
)
def test_foreign_person(
    law: Law, cited: str, entities: tuple[dict[str, Any], ...], foreign: bool
) -> None:
    entities = tuple({key: value for key, value in entity.items()} for entity in entities)
    case = case_of(deal(entities=entities))
    assert is_foreign_person(case, law, entities[0]["name"]).value is foreign, cited


def test_owners_that_are_not_told_are_asked_for(law: Law) -> None:
    case = case_of(deal(entities=(_company("A", "US"),)))
    answer = is_foreign_person(case, law, "A")
    assert answer.unknown
    assert [ask.field for ask in answer.asks] == ["entities[0].owners"]


def test_control_passes_down_every_tier(law: Law) -> None:
    chain = [_company("Top", "SG", owners=(_held("Government of F", 1.0),)), STATE]
    above = "Top"
    for tier in range(5):
        chain.insert(0, _company(f"Tier {tier}", "US", owners=(_held(above, 0.51),)))
        above = f"Tier {tier}"
    case = case_of(deal(entities=tuple(chain)))
    assert is_foreign_person(case, law, above).yes
