"""Predicted months to first power against recorded ones, worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.timeline.worked import data_tables

from gigaplan.inputs.dataset import load_dataset
from gigaplan.timeline.backtest import backtest, backtest_campuses, grid_months, onsite_months


def _history(*rows: tuple[str, str | None, str, str, str, bool]) -> dict[str, pd.DataFrame]:
    columns = [
        "campus", "zone", "power_source", "construction_start", "first_power", "recorded",
    ]  # fmt: skip
    return {**data_tables(), "campus_history": pd.DataFrame(list(rows), columns=columns)}


def test_months_of_each_source_by_hand() -> None:
    """Grid: 21 and 2. Cells in Texas: 4 times 0.6, 4 and 1 at the site; parts 5, 1 and 1."""
    data = data_tables()
    assert grid_months(data) == 23.0
    table = onsite_months(data, ["TX", "VA", "TX", ""]).set_index("zone")
    assert table["unit"].to_dict() == {"": "cells", "TX": "cells", "VA": "cells"}
    assert table["onsite_months"].to_dict() == pytest.approx({"": 9.0, "TX": 7.4, "VA": 9.8})


def test_the_slowest_part_can_decide() -> None:
    """Engines alone: 17 months at the site, 12, 3 and a year before service for the engine."""
    data = data_tables()
    data["assets"].loc[data["assets"]["asset"] == "cells", "buildable"] = False
    assert onsite_months(data, [""])["onsite_months"].tolist() == [27.0]


def test_errors_by_campus_and_group() -> None:
    data = _history(
        ("a", "TX", "grid", "2021-06", "2023-04", True),
        ("b", "TX", "grid", "2021-11", "2024-04", True),
        ("c", "TX", "mixed", "2024-04", "2024-08", True),
        ("d", "VA", "onsite", "2024-04", "2025-04", True),
        ("e", None, "unknown", "2024-01", "2026-01", True),
        ("f", "TX", "grid", "2024-01", "2030-01", False),
    )
    campuses = backtest_campuses(data).set_index("campus")
    assert campuses["recorded_months"].to_dict() == {
        "a": 22.0, "b": 29.0, "c": 4.0, "d": 12.0, "e": 24.0,
    }  # fmt: skip
    assert campuses["error_months"].to_dict() == pytest.approx(
        {"a": 1.0, "b": -6.0, "c": 3.4, "d": -2.2, "e": -1.0}
    )
    table = backtest(data).set_index(["region", "power_source"])
    grid = table.loc[("West South Central", "grid")]
    assert grid["campuses"] == 2
    assert grid["median_error_months"] == -2.5
    # A tenth of the way from -6 to 1, and nine tenths.
    assert grid["p10_error_months"] == pytest.approx(-5.3)
    assert grid["p90_error_months"] == pytest.approx(0.3)
    assert table.index[-1] == ("all", "all")
    assert table.loc[("all", "all"), "campuses"] == 5
    assert table.loc[("all", "all"), "median_error_months"] == pytest.approx(-1.0)
    assert ("outside the US", "unknown") in table.index


def test_two_campuses_of_the_data_recomputed() -> None:
    """Goodyear: 2021-06 to 2023-04 on the grid. Abilene: 2024-05 to 2025-09, mixed, in Texas."""
    data = load_dataset("us").tables
    campuses = backtest_campuses(data).set_index("campus")
    goodyear = campuses.loc["microsoft_goodyear"]
    assert (goodyear["recorded_months"], goodyear["predicted_months"]) == (22.0, 21.0 + 2.0)
    abilene = campuses.loc["openai_stargate_abilene"]
    assert abilene["recorded_months"] == 16.0
    # Fuel cells: permit of 4 months times 0.6 in Texas, construction 4, commissioning 1.
    assert abilene["predicted_months"] == pytest.approx(2.4 + 4.0 + 1.0)
