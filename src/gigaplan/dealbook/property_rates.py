"""Rates of property tax: servers have their own, everything else that of industry."""

from __future__ import annotations

from gigaplan.dealbook.terms import CLASSES
from gigaplan.inputs.dataset import Dataset

EQUIPMENT = "accelerator"


def property_tax_fracs(dataset: Dataset) -> dict[str, dict[str, float]]:
    """Return the yearly rate on assessed value by class of spending and zone [frac/yr].

    Parameters
    ----------
    dataset
        A data package: ``local_taxes`` has the rates on servers, ``zone_taxes`` all others.
    """
    industry = _by_zone(dataset, "zone_taxes", "industrial_property_tax_frac")
    equipment = _by_zone(dataset, "local_taxes", "equipment_property_tax_frac")
    return {name: equipment if name == EQUIPMENT else industry for name in CLASSES}


def _by_zone(dataset: Dataset, table: str, column: str) -> dict[str, float]:
    rows = dataset.table(table)
    return dict(zip(rows["zone"].astype(str), rows[column].astype(float), strict=True))
