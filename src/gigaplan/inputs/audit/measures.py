"""Measures: how each national figure is added up from the tables of a data package."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from gigaplan.inputs.audit.components import made, within_reach
from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.wording import did_you_mean, few
from gigaplan.terms.errors import Fault, InputError
from gigaplan.terms.units import HOURS_PER_YEAR

MW_PER_GW: Final = 1000.0
MWH_PER_TWH: Final = 1e6
KG_PER_MT: Final = 1e9


@dataclass(frozen=True)
class Metric:
    """A form with its arguments, and the year it is asked for."""

    form: str
    arguments: tuple[str, ...]
    year: int

    def argument(self, place: int) -> str | None:
        """Return an argument; ``None`` if it was left out."""
        return self.arguments[place] if place < len(self.arguments) else None


Measure = Callable[[Dataset, Metric], float]


@dataclass(frozen=True)
class Form:
    """How a metric is written and computed.

    Parameters
    ----------
    least, most
        How many arguments it takes.
    measure
        What computes it.
    """

    least: int
    most: int
    measure: Measure


def existing_capacity_gw(dataset: Dataset, metric: Metric) -> float:
    """Capacity of the existing fleet [GW]."""
    return float(_fleet(dataset, metric)["capacity_mw"].sum() / MW_PER_GW)


def existing_energy_twh(dataset: Dataset, metric: Metric) -> float:
    """Energy that the existing fleet makes at its historical capacity factors [TWh/yr]."""
    return float(_energy_mwh(_fleet(dataset, metric)).sum() / MWH_PER_TWH)


def existing_storage_gwh(dataset: Dataset, metric: Metric) -> float:
    """Energy that existing storage holds [GWh]."""
    return float(_fleet(dataset, metric)["energy_mwh"].sum() / MW_PER_GW)


def existing_co2_mt(dataset: Dataset, metric: Metric) -> float:
    """CO2 from the stacks of the existing fleet at historical capacity factors [Mt/yr]."""
    fleet = _fleet(dataset, metric)
    rates = dataset.table("emission_rates").set_index("asset")["co2_kg_per_mmbtu"]
    burnt_mmbtu = _energy_mwh(fleet) * fleet["heat_rate_mmbtu_per_mwh"].fillna(0.0)
    return float((burnt_mmbtu * fleet["asset"].map(rates).fillna(0.0)).sum() / KG_PER_MT)


def scheduled_gw(dataset: Dataset, metric: Metric) -> float:
    """Capacity that comes or goes by schedule in a span of years [GW]."""
    assets, kind, span = metric.arguments
    first, dash, last = span.partition("-")
    if not (dash and first.isdigit() and last.isdigit()):
        what = f"The span of years is '{span}'."
        raise metric_error(metric, what, "Write it as 2026-2035.")
    changes = dataset.table("capacity_changes")
    rows = changes[changes["asset"].isin(_members(dataset, metric, assets))]
    rows = _chosen(rows, metric, kind=kind)
    within = rows["year"].between(int(first), int(last))
    return float(rows.loc[within, "capacity_mw"].sum() / MW_PER_GW)


def demand_twh(dataset: Dataset, metric: Metric) -> float:
    """Electricity demand of a year [TWh]."""
    demand = dataset.table("annual_demand")
    rows = _chosen(demand, metric, case=metric.arguments[0], year=metric.year)
    return float(rows["demand_twh"].sum())


def peak_load_gw(dataset: Dataset, metric: Metric) -> float:
    """Highest national load of a year, all zones in the same hour [GW]."""
    demand = dataset.table("annual_demand")
    rows = _chosen(demand, metric, case=metric.arguments[0], year=metric.year)
    mean_gw = rows.set_index("zone")["demand_twh"] * MW_PER_GW / HOURS_PER_YEAR
    shape = dataset.table("load_profile")[list(mean_gw.index)]
    return float((shape.to_numpy() @ mean_gw.to_numpy(dtype=np.float64)).max())


def corridor_gw(dataset: Dataset, metric: Metric) -> float:
    """Forward transfer limits that count in a year [GW]."""
    corridors = _chosen(dataset.table("corridors"), metric, kind=metric.arguments[0])
    there = ~(corridors["online_year"] > metric.year)
    return float(corridors.loc[there, "forward_mw"].sum() / MW_PER_GW)


def renewable_potential_gw(dataset: Dataset, metric: Metric) -> float:
    """Capacity that may be built in classes of wind or solar [GW]."""
    classes = dataset.table("renewable_classes")
    rows = classes[classes["asset"].isin(_members(dataset, metric, metric.arguments[0]))]
    return float(rows["potential_mw"].sum() / MW_PER_GW)


def queue_gw(dataset: Dataset, metric: Metric) -> float:
    """Capacity that may have passed the interconnection queue by the end of a year [GW]."""
    queue = dataset.table("queue_throughput")
    rows = _chosen(queue, metric, queue_group=metric.arguments[0], year=metric.year)
    return float(rows["cumulative_mw"].sum() / MW_PER_GW)


def fuel_price(dataset: Dataset, metric: Metric) -> float:
    """Plain mean of a fuel's price over census divisions [USD of 2025 per MMBtu]."""
    fuel, case = metric.arguments
    rows = _chosen(dataset.table("fuel_prices"), metric, fuel=fuel, case=case, year=metric.year)
    return float(rows["price_usd2025_per_mmbtu"].mean())


