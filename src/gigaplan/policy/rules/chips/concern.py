"""Foreign entities of concern, 15 CFR 231.104."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact, at_least, either, told
from gigaplan.policy.facts.chip_plant import ChipPlant
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.covered_nation import held_frac, is_of_covered_nation

CITATION: Final = "15 CFR 231.104; 15 U.S.C. 4651(8)"


def is_of_concern(case: Case, law: Law, plant: ChipPlant) -> Answer:
    """Whether the claimant is of a country of concern, or held enough by those who are."""
    name = plant.claimant
    if name is None:
        question = "Which entity claims the credit or gets the award?"
        return Answer(None, asks=(Ask("chip_plant.claimant", question),))
    field = case.ownership.fields[name]
    held = held_frac(
        case, name, lambda other: is_of_covered_nation(case.ownership.entities[other], law)
    )
    return either(
        told(
            f"{field}.country",
            is_of_covered_nation(case.ownership.entities[name], law),
            f"{name} is of a country of concern",
            f"{name} is itself of no country of concern",
            f"Of which country is {name}, and from where is it directed?",
        ),
        at_least(
            Fact(f"{field}.owners", f"Persons of countries of concern hold {held} of {name}"),
            held,
            law.parameters.value("chips.concern.holder_frac"),
            f"Which part of {name} do persons of countries of concern hold?",
        ),
    )
