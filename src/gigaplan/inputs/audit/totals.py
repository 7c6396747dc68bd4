"""Totals: what the package adds up to, against published national figures."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any  # a row holds texts and numbers

from gigaplan.inputs.audit.metrics import measure
from gigaplan.inputs.audit.report import Check, total_check
from gigaplan.inputs.dataset import Dataset
from gigaplan.terms.errors import InputError


def total_checks(dataset: Dataset) -> Iterator[Check]:
    """Compare the package with each row of ``published_totals`` whose kind is ``audit``.

    Parameters
    ----------
    dataset
        The data package; each row of its table ``published_totals`` names a metric, the published
        value, and the tolerance as a share of it.
    """
    published = dataset.table("published_totals")
    rows = published[published["kind"] == "audit"]
    for place in range(len(rows)):
        yield _total(dataset, rows.iloc[place].to_dict())


def _total(dataset: Dataset, row: Mapping[Hashable, Any]) -> Check:
    """Compare the package with one published figure."""
    name = f"{row['check']}, {row['year']}"
    unit, source = str(row["unit"]), f"{row['source']} ({row['source_year']})"
    if not isinstance(row["metric"], str):
        detail = "published_totals: the row has no metric. Name one, or make its kind plan."
        return Check(name, "totals", ok=False, unit=unit, source=source, detail=detail)
    try:
        value = measure(dataset, row["metric"], int(row["year"]))
    except InputError as error:
        detail = " ".join(str(fault) for fault in error.faults)
        return Check(name, "totals", ok=False, unit=unit, source=source, detail=detail)
    expected, tolerance = float(row["value"]), float(row["tolerance_frac"])
    return total_check(name, value, expected, tolerance, unit=unit, source=source)
