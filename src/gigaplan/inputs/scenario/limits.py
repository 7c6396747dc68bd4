"""Limits: budget, emissions, reserve, unserved load, interconnection, supply, campuses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from gigaplan.inputs.scenario.base import (
    Amount,
    Breach,
    Flag,
    Name,
    Rule,
    Section,
    Share,
    YearKey,
    no_repeats,
)
from gigaplan.inputs.scenario.surroundings import Air, Clean, Water
from gigaplan.inputs.wording import COUNTRY_PATTERN, did_you_mean
from gigaplan.terms.country import COUNTRIES

Country = Annotated[str, Field(pattern=COUNTRY_PATTERN)]
Payment = Literal["campus", "accelerator", "energy"]


class Budget(Section):
    """Money that the programme may spend on capex."""

    total_usd_b: Amount | None = None
    """Over the horizon; empty: no limit [billion USD of 2025]."""
    by_year_usd_b: dict[YearKey, Amount] = {}
    """In a calendar year from the base year to the last milestone; years without a number have no
    limit of their own [billion USD of 2025]."""
    counts: Annotated[tuple[Payment, ...], Field(min_length=1)] = (
        "campus",
        "accelerator",
        "energy",
    )
    """What counts: accelerators only where the programme pays for them, energy as far as it is
    the programme's own."""

    RULES: ClassVar[tuple[Rule, ...]] = no_repeats("counts")


class Emissions(Section):
    """Carbon dioxide from generation."""

    cap_mt_by_year: dict[YearKey, Amount] = {}
    """Most in a year; linear between the years given, no cap before the first, the last one holds
    on [Mt of CO2 a year]."""
    price_usd_per_t_by_year: dict[YearKey, Amount] = {}
    """Price; linear between the years given, none before the first, the last one holds on
    [USD of 2025 per t of CO2]."""


class Reserve(Section):
    """Firm capacity of reliability regions."""

    enabled: Flag = True
    """Whether regions must hold firm capacity."""
    margin_frac: Share | None = None
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


def _are_countries(codes: Sequence[str]) -> Iterator[Breach]:
    for place, code in enumerate(codes):
        if code not in COUNTRIES:
            mend = did_you_mean(code, COUNTRIES) or "Use a code of ISO 3166-1, such as CN."
            yield Breach(("exclude_origins", place), f"There is no country {code}.", mend)


class Supply(Section):
    """Components that builds compete for, and the factories that make them."""

    enabled: Flag = True
    """Whether builds are limited by components."""
    scale: dict[Name, Amount] = {}
    """Factor on the supply of a component, such as `gas_turbine: 1.2` [factor]."""
    build_factories: Flag = True
    """Whether new factories may be built where that is worth it."""
    us_factory_credit_frac: Share = 0.0
    """Share of the capex of new US factories that a tax credit pays, as that of the CHIPS and
    Science Act does [frac]."""
    min_us_share: dict[YearKey, Share] = {}
    """Least share of each of `origin_components` that must come from the US; linear between the
    years given, none before the first, the last one holds on [frac]."""
    min_allied_share: dict[YearKey, Share] = {}
    """Least share that must come from the US or an ally, likewise [frac]."""
    origin_components: tuple[Name, ...] = ()
    """Components that the least shares are about; empty: every chip component that some kind of
    factory could make in the US."""

    exclude_origins: tuple[Country, ...] = ()
    """Countries from which nothing may come, beside those that a rule bars; by two letters."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        *no_repeats("origin_components", "exclude_origins"),
        Rule(("exclude_origins",), _are_countries),
    )


def _least_below_most(
    excluded: Collection[str], most: Mapping[str, float], least: Mapping[str, float]
) -> Iterator[Breach]:
    for zone, needed in least.items():
        path = ("min_it_gw_by_zone", zone)
        if needed > 0 and zone in excluded:
            what = f"{zone} must host {needed:g} GW of new campuses, but is in exclude_zones."
            yield Breach(path, what, "Take it out of one of the two.")
        elif needed > most.get(zone, needed):
            what = f"{zone} must host at least {needed:g} GW, but at most {most[zone]:g} GW."
            yield Breach(path, what, "Raise the maximum or lower the minimum.")


class Campuses(Section):
    """Where campuses may stand."""

    max_states: Annotated[int, Field(ge=1, le=200, strict=True)] | None = None
    """Most states that may host new campuses; empty: no limit [states]."""
    exclude_zones: tuple[Name, ...] = ()
    """Zones without new campuses."""
    max_it_gw_by_zone: dict[Name, Amount] = {}
    """Most new campus capacity in a zone, in place of the default [GW of IT]."""
    min_it_gw_by_zone: dict[Name, Amount] = {}
    """Least new campus capacity in a zone by the last milestone year [GW of IT]."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        *no_repeats("exclude_zones"),
        Rule(("exclude_zones", "max_it_gw_by_zone", "min_it_gw_by_zone"), _least_below_most),
    )


class Limits(Section):
    """Everything that may bind."""

    budget: Budget = Budget()
    """Money that the programme may spend, in all and by year."""
    emissions: Emissions = Emissions()
    """Caps and prices of carbon dioxide."""
    reserve: Reserve = Reserve()
    """Firm capacity above the peak of each reliability region."""
    unserved: Unserved = Unserved()
    """What unserved load costs, and how much there may be."""
    interconnection: Interconnection = Interconnection()
    """Whether builds wait in interconnection queues."""
    supply: Supply = Supply()
    """Turbines, transformers, labour and chips that builds compete for."""
    campuses: Campuses = Campuses()
    """Where new campuses may stand, must stand, and in how many states."""
    water: Water = Water()
    """Water that new campuses and new power plants may evaporate."""
    clean: Clean = Clean()
    """Clean energy that the load of new campuses must be matched with."""
    air: Air = Air()
    """What generators on the sites of campuses may emit."""
