"""Foreign person, 31 CFR 800.220 and 800.224."""

from __future__ import annotations

from gigaplan.policy.answer import (
    Answer,
    Ask,
    Fact,
    above,
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

CITATION = "31 CFR 800.220, 800.224"


def is_foreign_person(case: Case, law: Law, name: str) -> Answer:
    """Whether an entity of a case is a foreign person.

    A foreign national, government or entity is one, and so is any entity that a foreign person
    controls, tier by tier.
    """
    entity = case.ownership.entities[name]
    field = case.ownership.fields[name]
    if entity.kind == "government":
        return _of_country(field, entity, "a government of")
    if entity.kind == "person":
        return _is_foreign_national(field, entity)
    controlled = (
        both(_controls(case, law, name, place, owner), is_foreign_person(case, law, owner.owner))
        for place, owner in case.ownership.holders(name)
    )
    return either(
        _is_foreign_entity(case, law, name),
        *controlled,
        _partner_is_foreign(case, law, name),
        _unknown_holder(case, name),
    )


def _of_country(field: str, entity: Entity, what: str) -> Answer:
    return told(
        f"{field}.country",
        None if entity.country is None else entity.country != HOME,
        f"{entity.name} is {what} {entity.country}",
        f"{entity.name} is {what} the United States",
        f"Of which country is {entity.name}?",
    )


def _is_foreign_national(field: str, entity: Entity) -> Answer:
    """Whether a person is a foreign national: nobody is who is a U.S. national too."""
    if entity.other_nationality == HOME:
        fact = Fact(f"{field}.other_nationality", f"{entity.name} is a U.S. national too")
        return Answer(False, (fact,))
    return _of_country(field, entity, "a national of")


def _is_foreign_entity(case: Case, law: Law, name: str) -> Answer:
    """Whether it is organised abroad and led from or traded abroad, and not shown to be ours."""
    entity, field = case.ownership.entities[name], case.ownership.fields[name]
    place, traded = entity.principal_place, entity.traded_in
    abroad = either(
        told(
            f"{field}.principal_place",
            None if place is None else place != HOME,
            f"{name} has its principal place of business in {place}",
            f"{name} has its principal place of business in the United States",
            f"From which country is {name} directed?",
        ),
        told(
            f"{field}.traded_in",
            None if traded is None else traded not in (HOME, "nowhere"),
            f"The equity of {name} is primarily traded in {traded}",
            f"The equity of {name} is not primarily traded abroad",
            f"Where is the equity of {name} primarily traded?",
        ),
    )
    return both(
        _of_country(field, entity, "organised under the law of"),
        abroad,
        negated(_is_shown_to_be_ours(case, law, name)),
    )


def _is_shown_to_be_ours(case: Case, law: Law, name: str) -> Answer:
    """Whether a majority of the equity is shown to be owned by U.S. nationals in the end."""
    shown = case.ownership.shown_equity_frac(name, is_us_national)
    field = f"{case.ownership.fields[name]}.owners"
    fact = Fact(field, f"{percent(shown)} of the equity of {name} is shown to be of U.S. nationals")
    most = law.parameters.value("cfius.foreign_entity.us_equity_frac")
    return above(fact, share_of(shown), most, "")


def is_us_national(entity: Entity) -> bool:
    """Whether an entity is a person of U.S. nationality."""
    return entity.kind == "person" and HOME in (entity.country, entity.other_nationality)


def _controls(case: Case, law: Law, name: str, place: str, owner: Owner) -> Answer:
    """Whether a holder controls an entity: by its majority, or as the deal says."""
    votes = Fact(f"{place}.votes", f"{owner.owner} holds {share_of(owner.votes)} of {name}")
    question = f"Can {owner.owner} decide important matters of {name}?"
    majority = above(
        votes, share_of(owner.votes), law.parameters.value("cfius.control.majority_frac"), question
    )
    said = told(
        f"{place}.controls",
        owner.controls,
        f"{owner.owner} can decide important matters of {name}",
        f"{owner.owner} cannot decide important matters of {name}",
        question,
    )
    if said.no and not majority.yes:
        return said
    return either(majority, said)


def _partner_is_foreign(case: Case, law: Law, name: str) -> Answer:
    partner = case.ownership.entities[name].general_partner
    return Answer(False) if partner is None else is_foreign_person(case, law, partner)


def _unknown_holder(case: Case, name: str) -> Answer:
    """Whether somebody who is not told may control an entity: unknown, if anybody may."""
    entity, field = case.ownership.entities[name], case.ownership.fields[name]
    if case.ownership.has_known_holders(name) or entity.general_partner is not None:
        return Answer(False)
    question = f"Who holds {name}, and is the rest held by many who are small and not related?"
    return Answer(None, asks=(Ask(f"{field}.owners", question),))
