"""Drawn deals: every fact told, then some of them taken away."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

SHARES = st.sampled_from([0.0, 0.05, 0.1, 0.11, 0.24, 0.25, 0.3, 0.48, 0.49, 0.5, 0.51, 0.8, 1.0])
COUNTRIES = st.sampled_from(["US", "JP", "CA", "AU", "AE", "CN"])
YES_OR_NO = st.booleans()
MATTERS = ("officers", "major_spending", "charter")
FUNCTIONS = ("bulk_power", "internet_exchange")
LAND_RIGHTS = ("access", "exclude", "develop", "attach")


def _some(choices: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(choices), unique=True).map(tuple)


def _flags(*names: str) -> dict[str, st.SearchStrategy[bool]]:
    return dict.fromkeys(names, YES_OR_NO)


@st.composite
def parties(draw: st.DrawFn) -> tuple[dict[str, Any], ...]:
    """Draw an investor, a holding above it, a government and people above that."""
    share, above = draw(SHARES), draw(SHARES)
    holding_country, state_country = draw(COUNTRIES), draw(COUNTRIES)
    investor_country = draw(COUNTRIES)

    def held(owner: str, part: float) -> dict[str, Any]:
        return {"owner": owner, "votes": part, "economic": part, "controls": part > 0.5}

    def company(name: str, country: str, *owners: dict[str, Any]) -> dict[str, Any]:
        return {
            "name": name,
            "kind": "company",
            "country": country,
            "principal_place": country,
            "traded_in": "nowhere",
            "owners": owners,
            "board": {"members": 10, "members_us_or_excepted": draw(st.integers(7, 8))},
            "violations": False,
            "foci_mitigated": False,
        }

    return (
        company("Investor", investor_country, held("Holding", share), held("People", 1.0 - share)),
        company("Holding", holding_country, held("State", above), held("People", 1.0 - above)),
        {"name": "State", "kind": "government", "country": state_country},
        {
            "name": "People",
            "kind": "person",
            "country": draw(COUNTRIES),
            "other_nationality": draw(st.sampled_from(["none", "CA", "CN"])),
        },
    )


def sites() -> st.SearchStrategy[dict[str, Any]]:
    """Draw land, near listed sites or not."""
    near = st.fixed_dictionaries(
        {
            "name": st.sampled_from(["Fort Meade", "Redstone Arsenal"]),
            "distance_miles": st.sampled_from([0.5, 1.0, 1.5, 99.0, 100.0, 101.0]),
        }
    )
    return st.fixed_dictionaries(
        {
            "interest": st.sampled_from(["purchase", "lease", "none"]),
            "rights": _some(LAND_RIGHTS),
            "near": st.lists(near, max_size=2).map(tuple),
            **_flags(
                "at_covered_port",
                "in_missile_field_area",
                "in_offshore_range",
                "urban",
                "single_housing_unit",
                "port_retail_or_carrier",
            ),
        }
    )


def deals() -> st.SearchStrategy[dict[str, Any]]:
    """Draw the content of a deal in which every fact is told."""
    return st.fixed_dictionaries(
        {
            "name": st.just("Drawn"),
            "investor": st.just("Investor"),
            "instrument": st.sampled_from(
                ["shares", "assets", "loan", "convertible", "joint_venture"]
            ),
            "entities": parties(),
            "stake": st.fixed_dictionaries(
                {
                    "votes_before": st.sampled_from([0.0, 0.0, 0.4, 0.6]),
                    "votes_after": SHARES,
                    "value_usd_m": st.sampled_from([0.4, 100.0, 900.0]),
                    "passive": YES_OR_NO,
                }
            ),
            "rights": st.fixed_dictionaries(
                {
                    "board_seats": st.integers(0, 7),
                    "board_size": st.just(7),
                    "decides": _some(MATTERS),
                    **_flags(
                        "board_observer",
                        "technical_information",
                        "substantive_decisions",
                        "dominant_minority",
                        "acts_in_concert",
                    ),
                }
            ),
            "fund": st.none()
            | st.fixed_dictionaries(
                _flags(
                    "managed_by_partner_alone",
                    "partner_is_foreign",
                    "committee_controls",
                    "investor_controls",
                    "investor_dismisses_partner",
                )
            ),
            "loan": st.fixed_dictionaries(
                _flags("equity_like_rights", "default_near", "us_syndicate_decides")
            ),
            "conversion": st.fixed_dictionaries(
                _flags("imminent", "in_holders_hand", "rights_determinable")
            ),
            "history": st.fixed_dictionaries(
                _flags("control_cleared", "other_foreign_party", "investment_cleared", "new_rights")
            ),
            "business": st.fixed_dictionaries(
                {
                    "infrastructure": _some(FUNCTIONS),
                    "data": st.fixed_dictionaries(
                        {
                            "categories": _some(("health", "financial")),
                            "people": st.sampled_from([0, 1_000_000, 1_000_001]),
                            **_flags("targets_agencies", "aims_at_more", "genetic"),
                        }
                    ),
                    **_flags(
                        "exists",
                        "in_us_commerce",
                        "critical_technology",
                        "export_authorisation",
                        "licence_exception",
                    ),
                }
            ),
            "site": sites(),
            "scope": st.just(()),
        }
    )


# What a deal file cannot leave out, and the fund, whose absence is a fact itself.
KEPT = {"component", "name", "investor", "entities", "kind", "owner", "distance_miles", "members"}
KEPT |= {"members_us_or_excepted", "fund"}


def gaps() -> st.SearchStrategy[Random]:
    """Draw what decides which facts are left out."""
    return st.integers(0, 10**6).map(Random)


def with_gaps(content: Any, random: Random, part: float | None = None) -> Any:
    """Return a deal of which some facts are left out: few of them, or many."""
    part = random.choice([0.05, 0.1, 0.2, 0.4]) if part is None else part
    if isinstance(content, dict):
        return {
            key: with_gaps(value, random, part)
            for key, value in sorted(content.items())
            if key in KEPT or random.random() > part
        }
    if isinstance(content, tuple) and content and isinstance(content[0], dict):
        return tuple(with_gaps(item, random, part) for item in content)
    return content
