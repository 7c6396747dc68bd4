"""Parts that a deal may have besides the investment, and what holds between them and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from gigaplan.inputs.scenario.base import Breach, Section
from gigaplan.inputs.wording import did_you_mean
from gigaplan.policy.facts.parties import Entity

Part = Literal["power_plant", "chip_plant", "chips_abroad", "campus", "supplies"]
"""A part with a section of its own."""
PARTS: Final[tuple[Part, ...]] = (
    "power_plant",
    "chip_plant",
    "chips_abroad",
    "campus",
    "supplies",
)
NAMING: Final = ("claimant", "sold_to", "land_owner")
"""Fields of these sections that name an entity of the deal."""
NOBODY: Final = "nobody"
Raw = Section | Mapping[str, Any] | None
"""A section, or what a file that is not checked yet has in its place."""


def _field(section: Raw, name: str) -> Any:
    if isinstance(section, Mapping):
        return section.get(name)
    return getattr(section, name, None)


def told_parts_are_in_scope(scope: tuple[str, ...] | None, *sections: Raw) -> Iterator[Breach]:
    """Yield a breach for each section that is told though the scope leaves it out."""
    for part, section in zip(PARTS, sections, strict=True):
        if scope is not None and section is not None and part not in scope:
            what = f"There is a section {part}, but the scope leaves it out."
            yield Breach((part,), what, f"Add {part} to the scope, or drop the section.")


def names_are_entities(entities: Sequence[Entity], *sections: Raw) -> Iterator[Breach]:
    """Yield a breach for each name in these sections that is no entity of the deal."""
    names = [entity.name for entity in entities]
    for part, section in zip(PARTS, sections, strict=True):
        for field in NAMING:
            name = _field(section, field)
            if name is not None and name != NOBODY and name not in names:
                what = f"The {field.replace('_', ' ')} {name} is not one of the entities."
                yield Breach((part, field), what, did_you_mean(name, names) or "Add it to them.")
        for place, name in enumerate(_field(section, "listed_entities") or ()):
            if name not in names:
                what = f"The listed entity {name} is not one of the entities."
                mend = did_you_mean(name, names) or "Add it to them."
                yield Breach((part, "listed_entities", place), what, mend)
