"""Every figure of the page of a state, each a sum over the tables of the plan."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.plan import Plan
from gigaplan.report.community import people, power
from gigaplan.report.community.built import (
    CAMPUS,
    Built,
    GivenCampus,
    Wire,
    built,
    given_campuses,
    names_of,
    wires,
)
from gigaplan.report.groups import POWER_GROUPS


@dataclass(frozen=True)
class StateFigures:
    """What a plan does in one state.

    Parameters
    ----------
    zone, name
        Two letters and name of the state.
    last_year
        Last milestone year.
    built, given, wires
        What is built, campuses that are given, corridors to other states.
    given_it_mw
        IT power of all given campuses and given growth in the last milestone year [MW].
    jobs, taxes, bills, use, carbon, air, water, land_ha
        Its effects; none, or empty, where the plan does not know them.
    closed_early_mw
        Plants that close before their date [MW].
    """

    zone: str
    name: str
    last_year: int
    built: tuple[Built, ...]
    given: tuple[GivenCampus, ...]
    wires: tuple[Wire, ...]
    given_it_mw: float
    jobs: people.Jobs | None
    taxes: people.Taxes | None
    bills: tuple[power.Bill, ...]
    use: power.Use | None
    carbon: power.Carbon | None
    air: power.Air | None
    water: power.Water | None
    land_ha: float | None
    closed_early_mw: float

    @property
    def campus_mw(self) -> float:
        """Return new campuses [MW of IT]."""
        return self._size(CAMPUS)

    @property
    def power_mw(self) -> float:
        """Return new generators and storage [MW]."""
        return self._size(*POWER_GROUPS)

    @property
    def capex_usd2025_m(self) -> float:
        """Return the cost of everything built [M$ of 2025]."""
        return sum(row.capex_usd2025_m for row in self.built)

    def _size(self, *names: str) -> float:
        return sum(row.capacity_mw for row in self.built if row.name in names)


def figures_of(plan: Plan, zone: str) -> StateFigures:
    """Return the figures of a state in which the plan builds something."""
    last = plan.scenario.horizon.milestone_years[-1]
    campuses = plan.table("campuses")
    own = campuses[(campuses["zone"] == zone) & (campuses["year"] == last)]
    return StateFigures(
        zone=zone,
        name=names_of(plan)[zone],
        last_year=last,
        built=built(plan, zone),
        given=given_campuses(plan, zone),
        wires=wires(plan, zone),
        given_it_mw=float(own["given_it_mw"].sum()),
        jobs=people.jobs(plan, zone),
        taxes=people.taxes(plan, zone),
        bills=power.bills(plan, zone),
        use=power.use(plan, zone),
        carbon=power.carbon(plan, zone),
        air=power.air(plan, zone),
        water=power.water(plan, zone),
        land_ha=power.land_ha(plan, zone),
        closed_early_mw=power.closed_early_mw(plan, zone),
    )
