"""Mandatory declaration for a foreign government's substantial interest, 31 CFR 800.244."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Fact, Range, at_least, both, percent, share_of, unless
from gigaplan.policy.facts.parties import Entity
from gigaplan.policy.finding import Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case, Counts
from gigaplan.policy.rules.cfius.covered_investment import is_covered_transaction
from gigaplan.policy.rules.cfius.mandatory import is_relieved, mandatory_filing
from gigaplan.policy.rules.cfius.tid_business import is_tid_business
from gigaplan.terms.country import HOME

RULE: Final = "cfius.substantial_interest"
CITATION: Final = "31 CFR 800.244, 800.401(b)"
STAKE: Final = "cfius.substantial_interest.foreign_person_frac"
GOVERNMENT: Final = "cfius.substantial_interest.government_frac"


def is_mandatory(case: Case, law: Law) -> Answer:
    """Whether a government's substantial interest makes a declaration mandatory."""
    return unless(
        both(
            is_covered_transaction(case, law),
            is_tid_business(case, law),
            _stake_is_large(case, law),
            _government_is_behind(case, law),
        ),
        is_relieved(case, law),
    )


def largest_government(case: Case, law: Law) -> tuple[str, Range]:
    """Return the foreign state whose governments hold most of the investor, and how much.

    National and subnational governments of one state count together, those of two states do not
    (800.244(a)). The share may be a range where holders are not told.
    """
    parent_frac = law.parameters.value("cfius.parent.interest_frac")
    behind = [case.deal.investor, *case.ownership.above(case.deal.investor)]
    entities = [case.ownership.entities[name] for name in behind]
    governments = [one.country for one in entities if one.kind == "government"]
    states = {country for country in governments if country not in (None, HOME)}
    shares = {
        str(state): case.ownership.attributed_votes(
            case.deal.investor, _governments_of(state), parent_frac
        )
        for state in sorted(states, key=str)
    }
    # Holders that are not told may be of any state.
    shares["any state"] = case.ownership.attributed_votes(
        case.deal.investor, _governments_of(None), parent_frac
    )
    state = max(shares, key=lambda one: (shares[one].low_frac, shares[one].high_frac))
    return state, Range(shares[state].low_frac, max(share.high_frac for share in shares.values()))


def _governments_of(state: str | None) -> Counts:
    def counts(entity: Entity) -> bool | None:
        if entity.kind != "government":
            return False
        return None if entity.country is None else entity.country == state

    return counts


def _stake_is_large(case: Case, law: Law) -> Answer:
    votes = share_of(case.deal.stake.votes_after)
    fact = Fact("stake.votes_after", f"{case.deal.investor} holds {votes} of the votes afterwards")
    question = "Which voting interest does the investor hold after the deal?"
    return at_least(fact, votes, law.parameters.value(STAKE), question)


def _government_is_behind(case: Case, law: Law) -> Answer:
    state, share = largest_government(case, law)
    name = case.deal.investor
    fact = Fact(
        f"{case.ownership.fields[name]}.owners",
        f"Governments of {state} hold {share} of {name}, a parent's interest taken as all",
    )
    question = f"Which part of {name} do governments of one state hold, through all tiers?"
    return at_least(fact, share, law.parameters.value(GOVERNMENT), question)


def substantial_interest(case: Case, law: Law) -> Finding:
    """Find whether a government's substantial interest makes a declaration mandatory."""
    answer = is_mandatory(case, law)
    stake, government = law.parameters.value(STAKE), law.parameters.value(GOVERNMENT)
    if answer.no:
        says = "No declaration is mandatory by a government's substantial interest."
        return clear(RULE, answer, says, CITATION)
    if answer.unknown:
        says = "Whether a government's substantial interest makes a declaration mandatory is open."
        return need_facts(RULE, answer, says, CITATION)
    return Finding(
        RULE,
        Verdict.FILE_MANDATORY,
        answer.facts,
        f"A foreign person gets {percent(stake)} or more of the votes of a business of critical "
        "technology, infrastructure or data, and one foreign state's governments hold "
        f"{percent(government)} or more of that person.",
        CITATION,
        mandatory_filing(case, law, stake),
        (
            f"Less than {percent(stake)} of the votes (a covered investment may remain).",
            f"Less than {percent(government)} of the investor, or of its general partner, with "
            "governments of one state.",
            "A fund whose general partner is no foreign person and decides alone (31 CFR 800.307).",
        ),
        answer.asks,
    )
