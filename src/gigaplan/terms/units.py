"""Units of time: how many of one are in another."""

from __future__ import annotations

from typing import Final

MONTHS_PER_YEAR: Final = 12.0
DAYS_PER_YEAR: Final = 365.0
HOURS_PER_YEAR: Final = 8760
"""Of a year of 365 days."""
