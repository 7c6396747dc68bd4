"""Checks of a project before anything is worked out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.bounds import HUGE, bounded_numbers
from gigaplan.finance.project import Project
from gigaplan.finance.row_counts import BALANCE, row_counts
from gigaplan.finance.stack_checks import stack_faults
from gigaplan.terms.errors import Fault, InputError

Array = npt.NDArray[np.float64]

MOST_SHOWN: Final = 5
WHOLE: Final = (("plant", "life_years"), ("debt", "tenor_years"))


def check_project(project: Project) -> None:
    """Raise with every fault of a project.

    Raises
    ------
    InputError
        Naming each field that cannot be used, the first projects concerned, and the remedy.
    """
    faults = list(_dimension_faults(project))
    faults = faults or [*_bound_faults(project), *_whole_faults(project)]
    faults = faults or list(_shape_faults(project))
    faults = faults or [
        *_tenor_faults(project),
        *_given_loan_faults(project),
        *_share_faults(project),
        *stack_faults(project),
    ]
    if faults:
        headline = "The finance of a project cannot be worked out."
        raise InputError(headline, faults)


def _array(project: Project, part: str, name: str) -> Array:
    owner = getattr(project, part) if part else project
    return np.asarray(getattr(owner, name), dtype=float)


def _values(project: Project, part: str, name: str) -> Array:
    return np.ravel(_array(project, part, name))


def _place(part: str, name: str) -> str:
    return f"{part}.{name}" if part else name


def said(values: Array, bad: npt.NDArray[np.bool_]) -> str:
    """Write the values at fault, with the places of the first ones where there are several."""
    where = np.flatnonzero(bad)
    if values.size == 1:
        return f"is {values[0]:g}"
    shown = ", ".join(f"{values[row]:g} for project {row}" for row in where[:MOST_SHOWN])
    rest = where.size - MOST_SHOWN
    return f"is {shown}" + (f" and {rest:,} more" if rest > 0 else "")


def _dimension_faults(project: Project) -> Iterator[Fault]:
    """Name arrays that hold nothing, or more than one number for each project."""
    for number in bounded_numbers(project):
        mend = "Give one number for all projects, or one for each."
        if number.most_dimensions == 0:
            mend = "Give one number for all projects."
        if number.values.size == 0:
            yield Fault(f"{number.name} holds no number.", number.where, mend)
        elif number.values.ndim > number.most_dimensions:
            what = f"{number.name} is of the shape {number.values.shape}."
            yield Fault(what, number.where, mend)


def _bound_faults(project: Project) -> Iterator[Fault]:
    for number in bounded_numbers(project):
        array = np.atleast_1d(number.values)
        table = array.reshape(array.shape[0], -1)
        outside = ~((table >= number.least) & (table <= number.most))
        if outside.any():
            first = np.argmax(outside, axis=1)[:, None]
            values = np.take_along_axis(table, first, axis=1)[:, 0]
            what = f"{number.name} {said(values, np.asarray(outside.any(axis=1)))}."
            yield Fault(what, number.where, f"Give {number.remedy}.")


def _shape_faults(project: Project) -> Iterator[Fault]:
    """Name arrays that do not belong to one number of projects, or of years."""
    several = {place: count for place, count in row_counts(project).items() if count != 1}
    if len(set(several.values())) > 1:
        shown = ", ".join(f"{place} has {count}" for place, count in list(several.items())[:5])
        mend = "Give one number for all projects, or one for each."
        yield Fault(f"Numbers of projects differ: {shown}.", "", mend)
    years = int(np.max(_values(project, "plant", "life_years")))
    for number in bounded_numbers(project):
        array = number.values
        if array.ndim == 2 and array.shape[1] not in {1, years}:
            what = f"{number.name} has {array.shape[1]} years, and the longest life {years}."
            yield Fault(what, number.where, "Give one column, or one for each year of life.")


def _whole_faults(project: Project) -> Iterator[Fault]:
    for part, name in WHOLE:
        values = _values(project, part, name)
        bad = values != np.round(values)
        if bad.any():
            mend = "Give whole years."
            yield Fault(f"{name} {said(values, bad)}.", _place(part, name), mend)


def _tenor_faults(project: Project) -> Iterator[Fault]:
    if project.debt.sizing == "none":
        return
    tenor, life = np.broadcast_arrays(
        _values(project, "debt", "tenor_years"), _values(project, "plant", "life_years")
    )
    bad = tenor > life
    if bad.any():
        what = f"tenor_years {said(tenor, bad)}, beyond the life of {life[bad][0]:g} years."
        yield Fault(what, "debt.tenor_years", "Shorten the loan, or lengthen plant.life_years.")


def _given_loan_faults(project: Project) -> Iterator[Fault]:
    if project.debt.sizing != "given":
        return
    owed = project.debt.balance_usd_nominal
    life = _values(project, "plant", "life_years").astype(int)
    periods = int(life.max()) + 1
    if owed is None or owed.ndim != 2 or owed.shape[1] != periods:
        found = "missing" if owed is None else f"of the shape {owed.shape}"
        mend = (
            f"Give one row, or one for each project, with {periods} balances: years 0 to the end."
        )
        yield Fault(f"balance_usd_nominal is {found}.", BALANCE, mend)
    elif not np.all((owed >= 0) & (owed <= HUGE)):
        mend = "Give balances of 0 or more."
        yield Fault("balance_usd_nominal is negative, or not a number.", BALANCE, mend)
    elif np.any(_owed_after(owed, life) > 1e-6 * owed[:, 0]):
        mend = "Give balances that are repaid at the end of life."
        yield Fault("balance_usd_nominal is not zero at the end.", BALANCE, mend)


def _owed_after(owed: Array, life: npt.NDArray[np.int64]) -> Array:
    """Return the most that is owed at the end of the life of each project, or later."""
    ended = np.arange(owed.shape[1]) >= life[:, None]
    return np.asarray(np.where(ended, owed, 0.0).max(axis=1))


def _share_faults(project: Project) -> Iterator[Fault]:
    total = sum(part.share_frac for part in project.depreciation)
    if total > 1 + 1e-9:
        what = f"The shares of the classes add to {total:g}."
        yield Fault(what, "depreciation", "Lower share_frac until they add to 1 or less.")
    for index, part in enumerate(project.depreciation):
        place = f"depreciation[{index}]"
        parts = (part.share_frac, part.bonus_frac, part.state_bonus_frac)
        if not all(0 <= share <= 1 for share in parts):
            what = f"A share of the class is outside 0 to 1: {', '.join(f'{x:g}' for x in parts)}."
            yield Fault(what, place, "Give shares from 0 to 1.")
        if part.schedule_frac and abs(sum(part.schedule_frac) - 1) > 1e-6:
            what = f"The schedule adds to {sum(part.schedule_frac):g}."
            yield Fault(what, place, "Give shares that add to 1.")
