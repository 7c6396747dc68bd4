"""Labelled arrays: the few operations that numpy and xarray leave untyped."""

from __future__ import annotations

import numpy as np
import xarray as xr


def finite(array: xr.DataArray) -> xr.DataArray:
    """Return where an array holds finite numbers."""
    return xr.DataArray(np.isfinite(array))


def size_of(array: xr.DataArray) -> xr.DataArray:
    """Return the absolute value of an array."""
    return xr.DataArray(np.abs(array))


def choose(
    condition: xr.DataArray, yes: xr.DataArray | float, no: xr.DataArray | float
) -> xr.DataArray:
    """Return ``yes`` where the condition holds and ``no`` elsewhere, over all their dimensions.

    >>> choose(xr.DataArray([True, False], dims="a"), 1.0, 2.0).values
    array([1., 2.])
    """
    where, first, second = xr.broadcast(condition, xr.DataArray(yes), xr.DataArray(no))
    return first.where(where, second)
