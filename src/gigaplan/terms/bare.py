"""Arrays that know their dimensions but carry no labels, for long sums over one set of labels.

xarray compares the labels of both sides in every operation. Where a dimension has the same labels
in all of them, as in one System, comparing once is enough: a bare array is a
:class:`xarray.Variable`, which finds its dimensions by name and is ten times as fast.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeAlias

import numpy as np
import xarray as xr

Arrays: TypeAlias = Mapping[Hashable, xr.Variable]


def bare(data: xr.Dataset, like: xr.Dataset | None = None) -> Arrays:
    """Return the arrays of a dataset without their labels, by name.

    Parameters
    ----------
    data
        Labelled arrays.
    like
        What they shall be combined with: the labels of dimensions that both have are compared.

    Raises
    ------
    ValueError
        If both have other labels, or the same in another order.

    Examples
    --------
    >>> sizes = xr.Dataset({"size": ("zone", [2.0, 3.0])}, coords={"zone": ["OH", "TX"]})
    >>> share = xr.Dataset({"share": ("zone", [0.5, 1.0])}, coords={"zone": ["TX", "OH"]})
    >>> (bare(sizes)["size"] * 2.0).values
    array([4., 6.])
    >>> bare(share, like=sizes)
    Traceback (most recent call last):
    ValueError: Both have a dimension 'zone', but with other labels.
    """
    if like is not None:
        for dim, index in data.indexes.items():
            if dim in like.indexes and not index.equals(like.indexes[dim]):
                message = f"Both have a dimension '{dim}', but with other labels."
                raise ValueError(message)
    return data.variables


def renamed(array: xr.Variable, **names: str) -> xr.Variable:
    """Return an array with other names of dimensions, new names by old ones.

    >>> renamed(xr.Variable(("zone", "vintage"), [[1.0]]), vintage="year").dims
    ('zone', 'year')
    """
    return xr.Variable([names.get(str(dim), dim) for dim in array.dims], array.data)


def spread(*arrays: xr.Variable | float) -> list[xr.Variable]:
    """Return arrays and numbers over all dimensions, in the order in which they come first.

    Raises
    ------
    ValueError
        If a dimension has two sizes.

    Examples
    --------
    >>> one, other = spread(xr.Variable("a", [1, 2]), xr.Variable("b", [3, 4, 5]))
    >>> one.dims == other.dims == ("a", "b"), other.shape
    (True, (2, 3))
    """
    given = [one if isinstance(one, xr.Variable) else xr.Variable((), one) for one in arrays]
    sizes: dict[Hashable, int] = {}
    for array in given:
        for dim, size in array.sizes.items():
            if sizes.setdefault(dim, size) != size:
                message = f"The dimension '{dim}' has {sizes[dim]} cells, and {size} elsewhere."
                raise ValueError(message)
    return [_over(array, sizes) for array in given]


def _over(array: xr.Variable, sizes: Mapping[Hashable, int]) -> xr.Variable:
    """Return an array over all of ``sizes``, repeated along the dimensions that it lacks."""
    values = array.transpose(*[dim for dim in sizes if dim in array.dims]).values
    place = tuple(slice(None) if dim in array.dims else np.newaxis for dim in sizes)
    return xr.Variable(tuple(sizes), np.broadcast_to(values[place], tuple(sizes.values())))


def chosen(
    condition: xr.Variable, yes: xr.Variable | float, no: xr.Variable | float
) -> xr.Variable:
    """Return ``yes`` where the condition holds and ``no`` elsewhere, over all their dimensions.

    >>> chosen(xr.Variable("a", [True, False]), 1.0, 2.0).values
    array([1., 2.])
    """
    where, first, second = spread(condition, yes, no)
    return xr.Variable(where.dims, np.where(where.values, first.values, second.values))


def smaller(one: xr.Variable, other: xr.Variable) -> xr.Variable:
    """Return the smaller of two arrays in each cell, over all their dimensions.

    >>> smaller(xr.Variable("a", [1.0, 3.0]), xr.Variable((), 2.0)).values
    array([1., 2.])
    """
    first, second = spread(one, other)
    return xr.Variable(first.dims, np.minimum(first.values, second.values))


def above_zero(array: xr.Variable) -> xr.Variable:
    """Return an array with zero in place of what is below it.

    >>> above_zero(xr.Variable("a", [-1.0, 2.0])).values
    array([0., 2.])
    """
    return xr.Variable(array.dims, np.maximum(array.values, 0.0))
