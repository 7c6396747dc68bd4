"""TID U.S. business, 31 CFR 800.248: critical technology, infrastructure or sensitive data."""

from __future__ import annotations

from gigaplan.policy.answer import Answer, Fact, above, both, either, negated, share_of, told
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.cfius.sensitive_data import keeps_sensitive_data

CITATION = "31 CFR 800.248"


def is_tid_business(case: Case, law: Law) -> Answer:
    """Whether the business is one of technology, infrastructure or data."""
    return either(
        has_critical_technology(case),
        has_critical_infrastructure(case, law),
        keeps_sensitive_data(case, law),
    )


def has_critical_technology(case: Case) -> Answer:
    """Whether it makes or develops a critical technology, 800.215 and 800.248(a)."""
    return told(
        "business.critical_technology",
        case.deal.business.critical_technology,
        "The business makes or develops a critical technology",
        "The business makes and develops no critical technology",
        "Does the business produce, design, test, manufacture, fabricate or develop a critical "
        "technology (31 CFR 800.215)? To use or host one does not count.",
    )


def has_critical_infrastructure(case: Case, law: Law) -> Answer:
    """Whether it performs a function of appendix A for such infrastructure, 800.248(b)."""
    functions = case.deal.business.infrastructure
    named = "; ".join(law.infrastructure[function] for function in functions or ())
    return told(
        "business.infrastructure",
        None if functions is None else bool(functions),
        f"The business performs a function of appendix A: {named}",
        "The business performs no function of appendix A",
        "Which functions of 31 CFR part 800, appendix A (table critical_infrastructure), does the "
        "business perform?",
    )


def is_unaffiliated(case: Case, law: Law) -> Answer:
    """Whether the investor holds no majority of the business before the deal, 800.250."""
    votes = case.deal.stake.votes_before
    fact = Fact("stake.votes_before", f"{case.deal.investor} holds {share_of(votes)} before")
    return negated(
        above(
            fact,
            share_of(votes),
            law.parameters.value("cfius.unaffiliated.voting_frac"),
            "Which voting interest does the investor hold directly before the deal?",
        )
    )


def is_unaffiliated_tid_business(case: Case, law: Law) -> Answer:
    """Whether it is such a business, and not the investor's already."""
    return both(is_tid_business(case, law), is_unaffiliated(case, law))
