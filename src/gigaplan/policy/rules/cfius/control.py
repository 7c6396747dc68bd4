"""Control, 31 CFR 800.208, and the passive ten percent, 800.302(b) and 800.243."""

from __future__ import annotations

from gigaplan.policy.answer import Answer, Fact, above, both, either, negated, share_of, told
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.cfius.access import has_access_right

CITATION = "31 CFR 800.208"


def could_control(case: Case, law: Law) -> Answer:
    """Whether the investor could decide important matters of the business.

    By a majority, a dominant minority, the board, contracts or vetoes over important matters, or
    with others in concert. Protections of minority holders (800.208(c)) do not count, and ten
    percent held solely for passive investment do not either (800.302(b)).
    """
    rights = case.deal.rights
    return both(
        either(
            _has_majority(case, law),
            _has_board(case),
            told(
                "rights.decides",
                None if rights.decides is None else bool(rights.decides),
                f"The investor decides or vetoes: {_listed(rights.decides or ())}",
                "The investor decides or vetoes no important matter",
                "Which important matters (31 CFR 800.208(a)) can the investor decide or veto?",
            ),
            told(
                "rights.dominant_minority",
                rights.dominant_minority,
                "The investor's minority carries the meeting",
                "The investor's votes do not carry the meeting",
                "Do the investor's votes carry the meeting in fact?",
            ),
            told(
                "rights.acts_in_concert",
                rights.acts_in_concert,
                "The investor acts in concert with other foreign holders",
                "The investor does not act in concert with other foreign holders",
                "Does the investor act in concert with other foreign holders?",
            ),
        ),
        negated(is_passive_stake(case, law)),
    )


def is_passive_stake(case: Case, law: Law) -> Answer:
    """Whether the stake is small and held solely for passive investment."""
    votes = case.deal.stake.votes_after
    rights = case.deal.rights
    return both(
        negated(
            above(
                _votes(case),
                share_of(votes),
                law.parameters.value("cfius.passive.voting_frac"),
                "Which voting interest does the investor hold after the deal?",
            )
        ),
        told(
            "stake.passive",
            case.deal.stake.passive,
            "The stake is held solely for passive investment",
            "The stake is not held solely for passive investment",
            "Is the stake held solely for passive investment?",
        ),
        negated(has_access_right(case)),
        told(
            "rights.decides",
            None if rights.decides is None else not rights.decides,
            "The investor decides or vetoes no important matter",
            f"The investor decides or vetoes: {_listed(rights.decides or ())}",
            "Which important matters (31 CFR 800.208(a)) can the investor decide or veto?",
        ),
    )


def _votes(case: Case) -> Fact:
    votes = share_of(case.deal.stake.votes_after)
    return Fact("stake.votes_after", f"{case.deal.investor} holds {votes} of the votes afterwards")


def _has_majority(case: Case, law: Law) -> Answer:
    return above(
        _votes(case),
        share_of(case.deal.stake.votes_after),
        law.parameters.value("cfius.control.majority_frac"),
        "Which voting interest does the investor hold after the deal?",
    )


def _has_board(case: Case) -> Answer:
    """Whether the investor appoints more of the board than all others together."""
    seats, size = case.deal.rights.board_seats, case.deal.rights.board_size
    majority = None if seats is None or size is None else seats > size - seats
    return told(
        "rights.board_seats",
        False if seats == 0 else majority,
        f"The investor appoints {seats} of {size} members of the board",
        f"The investor appoints {seats} of {size or 'the'} members of the board",
        "How many members of the board, of how many, does the investor appoint?",
    )


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(word.replace("_", " ") for word in words)
