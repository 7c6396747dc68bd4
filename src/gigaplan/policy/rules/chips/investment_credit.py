"""The advanced manufacturing investment credit, IRC 48D."""

from __future__ import annotations

from datetime import date
from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact, both, negated, percent, told
from gigaplan.policy.days import day_number, day_value
from gigaplan.policy.facts.chip_plant import ChipPlant
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.parameters import InForce
from gigaplan.policy.rules.chips.concern import is_of_concern
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part

RULE: Final = "chips.investment_credit"
CITATION: Final = "IRC 48D(a)-(c), (e); P.L. 119-21 sec. 70308"
BEGIN: Final = "chips.credit.begin_last"
RATE: Final = "chips.credit.frac"


def chip_credit_frac(begins_on: date, in_service_on: date, parameters: InForce) -> float:
    """Return the credit of qualified property by its days [frac].

    Zero if construction begins too late, or service comes before the first step of the scale.

    Parameters
    ----------
    begins_on, in_service_on
        Days of the beginning of construction and of service.
    parameters
        Those in force on the day of the law.
    """
    if begins_on > day_value(parameters, BEGIN):
        return 0.0
    if day_number(in_service_on) < parameters.scale(RATE)[0].at:
        return 0.0
    return parameters.step(RATE, day_number(in_service_on)).value


def earns_credit(case: Case, law: Law, plant: ChipPlant) -> Answer:
    """Whether the property earns the credit: purpose, days, and a claimant of no concern."""
    return both(
        told(
            "chip_plant.makes_semiconductors",
            plant.makes_semiconductors,
            "The primary purpose is semiconductors or their tools",
            "The primary purpose is neither semiconductors nor their tools",
            "Is the primary purpose of the plant semiconductors or their tools?",
        ),
        _is_in_time(plant, law),
        negated(is_of_concern(case, law, plant)),
    )


def _is_in_time(plant: ChipPlant, law: Law) -> Answer:
    asks = []
    if plant.begins_on is None:
        asks.append(Ask("chip_plant.begins_on", "When does construction begin?"))
    if plant.in_service_on is None:
        asks.append(Ask("chip_plant.in_service_on", "When is the property in service?"))
    if plant.begins_on is None or plant.in_service_on is None:
        return Answer(None, asks=tuple(asks))
    rate = chip_credit_frac(plant.begins_on, plant.in_service_on, law.parameters)
    says = (
        f"Construction begins on {plant.begins_on.isoformat()}, service on "
        f"{plant.in_service_on.isoformat()}: a credit of {percent(rate)}"
    )
    return Answer(rate > 0.0, (Fact("chip_plant.begins_on", says),))


def investment_credit(case: Case, law: Law) -> Finding:
    """Find whether the plant earns the credit."""
    reach = has_part(case, "chip_plant")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    answer = earns_credit(case, law, case.deal.chip_plant or ChipPlant())
    if answer.yes:
        return clear(RULE, answer, "The plant earns the credit.", CITATION)
    if answer.unknown:
        return need_facts(RULE, answer, "Whether the plant earns the credit is open.", CITATION)
    last = day_value(law.parameters, BEGIN).isoformat()
    most = percent(law.parameters.value("chips.concern.holder_frac"))
    return Finding(
        RULE,
        Verdict.MITIGATE,
        answer.facts,
        "The plant earns no credit.",
        CITATION,
        Consequence("Cost the plant without it."),
        (
            f"Begin construction by {last}.",
            f"Less than {most} of the claimant with persons of countries of concern.",
        ),
    )
