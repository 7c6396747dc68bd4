"""Excepted real estate transactions, 31 CFR 802.216."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import (
    Answer,
    Fact,
    above,
    both,
    either,
    negated,
    share_of,
    told,
)
from gigaplan.policy.facts.business import Site
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.cfius.covered_investment import is_covered_transaction
from gigaplan.policy.rules.cfius.excepted_investor import EXCEPTED_FOR_LAND, is_excepted_investor
from gigaplan.policy.rules.cfius_real_estate.covered_land import is_at_port, is_close

CITATION: Final = "31 CFR 802.215, 802.216"
SPACE: Final = "cfius.real_estate.office_frac"
TENANTS: Final = "cfius.real_estate.office_tenant_frac"


def exceptions(case: Case, site: Site, law: Law) -> tuple[Answer, ...]:
    """Return whether each exception holds, in the order of 802.216(a) to (f)."""
    return (
        is_excepted_investor(case, law, EXCEPTED_FOR_LAND),
        _is_reviewed_with_the_business(case, law),
        _is_urban_and_not_close(site, law),
        told(
            "site.single_housing_unit",
            site.single_housing_unit,
            "The land is a single housing unit",
            "The land is no single housing unit",
            "Is the land a single housing unit?",
        ),
        both(
            is_at_port(site),
            told(
                "site.port_retail_or_carrier",
                site.port_retail_or_carrier,
                "It is leased at a port for retail, or to an air carrier for its flights",
                "It is not leased at a port for retail, or to an air carrier for its flights",
                "Is it leased at a port for retail only, or to an air carrier for its flights?",
            ),
        ),
        _is_a_small_part_of_a_building(site, law),
    )


def _is_reviewed_with_the_business(case: Case, law: Law) -> Answer:
    """Whether the land comes with a transaction that part 800 covers, 802.216(b)."""
    covered = is_covered_transaction(case, law)
    if covered.no:
        return covered
    says = "The land comes with a transaction that is covered by part 800"
    facts = (Fact("business", says),)
    return Answer(True, facts) if covered.for_good else Answer(None, asks=covered.asks)


def _is_urban_and_not_close(site: Site, law: Law) -> Answer:
    """Whether it is urban land, neither at a port nor in close proximity, 802.216(c)."""
    return both(
        told(
            "site.urban",
            site.urban,
            "The land lies in an urbanized area or urban cluster",
            "The land lies in no urbanized area or urban cluster",
            "Does the land lie in an urbanized area or urban cluster of the Census Bureau?",
        ),
        negated(either(is_at_port(site), is_close(site, law))),
    )


def _is_a_small_part_of_a_building(site: Site, law: Law) -> Answer:
    """Whether it is commercial space, small beside the building and its tenants, 802.216(f)."""
    if site.space_of_building is None:
        return Answer(
            False, (Fact("site.space_of_building", "Nothing is said of space in a building"),)
        )
    return both(
        _is_at_most(site.space_of_building, "space", "site.space_of_building", SPACE, law),
        _is_at_most(site.tenants_of_building, "tenants", "site.tenants_of_building", TENANTS, law),
    )


def _is_at_most(part: float | None, of: str, field: str, most: str, law: Law) -> Answer:
    share = share_of(part)
    fact = Fact(field, f"The investor has {share} of the {of} of the building")
    question = f"Which part of the {of} of the building has the investor, with its affiliates?"
    return negated(above(fact, share, law.parameters.value(most), question))
