"""Tables as Parquet files, written by Python itself."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from gigaplan.inputs.frames import to_polars


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as a Parquet file.

    polars makes the bytes, Python writes them: an error then says why the disk refuses.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    buffer = io.BytesIO()
    to_polars(table).write_parquet(buffer)
    path.write_bytes(buffer.getvalue())
