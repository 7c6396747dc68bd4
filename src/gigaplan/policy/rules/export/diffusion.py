"""The framework for the diffusion of artificial intelligence of January 2025, 90 FR 4544."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, both, told
from gigaplan.policy.days import day_value
from gigaplan.policy.facts.chips_abroad import ChipsAbroad
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.export.classes import is_class_a
from gigaplan.policy.rules.export.destinations import is_barred
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part
from gigaplan.terms.country import HOME

RULE: Final = "export.diffusion"
CITATION: Final = "90 FR 4544; 15 CFR 740.27, 742.6(a)(6)(iii) as of 2025-01-13"
TIER: Final = "diffusion_tier_1"


def diffusion(case: Case, law: Law) -> Finding:
    """Find what the framework asks of chips of class a."""
    reach = has_part(case, "chips_abroad")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    chips = case.deal.chips_abroad or ChipsAbroad()
    high, favoured, barred = is_class_a(chips, law), _is_favoured(chips, law), is_barred(chips, law)
    if high.no:
        return clear(RULE, high, "The framework is about class a.", CITATION)
    if both(high, favoured).yes:
        says = "Both countries are of the first tier: licence exception AIA."
        return clear(RULE, favoured, says, CITATION)
    answer = both(high, _told(favoured), _told(barred))
    if answer.unknown:
        return need_facts(RULE, answer, "What the framework asks is open.", CITATION)
    first = day_value(law.parameters, "export.diffusion.compliance_first").isoformat()
    consequence = Consequence(f"To be kept from {first}.")
    if barred.yes:
        says = "A licence is needed, and a denial is presumed."
        facts = (*high.facts, *barred.facts)
        return Finding(RULE, Verdict.BLOCK_RISK, facts, says, CITATION, consequence)
    return Finding(
        RULE,
        Verdict.FILE_MANDATORY,
        (*high.facts, *favoured.facts),
        "A licence is needed, within the quantity of the country for the first years.",
        CITATION,
        consequence,
        ("A campus in a country of the first tier, run by an operator of one.",),
    )


def _is_favoured(chips: ChipsAbroad, law: Law) -> Answer:
    return both(
        _is_of_tier("destination", chips.destination, law),
        _is_of_tier("operator_parent", chips.operator_parent, law),
    )


def _is_of_tier(field: str, country: str | None, law: Law) -> Answer:
    return told(
        f"chips_abroad.{field}",
        None if country is None else country == HOME or law.has_status(country, TIER),
        f"{country} is of the first tier",
        f"{country} is not of the first tier",
        "To which country do the chips go, and where does the operator's parent sit?",
    )


def _told(answer: Answer) -> Answer:
    """Return a yes where an answer is known, with what it needs where it is not."""
    return answer if answer.unknown else Answer(True, answer.facts)
