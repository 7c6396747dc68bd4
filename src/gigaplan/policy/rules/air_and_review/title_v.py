"""Operating permits under title V of the Clean Air Act."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact
from gigaplan.policy.facts.campus import OnsitePower
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.air_and_review.major_source import NONATTAINMENT
from gigaplan.policy.rules.air_and_review.onsite import units_of
from gigaplan.policy.rules.air_and_review.potential import potential_of

RULE: Final = "air.title_v"
CITATION: Final = "42 U.S.C. 7661(2), 7661a; 40 CFR 70.2, 70.5"
MAJOR: Final = "air.title_v.major_tpy"


def needs_operating_permit(units: OnsitePower, law: Law) -> Answer:
    """Whether the units could emit enough to need an operating permit."""
    potential = potential_of(units, law)
    most = law.parameters.value(MAJOR)
    every = [law.parameters.value(name) for name, _ in NONATTAINMENT.values()]
    told = units.attainment
    if told is None:
        lines = [most, *every]
    elif told == "attainment":
        lines = [most]
    else:
        lines = [min(most, law.parameters.value(NONATTAINMENT[told][0]))]
    found = {potential.reaches(line) for line in lines}
    says = f"They could emit {potential} of nitrogen oxides"
    fact = Fact("campus.onsite_power.capacity_mw", says)
    if len(found) == 1 and None not in found:
        return Answer(found.pop(), (fact,))
    asks = list(potential.asks)
    if told is None:
        question = "Is the site in attainment for ozone, or in which class of area?"
        asks.append(Ask("campus.onsite_power.attainment", question))
    return Answer(None, (fact,), tuple(asks))


def title_v(case: Case, law: Law) -> Finding:
    """Find whether the on-site units need an operating permit."""
    units = units_of(case, RULE, CITATION)
    if isinstance(units, Finding):
        return units
    answer = needs_operating_permit(units, law)
    if answer.no:
        says = "No operating permit by nitrogen oxides; other pollutants are not screened."
        return clear(RULE, answer, says, CITATION)
    if answer.unknown:
        return need_facts(RULE, answer, "Whether an operating permit is needed is open.", CITATION)
    months = law.parameters.value("air.title_v.apply_months")
    return Finding(
        RULE,
        Verdict.FILE_MANDATORY,
        answer.facts,
        "The units are a major source for operating permits.",
        CITATION,
        Consequence(f"Apply after the start; months until then: {months:g}."),
        ("An enforceable limit below the line.",),
    )
