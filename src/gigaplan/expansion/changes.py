"""Changes that mend an impossible plan: one loosened limit each, in the words of its setting."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from gigaplan.expansion.limit import Labels, Limit, component_of, in_units, unit_of
from gigaplan.expansion.surroundings import FLOORS
from gigaplan.system import Options, System
from gigaplan.terms.errors import Fault

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
        if self.labels.get("barred_by"):
            needed = f"{_figure(_rounded(self.needed, down=False))} {unit}"
            return Fault(what, where, f"It is barred; {needed} would do if it were not.")
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


def change_of(system: System, limit: Limit, labels: Labels, size: float, slack: float) -> Change:
    """Return the change of one limit whose row is broken by ``slack``."""
    options = system.options
    labels = in_units(limit, labels, options)
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
    if limit.name in FLOORS:
        share = float(system[FLOORS[limit.name]].sel(year=labels["year"]))
        return replace(change, whole=_whole(size, share))
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


def one_for_each_setting(changes: list[Change]) -> list[Change]:
    """Keep the largest change of each factor or share: one setting holds for many rows."""
    groups: dict[object, list[Change]] = {}
    for change in changes:
        setting = change.limit.setting(change.labels) if change.is_relative else id(change)
        groups.setdefault((setting, change.whole > 0), []).append(change)
    return [
        replace(max(group, key=relative_size), others=len(group) - 1) for group in groups.values()
    ]


def relative_size(change: Change) -> float:
    """Return how large a change is, as a share of what is there."""
    return abs(change.needed - change.now) / max(abs(change.now), 1e-9)


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
