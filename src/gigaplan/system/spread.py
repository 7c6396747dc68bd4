"""Tables to arrays: long columns spread over labels, and values between the years of a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Labels = Sequence[str] | Sequence[int]


def places(column: pd.Series, labels: Labels) -> npt.NDArray[np.int_]:
    """Return the position of each cell among labels, -1 where it is none of them.

    >>> places(pd.Series(["TX", "OK", "TX"]), ["CA", "TX"]).tolist()
    [1, -1, 1]
    """
    at: dict[object, int] = {label: position for position, label in enumerate(labels)}
    return np.array([at.get(cell, -1) for cell in column.tolist()], dtype=int)


def spread(table: pd.DataFrame, value: str, **axes: Labels) -> Floats:
    """Spread a column over the labels of others, which together name a row.

    Parameters
    ----------
    table
        Table with one row for each combination of labels, at most.
    value
        Column of numbers to spread.
    axes
        Labels of each axis, by the column that holds them.

    Returns
    -------
    numpy.ndarray
        Values by label, in the order of ``axes``; not a number where there is no row.

    Examples
    --------
    >>> long = pd.DataFrame({"zone": ["TX", "OK"], "year": [2030, 2026], "twh": [5.0, 1.0]})
    >>> spread(long, "twh", zone=["OK", "TX"], year=[2026, 2030]).tolist()
    [[1.0, nan], [nan, 5.0]]
    """
    wide = np.full([len(labels) for labels in axes.values()], np.nan)
    at = np.stack([places(table[column], labels) for column, labels in axes.items()])
    known = (at >= 0).all(axis=0)
    wide[tuple(at[:, known])] = table[value].to_numpy(dtype=float)[known]
    return wide


def totals(table: pd.DataFrame, value: str, **axes: Labels) -> Floats:
    """Add a column up by the labels of others; zero where there is no row.

    >>> long = pd.DataFrame({"zone": ["TX", "OK", "TX"], "mw": [5.0, 1.0, 2.0]})
    >>> totals(long, "mw", zone=["TX", "CA"]).tolist()
    [7.0, 0.0]
    """
    shape = tuple(len(labels) for labels in axes.values())
    at = np.stack([places(table[column], labels) for column, labels in axes.items()])
    known = (at >= 0).all(axis=0)
    cells = np.ravel_multi_index(tuple(at[:, known]), shape)
    added = pd.Series(table[value].to_numpy(dtype=float)[known]).groupby(cells).sum()
    sums = np.zeros(shape)
    sums.flat[added.index.to_numpy()] = added.to_numpy()
    return sums


def line(known_years: npt.ArrayLike, values: npt.ArrayLike, years: npt.ArrayLike) -> Floats:
    """Return values at years: linear between known years, level before and after them.

    >>> line([2030, 2026], [8.0, 4.0], [2025, 2027, 2035]).tolist()
    [4.0, 5.0, 8.0]
    """
    known, given = np.asarray(known_years, dtype=float), np.asarray(values, dtype=float)
    order = np.argsort(known, kind="stable")
    at: Floats = np.interp(np.asarray(years, dtype=float), known[order], given[order])
    return at


def lines(table: pd.DataFrame, value: str, years: npt.ArrayLike, **axis: Labels) -> Floats:
    """Return a yearly column at years (label, year), a line for each label of another column.

    Blank cells are no points of a line; a label without a point is not a number.

    >>> cost = pd.DataFrame({"asset": ["a", "a"], "year": [2026, 2030], "usd": [4.0, 8.0]})
    >>> lines(cost, "usd", [2027, 2030], asset=["a", "b"]).tolist()
    [[5.0, 8.0], [nan, nan]]
    """
    ((column, labels),) = axis.items()
    known, values = table["year"].to_numpy(dtype=float), table[value].to_numpy(dtype=float)
    owner = np.where(np.isnan(values), -1, places(table[column], labels))
    at = np.full((len(labels), np.size(years)), np.nan)
    for row in range(len(labels)):
        own = owner == row
        if own.any():
            at[row] = line(known[own], values[own], years)
    return at
