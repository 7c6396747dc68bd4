"""Stacking: projects that differ in numbers alone, as one project whose numbers are arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import Field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from gigaplan.finance.project import Project

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Part = TypeVar("Part", bound="DataclassInstance")


def alike(projects: Sequence[Project]) -> list[list[int]]:
    """Return the places of projects that are alike in all but numbers, group by group.

    Examples
    --------
    >>> from gigaplan.finance.project import Contract, Debt, Plant
    >>> one = Project(Plant(100.0, 1.0, 10.0, 5), Contract(3.0))
    >>> lent = replace(one, debt=Debt("share", share_frac=0.5))
    >>> alike([one, lent, one])
    [[0, 2], [1]]
    """
    groups: dict[str, list[int]] = {}
    for place, project in enumerate(projects):
        groups.setdefault(repr(_form(project)), []).append(place)
    return list(groups.values())


def stacked(parts: Sequence[Part]) -> Part:
    """Return one object whose numbers are arrays over the given ones, which are alike.

    A number becomes an array with one for each project, a row by year becomes a table with one row
    for each; shorter rows are filled up with their last number.

    Examples
    --------
    >>> from gigaplan.finance.project import Contract
    >>> stacked([Contract(3.0), Contract(4.0)]).price_usd_per_mwh.tolist()
    [3.0, 4.0]
    """
    first = parts[0]
    changed: dict[str, object] = {}
    for field in fields(first):
        values = [getattr(part, field.name) for part in parts]
        if is_dataclass(values[0]):
            changed[field.name] = stacked(values)
        elif _varies(field) and values[0] is not None:
            changed[field.name] = _joined(values)
    return replace(first, **changed)


def _form(part: DataclassInstance) -> list[object]:
    """Return what must be equal for projects to be alike."""
    form: list[object] = []
    for field in fields(part):
        value = getattr(part, field.name)
        if is_dataclass(value) and not isinstance(value, type):
            form.append(_form(value))
        elif _varies(field) and value is not None:
            form.append(np.ndim(value) == 2)
        else:
            form.append(value)
    return form


def _varies(field: Field[object]) -> bool:
    """Say whether a field may hold one number for each project."""
    return "Number" in str(field.type) or "Array" in str(field.type)


def _joined(values: Sequence[npt.ArrayLike]) -> npt.NDArray[np.float64]:
    """Put numbers, or rows of numbers, under each other."""
    arrays = [np.asarray(value, dtype=float) for value in values]
    if arrays[0].ndim < 2:
        return np.concatenate([np.atleast_1d(array) for array in arrays])
    longest = max(array.shape[1] for array in arrays)
    rows = [np.pad(a, ((0, 0), (0, longest - a.shape[1])), mode="edge") for a in arrays]
    return np.concatenate(rows)
