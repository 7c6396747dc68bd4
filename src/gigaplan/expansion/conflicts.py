"""Why no plan exists: the limits in conflict, and the smallest change that mends them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, SolverSettings
from gigaplan.expansion.limits import ELASTIC, Labels, Limit, limit_of
from gigaplan.system import System
from gigaplan.terms.arrays import size_of
from gigaplan.terms.errors import Fault
from gigaplan.terms.progress import Progress

IN_CONFLICT = 1e-6
"""Share of the total change that a limit must be able to save to be in the conflict."""
MOST_ALTERNATIVES = 5
NOTICEABLE = 1e-7


@dataclass(frozen=True)
class Change:
    """A loosening of one limit.

    Parameters
    ----------
    limit
        Which kind of limit.
    labels
        Which row.
    now, needed
        Its number now, and the nearest one that makes the plan feasible.
    """

    limit: Limit
    labels: Labels
    now: float
    needed: float

    def fault(self) -> Fault:
        """Return the change in words."""
        what = f"The {self.limit.words(self.labels)} is {_figure(self.now)} {self.limit.unit}."
        verb = "Lower" if self.limit.lower_to_mend else "Raise"
        where = self.limit.setting(self.labels)
        return Fault(what, where, f"{verb} it to {_figure(self.needed)} {self.limit.unit}.")


def find_conflict(
    system: System, settings: SolverSettings, progress: Progress
) -> tuple[list[Change], list[list[Change]], list[str]]:
    """Find the smallest change that makes a system feasible, and the limits in conflict.

    Parameters
    ----------
    system
        A system without any feasible plan.
    settings
        How to solve.
    progress
        Listener.

    Returns
    -------
    smallest : list of Change
        The smallest total relative change of all limits together.
    alternatives : list of list of Change
        Changes of one kind of limit alone that mend the plan too.
    conflict : list of str
        Names of the constraints that take part in the conflict.
    """
    progress.detail("no plan keeps every limit; looking for the limits in conflict")
    present = [name for name in ELASTIC if name in build_formulation(system).families]
    smallest, prices = _elastic(system, settings, present)
    conflict = [name for name in present if bool((np.abs(prices[name]) > IN_CONFLICT).any())]
    alternatives = []
    for name in conflict[:MOST_ALTERNATIVES]:
        if {change.limit.name for change in smallest} == {name}:
            continue
        progress.detail(f"trying to mend it by {name} alone")
        changes, _ = _elastic(system, settings, [name])
        if changes:
            alternatives.append(changes)
    return smallest, alternatives, conflict


def explain_conflict(system: System, settings: SolverSettings, progress: Progress) -> list[Fault]:
    """Return the conflict as faults: the smallest change first, then other ways out."""
    smallest, alternatives, conflict = find_conflict(system, settings, progress)
    named = [limit for name in conflict if (limit := limit_of(name)) is not None]
    faults = [
        Fault(
            "In conflict: " + "; ".join(_kind(limit) for limit in named) + ".",
            mend="The smallest change that mends it follows, then other ways out.",
        )
    ]
    faults += [change.fault() for change in smallest]
    for changes in alternatives:
        first, *rest = [change.fault() for change in changes]
        more = f" (and {len(rest)} more of its kind)" if rest else ""
        faults.append(Fault(f"Or: {first.what}", first.where, first.mend + more))
    return faults


def _elastic(
    system: System, settings: SolverSettings, names: list[str]
) -> tuple[list[Change], dict[str, xr.DataArray]]:
    """Return the smallest relative change of the limits ``names``, and their prices."""
    engine = Engine(build_formulation(system))
    before = {name: engine.right_hand_side(name) for name in names}
    engine.loosen(names)
    solution = engine.solve(settings)
    if solution.status != "optimal":
        return [], {name: xr.zeros_like(before[name]) for name in names}
    changes = []
    for name in names:
        limit = limit_of(name)
        if limit is None:
            continue
        slack = engine.slacks(solution, name)
        over = [dim for dim in limit.sum_over if dim in slack.dims]
        widest, now = slack.max(over), before[name].max(over)
        for labels, value in _cells(widest):
            size = float(now.sel(labels)) if labels else float(now)
            if value > NOTICEABLE * max(1.0, abs(size)):
                sign = -1.0 if limit.lower_to_mend else 1.0
                changes.append(Change(limit, labels, size, size + sign * value))
    changes.sort(key=lambda change: -abs(change.needed - change.now) / max(abs(change.now), 1e-9))
    sizes = {name: size_of(before[name]).where(before[name] != 0, 1.0) for name in names}
    prices = {name: (solution.duals[name] * sizes[name]).fillna(0.0) for name in names}
    return changes, prices


def _cells(array: xr.DataArray) -> list[tuple[dict[str, object], float]]:
    """Return the labels and value of each cell above zero."""
    found = []
    for index in np.argwhere(array.values > 0) if array.ndim else ([()] if array > 0 else []):
        labels = {
            str(dim): array[dim].values[position].item()
            if hasattr(array[dim].values[position], "item")
            else array[dim].values[position]
            for dim, position in zip(array.dims, index, strict=True)
        }
        found.append((labels, float(array.values[tuple(index)])))
    return found


def _kind(limit: Limit) -> str:
    return limit.name.replace("_", " ")


def _figure(value: float) -> str:
    rounded = value + 0.0
    return f"{rounded:,.4g}" if abs(rounded) < 1e4 else f"{rounded:,.0f}"
