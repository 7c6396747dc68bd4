"""Stages and critical paths, worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.timeline.worked import BASE_YEAR, MILESTONES, data_tables, plan_tables

from gigaplan.timeline.critical_path import critical_path_table
from gigaplan.timeline.schedule import STAGE_COLUMNS, stages_table
from gigaplan.timeline.service import dated_builds

GAS = ("gas_cc", "generator", "TX", "", 2030, 500.0)
CAMPUS = ("campus", "campus", "VA", "", 2030, 250.0)
CHIPS = ("Chip", "accelerator", "VA", "", 2030, 250.0)
CORRIDOR = ("corridor", "corridor", "TX", "VA", 2030, 900.0)
RESTART = ("restart", "generator", "PA", "", 2030, 800.0)

Row = tuple[str, str, str, str, int, float]


def _worked(
    *rows: Row, factories: list[tuple[str, str, int, float]] | None = None, **months: float
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    data = data_tables(**months)
    builds = dated_builds(plan_tables(list(rows), factories), data, MILESTONES, BASE_YEAR)
    stages = stages_table(builds, data)
    return builds, stages, critical_path_table(builds, stages, data["components"], BASE_YEAR)


def _dates(stages: pd.DataFrame, project: str) -> dict[str, tuple[float, float, int]]:
    own = stages[stages["project"] == project]
    keys = (own["stage"] + " " + own["component"]).str.strip()
    return {
        key: (round(start, 4), round(end, 4), critical)
        for key, start, end, critical in zip(
            keys, own["start_year"], own["end_year"], own["critical"], strict=True
        )
    }


def test_combined_cycle_by_hand() -> None:
    """Four years from 2026: in service during 2030, its middle mid-2030.

    Permit 14 months times 0.6, grid study 18 times 0.9; commissioning from 2030 and 2 months.
    """
    _, stages, path = _worked(GAS)
    assert list(stages.columns) == STAGE_COLUMNS
    assert _dates(stages, "P0001") == {
        "order gas_turbine": (2024.0, 2024.0, 1),
        "manufacture gas_turbine": (2024.0, 2029.0, 1),
        "order large_power_transformer": (2026.4167, 2026.4167, 0),
        "manufacture large_power_transformer": (2026.4167, 2029.25, 0),
        "permit": (2026.9667, 2027.6667, 0),
        "construct": (2027.6667, 2030.1667, 1),
        "grid_study": (2028.8167, 2030.1667, 0),
        "deliver gas_turbine": (2029.0, 2029.5, 1),
        "deliver large_power_transformer": (2029.25, 2029.5, 0),
        "commission": (2030.1667, 2030.5, 1),
    }
    (row,) = path.to_dict("records")
    assert row["chain"] == "gas_turbine"
    assert (row["service_year"], row["starts_year"], row["slack_months"]) == (2030.5, 2024.0, -24.0)
    assert row["sentence"] == (
        "In service in mid-2030 because the heavy-frame gas turbine ordered in Q1 2024 arrives in "
        "Q3 2029. That is 24 months before the plan begins: a slot in hand is assumed."
    )


def test_campus_by_hand() -> None:
    """Ready in 2028, so builds of 2030 enter from 2029 on: in service at the start of 2030."""
    _, stages, path = _worked(CAMPUS, transformer_months=9.0)
    assert _dates(stages, "P0001") == {
        "permit": (2027.2833, 2028.0833, 1),
        "grid_study": (2027.7333, 2029.8333, 0),
        "order large_power_transformer": (2028.0, 2028.0, 0),
        "manufacture large_power_transformer": (2028.0, 2028.75, 0),
        "construct": (2028.0833, 2029.8333, 1),
        "deliver large_power_transformer": (2028.75, 2029.0, 0),
        "commission": (2029.8333, 2030.0, 1),
    }
    (row,) = path.to_dict("records")
    assert row["chain"] == "permit"
    assert row["slack_months"] == pytest.approx(15.4)
    assert row["sentence"] == (
        "In service at the start of 2030 because the permit asked for in Q2 2027 is granted in "
        "Q1 2028."
    )


def test_the_sentence_names_the_part_its_order_and_its_arrival() -> None:
    """With turbines at hand: due in mid-2029, three months of way and 27 of making before."""
    data = data_tables(transformer_months=27.0, turbine_months=12.0)
    data["project_stages"] = data["project_stages"].query("asset != 'gas_cc'")
    builds = dated_builds(plan_tables([GAS]), data, MILESTONES, BASE_YEAR)
    stages = stages_table(builds, data)
    path = critical_path_table(builds, stages, data["components"], BASE_YEAR)
    assert path["chain"].tolist() == ["large_power_transformer"]
    assert path["sentence"].tolist() == [
        "In service in mid-2030 because the large power transformer ordered in Q1 2027 arrives in "
        "Q3 2029."
    ]


def test_grid_study_can_be_the_chain_that_begins_first() -> None:
    slow = ("campus", "campus", "VA", "", 2028, 250.0)
    data = data_tables(transformer_months=9.0)
    data["zone_stage_months"].loc[3, "months_factor"] = 4.0
    builds = dated_builds(plan_tables([slow]), data, MILESTONES, BASE_YEAR)
    stages = stages_table(builds, data)
    path = critical_path_table(builds, stages, data["components"], BASE_YEAR)
    critical = stages.loc[stages["critical"] == 1, "stage"].tolist()
    assert critical == ["grid_study", "commission"]
    # Mid-2028 less two months of commissioning and 72 of study.
    assert path["sentence"].tolist() == [
        "In service in mid-2028 because the grid study begun in Q2 2022 ends in Q2 2028. "
        "That is 44 months before the plan begins: a study under way is assumed."
    ]


def test_accelerators_have_parts_only() -> None:
    """Wafers are due a year before and take five months; memory half a year and seven."""
    _, stages, path = _worked(CHIPS)
    assert set(stages["stage"]) == {"order", "manufacture", "deliver"}
    assert path["chain"].tolist() == ["wafer"]
    assert path["sentence"].tolist() == [
        "In service at the start of 2030 because the logic wafer, N3 class, ordered in Q3 2028 "
        "arrives in Q1 2029."
    ]


def test_a_corridor_takes_the_larger_factor_and_its_own_lead_time() -> None:
    """Ready in 2030, so in service in mid-2030; 60 months of permit times 1.2 in Virginia."""
    builds, stages, path = _worked(CORRIDOR)
    assert builds["service_year"].tolist() == [2030.5]
    permit = stages[stages["stage"] == "permit"]
    assert permit["months"].tolist() == [pytest.approx(72.0)]
    assert path["chain"].tolist() == ["permit"]


def test_a_site_has_its_own_year_and_an_asset_without_stages_no_row() -> None:
    """Ready in 2029 and by 2030: the start of 2030."""
    builds, stages, path = _worked(RESTART)
    assert builds["service_year"].tolist() == [2030.0]
    assert len(stages) == len(path) == 0


def test_factories_are_numbered_and_noise_is_left_out() -> None:
    factories = [
        ("fuel_cell_plant", "Korea", 2028, 1e-6),
        ("fuel_cell_plant", "Korea", 2028, 90.0),
    ]
    builds, stages, path = _worked(factories=factories)
    assert builds["project"].tolist() == ["F0002"]
    # Ready in 2027, so it enters over 2027 and 2028.
    assert builds["service_year"].tolist() == [2028.0]
    assert _dates(stages, "F0002") == {
        "construct": (2027.1667, 2027.8333, 1),
        "commission": (2027.8333, 2028.0, 1),
    }
    assert path["sentence"].tolist() == [
        "In service at the start of 2028 because construction begun in Q1 2027 ends in Q4 2027."
    ]


def test_what_arrives_at_service_arrives_for_commissioning() -> None:
    """A bill of zero years: one month of commissioning before mid-2028, six of making and way."""
    _, stages, _ = _worked(("cells", "generator", "PA", "", 2028, 50.0))
    dates = _dates(stages, "P0001")
    assert dates["deliver cell"][1] == dates["commission"][0]


def test_an_empty_plan_has_empty_tables() -> None:
    builds, stages, path = _worked()
    assert len(builds) == len(stages) == len(path) == 0
    assert list(stages.columns) == STAGE_COLUMNS
