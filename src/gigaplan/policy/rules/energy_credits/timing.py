"""Whether construction begins, and service comes, in time for the credit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact, percent, told
from gigaplan.policy.facts.power_plant import PowerPlant, Technology
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.energy_credits.deadlines import (
    Deadline,
    deadline_of,
    phase_frac,
    shows_continuity,
)
from gigaplan.policy.rules.energy_credits.technologies import CLEAN, label
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part

RULE: Final = "energy_credits.deadline"
BEGUN: Final = frozenset({"nuclear_existing", "manufacturing", "gas"})
"""Technologies for which the day of the beginning does not count."""
CITATION: Final = "IRC 45Y(d), 48E(e), (i), 45U(e), 45Q(d)(1), 48C(e); Notice 2025-42"


def deadline(case: Case, law: Law) -> Finding:
    """Find how much of the credit the days leave."""
    reach = has_part(case, "power_plant")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    plant = case.deal.power_plant or PowerPlant()
    asks = tuple(_asks(plant))
    technology, serves = plant.technology, plant.in_service_on
    begins = serves if technology in BEGUN else plant.begins_on
    if technology is None or begins is None or serves is None:
        says = "Whether construction and service are in time is open."
        return need_facts(RULE, Answer(None, asks=asks), says, CITATION)
    left = phase_frac(technology, begins, serves, law.parameters)
    facts = _facts(technology, begins, serves)
    days = deadline_of(technology, law.parameters)
    if left == 0.0:
        says = (
            "Gas without capture earns no credit."
            if technology == "gas"
            else f"No credit for {label(technology)}: the days do not fit."
        )
        return Finding(
            RULE, Verdict.MITIGATE, facts, says, days.citation, LOST, tuple(_cures(days))
        )
    held = _continuity(plant, technology, begins, serves, law)
    if held.unknown:
        says = "Service is later than the safe harbour, and continuous work is not shown."
        return need_facts(RULE, held, says, CITATION)
    if held.no:
        says = "Work is not continuous: construction counts as begun later."
        return Finding(
            RULE, Verdict.MITIGATE, (*facts, *held.facts), says, CITATION, LOST, tuple(_cures(days))
        )
    if left < 1.0:
        says = f"{percent(left)} of the credit is left by the day on which construction begins."
        return Finding(
            RULE, Verdict.MITIGATE, facts, says, days.citation, LOST, ("Begin in an earlier year.",)
        )
    return clear(RULE, Answer(True, facts), "Construction and service are in time.", days.citation)


LOST: Final = Consequence("Cost the plant without what is lost.")


def _continuity(
    plant: PowerPlant, technology: Technology, begins: date, serves: date, law: Law
) -> Answer:
    if technology not in CLEAN or shows_continuity(begins, serves, law.parameters):
        return Answer(True)
    return told(
        "power_plant.continuous",
        plant.continuous,
        "Work goes on continuously",
        "Work does not go on continuously",
        "Does work go on continuously? Service is later than the safe harbour.",
    )


def _facts(technology: Technology, begins: date, serves: date) -> tuple[Fact, ...]:
    return (
        Fact("power_plant.technology", f"The technology is {label(technology)}"),
        *(
            ()
            if technology in BEGUN
            else (Fact("power_plant.begins_on", f"Construction begins on {begins.isoformat()}"),)
        ),
        Fact("power_plant.in_service_on", f"Service is on {serves.isoformat()}"),
    )


def _cures(days: Deadline) -> Iterator[str]:
    if days.begin_from is not None:
        yield f"Begin construction on {days.begin_from.isoformat()} or later."
    if days.begin_by is not None:
        yield f"Begin construction by {days.begin_by.isoformat()}."
    if days.else_in_service_by is not None:
        yield f"Be in service by {days.else_in_service_by.isoformat()}."


def _asks(plant: PowerPlant) -> Iterator[Ask]:
    if plant.technology is None:
        yield Ask("power_plant.technology", "Which technology earns the credit?")
    if plant.begins_on is None and plant.technology not in BEGUN:
        yield Ask("power_plant.begins_on", "When does construction begin?")
    if plant.in_service_on is None:
        yield Ask("power_plant.in_service_on", "When is the plant in service?")
