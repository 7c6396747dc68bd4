"""Rules between columns that a column schema cannot say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from gigaplan.inputs.checks.cells import TypedTable
from gigaplan.inputs.checks.dated import DATED_RULES
from gigaplan.inputs.checks.links import link_faults
from gigaplan.inputs.checks.row_faults import named_fault, row_fault
from gigaplan.inputs.wording import few
from gigaplan.terms.errors import Fault

MONTH = r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])"
LAST_STAGE = "commission"
FACILITY_FACTS = ("factory", "place", "country", "production_start_year")

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
    loops = table.frame["from_zone"] == table.frame["to_zone"]
    what = "from_zone and to_zone are both {names}."
    yield from named_fault(table, loops, "from_zone", what, "Name two zones, or drop the row.")


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
            both = np.isin(np.arange(len(table.frame)), [other, place])
            yield row_fault(table, both, what, mend)


def accelerator_windows(table: TypedTable) -> Iterator[Fault]:
    """Name accelerators that leave the market before they come."""
    frame = table.frame
    late = frame["available_to_year"] < frame["available_from_year"]
    what = "available_to_year is before available_from_year for {names}."
    yield from named_fault(table, late, "accelerator", what, "Swap the years, or mend one.")


def stages_out_of_order(table: TypedTable) -> Iterator[Fault]:
    """Name stages whose middle is not between their short and their long end."""
    frame = table.frame
    low, middle, high = (frame[f"{end}_months"] for end in ("low", "central", "high"))
    ordered = (low <= middle) & (middle <= high)
    what = "central_months is not between low_months and high_months for {names}."
    yield from named_fault(table, ~ordered, "asset", what, "Put the three in order.")


def stages_in_a_circle(table: TypedTable) -> Iterator[Fault]:
    """Name stages that follow themselves, by way of others or not.

    Commissioning is last: what follows it would be before it and after it.
    """
    frame = table.frame
    before = {
        (asset, stage): follows
        for asset, stage, follows in zip(
            frame["asset"], frame["stage"], frame["follows"], strict=True
        )
        if isinstance(follows, str)
    }
    circular = []
    for asset, stage in zip(frame["asset"], frame["stage"], strict=True):
        seen, at = {stage}, before.get((asset, stage))
        while at is not None and at not in seen:
            seen.add(at)
            at = before.get((asset, at))
        circular.append(at == stage or before.get((asset, stage)) == LAST_STAGE)
    what = "follows leads in a circle for {names}."
    mend = f"Let no stage follow itself, by way of others, or {LAST_STAGE}."
    yield from named_fault(table, circular, "asset", what, mend)


def ramps_that_fall(table: TypedTable) -> Iterator[Fault]:
    """Name kinds of factory that make less in the second year than in the first."""
    frame = table.frame
    falls = frame["ramp_second_year_frac"] < frame["ramp_first_year_frac"]
    what = "ramp_second_year_frac is below ramp_first_year_frac for {names}."
    yield from named_fault(table, falls, "factory", what, "Swap the two, or mend one.")


def facilities_in_two_places(table: TypedTable) -> Iterator[Fault]:
    """Name facilities whose rows do not agree on what and where the facility is."""
    mend = "Write the same, or name two facilities."
    for column in FACILITY_FACTS:
        kinds = table.frame.groupby("facility")[column].transform("nunique")
        what = f"{column} differs between the rows of {{names}}."
        yield from named_fault(table, kinds > 1, "facility", what, mend)


def first_steps_at_a_premium(table: TypedTable) -> Iterator[Fault]:
    """Name first steps of supply that cost more than the capex of the asset holds."""
    frame = table.frame
    dear = (frame["step"] == 1) & (frame["premium_usd2025_per_unit"] > 0)
    what = "premium_usd2025_per_unit is above 0 in step 1 for {names}."
    mend = "Put the premium into step 2, or write 0."
    yield from named_fault(table, dear, "component", what, mend)


def campuses_out_of_time(table: TypedTable) -> Iterator[Fault]:
    """Name campuses whose months cannot be read, or with power before construction."""
    frame = table.frame
    start, power = frame["construction_start"], frame["first_power"]
    sound = np.ones(len(frame), dtype=bool)
    for name, months in (("construction_start", start), ("first_power", power)):
        unread = ~months.str.fullmatch(MONTH).to_numpy(dtype=bool)
        sound &= ~unread
        if unread.any():
            what = f"{name} is {few([repr(text) for text in months[unread]])}. It must be a month."
            yield row_fault(table, unread, what, "Write a month as 2026-04.")
    early = sound & (power < start).to_numpy(dtype=bool)
    what = "first_power is before construction_start for {names}."
    yield from named_fault(table, early, "campus", what, "Mend one of the months.")


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
    ("project_stages", ("asset", "stage", "follows"), stages_in_a_circle),
    (
        "factories",
        ("factory", "ramp_first_year_frac", "ramp_second_year_frac"),
        ramps_that_fall,
    ),
    ("factory_capacity", ("facility", *FACILITY_FACTS), facilities_in_two_places),
    ("supply", ("component", "step", "premium_usd2025_per_unit"), first_steps_at_a_premium),
    ("campus_history", ("campus", "construction_start", "first_power"), campuses_out_of_time),
    *DATED_RULES,
)
