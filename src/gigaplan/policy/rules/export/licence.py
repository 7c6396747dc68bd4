"""Whether chips abroad need a licence, and how an application is reviewed, 15 CFR 742.6."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Fact, both, either, percent, told
from gigaplan.policy.facts.chips_abroad import ChipsAbroad
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.export.classes import is_class_a, is_class_b
from gigaplan.policy.rules.export.destinations import (
    CHINA,
    goes_to_controlled,
    is_barred,
    is_parent_barred,
)
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part

RULE: Final = "export.licence"
CITATION: Final = "15 CFR 742.6(a)(6)(iii), (b)(10); 15 CFR 740.8; ECCN 3A090, 4A090"
VALIDATED: Final = "export.validated_end_user"
"""Rule by which a data center is authorised; in force later than this one."""
BELOW: Final = "export.china.performance_below"


def needs_licence(chips: ChipsAbroad, law: Law) -> Answer:
    """Whether chips need a licence, or an exception from one."""
    return both(
        either(is_class_a(chips, law), is_class_b(chips, law)),
        either(goes_to_controlled(chips, law), is_parent_barred(chips, law)),
    )


def is_for_data_centers_and_high(chips: ChipsAbroad, law: Law) -> Answer:
    """Whether chips are of class a and for data centers, so that no exception holds."""
    return both(
        is_class_a(chips, law),
        told(
            "chips_abroad.for_data_centers",
            chips.for_data_centers,
            "They are designed or marketed for data centers",
            "They are neither designed nor marketed for data centers",
            "Are the chips designed or marketed for data centers?",
        ),
    )


def is_case_by_case(chips: ChipsAbroad, law: Law) -> Answer:
    """Whether an application for China or Macau is reviewed case by case."""
    if not law.parameters.holds(BELOW):
        return Answer(False, (Fact("as_of", "No such review on the day of the law"),))
    most = law.parameters.value(BELOW)
    bandwidth = law.parameters.value("export.china.bandwidth_below")
    country, performance = chips.destination, chips.performance
    memory = chips.memory_bandwidth_gb_per_s
    return both(
        told(
            "chips_abroad.destination",
            None if country is None else country in CHINA,
            "They go to China or Macau",
            "They go to neither China nor Macau",
            "To which country do the chips go?",
        ),
        told(
            "chips_abroad.performance",
            None if performance is None else performance < most,
            f"Their performance is below {most:,.0f}",
            f"Their performance is {most:,.0f} or more",
            "What is the total processing performance of the chip?",
        ),
        told(
            "chips_abroad.memory_bandwidth_gb_per_s",
            None if memory is None else memory < bandwidth,
            f"Their memory bandwidth is below {bandwidth:,.0f} GB/s",
            f"Their memory bandwidth is {bandwidth:,.0f} GB/s or more",
            "What is the total bandwidth of its memory?",
        ),
        told(
            "chips_abroad.from_united_states",
            chips.from_united_states,
            "They are sent from the United States",
            "They are sent from another country",
            "Are they sent from the United States?",
        ),
        told(
            "chips_abroad.safeguards",
            chips.safeguards,
            "The conditions of the review are met",
            "The conditions of the review are not met",
            "Are supply at home, customer checks, remote access and tests as the rule asks?",
        ),
    )


def licence(case: Case, law: Law) -> Finding:
    """Find whether the chips may be sent, and under which review."""
    reach = has_part(case, "chips_abroad")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    chips = case.deal.chips_abroad or ChipsAbroad()
    answer = needs_licence(chips, law)
    if answer.no:
        return clear(RULE, answer, "No licence is needed by class and destination.", CITATION)
    if answer.unknown:
        return need_facts(RULE, answer, "Whether a licence is needed is open.", CITATION)
    barred = is_barred(chips, law)
    if barred.unknown:
        says = "A licence is needed; who stands behind the operator decides how it is reviewed."
        return need_facts(RULE, barred, says, CITATION)
    return _barred(chips, law, answer) if barred.yes else _approvable(chips, law, answer)


def _barred(chips: ChipsAbroad, law: Law, needed: Answer) -> Finding:
    if is_for_data_centers_and_high(chips, law).no:
        days = law.parameters.value("export.notice.days")
        return Finding(
            RULE,
            Verdict.FILE_MANDATORY,
            needed.facts,
            "The chips may go under licence exception NAC after a notice.",
            CITATION,
            Consequence(f"Give notice; days until an answer: {days:g}.", days_most=days),
            ("Chips below class b.",),
        )
    eased = is_case_by_case(chips, law)
    if eased.yes:
        share = percent(law.parameters.value("export.china.home_share_frac"))
        return Finding(
            RULE,
            Verdict.MITIGATE,
            (*needed.facts, *eased.facts),
            "A licence is needed; it is reviewed case by case.",
            CITATION,
            Consequence(
                "Certify supply at home, customer checks and tests; what goes to China and Macau "
                f"stays within {share} of what goes to customers at home."
            ),
            ("Chips below class b.",),
        )
    return Finding(
        RULE,
        Verdict.BLOCK_RISK,
        needed.facts,
        "A licence is needed, and a denial is presumed.",
        CITATION,
        Consequence("Do not plan on these chips there."),
        (
            "A campus in a country of group A:5 or A:6, run by an operator of no embargoed parent.",
            "Chips below class b.",
        ),
        eased.asks,
    )


def _approvable(chips: ChipsAbroad, law: Law, needed: Answer) -> Finding:
    authorised = told(
        "chips_abroad.validated_end_user",
        chips.validated_end_user,
        "The data center is a validated end user",
        "The data center is no validated end user",
        "Is the data center authorised as a validated end user?",
    )
    if authorised.yes and VALIDATED in law.rules:
        says = "The authorisation of the data center covers the chips."
        return clear(RULE, authorised, says, CITATION)
    high = is_for_data_centers_and_high(chips, law)
    if high.no:
        return clear(RULE, high, "The chips go under licence exception ACA.", CITATION)
    return Finding(
        RULE,
        Verdict.FILE_MANDATORY,
        needed.facts,
        "A licence is needed, and an approval is presumed; terms may tie it to investment at home.",
        CITATION,
        Consequence("Apply for a licence before the chips are shipped."),
        (
            "An authorisation of the data center as a validated end user.",
            "A campus in a country of group A:5 or A:6.",
        ),
        (*authorised.asks, *high.asks),
    )
