"""What is supplied to the project: chips, servers and power equipment, by whom, from where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final, Literal

from gigaplan.inputs.scenario.base import Breach, Flag, Name, Rule, Section
from gigaplan.inputs.wording import did_you_mean
from gigaplan.policy.facts.campus import State
from gigaplan.policy.facts.kinds import Country, Day, known_country
from gigaplan.policy.facts.parties import Entity

SupplyKind = Literal["chips", "servers", "power_equipment", "inverters_or_controls", "batteries"]
"""Kinds of supplies."""
CHIPS: Final = ("chips", "servers")
"""Kinds that are no equipment of the grid."""


def _chips_are_no_grid_equipment(kind: str | None, grid: bool | None) -> Iterator[Breach]:
    if kind in CHIPS and grid:
        what = f"The kind is {kind}, but it is to be critical equipment of the grid."
        yield Breach(("critical_grid_equipment",), what, "Mend one of the two.")


def _access_needs_equipment(connected: bool | None, access: bool | None) -> Iterator[Breach]:
    if connected is False and access:
        what = "It is not connected, but its maker is to reach or control it."
        yield Breach(("maker_access",), what, "Mend one of the two.")


class Supply(Section):
    """A component that somebody makes."""

    component: Name
    """What it is, such as a component of the table components."""
    kind: SupplyKind | None = None
    """Which kind of thing."""
    made_in: Country | None = None
    """Country where it is made; of a chip, where it was fabricated."""
    parent_country: Country | None = None
    """Country where the ultimate parent of the maker has its headquarters."""
    maker: Name | None = None
    """Entity of the deal that makes it, if it is one: its owners then count."""
    connected: Flag | None = None
    """Whether it processes, stores or sends data, or can be reached from afar."""
    maker_access: Flag | None = None
    """Whether its maker gets direct or remote access to it, or control of it, other than for
    warranty and support."""
    critical_grid_equipment: Flag | None = None
    """Whether it is critical electric grid equipment by the protocols of ERCOT."""
    federal_use: Flag | None = None
    """Whether a federal agency buys it or what it is part of, or it is used in a contract with
    one."""
    named_chips: Flag | None = None
    """Whether it is, or holds, a semiconductor of a maker that section 5949 names or that was
    determined under it: SMIC, CXMT, YMTC and their affiliates."""
    delivered_on: Day | None = None
    """Day of delivery, under a contract made or extended by then."""
    state: State | None = None
    """State where it is used."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        *known_country("made_in", "parent_country"),
        Rule(("kind", "critical_grid_equipment"), _chips_are_no_grid_equipment),
        Rule(("connected", "maker_access"), _access_needs_equipment),
    )


class Supplies(Section):
    """What is supplied to the project."""

    items: tuple[Supply, ...] | None = None
    """Each component with its origin; an empty list: nothing that a rule could be about."""


def makers_are_entities(
    entities: Sequence[Entity], items: Sequence[Supply] | None
) -> Iterator[Breach]:
    """Yield a breach for each maker that is no entity of the deal, or has another parent there."""
    by_name = {entity.name: entity for entity in entities}
    for place, item in enumerate(items or ()):
        if item.maker is None:
            continue
        maker = by_name.get(item.maker)
        if maker is None:
            what = f"The maker {item.maker} is not one of the entities."
            mend = did_you_mean(item.maker, by_name) or "Add it to them."
            yield Breach(("supplies", "items", place, "maker"), what, mend)
        elif _is_its_own_parent(maker) and item.parent_country not in (None, *_places(maker)):
            what = f"{maker.name} has no owners of account and is of {' and '.join(_places(maker))}"
            what += f", but its parent is to be of {item.parent_country}."
            yield Breach(("supplies", "items", place, "parent_country"), what, "Mend one of them.")


def _is_its_own_parent(maker: Entity) -> bool:
    return maker.owners == () and maker.principal_place is not None and maker.country is not None


def _places(maker: Entity) -> list[str]:
    return sorted({place for place in (maker.country, maker.principal_place) if place is not None})
