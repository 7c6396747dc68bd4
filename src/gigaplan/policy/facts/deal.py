"""A deal as a whole, with the place of every fact in its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, PrivateAttr

from gigaplan.economics.circles import circle_of
from gigaplan.inputs.scenario.base import Breach, Name, Rule, Section, no_repeats
from gigaplan.inputs.wording import did_you_mean
from gigaplan.inputs.yaml_reader import Document
from gigaplan.inputs.yaml_writer import yaml_text
from gigaplan.policy.facts.business import Business, Site
from gigaplan.policy.facts.campus import Campus
from gigaplan.policy.facts.chip_plant import ChipPlant
from gigaplan.policy.facts.chips_abroad import ChipsAbroad
from gigaplan.policy.facts.interest import Conversion, FundRoute, History, Loan, Rights, Stake
from gigaplan.policy.facts.kinds import Day, Text
from gigaplan.policy.facts.parties import Entity
from gigaplan.policy.facts.power_plant import PowerPlant
from gigaplan.policy.facts.scope import PARTS, Part, names_are_entities, told_parts_are_in_scope
from gigaplan.policy.facts.supplies import Supplies, makers_are_entities

Instrument = Literal["shares", "assets", "loan", "convertible", "joint_venture", "new_build"]
"""How the investor comes in. A new build is a business that it founds itself; a joint venture
may be given a business that exists."""


class Dates(Section):
    """Days of a deal."""

    signed_on: Day | None = None
    """Day on which it is signed: year-month-day."""
    closes_on: Day | None = None
    """Day on which it is completed."""


def _signed_before_closing(signed: object, closes: object) -> Iterator[Breach]:
    # As read from a file, days that are sound are still texts, which sort as days do.
    if signed is not None and closes is not None and str(closes) < str(signed):
        what = f"The deal closes on {closes}, before it is signed."
        yield Breach(("dates", "closes_on"), what, "Mend one of the days.")


def _named_once(entities: Sequence[Entity]) -> Iterator[Breach]:
    for name, count in Counter(entity.name for entity in entities).items():
        if count > 1:
            second = [at for at, one in enumerate(entities) if one.name == name][1]
            what = f"{count} entities are called {name}."
            yield Breach(("entities", second, "name"), what, "Give each a name of its own.")


def _investor_is_there(investor: str, entities: Sequence[Entity]) -> Iterator[Breach]:
    names = [entity.name for entity in entities]
    if investor not in names:
        what = f"The investor {investor} is not one of the entities."
        yield Breach(("investor",), what, did_you_mean(investor, names) or "Add it to them.")


def _others_are_there(entities: Sequence[Entity]) -> Iterator[Breach]:
    names = [entity.name for entity in entities]
    for at, entity in enumerate(entities):
        for place, owner in enumerate(entity.owners or ()):
            if owner.owner not in names:
                what = f"The owner {owner.owner} is not one of the entities."
                mend = did_you_mean(owner.owner, names) or "Add it to them."
                yield Breach(("entities", at, "owners", place, "owner"), what, mend)
        partner = entity.general_partner
        if partner is not None and partner not in names:
            what = f"The general partner {partner} is not one of the entities."
            mend = did_you_mean(partner, names) or "Add it to them."
            yield Breach(("entities", at, "general_partner"), what, mend)


def _no_circle(entities: Sequence[Entity]) -> Iterator[Breach]:
    above = {
        entity.name: [
            *(owner.owner for owner in entity.owners or ()),
            *([entity.general_partner] if entity.general_partner else []),
        ]
        for entity in entities
    }
    circle = circle_of(above)
    if circle:
        at = [entity.name for entity in entities].index(circle[0])
        what = f"Ownership goes in a circle: {' owns '.join(circle)}."
        yield Breach(("entities", at, "owners"), what, "Take out one of these owners.")


def _new_is_new(instrument: str | None, exists: bool | None) -> Iterator[Breach]:
    if instrument == "new_build" and exists:
        what = "The instrument is new_build, but the business exists."
        mend = "Write exists: false, or another instrument."
        yield Breach(("business", "exists"), what, mend)


class Deal(Section):
    """A deal to be screened; what is left out is unknown."""

    name: Name
    """What the deal is called."""
    note: Text | None = None
    """Anything a reader should know."""
    as_of: Day | None = None
    """Day whose law applies; empty: the day of the screen."""
    instrument: Instrument | None = None
    """How the investor comes in."""
    investor: Name
    """Entity that comes in."""
    entities: Annotated[tuple[Entity, ...], Field(min_length=1)]
    """The investor and everybody behind it."""
    stake: Stake = Stake()
    """What it holds in the business."""
    rights: Rights = Rights()
    """What it may do in the business."""
    fund: FundRoute | None = None
    """The fund through which it comes in as a limited partner; empty: nothing is said of one, and
    the exception for funds is not asked."""
    loan: Loan = Loan()
    """Terms of a loan."""
    conversion: Conversion = Conversion()
    """Terms of an interest that may become voting interest."""
    history: History = History()
    """Earlier deals in the same business."""
    business: Business = Business()
    """What it comes into."""
    site: Site | None = None
    """Land that comes with the deal; empty: nothing is said of land."""
    dates: Dates = Dates()
    """When."""
    scope: tuple[Part, ...] | None = None
    """What is built or used besides: a power plant whose credit counts, a chip plant, chips abroad,
    a campus, supplies whose origin counts; an empty list: none of them."""
    power_plant: PowerPlant | None = None
    """Plant, store or factory whose tax credit counts."""
    chip_plant: ChipPlant | None = None
    """Plant for semiconductors or their tools."""
    chips_abroad: ChipsAbroad | None = None
    """Chips that are to go abroad."""
    campus: Campus | None = None
    """Campus of data centers."""
    supplies: Supplies | None = None
    """Chips, servers and power equipment, and who makes them where."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        Rule(("entities",), _named_once),
        Rule(("investor", "entities"), _investor_is_there),
        Rule(("entities",), _others_are_there),
        Rule(("entities",), _no_circle),
        Rule(("dates.signed_on", "dates.closes_on"), _signed_before_closing),
        Rule(("instrument", "business.exists"), _new_is_new),
        *no_repeats("scope"),
        Rule(("scope", *PARTS), told_parts_are_in_scope),
        Rule(("entities", *PARTS), names_are_entities),
        Rule(("entities", "supplies.items"), makers_are_entities),
    )
    _document: Document | None = PrivateAttr(default=None)

    def asked_on(self, day: date) -> Deal:
        """Return the same deal with another day whose law applies."""
        return self.model_copy(update={"as_of": day})

    def to_yaml(self) -> str:
        """Return the deal as the text of a deal file, with every field; what is empty is unknown.

        >>> from gigaplan.policy.facts.load import example_text, parse_deal
        >>> deal = parse_deal(example_text(), "example.yaml")
        >>> parse_deal(deal.to_yaml(), "again.yaml").model_dump() == deal.model_dump()
        True
        """
        return yaml_text(self.model_dump(mode="json"))

    def where(self, *path: str | int) -> str:
        """Return the place of a field: file, line, column and name."""
        if self._document is None:
            return ".".join(str(step) for step in path)
        return self._document.where(path)
