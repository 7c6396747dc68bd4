"""Why no plan exists: the limits in conflict, and the smallest change that mends them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import xarray as xr

from gigaplan.expansion.elastic import ElasticEngine
from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.limits import (
    ELASTIC,
    NAMED,
    Labels,
    Limit,
    component_of,
    limit_of,
    unit_of,
)
from gigaplan.terms.arrays import size_of
from gigaplan.terms.errors import Fault
from gigaplan.terms.progress import Progress

IN_CONFLICT = 1e-6
"""Share of the total change that a limit must be able to save to be in the conflict."""
MOST_ALTERNATIVES = 5
NOTICEABLE = 1e-7
WHOLE = 1e-6
"""Share of the last digit that is noise: 4.9999999999 GW of room is room for 5 GW."""
SMALLEST = 1e-6


@dataclass(frozen=True)
class Change:
    """A loosening of one limit.

    Parameters
    ----------
    limit
        Which kind of limit.
    labels
        Which row.
    unit
        Unit of its number.
    now, needed
        Its number now, and the nearest one that makes the plan feasible.
    factor
        What its setting is now, where that is a factor on the number of the data.
    """

    limit: Limit
    labels: Labels
    unit: str
    now: float
    needed: float
    factor: float = 1.0

    @property
    def needed_setting(self) -> float:
        """The needed number in the unit of its setting, rounded to four digits on the safe side."""
        value = self.needed * self.limit.setting_factor
        if self.limit.scaled and self.now > 0:
            value = self.factor * self.needed / self.now
        return _rounded(value, down=self.limit.lower_to_mend)

    def fault(self) -> Fault:
        """Return the change in words."""
        unit = self.limit.setting_unit or self.unit
        now = _figure(self.now * self.limit.setting_factor)
        verb = "Lower" if self.limit.lower_to_mend else "Raise"
        mend = f"{verb} it to {_figure(self.needed_setting)} {unit}."
        if self.limit.scaled and self.now > 0:
            needed = _figure(self.needed)
            mend = f"{verb} it to {needed} {unit}: a factor of {self.needed_setting:.4g}."
        return Fault(
            f"The {self.limit.words(self.labels)} is {now} {unit}.",
            self.limit.setting(self.labels),
            mend,
        )


def find_conflict(
    formulation: Formulation, settings: SolverSettings, progress: Progress
) -> tuple[list[Change], list[list[Change]], list[str]]:
    """Find the smallest change that makes a system feasible, and the limits in conflict.

    Parameters
    ----------
    formulation
        A model without any feasible plan; it is left as it is.
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
    present = [name for name in ELASTIC if name in formulation.families]
    smallest, prices = _elastic(formulation, settings, present)
    conflict = [name for name in prices if bool((np.abs(prices[name]) > IN_CONFLICT).any())]
    alternatives = []
    for name in [name for name in conflict if name in present][:MOST_ALTERNATIVES]:
        if {change.limit.name for change in smallest} == {name}:
            continue
        kind = limit_of(name)
        progress.detail(f"trying to mend it by the {kind.kind if kind else name} alone")
        changes, _ = _elastic(formulation, settings, [name])
        if changes:
            alternatives.append(changes)
    return smallest, alternatives, conflict


def explain_conflict(
    formulation: Formulation, settings: SolverSettings, progress: Progress
) -> list[Fault]:
    """Return the conflict as faults: the smallest change first, then other ways out."""
    smallest, alternatives, conflict = find_conflict(formulation, settings, progress)
    named = [limit for name in conflict if (limit := limit_of(name)) is not None]
    faults = [
        Fault(
            "In conflict: " + "; ".join(dict.fromkeys(limit.kind for limit in named)) + ".",
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
    formulation: Formulation, settings: SolverSettings, names: list[str]
) -> tuple[list[Change], dict[str, xr.DataArray]]:
    """Return the smallest relative change of the limits ``names``, and their prices."""
    shared = {name: limit.sum_over if (limit := limit_of(name)) else () for name in names}
    engine = ElasticEngine(formulation, shared)
    before = {name: engine.right_hand_side(name) for name in names}
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
                unit = unit_of(limit, labels, engine.formulation.system.options)
                factor = 1.0
                if limit.scaled:
                    scales = engine.formulation.system.options.supply_scale
                    factor = scales.get(component_of(labels), 1.0)
                changes.append(Change(limit, labels, unit, size, size + sign * value, factor))
    changes.sort(key=lambda change: -abs(change.needed - change.now) / max(abs(change.now), 1e-9))
    before |= {name: engine.right_hand_side(name) for name in NAMED if name in formulation.families}
    sizes = {name: size_of(held).where(held != 0, 1.0) for name, held in before.items()}
    prices = {name: (solution.duals[name] * sizes[name]).fillna(0.0) for name in sizes}
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


def _rounded(value: float, *, down: bool) -> float:
    """Return a value with four significant digits, never beyond the safe side.

    >>> _rounded(32.4567, down=True), _rounded(38393.6, down=False), _rounded(0.0, down=True)
    (32.45, 38400.0, 0.0)
    """
    if abs(value) < SMALLEST:
        return 0.0 if down else SMALLEST
    step = 10.0 ** (math.floor(math.log10(abs(value))) - 3)
    steps = value / step
    whole = math.floor(steps + WHOLE) if down else math.ceil(steps - WHOLE)
    return float(f"{whole * step:.6g}")


def _figure(value: float) -> str:
    rounded = value + 0.0
    return f"{rounded:,.4g}" if abs(rounded) < 1e4 else f"{rounded:,.0f}"
