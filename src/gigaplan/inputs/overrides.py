"""Overrides: single cells of the data package that a scenario replaces."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
import pandas as pd

from gigaplan.inputs.checks.cells import MOST_WHOLE, MUST_BE
from gigaplan.inputs.checks.values import range_problem
from gigaplan.inputs.schema import Column, TableSchema
from gigaplan.inputs.wording import brief, did_you_mean, few
from gigaplan.terms.errors import Fault, InputError

Label = str | int | float
Cell = str | int | float | bool


class CellOverride(Protocol):
    """One cell to replace: the row of ``table`` that has ``where``, in ``column``."""

    @property
    def table(self) -> str:
        """Name of the table."""

    @property
    def where(self) -> Mapping[str, Label]:
        """Values that the row has, by column."""

    @property
    def column(self) -> str:
        """Name of the column."""

    @property
    def value(self) -> Cell:
        """What the cell becomes."""


class PlaceNamer(Protocol):
    """Names the place of a field of the scenario, such as ``scenario.yaml:9:5: overrides.0``."""

    def __call__(self, *path: str | int) -> str:
        """Return the name of the place; ``path`` is its keys and positions."""


def dotted(*path: str | int) -> str:
    """Name a place by its keys alone.

    >>> dotted("overrides", 0, "table")
    'overrides.0.table'
    """
    return ".".join(str(step) for step in path)


def apply_overrides(
    frames: Mapping[str, pd.DataFrame],
    overrides: Sequence[CellOverride],
    schemas: Mapping[str, TableSchema],
    *,
    place_of: PlaceNamer = dotted,
) -> dict[str, pd.DataFrame]:
    """Replace single cells.

    Parameters
    ----------
    frames
        Tables by name; left as they are.
    overrides
        The cells to replace, each of which must be exactly one.
    schemas
        What each table must hold, also after the override.
    place_of
        Names the place of an override in the scenario, for messages.

    Returns
    -------
    dict[str, pd.DataFrame]
        The tables with the new cells.

    Raises
    ------
    InputError
        With one fault for each override that cannot be applied.
    """
    changed = dict(frames)
    faults: list[Fault] = []
    done: dict[tuple[str, int, str], int] = {}
    for number, override in enumerate(overrides):
        fault, place = _find_cell(changed, override, schemas)
        if fault is not None:
            path = [part for part in fault.where.split(".") if part]
            where = place_of("overrides", number, *path)
            faults.append(replace(fault, where=where))
            continue
        cell = (override.table, place, override.column)
        if cell in done:
            what = f"It replaces the same cell as overrides.{done[cell]}."
            faults.append(Fault(what, place_of("overrides", number), "Keep one of the two."))
            continue
        done[cell] = number
        frame = changed[override.table].copy(deep=False)
        frame.iloc[place, list(frame.columns).index(override.column)] = override.value
        changed[override.table] = frame
    if faults:
        noun = "override" if len(faults) == 1 else "overrides"
        headline = f"{len(faults)} {noun} of the data package cannot be applied."
        raise InputError(headline, faults)
    return changed


def _find_cell(
    frames: Mapping[str, pd.DataFrame],
    override: CellOverride,
    schemas: Mapping[str, TableSchema],
) -> tuple[Fault | None, int]:
    """Find the row of an override; or say why there is none, or why the value cannot be.

    The place of a fault is the field of the override, such as ``where.zone``.
    """
    if override.table not in frames:
        what = f"There is no table '{brief(override.table)}'."
        return _unknown(what, "table", override.table, frames), -1
    frame, schema = frames[override.table], schemas[override.table]
    fault = _column_fault(override, frame, schema)
    if fault is None:
        fault = _value_fault(override, frames, schema)
    if fault is None:
        fault = _where_fault(override, frame, schema)
    if fault is not None:
        return fault, -1
    return _only_row(override, frame, schema)


def _column_fault(override: CellOverride, frame: pd.DataFrame, schema: TableSchema) -> Fault | None:
    """Say why a column cannot be overridden."""
    if override.column not in frame.columns:
        what = f"The table {override.table} has no column '{brief(override.column)}'."
        return _unknown(what, "column", override.column, map(str, frame.columns))
    if override.column in schema.key:
        what = f"{override.column} names the rows of {override.table} and cannot be replaced."
        mend = "Replace a value, or give a data package of your own."
        return Fault(what, "column", mend)
    return None


def _value_fault(
    override: CellOverride, frames: Mapping[str, pd.DataFrame], schema: TableSchema
) -> Fault | None:
    """Say why a value cannot stand in its column."""
    name, value = override.column, override.value
    column = schema.column(name)
    if column is None:
        message = f"{schema.name}.{name} has no schema"
        raise KeyError(message)
    if not _has_type(value, column):
        what = f"{name} is {brief(repr(value))}. It must be {MUST_BE[column.type]}."
        return Fault(what, "value", "Mend the value.")
    if isinstance(value, int | float) and column.is_numeric:
        problem = range_problem(name, float(value), column)
        if problem is not None:
            why, mend = problem
            return Fault(
                f"{name} is {brief(value)}. {why}", "value", mend.replace(", or drop the row", "")
            )
    if column.allowed and value not in column.allowed:
        what = f"{name} is '{brief(value)}'. It must be {' or '.join(column.allowed)}."
        mend = did_you_mean(str(value), column.allowed) or "Choose one of these."
        return Fault(what, "value", mend)
    if column.references is not None and name in schema.names:
        known = frames[column.references.table][column.references.column].dropna()
        if value not in set(known):
            what = f"{name} is {brief(value)}, which is not in {column.references}."
            return _unknown(what, "value", str(value), map(str, known))
    return None


def _has_type(value: object, column: Column) -> bool:
    """Whether a value of a scenario may stand in a column."""
    if isinstance(value, bool):
        return column.type == "boolean"
    if isinstance(value, str):
        return column.type == "string" and bool(value.strip())
    if isinstance(value, int):
        return column.is_numeric and abs(value) < MOST_WHOLE
    if isinstance(value, float):
        whole = math.isfinite(value) and value.is_integer()
        return column.type == "number" or (column.type == "integer" and whole)
    return False


def _where_fault(override: CellOverride, frame: pd.DataFrame, schema: TableSchema) -> Fault | None:
    """Say why the labels of a row cannot be looked up, or which of them no row has."""
    if not override.where:
        mend = f"Name the row by {_and(schema.key)}."
        return Fault("It names no row.", "where", mend)
    for name, label in override.where.items():
        column = schema.column(name)
        if column is None or name not in frame.columns:
            what = f"The table {override.table} has no column '{brief(name)}'."
            return _unknown(what, "where", name, schema.names)
        if not _has_type(label, column):
            what = f"{name} is {brief(repr(label))}. It must be {MUST_BE[column.type]}."
            return Fault(what, f"where.{name}", "Mend the value.")
        known = list(dict.fromkeys(frame[name].dropna()))
        if label not in known:
            what = f"No row of {override.table} has {name} {brief(label)}."
            near = did_you_mean(str(label), map(str, known)) if column.type == "string" else ""
            return Fault(what, f"where.{name}", near or f"There are {few(known)}.")
    return None


def _only_row(
    override: CellOverride, frame: pd.DataFrame, schema: TableSchema
) -> tuple[Fault | None, int]:
    """Find the one row that has all labels, or say why it is not one."""
    match = np.ones(len(frame), dtype=bool)
    for name, label in override.where.items():
        match &= (frame[name] == label).to_numpy(dtype=bool)
    rows = np.flatnonzero(match)
    if len(rows) == 1:
        return None, int(rows[0])
    labels = _and([f"{name} {brief(label)}" for name, label in override.where.items()])
    if len(rows) > 1:
        missing = [name for name in schema.key if name not in override.where]
        what = f"{len(rows):,} rows of {override.table} have {labels}."
        return Fault(what, "where", f"Add {_and(missing)}, so that one row is left."), -1
    return Fault(
        f"No row of {override.table} has {labels}.", "where", _other_labels(override, frame)
    ), -1


def _other_labels(override: CellOverride, frame: pd.DataFrame) -> str:
    """Say which last labels exist together with the first ones."""
    *first, last = override.where
    match = np.ones(len(frame), dtype=bool)
    for name in first:
        match &= (frame[name] == override.where[name]).to_numpy(dtype=bool)
    there = list(dict.fromkeys(frame.loc[match, last].dropna()))
    if not there:
        return "Look at the rows with `gigaplan data show`."
    with_first = _and([f"{name} {brief(override.where[name])}" for name in first])
    return f"With {with_first} there are {last} {few(there)}."


def _unknown(what: str, place: str, word: str, choices: Iterable[str]) -> Fault:
    """Make a fault for a name that does not exist, with the nearest one that does."""
    names = list(choices)
    return Fault(what, place, did_you_mean(word, names) or f"There are {few(names)}.")


def _and(words: Sequence[str]) -> str:
    """Join words with ``and``."""
    return " and ".join(words)
