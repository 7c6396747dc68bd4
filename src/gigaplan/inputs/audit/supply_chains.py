"""Supply chains: bills, supply, labour and factories that must agree with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from gigaplan.inputs.audit.components import numbers, prices, projects
from gigaplan.inputs.audit.factories import (
    facilities_counted_twice,
    facilities_out_of_time,
    factories_that_lose_money,
    factories_without_places,
    projects_without_stages,
    stages_far_from_lead_times,
    wafer_premium_of_the_us,
)
from gigaplan.inputs.audit.report import Check, verdict
from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.wording import few
from gigaplan.terms.country import HOME

CHIP_PARTS = ("logic_wafer", "advanced_packaging", "hbm", "accelerator")  # begin of names
OWN_STEPS = 2
KW_PER_MW = 1e3
MOST_OF_WORKERS = 0.20
LABOUR_TOLERANCE = 0.02


def supply_chain_checks(dataset: Dataset) -> Iterator[Check]:
    """Check that the tables of the supply chains agree with each other."""
    for name, rule in RULES:
        yield verdict(name, "consistency", list(rule(dataset)))


def accelerators_without_parts(dataset: Dataset) -> Iterator[str]:
    """Name accelerators whose bill lacks wafers, packaging, HBM or assembly."""
    bills = dataset.table("component_bills")
    for name in dataset.table("accelerators")["accelerator"]:
        parts = bills.loc[bills["asset"] == name, "component"]
        for part in CHIP_PARTS:
            if not parts.str.startswith(part).any():
                yield f"component_bills: {name} has no row for {part}."


def parts_dearer_than_the_chip(dataset: Dataset) -> Iterator[str]:
    """Name accelerators whose parts cost more than the whole chip is sold for."""
    cost = _cost_of_parts(dataset)
    chips = numbers(dataset.table("accelerators"), "accelerator", "chip_price_usd2025_per_unit")
    for name, sold in chips.items():
        parts = cost.get(name, 0.0)
        if parts >= sold:
            yield (
                f"component_bills: the parts of {name} cost {parts:,.0f} USD, "
                f"its chip is sold for {sold:,.0f}."
            )


def parts_dearer_than_the_asset(dataset: Dataset) -> Iterator[str]:
    """Name assets and factories whose parts cost more than the whole, in its dearest year."""
    costs, factories = dataset.table("asset_costs"), dataset.table("factories")
    per_kw = costs.groupby("asset")["overnight_capex_usd2025_per_kw"].max().reset_index()
    whole = {
        name: KW_PER_MW * capex
        for name, capex in numbers(per_kw, "asset", "overnight_capex_usd2025_per_kw").items()
    }
    whole |= numbers(factories, "factory", "capex_usd2025_per_unit_yr")
    for name, cost in _cost_of_parts(dataset).items():
        if cost > whole.get(name, np.inf):
            yield (
                f"component_bills: the parts of {name} cost {cost:,.0f} USD per MW or unit, "
                f"its capex is {whole[name]:,.0f}."
            )


def _cost_of_parts(dataset: Dataset) -> dict[str, float]:
    """Return what the components in each bill cost [USD of 2025 per MW or unit]."""
    price, bills = prices(dataset), dataset.table("component_bills")
    cost = bills["quantity"] * bills["component"].map(price)
    whole = cost.groupby(bills["asset"], sort=False).sum()
    return dict(zip(whole.index.astype(str), whole.tolist(), strict=True))


def needed_but_never_made(dataset: Dataset) -> Iterator[str]:
    """Name components that a bill asks for and nobody makes, and supply that nobody asks for."""
    needed = set(dataset.table("component_bills")["component"])
    makers = dataset.table("factories")["component"]
    supplied = {*dataset.table("supply")["component"], *makers}
    for name in dataset.table("components")["component"]:
        if name not in supplied:
            yield f"supply: {name} has no row, and no factory makes it."
        if name not in needed:
            yield f"component_bills: nothing takes {name}."


def assets_without_labour(dataset: Dataset) -> Iterator[str]:
    """Name buildable assets and factories that no worker builds."""
    components = dataset.table("components")
    labour = components.loc[components["kind"] == "labour", "component"]
    bills = dataset.table("component_bills")
    built = set(bills.loc[bills["component"].isin(labour), "asset"])
    for name in projects(dataset):
        if name not in built:
            yield f"component_bills: {name} takes no labour."


def labour_of_other_countries(dataset: Dataset) -> Iterator[str]:
    """Name supply of a zone's market from abroad, and zones without a supply."""
    components = dataset.table("components")
    local = components.loc[components["market"] == "zone", "component"]
    supply = dataset.table("supply")
    rows = supply[supply["component"].isin(local)]
    for row in rows[rows["origin"] != HOME].itertuples(index=False):
        yield f"supply: {row.component} in {row.market} comes from {row.origin}, not from {HOME}."
    zones = set(dataset.table("zones")["zone"])
    for (name, step, year), there in rows.groupby(["component", "step", "year"])["market"]:
        lost = sorted(zones - set(there))
        if lost:
            yield f"supply: {name} step {step} of {year} has no row for {few(lost)}."


