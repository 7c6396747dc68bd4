"""Recapture of the investment credit for payments to specified foreign entities, IRC 50(a)(4)."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact, both, percent, told
from gigaplan.policy.days import day_value, start_of_year
from gigaplan.policy.facts.power_plant import PowerPlant
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.energy_credits.technologies import CLEAN
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part

RULE: Final = "energy_credits.recapture"
CITATION: Final = "IRC 50(a)(4); P.L. 119-21 sec. 70513"


def is_recaptured(plant: PowerPlant, law: Law) -> Answer:
    """Whether an investment credit would be recaptured for payments with effective control."""
    return both(_is_investment(plant), _is_claimed_late(plant, law), _pays(plant, law))


def _is_investment(plant: PowerPlant) -> Answer:
    technology = plant.technology
    return told(
        "power_plant.technology",
        None if technology is None else technology in CLEAN,
        "The credit may be the investment credit of section 48E",
        "The credit is not that of section 48E",
        "Which technology earns the credit?",
    )


def _is_claimed_late(plant: PowerPlant, law: Law) -> Answer:
    after = day_value(law.parameters, "energy_credits.recapture.claimed_after")
    serves = plant.in_service_on
    if serves is None:
        question = "When is the plant in service?"
        return Answer(None, asks=(Ask("power_plant.in_service_on", question),))
    says = f"Service is on {serves.isoformat()}; credits of tax years after {after.isoformat()}"
    return Answer(
        start_of_year(serves.year) > after, (Fact("power_plant.in_service_on", f"{says} count"),)
    )


def _pays(plant: PowerPlant, law: Law) -> Answer:
    years = law.parameters.value("energy_credits.recapture.years")
    return told(
        "power_plant.pays_specified_later",
        plant.pays_specified_later,
        f"A specified foreign entity with effective control may be paid within {years:g} years",
        f"No specified foreign entity with effective control is paid within {years:g} years",
        f"May a specified foreign entity with effective control be paid within {years:g} years of "
        "service?",
    )


def recapture(case: Case, law: Law) -> Finding:
    """Find whether the investment credit may be recaptured."""
    reach = has_part(case, "power_plant")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    answer = is_recaptured(case.deal.power_plant or PowerPlant(), law)
    if answer.no:
        return clear(RULE, answer, "No payment recaptures the credit.", CITATION)
    if answer.unknown:
        return need_facts(RULE, answer, "Whether the credit may be recaptured is open.", CITATION)
    share = percent(law.parameters.value("energy_credits.recapture.frac"))
    return Finding(
        RULE,
        Verdict.MITIGATE,
        answer.facts,
        f"Such a payment recaptures {share} of the investment credit.",
        CITATION,
        Consequence("The tax of the year of the payment rises by the credit."),
        ("End the contract, or take effective control out of it.", "Take the production credit."),
    )
