"""Clawbacks of awards under the CHIPS Act, 15 U.S.C. 4652(a)(5)-(6) and 15 CFR part 231."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, both, either, negated, percent, told
from gigaplan.policy.facts.chip_plant import ChipPlant, ExpansionAbroad
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.chips.expansion import (
    is_existing,
    is_in_country_of_concern,
    is_legacy,
    is_material,
    is_renovated,
    is_within,
    serves_its_country,
)
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part

RULE: Final = "chips.expansion_clawback"
TECHNOLOGY_RULE: Final = "chips.technology_clawback"
CITATION: Final = "15 U.S.C. 4652(a)(6); 15 CFR part 231; 88 FR 65600, 89572"
TECHNOLOGY_CITATION: Final = "15 U.S.C. 4652(a)(5)(C); 15 CFR part 231"
HOME: Final = "chips.expansion.home_market_frac"
BACK: Final = Consequence("The whole award may be called back.")


def has_award(plant: ChipPlant) -> Answer:
    """Whether the claimant gets an award."""
    return told(
        "chip_plant.award",
        True if plant.award_on is not None else plant.award,
        "The claimant gets an award under the CHIPS Act",
        "The claimant gets no award under the CHIPS Act",
        "Does the claimant get an award under the CHIPS Act?",
    )


def is_prohibited(plant: ChipPlant, law: Law) -> Answer:
    """Whether an expansion abroad is one that calls the award back."""
    expansion = plant.expansion or ExpansionAbroad()
    return both(
        has_award(plant),
        is_in_country_of_concern(plant, law),
        is_within(plant, plant.award_on, law.parameters.value("chips.expansion.years"), "award_on"),
        either(_advanced(expansion, law), _legacy(expansion, law)),
    )


def _advanced(expansion: ExpansionAbroad, law: Law) -> Answer:
    most = law.parameters.value("chips.expansion.increase_frac")
    return both(negated(is_legacy(expansion)), is_material(expansion, most))


def _legacy(expansion: ExpansionAbroad, law: Law) -> Answer:
    """Whether legacy capacity falls outside both exceptions: existing, or for that market."""
    renovated = is_renovated(expansion, law.parameters.value("chips.expansion.legacy_frac"))
    return both(
        is_legacy(expansion),
        either(negated(is_existing(expansion)), renovated),
        negated(serves_its_country(expansion, law.parameters.value(HOME))),
    )


def expansion_clawback(case: Case, law: Law) -> Finding:
    """Find whether an expansion abroad calls the award back."""
    reach = has_part(case, "chip_plant")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    answer = is_prohibited(case.deal.chip_plant or ChipPlant(), law)
    if answer.no:
        return clear(RULE, answer, "No expansion abroad calls the award back.", CITATION)
    if answer.unknown:
        says = "Whether an expansion abroad calls the award back is open."
        return need_facts(RULE, answer, says, CITATION)
    most = percent(law.parameters.value("chips.expansion.increase_frac"))
    renovation = percent(law.parameters.value("chips.expansion.legacy_frac"))
    home = percent(law.parameters.value(HOME))
    return Finding(
        RULE,
        Verdict.BLOCK_RISK,
        answer.facts,
        "The expansion in a country of concern is not one that the agreement allows.",
        CITATION,
        BACK,
        (
            f"A rise of capacity of not more than {most}.",
            f"Legacy only: an existing facility by less than {renovation}, or {home} for the "
            "market there.",
        ),
    )


def technology_clawback(case: Case, law: Law) -> Finding:
    """Find whether joint research or a licence calls the award back."""
    reach = has_part(case, "chip_plant")
    if not reach.yes:
        return not_reached(TECHNOLOGY_RULE, reach, TECHNOLOGY_CITATION)
    plant = case.deal.chip_plant or ChipPlant()
    answer = both(has_award(plant), _researches(plant))
    if answer.no:
        says = "No joint research or licence calls the award back."
        return clear(TECHNOLOGY_RULE, answer, says, TECHNOLOGY_CITATION)
    if answer.unknown:
        says = "Whether joint research or a licence calls the award back is open."
        return need_facts(TECHNOLOGY_RULE, answer, says, TECHNOLOGY_CITATION)
    years = law.parameters.value("chips.technology.years")
    return Finding(
        TECHNOLOGY_RULE,
        Verdict.BLOCK_RISK,
        answer.facts,
        f"The group may not do such research or license such technology for years: {years:g}.",
        TECHNOLOGY_CITATION,
        BACK,
        ("End the project, or the licence, before the award.",),
    )


def _researches(plant: ChipPlant) -> Answer:
    return told(
        "chip_plant.joint_research",
        plant.joint_research,
        "There is joint research, or a licence, with a foreign entity of concern",
        "There is no joint research or licence with a foreign entity of concern",
        "Is there joint research, or a licence, with a foreign entity of concern?",
    )
