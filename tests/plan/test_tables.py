"""The tables of a plan keep their schema, and two plans are equal only if every cell is."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from gigaplan.plan.tables import (
    PlanColumn,
    check_tables,
    columns_of,
    plan_columns,
    same_table,
    table_names,
)
from gigaplan.terms.errors import Fault

UNIT_OF_ENDING = {
    "usd_per_mwh": "USD per MWh",
    "usd_per_t": "USD per t",
    "_mw": "MW",
    "_mwh": "MWh",
    "_t_per_mwh": "t per MWh",
    "_twh": "TWh",
    "_kt": "kt",
    "_t": "t",
    "_deg": "deg",
    "_usd2025_m": "M$ of 2025",
    "_usd2025_m_per_yr": "M$ of 2025 per year",
    "_usd2025_m_per_month": "M$ of 2025 per month",
    "_usd2025_per_mwh": "USD of 2025 per MWh",
    "_kg_per_mwh": "kg/MWh",
    "_mm3": "Mm3",
    "_ha": "ha",
}


def tables_of_the_schema() -> dict[str, pd.DataFrame]:
    """Return two rows of every table."""
    cells: dict[str, object] = {
        "string": pd.Series(["a", "b"], dtype="str"),
        "integer": np.array([1, 2]),
        "number": np.array([0.5, np.nan]),
    }
    return {
        name: pd.DataFrame({column.column: cells[column.type] for column in columns_of(name)})
        for name in table_names()
    }


def test_tables_of_the_schema_pass() -> None:
    assert check_tables(tables_of_the_schema()) == []


def test_further_tables_and_empty_tables_pass() -> None:
    tables = tables_of_the_schema()
    tables["why"] = tables["why"].iloc[:0]
    tables["wildlife"] = pd.DataFrame({"zone": ["TX"]})
    assert check_tables(tables) == []


def test_every_fault_is_named_with_its_table() -> None:
    tables = tables_of_the_schema()
    del tables["prices"]
    tables["why"] = tables["why"].drop(columns="sentence")
    tables["load"] = tables["load"].assign(year=[2026.0, 2030.0], load_gw=[1.0, 2.0])
    tables["zones"] = tables["zones"].assign(zone=[1, 2], latitude_deg=["n", "s"])
    remedy = "Run the scenario again."
    assert check_tables(tables) == [
        Fault("No table 'load' has the columns load_gw.", "tables/load", remedy),
        Fault("The column 'year' does not hold whole numbers.", "tables/load", remedy),
        Fault("The table 'prices' is missing.", "tables/prices", remedy),
        Fault("The column 'sentence' is missing.", "tables/why", remedy),
        Fault("The column 'zone' does not hold text.", "tables/zones", remedy),
        Fault("The column 'latitude_deg' does not hold numbers.", "tables/zones", remedy),
    ]


@pytest.mark.parametrize("column", plan_columns(), ids=lambda c: f"{c.table}.{c.column}")
def test_a_column_of_the_schema_is_described_and_its_ending_is_its_unit(column: PlanColumn) -> None:
    assert column.type in ("string", "integer", "number")
    assert column.may_be in (("", "missing", "infinite") if column.type == "number" else ("",))
    assert len(column.description) >= 4
    assert column.description[0] != " "
    assert not column.description.endswith(".")
    endings = [ending for ending in UNIT_OF_ENDING if column.column.endswith(ending)]
    if endings:
        assert column.unit == UNIT_OF_ENDING[max(endings, key=len)]
    assert re.fullmatch(r"[a-z][a-z0-9_]*", column.column)


def test_tables_differ_by_one_digit_one_row_or_the_order_of_columns() -> None:
    table = pd.DataFrame({"zone": ["TX", "OK"], "power_mw": [1.0, np.nan]})
    assert same_table(table, table.copy())
    assert not same_table(table, table.assign(power_mw=[np.nextafter(1.0, 2.0), np.nan]))
    assert not same_table(table, table.assign(power_mw=[1.0, 0.0]))
    assert not same_table(table, table.iloc[:1])
    assert not same_table(table, table[["power_mw", "zone"]])
    assert not same_table(table, table.assign(zone=["TX", "Ok"]))


def test_missing_texts_are_equal_however_they_are_written() -> None:
    left = pd.DataFrame({"owner": pd.Series(["a", None], dtype=object)})
    right = pd.DataFrame({"owner": pd.Series(["a", np.nan], dtype="str")})
    assert same_table(left, right)
