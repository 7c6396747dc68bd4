"""Sensitive personal data, 31 CFR 800.241."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, both, either, told
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case

CITATION: Final = "31 CFR 800.241"
PEOPLE: Final = "cfius.sensitive_data.individuals"


def keeps_sensitive_data(case: Case, law: Law) -> Answer:
    """Whether the business keeps sensitive personal data.

    Results of genetic tests always; a listed category where the business targets agencies, keeps
    data on more people than the threshold, or aims at it.
    """
    data = case.deal.business.data
    return either(
        told(
            "business.data.genetic",
            data.genetic,
            "The business keeps identifiable results of genetic tests",
            "The business keeps no identifiable results of genetic tests",
            "Does the business keep identifiable results of genetic tests?",
        ),
        both(
            told(
                "business.data.categories",
                None if data.categories is None else bool(data.categories),
                f"The business keeps data of listed categories: {', '.join(data.categories or ())}",
                "The business keeps no data of a listed category",
                "Which categories of 31 CFR 800.241(a)(1)(ii) of identifiable data does the "
                "business keep?",
            ),
            either(
                told(
                    "business.data.targets_agencies",
                    data.targets_agencies,
                    "Its products are tailored to security agencies or their people",
                    "Its products are not tailored to security agencies or their people",
                    "Are its products targeted or tailored to security agencies or their people?",
                ),
                _keeps_many(case, law),
                told(
                    "business.data.aims_at_more",
                    data.aims_at_more,
                    "To keep data on more people than the threshold is its objective",
                    "To keep data on more people than the threshold is not its objective",
                    "Is it an objective to keep data on more people than the threshold?",
                ),
            ),
        ),
    )


def _keeps_many(case: Case, law: Law) -> Answer:
    people, most = case.deal.business.data.people, law.parameters.value(PEOPLE)
    months = law.parameters.value("cfius.sensitive_data.window_months")
    told_people = None if people is None else people > most
    shown = f"Data on {people or 0:,} people within {months:g} months"
    return told(
        "business.data.people",
        told_people,
        f"{shown}, more than {most:,.0f}",
        f"{shown}, not more than {most:,.0f}",
        f"On how many people did the business keep such data within {months:g} months?",
    )
