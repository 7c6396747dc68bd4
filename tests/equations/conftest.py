"""The model of two zones and two years, and the LP text that is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import highspy
import pytest
from tests.equations.lp_text import lp_text
from tests.equations.small_systems import two_zones

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.formulation import Formulation

KEPT = Path(__file__).parent / "lp"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-lp",
        action="store_true",
        help="write tests/equations/lp/*.lp anew; then read them",
    )


@pytest.fixture(scope="session")
def two_zone_model() -> Formulation:
    return build_formulation(two_zones())


@pytest.fixture
def check_lp_text(
    two_zone_model: Formulation, request: pytest.FixtureRequest
) -> Callable[[str], None]:
    """Compare the rows of a family with the text that a person has read."""

    def check(family: str) -> None:
        text = lp_text(two_zone_model, family)
        path = KEPT / f"{family}.lp"
        if request.config.getoption("--update-lp", default=False):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")
        assert _rows_in(path) == text.count("):\n") + text.count("budget_total:\n") > 0

    return check


def _rows_in(path: Path) -> int:
    """Return the number of rows that a solver finds in an LP file."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk
    return int(solver.getNumRow())
