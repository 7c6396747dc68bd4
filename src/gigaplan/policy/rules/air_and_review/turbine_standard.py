"""Standards for new stationary combustion turbines, 40 CFR part 60, subpart KKKKa."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, both, told
from gigaplan.policy.days import day_value
from gigaplan.policy.facts.campus import OnsitePower
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.air_and_review.onsite import units_of

RULE: Final = "air.turbine_standard"
CITATION: Final = "40 CFR part 60, subpart KKKKa; 91 FR 1910"
PLACE: Final = "campus.onsite_power"


def is_under_standard(units: OnsitePower, law: Law) -> Answer:
    """Whether the units are turbines that the standard reaches, by day and size."""
    after = day_value(law.parameters, "air.turbine.constructed_after")
    least, heat = (
        law.parameters.value("air.turbine.least_mmbtu_per_h"),
        units.unit_heat_input_mmbtu_per_h,
    )
    built = units.construction_on
    return both(
        told(
            f"{PLACE}.turbines",
            units.turbines,
            "The units are combustion turbines",
            "The units are no combustion turbines",
            "Are the units combustion turbines?",
        ),
        told(
            f"{PLACE}.construction_on",
            None if built is None else built > after,
            f"Their construction begins after {after.isoformat()}",
            f"Their construction began by {after.isoformat()}",
            "When does construction of the units begin?",
        ),
        told(
            f"{PLACE}.unit_heat_input_mmbtu_per_h",
            None if heat is None else heat >= least,
            f"A unit takes {least:g} MMBtu/h or more",
            f"A unit takes less than {least:g} MMBtu/h",
            "Which heat input has a unit at base load?",
        ),
    )


def is_temporary(units: OnsitePower, law: Law) -> Answer:
    """Whether the turbines are of the temporary class, by months on site and size."""
    months = law.parameters.value("air.turbine.temporary_months")
    most = law.parameters.value("air.turbine.temporary_mmbtu_per_h")
    stays, heat = units.months_on_site, units.unit_heat_input_mmbtu_per_h
    return both(
        told(
            f"{PLACE}.months_on_site",
            None if stays is None else stays <= months,
            f"They stay for {months:g} months or less",
            f"They stay for more than {months:g} months",
            "For how many months do the units stay?",
        ),
        told(
            f"{PLACE}.unit_heat_input_mmbtu_per_h",
            None if heat is None else heat <= most,
            f"A unit takes {most:g} MMBtu/h or less",
            f"A unit takes more than {most:g} MMBtu/h",
            "Which heat input has a unit at base load?",
        ),
    )


def turbine_standard(case: Case, law: Law) -> Finding:
    """Find whether the on-site turbines are under the standard, and in which class."""
    units = units_of(case, RULE, CITATION)
    if isinstance(units, Finding):
        return units
    answer = is_under_standard(units, law)
    if answer.no:
        return clear(RULE, answer, "The standard does not reach the units.", CITATION)
    if answer.unknown:
        return need_facts(RULE, answer, "Whether the standard reaches them is open.", CITATION)
    temporary = is_temporary(units, law)
    return Finding(
        RULE,
        Verdict.FILE_MANDATORY,
        (*answer.facts, *temporary.facts),
        "The turbines are of the temporary class: the limits of that class hold."
        if temporary.yes
        else "The turbines keep limits by size and use; large ones that run much need catalysts.",
        CITATION,
        Consequence("Notify, test and report as the subpart asks."),
        ("Engines or fuel cells in place of turbines.",),
        temporary.asks,
    )