def labour_above_workers(dataset: Dataset) -> Iterator[str]:
    """Name zones where the programme would take more than a fifth of all construction workers.

    Steps after the second are crews from other zones.
    """
    workers = numbers(dataset.table("construction_workforce"), "zone", "construction_workers")
    labour = _labour(dataset)
    own = labour[labour["step"] <= OWN_STEPS]
    taken = own.groupby(["market", "year"])["made_per_year"].sum().reset_index()
    for zone, year, amount in zip(
        taken["market"], taken["year"], taken["made_per_year"], strict=True
    ):
        if float(amount) > MOST_OF_WORKERS * workers.get(zone, 0.0):
            yield (
                f"supply: labour in {zone} {year} is {amount:,.0f} worker-years, more than "
                f"{MOST_OF_WORKERS:.0%} of its construction workers."
            )


def labour_that_is_no_share(dataset: Dataset) -> Iterator[str]:
    """Name zones whose first step is not the programme's share of the crafts of the first year."""
    labour = _labour(dataset)
    year = int(labour["year"].min())
    first = labour[(labour["step"] == 1) & (labour["year"] == year)]
    there = first.groupby("market")["made_per_year"].sum().reset_index()
    amounts = numbers(there, "market", "made_per_year")
    workforce = dataset.table("construction_workforce")
    years = year - workforce["source_year"].to_numpy(dtype=np.float64)
    grown = (1 + workforce["growth_frac_per_yr"].to_numpy(dtype=np.float64)) ** years
    crafts = workforce["craft_workers"] * workforce["programme_share_frac"] * grown
    for zone, share in zip(workforce["zone"], crafts, strict=True):
        amount = amounts.get(zone, 0.0)
        if abs(amount - float(share)) > LABOUR_TOLERANCE * float(share):
            yield f"supply: labour in {zone} {year} is {amount:,.0f}, its share is {share:,.0f}."


def steps_out_of_order(dataset: Dataset) -> Iterator[str]:
    """Name steps of supply that are cheaper than the step before."""
    premium: dict[tuple[str, str, int], list[float]] = {}
    columns = ["component", "market", "step", "premium_usd2025_per_unit"]
    for name, market, step, amount in dataset.table("supply")[columns].itertuples(index=False):
        premium.setdefault((str(name), str(market), int(step)), []).append(float(amount))
    for (name, market, step), amounts in premium.items():
        before = premium.get((name, market, step - 1))
        if step > 1 and (before is None or min(amounts) <= max(before)):
            yield f"supply: step {step} of {name} in {market} is not dearer than step {step - 1}."


def _labour(dataset: Dataset) -> pd.DataFrame:
    """Return the rows of supply that are labour."""
    components = dataset.table("components")
    names = components.loc[components["kind"] == "labour", "component"]
    supply = dataset.table("supply")
    return supply[supply["component"].isin(names)]


RULES: tuple[tuple[str, Callable[[Dataset], Iterator[str]]], ...] = (
    ("every accelerator has wafers, packaging, HBM and assembly", accelerators_without_parts),
    ("the parts of an accelerator cost less than its chip", parts_dearer_than_the_chip),
    ("the parts of an asset cost less than its capex", parts_dearer_than_the_asset),
    ("every component is made and needed", needed_but_never_made),
    ("everything that can be built takes labour", assets_without_labour),
    ("labour is at home, and in every zone", labour_of_other_countries),
    ("labour is at most a fifth of construction workers", labour_above_workers),
    ("labour of the first step is the share of the crafts", labour_that_is_no_share),
    ("each step of supply is dearer than the one before", steps_out_of_order),
    ("every kind of factory has places at home and at reference cost", factories_without_places),
    ("a full factory at reference cost just earns its price", factories_that_lose_money),
    ("wafers from US fabs are dearer by the published share", wafer_premium_of_the_us),
    ("no facility is counted twice", facilities_counted_twice),
    ("facilities make nothing before their start", facilities_out_of_time),
    ("every project has its stages", projects_without_stages),
    ("stages of projects are near their lead times", stages_far_from_lead_times),
)
