"""Whole phases, on plans small enough to see through."""

from __future__ import annotations

import numpy as np
import pytest

from gigaplan.expansion.rounding import kept_states, whole_phases

ROOM = 99.0


def phases(
    relaxed: list[list[float]], towards: str = "up", room: float = ROOM, least: float = 0.0
) -> list[list[float]]:
    """Return whole phases of 0.5 GW."""
    array = np.array(relaxed)
    return whole_phases(
        array,
        0.5,
        largest_gw=np.full_like(array, room),
        smallest_gw=np.full(array.shape[0], least),
        towards="up" if towards == "up" else "down",
    ).tolist()


def test_the_remainder_goes_to_the_largest_wish() -> None:
    # 0.6 + 0.9 + 0.1 = 1.6 GW: four phases; one each for the first two, then 0.9 before 0.1.
    assert phases([[0.6], [0.9], [0.1]]) == [[0.5], [1.0], [0.5]]
    assert phases([[0.6], [0.9], [0.1]], "down") == [[0.5], [1.0], [0.0]]


def test_what_was_rounded_up_early_is_not_built_again_later() -> None:
    # 0.3 GW in the first year takes a whole phase; it also covers the 0.2 GW of the second.
    assert phases([[0.3, 0.2]]) == [[0.5, 0.0]]


def test_noise_of_the_solver_is_no_wish_for_a_phase() -> None:
    builds = np.array([[1.0002], [0.5001]])
    room, least = np.full((2, 1), ROOM), np.zeros(2)
    up = whole_phases(builds, 0.5, largest_gw=room, smallest_gw=least, towards="up")
    assert up.sum() == 2.0
    noisy = whole_phases(builds, 0.5, largest_gw=room, smallest_gw=least, towards="up", noise=0.01)
    assert noisy.ravel().tolist() == [1.0, 0.5]


def test_a_full_zone_hands_its_phases_on() -> None:
    assert phases([[1.4], [0.3]], room=1.0) == [[1.0], [1.0]]


def test_where_nobody_has_room_the_total_is_not_reached() -> None:
    assert phases([[1.4], [0.3]], room=0.5) == [[0.5], [0.5]]


def test_noise_of_the_solver_is_no_wish() -> None:
    assert phases([[0.5 + 1e-9], [1e-9]]) == [[0.5], [0.0]]
    assert phases([[0.5 - 1e-9], [0.0]], "down") == [[0.5], [0.0]]


def test_a_least_capacity_is_rounded_up() -> None:
    # 0.7 + 1.3 = 2 GW stay 2 GW; a least capacity of 0.7 GW takes two phases in either zone.
    assert phases([[0.7], [1.3]], least=0.7) == [[1.0], [1.0]]


@pytest.mark.parametrize(
    ("most", "kept"),
    [
        (1, [False, False, True, False]),
        (2, [False, True, True, False]),
        (3, [True, True, True, False]),
        (4, [True, True, True, False]),
    ],
)
def test_required_states_come_first_then_the_largest(most: int, kept: list[bool]) -> None:
    relaxed = np.array([0.5, 2.0, 0.1, 0.0])
    required = np.array([False, False, True, False])
    assert kept_states(relaxed, required, most).tolist() == kept
