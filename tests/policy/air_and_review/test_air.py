"""On-site power and federal review: both sides of each line of the Clean Air Act and NEPA."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.drawn import deal

from gigaplan.policy.facts.campus import OnsitePower
from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case, case_of
from gigaplan.policy.rules.air_and_review import potential_to_emit_tpy
from gigaplan.policy.rules.air_and_review.major_source import major_source
from gigaplan.policy.rules.air_and_review.nepa import expedited, nepa
from gigaplan.policy.rules.air_and_review.potential import potential_of
from gigaplan.policy.rules.air_and_review.title_v import title_v
from gigaplan.policy.rules.air_and_review.turbine_standard import turbine_standard

CLEAR, OPEN, ASK, FILE, MITIGATE = (
    Verdict.CLEAR,
    Verdict.NEED_FACTS,
    Verdict.FILE_VOLUNTARY,
    Verdict.FILE_MANDATORY,
    Verdict.MITIGATE,
)
HEAT, HOURS = 10.0, 8000.0


def _units(tons: float, **changes: Any) -> dict[str, Any]:
    """Return units of 100 MW whose potential is a number of tons: 4,000 tons per lb/MMBtu."""
    return {
        "capacity_mw": 100.0,
        "heat_rate_mmbtu_per_mwh": HEAT,
        "nox_lb_per_mmbtu": tons / 4000.0,
        "hours_per_year": HOURS,
        "hours_limited": True,
        "steam_boiler": False,
        "attainment": "attainment",
        "turbines": True,
        "unit_heat_input_mmbtu_per_h": 300.0,
        "construction_on": date(2026, 3, 1),
        "months_on_site": 240.0,
    } | changes


def _case(units: dict[str, Any] | None, **campus: Any) -> Case:
    return case_of(deal(campus={"onsite_power": units, **campus}))


@pytest.mark.parametrize(
    ("cited", "tons", "changes", "verdict"),
    [
        ("40 CFR 52.21(b)(1)(i)(b): 250 tons, simple cycle", 250.1, {}, MITIGATE),
        ("40 CFR 52.21(b)(1)(i)(b): 249.9 tons", 249.9, {}, FILE),
        (
            "40 CFR 52.21(b)(1)(i)(a): 100 tons, duct burners",
            100.1,
            {"steam_boiler": True},
            MITIGATE,
        ),
        ("40 CFR 52.21(b)(1)(i)(a): 99.9 tons", 99.9, {"steam_boiler": True}, FILE),
        *(
            (
                f"42 U.S.C. 7511a: {name}, {line} tons and {'more' if side > 0 else 'less'}",
                line + side,
                {"attainment": name},
                MITIGATE if side > 0 else FILE,
            )
            for name, line in (
                ("marginal", 100),
                ("moderate", 100),
                ("serious", 50),
                ("severe", 25),
                ("extreme", 10),
                ("transport_region", 100),
            )
            for side in (0.1, -0.1)
        ),
        ("42 U.S.C. 7410(a)(2)(C): class not told, 9 tons", 9.0, {"attainment": None}, FILE),
        ("42 U.S.C. 7511a: class not told, 60 tons", 60.0, {"attainment": None}, OPEN),
        ("42 U.S.C. 7511a: class not told, 300 tons", 300.0, {"attainment": None}, MITIGATE),
        ("40 CFR 52.21(b)(1): boilers not told, 150 tons", 150.0, {"steam_boiler": None}, OPEN),
        ("40 CFR 52.21(b)(4): rate not told", 150.0, {"nox_lb_per_mmbtu": None}, OPEN),
        ("40 CFR 52.21(b)(4): hours not limited", 240.0, {"hours_limited": False}, MITIGATE),
        ("40 CFR 52.21(b)(4): limit not told", 240.0, {"hours_limited": None}, OPEN),
    ],
)
def test_permit_to_construct(
    law: Law, cited: str, tons: float, changes: dict[str, Any], verdict: Verdict
) -> None:
    assert major_source(_case(_units(tons, **changes)), law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "capacity_mw", "rate", "tons"),
    # 9 ppm on a simple cycle of 9.5 MMBtu/MWh, and 2 ppm with a catalyst.
    [("40 CFR 52.21(b)(4)", 100.0, 0.033, 137.313), ("40 CFR 52.21(b)(4)", 100.0, 0.0075, 31.2075)],
)
def test_potential(cited: str, capacity_mw: float, rate: float, tons: float) -> None:
    found = potential_to_emit_tpy(capacity_mw, 9.5, rate, 8760.0, 2000.0)
    assert found == pytest.approx(tons), cited


@given(st.floats(1.0, 1000.0), st.floats(0.0, 8784.0), st.sampled_from([True, False, None]))
def test_the_bounds_hold_what_a_limit_could_be(
    law: Law, capacity: float, hours: float, limited: bool | None
) -> None:
    told = OnsitePower.model_validate(
        _units(100.0, capacity_mw=capacity, hours_per_year=hours, hours_limited=limited)
    )
    found = potential_of(told, law)
    for one in (True, False):
        known = potential_of(told.model_copy(update={"hours_limited": one}), law)
        assert known.low_tpy == known.high_tpy
        if limited in (one, None):
            assert found.low_tpy <= known.low_tpy <= found.high_tpy


def test_offsets_are_told(law: Law) -> None:
    # 42 U.S.C. 7511a(d)(2): 1.3 to 1 in a severe area.
    found = major_source(_case(_units(100.0, attainment="severe")), law)
    assert "offsets of 1.3 for each ton, about 130 tons" in found.says


@pytest.mark.parametrize(
    ("cited", "tons", "changes", "verdict"),
    [
        ("40 CFR 70.2: 100 tons", 100.1, {}, FILE),
        ("40 CFR 70.2: 99.9 tons", 99.9, {}, CLEAR),
        ("40 CFR 70.2: 25 tons in a severe area", 25.1, {"attainment": "severe"}, FILE),
        ("40 CFR 70.2: 24.9 tons in a severe area", 24.9, {"attainment": "severe"}, CLEAR),
        ("40 CFR 70.2: class not told", 50.0, {"attainment": None}, OPEN),
        ("40 CFR 70.2: capacity not told", 50.0, {"capacity_mw": None}, OPEN),
    ],
)
def test_operating_permit(
    law: Law, cited: str, tons: float, changes: dict[str, Any], verdict: Verdict
) -> None:
    assert title_v(_case(_units(tons, **changes)), law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "changes", "verdict", "word"),
    [
        ("91 FR 1910: a turbine of 2026", {}, FILE, "by size and use"),
        ("91 FR 1910: of 2024-12-13", {"construction_on": date(2024, 12, 13)}, CLEAR, ""),
        ("91 FR 1910: of 2024-12-14", {"construction_on": date(2024, 12, 14)}, FILE, ""),
        ("40 CFR 60.4305a: of 9.9 MMBtu/h", {"unit_heat_input_mmbtu_per_h": 9.9}, CLEAR, ""),
        ("91 FR 1910: engines", {"turbines": False}, CLEAR, ""),
        ("91 FR 1910: for 24 months", {"months_on_site": 24.0}, FILE, "temporary"),
        ("91 FR 1910: for 25 months", {"months_on_site": 25.0}, FILE, "by size and use"),
        (
            "91 FR 1910: for 24 months, above 850 MMBtu/h",
            {"months_on_site": 24.0, "unit_heat_input_mmbtu_per_h": 851.0},
            FILE,
            "by size and use",
        ),
        ("91 FR 1910: day not told", {"construction_on": None}, OPEN, ""),
    ],
)
def test_turbine_standard(
    law: Law, cited: str, changes: dict[str, Any], verdict: Verdict, word: str
) -> None:
    found = turbine_standard(_case(_units(100.0, **changes)), law)
    assert (found.verdict, word in found.says) == (verdict, True), cited


@pytest.mark.parametrize("rule", [major_source, title_v, turbine_standard])
def test_without_units_nothing_is_asked(law: Law, rule: Any) -> None:
    assert rule(case_of(deal(campus={"has_onsite_power": False})), law).verdict is CLEAR
    assert rule(case_of(deal(campus={})), law).verdict is OPEN


NONE = {"land": False, "loan": False, "permit": False}


@pytest.mark.parametrize(
    ("cited", "federal", "verdict"),
    [
        ("42 U.S.C. 4336e(10): private land and money", NONE, CLEAR),
        (
            "42 U.S.C. 4336e(10): a federal loan, no significant effect",
            NONE | {"loan": True, "excluded": False, "significant": False},
            FILE,
        ),
        (
            "42 U.S.C. 4332(2)(C): federal land, significant effect",
            NONE | {"land": True, "excluded": False, "significant": True},
            MITIGATE,
        ),
        (
            "42 U.S.C. 4336(a)(2): a permit with an exclusion",
            NONE | {"permit": True, "excluded": True, "significant": False},
            FILE,
        ),
        ("42 U.S.C. 4336(b): effect not told", NONE | {"loan": True}, MITIGATE),
        ("42 U.S.C. 4336e(10): permit not told", {"land": False, "loan": False}, OPEN),
    ],
)
def test_federal_review(law: Law, cited: str, federal: dict[str, bool], verdict: Verdict) -> None:
    assert nepa(_case(None, federal=federal), law).verdict is verdict, cited


def test_months_of_the_statute(law: Law) -> None:
    # 42 U.S.C. 4336a(g): a year for an assessment, two for a statement.
    for significant, months in ((False, 12.0), (True, 24.0)):
        federal = NONE | {"loan": True, "excluded": False, "significant": significant}
        found = nepa(_case(None, federal=federal), law)
        assert found.consequence.days_least == pytest.approx(months * 30.4375)


@pytest.mark.parametrize(
    ("cited", "campus", "verdict"),
    [
        ("Executive Order 14318: 100.1 MW", {"load_mw": 100.1, "investment_usd_m": 0.0}, ASK),
        ("Executive Order 14318: 100 MW", {"load_mw": 100.0, "investment_usd_m": 499.9}, CLEAR),
        ("Executive Order 14318: 500 million", {"load_mw": 1.0, "investment_usd_m": 500.0}, ASK),
        ("Executive Order 14318: not told", {"load_mw": 1.0}, OPEN),
    ],
)
def test_expedited_route(law: Law, cited: str, campus: dict[str, float], verdict: Verdict) -> None:
    assert expedited(_case(None, federal=NONE | {"loan": True}, **campus), law).verdict is verdict
    assert expedited(_case(None, federal=NONE, **campus), law).verdict is CLEAR, cited
