"""Tables written and read again are the same, as CSV and as Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from gigaplan.inputs.checks.cells import typed_table
from gigaplan.inputs.dataset import load_dataset
from gigaplan.inputs.frames import (
    RawTable,
    read_csv_cells,
    read_parquet,
    read_parquet_cells,
    to_pandas,
    to_polars,
    write_csv,
    write_parquet,
)
from gigaplan.inputs.schema import Column, TableSchema
from gigaplan.terms.errors import InputError

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1).filter(
    lambda text: text == text.strip() and text.strip() != "" and "\0" not in text
)
CELLS = {
    "key": TEXTS,
    "label": st.none() | TEXTS,
    "amount": st.floats(allow_nan=False, allow_infinity=False),
    "maybe": st.none() | st.floats(allow_nan=False, allow_infinity=False),
    "count": st.integers(-(2**53) + 1, 2**53 - 1),
    "built": st.booleans(),
}
SCHEMA = TableSchema(
    "random",
    (
        Column("key", "string", key=True),
        Column("label", "string", required=False),
        Column("amount", "number"),
        Column("maybe", "number", required=False),
        Column("count", "integer"),
        Column("built", "boolean"),
    ),
)
DTYPES = {
    "key": "str",
    "label": "str",
    "amount": "float64",
    "maybe": "float64",
    "count": "int64",
    "built": "bool",
}
ROWS = st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=20)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_a_valid_table_written_and_read_is_equal(
    kind: Literal["csv", "parquet"], rows: list[dict[str, object]], tmp_path: Path
) -> None:
    frame = pd.DataFrame(
        {name: pd.Series([r[name] for r in rows], dtype=d) for name, d in DTYPES.items()}
    )
    path = tmp_path / f"random.{kind}"
    raw: RawTable
    if kind == "csv":
        write_csv(frame, path)
        raw = read_csv_cells(path)
    else:
        write_parquet(frame, path)
        raw = read_parquet_cells(path)
    table, faults = typed_table(raw, SCHEMA)
    assert faults == []
    assert_frame_equal(table.frame, frame, check_exact=True)


def test_polars_and_back_keeps_types_and_gaps() -> None:
    frame = pd.DataFrame(
        {
            "text": pd.Series(["a", None, "c"], dtype="str"),
            "number": [1.5, np.nan, -0.0],
            "count": [1, 2, 3],
            "yes": [True, False, True],
            "day": pd.to_datetime(["2026-01-01", "2026-06-01", "2026-12-31"]).as_unit("us"),
        }
    )
    assert_frame_equal(to_pandas(to_polars(frame)), frame)


def test_parquet_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_parquet(tmp_path / "plan.parquet")
    assert [str(fault) for fault in caught.value.faults] == [
        "plan.parquet: The file cannot be read: No such file or directory. "
        "Check that it exists and that you may read it."
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1e3", 1000.0),
        (" +5 ", 5.0),
        (".5", 0.5),
        ("0.1", 0.1),
        ("1_000", None),
        ("1,000", None),
        ("$5", None),
        ("0x10", None),
        ("1e999", None),
        ("n/a", None),
    ],
)
def test_what_counts_as_a_number(text: str, expected: float | None) -> None:
    cells = pl.DataFrame({"amount": pl.Series([text.strip()], dtype=pl.String)})
    schema = TableSchema("one", (Column("amount", "number"),))
    table, faults = typed_table(RawTable("one.csv", 2, cells), schema)
    if expected is None:
        assert len(faults) == 1
        assert "amount" not in table.frame
    else:
        assert table.frame["amount"].tolist() == [expected]


def test_the_hash_depends_on_values_and_not_on_the_format(
    package: Path, schemas: Mapping[str, TableSchema]
) -> None:
    first = load_dataset(str(package), schemas=schemas)
    zones = first.table("zones")
    (package / "zones.csv").unlink()
    write_parquet(zones[zones.columns[::-1]], package / "zones.parquet")
    assert load_dataset(str(package), schemas=schemas).sha256 == first.sha256
    write_parquet(zones.assign(name=["Texas", "Oklahoma", "Kalifornia"]), package / "zones.parquet")
    assert load_dataset(str(package), schemas=schemas).sha256 != first.sha256


def test_a_table_that_was_taken_does_not_reach_the_package(
    package: Path, schemas: Mapping[str, TableSchema]
) -> None:
    dataset = load_dataset(str(package), schemas=schemas)
    taken = dataset.table("zones")
    taken.loc[0, "name"] = "Changed"
    assert dataset.table("zones").loc[0, "name"] == "Texas"


def test_an_unknown_table_is_refused(package: Path, schemas: Mapping[str, TableSchema]) -> None:
    dataset = load_dataset(str(package), schemas=schemas)
    with pytest.raises(InputError) as caught:
        dataset.table("zone")
    assert str(caught.value) == (
        "There is no table 'zone'.\n"
        "  - small: The data package has no table 'zone'. Did you mean 'zones'?"
    )
