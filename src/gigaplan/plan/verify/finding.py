"""What a check found, and how numbers are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import numpy as np
import xarray as xr

from gigaplan.terms.arrays import size_of

ABSOLUTE = 1e-2
"""Differences below this are rounding: 10 kW, 10 kWh, 10,000 USD or 10 t, by the unit."""
RELATIVE = 1e-6
"""Differences below this share of the numbers compared are rounding."""
MOST_ROWS = 5


@dataclass(frozen=True)
class Tolerance:
    """Differences that count as rounding: a part in the unit of the check, and a share."""

    absolute: float = ABSOLUTE
    relative: float = RELATIVE


EXACT = Tolerance()
_TOLERANCE: ContextVar[Tolerance] = ContextVar("tolerance", default=EXACT)


@contextmanager
def within(tolerance: Tolerance) -> Iterator[None]:
    """Check within another tolerance than that of an exact answer."""
    token = _TOLERANCE.set(tolerance)
    try:
        yield
    finally:
        _TOLERANCE.reset(token)


@dataclass(frozen=True)
class Finding:
    """The outcome of one check.

    Parameters
    ----------
    check
        Name of the check.
    ok
        Whether every row passed.
    rows
        Number of rows that were checked.
    worst
        Largest violation, in the unit of the check.
    unit
        Unit of the violation.
    faults
        The rows at fault, worst first, five at the most, in words.
    """

    check: str
    ok: bool
    rows: int
    worst: float
    unit: str
    faults: tuple[str, ...] = ()


def at_most(check: str, value: xr.DataArray, limit: xr.DataArray | float, unit: str) -> Finding:
    """Check that ``value`` is nowhere above ``limit``."""
    value, bound = xr.broadcast(value, xr.DataArray(limit))
    over = (value - bound).where(np.isfinite(bound), -np.inf)
    return _finding(check, value, bound, over, unit, "at most")


def equal(check: str, value: xr.DataArray, expected: xr.DataArray | float, unit: str) -> Finding:
    """Check that ``value`` is everywhere ``expected``."""
    value, wanted = xr.broadcast(value, xr.DataArray(expected))
    return _finding(check, value, wanted, size_of(value - wanted), unit, "expected")


def told(check: str, faults: Iterable[str], rows: int) -> Finding:
    """Return a finding whose faults are already words."""
    listed = tuple(faults)
    return Finding(check, not listed, rows, float(len(listed)), "rows", listed[:MOST_ROWS])


def _finding(
    check: str,
    value: xr.DataArray,
    bound: xr.DataArray,
    over: xr.DataArray,
    unit: str,
    word: str,
) -> Finding:
    size = np.maximum(np.abs(value), np.where(np.isfinite(bound), np.abs(bound), 0.0))
    tolerance = _TOLERANCE.get()
    wrong = ~(over <= tolerance.absolute + tolerance.relative * size)
    flat = np.where(wrong, np.nan_to_num(over, nan=np.inf), -np.inf).ravel()
    order = np.argsort(-flat)[: min(MOST_ROWS, int(wrong.sum()))]
    faults = []
    for position in order:
        index = np.unravel_index(position, over.shape) if over.ndim else ()
        labels = ", ".join(
            f"{dim} {over[dim].values[at]}" for dim, at in zip(over.dims, index, strict=False)
        )
        faults.append(
            f"{labels or 'whole plan'}: {float(value.values[index]):,.3f} {unit}, "
            f"{word} {float(bound.values[index]):,.3f} {unit}"
        )
    finite = over.values[np.isfinite(over.values)]
    worst = max(0.0, float(finite.max(initial=0.0)))
    return Finding(check, not bool(wrong.any()), int(over.size), worst, unit, tuple(faults))
