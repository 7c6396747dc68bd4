"""A plant for semiconductors or their tools, and what its owner does abroad."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from gigaplan.inputs.scenario.base import Breach, Flag, Name, Rule, Section, Share
from gigaplan.policy.facts.kinds import Country, Day, known_country
from gigaplan.policy.facts.power_plant import served_after_it_began


class ExpansionAbroad(Section):
    """Semiconductor capacity that the group builds in another country."""

    country: Country | None = None
    """Where."""
    agreed_on: Day | None = None
    """Day of the transaction."""
    increase: Share | None = None
    """Rise of the capacity of the facility by new space or lines; 1: a new facility, or a doubling
    and more [frac]."""
    legacy: Flag | None = None
    """Whether it makes legacy semiconductors only."""
    existing_facility: Flag | None = None
    """Whether the facility is there already."""
    home_market: Share | None = None
    """Part of the output that serves the market of that country [frac]."""

    RULES: ClassVar[tuple[Rule, ...]] = known_country("country")


def _served(began: object, serves: object) -> Iterator[Breach]:
    yield from served_after_it_began("chip plant", began, serves)


def _award_has_a_day(award: bool | None, award_on: object) -> Iterator[Breach]:
    if award is False and award_on is not None:
        what = "There is no award, but it has a day."
        yield Breach(("award_on",), what, "Write award: true, or drop the day.")


class ChipPlant(Section):
    """A plant for semiconductors or equipment to make them."""

    claimant: Name | None = None
    """Entity of the deal that claims the credit or gets the award."""
    makes_semiconductors: Flag | None = None
    """Whether its primary purpose is to make semiconductors or equipment to make them."""
    begins_on: Day | None = None
    """Day on which construction of the property begins."""
    in_service_on: Day | None = None
    """Day on which the property is placed in service."""
    award: Flag | None = None
    """Whether it gets an award under the CHIPS Act."""
    award_on: Day | None = None
    """Day of the award."""
    expands_abroad: Flag | None = None
    """Whether the group agrees to any expansion of semiconductor capacity abroad."""
    expansion: ExpansionAbroad | None = None
    """That expansion."""
    joint_research: Flag | None = None
    """Whether the group does joint research, or licenses technology, that raises national security
    concerns with a foreign entity of concern."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        Rule(("begins_on", "in_service_on"), _served),
        Rule(("award", "award_on"), _award_has_a_day),
        Rule(
            ("expands_abroad", "expansion"),
            lambda expands, expansion: (
                [
                    Breach(
                        ("expansion",),
                        "There is an expansion, but expands_abroad is false.",
                        "Write expands_abroad: true, or drop it.",
                    )
                ]
                if expands is False and expansion is not None
                else []
            ),
        ),
    )
