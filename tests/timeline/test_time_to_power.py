"""What a month is worth, on a plan of one campus worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.equations.small_systems import small_system
from tests.timeline.worked import plan_tables

from gigaplan.system import Options, System
from gigaplan.timeline.time_to_power import TIME_TO_POWER_COLUMNS, time_to_power_table

CAMPUS = ("campus", "campus", "west", "", 2030, 500.0)
CHIPS = ("chip", "accelerator", "west", "", 2030, 1000.0)


def _system(options: Options | None = None, **changes: Any) -> System:
    """Return one zone with engines and turbines behind the meter."""
    values = {
        "discounted_years": 4.0,
        "capital_charge_campus": 1000.0,
        "fixed_cost_campus": 200.0,
        "capital_charge_accelerator": 6000.0,
        "h100e_accelerator": 2.0,
        "pue": 1.2,
        "fixed_it_share": [[0.7, 0.5]],
        "flexible_it_mean": 0.2,
        "onsite_generator": [0, 1, 1],
        "buildable_generator": 1.0,
        "availability_generator": [[[1.0, 1.0]], [[1.0, 0.8]], [[1.0, 1.0]]],
        "capital_charge_generator": [[[10.0]], [[80.0]], [[500.0]]],
        "fixed_cost_generator": [[[1.0]], [[16.0]], [[20.0]]],
        "variable_cost_generator": [[[0.01]], [[0.05]], [[0.05]]],
        **changes,
    }
    labels = {"year": [2030], "generator": ["gas", "engine", "turbine"], "accelerator": ["chip"]}
    return small_system(values, options, **labels)


def _tables(*rows: tuple[str, str, str, str, int, float], price: float) -> dict[str, pd.DataFrame]:
    why = [("compute_need", 2030, price), ("reserve", 2030, 77.0), ("compute_need", 2028, 5.0)]
    return {
        **plan_tables(list(rows)),
        "why": pd.DataFrame(why, columns=["family", "year", "shadow_price"]),
        "prices": pd.DataFrame(
            {
                "zone": "west",
                "year": 2030,
                "block": ["noon", "night"],
                "price_usd2025_per_mwh": [30.0, 50.0],
            }
        ),
        "blocks": pd.DataFrame({"block": ["noon", "night"], "weight_hours": 4380.0}),
        "assets": pd.DataFrame(
            {"asset": ["engine", "turbine"], "label": ["On-site gas engine", "Turbine"]}
        ),
    }


def test_a_campus_by_hand() -> None:
    """Half a GW; of one GW of accelerators only half a GW fits.

    Idle: 0.5 (1200 + 6000) / 12. Worth: 0.5 * 24000 / (4 * 12). Bridge: 0.6 GW at full load, so
    0.75 GW of engines at 96 M$ a year, and 730 h at a mean load of 0.8 for 10 USD/MWh more.
    """
    table = time_to_power_table(_tables(CAMPUS, CHIPS, price=24000.0), _system())
    assert list(table.columns) == TIME_TO_POWER_COLUMNS
    (row,) = table.to_dict("records")
    assert row["it_mw"] == 500.0
    assert row["idle_usd2025_m_per_month"] == pytest.approx(300.0)
    assert row["worth_usd2025_m_per_month"] == pytest.approx(250.0)
    assert row["bridge_usd2025_m_per_month"] == pytest.approx(6.0 + 3.504)
    assert row["bridge"] == "engine"
    assert row["sentence"] == (
        "A month without power leaves $300.0 M idle, and a month earlier is worth $250.0 M to the "
        "plan. Bridge power from an on-site gas engine costs $9.50 M a month more than the grid: "
        "it pays."
    )


def test_where_the_target_does_not_bind_a_month_is_worth_nothing() -> None:
    tables = _tables(CAMPUS, price=1.0)
    tables["why"] = tables["why"].iloc[:0]
    cheap = _system(variable_cost_generator=0.02)
    (row,) = time_to_power_table(tables, cheap).to_dict("records")
    # No accelerators: the campus alone stands idle. Fuel is 20 USD/MWh below the grid.
    assert row["worth_usd2025_m_per_month"] == 0.0
    assert row["bridge_usd2025_m_per_month"] == pytest.approx(6.0 - 7.008)
    assert row["sentence"] == (
        "A month without power leaves $50.0 M idle, and a month earlier saves the plan nothing, as "
        "the compute target does not bind. Bridge power from an on-site gas engine costs $1.01 M a "
        "month less than the grid: it pays."
    )


def test_dear_bridge_power_does_not_pay() -> None:
    """At 5,000 M$/GW/yr: 0.6 GW of turbines cost 250 M$ a month, an idle campus 50."""
    dear = _system(capital_charge_generator=4980.0, fixed_cost_generator=20.0)
    tables = _tables(CAMPUS, price=0.0)
    (row,) = time_to_power_table(tables, dear).to_dict("records")
    assert row["bridge"] == "turbine"
    assert row["sentence"].endswith("costs $253.5 M a month more than the grid: it does not pay.")


def test_without_a_unit_behind_the_meter_there_is_no_bridge() -> None:
    for system in (_system(onsite_generator=0.0), _system(buildable_generator=0.0)):
        (row,) = time_to_power_table(_tables(CAMPUS, price=9.0), system).to_dict("records")
        assert np.isnan(row["bridge_usd2025_m_per_month"])
        assert row["bridge"] == ""
        assert row["sentence"].endswith("The scenario allows no unit behind the meter.")


def test_a_target_in_h100e_counts_the_accelerators() -> None:
    """Half a GW at 2 million H100e per GW; 48 M$ per million over four discounted years."""
    options = Options(target_unit="h100e_millions")
    table = time_to_power_table(_tables(CAMPUS, CHIPS, price=48.0), _system(options))
    assert table["worth_usd2025_m_per_month"].tolist() == [pytest.approx(1.0)]


def test_most_compute_has_no_price_in_money() -> None:
    options = Options(objective="most_compute")
    table = time_to_power_table(_tables(CAMPUS, CHIPS, price=48.0), _system(options))
    assert table["worth_usd2025_m_per_month"].tolist() == [0.0]


def test_a_plan_without_campuses_has_an_empty_table() -> None:
    table = time_to_power_table(_tables(price=1.0), _system())
    assert list(table.columns) == TIME_TO_POWER_COLUMNS
    assert len(table) == 0
