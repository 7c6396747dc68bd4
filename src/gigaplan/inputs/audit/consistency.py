"""Consistency: tables that must agree with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from gigaplan.inputs.audit.report import Check, total_check, verdict
from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.wording import quantity

SHARE_TOLERANCE = 0.005
SHAPE_TOLERANCE = 0.005
ROUNDING_MW = 0.05
RENEWABLE_PREFIXES = ("wind_", "solar_")
DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def consistency_checks(dataset: Dataset) -> Iterator[Check]:
    """Check that tables agree with each other."""
    yield campus_cost(dataset)
    yield campus_shares(dataset)
    for name, rule in RULES:
        yield verdict(name, "consistency", list(rule(dataset)))


def campus_cost(dataset: Dataset) -> Check:
    """Check that the items of a campus add up to what a campus costs in its first year."""
    costs = dataset.table("asset_costs")
    campus = costs[costs["asset"] == "campus"].sort_values("year")
    items = dataset.table("campus_cost_items")["cost_usd2025_per_kw_it"].sum()
    name = "items of a campus add up to its overnight capex"
    if campus.empty:
        return verdict(name, "consistency", ["asset_costs has no row for campus. Add one."])
    return total_check(
        name,
        float(items),
        float(campus["overnight_capex_usd2025_per_kw"].iloc[0]),
        SHARE_TOLERANCE,
        group="consistency",
        unit="USD/kW of IT",
        source=f"asset_costs, campus, {campus['year'].iloc[0]}",
    )


def campus_shares(dataset: Dataset) -> Check:
    """Check that the shares of the items of a campus add up to one."""
    shares = float(dataset.table("campus_cost_items")["share_of_class"].sum())
    name = "shares of the items of a campus add up to 1"
    source = "campus_cost_items"
    return total_check(name, shares, 1.0, SHARE_TOLERANCE, group="consistency", source=source)


def capacity_below_zero(dataset: Dataset) -> Iterator[str]:
    """Name fleets of which more retires than there is."""
    there = dataset.table("existing_capacity").set_index(["zone", "asset"])["capacity_mw"]
    changes = dataset.table("capacity_changes")
    sign = changes["kind"].map({"addition": 1.0, "retirement": -1.0})
    change = (changes["capacity_mw"] * sign).groupby(
        [changes["zone"], changes["asset"], changes["year"]]
    )
    steps = change.sum().unstack("year").fillna(0.0).sort_index(axis=1)
    start = there.reindex(steps.index, fill_value=0.0)
    left = steps.cumsum(axis=1).add(start, axis=0)
    for place in np.flatnonzero((left.to_numpy() < -ROUNDING_MW).any(axis=1)):
        zone, asset = left.index[int(place)]
        fleet = left.iloc[place]
        year, capacity = fleet.idxmin(), quantity(round(float(fleet.min()), 1))
        yield (
            f"capacity_changes: {asset} in {zone} falls to {capacity} MW by {year}. "
            "Mend the retirements, or existing_capacity."
        )


def accelerator_gaps(dataset: Dataset) -> Iterator[str]:
    """Name years between the first and the last in which no accelerator is on the market."""
    table = dataset.table("accelerators").sort_values("available_from_year")
    starts, ends = table["available_from_year"].tolist(), table["available_to_year"].tolist()
    for place in range(1, len(starts)):
        latest = max(ends[:place])
        if starts[place] > latest + 1:
            yield (
                f"accelerators: none is available from {latest + 1} to {starts[place] - 1}. "
                "Mend the years."
            )


def accelerators_end_early(dataset: Dataset) -> Iterator[str]:
    """Name the year from which on no accelerator can be bought, if scenarios run longer."""
    ends = dataset.table("accelerators")["available_to_year"]
    last_case = int(dataset.table("compute_cases")["year"].max())
    if ends.max() < last_case:
        yield (
            f"accelerators: none is available after {ends.max()}, "
            f"but compute_cases goes on to {last_case}."
        )


def costs_without_years(dataset: Dataset) -> Iterator[str]:
    """Name buildable assets without costs, or with costs that begin late or end early."""
    costs = dataset.table("asset_costs")
    first, last = costs["year"].min(), costs["year"].max()
    span = costs.groupby("asset")["year"].agg(["min", "max"])
    assets = dataset.table("assets")
    priced = assets[assets["buildable"] & ~assets["class"].isin(["corridor", "accelerator"])]
    for asset in priced["asset"]:
        if asset not in span.index:
            yield f"asset_costs: {asset} is buildable, but has no row."
        elif span.loc[asset, "min"] > first or span.loc[asset, "max"] < last:
            yield f"asset_costs: {asset} has no row for {first} or for {last}."


def fuels_without_data(dataset: Dataset) -> Iterator[str]:
    """Name fuels without a price, and burning assets without a heat rate or emission rates."""
    assets = dataset.table("assets")
    burning = assets[assets["fuel"].notna()]
    priced = set(dataset.table("fuel_prices")["fuel"])
    rated = set(dataset.table("emission_rates")["asset"])
    costs, fleet = dataset.table("asset_costs"), dataset.table("existing_capacity")
    heat = {
        name
        for table in (costs, fleet)
        for name in table.loc[table["heat_rate_mmbtu_per_mwh"].notna(), "asset"]
    }
    for row in burning.itertuples(index=False):
        if row.fuel not in priced:
            yield f"fuel_prices: {row.fuel}, which {row.asset} burns, has no price."
        if row.asset not in rated:
            yield f"emission_rates: {row.asset} has no row."
        if row.asset not in heat:
            yield f"{row.asset} burns {row.fuel}, but has no heat rate."


def assets_without_surroundings(dataset: Dataset) -> Iterator[str]:
    """Name assets without water, fine particles, land or embodied carbon: they would count as 0."""
    assets = dataset.table("assets")
    generators = assets.loc[assets["class"] == "generator", "asset"]
    standing = assets[assets["buildable"].astype(bool) & (assets["class"] != "corridor")]
    chips = dataset.table("accelerators")["accelerator"]
    for table, key, names in (
        ("plant_water", "asset", generators),
        ("particulate_rates", "asset", generators),
        ("land_use", "asset", standing["asset"]),
        ("embodied_rates", "item", [*chips, "campus"]),
    ):
        known = set(dataset.table(table)[key])
        yield from (f"{table}: {name} has no row." for name in names if name not in known)


def renewables_without_potential(dataset: Dataset) -> Iterator[str]:
    """Name wind and solar classes that could be built nowhere."""
    assets = dataset.table("assets")
    there = set(dataset.table("renewable_classes")["asset"])
    for asset in assets.loc[assets["buildable"], "asset"]:
        if asset.startswith(RENEWABLE_PREFIXES) and asset not in there:
            yield f"renewable_classes: {asset} is buildable, but has no row."


def campuses_without_capacity(dataset: Dataset) -> Iterator[str]:
    """Name campuses of which no year says how large they are."""
    sized = set(dataset.table("campus_capacity")["campus"])
    for campus in dataset.table("campuses")["campus"]:
        if campus not in sized:
            yield f"campus_capacity: {campus} has no row."


def groups_without_data(dataset: Dataset) -> Iterator[str]:
    """Name groups of assets that the table of the group does not know."""
    assets = dataset.table("assets")
    buildable = assets[assets["buildable"]]
    for column, table, key in (
        ("multiplier_group", "cost_multipliers", "multiplier_group"),
        ("queue_group", "queue_throughput", "queue_group"),
    ):
        known = set(dataset.table(table)[key])
        for group in dict.fromkeys(buildable[column].dropna()):
            if group not in known:
                yield f"{table}: {key} {group} of the table assets has no row."


def cumulative_that_falls(dataset: Dataset) -> Iterator[str]:
    """Name cumulative amounts that fall from one year to the next."""
    for table, keys, value, kept in (
        ("queue_throughput", ["zone", "queue_group"], "cumulative_mw", 1.0),
        ("compute_cases", ["case"], "us_ai_it_gw", 1.0),
        ("embedded_data_center_growth", ["case"], "growth_twh", 1.0),
        ("factory_capacity", ["facility"], "units_per_yr", 1.0),
        ("campus_capacity", ["campus"], "facility_mw", 0.5),  # re-measured campuses may shrink
    ):
        frame = dataset.table(table).sort_values([*keys, "year"])
        before = frame.groupby(keys)[value].shift()
        for row in frame[frame[value] < kept * before - 1e-6].itertuples(index=False):
            label = " ".join(str(getattr(row, key)) for key in keys)
            yield f"{table}: {value} of {label} falls in {row.year}."


def compute_cases_disagree(dataset: Dataset) -> Iterator[str]:
    """Name years in which AI needs more than all data centers together."""
    cases = dataset.table("compute_cases")
    more = cases[cases["us_ai_it_gw"] > cases["us_all_data_centers_gw"]]
    for row in more.itertuples(index=False):
        yield f"compute_cases: AI is above all data centers in {row.case} {row.year}."


def shapes_without_mean_one(dataset: Dataset) -> Iterator[str]:
    """Name shapes relative to a mean whose own mean is not one."""
    load = dataset.table("load_profile").drop(columns="hour_utc").mean()
    for zone, mean in load[(load - 1).abs() > SHAPE_TOLERANCE].items():
        yield f"load_profile: the mean of {zone} is {mean:.3f}, not 1."
    hydro = dataset.table("hydro_monthly")
    days = hydro["month"].map(dict(enumerate(DAYS_OF_MONTHS, start=1)))
    means = (hydro["relative_to_annual_mean"] * days).groupby(hydro["zone"]).sum() / 365
    plain = hydro.groupby("zone")["relative_to_annual_mean"].mean()
    nearest = pd.concat([(means - 1).abs(), (plain - 1).abs()], axis=1).min(axis=1)
    for zone, gap in nearest[nearest > SHAPE_TOLERANCE].items():
        yield f"hydro_monthly: the mean of {zone} is {gap:.3f} away from 1."


def embedded_growth_above_demand(dataset: Dataset) -> Iterator[str]:
    """Name years in which data centers grow by more than all demand holds."""
    demand = dataset.table("annual_demand").groupby(["case", "year"])["demand_twh"].sum()
    for row in dataset.table("embedded_data_center_growth").itertuples(index=False):
        total = demand.get((row.case, row.year))
        if total is not None and row.growth_twh > 0.5 * total:
            yield (
                f"embedded_data_center_growth: {row.growth_twh:g} TWh in {row.case} {row.year} "
                f"is more than half of all demand, {total:.0f} TWh."
            )


RULES: tuple[tuple[str, Callable[[Dataset], Iterator[str]]], ...] = (
    ("scheduled retirements never exceed the fleet", capacity_below_zero),
    ("accelerators follow each other without a gap", accelerator_gaps),
    ("accelerators are available as long as compute cases run", accelerators_end_early),
    ("every buildable asset has costs for all years", costs_without_years),
    ("every burning asset has price, heat rate and emissions", fuels_without_data),
    ("every asset has water, particles, land and carbon", assets_without_surroundings),
    ("every wind and solar class has a potential", renewables_without_potential),
    ("every campus has a capacity", campuses_without_capacity),
    ("every multiplier and queue group is known", groups_without_data),
    ("cumulative amounts never fall", cumulative_that_falls),
    ("AI is never above all data centers", compute_cases_disagree),
    ("shapes relative to a mean have the mean 1", shapes_without_mean_one),
    ("data-center growth inside demand is below demand", embedded_growth_above_demand),
)
