"""Recapture of the chip credit, IRC 50(a)(3)."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, both, negated
from gigaplan.policy.facts.chip_plant import ChipPlant, ExpansionAbroad
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.chips.expansion import (
    is_in_country_of_concern,
    is_legacy,
    is_material,
    is_within,
)
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part

RULE: Final = "chips.recapture"
CITATION: Final = "IRC 50(a)(3); 26 CFR 1.50-2"


def is_recaptured(plant: ChipPlant, law: Law) -> Answer:
    """Whether an expansion abroad recaptures the credit."""
    expansion = plant.expansion or ExpansionAbroad()
    years = law.parameters.value("chips.recapture.years")
    return both(
        is_in_country_of_concern(plant, law),
        is_within(plant, plant.in_service_on, years, "in_service_on"),
        negated(is_legacy(expansion)),
        is_material(expansion, law.parameters.value("chips.recapture.increase_frac")),
    )


def recapture(case: Case, law: Law) -> Finding:
    """Find whether an expansion abroad recaptures the credit."""
    reach = has_part(case, "chip_plant")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    answer = is_recaptured(case.deal.chip_plant or ChipPlant(), law)
    if answer.no:
        return clear(RULE, answer, "No expansion abroad recaptures the credit.", CITATION)
    if answer.unknown:
        says = "Whether an expansion abroad recaptures the credit is open."
        return need_facts(RULE, answer, says, CITATION)
    days = law.parameters.value("chips.recapture.cure_days")
    return Finding(
        RULE,
        Verdict.BLOCK_RISK,
        answer.facts,
        "The expansion is an applicable transaction: the whole credit is recaptured.",
        CITATION,
        Consequence(
            f"End or abandon it within days of a notice: {days:g}, or pay the credit back.",
            days_most=days,
        ),
        ("Expand in another country.", "Legacy semiconductors only."),
    )
