"""Contingent equity interests, 31 CFR 800.308: when a right to convert counts now."""

from __future__ import annotations

from gigaplan.policy.answer import Answer, both, either, told
from gigaplan.policy.ownership import Case

CITATION = "31 CFR 800.207, 800.308"


def conversion_counts(case: Case) -> Answer:
    """Whether what a conversion would bring counts now.

    It does where the rights can be determined, and conversion is imminent or in the hand of the
    holder. Where only one of these speaks for it, the Committee may still count it, so the screen
    does.
    """
    terms = case.deal.conversion
    return both(
        either(
            told(
                "conversion.imminent",
                terms.imminent,
                "Conversion is imminent",
                "Conversion is not imminent",
                "Is conversion imminent?",
            ),
            told(
                "conversion.in_holders_hand",
                terms.in_holders_hand,
                "Conversion depends on conditions within the holder's control",
                "Conversion depends on events outside the holder's control",
                "Does conversion depend on conditions within the holder's control?",
            ),
        ),
        told(
            "conversion.rights_determinable",
            terms.rights_determinable,
            "What conversion brings can be determined now",
            "What conversion brings cannot be determined now",
            "Can the interest acquired on conversion be determined now?",
        ),
    )
