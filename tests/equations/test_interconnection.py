"""Interconnection: a queue lets through so much by each year."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.equations.small_systems import small_system, solved


def test_lp_text(check_lp_text: Callable[[str], None]) -> None:
    check_lp_text("interconnection")


def test_builds_wait_for_the_queue() -> None:
    # 5 GW are needed at once; the queue lets 1 GW through by 2026 and 3 GW, all told, by 2030.
    solution = solved(
        small_system(
            {
                "load": 5.0,
                "buildable_generator": 1.0,
                "alive_generator": [[[1.0, 1.0], [0.0, 1.0]]],
                "capital_charge_generator": 100.0,
                "queue_of_generator": 1.0,
                "queue_limit": [[[1.0, 3.0]]],
                "discounted_years": [4.0, 2.0],
            },
            year=[2026, 2030],
            queue=["gas"],
        )
    )
    assert solution.values["build_generator"].values.ravel() == pytest.approx([1.0, 2.0])
    # One GW more by 2030 saves two years of unserved energy; by 2026 it is the same GW earlier.
    prices = solution.duals["interconnection"].values.ravel()
    assert prices == pytest.approx([-(4.0 * 87600.0 - 4.0 * 100.0), -(2.0 * 87600.0 - 2.0 * 100.0)])


def test_generators_outside_the_queue_do_not_wait() -> None:
    solution = solved(
        small_system(
            {
                "load": 5.0,
                "buildable_generator": 1.0,
                "alive_generator": 1.0,
                "queue_of_generator": [[1.0], [0.0]],
                "queue_limit": 0.0,
                "capital_charge_generator": [[[10.0]], [[90.0]]],
            },
            generator=["gas", "elsewhere"],
            queue=["gas"],
        )
    )
    assert solution.values["build_generator"].values.ravel() == pytest.approx([0.0, 5.0])
