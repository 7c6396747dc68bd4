"""Why no plan exists: the limits in conflict, and the smallest change that mends them."""

from __future__ import annotations

import numpy as np
import xarray as xr

from gigaplan.expansion.changes import Change, change_of, one_for_each_setting, relative_size
from gigaplan.expansion.elastic import ElasticEngine
from gigaplan.expansion.engine import Solution, SolverSettings
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.limit import spoken
from gigaplan.expansion.limits import ELASTIC, NAMED, limit_of
from gigaplan.expansion.surroundings import (
    FLOORS,
    clean_energy_due,
    clean_energy_size,
)
from gigaplan.inputs.wording import few
from gigaplan.system import Options, System
from gigaplan.terms.arrays import size_of
from gigaplan.terms.errors import Fault
from gigaplan.terms.progress import Progress

IN_CONFLICT = 1e-6
"""Share of the total change that a limit must be able to save to be in the conflict."""
MOST_ALTERNATIVES = 5
NOTICEABLE = 1e-7


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
    present = [name for name in ELASTIC if name in formulation.constraints]
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
    faults += [change.fault() for change in one_for_each_setting(smallest)]
    for changes in alternatives:
        first, *rest = [change.fault() for change in one_for_each_setting(changes)]
        more = f" (and {len(rest)} more of its kind)" if rest else ""
        faults.append(Fault(f"Or: {first.what}", first.where, first.mend + more))
    options = formulation.system.options
    return [*faults, *_switched_off(options), *_barred(options)]


def _switched_off(options: Options) -> list[Fault]:
    """Name the components of which there is nothing by the scenario: they can be no row."""
    return [
        Fault(
            f"Nothing of {spoken(name)} can be had: the factor is 0.",
            f"limits.supply.scale.{name}",
            "Raise it if that is not what you mean.",
        )
        for name, factor in options.supply_scale.items()
        if factor == 0
    ]


def _barred(options: Options) -> list[Fault]:
    """Name the components of which every source is barred, by a rule or by the scenario."""
    bars: dict[str, dict[str, str]] = {}
    for key, by in options.barred_by.items():
        bars.setdefault(key.rpartition(" in ")[0], {})[by] = ""
    sources: dict[str, list[str]] = {}
    for label, (component, _, _) in options.source_parts.items():
        sources.setdefault(component, []).append(label)
    return [
        Fault(
            f"Every source of {spoken(component)} is barred: {few([spoken(one) for one in all_])}.",
            "; ".join(dict.fromkeys(by for one in all_ for by in bars[one])),
            "Let one of them in, or build what needs none of it.",
        )
        for component, all_ in sources.items()
        if all(one in bars for one in all_)
    ]


def _elastic(
    formulation: Formulation, settings: SolverSettings, names: list[str]
) -> tuple[list[Change], dict[str, xr.DataArray]]:
    """Return the smallest relative change of the limits ``names``, and their prices."""
    shared = {name: limit.sum_over if (limit := limit_of(name)) else () for name in names}
    asked = [name for name in names if name in FLOORS]
    usual = {name: clean_energy_size(formulation.system, name) for name in asked}
    engine = ElasticEngine(formulation, shared, usual)
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
        if name == "programme_power_firm":
            now = _firm_power_due(formulation.system, solution)
        if name in FLOORS:
            now = clean_energy_due(formulation.system, solution, name)
        for labels, value in _cells(widest):
            size = float(now.sel(labels)) if labels else float(now)
            if value > NOTICEABLE * max(1.0, abs(size)):
                changes.append(change_of(formulation.system, limit, labels, size, value))
    changes.sort(key=lambda change: -relative_size(change))
    before |= {
        name: engine.right_hand_side(name) for name in NAMED if name in formulation.constraints
    }
    sizes = {name: size_of(held).where(held != 0, 1.0) for name, held in before.items()}
    prices = {name: (solution.duals[name] * sizes[name]).fillna(0.0) for name in sizes}
    return changes, prices


def _firm_power_due(system: System, solution: Solution) -> xr.DataArray:
    """Return the firm power that the programme must bring at a solution (region, year) [GW]."""
    capacity = solution.values["online_accelerator"].sum("accelerator")
    firm = capacity * system["firm_it_share"] * float(system["own_capacity"])
    return (firm * system["region_of_zone"]).sum("zone")


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
