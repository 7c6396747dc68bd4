"""Entities of covered nations, and what they hold of others: IRC 7701(a)(51), 15 U.S.C. 4651."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gigaplan.policy.answer import SMALLEST_FRAC, Range
from gigaplan.policy.facts.parties import Entity, Owner
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import ALL, ANYTHING, NOTHING, Case
from gigaplan.terms.country import HOME

STATUS: Final = "covered_nation"
Counts = Callable[[str], bool | None]
"""Whether a named entity is one of those whose share is asked; ``None``: not known."""


def is_of_covered_nation(entity: Entity, law: Law) -> bool | None:
    """Whether an entity is itself of a covered nation; ``None``: not known.

    Governments and their agencies; people of that nationality who are not of the United States
    too; entities organised there, or with their principal place of business there. A second
    nationality that is not told may be that of any state, save that it clears nobody.
    """
    if entity.kind == "person":
        if HOME in (entity.country, entity.other_nationality):
            return False
        known = entity.country if entity.other_nationality is not None else None
        return _any_covered((entity.country, entity.other_nationality), known, law)
    if entity.kind == "government":
        return _any_covered((entity.country,), entity.country, law)
    places = (entity.country, entity.principal_place)
    known = entity.country if entity.principal_place is not None else None
    return _any_covered(places, known, law)


def _any_covered(places: tuple[str | None, ...], known: str | None, law: Law) -> bool | None:
    if any(place is not None and law.has_status(place, STATUS) for place in places):
        return True
    return None if known is None else False


def held_frac(case: Case, name: str, counts: Counts) -> Range:
    r"""Return what some entities hold of another by vote or value, through its tiers.

    .. math:: h_{e} = \min\left(1, \sum_{o} \max(v_{o,e}, q_{o,e}) \, h_{o}\right)

    where v are votes and q shares of value; an entity that counts holds all of itself. Holders and
    shares that are not told widen the bounds.

    References
    ----------
    IRC 7701(a)(51)(D), (G) and 318(a)(2): ownership by vote or value, through entities in
    proportion.
    """
    entity = case.ownership.entities[name]
    itself = counts(name)
    if itself:
        return ALL
    if entity.kind in ("government", "person"):
        return NOTHING if itself is False else ANYTHING
    if entity.owners is None:
        return ANYTHING
    low, high = 0.0, _rest_frac(entity)
    for owner in entity.owners:
        link, behind = _link(owner), held_frac(case, owner.owner, counts)
        low += link.low_frac * behind.low_frac
        high += link.high_frac * behind.high_frac
    return Range(min(low, 1.0), 1.0 if itself is None else min(high, 1.0))


def _link(owner: Owner) -> Range:
    """Return the share of a holder, the larger of votes and value; one untold may be anything."""
    told = [share for share in (owner.votes, owner.economic) if share is not None]
    return Range(max(told, default=0.0), max(told) if len(told) > 1 else 1.0)


def _rest_frac(entity: Entity) -> float:
    if entity.rest_is_dispersed:
        return 0.0
    rest = 1.0 - min(
        sum(owner.votes or 0.0 for owner in entity.owners or ()),
        sum(owner.economic or 0.0 for owner in entity.owners or ()),
    )
    return rest if rest > SMALLEST_FRAC else 0.0
