"""Limits of surroundings: water, air and clean energy."""

from __future__ import annotations

from gigaplan.inputs.scenario.base import Amount, Name, Section, Share, YearKey


class Water(Section):
    """Water of new campuses and new power plants."""

    consumption_cap_mm3_by_zone: dict[Name, Amount] = {}
    """Most water that new campuses on their sites and power plants that the plan builds may
    evaporate in a zone in a year, such as `{AZ: 5}`; given campuses and plants do not count
    [million m3 a year]."""


class Clean(Section):
    """Clean energy that the programme's load must be matched with.

    Clean is what generators without carbon dioxide give that the plan builds in the same
    reliability region, as far as it is not curtailed. Storage does not move it.
    """

    annual_share_by_year: dict[YearKey, Share] = {}
    """Least share of the load of new campuses that clean energy of the same year covers; linear
    between the years given, none before the first, the last one holds on [frac]."""
    hourly_share_by_year: dict[YearKey, Share] = {}
    """Least share that clean energy of the same hour covers, likewise [frac]."""


class Air(Section):
    """Air around campuses."""

    onsite_nox_t_by_zone: dict[Name, Amount] = {}
    """Most nitrogen oxides that generators on the sites of campuses may emit in a zone in a year,
    such as `{VA: 250}` [t a year]."""
