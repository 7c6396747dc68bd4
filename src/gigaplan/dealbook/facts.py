"""Facts of a plan that deals are made of: its tables, its scenario, its data and its System."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.scenario import Scenario
from gigaplan.system.credits import credited_by_energy
from gigaplan.system.types import System
from gigaplan.timeline.service import dated_builds

PRICE_YEAR = 2025
MW_PER_GW = 1000.0


@dataclass(frozen=True)
class PlanFacts:
    """A finished plan, as far as its finance needs it.

    Parameters
    ----------
    tables
        Tables of the plan.
    scenario, dataset, system
        What was asked, the data package with overrides, and what the optimisation read.
    """

    tables: Mapping[str, pd.DataFrame]
    scenario: Scenario
    dataset: Dataset
    system: System

    @cached_property
    def base_year(self) -> int:
        """First calendar year of the plan."""
        return int(self.scenario.horizon.base_year)

    @cached_property
    def builds(self) -> pd.DataFrame:
        """Projects of the plan with the middle of their entry into service."""
        milestones = [int(year) for year in self.system["year"].values]
        dated = dated_builds(self.tables, self.dataset.tables, milestones, self.base_year)
        service = dated.set_index("project")["service_year"]
        projects = self.tables["projects"]
        return projects.assign(service_year=projects["project"].map(service))

    @cached_property
    def construction_years(self) -> dict[str, int]:
        """Years of construction by asset; accelerators take one."""
        assets = self.dataset.table("assets")
        years = np.maximum(assets["construction_years"].to_numpy(dtype=int), 1)
        return dict(zip(assets["asset"].tolist(), years.tolist(), strict=True))

    @cached_property
    def life_years(self) -> dict[str, int]:
        """Life by asset and by accelerator [years]."""
        lives: dict[str, int] = {}
        for table, name in (("assets", "asset"), ("accelerators", "accelerator")):
            rows = self.dataset.table(table)
            lives |= dict(zip(rows[name].tolist(), rows["life_years"].astype(int), strict=True))
        return lives

    @cached_property
    def inflation_frac(self) -> float:
        """Yearly inflation [frac/yr]."""
        return self._parameter("inflation_frac")

    def _parameter(self, name: str) -> float:
        table = self.dataset.table("parameters")
        return float(table.loc[table["parameter"] == name, "value"].iloc[0])

    def nominal(self, year: float) -> float:
        """Return what a dollar of 2025 is in the money of a year."""
        return float((1.0 + self.inflation_frac) ** (year - PRICE_YEAR))

    def fixed_cost_usd2025_per_mw_year(self, asset_class: str, asset: str, zone: str) -> float:
        """Return the yearly fixed cost of an asset in a zone, in the last milestone year."""
        if asset_class == "accelerator":
            return 0.0
        cost = self.system[f"fixed_cost_{asset_class}"].sel(zone=zone).isel(year=-1)
        if asset_class in cost.dims:
            cost = cost.sel({asset_class: asset})
        return float(cost) * 1e6 / MW_PER_GW

    def yield_mwh_per_mw(self, asset: str, zone: str) -> float | None:
        """Return the yearly energy of wind and solar before curtailment; none for what has fuel."""
        if asset not in self.system["generator"].values:
            return None
        if bool(self.system["dispatchable_generator"].sel(generator=asset)):
            return None
        available = self.system["availability_generator"].sel(generator=asset, zone=zone)
        return float((available * self.system["block_weight"]).sum())

    @cached_property
    def energy_price_usd2025_per_mwh(self) -> dict[str, float]:
        """Mean wholesale price by zone over blocks and milestone years."""
        prices = self.tables["prices"].merge(self.tables["blocks"], on="block")
        weighted = prices["price_usd2025_per_mwh"] * prices["weight_hours"]
        total = weighted.groupby(prices["zone"]).sum()
        hours = prices.groupby("zone")["weight_hours"].sum()
        return {str(zone): float(price) for zone, price in (total / hours).items()}

    @cached_property
    def credited_by_energy(self) -> pd.Index:
        """Asset, zone and milestone of builds that take the credit by energy."""
        return credited_by_energy(self.system)

    def h100e_per_mw(self, accelerator: str) -> float:
        """Return the compute of a MW of IT [H100e/MW]."""
        held = self.system["h100e_accelerator"].sel(accelerator=accelerator)
        return float(held) * 1e6 / MW_PER_GW

    def territory_of(self, zone: str) -> str | None:
        """Return the group of states of the table ``funding`` that a zone belongs to."""
        held = self.system["zone_of_territory"]
        if not held.size:
            return None
        inside = held.sel(zone=zone).values > 0
        return str(held["territory"].values[np.argmax(inside)])
