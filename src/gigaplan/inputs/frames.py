"""Tables in files: CSV and Parquet, read and written with polars and without pyarrow.

pandas and polars can hand tables to each other only where pyarrow is installed. These functions do
it column by column instead, so no further engine is needed.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
import polars as pl
from polars import selectors

from gigaplan.inputs.wording import few
from gigaplan.terms.errors import Fault, InputError

MOST_BYTES: Final = 50_000_000
MOST_CELLS: Final = 5_000_000
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class RawTable:
    """A file as it was read, before its cells are checked.

    Parameters
    ----------
    file
        Name of the file, for messages.
    first_row
        Number of the first row of data, as a person counts: 2 in a CSV file, where the header is
        row 1, and 1 in a Parquet file.
    cells
        The cells: all text (null where blank) from a CSV file, typed from a Parquet file.
    """

    file: str
    first_row: int
    cells: pl.DataFrame


def to_polars(frame: pd.DataFrame) -> pl.DataFrame:
    """Turn a pandas table into a polars one; missing texts become null, NaN stays NaN."""
    return pl.DataFrame(
        {
            str(name): series.to_numpy()
            if series.dtype.kind in "iufbM"
            else pl.Series(
                str(name), series.astype(object).where(series.notna(), None).tolist(), pl.String
            )
            for name, series in frame.items()
        }
    )


def to_pandas(table: pl.DataFrame) -> pd.DataFrame:
    """Turn a polars table into a pandas one; null becomes NaN, also in texts."""
    return pd.DataFrame(
        {
            name: pd.array(table[name].to_list(), dtype="str")
            if table[name].dtype == pl.String
            else table[name].to_numpy()
            for name in table.columns
        }
    )


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as a Parquet file."""
    to_polars(frame).write_parquet(path)


def read_parquet(path: Path) -> pd.DataFrame:
    """Read a Parquet file that was written by :func:`write_parquet`.

    Raises
    ------
    InputError
        If the file is missing, too large or not a Parquet file.
    """
    return to_pandas(read_parquet_cells(path).cells)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as a CSV file: UTF-8, numbers in full, missing values blank."""
    to_polars(frame).with_columns(selectors.float().fill_nan(None)).write_csv(path)


def read_parquet_cells(path: Path) -> RawTable:
    """Read a Parquet file of a data package or a plan.

    Raises
    ------
    InputError
        If the file is missing, too large or not a Parquet file.
    """
    content = _read_bytes(path)
    if content[:4] != b"PAR1" or content[-4:] != b"PAR1":
        raise _not_parquet(path)
    try:
        lazy = pl.scan_parquet(io.BytesIO(content))
        columns = len(lazy.collect_schema())
        cells = columns * int(lazy.select(pl.len()).collect().item())
        if cells > MOST_CELLS:
            raise _too_large(path, f"{cells:,} cells", f"{MOST_CELLS:,} cells")
        table = lazy.collect()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise _not_parquet(path) from error
    return RawTable(file=path.name, first_row=1, cells=table)


def read_csv_cells(path: Path) -> RawTable:
    """Read a CSV file of a data package as texts.

    Blanks around a cell are dropped, blank lines at the end of the file too. A byte-order mark, as
    spreadsheets write it, is accepted.

    Raises
    ------
    InputError
        If the file is missing, too large, not UTF-8, empty, or not a rectangle.
    """
    rows = _csv_rows(path)
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise _one_fault(path, Fault("The file is empty.", path.name, "Give a header and rows."))
    header, body = [name.strip() for name in rows[0]], rows[1:]
    faults = _header_faults(path.name, header) + _shape_faults(path.name, len(header), body)
    if faults:
        headline = f"{path} cannot be read."
        raise InputError(headline, faults)
    columns = zip(*body, strict=True) if body else [()] * len(header)
    cells = pl.DataFrame(
        [
            pl.Series(name, [cell.strip() or None for cell in column], pl.String)
            for name, column in zip(header, columns, strict=True)
        ]
    )
    return RawTable(file=path.name, first_row=2, cells=cells)


def _csv_rows(path: Path) -> list[list[str]]:
    """Split a CSV file into rows of texts."""
    content = _read_bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = Fault(
            f"The bytes are not UTF-8 (the first such byte is 0x{content[error.start]:02x}).",
            f"{path.name} line {line}",
            "Save the file as 'CSV UTF-8'.",
        )
        raise _one_fault(path, fault) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in reader:
            rows.append(row)
            cells += len(row) or 1
            if cells > MOST_CELLS:
                raise _too_large(path, f"more than {MOST_CELLS:,} cells", f"{MOST_CELLS:,} cells")
    except csv.Error as error:
        fault = Fault(
            f"The text is not CSV: {error}.",
            f"{path.name} line {reader.line_num}",
            "Look for a quotation mark that is not closed.",
        )
        raise _one_fault(path, fault) from None
    return rows


def _header_faults(file: str, header: list[str]) -> list[Fault]:
    """List blank and repeated names in a header."""
    faults = []
    if "" in header:
        place = header.index("") + 1
        mend = "Give it a name, or drop the column."
        faults.append(Fault(f"Column {place} has no name.", f"{file} row 1", mend))
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        mend = "Keep one of each."
        faults.append(Fault(f"{few(twice)} is there twice.", f"{file} row 1", mend))
    return faults


def _shape_faults(file: str, width: int, body: list[list[str]]) -> list[Fault]:
    """List rows that are blank or have too few or too many cells."""
    faults = []
    blank = [number for number, row in enumerate(body, start=2) if not row]
    if blank:
        faults.append(Fault("The row is blank.", f"{file} {rows_label(blank)}", "Delete it."))
    ragged = [n for n, row in enumerate(body, start=2) if row and len(row) != width]
    if ragged:
        counts = few([len(body[number - 2]) for number in ragged])
        what = f"The row has {counts} cells, but the header has {width}."
        mend = "Add or drop commas, and quote text that holds a comma."
        faults.append(Fault(what, f"{file} {rows_label(ragged)}", mend))
    return faults


def rows_label(rows: list[int]) -> str:
    """Name rows, at most five, then the count of the others.

    >>> rows_label([14])
    'row 14'
    >>> rows_label([2, 3, 5, 7, 11, 13, 17])
    'rows 2, 3, 5, 7, 11 and 2 more'
    """
    return f"{'row' if len(rows) == 1 else 'rows'} {few(rows)}"


def _read_bytes(path: Path) -> bytes:
    """Read a whole file, if it is a file and not too large."""
    if path.is_dir():
        mend = "Put a file there."
        raise _one_fault(path, Fault("It is a folder, not a file.", path.name, mend))
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _too_large(path, f"{size / MEGABYTE:.1f} MB", f"{MOST_BYTES // MEGABYTE} MB")
        return path.read_bytes()
    except OSError as error:
        what = f"The file cannot be read: {error.strerror or error}."
        mend = "Check that it exists and that you may read it."
        raise _one_fault(path, Fault(what, path.name, mend)) from error


def _too_large(path: Path, size: str, limit: str) -> InputError:
    what = f"The file holds {size}; a table may hold at most {limit}."
    mend = "Drop rows or columns that the schema does not ask for."
    return _one_fault(path, Fault(what, path.name, mend))


def _not_parquet(path: Path) -> InputError:
    what = "The file is not a Parquet file, or it is damaged."
    mend = "Write it again, or give the table as CSV."
    return _one_fault(path, Fault(what, path.name, mend))


def _one_fault(path: Path, fault: Fault) -> InputError:
    return InputError(f"{path} cannot be read.", [fault])
