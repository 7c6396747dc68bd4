"""Ties to a foreign adversary, 15 CFR 791.4 and the America First Investment Policy."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact, above, both, either
from gigaplan.policy.facts.parties import Entity
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.cfius.covered_investment import is_covered_transaction
from gigaplan.policy.rules.cfius.filing import notice_fee_usd, notice_steps

RULE: Final = "cfius.adversary_ties"
CITATION: Final = "15 CFR 791.4; National Security Presidential Memorandum 3 (2025-02-21)"
ADVERSARY: Final = "foreign_adversary"


def is_tied(case: Case, law: Law) -> Answer:
    """Whether the investor, or anybody behind it, is of a foreign adversary."""
    names = (case.deal.investor, *case.ownership.above(case.deal.investor))
    return either(*(_is_of_adversary(case, law, name) for name in names), _untold(case))


def _is_of_adversary(case: Case, law: Law, name: str) -> Answer:
    entity, field = case.ownership.entities[name], case.ownership.fields[name]
    found = _is_adversary(law, entity)
    if found:
        says = f"{name} is of {_countries(entity)}, a foreign adversary"
        return Answer(True, (Fact(f"{field}.country", says),))
    if found is None:
        missing = [part for part in _parts(entity) if getattr(entity, part) is None]
        question = f"Of which country is {name}, by nationality, law and place of business?"
        return Answer(None, asks=tuple(Ask(f"{field}.{part}", question) for part in missing))
    says = f"{name} is of {_countries(entity)}, which is no foreign adversary"
    return Answer(False, (Fact(f"{field}.country", says),))


def _parts(entity: Entity) -> tuple[str, ...]:
    """Return the fields of an entity that can tie it to a country."""
    if entity.kind == "government":
        return ("country",)
    second = "other_nationality" if entity.kind == "person" else "principal_place"
    return ("country", second)


def _is_adversary(law: Law, entity: Entity) -> bool | None:
    """Whether an entity is of a foreign adversary; ``None`` where a country is not told."""
    countries = [getattr(entity, part) for part in _parts(entity)]
    if any(country is not None and law.has_status(country, ADVERSARY) for country in countries):
        return True
    return None if None in countries else False


def _countries(entity: Entity) -> str:
    countries = (getattr(entity, part) for part in _parts(entity))
    named = (country for country in countries if country not in (None, "none"))
    return ", ".join(str(country) for country in dict.fromkeys(named))


def _untold(case: Case) -> Answer:
    """Whether holders who are not told may be of an adversary: unknown, if there may be any."""
    name = case.deal.investor
    if case.ownership.is_traced(name):
        return Answer(False)
    question = f"Who is behind {name}, through all tiers, with every holder of account?"
    return Answer(None, asks=(Ask(f"{case.ownership.fields[name]}.owners", question),))


def adversary_controls(case: Case, law: Law) -> Answer:
    """Whether those of foreign adversaries hold a majority of the investor together."""
    name = case.deal.investor
    share = case.ownership.attributed_votes(
        name,
        lambda entity: _is_adversary(law, entity),
        law.parameters.value("cfius.parent.interest_frac"),
    )
    fact = Fact(
        f"{case.ownership.fields[name]}.owners", f"Foreign adversaries hold {share} of {name}"
    )
    question = f"Do holders of foreign adversaries have a majority of {name}?"
    return above(fact, share, law.parameters.value("cfius.control.majority_frac"), question)


def adversary_ties(case: Case, law: Law) -> Finding:
    """Find whether a covered deal has an owner of a foreign adversary behind it."""
    tied = both(is_covered_transaction(case, law), is_tied(case, law))
    if tied.no:
        says = "No tie to a foreign adversary in a deal that the Committee may review."
        return clear(RULE, tied, says, CITATION)
    if tied.unknown:
        says = "Whether a foreign adversary stands behind a deal under review is open."
        return need_facts(RULE, tied, says, CITATION)
    led = adversary_controls(case, law)
    low = law.parameters.value("cfius.practice.notice_days")
    high = law.parameters.value("cfius.practice.mitigation_days")
    consequence = Consequence(
        "File a notice before signing anything that binds; the President may prohibit the deal or "
        "have it unwound (50 U.S.C. 4565(d))."
        if led.yes
        else "File a notice, and offer terms that keep the adversary's holder away from access, "
        "information and decisions.",
        days_least=low,
        days_most=high,
        fee_usd=notice_fee_usd(case, law),
        steps=notice_steps(law),
    )
    return Finding(
        RULE,
        Verdict.BLOCK_RISK if led.yes else Verdict.MITIGATE,
        (*tied.facts, *led.facts),
        "Those of a foreign adversary lead the investor; such deals in sensitive businesses have "
        "been prohibited."
        if led.yes
        else "A holder behind the investor is of a foreign adversary. The policy asks investors "
        "for a verifiable distance from adversaries.",
        CITATION,
        consequence,
        ("The holder of the adversary leaves, provably, before the filing.",),
        tuple(dict.fromkeys((*tied.asks, *led.asks))),
    )
