"""Eligibility: what rules change before a plan is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class AssetCredit:
    """What tax credits pay for builds of an asset in service by a milestone, in money.

    Parameters
    ----------
    capex_frac
        Part of capex [frac].
    usd_per_mwh
        Credit by energy, in place of the part of capex where that is worth more; of an existing
        fleet in the years of the milestone [USD/MWh].
    usd_per_t
        Credit by tonne of carbon dioxide that is captured [USD/t].
    paid_years
        Years from service in which credits by energy and by tonne are paid [years].
    """

    capex_frac: float = 0.0
    usd_per_mwh: float = 0.0
    usd_per_t: float = 0.0
    paid_years: float = 0.0


@dataclass(frozen=True)
class Eligibility:
    """What rules change before a plan is made; nothing by default.

    Parameters
    ----------
    credits
        Tax credits on generators and storage, by asset and milestone.
    delay_years
        Time by which a review delays the money of an investor, by name [years].
    delay_rules
        Rule whose clock that is, by the name of the investor.
    most_share_frac
        Share of a class above which an investor would have to file, by name; it stays below it
        [frac].
    barred
        Investors that may not pay.
    barred_sources
        Components that may not come from a country, as (component, country), each with the setting
        or rule that bars it.
    """

    credits: Mapping[tuple[str, int], AssetCredit] = field(default_factory=dict)
    delay_years: Mapping[str, float] = field(default_factory=dict)
    delay_rules: Mapping[str, str] = field(default_factory=dict)
    most_share_frac: Mapping[str, float] = field(default_factory=dict)
    barred: frozenset[str] = frozenset()
    barred_sources: Mapping[tuple[str, str], str] = field(default_factory=dict)
