"""A power plant, store or factory for whose tax credit the deal counts on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from gigaplan.inputs.scenario.base import (
    Amount,
    Breach,
    Flag,
    Name,
    Rule,
    Section,
    Share,
    no_repeats,
)
from gigaplan.policy.facts.kinds import Day

Technology = Literal[
    "wind",
    "solar",
    "storage",
    "nuclear_new",
    "nuclear_existing",
    "geothermal",
    "hydro",
    "fuel_cell",
    "gas_with_capture",
    "gas",
    "manufacturing",
]
"""What earns the credit. A fuel cell runs on any fuel; `manufacturing` is an advanced energy
project under section 48C."""


def served_after_it_began(name: str, began: object, serves: object) -> Iterator[Breach]:
    """Yield a breach where something is in service before its construction begins.

    Days are compared as texts, as a file that is not checked yet has them.
    """
    if began is not None and serves is not None and str(serves) < str(began):
        what = f"The {name} is in service on {serves}, before its construction begins."
        yield Breach(("in_service_on",), what, "Mend one of the days.")


def _plant_served(began: object, serves: object) -> Iterator[Breach]:
    yield from served_after_it_began("plant", began, serves)


def _share_of_a_claimant(claimant: str | None, sold_to: str | None) -> Iterator[Breach]:
    if claimant is not None and claimant == sold_to:
        what = f"The credit is sold by {claimant} to itself."
        yield Breach(("sold_to",), what, "Name the buyer, or leave it out.")


class PowerPlant(Section):
    """A plant, store or factory that may earn a federal tax credit."""

    technology: Technology | None = None
    """What it is."""
    claimant: Name | None = None
    """Entity of the deal that claims the credit."""
    capacity_mw: Amount | None = None
    """Largest net output [MW of alternating current]."""
    begins_on: Day | None = None
    """Day on which construction begins, by physical work of a significant nature."""
    in_service_on: Day | None = None
    """Day on which it is placed in service; of an existing plant, the day of sale that is asked."""
    continuous: Flag | None = None
    """Whether work goes on continuously, where service is later than the safe harbour."""
    clean_cost: Share | None = None
    """Material assistance cost ratio: direct costs that do not go to prohibited foreign entities,
    over all direct costs [frac]."""
    listed_entities: tuple[Name, ...] | None = None
    """Entities of the deal that a list of IRC 7701(a)(51)(B) names: military companies, forced
    labour, battery makers; an empty list: none."""
    officer_by_specified: Flag | None = None
    """Whether a specified foreign entity may itself appoint a covered officer of the claimant."""
    debt_of_specified: Share | None = None
    """Part of the claimant's debt issued to specified foreign entities, all together [frac]."""
    effective_control: Flag | None = None
    """Whether a contract under which a specified foreign entity is paid lets it control the plant
    or its output."""
    pays_specified_later: Flag | None = None
    """Whether such payments are to be made, or may be, within ten years of service."""
    wages_met: Flag | None = None
    """Whether prevailing wages are paid and apprentices are employed as the law asks."""
    domestic_content: Share | None = None
    """Part of the cost of manufactured products made in the United States, where steel and iron
    are so too [frac]."""
    energy_community: Flag | None = None
    """Whether it lies in an energy community."""
    receipts_usd_per_mwh: Amount | None = None
    """Gross receipts of an existing nuclear plant [USD/MWh]."""
    allocated: Flag | None = None
    """Whether an allocation under section 48C is held."""
    sold_to: Name | Literal["nobody"] | None = None
    """Entity of the deal that buys the credit; `nobody`: it is not sold."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        *no_repeats("listed_entities"),
        Rule(("begins_on", "in_service_on"), _plant_served),
        Rule(("claimant", "sold_to"), _share_of_a_claimant),
    )
