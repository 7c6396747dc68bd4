"""Tables as Parquet files, written by Python itself."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import polars as pl

from gigaplan.inputs.frames import to_polars


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as a Parquet file.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    write_cells(to_polars(table), path)


def write_cells(cells: pl.DataFrame, path: Path) -> None:
    """Write cells as a Parquet file.

    polars makes the bytes, Python writes them: an error then says why the disk refuses.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    buffer = io.BytesIO()
    cells.write_parquet(buffer)
    path.write_bytes(buffer.getvalue())
