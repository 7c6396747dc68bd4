"""Which section each technology earns its credit under."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.facts.power_plant import Technology

WIND_SOLAR: Final[frozenset[Technology]] = frozenset({"wind", "solar"})
CLEAN: Final[frozenset[Technology]] = frozenset(
    {"wind", "solar", "storage", "nuclear_new", "geothermal", "hydro", "fuel_cell"}
)
"""Under 48E, and all but storage and fuel cells on the choice of the owner under 45Y."""
NO_PRODUCTION: Final[frozenset[Technology]] = frozenset({"storage", "fuel_cell"})
SECTIONS: Final[dict[Technology, str]] = {
    "nuclear_existing": "IRC 45U",
    "gas_with_capture": "IRC 45Q",
    "manufacturing": "IRC 48C",
    "gas": "IRC 45Y(b)(2), 48E(b)(3)(A)(iii)",
}
"""Section of what is not under 45Y and 48E."""


def label(technology: Technology) -> str:
    """Return a technology in words."""
    return technology.replace("_", " ")
