"""Days as numbers, so that a table of numbers can hold deadlines and steps by day."""

from __future__ import annotations

from datetime import date
from typing import Final

from gigaplan.policy.parameters import InForce

YEAR: Final = 10_000
MONTH: Final = 100
FIRST_MONTH: Final = 1
LAST_OF_YEAR: Final = (12, 31)


def day_number(day: date) -> int:
    """Return a day as year, month and day in one number, in the order of the calendar.

    >>> day_number(date(2026, 7, 4))
    20260704
    """
    return day.year * YEAR + day.month * MONTH + day.day


def day_of_number(number: float) -> date:
    """Return the day of such a number.

    >>> day_of_number(20260704.0)
    datetime.date(2026, 7, 4)
    """
    whole = int(number)
    return date(whole // YEAR, whole % YEAR // MONTH, whole % MONTH)


def day_value(parameters: InForce, name: str) -> date:
    """Return a parameter that is a day."""
    return day_of_number(parameters.value(name))


def end_of_year(year: int) -> date:
    """Return the last day of a year."""
    return date(year, *LAST_OF_YEAR)


def start_of_year(year: int) -> date:
    """Return the first day of a year."""
    return date(year, FIRST_MONTH, 1)


def anniversary(day: date, years: float) -> date:
    """Return the day some whole years later; of 29 February, the 28th where there is none.

    >>> anniversary(date(2028, 2, 29), 10)
    datetime.date(2038, 2, 28)
    """
    later = day.year + int(years)
    try:
        return day.replace(year=later)
    except ValueError:
        return day.replace(year=later, day=day.day - 1)
