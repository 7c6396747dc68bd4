"""Authorisation of data centers as validated end users, 15 CFR 748.15."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import both, negated, told
from gigaplan.policy.facts.chips_abroad import ChipsAbroad
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.export.destinations import is_barred
from gigaplan.policy.rules.export.licence import VALIDATED, needs_licence
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part

RULE: Final = VALIDATED
CITATION: Final = "15 CFR 748.15; 89 FR 80080"


def validated_end_user(case: Case, law: Law) -> Finding:
    """Find whether the data center could be authorised in place of a licence each time."""
    reach = has_part(case, "chips_abroad")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    chips = case.deal.chips_abroad or ChipsAbroad()
    answer = both(
        needs_licence(chips, law),
        negated(is_barred(chips, law)),
        negated(
            told(
                "chips_abroad.validated_end_user",
                chips.validated_end_user,
                "The data center is a validated end user already",
                "The data center is no validated end user",
                "Is the data center authorised as a validated end user?",
            )
        ),
    )
    if answer.no:
        return clear(RULE, answer, "No authorisation is to be asked for.", CITATION)
    if answer.unknown:
        says = "Whether an authorisation could take the place of licences is open."
        return need_facts(RULE, answer, says, CITATION)
    return Finding(
        RULE,
        Verdict.FILE_VOLUNTARY,
        answer.facts,
        "The data center may ask to be a validated end user; then no licence is needed each time.",
        CITATION,
        Consequence("Apply, with security as the rule asks and a review on site."),
        ("Apply for a licence each time.",),
    )
