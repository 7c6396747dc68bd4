"""Labelled linear expressions in coordinate form: the left sides of constraints.

An expression holds one linear combination of columns for each cell of its dimensions, as flat
arrays of cell, column and weight. Dimensions are joined by name, never by position, and labels
that disagree are an error. Every operation is a few array operations whatever the size, so that a
small model is written in milliseconds and a national one in a second.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from math import prod

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

Whole = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Axes = Mapping[str, pd.Index]


@dataclass(frozen=True)
class Expression:
    """Linear combinations of columns over labelled dimensions.

    Parameters
    ----------
    axes
        Labels of each dimension, in order; none for a single combination.
    cells
        Flat position of the cell that each term belongs to (term).
    columns
        Column of the programme that each term multiplies (term).
    weights
        What the column is multiplied by (term).

    Examples
    --------
    Two plants in one zone, of which the second counts double:

    >>> plant = pd.Index(["coal", "gas"], name="plant")
    >>> output = Expression({"plant": plant}, np.arange(2), np.array([7, 8]), np.ones(2))
    >>> double = xr.DataArray([1.0, 2.0], dims="plant", coords={"plant": ["coal", "gas"]})
    >>> total = (output * double).sum("plant")
    >>> total.dims, total.columns.tolist(), total.weights.tolist()
    ((), [7, 8], [1.0, 2.0])
    """

    axes: Axes
    cells: Whole
    columns: Whole
    weights: Floats

    @property
    def dims(self) -> tuple[str, ...]:
        """Names of the dimensions."""
        return tuple(self.axes)

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of labels of each dimension."""
        return tuple(len(index) for index in self.axes.values())

    def __neg__(self) -> Expression:
        """Return the expression with every weight negated."""
        return replace(self, weights=-self.weights)

    def __add__(self, other: Expression) -> Expression:
        """Return the sum, over the dimensions of both."""
        axes = {**self.axes, **other.axes}
        check_labels(self.axes, other.axes)
        left, right = self.spread(axes), other.spread(axes)
        return Expression(
            axes,
            np.concatenate([left.cells, right.cells]),
            np.concatenate([left.columns, right.columns]),
            np.concatenate([left.weights, right.weights]),
        )

    def __sub__(self, other: Expression) -> Expression:
        """Return the difference, over the dimensions of both."""
        return self + (-other)

    def __mul__(self, factor: xr.DataArray | float) -> Expression:
        """Return the product with numbers, over the dimensions of both; zeros leave no term.

        Raises
        ------
        ValueError
            If labels disagree, or a term that exists is multiplied by a number that is not finite.
        """
        if not isinstance(factor, xr.DataArray):
            return replace(self, weights=self.weights * float(factor))
        own = axes_of(factor)
        check_labels(self.axes, own)
        shared = [dim for dim in self.axes if dim in own]
        extra = [dim for dim in own if dim not in self.axes]
        table = np.asarray(factor.transpose(*shared, *extra).values, dtype=float)
        count = prod(len(own[dim]) for dim in extra)
        by_place = table.reshape(prod(len(own[dim]) for dim in shared), count)
        weights = by_place[self._flat(shared)] * self.weights[:, None]
        if not np.isfinite(weights).all():
            message = f"A weight over {', '.join(map(str, factor.dims))} is not a finite number."
            raise ValueError(message)
        term, place = np.nonzero(weights)
        return Expression(
            {**self.axes, **{dim: own[dim] for dim in extra}},
            self.cells[term] * count + place,
            self.columns[term],
            weights[term, place],
        )

    __rmul__ = __mul__

    def sum(self, dims: str | Iterable[str] | None = None) -> Expression:
        """Return the sum over dimensions; over all of them if none is named."""
        gone = set(self.axes) if dims is None else {dims} if isinstance(dims, str) else set(dims)
        _check_known(gone, self.axes)
        kept = [dim for dim in self.axes if dim not in gone]
        axes = {dim: self.axes[dim] for dim in kept}
        return replace(self, axes=axes, cells=self._flat(kept))

    def select(self, dim: str, labels: Sequence[object] | npt.NDArray[np.generic]) -> Expression:
        """Return the cells of some labels of a dimension, in the order given."""
        wanted = pd.Index(labels, name=dim)
        positions = self.axes[dim].get_indexer(wanted)
        if (positions < 0).any():
            message = f"{dim} has no {wanted[positions < 0].tolist()[0]!r}."
            raise ValueError(message)
        return self.take(dim, positions)

    def take(self, dim: str, positions: npt.NDArray[np.integer] | slice) -> Expression:
        """Return the cells at positions of a dimension, each at most once, in the order given."""
        size = len(self.axes[dim])
        chosen = np.arange(size)[positions]
        if np.unique(chosen).size < chosen.size:
            message = f"A position of {dim} is taken twice."
            raise ValueError(message)
        place_of = np.full(size, -1, dtype=np.intp)
        place_of[chosen] = np.arange(chosen.size)
        return self._moved(dim, place_of, self.axes[dim][chosen])

    def among(self, dim: str, labels: pd.Index) -> Expression:
        """Return the same cells among more labels of a dimension; the others have no term."""
        place_of = labels.get_indexer(self.axes[dim])
        if (place_of < 0).any():
            message = f"{dim} has labels that are not among those given."
            raise ValueError(message)
        return self._moved(dim, place_of, labels)

    def relabel(self, dim: str, labels: pd.Index, *, name: str | None = None) -> Expression:
        """Return the same cells under other labels of a dimension, and another name for it."""
        if len(labels) != len(self.axes[dim]):
            message = f"{dim} has {len(self.axes[dim])} labels, not {len(labels)}."
            raise ValueError(message)
        axes = {
            (name or dim) if own == dim else own: labels if own == dim else index
            for own, index in self.axes.items()
        }
        return replace(self, axes=axes)

    def spread(self, axes: Axes) -> Expression:
        """Return the same combination in every cell of dimensions that hold the own ones."""
        if list(axes) == list(self.axes):
            return self
        _check_known(set(self.axes), axes)
        strides = _strides(axes)
        cells = np.zeros(self.cells.size, dtype=np.intp)
        for dim in self.axes:
            cells += self._places(dim) * strides[dim]
        offsets = np.zeros(1, dtype=np.intp)
        for dim, index in axes.items():
            if dim not in self.axes:
                steps = np.arange(len(index)) * strides[dim]
                offsets = (offsets[:, None] + steps).ravel()
        return Expression(
            axes,
            (cells[:, None] + offsets).ravel(),
            np.repeat(self.columns, offsets.size),
            np.repeat(self.weights, offsets.size),
        )

    def _moved(self, dim: str, place_of: Whole, labels: pd.Index) -> Expression:
        """Return the cells at new places of a dimension; those at a negative place are left out."""
        new, stride = place_of[self._places(dim)], self._strides[dim]
        kept = new >= 0
        block = self.cells // (stride * len(self.axes[dim]))
        cells = (block * len(labels) + new) * stride + self.cells % stride
        axes = {**self.axes, dim: labels}
        return Expression(axes, cells[kept], self.columns[kept], self.weights[kept])

    @cached_property
    def _strides(self) -> dict[str, int]:
        return _strides(self.axes)

    def _places(self, dim: str) -> Whole:
        """Return the position of each term along a dimension."""
        return self.cells // self._strides[dim] % len(self.axes[dim])

    def _flat(self, dims: Sequence[str]) -> Whole:
        """Return the flat position of each term over some of the dimensions, in their order."""
        strides = _strides({dim: self.axes[dim] for dim in dims})
        flat = np.zeros(self.cells.size, dtype=np.intp)
        for dim in dims:
            flat += self._places(dim) * strides[dim]
        return flat


