"""Advanced chips abroad: classes by the lines of ECCN 3A090, destinations, days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.policy.drawn import deal

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.facts.chips_abroad import ChipsAbroad
from gigaplan.policy.finding import Verdict
from gigaplan.policy.law import Law, law_as_of
from gigaplan.policy.ownership import Case, case_of
from gigaplan.policy.rules.export.classes import is_class_a, is_class_b
from gigaplan.policy.rules.export.diffusion import diffusion
from gigaplan.policy.rules.export.licence import licence
from gigaplan.policy.rules.export.validated_end_user import validated_end_user
from gigaplan.policy.screen import screen

CLEAR, OPEN, FILE, EASED, BARRED = (
    Verdict.CLEAR,
    Verdict.NEED_FACTS,
    Verdict.FILE_MANDATORY,
    Verdict.MITIGATE,
    Verdict.BLOCK_RISK,
)
H200 = {
    "chip": "H200",
    "destination": "AE",
    "operator_parent": "AE",
    "performance": 15831.0,
    "performance_density": 19.45,
    "memory_bandwidth_gb_per_s": 4800.0,
    "for_data_centers": True,
    "validated_end_user": False,
    "from_united_states": True,
    "safeguards": True,
}
TO_CHINA = {"destination": "CN", "operator_parent": "CN"}
CLASS_B = {"performance": 3000.0, "performance_density": 3.0}


def _case(**changes: Any) -> Case:
    return case_of(deal(chips_abroad=H200 | changes))


@pytest.mark.parametrize(
    ("cited", "performance", "density", "for_data_centers", "a", "b"),
    [
        ("ECCN 3A090.a.1", 4800.0, 1.0, True, True, False),
        ("ECCN 3A090.a.1: one less, density low", 4799.0, 1.5, True, False, False),
        ("ECCN 3A090.a.2", 1600.0, 5.92, True, True, False),
        ("ECCN 3A090.a.2: density one less", 1600.0, 5.91, True, False, True),
        ("ECCN 3A090.a.2: performance one less", 1599.0, 7.0, True, False, False),
        ("ECCN 3A090.b.1", 2400.0, 1.6, True, False, True),
        ("ECCN 3A090.b.1: performance one less", 2399.0, 1.6, True, False, False),
        ("ECCN 3A090.b.1: density one less", 2400.0, 1.59, True, False, False),
        ("ECCN 3A090.b.2", 1600.0, 3.2, True, False, True),
        ("ECCN 3A090.b.2: density one less", 1600.0, 3.19, True, False, False),
        ("ECCN 3A090 note 2: not for data centers", 4704.0, 7.73, False, False, False),
        ("ECCN 3A090 note 2: of 4,800 all the same", 4800.0, 7.73, False, True, False),
        # Data sheets: dense rate times bit length, over the die area.
        ("A100 SXM 80GB, 312 x 16", 4992.0, 6.04, True, True, False),
        ("H100 SXM, 1978.9 x 8", 15831.0, 19.45, True, True, False),
        ("H20, 296 x 8", 2368.0, 2.91, True, False, False),
        ("L40S, 733 x 8", 5864.0, 9.64, True, True, False),
        ("L4, 242.5 x 8", 1940.0, 6.59, True, True, False),
        ("RTX 4090, 660.6 x 8", 5285.0, 8.69, False, True, False),
        ("RTX 4090 D, 588 x 8", 4704.0, 7.73, False, False, False),
        ("MI308X, 188 x 16", 3008.0, 2.96, True, False, True),
    ],
)
def test_class(
    law: Law,
    cited: str,
    performance: float,
    density: float,
    for_data_centers: bool,
    a: bool,
    b: bool,
) -> None:
    chips = ChipsAbroad(
        performance=performance, performance_density=density, for_data_centers=for_data_centers
    )
    assert (is_class_a(chips, law).value, is_class_b(chips, law).value) == (a, b), cited


def test_density_follows_from_the_area(law: Law) -> None:
    chips = ChipsAbroad(performance=1940.0, die_area_mm2=294.5, for_data_centers=True)
    assert is_class_a(chips, law).yes


@pytest.mark.parametrize(
    ("cited", "changes", "verdict"),
    [
        ("15 CFR 742.6(b)(10): group D:4, approval presumed", {}, FILE),
        ("15 CFR 748.15: a validated end user", {"validated_end_user": True}, CLEAR),
        (
            "15 CFR 742.6(a)(6)(iii): group A:5",
            {"destination": "NO", "operator_parent": "NO"},
            CLEAR,
        ),
        (
            "15 CFR 742.6(a)(6)(iii): D:4 but A:6",
            {"destination": "IL", "operator_parent": "IL"},
            CLEAR,
        ),
        (
            "15 CFR 742.6(a)(6)(iii): Norway, but a parent in China",
            {"destination": "NO", "operator_parent": "CN"},
            BARRED,
        ),
        (
            "15 CFR 744.23(a)(3): Emirates, but a parent in Macau",
            {"operator_parent": "MO"},
            BARRED,
        ),
        (
            "15 CFR 742.6(b)(10): group D:5",
            {"destination": "VE", "operator_parent": "VE"},
            BARRED,
        ),
        ("91 FR 1684: H200 to China", TO_CHINA, EASED),
        (
            "91 FR 1684: performance of 21,000",
            TO_CHINA | {"performance": 21000.0, "performance_density": 20.6},
            BARRED,
        ),
        (
            "91 FR 1684: performance of 20,999",
            TO_CHINA | {"performance": 20999.0, "performance_density": 20.6},
            EASED,
        ),
        (
            "91 FR 1684: bandwidth of 6,500 GB/s",
            TO_CHINA | {"memory_bandwidth_gb_per_s": 6500.0},
            BARRED,
        ),
        ("91 FR 1684: sent from elsewhere", TO_CHINA | {"from_united_states": False}, BARRED),
        ("91 FR 1684: conditions not met", TO_CHINA | {"safeguards": False}, BARRED),
        ("91 FR 1684: conditions not told", TO_CHINA | {"safeguards": None}, BARRED),
        ("91 FR 1684: only China and Macau", {"destination": "RU"}, BARRED),
        ("15 CFR 740.8: class b to China after notice", TO_CHINA | CLASS_B, FILE),
        ("15 CFR 740.8: class b to the Emirates", CLASS_B, CLEAR),
        (
            "15 CFR 740.8(a): class a to China, not for data centers",
            TO_CHINA | {"for_data_centers": False, "safeguards": False},
            FILE,
        ),
        ("15 CFR 740.8(a): class a to the Emirates, not so", {"for_data_centers": False}, CLEAR),
        (
            "ECCN 3A090: below both classes",
            TO_CHINA | {"performance": 2368.0, "performance_density": 2.91},
            CLEAR,
        ),
        ("15 CFR 742.6: destination not told", {"destination": None}, OPEN),
        ("15 CFR 742.6: parent not told", {"operator_parent": None}, OPEN),
        ("ECCN 3A090: performance not told", {"performance": None}, OPEN),
    ],
)
def test_licence(law: Law, cited: str, changes: dict[str, Any], verdict: Verdict) -> None:
    assert licence(_case(**changes), law).verdict is verdict, cited


def test_before_2026_a_denial_was_presumed_for_china(us: Dataset) -> None:
    # 91 FR 1684 took effect on 15 January 2026.
    for day, verdict in ((date(2026, 1, 14), BARRED), (date(2026, 1, 15), EASED)):
        assert licence(_case(**TO_CHINA), law_as_of(us, day)).verdict is verdict


@pytest.mark.parametrize(
    ("cited", "changes", "verdict"),
    [
        ("15 CFR 748.15: in place of licences", {}, Verdict.FILE_VOLUNTARY),
        ("15 CFR 748.15: it has one", {"validated_end_user": True}, CLEAR),
        ("15 CFR 748.15: not in group D:5", TO_CHINA, CLEAR),
        ("15 CFR 748.15: not told", {"validated_end_user": None}, OPEN),
    ],
)
def test_validated_end_user(
    law: Law, cited: str, changes: dict[str, Any], verdict: Verdict
) -> None:
    assert validated_end_user(_case(**changes), law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("cited", "changes", "verdict"),
    [
        (
            "90 FR 4544: Norway, of the first tier",
            {"destination": "NO", "operator_parent": "NO"},
            CLEAR,
        ),
        (
            "90 FR 4544: Switzerland, of the second",
            {"destination": "CH", "operator_parent": "CH"},
            FILE,
        ),
        (
            "90 FR 4544: Norway, with a Swiss parent",
            {"destination": "NO", "operator_parent": "CH"},
            FILE,
        ),
        ("90 FR 4544: China, of the third", TO_CHINA, BARRED),
        ("90 FR 4544: class b", CLASS_B, CLEAR),
        ("90 FR 4544: destination not told", {"destination": None}, OPEN),
    ],
)
def test_diffusion(us: Dataset, cited: str, changes: dict[str, Any], verdict: Verdict) -> None:
    law = law_as_of(us, date(2025, 3, 1))
    assert diffusion(_case(**changes), law).verdict is verdict, cited


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (date(2025, 1, 12), False),
        (date(2025, 1, 13), True),
        (date(2025, 5, 12), True),
        (date(2025, 5, 13), False),
    ],
)
def test_the_framework_is_asked_from_its_date_to_its_rescission(
    us: Dataset, day: date, asked: bool
) -> None:
    found = screen(_case().deal, us, day)
    assert ("export.diffusion" in {finding.rule for finding in found.findings}) is asked
