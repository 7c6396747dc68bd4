"""Expansion of semiconductor capacity in a country of concern."""

from __future__ import annotations

from datetime import date
from typing import Final

from gigaplan.policy.answer import (
    Answer,
    Ask,
    Fact,
    above,
    at_least,
    both,
    either,
    negated,
    share_of,
    told,
)
from gigaplan.policy.days import anniversary
from gigaplan.policy.facts.chip_plant import ChipPlant, ExpansionAbroad
from gigaplan.policy.law import Law
from gigaplan.policy.rules.covered_nation import STATUS

PLACE: Final = "chip_plant.expansion"


def is_in_country_of_concern(plant: ChipPlant, law: Law) -> Answer:
    """Whether the group expands semiconductor capacity in a country of concern."""
    expands = told(
        "chip_plant.expands_abroad",
        True if plant.expansion is not None else plant.expands_abroad,
        "The group expands semiconductor capacity abroad",
        "The group does not expand semiconductor capacity abroad",
        "Does the group agree to expand semiconductor capacity abroad?",
    )
    country = None if plant.expansion is None else plant.expansion.country
    return both(
        expands,
        told(
            f"{PLACE}.country",
            None if country is None else law.has_status(country, STATUS),
            f"It does so in {country}, a country of concern",
            f"It does so in {country}, which is no country of concern",
            "In which country?",
        ),
    )


def is_within(plant: ChipPlant, first: date | None, years: float, since: str) -> Answer:
    """Whether the expansion is agreed within some years of a day.

    Parameters
    ----------
    plant
        The plant.
    first
        The day; ``None``: not known.
    years
        How many.
    since
        Field of that day.
    """
    agreed = None if plant.expansion is None else plant.expansion.agreed_on
    if first is None or agreed is None:
        asks = [Ask(f"chip_plant.{since}", "From which day do the years count?")]
        kept = [] if first is not None else asks
        kept += [] if agreed is not None else [Ask(f"{PLACE}.agreed_on", "When is it agreed?")]
        return Answer(None, asks=tuple(kept))
    last = anniversary(first, years)
    says = f"It is agreed on {agreed.isoformat()}; the years end on {last.isoformat()}"
    return Answer(agreed <= last, (Fact(f"{PLACE}.agreed_on", says),))


def is_legacy(expansion: ExpansionAbroad) -> Answer:
    """Whether the capacity is for legacy semiconductors only."""
    return told(
        f"{PLACE}.legacy",
        expansion.legacy,
        "It makes legacy semiconductors only",
        "It makes more than legacy semiconductors",
        "Does it make legacy semiconductors only?",
    )


def is_material(expansion: ExpansionAbroad, most_frac: float) -> Answer:
    """Whether the expansion is a new facility, or raises the capacity of one by more than a share.

    Parameters
    ----------
    expansion
        The expansion.
    most_frac
        Largest rise that is not material [frac].
    """
    share = share_of(expansion.increase)
    return either(
        negated(is_existing(expansion)),
        above(
            Fact(f"{PLACE}.increase", f"It raises the capacity of the facility by {share}"),
            share,
            most_frac,
            "By how much does the capacity of the facility rise?",
        ),
    )


def is_existing(expansion: ExpansionAbroad) -> Answer:
    """Whether the facility is there already."""
    return told(
        f"{PLACE}.existing_facility",
        expansion.existing_facility,
        "The facility is there already",
        "The facility is new",
        "Is the facility there already?",
    )


def is_renovated(expansion: ExpansionAbroad, least_frac: float) -> Answer:
    """Whether a facility is renovated so much that it no longer counts as existing."""
    share = share_of(expansion.increase)
    return at_least(
        Fact(f"{PLACE}.increase", f"It raises the capacity of the facility by {share}"),
        share,
        least_frac,
        "By how much does the capacity of the facility rise?",
    )


def serves_its_country(expansion: ExpansionAbroad, least_frac: float) -> Answer:
    """Whether the output predominately serves the market of the country."""
    share = share_of(expansion.home_market)
    return at_least(
        Fact(f"{PLACE}.home_market", f"{share} of the output serves the market there"),
        share,
        least_frac,
        "Which part of the output serves the market of that country?",
    )
