"""Covered real estate, 31 CFR 802.211: ports, close proximity, extended range, listed areas."""

from __future__ import annotations

from typing import Final

from gigaplan.inputs.wording import few
from gigaplan.policy.answer import Answer, Ask, Fact, either, told
from gigaplan.policy.facts.business import NearSite, Site
from gigaplan.policy.law import Law

CITATION: Final = "31 CFR 802.203, 802.210, 802.211, 802.217"
CLOSE: Final = "cfius.real_estate.close_proximity_miles"
EXTENDED: Final = "cfius.real_estate.extended_range_miles"
WITH_EXTENDED_RANGE: Final = "appendix A, part 2"
"""Sites of part 2 of the appendix have an extended range; those of part 1 have none."""


def is_covered_land(site: Site, law: Law) -> Answer:
    """Whether land is at a port, near a listed site, or in a listed area."""
    return either(
        is_at_port(site),
        is_close(site, law),
        _is_in_extended_range(site, law),
        told(
            "site.in_missile_field_area",
            site.in_missile_field_area,
            "The land lies in a county or area of appendix A, part 3",
            "The land lies in no county or area of appendix A, part 3",
            "Does the land lie in a county or area of 31 CFR part 802, appendix A, part 3?",
        ),
        told(
            "site.in_offshore_range",
            site.in_offshore_range,
            "The land lies in an offshore range of appendix A, part 4",
            "The land lies in no offshore range of appendix A, part 4",
            "Does it lie in an offshore range of 31 CFR part 802, appendix A, part 4?",
        ),
    )


def is_at_port(site: Site) -> Answer:
    """Whether land lies in a covered port or works as part of one, 802.211(a)."""
    return told(
        "site.at_covered_port",
        site.at_covered_port,
        "The land lies in a covered port or works as part of one",
        "The land lies in no covered port",
        "Does the land lie in a listed airport or maritime port, or work as part of one?",
    )


def is_close(site: Site, law: Law) -> Answer:
    """Whether land is in close proximity of a listed site, 802.211(b)(1)."""
    return _is_within(site, law, law.parameters.value(CLOSE), _near(site, law))


def _is_in_extended_range(site: Site, law: Law) -> Answer:
    """Whether land is in the extended range of a site that has one, 802.211(b)(2)."""
    near = _near(site, law)
    with_range = None if near is None else tuple(one for one in near if _has_range(one, law))
    return _is_within(site, law, law.parameters.value(EXTENDED), with_range)


def _near(site: Site, law: Law) -> tuple[NearSite, ...] | None:
    """Return the sites near the land that are listed on the day."""
    if site.near is None:
        return None
    return tuple(one for one in site.near if one.name in law.sites)


def _has_range(near: NearSite, law: Law) -> bool:
    return f"appendix A, part {law.sites[near.name].part}" == WITH_EXTENDED_RANGE


def _is_within(site: Site, law: Law, miles: float, near: tuple[NearSite, ...] | None) -> Answer:
    if near is None:
        return Answer(None, asks=(Ask("site.near", _question(site, law)),))
    within = tuple(
        Fact("site.near", f"The land is {one.distance_miles:g} miles from {one.name}")
        for one in near
        if one.distance_miles <= miles
    )
    if within:
        return Answer(True, within)
    return Answer(False, (Fact("site.near", f"No such site lies within {miles:g} miles"),))


def _question(site: Site, law: Law) -> str:
    """Ask for sites near the land, and name those of its state."""
    question = (
        "Which sites of the table installations (31 CFR part 802, appendix A) are near the land, "
        "and how far is it from their boundaries?"
    )
    listed = [name for name, one in law.sites.items() if site.zone in one.states]
    return f"{question} Listed in {site.zone}: {few(listed)}." if listed else question
