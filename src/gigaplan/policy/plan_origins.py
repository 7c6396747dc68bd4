"""Supplies of a plan: what the projects of a class take, and from which countries it came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from gigaplan.plan.tables import Plan
from gigaplan.policy.facts.supplies import Supplies, Supply

NOTHING: Final = 1e-4
"""Units below this are solver noise."""
SHARED: Final = ""
"""Zone of a component that the country shares."""
CAMPUS: Final = "campus"
WITH_LABELS: Final = ("accelerator", "generator", "storage")
"""Classes of assets whose bills have a label for each asset."""


def supplies_of(plan: Plan, projects: pd.DataFrame) -> Supplies:
    """Return the supplies that a plan knows of some projects.

    A plan knows which components its assets take and from which countries all builds took them;
    not who makes them, whether they are connected, or who uses them. Components of new factories
    are left out. Where a plan has no supply, its supplies are unknown.

    Parameters
    ----------
    plan
        The plan.
    projects
        Rows of its table ``projects``.
    """
    taken = plan.tables["supply_sources"]
    needed = set(_components(plan, projects))
    chips = set(_taken_by(plan, "accelerator", None))
    zones = sorted(set(projects["zone"]))
    used = taken["component"].isin(needed) & (taken["zone"] == SHARED)
    amounts = taken[used].groupby(["component", "origin"], sort=False)["taken"].sum()
    items = tuple(
        Supply(
            component=str(component),
            kind="chips" if component in chips else "power_equipment",
            made_in=str(origin),
            state=zones[0] if len(zones) == 1 else None,
        )
        for component, origin in amounts[amounts > NOTHING].index
    )
    return Supplies(items=items or None)


def _components(plan: Plan, projects: pd.DataFrame) -> Iterator[str]:
    """Yield the components that the assets of some projects take."""
    assets = set(projects["asset"])
    for asset_class in WITH_LABELS:
        yield from _taken_by(plan, asset_class, assets)
    if CAMPUS in set(projects["class"]):
        yield from _taken_by(plan, CAMPUS, None)


def _taken_by(plan: Plan, asset_class: str, assets: set[str] | None) -> Iterator[str]:
    """Yield the components that assets of a class take; ``None``: any of them."""
    bill = plan.system[f"supply_use_{asset_class}"]
    if assets is not None:
        bill = bill.sel({asset_class: [one for one in bill[asset_class].values if one in assets]})
    some = (bill > 0).any([dim for dim in bill.dims if dim != "component"])
    yield from (str(name) for name in bill["component"].values[some.values])
