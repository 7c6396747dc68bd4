"""Kinds of values that the sections of a deal share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from gigaplan.inputs.scenario.base import NO_CONTROL_CHARACTERS, Breach, Rule
from gigaplan.inputs.wording import COUNTRY_PATTERN, did_you_mean
from gigaplan.terms.country import COUNTRIES

NO_COUNTRY = ("none", "nowhere")
"""Answers that there is no such country."""


def _day(value: object) -> object:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "")
    except ValueError:
        kind, text = "not_a_day", "It must be a day, such as 2026-11-23"
        raise PydanticCustomError(kind, text) from None


Day = Annotated[date, BeforeValidator(_day)]
Country = Annotated[str, Field(pattern=COUNTRY_PATTERN)]
Text = Annotated[str, Field(min_length=1, max_length=2000, pattern=NO_CONTROL_CHARACTERS)]
Miles = Annotated[float, Field(ge=0.0, le=10_000.0, allow_inf_nan=False, strict=True)]
Count = Annotated[int, Field(ge=0, le=10**10, strict=True)]


def known_country(*fields: str) -> tuple[Rule, ...]:
    """Return a rule for each of some fields: its code is that of a country."""
    return tuple(Rule((field,), _is_a_country(field)) for field in fields)


def _is_a_country(field: str) -> Callable[[str | None], Iterator[Breach]]:
    def check(code: str | None) -> Iterator[Breach]:
        if code is not None and code not in (*COUNTRIES, *NO_COUNTRY):
            mend = did_you_mean(code, COUNTRIES) or "Use a code of ISO 3166-1, such as CA."
            yield Breach((field,), f"There is no country {code}.", mend)

    return check
