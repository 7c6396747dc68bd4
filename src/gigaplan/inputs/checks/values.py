"""Values: no blank where one is needed, in range, allowed, named once, and known elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from gigaplan.inputs.checks.cells import TypedTable
from gigaplan.inputs.checks.row_faults import row_fault
from gigaplan.inputs.schema import Column, Reference, TableSchema
from gigaplan.inputs.wording import MOST_LABELS, brief, did_you_mean, few, quantity
from gigaplan.terms.errors import Fault

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]

NOUNS = (
    ("price", "A price"),
    ("usd", "A cost"),
    ("_mw", "A capacity"),
    ("_twh", "An amount of energy"),
    ("_frac", "A share"),
    ("_years", "A span of years"),
)


def value_faults(
    table: TypedTable, schema: TableSchema, tables: Mapping[str, TypedTable]
) -> list[Fault]:
    """List every fault in the values of a table.

    Parameters
    ----------
    table
        The table; columns that it has not are not checked.
    schema
        What the table must hold.
    tables
        All tables, for references; a table that is not there is not checked against.

    Returns
    -------
    list[Fault]
        One fault for each column and kind of fault, naming at most five rows.
    """
    faults: list[Fault] = []
    for name, values, column in _columns(table.frame, schema):
        if column.required and (blank := _blank(values)).any():
            faults.append(row_fault(table, blank, f"{name} is blank.", "Give a value."))
        if column.is_numeric:
            faults += _range_faults(table, name, values, column)
        if column.allowed:
            faults += _allowed_faults(table, name, values, column)
        if column.references is not None and name in schema.names:
            faults += _reference_faults(table, name, values, column.references, tables)
    return [*faults, *_label_faults(table, schema, tables), *_key_faults(table, schema)]


def range_problem(name: str, value: float, column: Column) -> tuple[str, str] | None:
    """Say why a number is out of range and how to mend it; ``None`` if it is in range.

    Parameters
    ----------
    name
        Name of the column.
    value
        The number; not NaN.
    column
        What the column must hold.
    """
    low, high = column.minimum, column.maximum
    if not np.isfinite(value):
        return "It must be a finite number.", "Give a number."
    unit = f" {column.unit}" if column.unit else ""
    if low is not None and value < low:
        if low == 0:
            noun = next((noun for part, noun in NOUNS if part in name), "It")
            return f"{noun} cannot be negative.", "Give a value of 0 or more, or drop the row."
        mend = f"Give a value of {quantity(low)} or more, and check its unit."
        return f"The least that makes sense is {quantity(low)}{unit}.", mend
    if high is not None and value > high:
        mend = f"Give a value of {quantity(high)} or less, and check its unit."
        return f"The most that makes sense is {quantity(high)}{unit}.", mend
    return None


def _columns(frame: pd.DataFrame, schema: TableSchema) -> Iterator[tuple[str, pd.Series, Column]]:
    """Walk over the columns of a table that the schema knows."""
    for name, values in frame.items():
        column = schema.column(str(name))
        if column is not None:
            yield str(name), values, column


def _blank(values: pd.Series) -> Mask:
    return np.isnan(values.to_numpy()) if values.dtype.kind == "f" else values.isna().to_numpy()


def _range_faults(
    table: TypedTable, name: str, values: pd.Series, column: Column
) -> Iterator[Fault]:
    numbers = values.to_numpy(dtype=np.float64)
    low = -np.inf if column.minimum is None else column.minimum
    high = np.inf if column.maximum is None else column.maximum
    least, most = np.fmin.reduce(numbers, initial=np.nan), np.fmax.reduce(numbers, initial=np.nan)
    if np.isnan(least) or (np.isfinite([least, most]).all() and low <= least and most <= high):
        return
    infinite = np.isinf(numbers)
    for bad in (infinite, ~infinite & (numbers < low), ~infinite & (numbers > high)):
        if bad.any():
            shown = numbers[bad][:MOST_LABELS]
            problem = range_problem(name, float(shown[0]), column)
            if problem is None:
                message = f"{name}: {shown[0]} was found out of range, and is not."
                raise AssertionError(message)
            why, mend = problem
            labels = few([quantity(v) if np.isfinite(v) else v for v in shown], int(bad.sum()))
            yield row_fault(table, bad, f"{name} is {labels}. {why}", mend)


def _allowed_faults(
    table: TypedTable, name: str, values: pd.Series, column: Column
) -> Iterator[Fault]:
    if not labels_of(values) <= set(column.allowed):
        bad = (values.notna() & ~values.isin(column.allowed)).to_numpy()
        found = list(dict.fromkeys(values[bad]))
        choices = " or ".join(column.allowed)
        hint = did_you_mean(str(found[0]), column.allowed)
        what = f"{name} is '{few(found)}'. It must be {choices}."
        yield row_fault(table, bad, what, hint or "Choose one of these.")


def labels_of(values: pd.Series) -> set[Any]:
    """Return what stands in a column, without blanks.

    >>> sorted(labels_of(pd.Series(["TX", None, "OK", "TX"], dtype="str")))
    ['OK', 'TX']
    """
    labels = set(values.tolist())
    return {label for label in labels if label == label} if values.hasnans else labels


def _known(reference: Reference, tables: Mapping[str, TypedTable]) -> set[object] | None:
    """Return the values that a reference allows; ``None`` if they could not be read."""
    target = tables.get(reference.table)
    if target is None or reference.column not in target.frame:
        return None
    return labels_of(target.frame[reference.column])


def _reference_faults(
    table: TypedTable,
    name: str,
    values: pd.Series,
    reference: Reference,
    tables: Mapping[str, TypedTable],
) -> Iterator[Fault]:
    known = _known(reference, tables)
    if known is None:
        return
    if not labels_of(values) <= known:
        bad = (values.notna() & ~values.isin(known)).to_numpy()
        found = list(dict.fromkeys(values[bad]))
        hint = did_you_mean(str(found[0]), [str(label) for label in known])
        what = f"{name} is {few(found)}, which is not in {reference}."
        mend = hint or f"Add it to the table {reference.table}, or drop the row."
        yield row_fault(table, bad, what, mend)


def _label_faults(
    table: TypedTable, schema: TableSchema, tables: Mapping[str, TypedTable]
) -> Iterator[Fault]:
    """Name wide columns whose header is not a known label, such as a zone that does not exist."""
    reference = schema.every_other.references if schema.every_other else None
    known = None if reference is None else _known(reference, tables)
    if reference is None or known is None:
        return
    for label in table.frame.columns:
        if label not in known and label not in schema.names:
            what = f"The column '{brief(label)}' is not in {reference}."
            mend = f"Add it to the table {reference.table}, or drop the column."
            yield Fault(what, table.file, did_you_mean(str(label), map(str, known)) or mend)


def _key_faults(table: TypedTable, schema: TableSchema) -> Iterator[Fault]:
    """Name rows that have the same key."""
    key = list(schema.key)
    if not set(key) <= set(table.frame.columns):
        return
    if _are_distinct([table.frame[name] for name in key]):
        return
    keys = table.frame[key]
    bad = (keys.duplicated(keep=False) & keys.notna().all(axis=1)).to_numpy()
    if bad.any():
        first = keys[bad].iloc[0]
        name = ", ".join(f"{column} {brief(first[column])}" for column in key)
        alike = bad & (keys == first).all(axis=1).to_numpy()
        others = int(keys[bad].drop_duplicates().shape[0]) - 1
        more = f" (and {others:,} more keys are repeated)" if others else ""
        what = f"{name} is there {int(alike.sum())} times{more}."
        yield row_fault(table, alike, what, "Keep one of the rows.")


def _are_distinct(columns: list[pd.Series]) -> bool:
    """Whether no two rows hold the same in every column."""
    if len(columns) == 1:
        return columns[0].is_unique
    rows = set(zip(*(column.tolist() for column in columns), strict=True))
    return len(rows) == len(columns[0])
