"""Labelled arrays as tidy tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

NOTHING_MW = 1e-3
"""Capacities and powers below a kilowatt are solver noise and are not written."""


def tidy(
    columns: Mapping[str, xr.DataArray], dims: Sequence[str], *, keep: str | None = None
) -> pd.DataFrame:
    """Return arrays as one table with a row for each cell.

    Parameters
    ----------
    columns
        Arrays by column name; those with fewer dimensions are repeated.
    dims
        Dimensions of the table, in the order of its key columns.
    keep
        Keep only rows in which this column is larger in size than ``NOTHING_MW``.

    Returns
    -------
    pandas.DataFrame
        Key columns first, then the columns in the order given.
    """
    arrays = xr.broadcast(*columns.values())
    first = arrays[0].transpose(*dims)
    axes = [first[dim].values for dim in dims]
    grid = np.meshgrid(*[np.arange(axis.size) for axis in axes], indexing="ij")
    table = {dim: axis[index.ravel()] for dim, axis, index in zip(dims, axes, grid, strict=True)}
    for name, array in zip(columns, arrays, strict=True):
        table[name] = array.transpose(*dims).values.ravel()
    frame = pd.DataFrame(table)
    if keep is not None:
        frame = frame[frame[keep].abs() > NOTHING_MW].reset_index(drop=True)
    return frame


def solved(values: xr.Dataset, name: str, like: xr.DataArray) -> xr.DataArray:
    """Return the solved variable ``name``, never below zero; zeros where the model has none."""
    if name not in values:
        return xr.zeros_like(like, dtype=float)
    return values[name].clip(min=0.0)
