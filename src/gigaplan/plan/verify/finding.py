"""What a check found, and how numbers are compared."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from gigaplan.terms.bare import spread

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


@dataclass(frozen=True)
class Terms:
    """What counts as rounding, and the labels that rows are named by, by dimension."""

    tolerance: Tolerance
    labels: Mapping[Hashable, pd.Index]


_USUAL = Terms(EXACT, {})
_TERMS: ContextVar[Terms] = ContextVar("terms", default=_USUAL)


@contextmanager
def on(terms: Terms) -> Iterator[None]:
    """Check on other terms than those of an exact answer."""
    token = _TERMS.set(terms)
    try:
        yield
    finally:
        _TERMS.reset(token)


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


def at_most(check: str, value: xr.Variable, limit: xr.Variable | float, unit: str) -> Finding:
    """Check that ``value`` is nowhere above ``limit``."""
    both = spread(value, limit)
    number, bound = (side.values for side in both)
    over = np.where(np.isfinite(bound), number - bound, -np.inf)
    return _finding(check, both, over, unit, "at most")


def equal(check: str, value: xr.Variable, expected: xr.Variable | float, unit: str) -> Finding:
    """Check that ``value`` is everywhere ``expected``."""
    both = spread(value, expected)
    number, wanted = (side.values for side in both)
    return _finding(check, both, np.abs(number - wanted), unit, "expected")


def told(check: str, faults: Iterable[str], rows: int) -> Finding:
    """Return a finding whose faults are already words."""
    listed = tuple(faults)
    return Finding(check, not listed, rows, float(len(listed)), "rows", listed[:MOST_ROWS])


def _finding(
    check: str,
    both: list[xr.Variable],
    over: npt.NDArray[np.float64],
    unit: str,
    word: str,
) -> Finding:
    """Return what comes out where the first of both sides is ``over`` the second by so much."""
    number, bound = (side.values for side in both)
    size = np.maximum(np.abs(number), np.where(np.isfinite(bound), np.abs(bound), 0.0))
    terms = _TERMS.get()
    wrong = ~(over <= terms.tolerance.absolute + terms.tolerance.relative * size)
    faults = []
    if wrong.any():
        flat = np.where(wrong, np.nan_to_num(over, nan=np.inf), -np.inf).ravel()
        for position in np.argsort(-flat)[: min(MOST_ROWS, int(wrong.sum()))]:
            index = np.unravel_index(position, over.shape)
            labels = ", ".join(
                f"{dim} {terms.labels[dim][at] if dim in terms.labels else at}"
                for dim, at in zip(both[0].dims, index, strict=True)
            )
            faults.append(
                f"{labels or 'whole plan'}: {float(number[index]):,.3f} {unit}, "
                f"{word} {float(bound[index]):,.3f} {unit}"
            )
    worst = max(0.0, float(over[np.isfinite(over)].max(initial=0.0)))
    return Finding(check, not faults, int(over.size), worst, unit, tuple(faults))
