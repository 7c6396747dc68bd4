"""What was given and what was solved, on the same labels; arrays as tidy tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.system import Options, System
from gigaplan.terms.bare import Arrays, above_zero, bare, spread
from gigaplan.terms.symbols import dims_of

NOTHING_MW = 1e-3
"""Capacities and powers below a kilowatt are solver noise and are not written."""
NO_LABELS: Final = pd.RangeIndex(0)


@dataclass(frozen=True)
class Solved:
    """Parameters of a System and solved variables as arrays over its labels.

    Parameters
    ----------
    given
        Parameters by name.
    values
        Solved variables by name, those that the model has.
    labels
        Labels by dimension.
    options
        Choices that are not numbers over labels.
    """

    given: Arrays
    values: Arrays
    labels: Mapping[str, pd.Index]
    options: Options

    def __getitem__(self, name: str) -> xr.Variable:
        """Return a parameter or the labels of a dimension."""
        return self.given[name]

    def value(self, name: str) -> xr.Variable:
        """Return a solved variable, never below zero; zeros where the model has none."""
        if name in self.values:
            return above_zero(self.values[name])
        dims = dims_of(name)
        return xr.Variable(dims, np.zeros([len(self.labels.get(dim, NO_LABELS)) for dim in dims]))

    def tidy(
        self,
        columns: Mapping[str, xr.Variable],
        dims: Sequence[str],
        *,
        keep: str | None = None,
        above: float = NOTHING_MW,
    ) -> pd.DataFrame:
        """Return arrays as one table with a row for each cell.

        Parameters
        ----------
        columns
            Arrays by column name; those with fewer dimensions are repeated.
        dims
            Dimensions of the table, in the order of its key columns.
        keep
            Keep only rows in which this column is larger in size than ``above``.
        above
            In the unit of that column.

        Returns
        -------
        pandas.DataFrame
            Key columns first, then the columns in the order given.
        """
        arrays = spread(*columns.values())
        flat = {
            name: array.transpose(*dims).values.ravel()
            for name, array in zip(columns, arrays, strict=True)
        }
        shape = tuple(arrays[0].sizes[dim] for dim in dims)
        rows = np.arange(arrays[0].size)
        if keep is not None:
            rows = np.flatnonzero(np.abs(flat[keep]) > above)
        places = np.unravel_index(rows, shape)
        keys = {
            dim: self.labels.get(dim, NO_LABELS).take(place)
            for dim, place in zip(dims, places, strict=True)
        }
        return pd.DataFrame({**keys, **{name: values[rows] for name, values in flat.items()}})


def solved(system: System, values: xr.Dataset) -> Solved:
    """Return a System and the solved variables of its model, which have the same labels."""
    labels = {str(dim): index for dim, index in system.data.indexes.items()}
    return Solved(bare(system.data), bare(values, like=system.data), labels, system.options)
