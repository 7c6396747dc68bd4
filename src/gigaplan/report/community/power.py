"""Bills, water, air, carbon and land of a state in the milestone years of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report.frames import Tables, filled

POLLUTANTS: Final = ("co2_kt", "nox_t", "so2_t", "pm25_t")


@dataclass(frozen=True)
class Bill:
    """What the programme changes in the bill of a household in a year [USD of 2025 per month].

    Parameters
    ----------
    year
        Milestone year.
    without_tariff, with_tariff
        Change where everybody pays the mean cost of the state, and where campuses pay for the
        wires, capacity and firm power that they cause.
    tariff_by_law
        Whether a large-load tariff is in force.
    customers_without_tariff, customers_with_tariff
        What all customers but the campuses pay more [M$ of 2025 a year].
    """

    year: int
    without_tariff: float
    with_tariff: float
    tariff_by_law: bool
    customers_without_tariff: float
    customers_with_tariff: float


def bills(plan: Plan, zone: str) -> tuple[Bill, ...]:
    """Return the bills of a state by year; none where no counterfactual was solved."""
    if not filled(plan.tables, "bills"):
        return ()
    table = plan.table("bills")
    own = table[table["zone"] == zone]
    month, paid = "household_usd2025_per_month", "customers_change_usd2025_m_per_yr"
    found = []
    for year, rows in own.groupby("year"):
        off, on = (rows[rows["tariff"] == tariff].iloc[0] for tariff in ("off", "on"))
        found.append(
            Bill(
                year=int(str(year)),
                without_tariff=float(off[month]),
                with_tariff=float(on[month]),
                tariff_by_law=bool(on["by_law"] == 1),
                customers_without_tariff=float(off[paid]),
                customers_with_tariff=float(on[paid]),
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class Carbon:
    """Carbon dioxide of plants in the state in the last milestone year, with and without [kt].

    Parameters
    ----------
    year
        Milestone year.
    with_programme, without_programme
        Carbon dioxide of plants in the state.
    attributed
        What the state's campuses cause in all states together.
    """

    year: int
    with_programme: float
    without_programme: float
    attributed: float


def carbon(plan: Plan, zone: str) -> Carbon | None:
    """Return carbon dioxide beside a counterfactual; none where it was not solved."""
    rows = _last(plan.tables, "carbon_effect", zone)
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Carbon(
        year=int(row["year"]),
        with_programme=float(row["co2_with_kt"]),
        without_programme=float(row["co2_without_kt"]),
        attributed=float(row["attributed_kt"]),
    )


@dataclass(frozen=True)
class Air:
    """What all plants of a state emit in a year, in the first and in the last milestone year.

    Parameters
    ----------
    first_year, last_year
        Milestone years.
    first, last
        Carbon dioxide [kt], nitrogen oxides, sulphur dioxide and fine particles [t].
    on_site_nox_t, on_site_pm25_t
        Part of the last year from generators on the sites of campuses [t].
    """

    first_year: int
    last_year: int
    first: tuple[float, float, float, float]
    last: tuple[float, float, float, float]
    on_site_nox_t: float
    on_site_pm25_t: float


def air(plan: Plan, zone: str) -> Air | None:
    """Return what plants of a state emit; none where nothing burns in it."""
    if not filled(plan.tables, "emissions"):
        return None
    table = plan.table("emissions")
    own = table[table["zone"] == zone]
    if own.empty:
        return None
    years = plan.scenario.horizon.milestone_years
    site = _last(plan.tables, "onsite_air", zone, years[-1])
    return Air(
        first_year=years[0],
        last_year=years[-1],
        first=_emitted(own[own["year"] == years[0]]),
        last=_emitted(own[own["year"] == years[-1]]),
        on_site_nox_t=float(site["nox_t"].sum()),
        on_site_pm25_t=float(site["pm25_t"].sum()),
    )


def _emitted(rows: pd.DataFrame) -> tuple[float, float, float, float]:
    co2, nox, so2, fine = (float(rows[name].fillna(0.0).sum()) for name in POLLUTANTS)
    return co2, nox, so2, fine


@dataclass(frozen=True)
class Water:
    """Water of what a plan builds in a state, in the last milestone year.

    Parameters
    ----------
    year
        Milestone year.
    campuses_mm3, plants_mm3
        Water that new campuses and new power plants evaporate [Mm3].
    withdrawal_mm3
        Water that they take [Mm3].
    share_of_fresh_frac
        The same over the fresh water that the state takes for all ends but power plants.
    stress
        Baseline water stress of the state.
    """

    year: int
    campuses_mm3: float
    plants_mm3: float
    withdrawal_mm3: float
    share_of_fresh_frac: float
    stress: str

    @property
    def evaporated_mm3(self) -> float:
        """Return what campuses and plants evaporate together [Mm3]."""
        return self.campuses_mm3 + self.plants_mm3


def water(plan: Plan, zone: str) -> Water | None:
    """Return the water of a state; none for a plan without a table of water."""
    rows = _last(plan.tables, "water_by_state", zone)
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Water(
        year=int(row["year"]),
        campuses_mm3=float(row["new_campuses_mm3"]),
        plants_mm3=float(row["new_plants_mm3"]),
        withdrawal_mm3=float(row["new_withdrawal_mm3"]),
        share_of_fresh_frac=float(row["new_share_of_fresh_frac"]),
        stress=str(row["stress_class"]),
    )


@dataclass(frozen=True)
class Use:
    """Energy of new campuses, and all use from the grid of the state, in a year [TWh]."""

    year: int
    campuses_twh: float
    grid_twh: float


def use(plan: Plan, zone: str) -> Use | None:
    """Return energy of new campuses in the last milestone year; none without a table of it."""
    rows = _last(plan.tables, "carbon_rates", zone)
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Use(int(row["year"]), float(row["campus_twh"]), float(row["use_twh"]))


def land_ha(plan: Plan, zone: str) -> float | None:
    """Return the ground that everything built in a state takes [ha]; none without a table."""
    if not filled(plan.tables, "land"):
        return None
    table = plan.table("land")
    return float(table.loc[table["zone"] == zone, "land_ha"].sum())


def closed_early_mw(plan: Plan, zone: str) -> float:
    """Return plants of a state that close before their date [MW]."""
    rows = _last(plan.tables, "capacity", zone)
    return float(rows["retired_early_mw"].sum()) if len(rows) else 0.0


def _last(tables: Tables, name: str, zone: str, year: int | None = None) -> pd.DataFrame:
    """Return the rows of a state in the last year of a table, or in a given year."""
    table = tables[name]
    wanted = table["year"].max() if year is None else year
    return table[(table["zone"] == zone) & (table["year"] == wanted)]
