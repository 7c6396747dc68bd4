"""Eligibility: what rules change before a plan is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Eligibility:
    """What rules change before a plan is made; nothing by default.

    Parameters
    ----------
    credits_frac
        Part of the capex of generators and storage that tax credits pay, by asset and milestone
        [frac].
    delay_years
        Time by which a review delays the money of an investor, by name [years].
    most_share_frac
        Share of a class above which an investor would have to file, by name; it stays below it
        [frac].
    barred
        Investors that may not pay.
    """

    credits_frac: Mapping[tuple[str, int], float] = field(default_factory=dict)
    delay_years: Mapping[str, float] = field(default_factory=dict)
    most_share_frac: Mapping[str, float] = field(default_factory=dict)
    barred: frozenset[str] = frozenset()
