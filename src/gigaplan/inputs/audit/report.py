"""What an audit found: one typed row for each check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gigaplan.inputs.wording import quantity
from gigaplan.terms.errors import Fault

Group = Literal["schema", "coverage", "provenance", "totals", "consistency", "magnitude"]


@dataclass(frozen=True)
class Check:
    """One thing that was checked.

    Parameters
    ----------
    name
        What was checked, in words.
    group
        Kind of check.
    ok
        Whether it holds.
    value
        What the package says; ``None`` where the check is not about one number.
    expected
        What it is compared with; ``None`` where there is no such number.
    tolerance
        Largest difference that passes, as a share of ``expected``.
    unit
        Unit of ``value`` and ``expected``.
    source
        Where ``expected`` comes from.
    detail
        What is wrong and how to mend it, or what was found.
    """

    name: str
    group: Group
    ok: bool
    value: float | None = None
    expected: float | None = None
    tolerance: float | None = None
    unit: str = ""
    source: str = ""
    detail: str = ""

    def fault(self) -> Fault:
        """Say what is wrong, as an error would."""
        return Fault(f"{self.name} does not hold.", "", self.detail)


@dataclass(frozen=True)
class AuditReport:
    """All checks of a data package on one day.

    Parameters
    ----------
    name
        Name of the package.
    sha256
        Hash of its content; empty if it could not be read.
    today
        Day that ages are counted to.
    checks
        The checks, in order.
    """

    name: str
    sha256: str
    today: date
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether every check holds."""
        return all(check.ok for check in self.checks)

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that do not hold."""
        return tuple(check for check in self.checks if not check.ok)


def total_check(
    name: str,
    value: float,
    expected: float,
    tolerance: float,
    *,
    group: Group = "totals",
    unit: str = "",
    source: str = "",
) -> Check:
    """Compare a number with another one, within a share of the other.

    >>> total_check("coal", 160.0, 162.0, 0.02, unit="GW").detail
    '160 GW, 1.2 % below 162 GW; allowed: 2 %'
    """
    difference = value - expected
    ok = abs(difference) <= tolerance * abs(expected)
    side = "above" if difference > 0 else "below"
    share = 100 * abs(difference) / abs(expected) if expected else float("inf")
    gap = f"{share:.1f} % {side}" if difference else "equal to"
    detail = (
        f"{quantity(float(f'{value:.5g}'))} {unit}, {gap} {quantity(expected)} {unit}; "
        f"allowed: {quantity(100 * tolerance)} %"
    )
    return Check(name, group, ok, value, expected, tolerance, unit, source, detail)


def verdict(name: str, group: Group, faults: Sequence[str], found: str = "") -> Check:
    """Make a check that holds if there is no fault; otherwise name at most five of them."""
    if not faults:
        return Check(name, group, ok=True, detail=found)
    shown = " ".join(faults[:5])
    rest = len(faults) - 5
    return Check(name, group, ok=False, detail=f"{shown} And {rest:,} more." if rest > 0 else shown)
