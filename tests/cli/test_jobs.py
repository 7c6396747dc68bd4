"""The command for jobs: the range of the sets, by any key, and names that are not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.command import Command

from gigaplan.economy.ranges import ranges, sets_of
from gigaplan.plan.store import load_plan


def test_both_sets_stand_side_by_side(gigaplan: Command, plan_folder: Path) -> None:
    done = gigaplan("jobs", plan_folder)
    assert done.code == 0
    for words in ("input output", "project studies", "low", "high", "Jobs are gross"):
        assert words in done.out
    chosen = ("--multipliers", "project_studies", "--multipliers", "input_output")
    told = json.loads(gigaplan("jobs", plan_folder, *chosen, "--json").out)
    jobs = load_plan(plan_folder).table("jobs")
    expected = ranges(jobs, sets_of(jobs)).set_index("measure")
    assert told["sets"] == ["project_studies", "input_output"]
    for row in told["whole"]:
        assert row["low"] == pytest.approx(expected.loc[row["measure"], "low"])
        assert row["high"] == pytest.approx(expected.loc[row["measure"], "high"])
        assert row["low"] <= row["high"]


@pytest.mark.parametrize(
    ("by", "column"),
    [("state", "zone"), ("year", "calendar_year"), ("class", "class"), ("payer", "payer")],
)
def test_parts_add_up(gigaplan: Command, plan_folder: Path, by: str, column: str) -> None:
    content = json.loads(gigaplan("jobs", plan_folder, "--by", by, "--json").out)
    whole = {row["measure"]: row for row in content["whole"]}
    for name in content["sets"]:
        for measure in ("building", "gdp"):
            parts = [row[name] for row in content["parts"] if row["measure"] == measure]
            assert sum(parts) == pytest.approx(whole[measure][name])
    told = gigaplan("jobs", plan_folder, "--by", by)
    assert told.code == 0
    assert f"by {column}" in told.out


def test_one_set_has_no_range(gigaplan: Command, plan_folder: Path) -> None:
    done = gigaplan("jobs", plan_folder, "--multipliers", "input_output", "--by", "state")
    assert done.code == 0
    assert "low" not in done.out.split("Jobs are gross")[0].replace("below", "")


def test_what_is_not_there_is_refused(gigaplan: Command, plan_folder: Path, tmp_path: Path) -> None:
    done = gigaplan("jobs", plan_folder, "--multipliers", "input_outpt")
    assert done.code == 2
    assert "There is no set of multipliers 'input_outpt'. Did you mean 'input_output'?" in done.err
    assert gigaplan("jobs", plan_folder, "--by", "county").code == 2
    missing = gigaplan("jobs", tmp_path / "none")
    assert missing.code == 2
    assert "There is no usable plan" in missing.err
