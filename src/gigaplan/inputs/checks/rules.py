"""Rules between columns that a column schema cannot say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from gigaplan.inputs.checks.cells import TypedTable
from gigaplan.inputs.checks.links import link_faults
from gigaplan.inputs.frames import rows_label
from gigaplan.inputs.wording import MOST_LABELS, few
from gigaplan.terms.errors import Fault

MONTH = r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])"

Rule = Callable[[TypedTable], Iterator[Fault]]


def rule_faults(tables: Mapping[str, TypedTable]) -> list[Fault]:
    """List the rows that break a rule of their table, or between tables."""
    faults: list[Fault] = []
    for name, columns, rule in RULES:
        table = tables.get(name)
        if table is not None and set(columns) <= set(table.frame.columns):
            faults += rule(table)
    return [*faults, *link_faults(tables)]


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


def stages_out_of_order(table: TypedTable) -> Iterator[Fault]:
    """Name stages whose middle is not between their short and their long end."""
    frame = table.frame
    low, middle, high = (frame[f"{end}_months"] for end in ("low", "central", "high"))
    rows = np.flatnonzero(~((low <= middle) & (middle <= high)).to_numpy())
    if len(rows):
        names = few(list(frame["asset"].iloc[rows[:MOST_LABELS]]), len(rows))
        what = f"central_months is not between low_months and high_months for {names}."
        yield Fault(what, _rows(table, rows), "Put the three in order.")


def first_steps_at_a_premium(table: TypedTable) -> Iterator[Fault]:
    """Name first steps of supply that cost more than the capex of the asset holds."""
    frame = table.frame
    dear = (frame["step"] == 1) & (frame["premium_usd2025_per_unit"] > 0)
    rows = np.flatnonzero(dear.to_numpy())
    if len(rows):
        names = few(list(frame["component"].iloc[rows[:MOST_LABELS]]), len(rows))
        what = f"premium_usd2025_per_unit is above 0 in step 1 for {names}."
        yield Fault(what, _rows(table, rows), "Put the premium into step 2, or write 0.")


def campuses_out_of_time(table: TypedTable) -> Iterator[Fault]:
    """Name campuses whose months cannot be read, or with power before construction."""
    frame = table.frame
    start, power = frame["construction_start"], frame["first_power"]
    unread = ~(start.str.fullmatch(MONTH) & power.str.fullmatch(MONTH)).to_numpy(dtype=bool)
    early = ~unread & (power < start).to_numpy(dtype=bool)
    for bad, what, mend in (
        (unread, "A month cannot be read for {}.", "Write a month as 2026-04."),
        (early, "first_power is before construction_start for {}.", "Mend one of the months."),
    ):
        rows = np.flatnonzero(bad)
        if len(rows):
            names = few(list(frame["campus"].iloc[rows[:MOST_LABELS]]), len(rows))
            yield Fault(what.format(names), _rows(table, rows), mend)


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
    (
        "project_stages",
        ("asset", "low_months", "central_months", "high_months"),
        stages_out_of_order,
    ),
    ("supply", ("component", "step", "premium_usd2025_per_unit"), first_steps_at_a_premium),
    ("campus_history", ("campus", "construction_start", "first_power"), campuses_out_of_time),
)
