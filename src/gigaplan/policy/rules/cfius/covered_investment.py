"""Covered investment, 31 CFR 800.211, 800.303, 800.304 and 800.307."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, both, either, unless
from gigaplan.policy.finding import Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.cfius.access import has_access_right
from gigaplan.policy.rules.cfius.acquisition import acquires_interest
from gigaplan.policy.rules.cfius.covered_control import is_covered_control
from gigaplan.policy.rules.cfius.excepted_investor import is_excepted_investor
from gigaplan.policy.rules.cfius.filing import voluntary_filing
from gigaplan.policy.rules.cfius.foreign_person import is_foreign_person
from gigaplan.policy.rules.cfius.incremental import control_was_cleared, investment_was_cleared
from gigaplan.policy.rules.cfius.tid_business import is_unaffiliated_tid_business
from gigaplan.policy.rules.cfius.us_business import is_us_business

RULE: Final = "cfius.covered_investment"
CITATION: Final = "31 CFR 800.211, 800.303, 800.304"


def has_elements(case: Case, law: Law) -> Answer:
    """Whether a stake brings rights in a business of a sensitive kind, with control or without.

    The percentage does not matter (800.303(a)). An excepted investor makes none (800.304(b)), nor
    does a deal without new rights after a clearance (800.303(b)). A limited partner's seat on a
    committee alone is no such right (800.307).
    """
    return unless(
        both(
            is_foreign_person(case, law, case.deal.investor),
            is_us_business(case),
            acquires_interest(case),
            has_access_right(case),
            is_unaffiliated_tid_business(case, law),
        ),
        is_excepted_investor(case, law),
        control_was_cleared(case),
        investment_was_cleared(case),
    )


def is_covered_transaction(case: Case, law: Law) -> Answer:
    """Whether the Committee may review the deal under part 800, for control or for rights."""
    return either(is_covered_control(case, law), has_elements(case, law))


def covered_investment(case: Case, law: Law) -> Finding:
    """Find whether the deal is a covered investment, which one that brings control is not."""
    answer = has_elements(case, law)
    control = is_covered_control(case, law)
    if answer.no:
        says = "The deal is no covered investment: one of its elements is not there."
        return clear(RULE, answer, says, CITATION)
    if control.for_good:
        says = "The deal brings control, so it is a covered control transaction instead."
        return clear(RULE, control, says, CITATION)
    if answer.unknown:
        return need_facts(RULE, answer, "Whether it is a covered investment is open.", CITATION)
    return Finding(
        RULE,
        Verdict.FILE_VOLUNTARY,
        answer.facts,
        "The investor gets access, a board right or a say in a business of critical technology, "
        "infrastructure or data. The Committee may review it at any percentage"
        + (", and if it brings control too." if not control.no else "."),
        CITATION,
        voluntary_filing(case, law),
        (
            "No board seat, observer or nomination, no access to technical information and no say "
            "in substantive decisions (31 CFR 800.304(a)).",
            "An investor that keeps every condition of an excepted investor (31 CFR 800.219).",
            "A fund whose general partner is no foreign person, without such rights "
            "(31 CFR 800.307).",
        ),
        tuple(dict.fromkeys((*answer.asks, *control.asks))),
    )
