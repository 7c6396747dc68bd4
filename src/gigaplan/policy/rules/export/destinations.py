"""Where chips go, and who stands behind the operator there."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, either, told
from gigaplan.policy.facts.chips_abroad import ChipsAbroad
from gigaplan.policy.law import Law
from gigaplan.terms.country import HOME

RELIEVED: Final = ("ear_a5", "ear_a6")
CONTROLLED: Final = ("ear_d1", "ear_d4", "ear_d5")
EMBARGOED: Final = "ear_d5"
MACAU: Final = "MO"
CHINA: Final = frozenset({"CN", "HK", "MO"})


def is_embargoed(country: str, law: Law) -> bool:
    """Whether a country is Macau or in group D:5."""
    return country == MACAU or law.has_status(country, EMBARGOED)


def is_controlled(country: str, law: Law) -> bool:
    """Whether chips to a country need a licence by its group."""
    if country == HOME:
        return False
    if is_embargoed(country, law):
        return True
    relieved = any(law.has_status(country, group) for group in RELIEVED)
    return not relieved and any(law.has_status(country, group) for group in CONTROLLED)


def goes_to_controlled(chips: ChipsAbroad, law: Law) -> Answer:
    """Whether the chips go to a country that needs a licence."""
    country = chips.destination
    return told(
        "chips_abroad.destination",
        None if country is None else is_controlled(country, law),
        f"They go to {country}, of group D:1, D:4 or D:5",
        f"They go to {country}, which needs no licence by its group",
        "To which country do the chips go?",
    )


def is_barred(chips: ChipsAbroad, law: Law) -> Answer:
    """Whether the destination, or the seat of the operator's parent, is embargoed."""
    country = chips.destination
    return either(
        told(
            "chips_abroad.destination",
            None if country is None else is_embargoed(country, law),
            f"They go to {country}, which is Macau or in group D:5",
            f"They go to {country}, which is neither Macau nor in group D:5",
            "To which country do the chips go?",
        ),
        is_parent_barred(chips, law),
    )


def is_parent_barred(chips: ChipsAbroad, law: Law) -> Answer:
    """Whether the operator or its ultimate parent has its seat in Macau or group D:5."""
    country = chips.operator_parent
    return told(
        "chips_abroad.operator_parent",
        None if country is None else is_embargoed(country, law),
        f"The operator's parent sits in {country}, which is Macau or in group D:5",
        f"The operator's parent sits in {country}, which is neither Macau nor in group D:5",
        "Where do the operator and its ultimate parent have their headquarters?",
    )
