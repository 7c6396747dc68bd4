"""A campus: its load, its state, its land, its own power and its ties to the federal government."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from gigaplan.inputs.scenario.base import Amount, Breach, Flag, Name, Rule, Section
from gigaplan.policy.facts.kinds import Count, Day

State = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
LandUse = Literal["agricultural", "other"]
Attainment = Literal[
    "attainment", "marginal", "moderate", "serious", "severe", "extreme", "transport_region"
]
"""Air quality at the site for ozone: attainment, the class of a nonattainment area, or the ozone
transport region."""
HOURS_OF_A_YEAR = 8784
Hours = Annotated[float, Field(ge=0.0, le=HOURS_OF_A_YEAR, allow_inf_nan=False, strict=True)]
Positive = Annotated[float, Field(gt=0.0, le=1e6, allow_inf_nan=False, strict=True)]


class OnsitePower(Section):
    """Combustion units on the campus, for supply or backup."""

    capacity_mw: Amount | None = None
    """Output of all units together [MW]."""
    heat_rate_mmbtu_per_mwh: Positive | None = None
    """Fuel per output, higher heating value [MMBtu/MWh]."""
    nox_lb_per_mmbtu: Positive | None = None
    """Nitrogen oxides after controls [lb/MMBtu]."""
    hours_per_year: Hours | None = None
    """Hours at full load that the permit allows; counts only where it is limited [h]."""
    hours_limited: Flag | None = None
    """Whether an enforceable limit holds the hours; if not, every hour of the year counts."""
    steam_boiler: Flag | None = None
    """Whether it has fossil-fuel boilers or duct burners with more heat input than the listed
    category begins at, as a combined cycle may."""
    attainment: Attainment | None = None
    """Air quality at the site."""
    turbines: Flag | None = None
    """Whether the units are combustion turbines."""
    unit_heat_input_mmbtu_per_h: Positive | None = None
    """Base load heat input of a unit [MMBtu/h]."""
    construction_on: Day | None = None
    """Day on which construction of the units begins."""
    months_on_site: Amount | None = None
    """Months for which a temporary unit stays; empty: it stays, or it is not known."""


class FederalNexus(Section):
    """What the federal government decides in the project."""

    land: Flag | None = None
    """Whether it is on federal land, or needs a right of way over it."""
    loan: Flag | None = None
    """Whether it takes a federal loan, guarantee or grant, as of the Department of Energy or the
    Export-Import Bank."""
    permit: Flag | None = None
    """Whether it needs a federal permit that brings review, as for filling wetlands; permits under
    the Clean Air Act do not."""
    excluded: Flag | None = None
    """Whether the agency has a categorical exclusion for the action."""
    significant: Flag | None = None
    """Whether a significant effect on the environment is to be expected."""


class Campus(Section):
    """A campus of data centers."""

    state: State | None = None
    """State, as in the table zones."""
    load_mw: Amount | None = None
    """Largest demand from the grid at the site [MW]."""
    utility: Name | None = None
    """Utility, as in the table large_load_tariffs."""
    connected_on: Day | None = None
    """Day of interconnection."""
    curtailable: Flag | None = None
    """Whether the load can be curtailed, or moved to backup, at the call of the grid operator."""
    investment_usd_m: Amount | None = None
    """Investment that counts for the exemption from sales tax [million USD]."""
    jobs: Count | None = None
    """Permanent jobs that count for it."""
    land_owner: Name | None = None
    """Entity of the deal that takes title to the land."""
    land_use: LandUse | None = None
    """Whether the land is agricultural by the law of the state."""
    near_sensitive_site: Flag | None = None
    """Whether the land is near a military base or critical infrastructure, by the law of the
    state."""
    new_nuclear: Flag | None = None
    """Whether a new reactor is to be built in the state for it."""
    emitting_supply: Flag | None = None
    """Whether its supply emits carbon dioxide after the target year of the state."""
    onsite_power: OnsitePower | None = None
    """Its own combustion units."""
    has_onsite_power: Flag | None = None
    """Whether it has such units."""
    federal: FederalNexus = FederalNexus()
    """What the federal government decides."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        Rule(
            ("has_onsite_power", "onsite_power"),
            lambda has, units: (
                [
                    Breach(
                        ("onsite_power",),
                        "There are on-site units, but has_onsite_power is false.",
                        "Write has_onsite_power: true, or drop them.",
                    )
                ]
                if has is False and units is not None
                else []
            ),
        ),
    )
