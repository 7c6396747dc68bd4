"""Covered control transaction, 31 CFR 800.210, 800.301 and 800.302."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, both, unless
from gigaplan.policy.finding import Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.cfius.acquisition import acquires_interest
from gigaplan.policy.rules.cfius.control import could_control
from gigaplan.policy.rules.cfius.filing import voluntary_filing
from gigaplan.policy.rules.cfius.foreign_person import is_foreign_person
from gigaplan.policy.rules.cfius.incremental import control_was_cleared
from gigaplan.policy.rules.cfius.investment_fund import stays_outside
from gigaplan.policy.rules.cfius.us_business import is_us_business

RULE: Final = "cfius.covered_control"
CITATION: Final = "31 CFR 800.210, 800.301, 800.302"


def is_covered_control(case: Case, law: Law) -> Answer:
    """Whether a foreign person could get control of a U.S. business by the deal."""
    return unless(
        both(
            is_foreign_person(case, law, case.deal.investor),
            is_us_business(case),
            acquires_interest(case),
            could_control(case, law),
        ),
        stays_outside(case),
        control_was_cleared(case),
    )


def covered_control(case: Case, law: Law) -> Finding:
    """Find whether the deal is a covered control transaction."""
    answer = is_covered_control(case, law)
    if answer.no:
        return clear(
            RULE, answer, "No foreign person could get control of a U.S. business.", CITATION
        )
    if answer.unknown:
        says = "Whether a foreign person could get control of a U.S. business is open."
        return need_facts(RULE, answer, says, CITATION)
    return Finding(
        RULE,
        Verdict.FILE_VOLUNTARY,
        answer.facts,
        "A foreign person could get control of a U.S. business. The Committee may review the deal, "
        "also after closing, until it has concluded all action.",
        CITATION,
        voluntary_filing(case, law),
        (
            "A passive stake of at most "
            f"{100 * law.parameters.value('cfius.passive.voting_frac'):g} % of the votes, "
            "without rights (31 CFR 800.302(b)).",
            "Only protections of a minority, no say in important matters (31 CFR 800.208(c)).",
            "A fund whose general partner is no foreign person and decides alone (31 CFR 800.307).",
        ),
        answer.asks,
    )
