"""What a plan builds in a state: campuses, servers, power, wires and factories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report import frames
from gigaplan.report.groups import POWER_GROUPS

CAMPUS, SERVERS, WIRES, FACTORIES = "AI campuses", "Servers", "Transmission", "Factories"
ORDER: Final = (CAMPUS, SERVERS, *POWER_GROUPS, WIRES, FACTORIES)
NAMES: Final = {"Campus": CAMPUS}
BY_CLASS: Final = {"accelerator": SERVERS, "corridor": WIRES}
ENDS_OF_A_CORRIDOR: Final = 2.0


@dataclass(frozen=True)
class Built:
    """Everything of one kind that a plan builds in a state.

    Parameters
    ----------
    name
        Kind.
    capacity_mw
        Size [MW]; of campuses and servers IT power; none of factories.
    count
        Number of projects.
    first_year, last_year
        Milestone years by which the first and the last are in service.
    capex_usd2025_m
        Cost [M$ of 2025]; of a corridor half in each of its two states.
    payers
        Who pays.
    """

    name: str
    capacity_mw: float
    count: int
    first_year: int
    last_year: int
    capex_usd2025_m: float
    payers: tuple[str, ...]


def names_of(plan: Plan) -> dict[str, str]:
    """Return the name of each state of a plan."""
    zones = plan.table("zones")
    return dict(zip(zones["zone"].astype(str), zones["name"].astype(str), strict=True))


def built_states(plan: Plan) -> list[str]:
    """Return the states in which a plan builds something, in the order of its zones."""
    projects, factories = plan.table("projects"), plan.table("factories")
    some = {*projects["zone"].astype(str), *projects["to_zone"].fillna("").astype(str)}
    some |= set(factories["place"].astype(str))
    return [zone for zone in names_of(plan) if zone in some]


def built(plan: Plan, zone: str) -> tuple[Built, ...]:
    """Return what is built in a state, one row for each kind."""
    projects = plan.table("projects")
    ends = frames.with_group(plan.tables, projects)
    wires = ends["class"] == "corridor"
    here = (ends["zone"] == zone) | (wires & (ends["to_zone"] == zone))
    own = ends[here].copy()
    kinds = own["class"].astype(str).map(BY_CLASS)
    own["kind"] = kinds.fillna(own["group"].replace(NAMES))
    half = own["class"] == "corridor"
    own.loc[half, "capex_usd2025_m"] = own.loc[half, "capex_usd2025_m"] / ENDS_OF_A_CORRIDOR
    rows = [_row(str(kind), part) for kind, part in own.groupby("kind", sort=False)]
    factories = plan.table("factories")
    placed = factories[factories["place"] == zone]
    if len(placed):
        rows.append(_row(FACTORIES, placed.assign(capacity_mw=0.0, payer="others")))
    return tuple(sorted(rows, key=lambda row: (_place(row.name), row.name)))


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _row(kind: str, part: pd.DataFrame) -> Built:
    years = part["in_service_year"].astype(int)
    return Built(
        name=kind,
        capacity_mw=float(part["capacity_mw"].sum()),
        count=len(part),
        first_year=int(years.min()),
        last_year=int(years.max()),
        capex_usd2025_m=float(part["capex_usd2025_m"].sum()),
        payers=tuple(sorted(set(part["payer"].astype(str)))),
    )


@dataclass(frozen=True)
class GivenCampus:
    """A campus that is there whatever the plan does; power of the facility [MW]."""

    name: str
    owner: str
    status: str
    latitude_deg: float
    longitude_deg: float
    facility_mw: float


def given_campuses(plan: Plan, zone: str) -> tuple[GivenCampus, ...]:
    """Return the given campuses of a state in the last milestone year, largest first."""
    table = plan.table("given_campuses")
    own = table[(table["zone"] == zone) & (table["facility_mw"] > 0.0)]
    own = own[own["year"] == own["year"].max()].fillna({"owner": ""})
    ordered = own.sort_values("facility_mw", ascending=False, kind="stable")
    return tuple(
        GivenCampus(
            name=str(row.name_),
            owner=str(row.owner),
            status=str(row.status),
            latitude_deg=float(row.latitude_deg),
            longitude_deg=float(row.longitude_deg),
            facility_mw=float(row.facility_mw),
        )
        for row in ordered.rename(columns={"name": "name_"}).itertuples()
    )


@dataclass(frozen=True)
class Wire:
    """A corridor from a state to another: in service and built by the plan [MW]."""

    to_zone: str
    online_mw: float
    built_mw: float


def wires(plan: Plan, zone: str) -> tuple[Wire, ...]:
    """Return the corridors of a state in the last milestone year, by neighbour."""
    table = plan.table("corridor_capacity")
    own = table[(table["from_zone"] == zone) | (table["to_zone"] == zone)]
    own = own.assign(other=own["to_zone"].where(own["from_zone"] == zone, own["from_zone"]))
    last = own[own["year"] == own["year"].max()]
    online = last.groupby("other")["online_forward_mw"].sum()
    grown = own.groupby("other")["built_mw"].sum()
    return tuple(
        Wire(str(other), float(online.get(other, 0.0)), float(grown[other]))
        for other in sorted(grown.index)
    )
