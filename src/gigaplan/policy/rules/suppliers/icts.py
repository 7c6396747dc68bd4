"""Hardware for data from persons of foreign adversaries, 15 CFR part 791."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, both, either
from gigaplan.policy.facts.supplies import Supply
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.suppliers.items import (
    is_electronic,
    is_from,
    is_held_above,
    items_of,
    of_any,
)

RULE: Final = "suppliers.icts"
CITATION: Final = "15 CFR 791.1, 791.2, 791.3, 791.109; Executive Order 13873"
ADVERSARY: Final = "foreign_adversary"
MAJORITY: Final = "suppliers.icts.majority_frac"
MINORITY: Final = "suppliers.icts.minority_frac"
WHOSE: Final = "a foreign adversary"


def icts(case: Case, law: Law) -> Finding:
    """Find whether Commerce may prohibit a supply, or ask for terms."""
    items = items_of(case, RULE, CITATION)
    if isinstance(items, Finding):
        return items
    led = of_any(items, lambda at, item: _reaches(case, law, at, item, MAJORITY))
    if led.yes:
        return Finding(
            RULE,
            Verdict.BLOCK_RISK,
            led.facts,
            "Commerce may prohibit hardware for data that persons of foreign adversaries design, "
            "make or supply, or allow it with terms.",
            CITATION,
            Consequence("Do not order before the determination; replace what is installed."),
            ("A maker, and a plant, that no foreign adversary has a hold on.",),
            led.asks,
        )
    tied = of_any(items, lambda at, item: _reaches(case, law, at, item, MINORITY))
    if tied.no:
        return clear(RULE, tied, "No hardware for data comes from a foreign adversary.", CITATION)
    if tied.unknown:
        says = "Whether hardware for data comes from a foreign adversary is open."
        return need_facts(RULE, tied, says, CITATION)
    return Finding(
        RULE,
        Verdict.MITIGATE,
        tied.facts,
        "Persons of foreign adversaries hold a minority of a maker; a dominant one is control.",
        CITATION,
        Consequence("Show that they decide nothing of the maker, or expect terms."),
        ("A maker without such holders.", "Terms that keep them from its decisions."),
        tuple(dict.fromkeys((*tied.asks, *led.asks))),
    )


def _reaches(case: Case, law: Law, place: str, item: Supply, most: str) -> Answer:
    held = is_held_above(case, item, law, ADVERSARY, law.parameters.value(most), WHOSE)
    return both(
        is_electronic(place, item), either(is_from(place, item, law, ADVERSARY, WHOSE), held)
    )
