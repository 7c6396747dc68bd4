"""Excepted investor, 31 CFR 800.219 and 800.233; for land, 802.215 and 802.228."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gigaplan.policy.answer import (
    Answer,
    Ask,
    Fact,
    Range,
    above,
    at_least,
    both,
    either,
    negated,
    percent,
    share_of,
    told,
)
from gigaplan.policy.facts.parties import Entity, Owner
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.terms.country import HOME

CITATION: Final = "31 CFR 800.218, 800.219, 800.233"
NONE: Final = "none"
EXCEPTED: Final = "excepted_foreign_state"
EXCEPTED_FOR_LAND: Final = "excepted_real_estate_foreign_state"


def is_excepted_investor(case: Case, law: Law, status: str = EXCEPTED) -> Answer:
    """Whether the investor, and each parent of it, is of an excepted state.

    Parameters
    ----------
    case, law
        The case, and the law of its day.
    status
        Status of the country: excepted for businesses, or for land.
    """
    name = case.deal.investor
    return both(
        _keeps_every_condition(case, law, status, name),
        *(
            _keeps_every_condition(case, law, status, parent)
            for parent in _parents(case, law, name)
        ),
    )


def _keeps_every_condition(case: Case, law: Law, status: str, name: str) -> Answer:
    """Whether one person, government or entity keeps the conditions of 800.219(a)."""
    entity, field = case.ownership.entities[name], case.ownership.fields[name]
    of_the_state = _of_excepted_state(law, status, f"{field}.country", name, entity.country)
    if entity.kind == "government":
        return of_the_state
    if entity.kind == "person":
        return both(of_the_state, _no_other_nationality(law, status, entity, field))
    place = entity.principal_place
    return both(
        either(_is_home(f"{field}.country", name, entity.country), of_the_state),
        _of_excepted_state(law, status, f"{field}.principal_place", name, place, or_home=True),
        _board_keeps(law, entity, field),
        *_large_holders_keep(case, law, status, name),
        _minimum_ownership(case, law, status, name),
        negated(
            told(
                f"{field}.violations",
                entity.violations,
                f"{name} has violations that 800.219(c) lists",
                f"{name} has no violations that 800.219(c) lists",
                f"Has {name}, in five years, violations that 31 CFR 800.219(c) lists?",
            )
        ),
    )


def _parents(case: Case, law: Law, name: str) -> Iterator[str]:
    """Yield each parent of an entity, and their parents."""
    parent_frac = law.parameters.value("cfius.parent.interest_frac")
    entity = case.ownership.entities[name]
    above_it = [
        owner.owner
        for owner in entity.owners or ()
        if max(owner.votes or 0.0, owner.economic or 0.0) >= parent_frac
    ]
    above_it += [entity.general_partner] if entity.general_partner else []
    for parent in dict.fromkeys(above_it):
        yield parent
        yield from _parents(case, law, parent)


def _of_excepted_state(
    law: Law, status: str, field: str, name: str, country: str | None, *, or_home: bool = False
) -> Answer:
    good = None if country is None else law.has_status(country, status)
    if or_home and country == HOME:
        good = True
    return told(
        field,
        good,
        f"{name} is of {country}, an excepted state or the United States"
        if or_home
        else f"{name} is of {country}, an excepted state",
        f"{name} is of {country}, which is not an excepted state",
        f"Of which country is {name}, and where is it directed?",
    )


def _is_home(field: str, name: str, country: str | None) -> Answer:
    return told(
        field,
        None if country is None else country == HOME,
        f"{name} is organised in the United States",
        f"{name} is organised abroad",
        f"Under the law of which country is {name} organised?",
    )


def _no_other_nationality(law: Law, status: str, entity: Entity, field: str) -> Answer:
    """Whether a person has no nationality of a state that is not excepted."""
    other = entity.other_nationality
    if other is None:
        question = f"Has {entity.name} a nationality of another state?"
        return Answer(None, asks=(Ask(f"{field}.other_nationality", question),))
    if other == NONE:
        says = f"{entity.name} has no other nationality"
        return Answer(True, (Fact(f"{field}.other_nationality", says),))
    says = f"{entity.name} is a national of {other} too"
    return Answer(law.has_status(other, status), (Fact(f"{field}.other_nationality", says),))


def _board_keeps(law: Law, entity: Entity, field: str) -> Answer:
    """Whether enough members, and observers, of the board are of excepted states or ours."""
    board = entity.board
    question = f"How many members and observers of the board of {entity.name} are nationals of "
    question += "the United States or excepted states only?"
    if board is None:
        return Answer(None, asks=(Ask(f"{field}.board", question),))
    least = law.parameters.value("cfius.excepted_investor.board_frac")
    groups = (
        ("members", board.members_us_or_excepted, board.members),
        ("observers", board.observers_us_or_excepted, board.observers),
    )
    return both(
        *(
            at_least(
                Fact(
                    f"{field}.board",
                    f"{some} of {total} {group} of the board of {entity.name} are nationals of the "
                    "United States or excepted states only",
                ),
                share_of(some / total),
                least,
                question,
            )
            for group, some, total in groups
            if total
        )
    )


def _large_holders_keep(case: Case, law: Law, status: str, name: str) -> Iterator[Answer]:
    """Yield, for each holder, whether it is small, ours, or of an excepted state itself."""
    least = law.parameters.value("cfius.excepted_investor.holder_frac")
    for place, owner in case.ownership.holders(name):
        holder = case.ownership.entities[owner.owner]
        share = _largest(owner)
        fact = Fact(place, f"{owner.owner} holds {share} of {name}")
        small = negated(at_least(fact, share, least, f"What does {owner.owner} hold of {name}?"))
        field = f"{case.ownership.fields[owner.owner]}.country"
        good = _of_excepted_state(law, status, field, owner.owner, holder.country, or_home=True)
        if holder.kind == "person" and holder.country != HOME:
            named = case.ownership.fields[owner.owner]
            good = both(good, _no_other_nationality(law, status, holder, named))
        yield either(small, good)
    field = f"{case.ownership.fields[name]}.owners"
    rest = case.ownership.rest_frac(name)
    fact = Fact(field, f"Holders who are not told may have {percent(rest)} of {name}")
    question = f"Who else holds {percent(least)} or more of {name}?"
    yield negated(at_least(fact, Range(0.0, rest), least, question))


def _largest(owner: Owner) -> Range:
    """Return the larger of the votes and the economic share of a holder."""
    votes, economic = share_of(owner.votes), share_of(owner.economic)
    return Range(max(votes.low_frac, economic.low_frac), max(votes.high_frac, economic.high_frac))


def _minimum_ownership(case: Case, law: Law, status: str, name: str) -> Answer:
    """Whether holders of excepted states and ours have the minimum, 800.233.

    Of a listed entity a majority, of another at least the larger share.
    """
    entity, field = case.ownership.entities[name], case.ownership.fields[name]
    listed = entity.traded_in
    if listed is None:
        question = f"Where is the equity of {name} primarily traded?"
        return Answer(None, asks=(Ask(f"{field}.traded_in", question),))
    votes = _held_by_excepted(case, law, status, entity, "votes")
    economic = _held_by_excepted(case, law, status, entity, "economic")
    question = f"Which part of {name} do holders of excepted states and the United States have?"
    where = f"{field}.owners"
    facts = (
        (Fact(where, f"{votes} of the votes of {name} are of excepted or U.S. holders"), votes),
        (Fact(where, f"{economic} of its equity is of excepted or U.S. holders"), economic),
    )
    if listed == HOME or law.has_status(listed, status):
        most = law.parameters.value("cfius.excepted_investor.listed_frac")
        return both(*(above(fact, share, most, question) for fact, share in facts))
    least = law.parameters.value("cfius.excepted_investor.unlisted_frac")
    return both(*(at_least(fact, share, least, question) for fact, share in facts))


def _held_by_excepted(case: Case, law: Law, status: str, entity: Entity, column: str) -> Range:
    """Return the share of an entity that direct holders of excepted states and ours have."""
    if entity.owners is None:
        return Range(0.0, 1.0)
    good = others = 0.0
    for owner in entity.owners:
        share = getattr(owner, column) or 0.0
        country = case.ownership.entities[owner.owner].country
        if country is not None and (country == HOME or law.has_status(country, status)):
            good += share
        elif country is not None:
            others += share
    return Range(min(good, 1.0), max(1.0 - others, good))
