"""The type of a finished plan, and what its tables must hold."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import pandas as pd

from gigaplan.inputs.scenario import Scenario
from gigaplan.inputs.wording import did_you_mean, few
from gigaplan.plan.manifest import Manifest
from gigaplan.system.types import System
from gigaplan.terms.errors import Fault, InputError

REMEDY: Final = "Run the scenario again."


@dataclass(frozen=True)
class Plan:
    """What a run returns.

    Parameters
    ----------
    tables
        Every table by name; ``plan/schema.csv`` lists their columns.
    manifest
        Where the plan comes from and how good it is.
    scenario
        What was asked.
    system
        Every parameter that was used, by label.
    """

    tables: Mapping[str, pd.DataFrame]
    manifest: Manifest
    scenario: Scenario
    system: System

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; what is done to it does not reach the plan.

        Raises
        ------
        InputError
            If there is no such table.
        """
        if name not in self.tables:
            mend = did_you_mean(name, self.tables) or f"Choose one of {', '.join(self.tables)}."
            headline = f"There is no table '{name}'."
            raise InputError(headline, [Fault("The plan does not have it.", name, mend)])
        return self.tables[name].copy(deep=False)


@dataclass(frozen=True)
class PlanColumn:
    """One column of a table of a plan: a row of ``schema.csv``.

    ``type`` is ``string``, ``integer`` or ``number``; ``may_be`` says of a number whether it may
    be ``missing`` or ``infinite``, and is blank where it may be neither.
    """

    table: str
    column: str
    type: str
    unit: str
    may_be: str
    description: str


@cache
def plan_columns() -> tuple[PlanColumn, ...]:
    """Return every column of every table of a plan."""
    text = files("gigaplan.plan").joinpath("schema.csv").read_text(encoding="utf-8")
    return tuple(PlanColumn(**row) for row in csv.DictReader(text.splitlines()))


def columns_of(table: str) -> tuple[PlanColumn, ...]:
    """Return the columns of a table, in order; none if the schema has no such table."""
    return tuple(column for column in plan_columns() if column.table == table)


def without_rows(table: str) -> pd.DataFrame:
    """Return a table of the schema without rows."""
    return pd.DataFrame({column.column: pd.Series(dtype=object) for column in columns_of(table)})


def table_names() -> list[str]:
    """Return the names of the tables that every plan has, in order."""
    return list(dict.fromkeys(column.table for column in plan_columns()))


def check_tables(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Compare the tables of a plan with the schema.

    Parameters
    ----------
    tables
        Tables by name; further tables than those of the schema may be there.

    Returns
    -------
    list of Fault
        Tables and columns that are missing, unknown columns, and columns of another type.
    """
    faults: list[Fault] = []
    for name in table_names():
        if name not in tables:
            faults.append(Fault(f"The table '{name}' is missing.", f"tables/{name}", REMEDY))
            continue
        faults += _column_faults(name, tables[name])
    return faults


def _column_faults(name: str, table: pd.DataFrame) -> list[Fault]:
    """Compare the columns of one table with the schema."""
    where = f"tables/{name}"
    wanted = {column.column: column for column in columns_of(name)}
    faults = [
        Fault(f"The column '{column}' is missing.", where, REMEDY)
        for column in wanted
        if column not in table
    ]
    unknown = [str(column) for column in table.columns if column not in wanted]
    if unknown:
        faults.append(Fault(f"No table '{name}' has the columns {few(unknown)}.", where, REMEDY))
    faults += [
        Fault(f"The column '{column.column}' does not hold {_KINDS[column.type]}.", where, REMEDY)
        for column in wanted.values()
        if column.column in table and not _holds(table[column.column], column.type)
    ]
    return faults


_KINDS: Final = {"string": "text", "integer": "whole numbers", "number": "numbers"}


def _holds(series: pd.Series, kind: str) -> bool:
    """Return whether a column has the type of the schema; an empty one has any."""
    if series.empty:
        return True
    if kind == "string":
        return isinstance(series.dtype, pd.StringDtype) or all(
            isinstance(cell, str) for cell in series.dropna()
        )
    return series.dtype.kind in ("iu" if kind == "integer" else "iuf")


def same_plan(one: Plan, other: Plan) -> bool:
    """Return whether two plans hold the same, to the last digit."""
    return (
        one.manifest == other.manifest
        and one.scenario == other.scenario
        and one.system.options == other.system.options
        and one.system.data.identical(other.system.data)
        and set(one.tables) == set(other.tables)
        and all(same_table(one.tables[name], other.tables[name]) for name in one.tables)
    )


def same_table(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Return whether two tables have the same columns, rows and cells, in the same order.

    Missing cells are equal to each other, whether they are ``None`` or ``NaN``.
    """
    if list(one.columns) != list(other.columns) or len(one) != len(other):
        return False
    for name in one.columns:
        left, right = one[name], other[name]
        missing = left.isna().to_numpy()
        if not np.array_equal(missing, right.isna().to_numpy()):
            return False
        if not bool(np.all((left.to_numpy() == right.to_numpy())[~missing])):
            return False
    return True
