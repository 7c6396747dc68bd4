"""Made-up tables of supply chains and of the timeline, for the made-up plans."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

COMPONENTS = {
    "gas_turbine": ("GW", ("US", "DE", "JP")),
    "large_power_transformer": ("units", ("KR", "US", "MX")),
    "logic_wafer_n3": ("thousand wafers", ("TW", "US")),
    "advanced_packaging": ("thousand wafers", ("TW", "KR")),
    "hbm4": ("million stacks", ("KR", "JP", "US")),
    "accelerator": ("million accelerators", ("TW", "MX", "US")),
}
TRADES = ("labour_electrical", "labour_civil")
CHAIN_CATEGORIES = (
    "component premiums",
    "labour premiums",
    "stocks",
    "factory capital",
    "factory operation",
)
CHAIN_TABLES = (
    "supply_use",
    "supply_sources",
    "factories",
    "factory_output",
    "accelerator_flow",
    "stages",
    "critical_path",
    "time_to_power",
)
TABLES_OF_TIME = CHAIN_TABLES[5:]
FACTORIES = {
    "packaging_line in TX": ("advanced_packaging", 4000.0),
    "hbm4_line in Korea": ("hbm4", 9000.0),
    "transformer_plant in OK": ("large_power_transformer", 1e-6),
}
"""Factory, what it makes and its capex; the last is what a solver leaves over."""


def chain_tables(
    places: list[str], years: tuple[int, ...], projects: pd.DataFrame, scale: float
) -> dict[str, pd.DataFrame]:
    """Return every table of supply chains and of the timeline."""
    rng = np.random.default_rng(11)
    calendar = range(years[0], years[-1] + 1)
    return {
        "supply_use": pd.concat(
            [_national(calendar, scale), _local(places, calendar, rng)], ignore_index=True
        ),
        "supply_sources": _sources(calendar, scale),
        "factories": _factories(years),
        "factory_output": _output(calendar),
        "accelerator_flow": _flow(calendar),
        **_timeline(projects, rng),
    }


def _national(calendar: range, scale: float) -> pd.DataFrame:
    """Return components of the country: 60 are taken of 100, or of 60 where one binds."""
    rows = [
        (
            name,
            "",
            year,
            unit,
            20.0 * scale,
            40.0,
            60.0 if name == "large_power_transformer" and year < calendar[0] + 2 else 100.0,
            10.0 if name == "advanced_packaging" else 0.0,
            0.0,
            7.5 if name == "large_power_transformer" and year < calendar[0] + 2 else 1e-9,
        )
        for (name, (unit, _)), year in itertools.product(COMPONENTS.items(), calendar)
    ]
    return pd.DataFrame(rows, columns=_USE)


_USE = (
    "component zone calendar_year unit use given_use supply factory_output stock worth_usd2025_m"
).split()


def _local(places: list[str], calendar: range, rng: np.random.Generator) -> pd.DataFrame:
    """Return labour of each state: the first is full, the rest have some left."""
    rows = [
        (
            trade,
            place,
            year,
            "thousand worker-years",
            0.6 if place == places[0] else float(rng.uniform(0.0, 0.3)),
            0.4,
            1.0,
            0.0,
            0.0,
            40.0 if place == places[0] else 0.0,
        )
        for trade, place, year in itertools.product(TRADES, places, calendar)
    ]
    return pd.DataFrame(rows, columns=_USE)


def _sources(calendar: range, scale: float) -> pd.DataFrame:
    """Return sources that give what is taken: half from the first country, the rest shared."""
    rows = []
    for (name, (unit, origins)), year in itertools.product(COMPONENTS.items(), calendar):
        for at, origin in enumerate(origins):
            share = 0.5 if at == 0 else 0.5 / (len(origins) - 1)
            taken = (40.0 + 20.0 * scale) * share
            rows.append(
                (
                    f"{name} from {origin}",
                    name,
                    origin,
                    "",
                    1,
                    year,
                    taken,
                    90.0,
                    0.5,
                    taken,
                    at % 2,
                    unit,
                )
            )
    columns = (
        "source component origin zone step calendar_year taken available premium_usd2025_m "
        "value_usd2025_m allied unit"
    ).split()
    return pd.DataFrame(rows, columns=columns)


def _factories(years: tuple[int, ...]) -> pd.DataFrame:
    rows = [
        (
            name,
            name.split(" in ")[0],
            component,
            name.split(" in ")[1],
            years[-1] - 3,
            years[-1],
            10.0,
            COMPONENTS[component][0],
            capex,
        )
        for name, (component, capex) in FACTORIES.items()
    ]
    columns = (
        "factory kind component place construction_start_year in_service_year capacity_per_yr "
        "unit capex_usd2025_m"
    ).split()
    return pd.DataFrame(rows, columns=columns)


def _output(calendar: range) -> pd.DataFrame:
    rows = [
        (name, component, year, 10.0 if capex > 1 else 1e-7, 20.0, COMPONENTS[component][0])
        for (name, (component, capex)), year in itertools.product(FACTORIES.items(), calendar)
    ]
    columns = ["factory", "component", "calendar_year", "output", "capacity", "unit"]
    return pd.DataFrame(rows, columns=columns)


def _flow(calendar: range) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "calendar_year": list(calendar),
            "sent": 2.1,
            "scrapped": 0.1,
            "in_transit": 0.2,
            "installed": [0.0, *([2.0] * (len(calendar) - 1))],
            "unit": "million accelerators",
        }
    )


BASE_YEAR = 2026
STEPS = (
    ("permit", "", 1.5, 1),
    ("grid_study", "", 2.0, 0),
    ("order", "large_power_transformer", 0.25, 0),
    ("manufacture", "large_power_transformer", 2.5, 0),
    ("deliver", "large_power_transformer", 0.25, 0),
    ("construct", "", 2.0, 1),
    ("commission", "", 0.25, 1),
)


def _timeline(projects: pd.DataFrame, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Return stages that end one after another when the project enters service."""
    stages, paths, months = [], [], []
    factory = pd.DataFrame([("F0001", "packaging_line", "TX", projects["in_service_year"].max())])
    factory.columns = pd.Index(["project", "asset", "zone", "in_service_year"])
    for row in pd.concat([projects, factory], ignore_index=True).itertuples():
        end = float(str(row.in_service_year))
        before = {"permit": 2.25, "grid_study": 2.5, "order": 3.0, "manufacture": 0.5}
        before |= {"deliver": 0.25, "construct": 0.25, "commission": 0.0}
        what = (row.project, row.asset, row.zone)
        for stage, component, length, critical in STEPS:
            stop = end - before[stage]
            stages.append((*what, stage, component, stop - length, stop, 12 * length, critical))
        sentence = f"In service {row.in_service_year} because construction ends in time."
        slack = 12.0 * (end - 3.75 - BASE_YEAR)
        paths.append((*what, row.in_service_year, end, "permit", end - 3.75, slack, sentence))
        if row.asset == "campus":
            worth = float(rng.uniform(1, 90))
            told = f"A month of power is worth ${worth:.0f} million here."
            idle, bridge = 0.7 * worth, 0.4 * worth
            campus = (row.project, row.zone, row.in_service_year, row.capacity_mw)
            months.append((*campus, idle, worth, bridge, "btm_gas_turbine", told))
    columns = {
        "stages": "project asset zone stage component start_year end_year months critical",
        "critical_path": (
            "project asset zone in_service_year service_year chain starts_year slack_months "
            "sentence"
        ),
        "time_to_power": (
            "project zone in_service_year it_mw idle_usd2025_m_per_month "
            "worth_usd2025_m_per_month bridge_usd2025_m_per_month bridge sentence"
        ),
    }
    found = {"stages": stages, "critical_path": paths, "time_to_power": months}
    return {name: pd.DataFrame(found[name], columns=columns[name].split()) for name in columns}
