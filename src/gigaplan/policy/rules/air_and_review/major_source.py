"""Permits to construct: major sources, and the route of minor ones."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact
from gigaplan.policy.facts.campus import Attainment, OnsitePower
from gigaplan.policy.finding import Consequence, Finding, Verdict, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.parameters import InForce
from gigaplan.policy.rules.air_and_review.onsite import units_of
from gigaplan.policy.rules.air_and_review.potential import Potential, potential_of

RULE: Final = "air.major_source"
CITATION: Final = "42 U.S.C. 7475, 7479(1), 7503, 7511a; 40 CFR 52.21, 51.165"
MODERATE: Final = "air.nonattainment.moderate_tpy"
OFFSET: Final = "air.offset.moderate_ratio"
NONATTAINMENT: Final[dict[Attainment, tuple[str, str]]] = {
    "marginal": (MODERATE, OFFSET),
    "moderate": (MODERATE, OFFSET),
    "serious": ("air.nonattainment.serious_tpy", "air.offset.serious_ratio"),
    "severe": ("air.nonattainment.severe_tpy", "air.offset.severe_ratio"),
    "extreme": ("air.nonattainment.extreme_tpy", "air.offset.extreme_ratio"),
    "transport_region": ("air.nonattainment.transport_tpy", OFFSET),
}
"""Threshold and offset ratio of each class."""


def major_threshold_tpy(attainment: Attainment, steam_boiler: bool, parameters: InForce) -> float:
    """Return the emissions from which units are a major source [short tons per year].

    Parameters
    ----------
    attainment
        Air quality at the site.
    steam_boiler
        Whether the units are of the listed category.
    parameters
        Those in force on the day of the law.
    """
    listed = "air.major.listed_tpy" if steam_boiler else "air.major.other_tpy"
    deterioration = parameters.value(listed)
    if attainment == "attainment":
        return deterioration
    return min(deterioration, parameters.value(NONATTAINMENT[attainment][0]))


def is_major(units: OnsitePower, potential: Potential, law: Law) -> Answer:
    """Whether the units are a major source, by what they could emit and where they stand."""
    says = f"They could emit {potential} of nitrogen oxides"
    fact = Fact("campus.onsite_power.capacity_mw", says)
    classes = [units.attainment] if units.attainment else ["attainment", *NONATTAINMENT]
    boilers = [True, False] if units.steam_boiler is None else [units.steam_boiler]
    found = {
        potential.reaches(major_threshold_tpy(one, boiler, law.parameters))
        for one in classes
        for boiler in boilers
    }
    if len(found) == 1 and None not in found:
        return Answer(found.pop(), (fact,))
    asks = list(potential.asks)
    if units.attainment is None:
        question = "Is the site in attainment for ozone, or in which class of area?"
        asks.append(Ask("campus.onsite_power.attainment", question))
    if units.steam_boiler is None:
        question = "Are there boilers or duct burners of the listed category?"
        asks.append(Ask("campus.onsite_power.steam_boiler", question))
    return Answer(None, (fact,), tuple(asks))


def major_source(case: Case, law: Law) -> Finding:
    """Find which permit to construct the on-site units need."""
    units = units_of(case, RULE, CITATION)
    if isinstance(units, Finding):
        return units
    potential = potential_of(units, law)
    answer = is_major(units, potential, law)
    if answer.unknown:
        says = "A permit is needed; whether that of a major source is open."
        return need_facts(RULE, answer, says, CITATION)
    if answer.no:
        return Finding(
            RULE,
            Verdict.FILE_MANDATORY,
            answer.facts,
            "The units are a minor source: a permit of the state is needed before construction.",
            CITATION,
            _months(law, "air.permit.minor_low_months", "air.permit.minor_high_months"),
            ("Buy grid power, or fuel cells, in their place.",),
        )
    return _major(units, potential, answer, law)


def _major(units: OnsitePower, potential: Potential, answer: Answer, law: Law) -> Finding:
    if units.attainment in (None, "attainment"):
        statutory = law.parameters.value("air.permit.major_statutory_months")
        says = (
            "The units are a major source: best available controls, modelling, and a decision "
            f"due in months from a complete application: {statutory:g}."
        )
        time = _months(law, "air.permit.major_low_months", "air.permit.major_high_months")
    else:
        ratio = law.parameters.value(NONATTAINMENT[units.attainment][1])
        says = (
            "The units are a major source in a nonattainment area: lowest achievable emissions, "
            f"and offsets of {ratio:g} for each ton, about {ratio * potential.high_tpy:,.0f} tons."
        )
        time = _months(
            law, "air.permit.nonattainment_low_months", "air.permit.nonattainment_high_months"
        )
    return Finding(
        RULE,
        Verdict.MITIGATE,
        answer.facts,
        says,
        CITATION,
        time,
        ("An enforceable limit on hours or emissions below the line.", "Lower emission rates."),
    )


def _months(law: Law, low: str, high: str) -> Consequence:
    least, most = law.parameters.value(low), law.parameters.value(high)
    days = law.parameters.value("air.permit.days_per_month")
    return Consequence(
        f"Do not begin construction before the permit. Months in practice: {least:g} to {most:g}.",
        days_least=least * days,
        days_most=most * days,
    )
