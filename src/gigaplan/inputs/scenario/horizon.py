"""When: horizon, money over time, and the hours that stand for a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from gigaplan.inputs.scenario.base import Breach, Flag, Name, Rate, Rule, Section, Year


def _in_order(years: Sequence[int]) -> Iterator[Breach]:
    for at, (earlier, later) in enumerate(zip(years, years[1:], strict=False), start=1):
        if later <= earlier:
            what = f"milestone_years {list(years)} do not increase."
            yield Breach(("milestone_years", at), what, "Sort them and drop repeats.")
            return


def _not_before_the_base(base_year: int, years: Sequence[int]) -> Iterator[Breach]:
    if years[0] < base_year:
        what = f"milestone_years begin in {years[0]}, before base_year {base_year}."
        yield Breach(("milestone_years", 0), what, "Begin with the base year or later.")


def _whole_blocks(hours: int) -> Iterator[Breach]:
    if 24 % hours:
        what = f"hours_per_block is {hours}, which does not divide 24."
        yield Breach(("hours_per_block",), what, "Use 1, 2, 3, 4, 6, 8, 12 or 24.")


class Horizon(Section):
    """Years that are planned."""

    base_year: Year = 2026
    """Year in which decisions begin; lead times and discounting count from it [calendar year]."""
    milestone_years: Annotated[tuple[Year, ...], Field(min_length=1, max_length=26)]
    """Years that are solved, increasing; each stands for itself and the years up to the next
    [calendar years]."""
    years_after_last: Annotated[int, Field(ge=1, le=40, strict=True)] = 5
    """Years that the last milestone stands for, itself included [years]."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        Rule(("milestone_years",), _in_order),
        Rule(("base_year", "milestone_years"), _not_before_the_base),
    )


class Money(Section):
    """What time costs."""

    discount_rate: Rate = 0.05
    """Real yearly rate at which later costs are discounted [frac]."""
    wacc: dict[Name, Rate] = {}
    """Real cost of capital by asset group, such as `campus: 0.08`, in place of the data
    package's [frac]."""


class Time(Section):
    """The hours that stand for a year."""

    representative_days: Annotated[int, Field(ge=1, le=365, strict=True)] = 4
    """Days that stand for a year, the peak day included [days]."""
    hours_per_block: Annotated[int, Field(ge=1, le=24, strict=True)] = 4
    """Length of a block of hours; a divisor of 24 [h]."""
    keep_peak_day: Flag = True
    """Whether the day with the highest net load is one of the days."""

    RULES: ClassVar[tuple[Rule, ...]] = (Rule(("hours_per_block",), _whole_blocks),)
