"""Depreciation against IRS Publication 946, and what must hold for every schedule."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.finance.depreciation import (
    DepreciationClass,
    bonus_share,
    macrs_schedule,
    straight_line_schedule,
    yearly_shares,
)
from gigaplan.inputs.dataset import Dataset, load_dataset
from gigaplan.terms.errors import InputError

# Percentages printed in IRS Publication 946 (2024), Appendix A.
PRINTED = {
    (3, "half_year"): [33.33, 44.45, 14.81, 7.41],
    (5, "half_year"): [20.00, 32.00, 19.20, 11.52, 11.52, 5.76],
    (7, "half_year"): [14.29, 24.49, 17.49, 12.49, 8.93, 8.92, 8.93, 4.46],
    (10, "half_year"): [10.0, 18.0, 14.4, 11.52, 9.22, 7.37, 6.55, 6.55, 6.56, 6.55, 3.28],
    (15, "half_year"): [5.0, 9.5, 8.55, 7.7, 6.93, 6.23, 5.9, *[5.9, 5.91] * 4, 2.95],
    (20, "half_year"): [
        *[3.75, 7.219, 6.677, 6.177, 5.713, 5.285, 4.888, 4.522],
        *[4.462, 4.461] * 6,
        2.231,
    ],
    (5, "mid_quarter_1"): [35.00, 26.00, 15.60, 11.01, 11.01, 1.38],
    (5, "mid_quarter_4"): [5.00, 38.00, 22.80, 13.68, 10.94, 9.58],
    (7, "mid_quarter_2"): [17.85, 23.47, 16.76, 11.97, 8.87, 8.87, 8.87, 3.34],
    (15, "mid_quarter_3"): [3.75, 9.63, 8.66, 7.8, 7.02, 6.31, 5.9, *[5.9, 5.91] * 4, 3.69],
    (39, "mid_month_1"): [2.461, *[2.564] * 38, 0.107],
    (39, "mid_month_12"): [0.107, *[2.564] * 38, 2.461],
}


@pytest.fixture(scope="module")
def data() -> Dataset:
    return load_dataset("us")


@pytest.mark.parametrize(("recovery_years", "convention"), PRINTED)
def test_the_printed_tables(data: Dataset, recovery_years: int, convention: str) -> None:
    schedule = macrs_schedule(data.table("macrs_tables"), recovery_years, convention)
    printed = PRINTED[recovery_years, convention]
    assert [round(100 * share, 3) for share in schedule] == printed


def test_every_table_adds_to_one(data: Dataset) -> None:
    table = data.table("macrs_tables")
    sums = table.groupby(["recovery_years", "convention"])["depreciation_frac"].sum()
    assert len(sums) == 6 * 5 + 12
    np.testing.assert_allclose(sums, 1.0, rtol=0, atol=1e-12)


@pytest.mark.parametrize("quarter", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("years", [3, 5, 7, 10, 15, 20])
def test_the_tables_follow_the_statute(data: Dataset, years: int, quarter: int) -> None:
    """IRC 168(b): declining balance, straight line once that is larger; 0 is the half year."""
    first = (9 - 2 * quarter) / 8 if quarter else 0.5
    factor, left, expected = 2.0 if years < 15 else 1.5, 1.0, []
    for year in range(years):
        part, to_go = (first, years) if year == 0 else (1.0, years - first - year + 1)
        expected.append(left * part * max(factor / years, 1 / to_go))
        left -= expected[-1]
    name = f"mid_quarter_{quarter}" if quarter else "half_year"
    schedule = macrs_schedule(data.table("macrs_tables"), years, name)
    # The IRS rounds each year to 0.01 %, and puts what is left into later years.
    np.testing.assert_allclose(schedule, [*expected, left], rtol=0, atol=1.5e-4)


def test_an_unknown_class_says_what_there_is(data: Dataset) -> None:
    with pytest.raises(InputError) as caught:
        macrs_schedule(data.table("macrs_tables"), 8)
    assert str(caught.value) == (
        "A depreciation class is unknown.\n"
        "  - macrs_tables: There is no 8-year schedule with the convention 'half_year'. Choose a "
        "class with its convention: 3 half_year, 5 half_year, 7 half_year, 10 half_year, "
        "15 half_year, 20 half_year, 39 mid_month_1"
    )


@pytest.mark.parametrize(
    ("acquired", "in_service", "share"),
    [
        ("2024-06-01", "2025-06-01", 0.4),  # IRC 168(k)(6), before P.L. 119-21
        ("2025-01-19", "2026-12-31", 0.2),
        ("2025-01-19", "2027-01-01", 0.0),
        ("2025-01-20", "2025-01-20", 1.0),  # P.L. 119-21 sec. 70301
        ("2026-03-01", "2033-01-01", 1.0),
        ("2010-03-01", "2011-01-01", 0.0),  # before the table begins
    ],
)
def test_bonus_by_date(data: Dataset, acquired: str, in_service: str, share: float) -> None:
    table = data.table("bonus_depreciation")
    days = (date.fromisoformat(acquired), date.fromisoformat(in_service))
    assert bonus_share(table, *days) == share


@given(st.integers(1, 40), st.sampled_from(["half_year", "full_year"]))
def test_straight_line_adds_to_one(years: int, convention: str) -> None:
    schedule = straight_line_schedule(
        years, "half_year" if convention == "half_year" else "full_year"
    )
    assert sum(schedule) == pytest.approx(1.0, abs=1e-12)


@given(
    st.lists(st.floats(0.01, 1.0), min_size=1, max_size=4),
    st.floats(0, 1),
    st.floats(0, 0.5),
)
def test_the_whole_basis_is_written_off(sizes: list[float], bonus: float, itc: float) -> None:
    classes = [
        DepreciationClass(size / sum(sizes), straight_line_schedule(3 + index), bonus)
        for index, size in enumerate(sizes)
    ]
    total = yearly_shares(classes, 10, itc_frac=itc).sum()
    assert total == pytest.approx(1 - itc / 2, abs=1e-12)
