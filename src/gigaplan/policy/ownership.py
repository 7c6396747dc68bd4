"""Ownership: what stands behind an entity, tier by tier, where shares may be unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gigaplan.policy.answer import SMALLEST_FRAC, Range, share_of
from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.facts.parties import Entity, Owner

Counts = Callable[[Entity], bool | None]
"""Whether an entity is one of those whose share is asked; ``None``: not known."""

NOTHING = Range(0.0, 0.0)
ALL = Range(1.0, 1.0)
ANYTHING = Range(0.0, 1.0)


@dataclass(frozen=True)
class Ownership:
    """Entities of a deal by name, with the fields that they stand in.

    Parameters
    ----------
    entities
        Entities by name. There is no circle among them.
    fields
        Field of each in the deal.
    """

    entities: Mapping[str, Entity]
    fields: Mapping[str, str]

    def above(self, name: str) -> Iterator[str]:
        """Yield everybody behind an entity, each once, nearest first."""
        seen: dict[str, None] = {}
        level = [name]
        while level:
            higher = []
            for lower in level:
                entity = self.entities[lower]
                higher += [owner.owner for owner in entity.owners or ()]
                higher += [entity.general_partner] if entity.general_partner else []
            level = [other for other in dict.fromkeys(higher) if other not in seen]
            seen |= dict.fromkeys(level)
        yield from seen

    def is_traced(self, name: str) -> bool:
        """Whether everybody behind an entity is known, or small and not related."""
        return all(self.has_known_holders(one) for one in (name, *self.above(name)))

    def has_known_holders(self, name: str) -> bool:
        """Whether the holders of one entity are known, or small and not related."""
        entity = self.entities[name]
        if entity.kind in ("government", "person"):
            return True
        return entity.owners is not None and _rest_frac(entity) == 0.0

    def rest_frac(self, name: str) -> float:
        """Return the votes of an entity that holders who are not told may have [frac]."""
        return _rest_frac(self.entities[name])

    def attributed_votes(self, name: str, counts: Counts, parent_frac: float) -> Range:
        r"""Return the voting interest of some entities in another, through its tiers.

        .. math:: v_{e} = \min\left(1, \sum_{h} s_{h,e} v_{h}\right), \quad
            s_{h,e} = 1 \text{ where } h \text{ is a parent of } e

        Parameters
        ----------
        name
            The entity.
        counts
            Which entities are asked for; their own interest in themselves is 1.
        parent_frac
            Interest from which a holder is a parent; a parent's interest counts as all of it.

        Returns
        -------
        Range
            Bounds; holders that are not told widen them.

        References
        ----------
        31 CFR 800.244(c): the interest of a parent is taken as 100 percent.
        31 CFR 800.244(b): in an entity that a general partner directs, the interest in the
        general partner counts.
        """
        entity = self.entities[name]
        itself = counts(entity)
        if itself:
            return ALL
        behind = self._votes_behind(name, counts, parent_frac)
        return behind if itself is False else Range(behind.low_frac, 1.0)

    def _votes_behind(self, name: str, counts: Counts, parent_frac: float) -> Range:
        """Return the voting interest of those behind an entity that is none of them itself."""
        entity = self.entities[name]
        if entity.kind in ("government", "person"):
            return NOTHING
        if entity.general_partner is not None:
            return self.attributed_votes(entity.general_partner, counts, parent_frac)
        if entity.owners is None:
            return ANYTHING
        low, high = 0.0, _rest_frac(entity)
        for owner in entity.owners:
            link = share_of(owner.votes)
            behind = self.attributed_votes(owner.owner, counts, parent_frac)
            low += _as_parent(link.low_frac, parent_frac) * behind.low_frac
            high += _as_parent(link.high_frac, parent_frac) * behind.high_frac
        return Range(min(low, 1.0), min(high, 1.0))

    def shown_equity_frac(self, name: str, counts: Counts) -> float:
        r"""Return the share of the equity of an entity that some others own in the end, as shown.

        .. math:: q_{e} = \sum_{h} s_{h,e} q_{h}

        Shares that are not told count as nothing.

        Parameters
        ----------
        name
            The entity.
        counts
            Which entities are asked for.
        """
        entity = self.entities[name]
        if counts(entity):
            return 1.0
        return sum(
            (owner.economic or 0.0) * self.shown_equity_frac(owner.owner, counts)
            for owner in entity.owners or ()
        )

    def holders(self, name: str) -> Iterator[tuple[str, Owner]]:
        """Yield the direct holders of an entity, each with its field."""
        for place, owner in enumerate(self.entities[name].owners or ()):
            yield f"{self.fields[name]}.owners[{place}]", owner


def _rest_frac(entity: Entity) -> float:
    """Return the votes that holders who are not told may have; none if they are dispersed."""
    if entity.rest_is_dispersed:
        return 0.0
    rest = 1.0 - sum(owner.votes or 0.0 for owner in entity.owners or ())
    return rest if rest > SMALLEST_FRAC else 0.0


def _as_parent(share_frac: float, parent_frac: float) -> float:
    return 1.0 if share_frac > parent_frac - SMALLEST_FRAC else share_frac


@dataclass(frozen=True)
class Case:
    """A deal, and who stands behind its investor.

    Parameters
    ----------
    deal
        The deal.
    ownership
        Its entities.
    """

    deal: Deal
    ownership: Ownership

    @property
    def investor(self) -> Entity:
        """Entity that comes in."""
        return self.ownership.entities[self.deal.investor]


def case_of(deal: Deal) -> Case:
    """Make a case of a deal."""
    return Case(
        deal,
        Ownership(
            {entity.name: entity for entity in deal.entities},
            {entity.name: f"entities[{at}]" for at, entity in enumerate(deal.entities)},
        ),
    )
