"""The linear programme while it is written: variables, rows and an objective, all labelled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse
import xarray as xr

from gigaplan.expansion.expression import (
    Axes,
    Expression,
    Floats,
    Whole,
    axes_of,
    check_labels,
)
from gigaplan.system import System
from gigaplan.terms.arrays import finite
from gigaplan.terms.symbols import dims_of

Sign = Literal["<=", ">=", "="]

ABSENT = -1
"""Label of a cell that has no column, or no row."""


@dataclass(frozen=True)
class Variable:
    """One family of columns.

    Parameters
    ----------
    labels
        Column of each cell, ``ABSENT`` where the variable does not exist.
    lower, upper
        Bounds of the columns that exist, in their order (column).
    """

    labels: xr.DataArray
    lower: Floats
    upper: Floats


@dataclass(frozen=True)
class Rows:
    """One block of constraints: left side, sign, right-hand side.

    Parameters
    ----------
    family
        Which family of constraints wrote it.
    labels
        Row of each cell, ``ABSENT`` where there is none.
    rows, columns, weights
        Terms of the left side; those of one row and column are added (term).
    sign
        Between the two sides.
    right
        Right-hand side of the rows that exist, in their order (row).
    """

    family: str
    labels: xr.DataArray
    rows: Whole
    columns: Whole
    weights: Floats
    sign: Sign
    right: Floats


@dataclass
class Formulation:
    """The programme while it is written.

    Parameters
    ----------
    system
        Parameters by label.
    variables
        Every variable, by its name in ``symbols.csv``.
    constraints
        Every block of rows, by its name.
    objective
        What is made least; one combination without dimensions.
    """

    system: System
    variables: dict[str, Variable] = field(default_factory=dict)
    constraints: dict[str, Rows] = field(default_factory=dict)
    objective: Expression | None = None
    _terms: dict[str, Expression] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        """Number of columns."""
        return sum(variable.lower.size for variable in self.variables.values())

    @property
    def rows(self) -> int:
        """Number of rows."""
        return sum(block.right.size for block in self.constraints.values())

    @property
    def families(self) -> dict[str, str]:
        """Name of every block of constraints, and the family that wrote it."""
        return {name: block.family for name, block in self.constraints.items()}

    def labels(self, dim: str) -> list[object]:
        """Return the labels of a dimension; empty where the system has none."""
        return list(self.system.data.indexes[dim]) if dim in self.system.data.indexes else []

    def add_variable(
        self,
        name: str,
        *,
        upper: xr.DataArray | float = np.inf,
        mask: xr.DataArray | None = None,
    ) -> None:
        """Add the variable ``name`` of ``symbols.csv``, zero or above, where ``mask`` holds."""
        axes = {dim: self.system.data.indexes.get(dim, pd.Index([])) for dim in dims_of(name)}
        shape = tuple(len(index) for index in axes.values())
        if 0 in shape:
            return
        exists = np.ones(shape, dtype=bool) if mask is None else _spread(mask, axes).astype(bool)
        count = int(exists.sum())
        labels = np.full(shape, ABSENT, dtype=np.intp)
        labels[exists] = self.columns + np.arange(count)
        bound = np.full(count, np.inf)
        if isinstance(upper, xr.DataArray):
            bound = _spread(upper, axes)[exists].astype(float)
        self.variables[name] = Variable(
            xr.DataArray(labels, dims=list(axes), coords=axes), np.zeros(count), bound
        )
        cells = np.flatnonzero(exists)
        self._terms[name] = Expression(axes, cells, labels.ravel()[cells], np.ones(count))

    def has(self, name: str) -> bool:
        """Return whether the variable ``name`` was added."""
        return name in self.variables

    def term(self, name: str) -> Expression:
        """Return the variable ``name`` as an expression without a term where it is absent.

        Raises
        ------
        KeyError
            If the variable was not added.
        """
        if name not in self._terms:
            message = f"The variable {name} has no labels in this system."
            raise KeyError(message)
        return self._terms[name]

    def add_rows(
        self,
        family: str,
        name: str,
        left: Expression,
        sign: Sign,
        right: xr.DataArray | float,
        *,
        mask: xr.DataArray | None = None,
    ) -> None:
        """Add the constraints ``name`` of ``family``, where ``mask`` holds.

        Raises
        ------
        ValueError
            If the right side or the mask has dimensions or labels that the left side has not, or
            a right-hand side is not a number.
        """
        exists = np.ones(left.shape, dtype=bool)
        if mask is not None:
            exists = _spread(mask, left.axes).astype(bool)
            if not exists.any():
                return
        value = right if isinstance(right, xr.DataArray) else xr.DataArray(float(right))
        numbers = _spread(value, left.axes)[exists].astype(float)
        if np.isnan(numbers).any():
            message = f"A right-hand side of {name} is not a number."
            raise ValueError(message)
        row_of = np.full(left.shape, ABSENT, dtype=np.intp)
        row_of[exists] = self.rows + np.arange(numbers.size)
        rows = row_of.ravel()[left.cells]
        kept = rows >= 0
        self.constraints[name] = Rows(
            family,
            xr.DataArray(row_of, dims=list(left.axes), coords=left.axes),
            rows[kept],
            left.columns[kept],
            left.weights[kept],
            sign,
            numbers,
        )

    def add_limit(
        self,
        family: str,
        name: str,
        left: Expression,
        limit: xr.DataArray,
        *,
        mask: xr.DataArray | None = None,
    ) -> None:
        """Add the constraints ``left <= limit`` where the limit is finite and ``mask`` holds."""
        known = finite(limit) if mask is None else finite(limit) & mask
        self.add_rows(family, name, left, "<=", limit, mask=known)

    def matrix(self) -> scipy.sparse.csc_array:
        """Return the coefficients of all rows (row, column)."""
        blocks = list(self.constraints.values())
        empty = np.zeros(0, dtype=np.intp)
        rows = np.concatenate([empty, *(block.rows for block in blocks)])
        columns = np.concatenate([empty, *(block.columns for block in blocks)])
        weights = np.concatenate([np.zeros(0), *(block.weights for block in blocks)])
        summed = scipy.sparse.coo_array(
            (weights, (rows, columns)), shape=(self.rows, self.columns)
        ).tocsc()
        summed.eliminate_zeros()
        return summed

    def coefficients(self, expression: Expression) -> Floats:
        """Return what one combination multiplies each column by (column)."""
        row = np.zeros(self.columns)
        np.add.at(row, expression.columns, expression.weights)
        return row


def _spread(array: xr.DataArray, axes: Axes) -> npt.NDArray[np.generic]:
    """Return the values of an array over dimensions that hold its own ones."""
    own = axes_of(array)
    unknown = [dim for dim in own if dim not in axes]
    if unknown:
        message = f"There is no dimension {unknown[0]} in {', '.join(axes) or 'a single cell'}."
        raise ValueError(message)
    check_labels(axes, own)
    ordered = array.transpose(*[dim for dim in axes if dim in own]).values
    place = tuple(slice(None) if dim in own else np.newaxis for dim in axes)
    return np.broadcast_to(ordered[place], [len(index) for index in axes.values()])
