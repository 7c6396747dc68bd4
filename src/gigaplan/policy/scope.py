"""Whether a deal has a part that a family of rules is about."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact
from gigaplan.policy.facts.scope import Part
from gigaplan.policy.ownership import Case

WORDS: Final[dict[Part, str]] = {
    "power_plant": "a power plant, store or factory whose tax credit counts",
    "chip_plant": "a plant for semiconductors or their tools",
    "chips_abroad": "chips for a campus abroad",
    "campus": "a campus of data centers",
    "supplies": "a supply of chips, servers or power equipment",
}


def has_part(case: Case, part: Part) -> Answer:
    """Whether the deal has a part: its section is told, or the scope names it.

    >>> from gigaplan.policy.facts.deal import Deal
    >>> from gigaplan.policy.ownership import case_of
    >>> content = {"name": "D", "investor": "X", "entities": ({"name": "X", "kind": "company"},)}
    >>> has_part(case_of(Deal.model_validate(content)), "campus").value is None
    True
    >>> has_part(case_of(Deal.model_validate(content | {"scope": ()})), "campus").value
    False
    """
    scope, section = case.deal.scope, getattr(case.deal, part)
    if section is not None or (scope is not None and part in scope):
        return Answer(True)
    if scope is None:
        return Answer(None, asks=(Ask("scope", f"Is there {WORDS[part]} in the deal?"),))
    return Answer(False, (Fact("scope", f"The deal has no {part.replace('_', ' ')}"),))
