"""Semiconductors in what federal agencies buy, P.L. 117-263 sec. 5949."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, both, either, told
from gigaplan.policy.days import day_value
from gigaplan.policy.facts.supplies import Supply
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.suppliers.items import (
    is_electronic,
    is_from,
    is_held_above,
    items_of,
    name_of,
    of_any,
)

RULE: Final = "suppliers.federal_chips"
CITATION: Final = "P.L. 117-263 sec. 5949(a); 15 U.S.C. 4651(7); P.L. 115-232 sec. 889"
FIRST_DAY: Final = "suppliers.federal_chips.first_day"
CONTROL: Final = "suppliers.federal_chips.control_frac"
COVERED: Final = "covered_nation"
WHOSE: Final = "a country of concern"
ALWAYS: Final = "inverters_or_controls"


def federal_chips(case: Case, law: Law) -> Finding:
    """Find whether a supply may go into what a federal agency buys."""
    items = items_of(case, RULE, CITATION)
    if isinstance(items, Finding):
        return items
    named = of_any(items, lambda at, item: both(_in_federal_use(law, at, item), _named(at, item)))
    if named.yes:
        return Finding(
            RULE,
            Verdict.BLOCK_RISK,
            named.facts,
            "Agencies may not buy what holds semiconductors of the named makers.",
            CITATION,
            Consequence("Certify each chip of what is sold to agencies, or keep it from them."),
            ("Chips of other makers.", "No federal contract for what holds them."),
            named.asks,
        )
    tied = of_any(
        items, lambda at, item: both(_in_federal_use(law, at, item), _may_be(case, law, at, item))
    )
    if tied.no:
        says = "No chip that the law bars is to go into what agencies buy."
        return clear(RULE, tied, says, CITATION)
    if tied.unknown:
        says = "Whether a barred chip is to go into what agencies buy is open."
        return need_facts(RULE, tied, says, CITATION)
    return Finding(
        RULE,
        Verdict.MITIGATE,
        tied.facts,
        "The maker is not named, but one tied to a country of concern may be determined.",
        CITATION,
        Consequence("Be able to replace the chips if the maker is determined."),
        ("Chips of makers without such ties.",),
        named.asks,
    )


def _in_federal_use(law: Law, place: str, item: Supply) -> Answer:
    name, day = name_of(item), item.delivered_on
    first = day_value(law.parameters, FIRST_DAY)
    return both(
        is_electronic(place, item, ALWAYS),
        told(
            f"{place}.federal_use",
            item.federal_use,
            f"The {name} is for a federal agency",
            f"The {name} is for no federal agency",
            "Does a federal agency buy it, or what it is part of?",
        ),
        told(
            f"{place}.delivered_on",
            None if day is None else day >= first,
            f"The {name} is delivered from {first} on",
            f"The {name} is delivered before {first}",
            "When is it delivered?",
        ),
    )


def _named(place: str, item: Supply) -> Answer:
    return told(
        f"{place}.named_chips",
        item.named_chips,
        f"The {name_of(item)} holds chips of a maker that the law names",
        f"The {name_of(item)} holds no chips of a maker that the law names",
        "Is it, or does it hold, a chip of SMIC, CXMT, YMTC or their affiliates?",
    )


def _may_be(case: Case, law: Law, place: str, item: Supply) -> Answer:
    """Whether its maker is named, or could be determined by ties to a country of concern."""
    held = is_held_above(case, item, law, COVERED, law.parameters.value(CONTROL), WHOSE)
    return either(_named(place, item), is_from(place, item, law, COVERED, WHOSE), held)
