"""Provenance: where each table comes from, and whether it has grown stale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from gigaplan.inputs.audit.report import Check, verdict
from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.wording import did_you_mean, few


def provenance_checks(dataset: Dataset, today: date) -> Iterator[Check]:
    """Check that each table has a source, and none is stale.

    Parameters
    ----------
    dataset
        The data package.
    today
        Day that ages are counted to.
    """
    sources = dataset.table("sources")
    yield verdict("every table has a source", "provenance", _tables_without_source(dataset))
    names, years = sources["table"].tolist(), sources["source_year"].tolist()
    for name, year, limit in zip(names, years, sources["stale_after_years"], strict=True):
        yield _age_check(name, year, int(limit), today)
    dates = [
        fault
        for name, day, year in zip(names, sources["retrieved_on"].tolist(), years, strict=True)
        for fault in _date_faults(name, day, year, today)
    ]
    yield verdict("every table was retrieved on a day of the past", "provenance", dates)
    for name in dataset.tables:
        table = dataset.table(name)
        if {"source", "source_year"} <= set(table.columns) and name != "sources":
            yield verdict(
                f"{name}: each row has a source from the past",
                "provenance",
                list(_row_faults(table, name, today)),
            )


def _tables_without_source(dataset: Dataset) -> list[str]:
    listed = set(dataset.table("sources")["table"])
    missing = sorted(set(dataset.tables) - listed)
    unknown = sorted(listed - set(dataset.tables))
    faults = []
    if missing:
        faults.append(f"sources.csv has no row for {few(missing)}. Add one.")
    for name in unknown:
        hint = did_you_mean(name, dataset.tables) or "Drop the row."
        faults.append(f"sources.csv names the table {name}, which does not exist. {hint}")
    return faults


def _age_check(table: str, source_year: int, stale_after_years: int, today: date) -> Check:
    """Check the age of one table: whole years since its source."""
    age = today.year - source_year
    detail = f"Source of {source_year}; stale after {stale_after_years} years."
    if age > stale_after_years:
        detail += " Look for a newer edition of the source, or say why it still holds."
    return Check(
        name=f"{table}: not stale",
        group="provenance",
        ok=age <= stale_after_years,
        value=float(age),
        expected=float(stale_after_years),
        unit="years",
        source="sources.csv",
        detail=detail,
    )


def _date_faults(table: str, retrieved_on: str, source_year: int, today: date) -> Iterator[str]:
    """Name a day that cannot be read, lies ahead, or lies before the source."""
    try:
        retrieved = date.fromisoformat(retrieved_on)
    except ValueError:
        yield f"{table}: retrieved_on is '{retrieved_on}'. Write a date as 2026-11-23."
        return
    if retrieved > today:
        yield f"{table}: retrieved_on is {retrieved_on}, after today, {today.isoformat()}."
    if retrieved.year < source_year:
        yield f"{table}: retrieved_on is {retrieved_on}, before its source of {source_year}."


def _row_faults(table: pd.DataFrame, name: str, today: date) -> Iterator[str]:
    """Name rows without a source, or with one from the future."""
    blank = table["source"].isna()
    if blank.any():
        yield f"{name}: {int(blank.sum())} rows have no source."
    years = table["source_year"]
    late = years[years > today.year]
    if len(late):
        yield f"{name}: source_year is {few(sorted(set(late)))}, after {today.year}. Mend the year."
