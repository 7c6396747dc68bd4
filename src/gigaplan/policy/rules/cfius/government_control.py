"""Investigation of deals that governments control, 50 U.S.C. 4565(b)(2)(B), 31 CFR 800.222."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Fact, above, both, either
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.cfius.covered_control import is_covered_control
from gigaplan.policy.rules.cfius.filing import notice_fee_usd, notice_steps, notice_words
from gigaplan.policy.rules.cfius.substantial_interest import largest_government
from gigaplan.policy.rules.cfius.tid_business import has_critical_infrastructure

RULE: Final = "cfius.government_control"
CITATION: Final = "50 U.S.C. 4565(b)(2)(B), (l); 31 CFR 800.222, 800.505"


def goes_to_investigation(case: Case, law: Law) -> Answer:
    """Whether a government, or a foreign person over critical infrastructure, gets control."""
    return both(
        is_covered_control(case, law),
        either(_government_controls(case, law), has_critical_infrastructure(case, law)),
    )


def _government_controls(case: Case, law: Law) -> Answer:
    """Whether governments of one state hold a majority of the investor."""
    state, share = largest_government(case, law)
    name = case.deal.investor
    fact = Fact(
        f"{case.ownership.fields[name]}.owners", f"Governments of {state} hold {share} of {name}"
    )
    question = f"Do governments of one state hold a majority of {name}, through all tiers?"
    return above(fact, share, law.parameters.value("cfius.control.majority_frac"), question)


def government_control(case: Case, law: Law) -> Finding:
    """Find whether the deal goes to investigation, with terms of mitigation to be expected."""
    answer = goes_to_investigation(case, law)
    if answer.no:
        says = "The deal need not go to investigation by who gets control of what."
        return clear(RULE, answer, says, CITATION)
    if answer.unknown:
        says = "Whether the deal must go to investigation by who gets control is open."
        return need_facts(RULE, answer, says, CITATION)
    low = law.parameters.value("cfius.practice.notice_days")
    high = law.parameters.value("cfius.practice.mitigation_days")
    return Finding(
        RULE,
        Verdict.MITIGATE,
        answer.facts,
        "A foreign government's vehicle gets control, or a foreign person gets control of critical "
        "infrastructure. Review leads to investigation unless the risk is found settled; terms "
        "such as a security officer, a proxy board or walls around systems are to be expected.",
        CITATION,
        Consequence(
            f"File a notice ({notice_words(law)}); {low:g} to {high:g} days from drafting to the "
            "end in practice, longer where it is withdrawn and filed again.",
            days_least=low,
            days_most=high,
            fee_usd=notice_fee_usd(case, law),
            steps=notice_steps(law),
        ),
        (
            "No control: at most protections of a minority (31 CFR 800.208(c)).",
            "The critical infrastructure stays in a company of its own under U.S. control.",
            "Offer the terms with the filing.",
        ),
        answer.asks,
    )
