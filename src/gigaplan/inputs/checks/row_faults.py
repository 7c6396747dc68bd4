"""Faults of rows: where they stand, and the labels they hold, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.inputs.checks.cells import TypedTable
from gigaplan.inputs.frames import rows_label
from gigaplan.inputs.wording import few
from gigaplan.terms.errors import Fault

Marks = Sequence[bool] | npt.NDArray[np.bool_] | pd.Series


def row_fault(table: TypedTable, bad: Marks, what: str, mend: str) -> Fault:
    """Return a fault of the rows where ``bad`` is true."""
    rows = [int(place) + table.first_row for place in np.flatnonzero(np.asarray(bad, dtype=bool))]
    return Fault(what, f"{table.file} {rows_label(rows)}", mend)


def named_fault(
    table: TypedTable, bad: Marks, column: str, what: str, mend: str
) -> Iterator[Fault]:
    """Yield one fault of all rows where ``bad`` is true, if there are any.

    Parameters
    ----------
    table
        Table with the rows.
    bad
        Marks, row by row.
    column
        Column whose values name the rows.
    what
        What is wrong; ``{names}`` becomes the values, each once.
    mend
        How to mend it.
    """
    marks = np.asarray(bad, dtype=bool)
    if marks.any():
        names = few(list(dict.fromkeys(table.frame[column][marks])))
        yield row_fault(table, marks, what.replace("{names}", names), mend)
