"""Dated parameters: the value of a day, and an error where there is none."""

from __future__ import annotations

from datetime import date

import pytest

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.law import law_as_of
from gigaplan.policy.parameters import Parameter, Parameters, Span, parameters_of
from gigaplan.terms.errors import InputError

PENALTY = "cfius.penalty.failure_to_file_usd"


def test_the_penalty_rose_on_26_december_2024(us: Dataset) -> None:
    # 89 FR 93179 raised it from 250,000 to 5,000,000 USD for violations from that day.
    table = parameters_of(us.table("rule_parameters"))
    assert table.as_of(date(2024, 12, 25)).value(PENALTY) == 250_000
    assert table.as_of(date(2024, 12, 26)).value(PENALTY) == 5_000_000


def test_new_zealand_became_excepted_on_5_january_2022(us: Dataset) -> None:
    # Treasury, list of excepted foreign states: New Zealand (January 5, 2022).
    for status in ("excepted_foreign_state", "excepted_real_estate_foreign_state"):
        assert not law_as_of(us, date(2022, 1, 4)).has_status("NZ", status)
        assert law_as_of(us, date(2022, 1, 5)).has_status("NZ", status)


@pytest.mark.parametrize(
    ("value_usd", "fee_usd"),
    # 31 CFR 800.1101(a)-(f), each step from both sides.
    [
        (0, 0),
        (499_999, 0),
        (500_000, 750),
        (4_999_999, 750),
        (5_000_000, 7_500),
        (49_999_999, 7_500),
        (50_000_000, 75_000),
        (249_999_999, 75_000),
        (250_000_000, 150_000),
        (749_999_999, 150_000),
        (750_000_000, 300_000),
        (50_000_000_000, 300_000),
    ],
)
def test_fee_by_value_of_the_deal(us: Dataset, value_usd: float, fee_usd: float) -> None:
    in_force = parameters_of(us.table("rule_parameters")).as_of(date(2026, 11, 23))
    assert in_force.step("cfius.fee.notice_usd", value_usd).value == fee_usd


def test_no_fee_before_may_2020(us: Dataset) -> None:
    table = parameters_of(us.table("rule_parameters"))
    assert not table.as_of(date(2020, 4, 30)).holds("cfius.fee.notice_usd")
    assert table.as_of(date(2020, 5, 1)).holds("cfius.fee.notice_usd")


@pytest.fixture
def small() -> Parameters:
    """One parameter with a gap, and a scale that begins at 10."""
    first = Span(date(2020, 1, 1), date(2020, 12, 31))
    later = Span(date(2022, 1, 1))
    return Parameters(
        (
            Parameter("a.share_frac", 0.0, first, 0.25, "frac", "1 CFR 1", "a share"),
            Parameter("a.share_frac", 0.0, later, 0.5, "frac", "1 CFR 1", "a share"),
            Parameter("a.fee_usd", 10.0, later, 5.0, "USD", "1 CFR 2", "a fee"),
        )
    )


def test_a_later_row_leaves_an_earlier_day_alone(small: Parameters) -> None:
    assert small.as_of(date(2020, 6, 1)).value("a.share_frac") == 0.25
    assert small.as_of(date(2023, 6, 1)).value("a.share_frac") == 0.5


@pytest.mark.parametrize(
    ("day", "name", "text"),
    [
        (
            date(2021, 6, 1),
            "a.share_frac",
            "The parameter 'a.share_frac' has no value in force on 2021-06-01.\n"
            "  - rule_parameters: No row of a.share_frac holds on 2021-06-01. "
            "Choose another day, or add a row.",
        ),
        (
            date(2023, 6, 1),
            "a.shar_frac",
            "The parameter 'a.shar_frac' has no value in force on 2023-06-01.\n"
            "  - rule_parameters: There is no parameter 'a.shar_frac'. "
            "Did you mean 'a.share_frac'?",
        ),
        (
            date(2023, 6, 1),
            "a.fee_usd",
            "The parameter 'a.fee_usd' has no value in force on 2023-06-01.\n"
            "  - rule_parameters: The scale a.fee_usd begins above 0. Give it a step from there.",
        ),
    ],
)
def test_what_has_no_value_is_an_error(small: Parameters, day: date, name: str, text: str) -> None:
    with pytest.raises(InputError) as caught:
        small.as_of(day).value(name)
    assert str(caught.value) == text


def test_no_rule_before_the_first(us: Dataset) -> None:
    with pytest.raises(InputError, match="No rule of the policy screen is in force on 2020-02-12"):
        law_as_of(us, date(2020, 2, 12))
    assert "cfius.covered_control" in law_as_of(us, date(2020, 2, 13)).rules
