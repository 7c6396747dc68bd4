"""``gigaplan run`` and ``verify``: what they write, say and return."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from tests.cli.command import Command, Outcome

from gigaplan.inputs.frames import read_parquet
from gigaplan.inputs.scenario import Scenario
from gigaplan.plan.parquet import write_table
from gigaplan.plan.store import load_plan
from gigaplan.plan.tables import Plan, same_plan
from gigaplan.terms.progress import Progress

STAGES = ("load", "build", "solve", "round", "verify", "report")


@pytest.fixture
def solved(plan_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """Let a run return a plan that was solved before; everything else is real."""
    plan = load_plan(plan_folder)

    def run(_scenario: object, *, progress: Progress, relaxed: bool) -> Plan:
        progress.stage("solve")
        progress.detail("solver: a line of its own" if not relaxed else "")
        return plan

    monkeypatch.setattr("gigaplan.workflow.run", run)
    return plan


# --------------------------------------------------------------------------------------- run


def test_a_run_tells_its_stages_on_stderr_and_ends_with_the_path_of_the_report(
    made: tuple[Path, Outcome],
) -> None:
    folder, outcome = made
    assert outcome.out.splitlines()[-1] == str(folder / "report.html")
    assert (folder / "report.html").stat().st_size > 50_000
    for name in STAGES:
        assert re.search(rf"^{name} +done, \d+\.\d s$", outcome.err, re.MULTILINE), name
    assert re.search(r"[\d,]+ variables, [\d,]+ constraints", outcome.err)
    assert re.search(r"^\d{2,} checks passed; ", outcome.out, re.MULTILINE)


def test_the_folder_holds_what_the_manual_says(plan_folder: Path) -> None:
    names = {path.name for path in plan_folder.iterdir()}
    assert names == {"report.html", "manifest.json", "scenario.yaml", "tables", "system"}
    plan = load_plan(plan_folder)
    assert set(STAGES) <= set(plan.manifest.timings_s)
    assert plan.manifest.peak_memory_mb > 50


def test_json_is_one_object_and_progress_stays_on_stderr(
    gigaplan: Command, solved: Plan, tmp_path: Path
) -> None:
    outcome = gigaplan("run", "tiny", "-o", tmp_path / "p", "--json")
    content = json.loads(outcome.out)
    assert len(outcome.out.splitlines()) == 1
    assert content["plan"] == str(tmp_path / "p")
    assert content["report"] == str(tmp_path / "p" / "report.html")
    assert content["checks_passed"] > 20
    assert content["manifest"]["name"] == solved.manifest.name
    assert "verify  done" in outcome.err
    assert load_plan(tmp_path / "p").manifest.timings_s == content["manifest"]["timings_s"]


def test_quiet_says_nothing(gigaplan: Command, solved: Plan, tmp_path: Path) -> None:
    del solved
    outcome = gigaplan("run", "tiny", "-o", tmp_path / "p", "--quiet")
    assert outcome == Outcome(0, "", "")
    outcome = gigaplan("run", "tiny", "-o", tmp_path / "q", "--quiet", "--json")
    assert json.loads(outcome.out)["plan"] == str(tmp_path / "q")
    assert outcome.err == ""


def test_no_report_ends_with_the_folder(gigaplan: Command, solved: Plan, tmp_path: Path) -> None:
    del solved
    outcome = gigaplan("run", "tiny", "-o", tmp_path / "p", "--no-report")
    assert outcome.out.splitlines()[-1] == str(tmp_path / "p")
    assert not (tmp_path / "p" / "report.html").exists()


def test_options_reach_the_scenario_that_is_solved_and_saved(
    gigaplan: Command, plan_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    plan = load_plan(plan_folder)

    def run(scenario: object, *, progress: Progress, relaxed: bool) -> Plan:
        del progress
        asked.extend([scenario, relaxed])
        return plan

    monkeypatch.setattr("gigaplan.workflow.run", run)
    arguments = ("--solver", "ipm", "--time-limit", "60", "--relaxed", "--quiet")
    assert gigaplan("run", "tiny", "-o", tmp_path / "p", *arguments).code == 0
    scenario, relaxed = asked
    assert isinstance(scenario, Scenario)
    assert (scenario.solver.method, scenario.solver.time_limit_s) == ("ipm", 60.0)
    assert relaxed is True


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "1e9", "soon"])
def test_a_time_limit_that_no_scenario_may_have(
    seconds: str, gigaplan: Command, tmp_path: Path
) -> None:
    outcome = gigaplan("run", "tiny", "-o", tmp_path / "p", "--time-limit", seconds)
    assert (outcome.code, outcome.out) == (2, "")
    assert "time" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_without_o_the_plan_goes_to_plans(
    gigaplan: Command, solved: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del solved
    monkeypatch.chdir(tmp_path)
    outcome = gigaplan("run", "tiny")
    assert outcome.out.splitlines()[-1] == os.path.join("plans", "tiny", "report.html")  # noqa: PTH118 - as printed
    assert load_plan(tmp_path / "plans" / "tiny").scenario.name == "tiny"


def test_a_plan_that_is_there_is_replaced_only_by_force(
    gigaplan: Command, solved: Plan, tmp_path: Path
) -> None:
    folder = tmp_path / "p"
    assert gigaplan("run", "tiny", "-o", folder, "--no-report").code == 0
    before = (folder / "manifest.json").read_bytes()
    outcome = gigaplan("run", "tiny", "-o", folder)
    assert outcome.code == 2
    assert "There is a plan already. Replace it with --force" in outcome.err
    assert "load" not in outcome.err.split()
    assert (folder / "manifest.json").read_bytes() == before
    assert gigaplan("run", "tiny", "-o", folder, "--force").code == 0
    assert (folder / "report.html").is_file()
    assert same_plan(replace(load_plan(folder), manifest=solved.manifest), solved)
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_a_plan_that_fails_its_check_is_not_written(
    gigaplan: Command, plan_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = load_plan(plan_folder)
    costs = plan.table("costs").assign(discounted_usd2025_m=lambda t: t.discounted_usd2025_m * 1.1)
    wrong = replace(plan, tables={**plan.tables, "costs": costs})
    monkeypatch.setattr("gigaplan.workflow.run", lambda *_, **__: wrong)
    outcome = gigaplan("run", "tiny", "-o", tmp_path / "p")
    assert outcome.code == 1
    assert "The plan does not pass its own checks; nothing was written." in outcome.err
    assert "M$" in outcome.err
    assert outcome.out == ""
    assert list(tmp_path.iterdir()) == []


# -------------------------------------------------------------------------- disks that refuse


def refuse(step: str, number: int) -> Callable[[pytest.MonkeyPatch], None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return lambda monkeypatch: monkeypatch.setattr(Path, step, fail)


def full_when_the_report_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("gigaplan.report.write_report", fail)


REFUSALS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "full at the tables": (refuse("write_bytes", errno.ENOSPC), "The disk is full."),
    "full at the report": (full_when_the_report_is_written, "The disk is full."),
    "read-only": (refuse("mkdir", errno.EROFS), "The disk is read-only."),
    "not allowed": (refuse("mkdir", errno.EACCES), "Writing there is not allowed."),
    "not allowed, seen before": (
        lambda monkeypatch: monkeypatch.setattr(os, "access", lambda *_: False),
        "Nothing can be written in",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_disk_that_refuses_is_told_and_nothing_is_left(
    name: str, gigaplan: Command, solved: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del solved
    refusal, words = REFUSALS[name]
    with monkeypatch.context() as broken:
        refusal(broken)
        outcome = gigaplan("run", "tiny", "-o", tmp_path / "new" / "p")
    assert outcome.code == 2
    assert words in outcome.err
    assert str(tmp_path / "new" / "p") in outcome.err
    assert outcome.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("file", "It is a file, not a folder."),
        ("file/p", "is a file, not a folder."),
        (".", "it is no plan (it holds file)"),
    ],
)
def test_a_place_that_is_taken_is_refused_before_the_solve(
    place: str, words: str, gigaplan: Command, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    outcome = gigaplan("run", "tiny", "-o", tmp_path / place, "--force")
    assert outcome.code == 2
    assert words in outcome.err
    assert "Choose another folder with -o." in outcome.err
    assert "solve" not in outcome.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


# ------------------------------------------------------------------- infeasible, solver limit


def scenario_file(folder: Path, **changes: object) -> Path:
    """Write the smallest scenario with changes at dotted paths."""
    from gigaplan.inputs.scenario.load import shipped_text

    content = yaml.safe_load(shipped_text("tiny"))
    for path, value in changes.items():
        *parents, last = path.split("__")
        at = content
        for parent in parents:
            at = at.setdefault(parent, {})
        at[last] = value
    file = folder / "asked.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return file


def test_an_infeasible_scenario_exits_with_3_and_names_the_limits(
    gigaplan: Command, tmp_path: Path
) -> None:
    file = scenario_file(tmp_path, compute__target={"unit": "it_gw", "by_year": {2028: 900}})
    outcome = gigaplan("run", file, "-o", tmp_path / "p")
    assert outcome.code == 3
    assert "error: " in outcome.err
    assert len(outcome.err.split("error: ")[1].splitlines()) >= 2
    assert outcome.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["asked.yaml"]


def test_a_solver_that_runs_out_of_time_exits_with_4(gigaplan: Command, tmp_path: Path) -> None:
    file = scenario_file(
        tmp_path, time={"representative_days": 20, "hours_per_block": 2}, solver__method="simplex"
    )
    outcome = gigaplan("run", file, "-o", tmp_path / "p", "--time-limit", "0.01")
    assert outcome.code == 4
    assert "Time limit reached" in outcome.err
    assert "solver.time_limit_s" in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["asked.yaml"]


# ------------------------------------------------------------------------------------- verify


def test_verify_passes_a_plan_and_lists_its_checks(gigaplan: Command, plan_folder: Path) -> None:
    outcome = gigaplan("verify", plan_folder)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert len(lines) > 20
    assert all(line.startswith("ok   ") for line in lines)
    assert outcome.err == f"{len(lines)} checks passed\n"
    assert gigaplan("verify", plan_folder, "--quiet") == Outcome(0, "", "")
    content = json.loads(gigaplan("verify", plan_folder, "--json").out)
    assert content["ok"] is True
    assert len(content["checks"]) == len(lines)


def test_verify_of_a_tampered_plan_exits_with_1_and_names_the_row(
    gigaplan: Command, plan_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "tampered"
    shutil.copytree(plan_folder, folder)
    file = folder / "tables" / "load.parquet"
    table = read_parquet(file)
    row = table["campus_facility_mw"].idxmax()
    table.loc[row, "campus_facility_mw"] += 100.0
    write_table(table, file)
    place = f"zone {table.loc[row, 'zone']}, year {table.loc[row, 'year']}"
    outcome = gigaplan("verify", folder)
    assert outcome.code == 1
    assert "FAIL" in outcome.out
    assert f"error: The plan in {folder} does not pass its checks." in outcome.err
    assert place in outcome.err
    content = json.loads(gigaplan("verify", folder, "--json").out)
    assert content["ok"] is False
    quiet = gigaplan("verify", folder, "--quiet")
    assert (quiet.code, quiet.out) == (1, "")
    assert place in quiet.err
