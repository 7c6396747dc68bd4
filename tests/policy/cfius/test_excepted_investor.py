"""Excepted investors, 31 CFR 800.219 and 800.233: each threshold from both sides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.policy.drawn import deal

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.law import Law, law_as_of
from gigaplan.policy.ownership import case_of
from gigaplan.policy.rules.cfius.excepted_investor import is_excepted_investor

AUSTRALIANS = {
    "name": "Australians",
    "kind": "person",
    "country": "AU",
    "other_nationality": "none",
}
HOLDER = {"name": "Holder", "kind": "person", "country": "SG"}


def _company(
    excepted: float, other: float, *, board: int = 8, listed: str = "nowhere", **rest: Any
) -> dict[str, Any]:
    owners = [{"owner": "Australians", "votes": excepted, "economic": excepted}]
    if other:
        owners.append({"owner": "Holder", "votes": other, "economic": other})
    return {
        "name": "A",
        "kind": "company",
        "country": "AU",
        "principal_place": "AU",
        "traded_in": listed,
        "board": {"members": 10, "members_us_or_excepted": board},
        "owners": tuple(owners),
        "violations": False,
        **rest,
    }


@pytest.mark.parametrize(
    ("cited", "company", "excepted"),
    [
        ("31 CFR 800.219(a)(3): all conditions", _company(1.0, 0.0), True),
        (
            "31 CFR 800.219(a)(3)(iii): 75 % of the board, 8 of 10",
            _company(1.0, 0.0, board=8),
            True,
        ),
        ("31 CFR 800.219(a)(3)(iii): 70 %", _company(1.0, 0.0, board=7), False),
        (
            "31 CFR 800.219(a)(3)(iii): three of four observers",
            _company(1.0, 0.0)
            | {
                "board": {
                    "members": 10,
                    "members_us_or_excepted": 10,
                    "observers": 4,
                    "observers_us_or_excepted": 3,
                }
            },
            True,
        ),
        (
            "31 CFR 800.219(a)(3)(iii): two of four observers",
            _company(1.0, 0.0)
            | {
                "board": {
                    "members": 10,
                    "members_us_or_excepted": 10,
                    "observers": 4,
                    "observers_us_or_excepted": 2,
                }
            },
            False,
        ),
        (
            "31 CFR 800.219(a)(3)(iv): a holder from elsewhere of 9.9 %",
            _company(0.901, 0.099),
            True,
        ),
        ("31 CFR 800.219(a)(3)(iv): a holder from elsewhere of 10 %", _company(0.90, 0.10), False),
        (
            "31 CFR 800.233(b): not listed, 80 %, the rest dispersed",
            _company(0.80, 0.09, rest_is_dispersed=True),
            True,
        ),
        (
            "31 CFR 800.233(b): not listed, 79 %, the rest small holders from elsewhere",
            _company(0.79, 0.09)
            | {
                "owners": (
                    *_company(0.79, 0.09)["owners"],
                    {"owner": "Another", "votes": 0.09, "economic": 0.09},
                    {"owner": "A third", "votes": 0.03, "economic": 0.03},
                )
            },
            False,
        ),
        (
            "31 CFR 800.219(a)(3)(iv): who holds the last 11 % is not told",
            _company(0.80, 0.09),
            None,
        ),
        (
            "31 CFR 800.233(b): not listed, 78 %, and 22 % from Singapore",
            _company(0.78, 0.22),
            False,
        ),
        (
            "31 CFR 800.233(a): listed in Sydney, 60 %, no other holder of 10 %",
            _company(0.60, 0.09, listed="AU", rest_is_dispersed=True),
            True,
        ),
        (
            "31 CFR 800.233(a): listed in Sydney, half is no majority",
            _company(0.50, 0.09, listed="AU") | {"owners": _company(0.5, 0.5)["owners"]},
            False,
        ),
        (
            "31 CFR 800.233(b): listed in Singapore counts as not listed, 60 %",
            _company(0.60, 0.09, listed="SG") | {"owners": _company(0.6, 0.4)["owners"]},
            False,
        ),
        (
            "31 CFR 800.219(a)(3)(ii): directed from Singapore",
            _company(1.0, 0.0) | {"principal_place": "SG"},
            False,
        ),
        (
            "31 CFR 800.219(a)(3)(i): organised in Singapore",
            _company(1.0, 0.0) | {"country": "SG"},
            False,
        ),
        (
            "31 CFR 800.219(c): a violation within five years",
            _company(1.0, 0.0) | {"violations": True},
            False,
        ),
    ],
)
def test_excepted_company(
    law: Law, cited: str, company: dict[str, Any], excepted: bool | None
) -> None:
    others = ({**HOLDER, "name": name} for name in ("Another", "A third"))
    case = case_of(deal(entities=(company, AUSTRALIANS, HOLDER, *others)))
    assert is_excepted_investor(case, law).value is excepted, cited


@pytest.mark.parametrize(
    ("cited", "person", "excepted"),
    [
        (
            "31 CFR 800.219(a)(1): a national of Canada",
            {"country": "CA", "other_nationality": "none"},
            True,
        ),
        (
            "31 CFR 800.219(a)(1): of Canada and the United Kingdom",
            {"country": "CA", "other_nationality": "GB"},
            True,
        ),
        (
            "31 CFR 800.219(a)(1): of Canada and of a state that is not excepted",
            {"country": "CA", "other_nationality": "AE"},
            False,
        ),
        ("31 CFR 800.219(a)(1): whether of another state is not told", {"country": "CA"}, None),
        ("31 CFR 800.218: of Japan", {"country": "JP"}, False),
    ],
)
def test_excepted_person(
    law: Law, cited: str, person: dict[str, str], excepted: bool | None
) -> None:
    case = case_of(deal(entities=({"name": "P", "kind": "person", **person},)))
    assert is_excepted_investor(case, law).value is excepted, cited


def test_a_government_of_an_excepted_state_is_excepted(law: Law) -> None:
    # 31 CFR 800.219(a)(2).
    for country, excepted in (("GB", True), ("NO", False)):
        state = {"name": "State", "kind": "government", "country": country}
        assert is_excepted_investor(case_of(deal(entities=(state,))), law).value is excepted


def test_each_parent_must_keep_the_conditions(law: Law) -> None:
    # 31 CFR 800.219(a)(3): "with respect to itself and each of its parents".
    parent = _company(1.0, 0.0) | {"name": "Parent", "principal_place": "SG"}
    held = {"owner": "Parent", "votes": 1.0, "economic": 1.0}
    child = _company(1.0, 0.0) | {"owners": (held,)}
    case = case_of(deal(entities=(child, parent, AUSTRALIANS)))
    assert is_excepted_investor(case, law).no


def test_new_zealand_counts_from_its_day_on(us: Dataset) -> None:
    state = {"name": "State", "kind": "government", "country": "NZ"}
    case = case_of(deal(entities=(state,)))
    assert is_excepted_investor(case, law_as_of(us, date(2022, 1, 4))).no
    assert is_excepted_investor(case, law_as_of(us, date(2022, 1, 5))).yes


def test_a_large_holder_of_two_nationalities_spoils_it(law: Law) -> None:
    # 31 CFR 800.219(a)(3)(iv)(B): nationals of excepted states who are of no other state.
    dual = AUSTRALIANS | {"other_nationality": "SG"}
    small = _company(0.09, 0.0) | {"rest_is_dispersed": True, "traded_in": "AU"}
    for company, excepted in ((_company(1.0, 0.0), False), (small, None)):
        case = case_of(deal(entities=(company, dual)))
        assert is_excepted_investor(case, law).value is excepted
