"""Chip plants: the credit, its recapture and the clawbacks of awards, both sides of each line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.policy.drawn import deal
from tests.policy.energy_credits.plants import OWNED_AT_HOME, PEOPLE, company

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law, law_as_of
from gigaplan.policy.ownership import Case, case_of
from gigaplan.policy.rules.chips import chip_credit_frac
from gigaplan.policy.rules.chips.clawback import expansion_clawback, technology_clawback
from gigaplan.policy.rules.chips.investment_credit import investment_credit
from gigaplan.policy.rules.chips.recapture import recapture

CLEAR, OPEN, LOST, BACK = (
    Verdict.CLEAR,
    Verdict.NEED_FACTS,
    Verdict.MITIGATE,
    Verdict.BLOCK_RISK,
)
EXPANSION = {
    "country": "CN",
    "agreed_on": date(2030, 1, 1),
    "increase": 0.5,
    "legacy": False,
    "existing_facility": True,
    "home_market": 0.2,
}
PLANT = {
    "claimant": "Claimant",
    "makes_semiconductors": True,
    "begins_on": date(2026, 12, 31),
    "in_service_on": date(2029, 1, 1),
    "award": True,
    "award_on": date(2025, 1, 1),
    "expands_abroad": True,
    "joint_research": False,
}
CHINESE = {"name": "Nationals", "kind": "person", "country": "CN"}


def _case(
    entities: tuple[dict[str, Any], ...] = OWNED_AT_HOME,
    expansion: dict[str, Any] | None = None,
    **changes: Any,
) -> Case:
    told = PLANT | changes
    if told["expands_abroad"]:
        told |= {"expansion": EXPANSION | (expansion or {})}
    return case_of(deal(entities=entities, chip_plant=told))


def _held(share: float) -> tuple[dict[str, Any], ...]:
    return (
        company("Claimant", ("Nationals", share), ("People", 1.0 - share)),
        CHINESE,
        PEOPLE,
    )


@pytest.mark.parametrize(
    ("cited", "case", "verdict"),
    [
        ("IRC 48D(e): begun on 2026-12-31", _case(), CLEAR),
        ("IRC 48D(e): begun on 2027-01-01", _case(begins_on=date(2027, 1, 1)), LOST),
        ("IRC 48D(b)(3): another purpose", _case(makes_semiconductors=False), LOST),
        ("15 CFR 231.104: 25 % of the claimant", _case(_held(0.25)), LOST),
        ("15 CFR 231.104: 24.9 % of the claimant", _case(_held(0.249)), CLEAR),
        (
            "IRC 48D(c)(1): organised in a country of concern",
            _case((company("Claimant", ("People", 1.0), country="CN"), PEOPLE)),
            LOST,
        ),
        ("IRC 48D(b): purpose not told", _case(makes_semiconductors=None), OPEN),
        ("IRC 48D(e): beginning not told", _case(begins_on=None), OPEN),
        ("IRC 48D(c): claimant not told", _case(claimant=None), OPEN),
    ],
)
def test_credit(law: Law, cited: str, case: Case, verdict: Verdict) -> None:
    assert investment_credit(case, law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "begins", "serves", "rate"),
    [
        ("IRC 48D(a): in service in 2025", date(2023, 1, 1), date(2025, 12, 31), 0.25),
        ("P.L. 119-21 sec. 70308: in service in 2026", date(2023, 1, 1), date(2026, 1, 1), 0.35),
        ("IRC 48D(e): begun in 2027", date(2027, 1, 1), date(2029, 1, 1), 0.0),
        ("P.L. 117-167 sec. 107(f): in service in 2022", date(2021, 1, 1), date(2022, 12, 31), 0.0),
    ],
)
def test_rate(law: Law, cited: str, begins: date, serves: date, rate: float) -> None:
    assert chip_credit_frac(begins, serves, law.parameters) == rate, cited


def test_the_rate_of_before_the_act_is_that_of_its_day(us: Dataset) -> None:
    days = (date(2024, 1, 1), date(2026, 6, 1))
    for day, rate in ((date(2025, 7, 3), 0.25), (date(2025, 7, 4), 0.35)):
        assert chip_credit_frac(*days, law_as_of(us, day).parameters) == rate


@pytest.mark.parametrize(
    ("cited", "case", "verdict"),
    [
        ("IRC 50(a)(3): leading-edge capacity in China", _case(), BACK),
        ("26 CFR 1.50-2: a rise of 5 %", _case(expansion={"increase": 0.05}), CLEAR),
        ("26 CFR 1.50-2: a rise of 5.1 %", _case(expansion={"increase": 0.051}), BACK),
        ("IRC 50(a)(3): legacy", _case(expansion={"legacy": True}), CLEAR),
        ("IRC 50(a)(3): in Malaysia", _case(expansion={"country": "MY"}), CLEAR),
        (
            "IRC 50(a)(3)(A): ten years after service",
            _case(expansion={"agreed_on": date(2039, 1, 1)}),
            BACK,
        ),
        (
            "IRC 50(a)(3)(A): a day more",
            _case(expansion={"agreed_on": date(2039, 1, 2)}),
            CLEAR,
        ),
        (
            "26 CFR 1.50-2: a new facility",
            _case(expansion={"increase": 0.0, "existing_facility": False}),
            BACK,
        ),
        ("IRC 50(a)(3): not told", _case(expansion={"increase": None}), OPEN),
        ("IRC 50(a)(3): no expansion", _case(expands_abroad=False), CLEAR),
    ],
)
def test_recapture(law: Law, cited: str, case: Case, verdict: Verdict) -> None:
    assert recapture(case, law).verdict is verdict, cited


LEGACY = {"legacy": True, "increase": 0.1, "home_market": 0.849}


@pytest.mark.parametrize(
    ("cited", "case", "verdict"),
    [
        ("15 U.S.C. 4652(a)(6)(C): leading-edge in China", _case(), BACK),
        ("15 CFR 231: a rise of 5 %", _case(expansion={"increase": 0.05}), CLEAR),
        ("15 CFR 231: a rise of 5.1 %", _case(expansion={"increase": 0.051}), BACK),
        ("15 CFR 231: legacy, renovated by 10 %", _case(expansion=LEGACY), BACK),
        ("15 CFR 231: legacy, by 9.9 %", _case(expansion=LEGACY | {"increase": 0.099}), CLEAR),
        (
            "15 CFR 231: legacy, 85 % for the market there",
            _case(expansion=LEGACY | {"home_market": 0.85}),
            CLEAR,
        ),
        (
            "15 CFR 231: new legacy plant for export",
            _case(expansion=LEGACY | {"existing_facility": False, "increase": 0.0}),
            BACK,
        ),
        (
            "15 U.S.C. 4652(a)(6)(C): ten years after the award",
            _case(expansion={"agreed_on": date(2035, 1, 1)}),
            BACK,
        ),
        (
            "15 U.S.C. 4652(a)(6)(C): a day more",
            _case(expansion={"agreed_on": date(2035, 1, 2)}),
            CLEAR,
        ),
        ("15 U.S.C. 4652(a)(6): no award", _case(award=False, award_on=None), CLEAR),
        ("15 U.S.C. 4652(a)(6): award not told", _case(award=None, award_on=None), OPEN),
        ("15 CFR 231: legacy not told", _case(expansion={"legacy": None}), OPEN),
    ],
)
def test_expansion_clawback(law: Law, cited: str, case: Case, verdict: Verdict) -> None:
    assert expansion_clawback(case, law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "case", "verdict"),
    [
        ("15 U.S.C. 4652(a)(5)(C): joint research", _case(joint_research=True), BACK),
        ("15 U.S.C. 4652(a)(5)(C): none", _case(), CLEAR),
        ("15 U.S.C. 4652(a)(5)(C): not told", _case(joint_research=None), OPEN),
        (
            "15 U.S.C. 4652(a)(5): without an award",
            _case(joint_research=True, award=False, award_on=None),
            CLEAR,
        ),
    ],
)
def test_technology_clawback(law: Law, cited: str, case: Case, verdict: Verdict) -> None:
    assert technology_clawback(case, law).verdict is verdict, cited
