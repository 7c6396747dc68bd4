"""Tables spread over labels: against pivot tables of pandas, which do the same more slowly."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.system.spread import lines, spread, totals

ZONES = ["AL", "CA", "OK", "TX"]
YEARS = [2026, 2030, 2035]
ROWS = st.tuples(
    st.sampled_from(ZONES), st.sampled_from(YEARS), st.one_of(st.none(), st.floats(-1e6, 1e6))
)


def table_of(rows: list[tuple[str, int, float | None]]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pd.DataFrame(
        {
            "zone": pd.Series(columns[0], dtype="str"),
            "year": pd.Series(columns[1], dtype="int64"),
            "value": pd.Series(columns[2], dtype="float64"),
        }
    )


@given(rows=st.lists(ROWS, max_size=12, unique_by=lambda row: row[:2]))
def test_spread_is_a_pivot_table(rows: list[tuple[str, int, float | None]]) -> None:
    """One row for each pair: the cell; none, or a blank: not a number; others are left out."""
    table, zones, years = table_of(rows), ["TX", "AL", "ZZ"], [2035, 2026]
    pivot = table.pivot_table(index="zone", columns="year", values="value", aggfunc="first")
    expected = pivot.reindex(index=zones, columns=years).to_numpy(dtype=float)
    np.testing.assert_array_equal(spread(table, "value", zone=zones, year=years), expected)


@given(rows=st.lists(ROWS, max_size=30))
def test_totals_are_those_of_a_pivot_table(rows: list[tuple[str, int, float | None]]) -> None:
    """Rows of the same labels are added; a blank adds nothing."""
    table, zones, years = table_of(rows), ["TX", "AL", "ZZ"], [2035, 2026]
    pivot = table.pivot_table(index="zone", columns="year", values="value", aggfunc="sum")
    expected = pivot.reindex(index=zones, columns=years).fillna(0.0).to_numpy(dtype=float)
    np.testing.assert_array_equal(totals(table, "value", zone=zones, year=years), expected)


@given(rows=st.lists(ROWS, max_size=12, unique_by=lambda row: row[:2]))
def test_lines_pass_through_their_points(rows: list[tuple[str, int, float | None]]) -> None:
    """A line holds every given value, and lies between its neighbours elsewhere."""
    table = table_of(rows)
    drawn = lines(table, "value", [2020, *YEARS, 2040], zone=ZONES)
    for row, zone in enumerate(ZONES):
        own = table[table["zone"] == zone].dropna().set_index("year")["value"]
        if own.empty:
            assert np.isnan(drawn[row]).all()
        else:
            wanted = np.interp([2020, *YEARS, 2040], own.sort_index().index, own.sort_index())
            assert drawn[row].tolist() == wanted.tolist()
            assert own.min() <= drawn[row].min() <= drawn[row].max() <= own.max()
