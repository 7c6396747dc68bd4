"""Deals to start from: a foreign company and a U.S. business, every fact told and harmless."""

from __future__ import annotations

from typing import Any

from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.facts.scope import PARTS

HARMLESS_RIGHTS = {
    "board_seats": 0,
    "board_size": 7,
    "board_observer": False,
    "technical_information": False,
    "substantive_decisions": False,
    "decides": (),
    "protections": (),
    "dominant_minority": False,
    "acts_in_concert": False,
}
NO_HISTORY = {
    "control_cleared": False,
    "other_foreign_party": False,
    "investment_cleared": False,
    "new_rights": False,
}
PLAIN_BUSINESS = {
    "name": "Corporation B",
    "exists": True,
    "in_us_commerce": True,
    "critical_technology": False,
    "export_authorisation": False,
    "licence_exception": False,
    "infrastructure": (),
    "data": {
        "categories": (),
        "targets_agencies": False,
        "people": 0,
        "aims_at_more": False,
        "genetic": False,
    },
}
NATIONALS = {"name": "Nationals", "kind": "person", "country": "JP", "other_nationality": "none"}
FOREIGN_COMPANY = {
    "name": "Corporation A",
    "kind": "company",
    "country": "JP",
    "principal_place": "JP",
    "traded_in": "nowhere",
    "owners": ({"owner": "Nationals", "votes": 1.0, "economic": 1.0, "controls": True},),
    "violations": False,
    "foci_mitigated": False,
}


def deal(
    *,
    stake: dict[str, Any] | None = None,
    rights: dict[str, Any] | None = None,
    business: dict[str, Any] | None = None,
    history: dict[str, Any] | None = None,
    entities: tuple[dict[str, Any], ...] = (FOREIGN_COMPANY, NATIONALS),
    **rest: Any,
) -> Deal:
    """Return a deal with every fact told, changed where asked.

    Corporation A of Japan, held by Japanese nationals, buys shares of Corporation B.
    """
    told = {
        "name": "A buys into B",
        "instrument": "shares",
        "investor": entities[0]["name"],
        "entities": entities,
        "stake": {"votes_before": 0.0, "votes_after": 0.2, "value_usd_m": 100.0, "passive": False}
        | (stake or {}),
        "rights": HARMLESS_RIGHTS | (rights or {}),
        "business": PLAIN_BUSINESS | (business or {}),
        "history": NO_HISTORY | (history or {}),
        "scope": None if set(rest) & set(PARTS) else (),
    }
    return Deal.model_validate(told | rest)
