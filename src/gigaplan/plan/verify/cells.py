"""Checks of cells: every number is one, unless the schema lets it be missing or without end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from gigaplan.plan.tables import PlanColumn, plan_columns
from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.finding import Finding, told


def cell_findings(fields: Fields) -> list[Finding]:
    """Look at every cell of every column of numbers."""
    tables = fields.plan.tables
    faults: list[str] = []
    count = 0
    for column in plan_columns():
        if column.type != "string" and column.column in tables[column.table]:
            cells = tables[column.table][column.column].to_numpy(dtype=float)
            faults += _faults(column, cells)
            count += cells.size
    return [told("cells hold numbers", faults, count)]


def _faults(column: PlanColumn, cells: npt.NDArray[np.float64]) -> Iterator[str]:
    """Name the rows whose cell may not be what it is."""
    good = np.isfinite(cells)
    if column.may_be == "missing":
        good |= np.isnan(cells)
    elif column.may_be == "infinite":
        good |= np.isposinf(cells)
    for row in np.flatnonzero(~good):
        yield f"{column.table} row {row}: {column.column} is {cells[row]:g}"
