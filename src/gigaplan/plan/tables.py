"""The type of a finished plan."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pandas as pd

from gigaplan.inputs.scenario import Scenario
from gigaplan.plan.manifest import Manifest
from gigaplan.system.types import System
from gigaplan.terms.errors import Fault


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
        """Return the table ``name``."""
        return self.tables[name]


@dataclass(frozen=True)
class PlanColumn:
    """One column of a table of a plan."""

    table: str
    column: str
    type: str
    unit: str
    description: str


@cache
def plan_columns() -> tuple[PlanColumn, ...]:
    """Return every column of every table of a plan."""
    text = files("gigaplan.plan").joinpath("schema.csv").read_text(encoding="utf-8")
    return tuple(PlanColumn(**row) for row in csv.DictReader(text.splitlines()))


def columns_of(table: str) -> list[str]:
    """Return the columns of a table, in order."""
    return [column.column for column in plan_columns() if column.table == table]


def table_names() -> list[str]:
    """Return the names of the tables of a plan, in order."""
    return list(dict.fromkeys(column.table for column in plan_columns()))


def check_tables(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Return what is missing in the tables of a plan, or of another type than it should be."""
    faults = []
    kinds = {"number": "fi", "integer": "i", "string": "OUT"}
    for name in table_names():
        if name not in tables:
            faults.append(Fault(f"The table '{name}' is missing.", name, "Run the plan again."))
            continue
        frame = tables[name]
        for column in (c for c in plan_columns() if c.table == name):
            if column.column not in frame:
                what = f"The column '{column.column}' is missing."
                faults.append(Fault(what, name, "Run the plan again."))
            elif len(frame) and column.type in kinds:
                kind = frame[column.column].dtype.kind
                text = column.type == "string" and not pd.api.types.is_numeric_dtype(
                    frame[column.column]
                )
                if kind not in kinds[column.type] and not text:
                    what = f"The column '{column.column}' should hold {column.type}s."
                    faults.append(Fault(what, name, "Run the plan again."))
    return faults


def same_plan(one: Plan, other: Plan) -> bool:
    """Return whether two plans hold the same, to the last digit."""
    return (
        one.manifest == other.manifest
        and one.scenario == other.scenario
        and one.system.options == other.system.options
        and one.system.data.identical(other.system.data)
        and set(one.tables) == set(other.tables)
        and all(_same(one.tables[name], other.tables[name]) for name in one.tables)
    )


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    if list(one.columns) != list(other.columns) or len(one) != len(other):
        return False
    for name in one.columns:
        left, right = one[name].to_numpy(), other[name].to_numpy()
        equal = left == right
        if left.dtype.kind == "f":
            equal = equal | ((left != left) & (right != right))
        if not bool(equal.all()):
            return False
    return True
