"""Factories: kinds, places and facilities that must agree with components and with each other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from gigaplan.economics.annuity import annuity_factor
from gigaplan.inputs.audit.components import numbers, prices, projects
from gigaplan.inputs.dataset import Dataset
from gigaplan.terms.country import HOME
from gigaplan.terms.units import MONTHS_PER_YEAR

PRICE_TOLERANCE = 0.02
WAFER_PREMIUM = (0.05, 0.30)  # TSMC Arizona over Taiwan: press 2023-25
STAGE_TOLERANCE_MONTHS = 24.0
ALWAYS = ("permit", "construct", "commission")
POINT = 1e-6


def factories_without_places(dataset: Dataset) -> Iterator[str]:
    """Name kinds of factory that can be built nowhere in the US, or not at the reference cost."""
    places = dataset.table("factory_places")
    for name in dataset.table("factories")["factory"]:
        own = places[places["factory"] == name]
        if not (own["country"] == HOME).any():
            yield f"factory_places: {name} has no place in the {HOME}."
        if not ((own["capex_multiplier"] - 1).abs() < POINT).any():
            yield f"factory_places: no place of {name} has the capex multiplier 1."


def factories_that_lose_money(dataset: Dataset) -> Iterator[str]:
    """Name kinds whose full cost in the reference country is not the price of the component."""
    price = prices(dataset)
    costs = _unit_costs(dataset)
    whole = costs["capital"] + costs["operating"]
    for name, component, cost in zip(costs.index, costs["component"], whole, strict=True):
        if abs(cost - price[component]) > PRICE_TOLERANCE * price[component]:
            yield (
                f"factories: a unit of {name} costs {cost:,.6g} USD in the reference country, "
                f"{component} is sold for {price[component]:,.6g}."
            )


def wafer_premium_of_the_us(dataset: Dataset) -> Iterator[str]:
    """Name US places of logic fabs where a wafer is not 5 to 30 % dearer, as is published."""
    places = dataset.table("factory_places")
    own = places[places["country"] == HOME].join(_unit_costs(dataset), on="factory")
    own = own[own["component"].str.startswith("logic_wafer")]
    capital = own["capital"] * own["capex_multiplier"]
    cost = capital + own["operating"] * own["operating_cost_multiplier"]
    premium = cost / own["component"].map(prices(dataset)) - 1
    published = premium.between(*WAFER_PREMIUM)
    for row, dearer in zip(own[~published].itertuples(), premium[~published], strict=True):
        yield f"factory_places: {row.component} from {row.place} is {dearer:.0%} dearer."


def facilities_counted_twice(dataset: Dataset) -> Iterator[str]:
    """Name facilities that are there twice, and chips of one country in two tables."""
    table = dataset.table("factory_capacity")
    facilities = table.drop_duplicates("facility")
    alike = ["company", "factory", "place", "production_start_year"]
    for row in facilities[facilities.duplicated(alike)].itertuples(index=False):
        yield f"factory_capacity: {row.facility} is there under another name, too."
    factories, components = dataset.table("factories"), dataset.table("components")
    makes = dict(zip(factories["factory"], factories["component"], strict=True))
    chips = set(components.loc[components["kind"] == "chips", "component"])
    supply = dataset.table("supply")
    there = set(zip(supply["component"], supply["origin"], strict=True))
    for facility, factory, country in zip(
        facilities["facility"], facilities["factory"], facilities["country"], strict=True
    ):
        component = makes[factory]
        if component in chips and (component, country) in there:
            yield (
                f"supply: {component} from {country} is there, and {facility} of "
                "factory_capacity makes it there, too."
            )


def facilities_out_of_time(dataset: Dataset) -> Iterator[str]:
    """Name facilities with output before their start."""
    table = dataset.table("factory_capacity")
    early = (table["units_per_yr"] > 0) & (table["year"] < table["production_start_year"])
    for row in table[early].itertuples(index=False):
        yield f"factory_capacity: {row.facility} has output in {row.year}, before its start."


def projects_without_stages(dataset: Dataset) -> Iterator[str]:
    """Name buildable assets and factories that lack a stage which each project has."""
    stages = dataset.table("project_stages")
    there = set(zip(stages["asset"], stages["stage"], strict=True))
    for name in projects(dataset):
        for stage in ALWAYS:
            if (name, stage) not in there:
                yield f"project_stages: {name} has no row for {stage}."


def stages_far_from_lead_times(dataset: Dataset) -> Iterator[str]:
    """Name projects whose stages take two years more or less than their lead time."""
    stages = dataset.table("project_stages")
    chain = stages[stages["stage"].isin(ALWAYS)].groupby("asset")["central_months"]
    work = numbers(chain.sum().reset_index(), "asset", "central_months")
    places = dataset.table("factory_places")
    at_home = places[places["country"] == HOME].groupby("factory")["lead_time_years"]
    lead = {
        **numbers(dataset.table("assets"), "asset", "lead_time_years"),
        **numbers(at_home.mean().reset_index(), "factory", "lead_time_years"),
    }
    for name in projects(dataset):
        gap = work.get(name, np.nan) - MONTHS_PER_YEAR * lead.get(name, np.nan)
        if abs(gap) > STAGE_TOLERANCE_MONTHS:
            yield f"project_stages: {name} takes {gap:+.0f} months against its lead time."


def _unit_costs(dataset: Dataset) -> pd.DataFrame:
    """Return the cost of a unit at full output, by kind of factory [USD of 2025 per unit].

    ``capital`` is overnight capex as a level payment over the life, ``operating`` fixed and
    variable cost; without interest during construction and without the ramp.
    """
    rates = numbers(dataset.table("cost_of_capital"), "asset_group", "real_wacc_frac")
    kinds = dataset.table("factories").set_index("factory")
    capex = kinds["capex_usd2025_per_unit_yr"]
    level = annuity_factor(kinds["capital_group"].map(rates), kinds["life_years"])
    running = capex * kinds["fixed_om_frac_per_yr"] + kinds["variable_cost_usd2025_per_unit"]
    costs = pd.DataFrame({"capital": capex * level, "operating": running})
    return costs.assign(component=kinds["component"])
