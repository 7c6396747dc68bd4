"""Cells: the right columns, each cell of the right type."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl

from gigaplan.inputs.frames import RawTable, rows_label, to_pandas
from gigaplan.inputs.schema import Column, TableSchema
from gigaplan.inputs.wording import MOST_LABELS, brief, few, nearest
from gigaplan.terms.errors import Fault

MUST_BE = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
WRITE = {
    "string": "Store the column as text.",
    "integer": "Write digits only: no point, no thousands separator, no unit.",
    "number": "Write digits with a point: no thousands separator, no unit, no sign but + or -.",
    "boolean": "Write true or false.",
}
MOST_WHOLE = 2.0**53  # from here on a double cannot tell whole numbers apart


@dataclass(frozen=True)
class TypedTable:
    """A table whose cells have the types of the schema.

    Parameters
    ----------
    file
        Name of the file, for messages.
    first_row
        Number of the first row of data, as a person counts.
    frame
        The columns that could be read, in the order of the schema; wide columns follow, sorted.
    header
        Every column that the file has.
    """

    file: str
    first_row: int
    frame: pd.DataFrame
    header: tuple[str, ...]


def typed_table(raw: RawTable, schema: TableSchema) -> tuple[TypedTable, list[Fault]]:
    """Give each column the type that the schema asks for.

    Parameters
    ----------
    raw
        The file as it was read.
    schema
        What the table must hold.

    Returns
    -------
    TypedTable
        The columns without a fault; a column with one is left out.
    list[Fault]
        Unknown and missing columns, and cells of the wrong type.
    """
    names = raw.cells.columns
    faults = header_faults(raw.file, names, schema)
    wide = sorted(set(names) - set(schema.names)) if schema.every_other else []
    good: dict[str, pl.Series] = {}
    for name in (*schema.names, *wide):
        column = schema.column(name)
        if column is None or name not in names:
            continue
        series = _typed(raw.cells[name], column)
        bad = _wrong_cells(raw, name, series, column)
        if bad is None:
            good[name] = series
        else:
            faults.append(bad)
    frame = to_pandas(pl.DataFrame(good))
    return TypedTable(raw.file, raw.first_row, frame, tuple(names)), faults


def header_faults(file: str, names: Sequence[str], schema: TableSchema) -> list[Fault]:
    """List unknown and missing columns; a column with a typing error is named once."""
    where = f"{file} row 1" if file.endswith(".csv") else file
    if len(names) == 1 and (separator := next((s for s in SEPARATORS if s in names[0]), None)):
        what = f"The cells are separated by {SEPARATORS[separator]}, not by commas."
        return [Fault(what, where, "Save the file as 'CSV UTF-8', with commas.")]
    missing = [name for name in schema.names if name not in names]
    unknown = [name for name in names if schema.column(name) is None]
    faults = []
    for name in unknown:
        meant = nearest(name, missing)
        mend = "Drop the column, or look for its name in the data dictionary."
        if meant is not None:
            missing.remove(meant)
            mend = f"Did you mean '{meant}'?"
        faults.append(
            Fault(f"There is no column '{brief(name)}' in the table {schema.name}.", where, mend)
        )
    if missing:
        what = f"The column {missing[0]} is missing."
        if len(missing) > 1:
            what = f"The columns {few(missing)} are missing."
        faults.append(Fault(what, where, "Add it." if len(missing) == 1 else "Add them."))
    return faults


def _typed(cells: pl.Series, column: Column) -> pl.Series:
    """Turn cells into the type of the column; a cell that cannot be turned becomes null."""
    is_text = cells.dtype == pl.String
    if column.type == "string":
        if cells.dtype == pl.Null or isinstance(cells.dtype, pl.Categorical | pl.Enum):
            return cells.cast(pl.String)
        return cells if is_text else _nulls(cells, pl.String)
    if column.type == "boolean":
        if cells.dtype == pl.Boolean:
            return cells
        words = {"true": True, "false": False}
        if not is_text:
            return _nulls(cells, pl.Boolean)
        return cells.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)
    if not (is_text or cells.dtype.is_numeric() or cells.dtype == pl.Null):
        return _nulls(cells, pl.Float64)
    numbers = cells.cast(pl.Float64, strict=False)
    values = numbers.to_numpy()
    if np.count_nonzero(np.isnan(values)) > numbers.null_count():
        numbers = numbers.fill_nan(None)
    if is_text and np.isinf(values).any():
        numbers = numbers.set(numbers.is_infinite(), None)  # so that the text of the cell is named
    if column.type == "integer" and _all_whole(values):
        return numbers.cast(pl.Int64)
    return numbers


def _all_whole(values: npt.NDArray[np.float64]) -> bool:
    """Whether all are whole numbers that a double holds exactly; none that is not a number is."""
    return bool(np.all((values == np.floor(values)) & (np.abs(values) < MOST_WHOLE)))


def _nulls(cells: pl.Series, dtype: type[pl.DataType]) -> pl.Series:
    return pl.Series(cells.name, [None] * len(cells), dtype)


def _wrong_cells(raw: RawTable, name: str, typed: pl.Series, column: Column) -> Fault | None:
    """Name the cells that held something but not what the column must hold."""
    cells = raw.cells[name]
    not_whole = column.type == "integer" and typed.dtype == pl.Float64
    if not not_whole and typed.null_count() in (0, cells.null_count()):
        return None
    held = cells.is_not_null()
    if cells.dtype.is_float():
        held = held & cells.is_not_nan()
    lost = held & typed.is_null()
    if not_whole:
        lost = lost | ((typed != typed.floor()) | (typed.abs() >= MOST_WHOLE)).fill_null(
            value=False
        )
    if not lost.any():
        return None
    must, write = MUST_BE[column.type], WRITE[column.type]
    if cells.dtype != pl.String and not cells.dtype.is_numeric():
        return Fault(f"{name} holds {cells.dtype}. It must hold {must}.", raw.file, write)
    places = lost.arg_true().to_list()
    shown = [cells[place] for place in places[:MOST_LABELS]]
    if column.is_numeric and all(_is_infinite_or_nan(cell) for cell in shown):
        must = "a finite number"
        write = "Give a number." if column.required else "Give a number, or leave the cell blank."
    what = (
        f"{brief(name)} is {few([repr(cell) for cell in shown], len(places))}. It must be {must}."
    )
    where = f"{raw.file} {rows_label([place + raw.first_row for place in places])}"
    return Fault(what, where, write)


def _is_infinite_or_nan(cell: object) -> bool:
    """Whether a cell reads as infinite or as not a number, as in ``inf`` and ``NaN``."""
    try:
        return not math.isfinite(float(str(cell)))
    except ValueError:
        return False
