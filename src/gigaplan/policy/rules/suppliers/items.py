"""What the rules of supplies ask of each item: what it is, and who stands behind its maker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact, Range, above, either, told
from gigaplan.policy.facts.parties import Entity
from gigaplan.policy.facts.supplies import CHIPS, Supply
from gigaplan.policy.finding import Finding, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.covered_nation import held_frac
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part
from gigaplan.terms.country import HOME

ITEMS: Final = "supplies.items"
NOTHING: Final = "Nothing is supplied"
Found = Callable[[str, Supply], Answer]
"""What is asked of one item, by its place in the deal."""


def items_of(case: Case, rule: str, citation: str) -> tuple[Supply, ...] | Finding:
    """Return the supplies of a deal, or the finding that there are none or may be none."""
    reach = has_part(case, "supplies")
    if not reach.yes:
        return not_reached(rule, reach, citation)
    items = None if case.deal.supplies is None else case.deal.supplies.items
    if items is None:
        ask = Ask(ITEMS, "What is supplied, and who makes it where?")
        says = "Whether the rule reaches a supply is open."
        return need_facts(rule, Answer(None, asks=(ask,)), says, citation)
    return items


def name_of(item: Supply) -> str:
    """Return what an item is, in words."""
    return item.component.replace("_", " ")


def of_any(items: tuple[Supply, ...], found: Found) -> Answer:
    """Whether something holds of one item or more; facts and questions of many are said once."""
    if not items:
        return Answer(False, (Fact(ITEMS, NOTHING),))
    answer = either(*(found(f"{ITEMS}[{place}]", item) for place, item in enumerate(items)))
    facts = {fact.says: fact for fact in reversed(answer.facts)}
    said = tuple(facts[says] for says in dict.fromkeys(fact.says for fact in answer.facts))
    return replace(answer, facts=said, asks=_each_once(answer.asks))


def _each_once(asks: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """Return questions that are asked of many items as one."""
    count = Counter(ask.question for ask in asks)
    first = {ask.question: ask for ask in reversed(asks)}
    return tuple(
        first[question] if often == 1 else Ask(ITEMS, f"{question} For each of {often} supplies.")
        for question, often in count.items()
    )


def is_electronic(place: str, item: Supply, *kinds: str) -> Answer:
    """Whether an item handles data: by its kind, or because it is connected."""
    name = name_of(item)
    if item.kind in (*CHIPS, *kinds):
        return Answer(True, (Fact(f"{place}.kind", f"The {name} handles data"),))
    connected = told(
        f"{place}.connected",
        item.connected,
        f"The {name} is connected",
        f"The {name} is not connected",
        "Is it connected: does it handle data, or can it be reached from afar?",
    )
    if item.kind is None and not connected.yes:
        ask = Ask(f"{place}.kind", "Which kind of thing is it?")
        return Answer(None, connected.facts, (ask, *connected.asks))
    return connected


def is_from(place: str, item: Supply, law: Law, status: str, whose: str) -> Answer:
    """Whether an item is made in a country under a status, or by a maker with its parent there.

    Where an entity of the deal is the maker, its holders answer for a parent that is not told.
    """
    name = name_of(item)
    made = told(
        f"{place}.made_in",
        None if item.made_in is None else law.has_status(item.made_in, status),
        f"The {name} is made in {item.made_in}, {whose}",
        f"The {name} is made in {item.made_in}",
        "Where is it made?",
    )
    parent = item.parent_country
    if parent is None and item.maker is not None:
        return made
    led = told(
        f"{place}.parent_country",
        None if parent is None else law.has_status(parent, status),
        f"The parent of the maker of the {name} is of {parent}, {whose}",
        f"The parent of the maker of the {name} is of {parent}",
        "In which country has the maker's ultimate parent its headquarters?",
    )
    return either(made, led)


def is_held_above(
    case: Case, item: Supply, law: Law, status: str, most_frac: float, whose: str
) -> Answer:
    """Whether persons of countries under a status hold more than a part of the maker."""
    if item.maker is None:
        return Answer(False)

    def counts(other: str) -> bool | None:
        return _is_of(case.ownership.entities[other], law, status)

    share: Range = held_frac(case, item.maker, counts)
    return above(
        Fact(
            f"{case.ownership.fields[item.maker]}.owners",
            f"Persons of {whose} hold {share} of {item.maker}",
        ),
        share,
        most_frac,
        f"Which part of {item.maker} do persons of {whose} hold?",
    )


def _is_of(entity: Entity, law: Law, status: str) -> bool | None:
    """Whether an entity is of a country under a status by nationality, law or principal place."""
    if entity.kind == "person" and HOME in (entity.country, entity.other_nationality):
        return False
    second = entity.other_nationality if entity.kind == "person" else entity.principal_place
    places = {entity.country, second} - {None}
    if any(law.has_status(place, status) for place in places if place is not None):
        return True
    told_all = entity.kind == "government" or second is not None
    return False if entity.country is not None and told_all else None
