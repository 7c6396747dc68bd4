"""What every part of the System builder needs: the scenario, the tables and the labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from gigaplan.economics.discounting import discounted_years, years_represented
from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.scenario import Scenario
from gigaplan.system.days import RepresentativeDays, choose_days
from gigaplan.system.eligibility import AssetCredit, Eligibility
from gigaplan.system.facts import Facts, facts_of
from gigaplan.system.spread import line, spread
from gigaplan.terms.units import HOURS_PER_YEAR

Floats = npt.NDArray[np.float64]


NO_CREDIT = AssetCredit()


@dataclass(frozen=True)
class Frame:
    """A scenario and a data package with the labels that the System will have.

    Parameters
    ----------
    scenario, dataset
        What is asked, and what is known.
    eligibility
        What rules change before the plan.
    """

    scenario: Scenario
    dataset: Dataset
    eligibility: Eligibility = field(default_factory=Eligibility)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the data package."""
        return self.dataset.table(name)

    def number(self, parameter: str) -> float:
        """Return one number of the table ``parameters``."""
        return self._numbers[parameter]

    @cached_property
    def _numbers(self) -> dict[str, float]:
        table = self.table("parameters")
        return dict(zip(table["parameter"].tolist(), table["value"].tolist(), strict=True))

    @cached_property
    def zones(self) -> list[str]:
        """Zones of the scenario, in the order of the data package."""
        known = self.table("zones")["zone"].tolist()
        wanted = self.scenario.zones
        return known if wanted == "all" else [zone for zone in known if zone in wanted]

    @cached_property
    def zone_table(self) -> pd.DataFrame:
        """The table ``zones`` by zone, of the zones of the scenario."""
        return self.table("zones").set_index("zone").loc[self.zones]

    @cached_property
    def regions(self) -> list[str]:
        """Reliability regions of the zones."""
        return sorted(set(self.zone_table["reliability_region"]))

    @cached_property
    def years(self) -> npt.NDArray[np.int_]:
        """Milestone years."""
        return np.array(self.scenario.horizon.milestone_years)

    @property
    def base_year(self) -> int:
        """Year in which decisions begin and whose money is not discounted."""
        return int(self.scenario.horizon.base_year)

    @cached_property
    def calendar_years(self) -> npt.NDArray[np.int_]:
        """Every year from the base year to the last milestone."""
        return np.arange(self.base_year, int(self.years[-1]) + 1)

    @cached_property
    def years_represented(self) -> tuple[tuple[int, ...], ...]:
        """Calendar years that each milestone stands for."""
        return years_represented(self.years.tolist(), self.scenario.horizon.years_after_last)

    @cached_property
    def years_in_period(self) -> Floats:
        """Number of years that each milestone stands for."""
        return np.array([len(period) for period in self.years_represented], float)

    @cached_property
    def discounted_years(self) -> Floats:
        """Discounted number of years that each milestone stands for."""
        return discounted_years(
            self.scenario.money.discount_rate,
            self.base_year,
            self.years.tolist(),
            self.scenario.horizon.years_after_last,
        )

    @cached_property
    def catalogue(self) -> dict[str, Facts]:
        """Facts of every asset of the data package, by name."""
        return facts_of(self.table("assets"))

    @cached_property
    def assets(self) -> dict[str, Facts]:
        """Facts of the assets that the scenario allows.

        Given fleets are always there: what exists cannot be disallowed.
        """
        allow, exclude = self.scenario.assets.allow, self.scenario.assets.exclude
        return {
            name: facts
            for name, facts in self.catalogue.items()
            if not facts.buildable or ((allow == "all" or name in allow) and name not in exclude)
        }

    def assets_of(self, asset_class: str) -> list[str]:
        """Return the allowed assets of a class."""
        return [name for name, facts in self.assets.items() if facts.asset_class == asset_class]

    def service_years(self, ready_year: int) -> list[npt.NDArray[np.int_]]:
        """Return, for each milestone, the calendar years in which its builds enter service.

        Builds of a milestone enter evenly over the years since the milestone before, as far as
        they are ready; none may enter before ``ready_year``.
        """
        before = [self.base_year - 1, *self.years[:-1].tolist()]
        return [
            np.arange(max(start + 1, ready_year), end + 1)
            for start, end in zip(before, self.years.tolist(), strict=True)
        ]

    def credits_of(self, asset: str) -> list[AssetCredit]:
        """Return the tax credits of an asset by milestone."""
        held = self.eligibility.credits
        return [held.get((asset, int(year)), NO_CREDIT) for year in self.years]

    @cached_property
    def multipliers(self) -> dict[str, Floats]:
        """Regional cost multipliers (zone) by group."""
        table = self.table("cost_multipliers")
        groups = list(dict.fromkeys(table["multiplier_group"].tolist()))
        wide = spread(table, "multiplier", multiplier_group=groups, zone=self.zones)
        return dict(zip(groups, np.nan_to_num(wide, nan=1.0), strict=True))

    def multiplier(self, group: str) -> Floats:
        """Return the cost multiplier of a group by zone; one where it has none."""
        return self.multipliers.get(group, np.ones(len(self.zones)))

    def wacc(self, group: str) -> float:
        """Return the real cost of capital of an asset group: the scenario's, or the data's."""
        override = self.scenario.money.wacc.get(group)
        if override is not None:
            return float(override)
        return self._costs_of_capital[group]

    @cached_property
    def _costs_of_capital(self) -> dict[str, float]:
        table = self.table("cost_of_capital")
        rates = table["real_wacc_frac"].tolist()
        return dict(zip(table["asset_group"].tolist(), rates, strict=True))

    @cached_property
    def components(self) -> list[str]:
        """Components that the country shares, in the order of the data package."""
        return self._components_of("national")

    @cached_property
    def local_components(self) -> list[str]:
        """Components that each zone has for itself, in the order of the data package."""
        return self._components_of("zone")

    def _components_of(self, market: str) -> list[str]:
        table = self.table("components")
        kinds, plants = self.table("factories"), self.table("factory_capacity")
        made = kinds.loc[kinds["factory"].isin(plants["factory"]), "component"]
        supplied = {*self.table("supply")["component"], *made}
        names = table.loc[table["market"] == market, "component"].tolist()
        return [name for name in names if name in supplied]

    def yearly(self, table: pd.DataFrame, column: str, years: npt.NDArray[np.int_]) -> Floats:
        """Return a column of a one-key yearly table, linear between the years it has."""
        return line(table["year"], table[column], years)

    @cached_property
    def load_shape(self) -> Floats:
        """Hourly UTC load relative to its mean (hour, zone)."""
        return self.table("load_profile")[self.zones].to_numpy(dtype=float)

    def profile(self, name: str) -> Floats:
        """Return an hourly UTC capacity factor (hour, zone)."""
        return self.table(name)[self.zones].to_numpy(dtype=float)

    @cached_property
    def base_demand_twh(self) -> Floats:
        """Base demand without the data centers that it would count twice (zone, year) [TWh]."""
        demand = self._demand_at(self.years)
        if not self.scenario.demand.remove_embedded_data_centers:
            return demand
        start = self._demand_at(np.array([2024]))
        growth = np.maximum(demand - start, 0.0)
        all_growth = self._national_growth()
        share = np.divide(growth, all_growth, out=np.zeros_like(growth), where=all_growth > 0)
        table = self.table("embedded_data_center_growth")
        table = table[table["case"] == self.scenario.demand.case]
        embedded = self.yearly(table, "growth_twh", self.years)
        return demand - np.minimum(share * embedded, growth)

    def _demand_at(self, years: npt.NDArray[np.int_], *, everywhere: bool = False) -> Floats:
        """Return annual demand of the scenario's case (zone, year) [TWh]."""
        known, demand = self._annual_demand
        zones = list(demand) if everywhere else self.zones
        return np.array([np.interp(years, known, demand[zone]) for zone in zones])

    @cached_property
    def _annual_demand(self) -> tuple[list[int], dict[str, Floats]]:
        """The years of the scenario's case, and the demand of every zone (year) [TWh]."""
        table = self.table("annual_demand")
        table = table[table["case"] == self.scenario.demand.case]
        years = sorted(set(table["year"].tolist()))
        zones = sorted(self.table("zones")["zone"].tolist())
        wide = spread(table, "demand_twh", zone=zones, year=years)
        return years, dict(zip(zones, wide, strict=True))

    def _national_growth(self) -> Floats:
        """Return the demand growth since 2024 of all zones of the package (year) [TWh]."""
        start = self._demand_at(np.array([2024]), everywhere=True)
        later = self._demand_at(self.years, everywhere=True)
        total: Floats = np.maximum(later - start, 0.0).sum(axis=0)
        return total

    @cached_property
    def days(self) -> RepresentativeDays:
        """Representative days of the scenario's zones."""
        time = self.scenario.time
        mean_gw = self.base_demand_twh[:, 0] / HOURS_PER_YEAR * 1e3
        load = self.load_shape * mean_gw
        table = self.table("existing_capacity")
        fleets = ["wind_existing", "solar_existing"]
        existing = np.nan_to_num(spread(table, "capacity_mw", asset=fleets, zone=self.zones)) / 1e3
        wind = self.profile("wind_existing_profile")
        solar = self.profile("solar_profile")
        net = (load - wind * existing[0] - solar * existing[1]).sum(axis=1)
        member = self.region_members / np.maximum(self.region_members.sum(axis=0), 1.0)
        features = np.column_stack(
            [self.load_shape @ member, self.profile("wind_new_profile") @ member, solar @ member]
        )
        return choose_days(
            features,
            net,
            days=time.representative_days,
            hours_per_block=time.hours_per_block,
            keep_peak_day=time.keep_peak_day,
        )

    @cached_property
    def region_members(self) -> Floats:
        """Whether a zone belongs to a region (zone, region), 0 or 1."""
        regions = self.zone_table["reliability_region"].to_numpy()
        member: Floats = (regions[:, None] == np.array(self.regions)[None, :]).astype(float)
        return member

    def array(
        self, values: npt.ArrayLike, dims: Sequence[str], labels: Mapping[str, Sequence[object]]
    ) -> xr.DataArray:
        """Return values with the labels of their dimensions."""
        coords = {
            dim: self._own_axis(labels[dim]) if dim in labels else self._axes[dim] for dim in dims
        }
        return xr.DataArray(np.asarray(values), dims=tuple(dims), coords=coords)

    @cached_property
    def _axes(self) -> dict[str, pd.Index]:
        """Labels that every part of the System shares, by dimension."""
        labels: dict[str, npt.ArrayLike] = {
            "zone": self.zones,
            "region": self.regions,
            "year": self.years,
            "vintage": self.years,
            "calendar_year": self.calendar_years,
            "component": self.components,
            "local_component": self.local_components,
            "block": np.arange(self.days.day_of_block.size),
            "day": np.arange(len(self.days.day_of_year)),
        }
        return {dim: pd.Index(np.asarray(known)) for dim, known in labels.items()}

    @cached_property
    def _own_axes(self) -> dict[tuple[object, ...], pd.Index]:
        return {}

    def _own_axis(self, labels: Sequence[object]) -> pd.Index:
        """Return labels that one part of the System has, made into an axis once."""
        key = tuple(labels)
        if key not in self._own_axes:
            self._own_axes[key] = pd.Index(np.asarray(key))
        return self._own_axes[key]
