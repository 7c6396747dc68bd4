"""Drawn deals with the parts that the families beside CFIUS are about, every fact told."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from gigaplan.policy.facts.supplies import CHIPS

COUNTRIES = st.sampled_from(["US", "NO", "AE", "CN", "MO", "IL", "VE"])
SHARES = st.sampled_from([0.0, 0.1, 0.15, 0.249, 0.25, 0.39, 0.4, 0.5, 0.51, 0.9, 1.0])
YES = st.booleans()
DAYS = st.sampled_from(
    [
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2026, 7, 4),
        date(2026, 7, 5),
        date(2026, 12, 31),
        date(2027, 1, 1),
    ]
)
LATER = st.sampled_from(
    [date(2027, 12, 31), date(2028, 1, 1), date(2031, 6, 1), date(2033, 1, 1), date(2036, 6, 1)]
)


@st.composite
def parties(draw: st.DrawFn) -> tuple[dict[str, Any], ...]:
    """Draw an investor, a holding above it, a government and people."""
    share, above = draw(SHARES), draw(SHARES)

    def held(owner: str, part: float) -> dict[str, Any]:
        return {"owner": owner, "votes": part, "economic": part, "controls": part > 0.5}

    def company(name: str, country: str, *owners: dict[str, Any]) -> dict[str, Any]:
        places = {"country": country, "principal_place": country}
        return {"name": name, "kind": "company", "owners": owners, **places}

    return (
        company("Investor", "US", held("Holding", share), held("People", 1.0 - share)),
        company("Holding", draw(COUNTRIES), held("State", above), held("People", 1.0 - above)),
        {"name": "State", "kind": "government", "country": draw(COUNTRIES)},
        {
            "name": "People",
            "kind": "person",
            "country": draw(st.sampled_from(["US", "US", "JP"])),
            "other_nationality": draw(st.sampled_from(["none", "none", "US", "CN"])),
        },
    )


def power_plants() -> st.SearchStrategy[dict[str, Any]]:
    """Draw a plant whose credit counts."""
    return st.fixed_dictionaries(
        {
            "technology": st.sampled_from(
                [
                    "wind",
                    "storage",
                    "nuclear_new",
                    "nuclear_existing",
                    "fuel_cell",
                    "gas_with_capture",
                    "gas",
                    "manufacturing",
                ]
            ),
            "claimant": st.just("Investor"),
            "begins_on": DAYS,
            "in_service_on": LATER,
            "continuous": YES,
            "clean_cost": st.sampled_from([0.3, 0.4, 0.45, 0.54, 0.55, 0.6, 1.0]),
            "listed_entities": st.sampled_from([(), ("Holding",)]),
            "officer_by_specified": YES,
            "debt_of_specified": st.sampled_from([0.0, 0.149, 0.15]),
            "effective_control": YES,
            "pays_specified_later": YES,
            "sold_to": st.sampled_from(["nobody", "Holding", "People"]),
        }
    )


def chip_plants() -> st.SearchStrategy[dict[str, Any]]:
    """Draw a chip plant with an expansion abroad."""
    expansion = st.fixed_dictionaries(
        {
            "country": st.sampled_from(["CN", "MY"]),
            "agreed_on": LATER,
            "increase": st.sampled_from([0.0, 0.05, 0.06, 0.1]),
            "legacy": YES,
            "existing_facility": YES,
            "home_market": st.sampled_from([0.8, 0.85]),
        }
    )
    return st.fixed_dictionaries(
        {
            "claimant": st.just("Investor"),
            "makes_semiconductors": YES,
            "begins_on": DAYS,
            "in_service_on": LATER,
            "award": st.just(True),
            "award_on": st.just(date(2025, 1, 1)),
            "expands_abroad": st.just(True),
            "expansion": expansion,
            "joint_research": YES,
        }
    )


def chips_abroad() -> st.SearchStrategy[dict[str, Any]]:
    """Draw chips for a campus abroad."""
    return st.fixed_dictionaries(
        {
            "destination": COUNTRIES,
            "operator_parent": COUNTRIES,
            "performance": st.sampled_from([1599.0, 1600.0, 2400.0, 4800.0, 20999.0, 21000.0]),
            "performance_density": st.sampled_from([1.59, 1.6, 3.2, 5.91, 5.92]),
            "memory_bandwidth_gb_per_s": st.sampled_from([4800.0, 6500.0]),
            "for_data_centers": YES,
            "validated_end_user": YES,
            "from_united_states": YES,
            "safeguards": YES,
        }
    )


def campuses() -> st.SearchStrategy[dict[str, Any]]:
    """Draw a campus with on-site power and federal decisions."""
    units = st.fixed_dictionaries(
        {
            "capacity_mw": st.sampled_from([1.0, 100.0, 500.0]),
            "heat_rate_mmbtu_per_mwh": st.just(9.5),
            "nox_lb_per_mmbtu": st.sampled_from([0.0075, 0.033]),
            "hours_per_year": st.sampled_from([500.0, 8000.0]),
            "hours_limited": YES,
            "steam_boiler": YES,
            "attainment": st.sampled_from(["attainment", "serious", "extreme"]),
            "turbines": YES,
            "unit_heat_input_mmbtu_per_h": st.sampled_from([9.0, 300.0, 900.0]),
            "construction_on": st.sampled_from([date(2024, 12, 13), date(2026, 1, 1)]),
            "months_on_site": st.sampled_from([12.0, 36.0]),
        }
    )
    federal = st.fixed_dictionaries(
        dict.fromkeys(("land", "loan", "permit", "excluded", "significant"), YES)
    )
    return st.fixed_dictionaries(
        {
            "state": st.sampled_from(["TX", "VA", "OH", "IA", "MN", "CA", "OR", "IL"]),
            "load_mw": st.sampled_from([20.0, 74.9, 75.0, 500.0]),
            "utility": st.sampled_from(["Oncor", "AEP Ohio", "Dominion Energy Virginia"]),
            "connected_on": st.sampled_from([date(2025, 12, 31), date(2026, 1, 1)]),
            "curtailable": YES,
            "investment_usd_m": st.sampled_from([100.0, 250.0, 500.0]),
            "jobs": st.sampled_from([0, 20, 50]),
            "land_owner": st.just("Investor"),
            "land_use": st.sampled_from(["agricultural", "other"]),
            "near_sensitive_site": YES,
            "new_nuclear": YES,
            "emitting_supply": YES,
            "onsite_power": units,
            "federal": federal,
        }
    )


def supplies() -> st.SearchStrategy[dict[str, Any]]:
    """Draw supplies of chips and equipment; the holding makes some of them."""
    item = st.fixed_dictionaries(
        {
            "component": st.sampled_from(["accelerator", "transformer", "inverter"]),
            "kind": st.sampled_from(
                ["chips", "servers", "power_equipment", "inverters_or_controls", "batteries"]
            ),
            "made_in": COUNTRIES,
            "parent_country": COUNTRIES,
            "maker": st.sampled_from(["Holding", "Investor"]),
            "connected": st.just(True),
            "maker_access": YES,
            "critical_grid_equipment": YES,
            "federal_use": YES,
            "named_chips": YES,
            "delivered_on": st.sampled_from([date(2027, 12, 22), date(2027, 12, 23)]),
            "state": st.sampled_from(["TX", "OK"]),
        }
    )
    no_grid = item.map(
        lambda one: one | ({"critical_grid_equipment": False} if one["kind"] in CHIPS else {})
    )
    unconnected = st.tuples(no_grid, YES).map(
        lambda pair: pair[0] if pair[1] else pair[0] | {"connected": False, "maker_access": False}
    )
    return st.fixed_dictionaries({"items": st.lists(unconnected, max_size=3).map(tuple)})


def deals_with_parts() -> st.SearchStrategy[dict[str, Any]]:
    """Draw the content of a deal with every part."""
    return st.fixed_dictionaries(
        {
            "name": st.just("Drawn"),
            "investor": st.just("Investor"),
            "entities": parties(),
            "power_plant": power_plants(),
            "chip_plant": chip_plants(),
            "chips_abroad": chips_abroad(),
            "campus": campuses(),
            "supplies": supplies(),
        }
    )
