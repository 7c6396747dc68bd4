"""Parts that a deal may have besides the investment, and what holds between them and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from gigaplan.inputs.scenario.base import Breach, Section
from gigaplan.inputs.wording import did_you_mean
from gigaplan.policy.facts.parties import Entity

Part = Literal["power_plant", "chip_plant", "chips_abroad", "campus"]
"""A part with a section of its own."""
PARTS: Final[tuple[Part, ...]] = ("power_plant", "chip_plant", "chips_abroad", "campus")
NAMING: Final = ("claimant", "sold_to", "land_owner")
"""Fields of these sections that name an entity of the deal."""
NOBODY: Final = "nobody"


def told_parts_are_in_scope(
    scope: tuple[str, ...] | None, *sections: Section | None
) -> Iterator[Breach]:
    """Yield a breach for each section that is told though the scope leaves it out."""
    for part, section in zip(PARTS, sections, strict=True):
        if scope is not None and section is not None and part not in scope:
            what = f"There is a section {part}, but the scope leaves it out."
            yield Breach((part,), what, f"Add {part} to the scope, or drop the section.")


def names_are_entities(entities: Sequence[Entity], *sections: Section | None) -> Iterator[Breach]:
    """Yield a breach for each name in these sections that is no entity of the deal."""
    names = [entity.name for entity in entities]
    for part, section in zip(PARTS, sections, strict=True):
        for field in NAMING:
            name = getattr(section, field, None)
            if name is not None and name != NOBODY and name not in names:
                what = f"The {field.replace('_', ' ')} {name} is not one of the entities."
                yield Breach((part, field), what, did_you_mean(name, names) or "Add it to them.")
        for place, name in enumerate(getattr(section, "listed_entities", None) or ()):
            if name not in names:
                what = f"The listed entity {name} is not one of the entities."
                mend = did_you_mean(name, names) or "Add it to them."
                yield Breach((part, "listed_entities", place), what, mend)
