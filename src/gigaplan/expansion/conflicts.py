"""Why no plan exists: the limits in conflict, and the smallest change that mends them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from gigaplan.expansion.elastic import ElasticEngine
from gigaplan.expansion.engine import Solution, SolverSettings
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.limits import (
    ELASTIC,
    NAMED,
    Labels,
    Limit,
    component_of,
    limit_of,
    spoken,
    unit_of,
)
from gigaplan.system import Options, System
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
QUEUE_SWITCH = "limits.interconnection.enabled"
QUEUE_TABLE = "queue_throughput"


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
    whole
        What a setting of one gives, where the setting is a factor or a share; zero: not known.
    setting_least
        Least number that its setting may have, where that is a share of several things.
    case
        Published case that the compute target is; empty where it is not one.
    others
        How many smaller changes the same setting stands for.
    """

    limit: Limit
    labels: Labels
    unit: str
    now: float
    needed: float
    whole: float = 0.0
    setting_least: float = 0.0
    case: str = ""
    others: int = 0

    @property
    def needed_setting(self) -> float:
        """The needed number in the unit of its setting, rounded to four digits on the safe side."""
        value = self.needed * self.limit.setting_factor
        if self.is_relative and self.whole > 0:
            value = max(self.needed / self.whole, self.setting_least)
        return _rounded(value, down=self.limit.lower_to_mend)

    @property
    def is_relative(self) -> bool:
        """Whether its setting is a factor or a share, not the number itself."""
        return self.limit.way in ("factor", "share")

    def fault(self) -> Fault:
        """Return the change in words."""
        unit = self.limit.setting_unit or self.unit
        now = _figure(self.now * self.limit.setting_factor)
        what = f"The {self.limit.words(self.labels)} is {now} {unit}."
        where = self.limit.setting(self.labels)
        verb = "Lower" if self.limit.lower_to_mend else "Raise"
        if not self.is_relative and self.limit.way == "number":
            mend = f"{verb} it to {_figure(self.needed_setting)} {unit}."
            if self.case:
                where = "compute.target"
                mend = f"{mend[:-1]}, with numbers of your own in place of the case {self.case}."
            return Fault(what, where, mend)
        needed = f"{_figure(_rounded(self.needed, down=self.limit.lower_to_mend))} {unit}"
        if self.limit.way == "switch":
            mend = f"{needed} would do: switch the queue off, or add to the table {QUEUE_TABLE}."
            return Fault(what, where, mend)
        if self.whole <= 0:
            more = f" (and {self.others} more of its kind)" if self.others else ""
            return Fault(what, where, f"It is 0; raise it until this is {needed}.{more}")
        if self.limit.name == "interconnection" and self.needed_setting > 1:
            return Fault(
                what,
                QUEUE_SWITCH,
                f"{needed} would do, which is more than is in the queue: switch the queue off, or "
                f"add to the table {QUEUE_TABLE}.",
            )
        return Fault(
            what,
            where,
            f"{verb} it to {needed}: a {self.limit.way} of {self.needed_setting:.4g}.",
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
    faults += [change.fault() for change in one_for_each_setting(smallest)]
    for changes in alternatives:
        first, *rest = [change.fault() for change in one_for_each_setting(changes)]
        more = f" (and {len(rest)} more of its kind)" if rest else ""
        faults.append(Fault(f"Or: {first.what}", first.where, first.mend + more))
    return [*faults, *_switched_off(formulation.system.options)]


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
        if name == "programme_power_firm":
            now = _firm_power_due(formulation.system, solution)
        for labels, value in _cells(widest):
            size = float(now.sel(labels)) if labels else float(now)
            if value > NOTICEABLE * max(1.0, abs(size)):
                changes.append(_change(formulation.system, limit, labels, size, value))
    changes.sort(key=lambda change: -_size(change))
    before |= {name: engine.right_hand_side(name) for name in NAMED if name in formulation.families}
    sizes = {name: size_of(held).where(held != 0, 1.0) for name, held in before.items()}
    prices = {name: (solution.duals[name] * sizes[name]).fillna(0.0) for name in sizes}
    return changes, prices


def _change(system: System, limit: Limit, labels: Labels, size: float, slack: float) -> Change:
    """Return the change of one limit whose row is broken by ``slack``."""
    options = system.options
    needed = size - slack if limit.lower_to_mend else size + slack
    change = Change(limit, labels, unit_of(limit, labels, options), size, needed)
    if limit.name == "compute_need":
        counted = options.counted_compute.get(str(labels["year"]), 0.0)
        return replace(
            change, now=size + counted, needed=needed + counted, case=options.target_case
        )
    if limit.name == "unserved_load":
        load = (system["load"] * system["block_weight"]).sum(["zone", "block"])
        return replace(change, whole=float(load.sel(year=labels["year"])))
    if limit.name == "interconnection":
        completion = options.queue_completion
        share = completion.get(str(labels["queue"]), 0.0)
        least = max(completion.values(), default=0.0)
        return replace(change, whole=_whole(size, share), setting_least=least)
    if limit.name == "programme_power_firm":
        return replace(change, whole=_whole(size, float(system["own_capacity"])))
    if limit.way == "factor":
        factor = options.supply_scale.get(component_of(labels), 1.0)
        beyond = _given_beyond(options, labels)
        return replace(change, needed=needed + beyond, whole=_whole(size, factor))
    return change


def _whole(size: float, setting: float) -> float:
    """Return what a setting of one gives, of which ``setting`` gives ``size``; zero: not known."""
    return size / setting if setting > 0 else 0.0


def _given_beyond(options: Options, labels: Labels) -> float:
    """Return what given campuses would take first of a larger supply."""
    key = " ".join(str(labels[dim]) for dim in ("zone", "calendar_year") if dim in labels)
    return options.given_beyond_supply.get(f"{component_of(labels)} {key}", 0.0)


def _firm_power_due(system: System, solution: Solution) -> xr.DataArray:
    """Return the firm power that the programme must bring at a solution (region, year) [GW]."""
    capacity = solution.values["online_accelerator"].sum("accelerator")
    firm = capacity * system["firm_it_share"] * float(system["own_capacity"])
    return (firm * system["region_of_zone"]).sum("zone")


def one_for_each_setting(changes: list[Change]) -> list[Change]:
    """Keep the largest change of each factor or share: one setting holds for many rows."""
    groups: dict[object, list[Change]] = {}
    for change in changes:
        setting = change.limit.setting(change.labels) if change.is_relative else id(change)
        groups.setdefault((setting, change.whole > 0), []).append(change)
    return [replace(max(group, key=_size), others=len(group) - 1) for group in groups.values()]


def _size(change: Change) -> float:
    """Return how large a change is, as a share of what is there."""
    return abs(change.needed - change.now) / max(abs(change.now), 1e-9)


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
