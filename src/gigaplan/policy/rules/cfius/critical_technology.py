"""Mandatory declaration for critical technology, 31 CFR 800.254, 800.256 and 800.401(c)."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, both, percent, told, unless
from gigaplan.policy.finding import Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.cfius.covered_investment import is_covered_transaction
from gigaplan.policy.rules.cfius.mandatory import is_relieved, mandatory_filing
from gigaplan.policy.rules.cfius.tid_business import has_critical_technology

RULE: Final = "cfius.critical_technology"
CITATION: Final = "31 CFR 800.254, 800.256, 800.401(c)"


def is_mandatory(case: Case, law: Law) -> Answer:
    """Whether an export authorisation that would be needed makes a declaration mandatory."""
    business = case.deal.business
    holder = percent(law.parameters.value("cfius.critical_technology.holder_frac"))
    needed = both(
        is_covered_transaction(case, law),
        has_critical_technology(case),
        told(
            "business.export_authorisation",
            business.export_authorisation,
            "A U.S. export authorisation would be needed to send the technology to the investor, "
            "who controls it, or a holder that counts",
            "No U.S. export authorisation would be needed to send it to any of them",
            "Would a U.S. export authorisation be needed to send the technology to the investor, "
            f"to who controls it, or to a holder of {holder} or more of it?",
        ),
    )
    under_exception = told(
        "business.licence_exception",
        business.licence_exception,
        "Each export may go under licence exception TSU, ENC or STA",
        "Not every export may go under licence exception TSU, ENC or STA",
        "May each such export go under licence exception TSU, ENC or STA?",
    )
    return unless(needed, under_exception, is_relieved(case, law))


def critical_technology(case: Case, law: Law) -> Finding:
    """Find whether critical technology makes a declaration mandatory."""
    answer = is_mandatory(case, law)
    if answer.no:
        says = "No declaration is mandatory by critical technology."
        return clear(RULE, answer, says, CITATION)
    if answer.unknown:
        says = "Whether critical technology makes a declaration mandatory is open."
        return need_facts(RULE, answer, says, CITATION)
    return Finding(
        RULE,
        Verdict.FILE_MANDATORY,
        answer.facts,
        "The business makes or develops a critical technology that could not go to the investor, "
        "or to those behind it, without a U.S. export authorisation.",
        CITATION,
        mandatory_filing(case, law, None),
        (
            "No control, no board right, no access and no say: then nothing is covered "
            "(31 CFR 800.304(a)).",
            "The technology leaves the business before the deal.",
            "An investor, with those behind it, to whom no authorisation is needed.",
        ),
        answer.asks,
    )