def asset_cost(dataset: Dataset, metric: Metric) -> float:
    """Overnight capex of an asset [USD of 2025 per kW]."""
    costs = dataset.table("asset_costs")
    rows = _chosen(costs, metric, asset=metric.arguments[0], year=metric.year)
    return float(rows["overnight_capex_usd2025_per_kw"].iloc[0])


def campus_capacity_gw(dataset: Dataset, metric: Metric) -> float:
    """Facility power of known campuses at the end of a year [GW]."""
    sizes = _chosen(dataset.table("campus_capacity"), metric, year=metric.year)
    status = metric.argument(0)
    if status is not None:
        campuses = _chosen(dataset.table("campuses"), metric, status=status)["campus"]
        sizes = sizes[sizes["campus"].isin(campuses)]
    return float(sizes["facility_mw"].sum() / MW_PER_GW)


def ai_it_gw(dataset: Dataset, metric: Metric) -> float:
    """Return the IT capacity of US AI campuses in a compute case [GW]."""
    cases = dataset.table("compute_cases")
    rows = _chosen(cases, metric, case=metric.arguments[0], year=metric.year)
    return float(rows["us_ai_it_gw"].iloc[0])


def all_data_centers_gw(dataset: Dataset, metric: Metric) -> float:
    """Capacity of all US data centers in a compute case [GW]."""
    cases = dataset.table("compute_cases")
    known = cases[cases["us_all_data_centers_gw"].notna()]
    rows = _chosen(known, metric, case=metric.arguments[0], year=metric.year)
    return float(rows["us_all_data_centers_gw"].iloc[0])


def supply(dataset: Dataset, metric: Metric) -> float:
    """Supply of components that all builds can get without a premium [their own unit per year]."""
    names = _components(dataset, metric)
    return sum(within_reach(dataset, name, metric.year) for name in names)


def made_in_all(dataset: Dataset, metric: Metric) -> float:
    """Output of components in all countries [their own unit per year]."""
    return sum(made(dataset, name, metric.year) for name in _components(dataset, metric))


def construction_workers(dataset: Dataset, metric: Metric) -> float:
    """Workers in construction of all zones."""
    del metric
    return float(dataset.table("construction_workforce")["construction_workers"].sum())


def deflator(dataset: Dataset, metric: Metric) -> float:
    """Price level of one year over that of another."""
    before, after = metric.arguments
    index = dataset.table("deflators").set_index("year")["gdp_price_index"]
    levels = []
    for text in (after, before):
        if not text.isdigit() or int(text) not in index.index:
            mend = f"It has {few(list(index.index))}."
            raise metric_error(metric, f"deflators has no year {text}.", mend)
        levels.append(float(index[int(text)]))
    return levels[0] / levels[1]


