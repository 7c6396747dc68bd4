"""Early retirement: cheaper to close, but closed is closed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("early_retirement")


@pytest.mark.parametrize(
    ("load", "online"),
    [
        # Nobody needs it after 2026: it closes and pays no more.
        ([2.0, 0.5, 0.0], [2.0, 0.5, 0.0]),
        # Needed in full in 2030: it must be kept, and paid for, in 2028 too.
        ([1.0, 0.5, 2.0], [2.0, 2.0, 2.0]),
    ],
)
def test_a_fleet_pays_while_it_stays(load: list[float], online: list[float]) -> None:
    solution = solved(
        small_system(
            {
                "load": [[[gw, gw] for gw in load]],
                "existing_generator": 2.0,
                "retirable_generator": 1.0,
                "fixed_cost_generator": 30.0,
                "discounted_years": [2.0, 2.0, 5.0],
            },
            year=[2026, 2028, 2030],
        )
    )
    held = solution.values["online_generator"].values.ravel()
    assert held == pytest.approx(online)
    assert solution.objective == pytest.approx(
        30.0 * (2.0 * online[0] + 2.0 * online[1] + 5.0 * online[2])
    )


def test_a_fleet_that_may_not_retire_pays_for_ever() -> None:
    solution = solved(
        small_system(
            {"existing_generator": 2.0, "fixed_cost_generator": 30.0, "discounted_years": 7.0}
        )
    )
    assert solution.objective == pytest.approx(30.0 * 2.0 * 7.0)
