"""Covered real estate transaction, 31 CFR 802.212, 802.216 and 802.233."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, both, told, unless
from gigaplan.policy.facts.business import Site
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.cfius.adversary_ties import adversary_controls, is_tied
from gigaplan.policy.rules.cfius.filing import (
    notice_days,
    notice_fee_usd,
    notice_steps,
    voluntary_filing,
)
from gigaplan.policy.rules.cfius.foreign_person import is_foreign_person
from gigaplan.policy.rules.cfius.lending import loan_counts
from gigaplan.policy.rules.cfius_real_estate.covered_land import is_covered_land
from gigaplan.policy.rules.cfius_real_estate.exceptions import exceptions

RULE: Final = "cfius.real_estate"
ADVERSARY_RULE: Final = "cfius.real_estate_adversary"
CITATION: Final = "31 CFR 802.211, 802.212, 802.216, 802.233, 802.303"
ADVERSARY_CITATION: Final = "50 U.S.C. 4565(d); Order of 2024-05-13 (89 FR 43301); 15 CFR 791.4"
RIGHTS: Final = "cfius.real_estate.property_rights"


def is_covered_real_estate(case: Case, law: Law) -> Answer:
    """Whether a foreign person takes covered land with enough rights, and no exception holds."""
    site = case.deal.site
    if site is None:
        question = "Does land come with the deal, and how is it taken?"
        return Answer(None, asks=(Ask("site.interest", question),))
    return unless(
        both(
            is_foreign_person(case, law, case.deal.investor),
            _takes_land(case, site),
            _has_enough_rights(site, law),
            is_covered_land(site, law),
        ),
        *exceptions(case, site, law),
    )


def _takes_land(case: Case, site: Site) -> Answer:
    """Whether the investor takes the land; a loan for it counts as one for a business does."""
    interest = site.interest
    taken = told(
        "site.interest",
        None if interest is None else interest != "none",
        f"The land is taken by {interest}",
        "The investor takes no land",
        "Does the investor purchase or lease land, or get a concession?",
    )
    return both(taken, loan_counts(case)) if case.deal.instrument == "loan" else taken


def _has_enough_rights(site: Site, law: Law) -> Answer:
    rights, least = site.rights, law.parameters.value(RIGHTS)
    listed = ", ".join(rights or ()) or "none"
    return told(
        "site.rights",
        None if rights is None else len(rights) >= least,
        f"Property rights: {listed}; {least:g} make it covered",
        f"Property rights: {listed}; fewer than {least:g}",
        "Which of the rights to access, exclude, develop and attach structures come with it?",
    )


def real_estate(case: Case, law: Law) -> Finding:
    """Find whether the deal is a covered real estate transaction."""
    answer = is_covered_real_estate(case, law)
    if answer.no:
        return clear(RULE, answer, "No covered real estate transaction.", CITATION)
    if answer.unknown:
        says = "Whether it is a covered real estate transaction is open."
        return need_facts(RULE, answer, says, CITATION)
    close = law.parameters.value("cfius.real_estate.close_proximity_miles")
    extended = law.parameters.value("cfius.real_estate.extended_range_miles")
    return Finding(
        RULE,
        Verdict.FILE_VOLUNTARY,
        answer.facts,
        "A foreign person takes covered land with the rights that count. The Committee may review "
        "it; no declaration is mandatory under part 802.",
        CITATION,
        voluntary_filing(case, law),
        (
            f"Land further than {close:g} miles from every listed site, and than {extended:g} from "
            "those of appendix A, part 2.",
            "Fewer property rights: for one, no right to develop and none to attach structures.",
            "Urban land that is not in close proximity (31 CFR 802.216(c)).",
            "A U.S. landlord keeps the land, and the investor buys service.",
        ),
        answer.asks,
    )


def real_estate_adversary(case: Case, law: Law) -> Finding:
    """Find whether covered land would come to people of a foreign adversary."""
    answer = both(is_covered_real_estate(case, law), is_tied(case, law))
    if answer.no:
        says = "No covered land comes to people of a foreign adversary."
        return clear(ADVERSARY_RULE, answer, says, ADVERSARY_CITATION)
    if answer.unknown:
        says = "Whether covered land comes to people of a foreign adversary is open."
        return need_facts(ADVERSARY_RULE, answer, says, ADVERSARY_CITATION)
    led = adversary_controls(case, law)
    return Finding(
        ADVERSARY_RULE,
        Verdict.BLOCK_RISK if led.yes else Verdict.MITIGATE,
        (*answer.facts, *led.facts),
        "Those of a foreign adversary lead the investor, and the land is covered. Such land has "
        "been ordered sold."
        if led.yes
        else "A holder behind the investor is of a foreign adversary, and the land is covered.",
        ADVERSARY_CITATION,
        Consequence(
            "Do not close before a notice is cleared; the President may have the land sold.",
            days_least=notice_days(law),
            days_most=law.parameters.value("cfius.practice.mitigation_days"),
            fee_usd=notice_fee_usd(case, law),
            steps=notice_steps(law),
        ),
        ("Land elsewhere.", "The holder of the adversary leaves, provably, before the filing."),
        tuple(dict.fromkeys((*answer.asks, *led.asks))),
    )
