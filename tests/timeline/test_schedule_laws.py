"""What holds for any plan, any months and any bill."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.timeline.worked import BASE_YEAR, data_tables

from gigaplan.timeline.critical_path import critical_path_table
from gigaplan.timeline.schedule import stages_table
from gigaplan.timeline.service import dated_builds

MONTHS = st.floats(0.0, 120.0)
HORIZON = [2026, 2028, 2030, 2035]
CLASSES = {"gas_cc": "generator", "campus": "campus", "Chip": "accelerator", "cells": "generator"}
TOLERANCE = 1e-9


@st.composite
def drawn(draw: st.DrawFn) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Draw projects, and a data package with other months, factors and bills."""
    data = data_tables()
    for table, column, values in (
        ("project_stages", "central_months", MONTHS),
        ("zone_stage_months", "months_factor", st.floats(0.2, 4.0)),
        ("component_bills", "years_before_service", st.sampled_from([0.0, 0.5, 1.0, 2.5])),
        ("components", "manufacture_months", MONTHS),
        ("components", "deliver_months", st.floats(0.0, 24.0)),
    ):
        count = len(data[table])
        data[table][column] = draw(st.lists(values, min_size=count, max_size=count))
    assets = draw(st.lists(st.sampled_from(sorted(CLASSES)), min_size=1, max_size=6))
    count = len(assets)
    projects = pd.DataFrame(
        {
            "project": [f"P{at:04d}" for at in range(1, count + 1)],
            "asset": assets,
            "class": [CLASSES[asset] for asset in assets],
            "zone": draw(st.lists(st.sampled_from("TX VA PA".split()), min_size=count,
                                  max_size=count)),
            "to_zone": "",
            "in_service_year": draw(st.lists(st.sampled_from(HORIZON), min_size=count,
                                             max_size=count)),
        }
    )  # fmt: skip
    return projects, data


def _tables(
    projects: pd.DataFrame, data: dict[str, pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    none = pd.DataFrame({"kind": [], "place": [], "in_service_year": [], "capex_usd2025_m": []})
    plan = {"projects": projects, "factories": none}
    builds = dated_builds(plan, data, HORIZON, BASE_YEAR)
    stages = stages_table(builds, data)
    return builds, stages, critical_path_table(builds, stages, data["components"], BASE_YEAR)


@given(drawn())
def test_dates_are_in_order(example: tuple[pd.DataFrame, dict[str, pd.DataFrame]]) -> None:
    builds, stages, _ = _tables(*example)
    service = stages["project"].map(builds.set_index("project")["service_year"])
    assert (stages["end_year"] <= service + TOLERANCE).all()
    length = (stages["end_year"] - stages["start_year"]) * 12.0
    assert length.to_numpy() == pytest.approx(stages["months"].to_numpy(), abs=1e-8)
    for _, own in stages.groupby("project"):
        site = own[own["component"] == ""].set_index("stage")
        if len(site):
            begun = site["start_year"]
            assert site.loc["permit", "end_year"] <= begun["construct"] + TOLERANCE
            for before in ("construct", "grid_study"):
                if before in site.index:
                    assert site.loc[before, "end_year"] <= begun["commission"] + TOLERANCE
            arrived = own[own["stage"] == "deliver"]
            assert (arrived["end_year"] <= begun["commission"] + TOLERANCE).all()
        for _, part in own[own["component"] != ""].groupby("component"):
            steps = part.set_index("stage")
            order, made = steps.loc["order"], steps.loc["manufacture"]
            assert order["start_year"] == order["end_year"]
            assert order["end_year"] == pytest.approx(made["start_year"], abs=TOLERANCE)
            assert made["end_year"] == pytest.approx(
                steps.loc["deliver", "start_year"], abs=TOLERANCE
            )


@given(drawn())
def test_the_critical_chain_begins_first(
    example: tuple[pd.DataFrame, dict[str, pd.DataFrame]],
) -> None:
    builds, stages, path = _tables(*example)
    assert path["project"].tolist() == builds["project"].tolist()
    first = stages.groupby("project")["start_year"].min()
    by_project = path.set_index("project")
    assert by_project["starts_year"].to_dict() == pytest.approx(first.to_dict(), abs=1e-6)
    slack = (by_project["starts_year"] - BASE_YEAR) * 12.0
    assert by_project["slack_months"].to_dict() == pytest.approx(slack.to_dict(), abs=1e-5)
    critical = stages[stages["critical"] == 1].groupby("project")["start_year"].min()
    assert critical.to_dict() == pytest.approx(first.to_dict(), abs=1e-6)
    assumed = by_project["sentence"].str.endswith("assumed.")
    assert (assumed == (by_project["slack_months"] < 0)).all()


@given(drawn(), st.randoms())
def test_the_order_of_rows_changes_nothing(
    example: tuple[pd.DataFrame, dict[str, pd.DataFrame]], random: object
) -> None:
    projects, data = example
    _, stages, path = _tables(projects, data)
    turned = {name: table.iloc[::-1].reset_index(drop=True) for name, table in data.items()}
    _, again, other = _tables(projects.iloc[::-1].reset_index(drop=True), turned)
    pd.testing.assert_frame_equal(stages, again)
    pd.testing.assert_frame_equal(path, other.iloc[::-1].reset_index(drop=True))
