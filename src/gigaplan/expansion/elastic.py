"""An engine in which limits may be broken, at their relative size: the way out of a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse
import xarray as xr

from gigaplan.expansion.engine import Engine, Solution, over
from gigaplan.expansion.expression import Whole
from gigaplan.expansion.formulation import Formulation


class ElasticEngine(Engine):
    """A programme without an objective of its own, whose named rows may be broken.

    Each such row has a slack whose cost is one over the size of its right-hand side, so that the
    optimum is the smallest total relative change that makes the programme feasible.

    Parameters
    ----------
    formulation
        The written programme; it is left as it is.
    names
        Constraints, and for each the dimensions over which one slack serves all rows: a limit
        that holds in every block is one number.
    sizes
        Size of constraints whose right-hand side is zero, by name; one where none is given.
    """

    def __init__(
        self,
        formulation: Formulation,
        names: Mapping[str, Sequence[str]],
        sizes: Mapping[str, float] | None = None,
    ) -> None:
        super().__init__(formulation)
        rows = np.concatenate([np.zeros(0, np.intp), *(self._rows_of(name) for name in names)])
        upper, lower = self._row_upper[rows], self._row_lower[rows]
        helps = np.where(np.isfinite(upper), -1.0, 1.0)
        size = np.abs(np.where(np.isfinite(upper), upper, lower))
        usual = [np.full(self._rows_of(name).size, (sizes or {}).get(name, 0.0)) for name in names]
        size = np.where(size > 0, size, np.concatenate([np.zeros(0), *usual]))
        self._broken_rows = rows
        self._slack_of_row = self._shared_slacks(names)
        count = int(self._slack_of_row.max(initial=-1)) + 1
        largest = np.zeros(count)
        np.maximum.at(largest, self._slack_of_row, size)
        block = scipy.sparse.csc_array(
            (helps, (rows, self._slack_of_row)), shape=(self.rows, count)
        )
        self._matrix = scipy.sparse.hstack([self._matrix, block], format="csc")
        self._cost = np.r_[np.zeros(self.columns), 1.0 / np.where(largest > 0, largest, 1.0)]
        self._lower = np.r_[self._lower, np.zeros(count)]
        self._upper = np.r_[self._upper, np.full(count, np.inf)]
        self._pass_model()

    def slacks(self, solution: Solution, name: str) -> xr.DataArray:
        """Return by how much the rows of ``name`` are broken, in their own unit."""
        taken = np.zeros(self.rows)
        taken[self._broken_rows] = solution.slack[self._slack_of_row]
        return over(self.formulation.constraints[name].labels, taken)

    def _rows_of(self, name: str) -> Whole:
        labels = self.formulation.constraints[name].labels.values.ravel()
        rows: Whole = labels[labels >= 0]
        return rows

    def _shared_slacks(self, names: Mapping[str, Sequence[str]]) -> Whole:
        """Return the number of the slack that serves each row of ``names``, in their order."""
        found = [np.zeros(0, dtype=np.intp)]
        start = 0
        for name, shared in names.items():
            labels = self.formulation.constraints[name].labels
            own = [size for dim, size in labels.sizes.items() if dim not in shared]
            numbers = xr.DataArray(
                np.arange(int(np.prod(own))).reshape(own),
                dims=[dim for dim in labels.dims if dim not in shared],
            )
            each = numbers.broadcast_like(labels).transpose(*labels.dims).values
            used, position = np.unique(each[labels.values >= 0], return_inverse=True)
            found.append(position + start)
            start += used.size
        return np.concatenate(found).astype(np.intp)
