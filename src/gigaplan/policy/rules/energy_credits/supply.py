"""Whether the plant keeps the material assistance cost ratio."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, percent
from gigaplan.policy.facts.power_plant import PowerPlant
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.energy_credits.material import CITATION, keeps_ratio, least_ratio_frac
from gigaplan.policy.rules.energy_credits.technologies import CLEAN
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part

RULE: Final = "energy_credits.material_assistance"


def material_assistance(case: Case, law: Law) -> Finding:
    """Find whether too much of the direct cost goes to prohibited foreign entities."""
    reach = has_part(case, "power_plant")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    plant = case.deal.power_plant or PowerPlant()
    answer = _keeps(plant, law)
    if answer.yes:
        return clear(RULE, answer, "The material assistance cost ratio is kept.", CITATION)
    if answer.unknown or plant.technology is None or plant.begins_on is None:
        says = "Whether the material assistance cost ratio is kept is open."
        return need_facts(RULE, answer, says, CITATION)
    least = percent(least_ratio_frac(plant.technology, plant.begins_on, law.parameters))
    return Finding(
        RULE,
        Verdict.MITIGATE,
        answer.facts,
        "Too much of the direct cost goes to prohibited foreign entities: no credit.",
        CITATION,
        Consequence("The credit is lost unless suppliers are changed before service."),
        (f"Suppliers that bring the ratio to {least} or more.", "Certificates of each supplier."),
    )


def _keeps(plant: PowerPlant, law: Law) -> Answer:
    if plant.technology is None:
        question = "Which technology earns the credit?"
        return Answer(None, asks=(Ask("power_plant.technology", question),))
    if plant.technology not in CLEAN:
        return Answer(True)
    if plant.begins_on is None:
        question = "When does construction begin?"
        return Answer(None, asks=(Ask("power_plant.begins_on", question),))
    return keeps_ratio(plant.technology, plant.begins_on, plant.clean_cost, law.parameters)
