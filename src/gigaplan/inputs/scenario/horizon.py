"""When: horizon, money over time, and the hours that stand for a year."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from gigaplan.inputs.scenario.base import Flag, Rate, Section, Year


class Horizon(Section):
    """Years that are planned."""

    base_year: Year = 2026
    """Year in which decisions begin; lead times and discounting count from it [calendar year]."""
    milestone_years: Annotated[tuple[Year, ...], Field(min_length=1, max_length=26)]
    """Years that are solved; each stands for itself and the years to the next [calendar years]."""
    years_after_last: Annotated[int, Field(ge=1, le=40, strict=True)] = 5
    """Years that the last milestone stands for [years]."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        years = self.milestone_years
        if any(later <= earlier for earlier, later in zip(years, years[1:], strict=False)):
            message = f"milestone_years {list(years)} do not increase. Sort them and drop repeats."
            raise ValueError(message)
        if years[0] < self.base_year:
            message = (
                f"milestone_years begin in {years[0]}, before base_year {self.base_year}. "
                "Begin with the base year or later."
            )
            raise ValueError(message)
        return self


class Money(Section):
    """What time costs."""

    discount_rate: Rate = 0.05
    """Real yearly rate at which later costs are discounted [frac]."""
    wacc: dict[str, Rate] = Field(default_factory=dict)
    """Real cost of capital by asset group, in place of the data package's [frac]."""


class Time(Section):
    """The hours that stand for a year."""

    representative_days: Annotated[int, Field(ge=1, le=365, strict=True)] = 4
    """Days that stand for a year, the peak day included [days]."""
    hours_per_block: Annotated[int, Field(ge=1, le=24, strict=True)] = 4
    """Length of a block of hours; a divisor of 24 [h]."""
    keep_peak_day: Flag = True
    """Whether the day with the highest net load is one of the days."""

    @model_validator(mode="after")
    def _whole_blocks(self) -> Self:
        if 24 % self.hours_per_block:
            message = (
                f"hours_per_block is {self.hours_per_block}, which does not divide 24. "
                "Use 1, 2, 3, 4, 6, 8, 12 or 24."
            )
            raise ValueError(message)
        return self
