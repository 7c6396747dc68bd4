"""Limits: budget, emissions, reserve, unserved load, interconnection, supply, campuses."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gigaplan.inputs.scenario.base import Amount, Flag, Name, Section, Share, Year


class Budget(Section):
    """Money the programme may spend on capex."""

    total_usd_b: Amount | None = None
    """Over the horizon; empty: no limit [billion USD of 2025]."""
    by_year_usd_b: dict[Year, Amount] = Field(default_factory=dict)
    """In a calendar year; years without a number have no limit [billion USD of 2025]."""
    counts: tuple[Literal["campus", "accelerator", "energy"], ...] = (
        "campus",
        "accelerator",
        "energy",
    )
    """What counts; accelerators only where the programme pays for them, energy as far as it is
    the programme's own."""


class Emissions(Section):
    """Carbon dioxide from generation."""

    cap_mt_by_year: dict[Year, Amount] = Field(default_factory=dict)
    """Most in a year; linear between years, the last one holds on [Mt]."""
    price_usd_per_t_by_year: dict[Year, Amount] = Field(default_factory=dict)
    """Price; linear between years, the last one holds on [USD of 2025 per t]."""


class Reserve(Section):
    """Firm capacity of reliability regions."""

    enabled: Flag = True
    """Whether regions must hold firm capacity."""
    margin_frac: (
        Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False, strict=True)] | None
    ) = None
    """Margin above the peak in every region; empty: the data package's [frac]."""
    shortfall_usd_per_kw_yr: Amount = 300.0
    """Cost of missing firm capacity [USD of 2025 per kW and year]."""


class Unserved(Section):
    """Load that is not served."""

    value_usd_per_mwh: Amount = 10_000.0
    """Value of lost load [USD of 2025 per MWh]."""
    max_frac: Share = 0.001
    """Most unserved energy of a year, as a share of given load [frac]."""


class Interconnection(Section):
    """Places in the queue, for generators and for campuses."""

    enabled: Flag = True
    """Whether builds and campuses need a place in the queue."""
    completion_frac: Share | None = None
    """Share of queued generation that is built; empty: the data package's, by group [frac]."""


class Supply(Section):
    """Components in short supply."""

    enabled: Flag = True
    """Whether builds are limited by components."""
    scale: dict[Name, Amount] = Field(default_factory=dict)
    """Factor on the supply of a component, for example gas_turbine: 1.2."""


class Campuses(Section):
    """Where campuses may stand."""

    max_states: Annotated[int, Field(ge=1, le=200, strict=True)] | None = None
    """Most states that may host new campuses; empty: no limit."""
    exclude_zones: tuple[Name, ...] = ()
    """Zones without new campuses."""
    max_it_gw_by_zone: dict[Name, Amount] = Field(default_factory=dict)
    """Most new campus capacity in a zone, in place of the default [GW of IT]."""
    min_it_gw_by_zone: dict[Name, Amount] = Field(default_factory=dict)
    """Least new campus capacity in a zone by the last year [GW of IT]."""


class Limits(Section):
    """Everything that may bind."""

    budget: Budget = Budget()
    """Money."""
    emissions: Emissions = Emissions()
    """Carbon dioxide."""
    reserve: Reserve = Reserve()
    """Firm capacity."""
    unserved: Unserved = Unserved()
    """Unserved load."""
    interconnection: Interconnection = Interconnection()
    """Queue places."""
    supply: Supply = Supply()
    """Components."""
    campuses: Campuses = Campuses()
    """Siting."""
