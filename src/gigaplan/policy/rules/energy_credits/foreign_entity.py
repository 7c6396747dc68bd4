"""Specified foreign entities and foreign-influenced entities, IRC 7701(a)(51)."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import (
    Answer,
    Ask,
    Fact,
    Range,
    above,
    at_least,
    either,
    share_of,
    told,
)
from gigaplan.policy.facts.power_plant import PowerPlant
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.covered_nation import Counts, held_frac, is_of_covered_nation
from gigaplan.policy.rules.energy_credits.technologies import CLEAN

CITATION: Final = "IRC 7701(a)(51)(A)-(D), (G)"
CONTROLLED: Final = "energy_credits.foreign.controlled_frac"


def is_specified(case: Case, law: Law, name: str) -> Answer:
    """Whether an entity is a specified foreign entity: of a covered nation, controlled, or listed.

    Parameters
    ----------
    case, law
        The case, and the law of its day.
    name
        Entity of the deal.
    """
    entity = case.ownership.entities[name]
    field = case.ownership.fields[name]
    own = told(
        f"{field}.country",
        is_of_covered_nation(entity, law),
        f"{name} is of a covered nation",
        f"{name} is itself of no covered nation",
        f"Of which country is {name}, and from where is it directed?",
    )
    if entity.kind in ("government", "person"):
        return own
    held = held_frac(case, name, _of_covered_nation(case, law))
    controlled = above(
        Fact(f"{field}.owners", f"Persons of covered nations hold {held} of {name}"),
        held,
        law.parameters.value(CONTROLLED),
        f"Which part of {name} do persons of covered nations hold, by votes and by value?",
    )
    return either(own, _is_listed(case, name), controlled)


def is_influenced(case: Case, law: Law, name: str, plant: PowerPlant) -> Answer:
    """Whether an entity is foreign-influenced: by appointment, ownership, debt or contract."""
    return either(
        told(
            "power_plant.officer_by_specified",
            plant.officer_by_specified,
            f"A specified foreign entity may appoint a covered officer of {name}",
            f"No specified foreign entity may appoint a covered officer of {name}",
            f"May a specified foreign entity itself appoint a director or officer of {name}?",
        ),
        _one_holds(case, law, name),
        _all_hold(case, law, name),
        _debt(law, name, plant),
        _by_contract(plant),
    )


def _by_contract(plant: PowerPlant) -> Answer:
    """Whether a contract gives effective control; it counts under 45Y and 48E only."""
    if plant.technology not in CLEAN:
        says = "Effective control by contract counts under sections 45Y and 48E only"
        return Answer(False, (Fact("power_plant.technology", says),))
    return told(
        "power_plant.effective_control",
        plant.effective_control,
        "A contract gives a specified foreign entity effective control",
        "No contract gives a specified foreign entity effective control",
        "Does a contract under which a specified foreign entity is paid give it effective control "
        "of the plant or its output?",
    )


def _one_holds(case: Case, law: Law, name: str) -> Answer:
    every = held_frac(case, name, _specified(case, law, name))
    single = 0.0
    for other in case.ownership.above(name):
        if is_specified(case, law, other).yes:
            single = max(single, held_frac(case, name, _only(other)).low_frac)
    untold = every.high_frac - every.low_frac
    share = Range(single, min(1.0, single + untold))
    return at_least(
        Fact(_owners(case, name), f"One specified foreign entity holds {share} of {name}"),
        share,
        law.parameters.value("energy_credits.foreign.single_frac"),
        f"What is the largest share of {name} of one specified foreign entity?",
    )


def _all_hold(case: Case, law: Law, name: str) -> Answer:
    share = held_frac(case, name, _specified(case, law, name))
    return at_least(
        Fact(_owners(case, name), f"Specified foreign entities hold {share} of {name}"),
        share,
        law.parameters.value("energy_credits.foreign.aggregate_frac"),
        f"Which part of {name} do specified foreign entities hold together?",
    )


def _debt(law: Law, name: str, plant: PowerPlant) -> Answer:
    share = share_of(plant.debt_of_specified)
    return at_least(
        Fact(
            "power_plant.debt_of_specified",
            f"Specified foreign entities were issued {share} of the debt of {name}",
        ),
        share,
        law.parameters.value("energy_credits.foreign.debt_frac"),
        f"Which part of the debt of {name} was issued to specified foreign entities?",
    )


def _is_listed(case: Case, name: str) -> Answer:
    listed = None if case.deal.power_plant is None else case.deal.power_plant.listed_entities
    field = "power_plant.listed_entities"
    if listed is None:
        question = "Which entities of the deal are on a list of IRC 7701(a)(51)(B)?"
        return Answer(None, asks=(Ask(field, question),))
    return told(field, name in listed, f"{name} is listed", f"{name} is on no such list", "")


def _of_covered_nation(case: Case, law: Law) -> Counts:
    return lambda name: is_of_covered_nation(case.ownership.entities[name], law)


def _specified(case: Case, law: Law, held: str) -> Counts:
    """Return which holders of an entity are specified foreign entities; not what it is itself."""
    return lambda name: False if name == held else is_specified(case, law, name).value


def _only(one: str) -> Counts:
    return lambda name: name == one


def _owners(case: Case, name: str) -> str:
    return f"{case.ownership.fields[name]}.owners"
