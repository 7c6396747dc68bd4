"""The investors of a drawn System: a sponsor, cheap money from abroad, and a bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

if TYPE_CHECKING:
    from tests.expansion.drawn_systems import Labels

LABELS: dict[str, list[object]] = {
    "investor": ["sponsor", "fund abroad", "bank"],
    "capital_class": ["campus", "accelerator", "energy"],
    "territory": ["first", "others"],
    "investor_group": ["foreign", "debt"],
}
NOTHING: dict[str, list[object]] = {dim: [] for dim in LABELS}


def capital_values(rng: np.random.Generator, labels: Labels) -> dict[str, xr.DataArray | float]:
    """Return every parameter of capital; the sponsor has money for everything."""
    coords, array = labels.coords, labels.array
    calendar = np.array(coords["calendar_year"], dtype=float)
    years = np.array(coords["year"], dtype=float)
    zones = len(coords["zone"])

    first = (np.arange(zones) == 0).astype(float)
    yearly = rng.uniform(500.0, 3000.0, (2, 1)) * np.arange(1, calendar.size + 1)
    may = np.ones((3, 3, 2))
    may[1, :, 0] = 0.0  # the fund abroad may not pay in the first zone
    may[2, 1, :] = 0.0  # the bank does not lend on chips
    return {
        "zone_of_territory": array(np.stack([first, 1.0 - first]), "territory", "zone"),
        "funded_class": array([1.0, 1.0, 1.0], "capital_class"),
        "may_fund": array(may, "investor", "capital_class", "territory"),
        "commitment": array(
            np.concatenate([np.full((1, calendar.size), np.inf), yearly]),
            "investor",
            "calendar_year",
        ),
        "ticket_most": array([np.inf, 9000.0, np.inf], "investor"),
        "single_most": array([np.inf, np.inf, 4000.0], "investor"),
        "concentration_most": array([1.0, 0.8, 1.0], "investor"),
        "class_share_most": array([[1.0] * 3, [0.6] * 3, [1.0] * 3], "investor", "capital_class"),
        "group_weight": array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], "investor_group", "investor"),
        "group_cap": array([[0.5], [0.7]], "investor_group", "capital_class"),
        "group_floor": array(0.0, "investor_group", "capital_class"),
        "return_charge": array(
            [[0.01], [-rng.uniform(0.005, 0.02)], [-rng.uniform(0.01, 0.03)]],
            "investor",
            "capital_class",
        ),
        "alive_class": array(years[None, :] >= years[:, None], "capital_class", "vintage", "year"),
    }
