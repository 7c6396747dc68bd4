"""Families of assets: one order and one colour each, in every chart."""

from __future__ import annotations

from typing import Final

import pandas as pd

POWER_GROUPS: Final = (
    "Nuclear",
    "Coal",
    "Gas",
    "On-site gas",
    "Oil",
    "Bio & geo",
    "Hydro",
    "Wind",
    "Solar",
    "Storage",
)
"""Families that make or store power, from the bottom of a stack to its top."""

GROUPS: Final = (*POWER_GROUPS, "Campus", "Transmission")

_STORAGE_FLOWS: Final = (" discharge", " charge")


def groups_of(assets: pd.DataFrame) -> dict[str, str]:
    """Return the family of each asset, from the plan table ``assets``.

    Examples
    --------
    >>> groups_of(pd.DataFrame({"asset": ["gas_cc"], "group": ["Gas"]}))
    {'gas_cc': 'Gas'}
    """
    return dict(zip(assets["asset"].astype(str), assets["group"].astype(str), strict=True))


def labels_of(assets: pd.DataFrame) -> dict[str, str]:
    """Return the label of each asset, from the plan table ``assets``."""
    return dict(zip(assets["asset"].astype(str), assets["label"].astype(str), strict=True))


def asset_of_item(item: str) -> str:
    """Return the asset of an item of the energy balance.

    Examples
    --------
    >>> asset_of_item("battery_4h discharge"), asset_of_item("base load")
    ('battery_4h', 'base load')
    """
    for suffix in _STORAGE_FLOWS:
        if item.endswith(suffix):
            return item.removesuffix(suffix)
    return item
