"""Completeness: tables that must have a row, or a column, for each zone and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gigaplan.inputs.checks.cells import TypedTable
from gigaplan.inputs.checks.values import labels_of
from gigaplan.inputs.schema import Reference, TableSchema
from gigaplan.inputs.wording import MOST_LABELS, few
from gigaplan.terms.errors import Fault
from gigaplan.terms.units import HOURS_PER_YEAR

ZONES = Reference("zones", "zone")
DIVISIONS = Reference("zones", "census_division")
MONTHS = tuple(range(1, 13))
CLASSES = ("campus", "accelerator", "generator", "storage", "corridor", "factory")


@dataclass(frozen=True)
class Coverage:
    """A table must have a row for every label, within each group that it has.

    Parameters
    ----------
    table
        Name of the table.
    column
        Column that must hold every label.
    labels
        The labels, or the column of another table that lists them.
    within
        Columns whose combinations, as far as they occur, must each be complete.
    """

    table: str
    column: str
    labels: Reference | tuple[int, ...] | tuple[str, ...]
    within: tuple[str, ...] = ()


COVERAGES = (
    Coverage("annual_demand", "zone", ZONES, within=("year", "case")),
    Coverage("campus_power_use", "zone", ZONES),
    Coverage("construction_workforce", "zone", ZONES),
    Coverage("cost_multipliers", "zone", ZONES, within=("multiplier_group",)),
    Coverage("fuel_prices", "census_division", DIVISIONS, within=("fuel", "case", "year")),
    Coverage("site_water", "zone", ZONES),
    Coverage("water_scarcity", "zone", ZONES),
    Coverage("zone_stage_months", "zone", ZONES, within=("stage",)),
    Coverage("zone_taxes", "zone", ZONES),
    Coverage("local_taxes", "zone", ZONES),
    Coverage("tax_bases", "class", CLASSES),
    Coverage("hydro_monthly", "month", MONTHS, within=("zone",)),
)


def completeness_faults(
    tables: Mapping[str, TypedTable], schemas: Mapping[str, TableSchema]
) -> list[Fault]:
    """List the rows and columns that are missing.

    Parameters
    ----------
    tables
        The tables that could be read.
    schemas
        Every table that a package must have.

    Returns
    -------
    list[Fault]
        One fault for each table with gaps, naming at most five of them.
    """
    faults: list[Fault] = []
    for coverage in COVERAGES:
        table = tables.get(coverage.table)
        columns = {coverage.column, *coverage.within}
        if table is None or not columns <= set(table.frame.columns):
            continue
        labels = _labels(coverage.labels, tables)
        if labels is not None:
            faults += _missing_rows(table, coverage, labels)
    for name, schema in schemas.items():
        if schema.every_other is not None and name in tables:
            faults += _wide_faults(tables[name], schema, tables)
    return faults


def _labels(
    source: Reference | tuple[int, ...] | tuple[str, ...], tables: Mapping[str, TypedTable]
) -> list[object] | None:
    """Return the labels that must be there; ``None`` if the table that lists them is not."""
    if isinstance(source, tuple):
        return list(source)
    listing = tables.get(source.table)
    if listing is None or source.column not in listing.frame:
        return None
    return sorted(labels_of(listing.frame[source.column]))


def _missing_rows(
    table: TypedTable, coverage: Coverage, labels: Sequence[object]
) -> Iterator[Fault]:
    """Name the combinations that have no row."""
    names = [*coverage.within, coverage.column]
    if _is_complete(table.frame[names], labels):
        return
    present = table.frame[names].dropna().drop_duplicates()
    wanted = pd.DataFrame({coverage.column: labels})
    if coverage.within:
        groups = present[list(coverage.within)].drop_duplicates()
        wanted = groups.merge(wanted, how="cross")
    both = wanted.merge(present, how="left", on=names, indicator="found")
    gaps = both[both["found"] == "left_only"][names]
    if gaps.empty:
        return
    shown = [
        " ".join(str(value) for value in row)
        for row in gaps.head(MOST_LABELS).itertuples(index=False)
    ]
    what = f"There is no row for {' '.join(names)}: {few(shown, len(gaps))}."
    yield Fault(what, table.file, "Add it." if len(gaps) == 1 else "Add them.")


def _is_complete(rows: pd.DataFrame, labels: Sequence[object]) -> bool:
    """Whether the last column holds every label, and only those, beside each of the others."""
    columns = [rows[name].tolist() for name in rows.columns]
    present = set(zip(*columns, strict=True))
    groups = set(zip(*columns[:-1], strict=True)) or {()}
    return set(columns[-1]) <= set(labels) and len(present) == len(groups) * len(labels)


def _wide_faults(
    table: TypedTable, schema: TableSchema, tables: Mapping[str, TypedTable]
) -> Iterator[Fault]:
    """Name zones without a column, and hours that are missing, in an hourly profile."""
    wide = schema.every_other
    if wide is not None and wide.references is not None:
        labels = _labels(wide.references, tables) or []
        missing = [label for label in labels if label not in table.header]
        if missing:
            noun = "column" if len(missing) == 1 else "columns"
            what = f"There is no {noun} for {wide.references.column} {few(missing)}."
            yield Fault(what, table.file, f"Add the {noun}.")
    if "hour_utc" in table.frame and len(table.frame):
        hours = np.sort(table.frame["hour_utc"].to_numpy())
        if not np.array_equal(hours, np.arange(HOURS_PER_YEAR)):
            what = f"hour_utc has {len(hours):,} rows from {hours[0]} to {hours[-1]}."
            mend = "Give each hour of a year of 365 days once: 0 to 8759."
            yield Fault(what, table.file, mend)
