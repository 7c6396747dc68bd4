"""Magnitudes: signs that a number is in the wrong unit, such as kW for MW."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from gigaplan.inputs.audit.report import Check, verdict
from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.schema import TableSchema
from gigaplan.terms.units import HOURS_PER_YEAR

MMBTU_PER_MWH = 3.412
ISOLATED = 100.0  # a largest or smallest value this many times away from the next is a slip
FEWEST_VALUES = 8  # of fewer values none can be called isolated

# (table, columns that name a series over years, value, largest change per year as a factor)
SERIES: tuple[tuple[str, tuple[str, ...], str, float], ...] = (
    ("annual_demand", ("zone", "case"), "demand_twh", 1.35),
    ("asset_costs", ("asset",), "overnight_capex_usd2025_per_kw", 1.6),
    ("asset_costs", ("asset",), "fixed_om_usd2025_per_kw_yr", 1.6),
    ("asset_costs", ("asset",), "variable_om_usd2025_per_mwh", 1.6),
    ("asset_costs", ("asset",), "heat_rate_mmbtu_per_mwh", 1.6),
    ("fuel_prices", ("fuel", "case", "census_division"), "price_usd2025_per_mmbtu", 2.5),
    ("compute_cases", ("case",), "us_ai_it_gw", 5.0),
    ("supply", ("component", "origin", "market", "step"), "made_per_year", 3.0),
    ("deflators", (), "gdp_price_index", 1.2),
)


def magnitude_checks(dataset: Dataset, schemas: Mapping[str, TableSchema]) -> Iterator[Check]:
    """Look for numbers in the wrong unit.

    Parameters
    ----------
    dataset
        The data package.
    schemas
        What each table holds: numbers of one column share one unit, unless the table has a
        column ``unit``.
    """
    for table, keys, value, most in SERIES:
        name = f"{table}: {value} changes by less than a factor of {most:g} in a year"
        yield verdict(name, "magnitude", list(jumps(dataset.table(table), keys, value, most)))
    for name, rule in RULES:
        yield verdict(name, "magnitude", list(rule(dataset)))
    for table in dataset.tables:
        columns = [c.name for c in schemas[table].columns if c.is_numeric and not c.key]
        frame = dataset.table(table)
        if "unit" not in frame.columns and columns:
            faults = [fault for column in columns for fault in isolated(frame, column)]
            name = f"{table}: no number stands {ISOLATED:g} times away from all others"
            yield verdict(name, "magnitude", faults)


def jumps(frame: pd.DataFrame, keys: Sequence[str], value: str, most: float) -> Iterator[str]:
    """Name years in which a series changes by more than a factor per year.

    Parameters
    ----------
    frame
        Table with a column ``year``.
    keys
        Columns that name a series.
    value
        The column to look at; zero and missing values are passed over.
    most
        Largest change per year, as a factor above 1.
    """
    held = frame[frame[value] > 0].sort_values([*keys, "year"])
    groups = [held[key] for key in keys] or [pd.Series(0, index=held.index)]
    before = held.groupby(groups)[[value, "year"]].shift()
    steps = (np.log(held[value]) - np.log(before[value])).abs() / (held["year"] - before["year"])
    for row in held[steps > np.log(most)].itertuples(index=False):
        label = " ".join(str(getattr(row, key)) for key in keys)
        number = float(getattr(row, value))
        yield f"{value} of {label} is {number:g} in {row.year}, far from the year before."


def isolated(frame: pd.DataFrame, column: str) -> Iterator[str]:
    """Name a largest or smallest number that is far from all others of its column."""
    numbers = frame[column].dropna().abs()
    numbers = numbers[numbers > 0].sort_values()
    if len(numbers) < FEWEST_VALUES:
        return
    values = numbers.to_numpy(dtype=np.float64)
    for place, other in ((-1, -2), (0, 1)):
        ratio = max(values[place] / values[other], values[other] / values[place])
        if ratio > ISOLATED:
            index = numbers.index[place]
            row = " ".join(str(cell) for cell in frame.loc[index].iloc[:3])
            yield (
                f"{column} is {values[place]:g} in the row {row}, "
                f"the next one is {values[other]:g}. Check the unit."
            )


def storage_hours(dataset: Dataset) -> Iterator[str]:
    """Name stores whose energy lasts for minutes or for weeks."""
    fleet = dataset.table("existing_capacity")
    stores = fleet[fleet["energy_mwh"].notna() & (fleet["capacity_mw"] > 0)]
    hours = stores["energy_mwh"] / stores["capacity_mw"]
    for row in stores[~hours.between(0.2, 100)].itertuples(index=False):
        yield (
            f"existing_capacity: {row.asset} in {row.zone} holds {row.energy_mwh:g} MWh "
            f"with {row.capacity_mw:g} MW."
        )


def fleet_heat_rates(dataset: Dataset) -> Iterator[str]:
    """Name fleets that would make more energy than their fuel holds."""
    assets = dataset.table("assets")
    thermal = assets.loc[assets["dispatch"] == "thermal", "asset"]
    fleet = dataset.table("existing_capacity")
    impossible = fleet["asset"].isin(thermal) & (fleet["heat_rate_mmbtu_per_mwh"] < MMBTU_PER_MWH)
    for row in fleet[impossible].itertuples(index=False):
        yield (
            f"existing_capacity: {row.asset} in {row.zone} burns "
            f"{row.heat_rate_mmbtu_per_mwh:g} MMBtu for a MWh, which holds {MMBTU_PER_MWH:g}."
        )


def fleet_capacity_factors(dataset: Dataset) -> Iterator[str]:
    """Name fleets without fuel to save that hardly ever run."""
    assets = dataset.table("assets")
    steady = assets.loc[assets["dispatch"].isin(["fixed_output", "hydro"]), "asset"]
    fleet = dataset.table("existing_capacity")
    idle = fleet["asset"].isin(steady) & (fleet["historical_capacity_factor"] < 0.02)
    for row in fleet[idle].itertuples(index=False):
        yield (
            f"existing_capacity: {row.asset} in {row.zone} has a capacity factor of "
            f"{row.historical_capacity_factor:g}."
        )


def carbon_of_a_fuel(dataset: Dataset) -> Iterator[str]:
    """Name assets whose carbon is far from that of others with the same fuel."""
    fuel = dataset.table("assets").set_index("asset")["fuel"]
    rates = dataset.table("emission_rates")
    carbon = rates["co2_kg_per_mmbtu"]
    largest = carbon.groupby(rates["asset"].map(fuel)).transform("max")
    far = (carbon > 0) & (carbon * ISOLATED < largest)
    for row in rates[far].itertuples(index=False):
        yield f"emission_rates: {row.asset} emits {row.co2_kg_per_mmbtu:g} kg of CO2 per MMBtu."


def corridor_directions(dataset: Dataset) -> Iterator[str]:
    """Name corridors that carry far more one way than the other."""
    corridors = dataset.table("corridors")
    both = corridors[["forward_mw", "reverse_mw"]]
    far = (both.min(axis=1) > 0) & (both.min(axis=1) * ISOLATED < both.max(axis=1))
    for row in corridors[far].itertuples(index=False):
        yield (
            f"corridors: {row.corridor} carries {row.forward_mw:g} MW forward and "
            f"{row.reverse_mw:g} MW in reverse."
        )


def potential_of_classes(dataset: Dataset) -> Iterator[str]:
    """Name classes of wind or sun that are far smaller than the others of their zone."""
    classes = dataset.table("renewable_classes")
    potential = classes["potential_mw"]
    family = [classes["zone"], classes["asset"].str.rsplit("_", n=1).str[0]]
    largest = potential.groupby(family).transform("max")
    far = (potential > 0) & (potential * ISOLATED < largest)
    for row in classes[far].itertuples(index=False):
        yield f"renewable_classes: {row.asset} in {row.zone} has {row.potential_mw:g} MW."


def compute_per_power(dataset: Dataset) -> Iterator[str]:
    """Name accelerators whose compute per kW is far from that of the others."""
    chips = dataset.table("accelerators")
    density = chips["h100e_per_unit"] / chips["it_kw_per_unit"]
    far = (np.log(density) - np.log(density.median())).abs() > np.log(ISOLATED / 2)
    for row in chips[far].itertuples(index=False):
        yield (
            f"accelerators: {row.accelerator} does {row.h100e_per_unit:g} H100e "
            f"with {row.it_kw_per_unit:g} kW."
        )


def demand_and_capacity(dataset: Dataset) -> Iterator[str]:
    """Name zones whose demand is far from what their fleet could make."""
    demand = dataset.table("annual_demand")
    first = demand[demand["year"] == demand["year"].min()].groupby("zone")["demand_twh"].mean()
    fleet = dataset.table("existing_capacity").groupby("zone")["capacity_mw"].sum()
    share = first * 1e6 / HOURS_PER_YEAR / fleet.reindex(first.index)
    for zone, ratio in share[~share.between(0.05, 3.0)].items():
        yield (
            f"annual_demand: {zone} needs {ratio:.3g} times the capacity of its fleet on average."
        )


def peak_and_mean(dataset: Dataset) -> Iterator[str]:
    """Name zones whose peak load or least load is far from the mean."""
    load = dataset.table("load_profile").drop(columns="hour_utc")
    for zone, peak in load.max()[~load.max().between(1.1, 4.0)].items():
        yield f"load_profile: the peak of {zone} is {peak:.3g} times its mean."
    for zone, least in load.min()[load.min() < 0.1].items():
        yield f"load_profile: the least load of {zone} is {least:.3g} times its mean."


def capacity_factors(dataset: Dataset) -> Iterator[str]:
    """Name profiles of capacity factors with a mean that no plant has."""
    for name in ("wind_new_profile", "wind_existing_profile", "solar_profile"):
        means = dataset.table(name).drop(columns="hour_utc").mean()
        for zone, mean in means[~means.between(0.05, 0.65)].items():
            yield f"{name}: the mean of {zone} is {mean:.3g}."


def operation_and_capital(dataset: Dataset) -> Iterator[str]:
    """Name assets whose yearly operation costs are far from their capital costs."""
    costs = dataset.table("asset_costs")
    share = costs["fixed_om_usd2025_per_kw_yr"] / costs["overnight_capex_usd2025_per_kw"]
    for row in costs[share > 0.25].itertuples(index=False):
        yield (
            f"asset_costs: {row.asset} {row.year} costs {row.fixed_om_usd2025_per_kw_yr:g} USD/kW "
            f"a year to operate and {row.overnight_capex_usd2025_per_kw:g} USD/kW to build."
        )


def prices_between_divisions(dataset: Dataset) -> Iterator[str]:
    """Name fuel prices that are far from the median of all divisions."""
    prices = dataset.table("fuel_prices")
    keys = ["fuel", "case", "year"]
    median = prices.groupby(keys)["price_usd2025_per_mmbtu"].transform("median")
    far = (np.log(prices["price_usd2025_per_mmbtu"]) - np.log(median)).abs() > np.log(6)
    for row in prices[far].itertuples(index=False):
        yield (
            f"fuel_prices: {row.fuel} {row.case} in {row.census_division} {row.year} "
            f"is {row.price_usd2025_per_mmbtu:g} USD/MMBtu."
        )


def demand_between_cases(dataset: Dataset) -> Iterator[str]:
    """Name zones and years in which the cases of demand are far apart."""
    demand = dataset.table("annual_demand")
    spread = demand.groupby(["zone", "year"])["demand_twh"].agg(["min", "max"])
    far = spread[spread["max"] > 2 * spread["min"]].reset_index()
    for row in far.itertuples(index=False):
        yield f"annual_demand: {row.zone} {row.year} is {row.min:g} to {row.max:g} TWh by case."


RULES: tuple[tuple[str, Callable[[Dataset], Iterator[str]]], ...] = (
    ("stores last for hours, not for minutes or weeks", storage_hours),
    ("no fleet makes more energy than its fuel holds", fleet_heat_rates),
    ("fleets without fuel to save run", fleet_capacity_factors),
    ("carbon fits that of the fuel", carbon_of_a_fuel),
    ("corridors carry much in both directions", corridor_directions),
    ("classes of wind and sun are of like size", potential_of_classes),
    ("compute per kW fits that of other accelerators", compute_per_power),
    ("the demand of each zone fits its fleet", demand_and_capacity),
    ("the peak of each zone fits its mean load", peak_and_mean),
    ("capacity factors are those of real plants", capacity_factors),
    ("operation costs fit capital costs", operation_and_capital),
    ("fuel prices fit those of other divisions", prices_between_divisions),
    ("cases of demand are not far apart", demand_between_cases),
)