def axes_of(array: xr.DataArray) -> dict[str, pd.Index]:
    """Return the labels of each dimension of an array.

    Raises
    ------
    ValueError
        If a dimension that is not empty has no labels.
    """
    missing = [str(dim) for dim in array.dims if dim not in array.indexes and array.sizes[dim]]
    if missing:
        message = f"The dimension {missing[0]} has no labels."
        raise ValueError(message)
    return {str(dim): array.indexes.get(dim, pd.Index([])) for dim in array.dims}


def check_labels(one: Axes, other: Axes) -> None:
    """Raise if dimensions of the same name have other labels.

    Raises
    ------
    ValueError
        Naming the dimension.
    """
    for dim, index in one.items():
        if dim in other and index is not other[dim] and not index.equals(other[dim]):
            message = f"The labels of {dim} disagree."
            raise ValueError(message)


def _check_known(dims: set[str], axes: Axes) -> None:
    unknown = sorted(dims - set(axes))
    if unknown:
        message = f"There is no dimension {unknown[0]} in {', '.join(axes) or 'a single cell'}."
        raise ValueError(message)


def _strides(axes: Axes) -> dict[str, int]:
    """Return how far apart neighbours along each dimension stand in flat order.

    >>> _strides({"zone": pd.Index(["TX", "OK"]), "year": pd.Index([2028, 2030, 2032])})
    {'zone': 3, 'year': 1}
    """
    strides, step = {}, 1
    for dim, index in reversed(list(axes.items())):
        strides[dim] = step
        step *= len(index)
    return dict(reversed(strides.items()))


def total(parts: Iterable[Expression]) -> Expression | None:
    """Return the sum of expressions; ``None`` of nothing."""
    held = list(parts)
    return reduce(operator.add, held) if held else None
