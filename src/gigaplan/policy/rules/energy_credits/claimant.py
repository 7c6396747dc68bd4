"""Whether the claimant of a credit is a prohibited foreign entity."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact, both, either, percent
from gigaplan.policy.days import day_value, start_of_year
from gigaplan.policy.facts.power_plant import PowerPlant
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.energy_credits.credit import influenced_after
from gigaplan.policy.rules.energy_credits.foreign_entity import (
    CITATION,
    is_influenced,
    is_specified,
)
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part

RULE: Final = "energy_credits.foreign_entity"
NO_BAR: Final = frozenset({"manufacturing", "gas"})


def is_barred(case: Case, law: Law, plant: PowerPlant) -> Answer:
    """Whether the claimant gets no credit, because of who it is or who influences it."""
    if plant.claimant is None:
        return Answer(None, asks=(Ask("power_plant.claimant", "Which entity claims the credit?"),))
    if plant.technology is None:
        question = "Which technology earns the credit?"
        return Answer(None, asks=(Ask("power_plant.technology", question),))
    if plant.technology in NO_BAR:
        return Answer(False, (Fact("power_plant.technology", "Its section has no such bar"),))
    specified = _from(
        plant, day_value(law.parameters, "energy_credits.foreign.specified_after").isoformat()
    )
    influenced = _from(plant, influenced_after(plant.technology, law.parameters).isoformat())
    return either(
        both(specified, is_specified(case, law, plant.claimant)),
        both(influenced, is_influenced(case, law, plant.claimant, plant)),
    )


def _from(plant: PowerPlant, after: str) -> Answer:
    """Whether the tax year of service begins after a day; a day of service that is not told may."""
    serves = plant.in_service_on
    if serves is None:
        question = "When is the plant in service?"
        return Answer(None, asks=(Ask("power_plant.in_service_on", question),))
    begins = start_of_year(serves.year).isoformat()
    says = f"The tax year of service begins on {begins}; the bar holds for those after {after}"
    return Answer(begins > after, (Fact("power_plant.in_service_on", says),))


def foreign_entity(case: Case, law: Law) -> Finding:
    """Find whether the claimant is a prohibited foreign entity."""
    reach = has_part(case, "power_plant")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    answer = is_barred(case, law, case.deal.power_plant or PowerPlant())
    if answer.no:
        return clear(RULE, answer, "The claimant is no prohibited foreign entity.", CITATION)
    if answer.unknown:
        says = "Whether the claimant is a prohibited foreign entity is open."
        return need_facts(RULE, answer, says, CITATION)
    single = percent(law.parameters.value("energy_credits.foreign.single_frac"))
    every = percent(law.parameters.value("energy_credits.foreign.aggregate_frac"))
    debt = percent(law.parameters.value("energy_credits.foreign.debt_frac"))
    return Finding(
        RULE,
        Verdict.BLOCK_RISK,
        answer.facts,
        "The claimant is a prohibited foreign entity: it gets no credit.",
        CITATION,
        Consequence("The credit is lost for each such tax year."),
        (
            f"Less than {single} with one specified foreign entity and less than {every} with all.",
            f"Less than {debt} of the debt issued to them, and no right to appoint officers.",
            "No contract that gives one of them effective control.",
        ),
        answer.asks,
    )
