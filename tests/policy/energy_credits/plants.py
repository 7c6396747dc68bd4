"""A wind farm of a U.S. company with every fact told and harmless."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.policy.drawn import deal

from gigaplan.policy.ownership import Case, case_of

PEOPLE = {"name": "People", "kind": "person", "country": "US"}
HARMLESS = {
    "technology": "wind",
    "claimant": "Claimant",
    "capacity_mw": 100.0,
    "begins_on": date(2026, 7, 4),
    "in_service_on": date(2028, 6, 1),
    "clean_cost": 0.9,
    "listed_entities": (),
    "officer_by_specified": False,
    "debt_of_specified": 0.0,
    "effective_control": False,
    "pays_specified_later": False,
    "wages_met": True,
    "domestic_content": 0.0,
    "energy_community": False,
    "sold_to": "nobody",
}


def company(name: str, *owners: tuple[str, float], country: str = "US") -> dict[str, Any]:
    """Return a company with holders whose votes and value are the same."""
    return {
        "name": name,
        "kind": "company",
        "country": country,
        "principal_place": country,
        "owners": tuple(
            {"owner": owner, "votes": share, "economic": share} for owner, share in owners
        ),
    }


OWNED_AT_HOME = (company("Claimant", ("People", 1.0)), PEOPLE)


def plant_case(entities: tuple[dict[str, Any], ...] = OWNED_AT_HOME, **changes: Any) -> Case:
    """Return the case of a plant, changed where asked."""
    return case_of(deal(entities=entities, power_plant=HARMLESS | changes))
