"""Accounts of power: what serving the load of each state costs in each year, and its CO2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.system.spread import Labels, places, totals
from gigaplan.system.types import System

Floats = npt.NDArray[np.float64]
Tables = Mapping[str, pd.DataFrame]

RUNNING: Final = ("fuel", "variable O&M", "carbon price", "credits on output")
"""Costs of output, in the table ``costs``."""
PROGRAMME: Final = "programme"
GW: Final = 1e-3
"""One MW [GW]."""
TWH: Final = 1e-6
"""One MWh [TWh]; also one USD [M$]."""


@dataclass(frozen=True)
class Account:
    """Power of one solved System; every array is (zone, year).

    Parameters
    ----------
    load_twh, campus_twh
        Energy that customers, and the programme's campuses, take from the grid [TWh].
    campus_use_twh
        Energy of the programme's campuses, from the grid and from their own units [TWh].
    wholesale_usd2025_per_mwh
        Wholesale price, weighed by what is taken from the grid [USD of 2025 per MWh].
    campus_worth
        What campuses take from the grid, at the wholesale price of each hour [M$ of 2025/yr].
    capacity_usd2025_per_kw_yr
        Price of firm capacity in the reliability region [USD of 2025 per kW and year].
    running, fixed, capacity, wires
        Fuel, variable cost and carbon price less credits on output; fixed operation and
        maintenance; capital of new generators and storage; half the capital of each new corridor
        at the state [M$ of 2025/yr].
    energy_bought, firm_bought
        Energy and firm capacity bought from other states, less what is sold [M$ of 2025/yr].
    paid_direct
        Cost of units behind the meter, and capital of what the programme pays itself: no part of
        any bill [M$ of 2025/yr].
    co2_kt
        Carbon dioxide of what stands in the state [kt].
    """

    load_twh: Floats
    campus_twh: Floats
    campus_use_twh: Floats
    wholesale_usd2025_per_mwh: Floats
    campus_worth: Floats
    capacity_usd2025_per_kw_yr: Floats
    running: Floats
    fixed: Floats
    capacity: Floats
    wires: Floats
    energy_bought: Floats
    firm_bought: Floats
    paid_direct: Floats
    co2_kt: Floats

    @property
    def firm(self) -> Floats:
        """Return the part of the cost that goes with wires and capacity, new and old."""
        return self.fixed + self.capacity + self.wires + self.firm_bought

    @property
    def passed_on(self) -> Floats:
        r"""Return what the customers of each state pay for [M$ of 2025/yr].

        .. math:: C_{z,y} = R_{z,y} + I_{z,y} + F_{z,y}, \qquad F = O + K + W + Q

        are running cost R and energy bought I; and F, which is fixed cost O, capital of new
        capacity K and of new wires W, and firm capacity bought Q. What all states buy adds to
        nothing, so the sum over states is the cost of power in the whole plan, less what the
        programme pays itself.
        """
        return self.running + self.energy_bought + self.firm


def mean_capacity_price(tables: Tables, system: System) -> Floats:
    r"""Return the price of firm capacity of a plan over its horizon (zone) [USD of 2025/kW/yr].

    .. math:: \overline{\rho}_r = \frac{\sum_y \delta_y \rho_{r,y}}{\sum_y \delta_y}

    Capacity is bought under long contracts, while the price of a single year is often nothing, or
    that of a shortfall.
    """
    years = np.asarray(system["discounted_years"].values, dtype=float)
    price = _Place(tables, system).capacity_price
    return np.asarray((price * years).sum(axis=1) / years.sum())


def account_of(tables: Tables, system: System, capacity_price: Floats) -> Account:
    """Return the account of a solved System.

    Parameters
    ----------
    tables
        Tables of its plan.
    system
        What was solved, or the System that it was made from: of both only what they share is read.
    capacity_price
        Price at which states buy firm capacity of each other (zone) [USD of 2025/kW/yr].
    """
    place = _Place(tables, system)
    price, load, campus = place.prices, place.load_mw, place.campus_mw
    onsite = place.costs["asset"].isin(place.onsite)
    own = place.costs["payer"] == PROGRAMME
    capital = place.costs["category"] == "energy capital"
    running = place.costs["category"].isin(RUNNING)
    fixed = place.costs["category"] == "fixed O&M"
    taken = load + campus
    energy = (taken * place.hours).sum(axis=2)
    worth = (taken * place.hours * price).sum(axis=2)
    level = (price * place.hours).sum(axis=2) / place.hours.sum()
    return Account(
        load_twh=(load * place.hours).sum(axis=2) * TWH,
        campus_twh=(campus * place.hours).sum(axis=2) * TWH,
        campus_use_twh=(place.block("load", "campus_facility_mw") * place.hours).sum(axis=2) * TWH,
        wholesale_usd2025_per_mwh=np.divide(worth, energy, out=level, where=energy > 0),
        campus_worth=(campus * place.hours * price).sum(axis=2) * TWH,
        capacity_usd2025_per_kw_yr=place.capacity_price,
        running=place.cost(running & ~onsite),
        fixed=place.cost(fixed & ~onsite),
        capacity=place.cost(capital & ~own),
        wires=place.wires(),
        energy_bought=place.energy_bought(),
        firm_bought=place.firm_bought(capacity_price),
        paid_direct=place.cost((running | fixed) & onsite) + place.cost(capital & own),
        co2_kt=totals(tables["emissions"], "co2_kt", **place.zone_year),
    )


@dataclass(frozen=True)
class _Place:
    """Tables of a plan as arrays over the labels of its System."""

    tables: Tables
    system: System

    @cached_property
    def zones(self) -> list[str]:
        return [str(zone) for zone in self.system["zone"].values]

    @cached_property
    def years(self) -> list[int]:
        return [int(year) for year in self.system["year"].values]

    @property
    def zone_year(self) -> dict[str, Labels]:
        return {"zone": self.zones, "year": self.years}

    @cached_property
    def blocks(self) -> list[int]:
        return list(self.system["block"].values.tolist())

    @cached_property
    def hours(self) -> Floats:
        """Hours of a year that each block stands for (block)."""
        return np.asarray(self.system["block_weight"].values, dtype=float)

    @cached_property
    def onsite(self) -> list[str]:
        onsite = self.system["onsite_generator"]
        return [str(name) for name in onsite["generator"].values[onsite.values]]

    @property
    def costs(self) -> pd.DataFrame:
        return self.tables["costs"]

    def cost(self, rows: pd.Series) -> Floats:
        """Return the yearly cost of rows of ``costs`` (zone, year)."""
        return totals(self.costs[rows], "cost_usd2025_m_per_yr", **self.zone_year)

    def block(self, table: str, column: str) -> Floats:
        """Return a column by zone, year and block."""
        return totals(self.tables[table], column, **self.zone_year, block=self.blocks)

    @cached_property
    def prices(self) -> Floats:
        return self.block("prices", "price_usd2025_per_mwh")

    @cached_property
    def load_mw(self) -> Floats:
        """Load of customers that is served (zone, year, block)."""
        given = self.block("load", "base_mw") + self.block("load", "given_campus_mw")
        return np.maximum(given - self.block("load", "unserved_mw"), 0.0)

    @cached_property
    def campus_mw(self) -> Floats:
        """What campuses of the programme take from the grid (zone, year, block)."""
        own = self.block("load", "onsite_supply_mw")
        return np.maximum(self.block("load", "campus_facility_mw") - own, 0.0)

    @cached_property
    def members(self) -> Floats:
        """Whether a zone lies in a region (zone, region), 0 or 1."""
        member = self.system["region_of_zone"].transpose("zone", "region")
        return np.asarray(member.values, dtype=float)

    @cached_property
    def capacity_price(self) -> Floats:
        """Price of firm capacity where each zone lies (zone, year) [USD of 2025/kW/yr]."""
        regions = [str(region) for region in self.system["region"].values]
        table = self.tables["reserve"]
        name = "price_usd2025_per_kw_yr"
        return self.members @ totals(table, name, region=regions, year=self.years)

    @cached_property
    def corridors(self) -> tuple[list[str], npt.NDArray[np.int_], npt.NDArray[np.int_]]:
        """Names of corridors, and the zones of their ends."""
        names = [str(name) for name in self.system["corridor"].values]
        ends = self.tables["corridor_capacity"].drop_duplicates("corridor").set_index("corridor")
        ends = ends.loc[names]
        return names, places(ends["from_zone"], self.zones), places(ends["to_zone"], self.zones)

    def _halves(self, of_corridor: Floats) -> Floats:
        """Return amounts of corridors (corridor, year), half at each end (zone, year)."""
        _, start, end = self.corridors
        at_zone = np.zeros((len(self.zones), len(self.years)))
        np.add.at(at_zone, start, of_corridor / 2.0)
        np.add.at(at_zone, end, of_corridor / 2.0)
        return at_zone

    def wires(self) -> Floats:
        """Return the capital of new corridors, half at each end (zone, year) [M$/yr]."""
        names, _, _ = self.corridors
        if not names:
            return np.zeros((len(self.zones), len(self.years)))
        table = self.tables["corridor_capacity"]
        built = totals(table, "built_mw", corridor=names, year=self.years) * GW
        dims = ("corridor", "vintage", "year")
        charge = self.system["capital_charge_corridor"] * self.system["alive_corridor"]
        yearly = built[:, :, None] * charge.transpose(*dims).values
        return self._halves(yearly.sum(axis=1))

    def energy_bought(self) -> Floats:
        r"""Return what energy from other states costs, less what sales bring (zone, year) [M$/yr].

        .. math::

            I_{z,y} = \sum_t \omega_t p_{z,y,t} (E^{in}_{z,y,t} - E^{out}_{z,y,t})
            - \tfrac{1}{2} \sum_{l \ni z} V_{l,y}

        What arrives is paid, and what leaves is sold, at the price of the state itself. The
        difference between both ends of a corridor is its congestion rent V, which goes back to the
        states at its ends in halves. So all states together pay nothing.
        """
        names, start, end = self.corridors
        paid = np.zeros((len(self.zones), len(self.years)))
        if not names:
            return paid
        labels: dict[str, Labels] = {"corridor": names, "year": self.years, "block": self.blocks}
        kept = 1.0 - self.system["loss_corridor"].values[:, None, None]
        rent = np.zeros((len(names), len(self.years)))
        for column, source, sink in (("forward_mw", start, end), ("reverse_mw", end, start)):
            sent = totals(self.tables["flows"], column, **labels) * self.hours * TWH
            sold = (sent * self.prices[source]).sum(axis=2)
            bought = (sent * kept * self.prices[sink]).sum(axis=2)
            np.add.at(paid, sink, bought)
            np.subtract.at(paid, source, sold)
            rent += bought - sold
        return np.asarray(paid - self._halves(rent))

    def firm_bought(self, price: Floats) -> Floats:
        r"""Return what firm capacity of other states costs (zone, year) [M$/yr].

        .. math:: Q_{z,y} = \rho_r (s_{z,y} \textstyle\sum_{z' \in r} A_{z',y} - A_{z,y})

        A is the firm capacity that stands in the state, s its share of the need of its region, and
        :math:`\rho` the price that is given. All states of a region together pay nothing.
        """
        firm = np.zeros((len(self.zones), len(self.years)))
        for kind in ("generator", "storage"):
            assets = [str(name) for name in self.system[kind].values]
            table = self.tables["capacity"]
            online = totals(table, "online_mw", asset=assets, **self.zone_year)
            credit = self.system[f"capacity_credit_{kind}"].transpose(kind, "zone").values
            firm += (online * credit[:, :, None]).sum(axis=0) * GW
        region = self.members
        need = self._need_gw()
        whole = region @ (region.T @ need)
        share = np.divide(need, whole, out=np.zeros_like(need), where=whole > 0)
        return np.asarray(price[:, None] * (share * (region @ (region.T @ firm)) - firm))

    def _need_gw(self) -> Floats:
        """Return peak load by zone (zone, year) [GW]: its part of the region's, and campuses."""
        load = self.system["load"].transpose("zone", "year", "block").values.max(axis=2)
        region = self.members
        whole = region @ (region.T @ load)
        part = np.divide(load, whole, out=np.zeros_like(load), where=whole > 0)
        peak = region @ self.system["peak_load"].transpose("region", "year").values
        capacity = totals(self.tables["compute"], "it_mw", **self.zone_year) * GW
        campus = capacity * self.system["firm_it_share"].values[:, None]
        return np.asarray(part * peak + campus)
