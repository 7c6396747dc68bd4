"""Pages of states from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.command import Command

ALL = ["KS.html", "OK.html", "TX.html", "index.html"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_one_page_for_each_state_and_a_list(
    gigaplan: Command, plan_folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "new" / "pages"
    outcome = gigaplan("report", plan_folder, "--format", "community", "-o", target)
    assert (outcome.code, outcome.out, outcome.err) == (0, f"{target}\n", "")
    assert names(target) == ALL
    again = gigaplan("report", plan_folder, "--format", "community", "-o", target)
    assert again.code == 0
    assert names(target) == ALL


def test_only_states_that_are_named(gigaplan: Command, plan_folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "pages"
    chosen = ("--zone", "TX", "--zone", "KS")
    outcome = gigaplan("report", plan_folder, "--format", "community", *chosen, "-o", target)
    assert outcome.code == 0
    assert names(target) == ["KS.html", "TX.html", "index.html"]


def test_without_a_folder_they_lie_in_the_plan_which_can_still_be_replaced(
    gigaplan: Command, plan_folder: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan"
    shutil.copytree(plan_folder, plan)
    assert gigaplan("report", plan, "--format", "community").out == f"{plan / 'community'}\n"
    assert names(plan / "community") == ALL
    assert gigaplan("run", "tiny", "-o", plan, "--force", "--quiet").code == 0
    assert not (plan / "community").exists()


def test_a_state_without_a_page_is_named_with_those_that_have_one(
    gigaplan: Command, plan_folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "pages"
    outcome = gigaplan(
        "report", plan_folder, "--format", "community", "--zone", "OHIO", "-o", target
    )
    assert outcome.code == 2
    assert outcome.out == ""
    assert "--zone OHIO: There is no zone 'OHIO' in the plan." in outcome.err
    assert "These states have a page: KS, OK, TX." in outcome.err
    assert not target.exists()


def test_zones_belong_to_pages_of_states(
    gigaplan: Command, plan_folder: Path, tmp_path: Path
) -> None:
    outcome = gigaplan("report", plan_folder, "--zone", "TX", "-o", tmp_path / "x.html")
    assert outcome.code == 2
    assert "--zone is for --format community." in outcome.err
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_left_alone(
    gigaplan: Command, plan_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    target = tmp_path / "file"
    outcome = gigaplan("report", plan_folder, "--format", "community", "-o", target)
    assert outcome.code == 2
    assert "cannot be written; nothing was left there" in outcome.err
    assert target.read_text(encoding="utf-8") == "kept"
