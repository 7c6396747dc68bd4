"""Rules between columns that a column schema cannot say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from gigaplan.inputs.checks.cells import TypedTable
from gigaplan.inputs.frames import rows_label
from gigaplan.inputs.wording import MOST_LABELS, few
from gigaplan.terms.errors import Fault

Rule = Callable[[TypedTable], Iterator[Fault]]


def rule_faults(tables: Mapping[str, TypedTable]) -> list[Fault]:
    """List the rows that break a rule of their table."""
    faults: list[Fault] = []
    for name, columns, rule in RULES:
        table = tables.get(name)
        if table is not None and set(columns) <= set(table.frame.columns):
            faults += rule(table)
    return faults


def corridor_loops(table: TypedTable) -> Iterator[Fault]:
    """Name corridors that lead from a zone to itself."""
    frame = table.frame
    loops = np.flatnonzero((frame["from_zone"] == frame["to_zone"]).to_numpy())
    if len(loops):
        zones = few(list(frame["from_zone"].iloc[loops[:MOST_LABELS]]), len(loops))
        what = f"from_zone and to_zone are both {zones}."
        mend = "Name two zones, or drop the row."
        yield Fault(what, _rows(table, loops), mend)


def corridor_both_ways(table: TypedTable) -> Iterator[Fault]:
    """Name pairs of zones that are two corridors instead of one with a capacity each way."""
    seen: dict[tuple[str, str, str, int], int] = {}
    columns = zip(
        table.frame["from_zone"],
        table.frame["to_zone"],
        table.frame["kind"],
        table.frame["online_year"].fillna(0),
        strict=True,
    )
    for place, (start, end, kind, year) in enumerate(columns):
        seen[start, end, kind, year] = place
        other = seen.get((end, start, kind, year))
        if start != end and other is not None:
            what = f"{start}-{end} and {end}-{start} are the same {kind} corridor."
            mend = "Keep one row, with forward_mw and reverse_mw."
            yield Fault(what, _rows(table, np.array([other, place])), mend)


def accelerator_windows(table: TypedTable) -> Iterator[Fault]:
    """Name accelerators that leave the market before they come."""
    frame = table.frame
    late = (frame["available_to_year"] < frame["available_from_year"]).to_numpy()
    if late.any():
        rows = np.flatnonzero(late)
        names = few(list(frame["accelerator"].iloc[rows[:MOST_LABELS]]), len(rows))
        what = f"available_to_year is before available_from_year for {names}."
        yield Fault(what, _rows(table, rows), "Swap the years, or mend one.")


def _rows(table: TypedTable, places: np.ndarray[tuple[int], np.dtype[np.int_]]) -> str:
    rows = [int(place) + table.first_row for place in places]
    return f"{table.file} {rows_label(rows)}"


RULES: tuple[tuple[str, tuple[str, ...], Rule], ...] = (
    ("corridors", ("from_zone", "to_zone"), corridor_loops),
    ("corridors", ("from_zone", "to_zone", "kind", "online_year"), corridor_both_ways),
    (
        "accelerators",
        ("accelerator", "available_from_year", "available_to_year"),
        accelerator_windows,
    ),
)
