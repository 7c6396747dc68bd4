"""Dated tables: days, spans, and rows that nobody compared with their text for long."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from tests.inputs.data.test_rules import tables, texts

from gigaplan.inputs.audit.verification import verification_checks
from gigaplan.inputs.checks.dated import KEYS
from gigaplan.inputs.dataset import Dataset


def _statuses(*rows: tuple[str, str, str | None, str]) -> list[str]:
    columns = ["country", "in_force_from", "in_force_to", "retrieved_on"]
    frame = pd.DataFrame(rows, columns=columns).assign(status="foreign_adversary")
    return texts(tables(country_status=frame))


def test_spans_that_follow_each_other_are_right() -> None:
    first = ("CN", "2021-01-19", "2024-07-17", "2026-11-23")
    later = ("CN", "2024-07-18", None, "2026-11-23")
    assert _statuses(first, later, ("CU", "2021-01-19", None, "2026-11-23")) == []


def test_two_rows_do_not_hold_on_one_day() -> None:
    first = ("CN", "2021-01-19", "2024-07-18", "2026-11-23")
    later = ("CN", "2024-07-18", None, "2026-11-23")
    assert _statuses(first, later) == [
        "country_status.csv rows 2, 3: Two rows of CN, foreign_adversary hold on 2024-07-18. "
        "End the earlier one on the day before."
    ]


def test_a_span_ends_after_it_begins() -> None:
    assert _statuses(("CN", "2024-07-18", "2024-07-17", "2026-11-23")) == [
        "country_status.csv row 2: in_force_to is before in_force_from for CN. "
        "Mend one of the days."
    ]


def test_a_day_that_cannot_be_read_is_named() -> None:
    assert _statuses(("CN", "18.07.2024", None, "2026-13-01")) == [
        "country_status.csv row 2: in_force_from is '18.07.2024'. It must be a day. "
        "Write a day as 2026-11-23.",
        "country_status.csv row 2: retrieved_on is '2026-13-01'. It must be a day. "
        "Write a day as 2026-11-23.",
    ]


@pytest.mark.parametrize(
    ("today", "ok"),
    [(date(2026, 11, 24), True), (date(2027, 11, 23), True), (date(2027, 11, 24), False)],
)
def test_a_parameter_that_was_not_compared_for_twelve_months_is_flagged(
    us: Dataset, today: date, ok: bool
) -> None:
    checks = {check.name.partition(":")[0]: check for check in verification_checks(us, today)}
    assert checks["rule_parameters"].ok is ok
    if not ok:
        assert "cfius.control.majority_frac" in checks["rule_parameters"].detail
        assert checks["rule_parameters"].detail.endswith("with the text again, and write the day.")


def test_every_row_of_a_rule_is_cited_and_dated(us: Dataset) -> None:
    for name in KEYS:
        table = us.table(name)
        for column in ("citation", "in_force_from", "retrieved_on", "source"):
            assert table[column].notna().all(), f"{name}.{column}"
