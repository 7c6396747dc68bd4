"""Owners of owners."""

from __future__ import annotations

import pytest

from gigaplan.finance.round.look_through import Stake, look_through
from gigaplan.terms.errors import InputError


def test_two_ways_to_one_owner_are_added():
    stakes = [
        Stake("state fund", "feeder", 1.0),
        Stake("feeder", "sponsor", 0.3),
        Stake("state fund", "sponsor", 0.2),
    ]
    owners = look_through(stakes, "sponsor")
    assert owners.to_dict() == pytest.approx({"state fund": 0.5, "sponsor": 0.5})
    assert owners.sum() == pytest.approx(1.0)


def test_a_circle_is_refused_and_named():
    stakes = [
        Stake("sponsor", "holding", 0.1),
        Stake("holding", "feeder", 0.5),
        Stake("feeder", "sponsor", 0.2),
    ]
    with pytest.raises(InputError) as caught:
        look_through(stakes, "sponsor")
    assert str(caught.value) == (
        "The owners of owners cannot be found.\n"
        "  - stakes: Ownership goes in a circle: holding owns feeder owns sponsor owns holding. "
        "Take out one of these stakes."
    )


def test_an_entity_that_owns_itself_is_refused():
    with pytest.raises(InputError) as caught:
        look_through([Stake("sponsor", "sponsor", 0.1)], "sponsor")
    assert "Ownership goes in a circle: sponsor owns sponsor." in str(caught.value)


def test_bad_parts_are_refused():
    with pytest.raises(InputError) as caught:
        look_through([Stake("a", "b", 0.7), Stake("c", "b", 0.6), Stake("d", "e", -1)], "b")
    assert str(caught.value) == (
        "The owners of owners cannot be found.\n"
        "  - stakes[2]: d owns -1 of e. Give a part from 0 to 1.\n"
        "  - stakes: The parts of b add to 1.3. Give parts that add to 1 or less."
    )
