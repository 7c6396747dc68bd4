"""Metrics: each form on rows small enough to add up by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gigaplan.inputs.audit.measures import FORMS
from gigaplan.inputs.audit.metrics import measure
from gigaplan.inputs.dataset import Dataset
from gigaplan.terms.errors import InputError

ASSETS = pd.DataFrame(
    {"asset": ["coal", "gas_cc", "gas_ct", "battery"], "group": ["Coal", "Gas", "Gas", "Storage"]}
)
FLEET = pd.DataFrame(
    {
        "zone": ["TX", "OK", "TX", "OK", "TX"],
        "asset": ["coal", "coal", "gas_cc", "gas_ct", "battery"],
        "capacity_mw": [1000.0, 500.0, 2000.0, 250.0, 100.0],
        "energy_mwh": [np.nan, np.nan, np.nan, np.nan, 400.0],
        "heat_rate_mmbtu_per_mwh": [10.0, 10.0, 7.0, 9.0, np.nan],
        "historical_capacity_factor": [0.5, 0.5, 0.5, 0.1, np.nan],
    }
)
PROFILE = pd.DataFrame({"hour_utc": [0, 1, 2], "TX": [0.5, 1.5, 1.0], "OK": [1.8, 0.4, 0.8]})

SUPPLY = pd.DataFrame(
    [
        ("gas_turbine", "US", "national", 1, 2028, 20.0, 0.4),
        ("gas_turbine", "US", "national", 1, 2032, 30.0, 0.4),
        ("gas_turbine", "DE", "national", 1, 2030, 10.0, 0.2),
        ("gas_turbine", "US", "national", 2, 2030, 99.0, 1.0),  # a step at a premium
        ("wafer", "TW", "national", 1, 2030, 7.0, 0.5),
    ],
    columns=[
        "component",
        "origin",
        "market",
        "step",
        "year",
        "made_per_year",
        "programme_share_frac",
    ],
)


def years(**columns: object) -> pd.DataFrame:
    """Return one row for 2030, beside one for 2031 that no metric of 2030 may count."""
    return pd.DataFrame({name: [value, value] for name, value in columns.items()}).assign(
        year=[2030, 2031]
    )


@pytest.fixture(scope="module")
def small() -> Dataset:
    """Tables with a few rows each; metrics read nothing else."""
    tables = {
        "assets": ASSETS,
        "existing_capacity": FLEET,
        "emission_rates": pd.DataFrame(
            {"asset": ["coal", "gas_cc", "gas_ct"], "co2_kg_per_mmbtu": [95.0, 53.0, 53.0]}
        ),
        "capacity_changes": pd.DataFrame(
            {
                "zone": ["TX"] * 4,
                "asset": ["coal", "coal", "coal", "gas_cc"],
                "year": [2026, 2030, 2031, 2030],
                "kind": ["retirement", "retirement", "retirement", "addition"],
                "capacity_mw": [100.0, 200.0, 400.0, 800.0],
            }
        ),
        "annual_demand": pd.DataFrame(
            {
                "zone": ["TX", "OK", "TX", "OK"],
                "year": [2030, 2030, 2031, 2031],
                "case": ["low"] * 4,
                "demand_twh": [8.76, 17.52, 99.0, 99.0],
            }
        ),
        "load_profile": PROFILE,
        "corridors": pd.DataFrame(
            {
                "kind": ["ac", "ac", "ac", "hvdc"],
                "forward_mw": [1000.0, 500.0, 300.0, 3000.0],
                "online_year": [np.nan, 2030.0, 2031.0, np.nan],
            }
        ),
        "renewable_classes": pd.DataFrame(
            {"asset": ["coal", "gas_cc", "gas_ct"], "potential_mw": [1000.0, 2000.0, 4000.0]}
        ),
        "queue_throughput": years(zone="TX", queue_group="gas", cumulative_mw=2500.0),
        "fuel_prices": pd.DataFrame(
            {
                "fuel": ["gas"] * 2,
                "case": ["low"] * 2,
                "year": [2030] * 2,
                "price_usd2025_per_mmbtu": [3.0, 5.0],
            }
        ),
        "asset_costs": years(asset="gas_cc", overnight_capex_usd2025_per_kw=2400.0),
        "campuses": pd.DataFrame({"campus": ["a", "b"], "status": ["operating", "announced"]}),
        "campus_capacity": pd.DataFrame(
            {
                "campus": ["a", "b", "a"],
                "year": [2030, 2030, 2031],
                "facility_mw": [300.0, 500.0, 9],
            }
        ),
        "compute_cases": years(case="bnef", us_ai_it_gw=40.0, us_all_data_centers_gw=106.0),
        "components": pd.DataFrame({"component": ["gas_turbine", "wafer"]}),
        "supply": SUPPLY,
        "factories": pd.DataFrame({"factory": ["turbine_plant"], "component": ["gas_turbine"]}),
        "factory_capacity": pd.DataFrame(
            {
                "facility": ["new", "new"],
                "factory": ["turbine_plant"] * 2,
                "year": [2028, 2032],
                "units_per_yr": [0.0, 4.0],
                "programme_share_frac": [0.5, 0.5],
            }
        ),
        "construction_workforce": pd.DataFrame({"construction_workers": [880e3, 92e3]}),
        "deflators": pd.DataFrame({"year": [2022, 2025], "gdp_price_index": [118.0, 128.8]}),
        "campus_power_use": pd.DataFrame({"zone": ["TX", "OK"], "pue_annual": [1.1, 1.2]}),
    }
    return Dataset("small", tables, "")


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("existing_capacity_gw", 3.85),
        ("existing_capacity_gw:coal", 1.5),
        ("existing_capacity_gw:Gas", 2.25),
        ("existing_capacity_gw:coal+gas_ct", 1.75),
        ("existing_energy_twh:coal", 6.57),  # 1.5 GW x 0.5 x 8760 h
        ("existing_energy_twh:Gas", 8.979),  # 2 GW x 0.5 x 8760 h + 0.25 GW x 0.1 x 8760 h
        ("existing_storage_gwh:battery", 0.4),
        ("existing_co2_mt:coal", 6.2415),  # 6.57 TWh x 10 MMBtu/MWh x 95 kg/MMBtu
        ("existing_co2_mt", 6.2415 + 8.76 * 7 * 0.053 + 0.219 * 9 * 0.053),
        ("scheduled_gw:coal:retirement:2026-2030", 0.3),
        ("scheduled_gw:Gas:addition:2026-2030", 0.8),
        ("demand_twh:low", 26.28),
        ("peak_load_gw:low", 4.1),  # hour 0: 0.5 x 1 GW + 1.8 x 2 GW
        ("corridor_gw:ac", 1.5),
        ("corridor_gw:hvdc", 3.0),
        ("renewable_potential_gw:gas_cc+gas_ct", 6.0),
        ("queue_gw:gas", 2.5),
        ("fuel_price:gas:low", 4.0),
        ("asset_cost:gas_cc", 2400.0),
        ("campus_capacity_gw", 0.8),
        ("campus_capacity_gw:operating", 0.3),
        ("ai_it_gw:bnef", 40.0),
        ("all_data_centers_gw:bnef", 106.0),
        ("supply:gas_turbine", 25 * 0.4 + 10 * 0.2 + 2 * 0.5),  # 2030 is half way to 2032
        ("supply:gas_turbine+wafer", 13.0 + 3.5),
        ("made:gas_turbine", 25.0 + 10.0 + 2.0),
        ("construction_workers", 972e3),
        ("deflator:2022:2025", 128.8 / 118.0),
        ("mean_pue", 1.15),
    ],
)
def test_each_form_adds_up(metric: str, expected: float, small: Dataset) -> None:
    assert measure(small, metric, 2030) == pytest.approx(expected, rel=1e-12)


def test_every_form_has_a_worked_number() -> None:
    marks = test_each_form_adds_up.pytestmark  # type: ignore[attr-defined]  # set by parametrize
    worked = {metric.split(":")[0] for metric, _ in marks[0].args[1]}
    assert worked == set(FORMS)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        (
            "existing_capacity:coal",
            "existing_capacity:coal: There is no metric 'existing_capacity'. "
            "Did you mean 'existing_capacity_gw'?",
        ),
        (
            "fuel_price:gas",
            "fuel_price:gas: fuel_price takes 2 arguments, and has 1. Part them by colons.",
        ),
        (
            "existing_capacity_gw:coal:2030",
            "existing_capacity_gw:coal:2030: existing_capacity_gw takes 0 to 1 arguments, "
            "and has 2. Part them by colons.",
        ),
        (
            "existing_capacity_gw:coall",
            "existing_capacity_gw:coall: There is no asset 'coall'. Did you mean 'coal'?",
        ),
        (
            "made:gas_turbin",
            "made:gas_turbin: There is no component 'gas_turbin'. Did you mean 'gas_turbine'?",
        ),
        (
            "demand_twh:lov",
            "demand_twh:lov: There is no row for case lov. Did you mean 'low'?",
        ),
        (
            "scheduled_gw:coal:retirement:2030",
            "scheduled_gw:coal:retirement:2030: The span of years is '2030'. "
            "Write it as 2026-2035.",
        ),
        (
            "deflator:2022:2026",
            "deflator:2022:2026: deflators has no year 2026. It has 2022, 2025.",
        ),
        (
            "__import__",
            "__import__: There is no metric '__import__'. Use one of " + ", ".join(FORMS) + ".",
        ),
    ],
)
def test_a_metric_that_cannot_be_computed(metric: str, expected: str, small: Dataset) -> None:
    with pytest.raises(InputError) as caught:
        measure(small, metric, 2030)
    assert [str(fault) for fault in caught.value.faults] == [expected]


def test_a_year_without_rows_is_named(small: Dataset) -> None:
    with pytest.raises(InputError, match=r"There is no row for year 2050\. There are 2030, 2031\."):
        measure(replace(small, name="x"), "demand_twh:low", 2050)