def mean_pue(dataset: Dataset, metric: Metric) -> float:
    """Plain mean of the power use effectiveness over zones."""
    del metric
    return float(dataset.table("campus_power_use")["pue_annual"].mean())


FORMS: Final[dict[str, Form]] = {
    "existing_capacity_gw": Form(0, 1, existing_capacity_gw),
    "existing_energy_twh": Form(0, 1, existing_energy_twh),
    "existing_storage_gwh": Form(0, 1, existing_storage_gwh),
    "existing_co2_mt": Form(0, 1, existing_co2_mt),
    "scheduled_gw": Form(3, 3, scheduled_gw),
    "demand_twh": Form(1, 1, demand_twh),
    "peak_load_gw": Form(1, 1, peak_load_gw),
    "corridor_gw": Form(1, 1, corridor_gw),
    "renewable_potential_gw": Form(1, 1, renewable_potential_gw),
    "queue_gw": Form(1, 1, queue_gw),
    "fuel_price": Form(2, 2, fuel_price),
    "asset_cost": Form(1, 1, asset_cost),
    "campus_capacity_gw": Form(0, 1, campus_capacity_gw),
    "ai_it_gw": Form(1, 1, ai_it_gw),
    "all_data_centers_gw": Form(1, 1, all_data_centers_gw),
    "supply": Form(1, 1, supply),
    "made": Form(1, 1, made_in_all),
    "construction_workers": Form(0, 0, construction_workers),
    "deflator": Form(2, 2, deflator),
    "mean_pue": Form(0, 0, mean_pue),
}


def _fleet(dataset: Dataset, metric: Metric) -> pd.DataFrame:
    """Return the rows of the existing fleet that a metric is about."""
    fleet = dataset.table("existing_capacity")
    names = metric.argument(0)
    return fleet if names is None else fleet[fleet["asset"].isin(_members(dataset, metric, names))]


def _energy_mwh(fleet: pd.DataFrame) -> pd.Series:
    """Return the energy that each row of a fleet makes in a year [MWh]."""
    return fleet["capacity_mw"] * fleet["historical_capacity_factor"].fillna(0.0) * HOURS_PER_YEAR


def _members(dataset: Dataset, metric: Metric, names: str) -> set[str]:
    """Return the assets that an argument names: assets and families joined by ``+``."""
    assets = dataset.table("assets")
    members: set[str] = set()
    for name in names.split("+"):
        found = set(assets.loc[(assets["asset"] == name) | (assets["group"] == name), "asset"])
        if not found:
            choices = [*assets["group"], *assets["asset"]]
            mend = did_you_mean(name, choices) or "Name assets of the table assets."
            raise metric_error(metric, f"There is no asset '{name}'.", mend)
        members |= found
    return members


def _components(dataset: Dataset, metric: Metric) -> list[str]:
    """Return the components that the first argument names, joined by ``+``."""
    names = metric.arguments[0].split("+")
    known = dataset.table("components")["component"].tolist()
    for name in names:
        if name not in known:
            mend = did_you_mean(name, known) or "Name components of the table components."
            raise metric_error(metric, f"There is no component '{name}'.", mend)
    return names


def _chosen(table: pd.DataFrame, metric: Metric, **labels: str | int) -> pd.DataFrame:
    """Return the rows that have every label."""
    rows = table
    for column, label in labels.items():
        found = rows[rows[column] == label]
        if found.empty:
            there = list(dict.fromkeys(rows[column]))
            what = f"There is no row for {column} {label}."
            near = did_you_mean(label, map(str, there)) if isinstance(label, str) else ""
            raise metric_error(metric, what, near or f"There are {few(there)}.")
        rows = found
    return rows


def metric_error(metric: Metric | str, what: str, mend: str) -> InputError:
    """Make the error of a metric that cannot be computed."""
    text = metric if isinstance(metric, str) else ":".join((metric.form, *metric.arguments))
    return InputError(f"The metric {text} cannot be computed.", [Fault(what, text, mend)])
