"""Parties of a deal: the investor, and everybody behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from gigaplan.inputs.scenario.base import Breach, Flag, Name, Rule, Section, Share
from gigaplan.policy.facts.kinds import Count, Country, known_country

EntityKind = Literal["government", "person", "company", "fund"]
ROUNDING_FRAC = 1e-9


class Owner(Section):
    """A holder of an entity."""

    owner: Name
    """Name of the holder, which is an entity itself."""
    votes: Share | None = None
    """Voting interest [frac]."""
    economic: Share | None = None
    """Share of profits, and of assets on dissolution [frac]."""
    controls: Flag | None = None
    """Whether it can decide important matters of the entity, alone or with others."""


def _within_the_board(
    members: int, of_these: int, observers: int, of_the_observers: int
) -> Iterator[Breach]:
    if of_these > members:
        what = f"{of_these} members are more than the {members} that there are."
        yield Breach(("members_us_or_excepted",), what, "Mend one of the numbers.")
    if of_the_observers > observers:
        what = f"{of_the_observers} observers are more than the {observers} that there are."
        yield Breach(("observers_us_or_excepted",), what, "Mend one of the numbers.")


class Board(Section):
    """Board of an entity."""

    members: Count
    """Members."""
    members_us_or_excepted: Count
    """Members who are nationals of the United States or of excepted states, and of no other."""
    observers: Count = 0
    """Observers."""
    observers_us_or_excepted: Count = 0
    """Observers of the same nationalities."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        Rule(
            ("members", "members_us_or_excepted", "observers", "observers_us_or_excepted"),
            _within_the_board,
        ),
    )


def _at_most_all(name: str, owners: Sequence[Owner] | None) -> Iterator[Breach]:
    for column in ("votes", "economic"):
        total = sum(getattr(owner, column) or 0.0 for owner in owners or ())
        if total > 1 + ROUNDING_FRAC:
            what = f"The owners of {name} hold {100 * total:g} % of it ({column})."
            yield Breach(("owners",), what, "Give shares that add to 1 or less.")


def _owners_of_a_kind(kind: str, owners: Sequence[Owner] | None) -> Iterator[Breach]:
    if owners and kind in ("government", "person"):
        yield Breach(("owners",), f"A {kind} has no owners.", "Drop them, or change the kind.")


def _partner_of_a_fund(kind: str, general_partner: str | None) -> Iterator[Breach]:
    if general_partner is not None and kind != "fund":
        what = f"A {kind} has no general partner."
        yield Breach(("general_partner",), what, "Drop it, or write kind: fund.")


class Entity(Section):
    """A person, government, company or fund on the side of the investor."""

    name: Name
    """Name in sentences."""
    kind: EntityKind
    """What it is."""
    country: Country | None = None
    """Nationality, or country under whose law it is organised."""
    other_nationality: Country | Literal["none"] | None = None
    """Second nationality of a person; `none`: it has no other."""
    principal_place: Country | None = None
    """Country from which its management, or its general partner, directs it."""
    traded_in: Country | Literal["nowhere"] | None = None
    """Country where its equity is primarily traded; `nowhere`: not listed."""
    owners: tuple[Owner, ...] | None = None
    """Who holds it; an empty list: nobody of account."""
    rest_is_dispersed: Flag | None = None
    """Whether what these owners leave is held by many who are small and not related."""
    general_partner: Name | None = None
    """Entity that alone manages the fund."""
    board: Board | None = None
    """Its board."""
    violations: Flag | None = None
    """Whether it has, in the last five years, what 31 CFR 800.219(c) lists: misstatements to the
    Committee, broken mitigation terms, sanctions or export violations, felonies."""

    foci_mitigated: Flag | None = None
    """Whether it holds a facility clearance under an agreement that mitigates foreign ownership,
    control or influence."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        Rule(("name", "owners"), _at_most_all),
        Rule(("kind", "owners"), _owners_of_a_kind),
        Rule(("kind", "general_partner"), _partner_of_a_fund),
        *known_country("country", "other_nationality", "principal_place", "traded_in"),
    )
