"""Federal review: the National Environmental Policy Act, and the expedited route."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, both, either, told
from gigaplan.policy.facts.campus import Campus, FederalNexus
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part

RULE: Final = "review.nepa"
EXPEDITED_RULE: Final = "review.expedited"
CITATION: Final = "42 U.S.C. 4332(2)(C), 4336, 4336a, 4336e(10)"
EXPEDITED_CITATION: Final = "Executive Order 14318; 42 U.S.C. 4370m(6)"
STATEMENT: Final = "review.nepa.statement_months"
ASSESSMENT: Final = "review.nepa.assessment_months"


def has_nexus(federal: FederalNexus) -> Answer:
    """Whether the federal government decides in the project: on land, money or a permit."""
    return either(
        told(
            "campus.federal.land",
            federal.land,
            "It is on federal land, or needs a right of way over it",
            "It needs no federal land",
            "Is it on federal land, or does it need a right of way over it?",
        ),
        told(
            "campus.federal.loan",
            federal.loan,
            "It takes a federal loan, guarantee or grant",
            "It takes no federal loan, guarantee or grant",
            "Does it take a federal loan, guarantee or grant?",
        ),
        told(
            "campus.federal.permit",
            federal.permit,
            "It needs a federal permit that brings review",
            "It needs no federal permit that brings review",
            "Does it need a federal permit that brings review, as for filling wetlands?",
        ),
    )


def nepa(case: Case, law: Law) -> Finding:
    """Find which review the federal decision brings, and its months."""
    reach = has_part(case, "campus")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    federal = (case.deal.campus or Campus()).federal
    answer = has_nexus(federal)
    if answer.no:
        return clear(RULE, answer, "No federal decision, so no federal review.", CITATION)
    if answer.unknown:
        return need_facts(RULE, answer, "Whether there is a federal decision is open.", CITATION)
    excluded = told(
        "campus.federal.excluded",
        federal.excluded,
        "The agency has a categorical exclusion for it",
        "The agency has no categorical exclusion for it",
        "Has the agency a categorical exclusion for the action?",
    )
    significant = told(
        "campus.federal.significant",
        federal.significant,
        "A significant effect is to be expected",
        "No significant effect is to be expected",
        "Is a significant effect on the environment to be expected?",
    )
    if excluded.yes and not significant.yes:
        names = ("review.nepa.exclusion_low_months", "review.nepa.exclusion_high_months")
        says = "A categorical exclusion covers the action."
        return _review(Verdict.FILE_MANDATORY, both(answer, excluded), says, law, names)
    if significant.no:
        names = (ASSESSMENT, "review.nepa.assessment_high_months")
        says = "An environmental assessment comes first."
        return _review(Verdict.FILE_MANDATORY, both(answer, significant), says, law, names)
    names = (STATEMENT, "review.nepa.statement_high_months")
    says = "An environmental impact statement comes first, unless an exclusion holds."
    return _review(Verdict.MITIGATE, both(answer, excluded, significant), says, law, names)


def _review(
    verdict: Verdict, answer: Answer, says: str, law: Law, names: tuple[str, str]
) -> Finding:
    least, most = (law.parameters.value(name) for name in names)
    days = law.parameters.value("air.permit.days_per_month")
    return Finding(
        RULE,
        verdict,
        answer.facts,
        says,
        CITATION,
        Consequence(
            f"Do not begin before the decision. Months: {least:g} to {most:g}.",
            days_least=least * days,
            days_most=most * days,
        ),
        ("Private or state land, private money, and a design that fills no wetland.",),
        answer.asks,
    )


def expedited(case: Case, law: Law) -> Finding:
    """Find whether the project may ask for the expedited route."""
    reach = has_part(case, "campus")
    if not reach.yes:
        return not_reached(EXPEDITED_RULE, reach, EXPEDITED_CITATION)
    campus = case.deal.campus or Campus()
    answer = both(has_nexus(campus.federal), _qualifies(campus, law))
    if answer.no:
        says = "No expedited route is open, or none is needed."
        return clear(EXPEDITED_RULE, answer, says, EXPEDITED_CITATION)
    if answer.unknown:
        says = "Whether the expedited route is open is not known."
        return need_facts(EXPEDITED_RULE, answer, says, EXPEDITED_CITATION)
    return Finding(
        EXPEDITED_RULE,
        Verdict.FILE_VOLUNTARY,
        answer.facts,
        "The project qualifies for the expedited route of federal permits.",
        EXPEDITED_CITATION,
        Consequence("Ask the lead agency for it."),
        ("The usual route.",),
    )


def _qualifies(campus: Campus, law: Law) -> Answer:
    load = law.parameters.value("review.expedited.load_mw")
    capital = law.parameters.value("review.expedited.investment_usd_m")
    invested = campus.investment_usd_m
    return either(
        told(
            "campus.load_mw",
            None if campus.load_mw is None else campus.load_mw > load,
            f"The load is above {load:g} MW",
            f"The load is not above {load:g} MW",
            "How large is the load?",
        ),
        told(
            "campus.investment_usd_m",
            None if invested is None else invested >= capital,
            f"The investment reaches {capital:,.0f} million",
            f"The investment does not reach {capital:,.0f} million",
            "How large is the investment?",
        ),
    )
