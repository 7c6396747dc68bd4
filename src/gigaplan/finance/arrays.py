"""Arrays of projects: one number for all, one for each, or one for each and year, on one shape."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def column(value: npt.ArrayLike) -> Array:
    """Return a number, or one for each project, as a column; a table by year as it is.

    Examples
    --------
    >>> column(5.0).tolist(), column([1.0, 2.0]).tolist(), column([[1.0, 2.0]]).tolist()
    ([[5.0]], [[1.0], [2.0]], [[1.0, 2.0]])
    """
    array = np.asarray(value, dtype=float)
    return array if array.ndim == 2 else np.atleast_1d(array)[:, None]


def columns(*values: npt.ArrayLike) -> tuple[Array, ...]:
    """Return numbers as columns of one height, one row for each project.

    Examples
    --------
    >>> [each.tolist() for each in columns(5.0, [1.0, 2.0])]
    [[[5.0], [5.0]], [[1.0], [2.0]]]
    """
    return tuple(np.array(each) for each in np.broadcast_arrays(*map(column, values)))
