"""Every command and every program that the manual shows does what it says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gigaplan.plan.tables import table_names

ROOT = Path(__file__).parent.parent.parent
PAGES = {
    path.name: path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
}


def _blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGES[page], re.MULTILINE | re.DOTALL)


def _commands(page: str) -> list[list[str]]:
    """Return the arguments of every ``gigaplan`` command of a page, in order."""
    lines = [line for block in _blocks(page, "console") for line in block.splitlines()]
    return [
        shlex.split(line, comments=True)[2:] for line in lines if line.startswith("$ gigaplan ")
    ]


def _gigaplan(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    program = "from gigaplan.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("page", [page for page in PAGES if _commands(page)])
def test_commands_exist_with_their_options(page: str, tmp_path: Path) -> None:
    for arguments in _commands(page):
        words = [word for word in arguments if not word.startswith("-")]
        command = words[:2] if words[0] in ("data", "policy") else words[:1]
        shown = _gigaplan([*command, "--help"], tmp_path)
        assert shown.returncode == 0, arguments
        for option in (word for word in arguments if word.startswith("-")):
            assert re.search(rf"(?<!\S){re.escape(option)}\b", shown.stdout), arguments


def test_a_newcomer_gets_through(tmp_path: Path) -> None:
    shown = [*_commands("quick_start.md"), *_commands("README.md")]
    commands = [
        words for i, words in enumerate(shown) if "us-2035" not in words and words not in shown[:i]
    ]
    assert ["run", "my-plan.yaml", "-o", "plans/my-plan"] in commands
    assert _gigaplan(["run", "tiny", "-o", "plans/tiny"], tmp_path).returncode == 0
    for arguments in commands:
        done = _gigaplan(arguments, tmp_path)
        assert done.returncode == 0, f"{arguments}: {done.stderr or done.stdout}"
    assert (tmp_path / "plans" / "my-plan" / "report.html").is_file()
    assert (tmp_path / "plans" / "my-plan" / "manifest.json").is_file()
    for folder in ("tables", "system"):
        assert list((tmp_path / "plans" / "my-plan" / folder).glob("*.parquet"))


@pytest.mark.parametrize("page", ["quick_start.md", "README.md"])
def test_python_examples_run(page: str, tmp_path: Path) -> None:
    programs = _blocks(page, "python")
    assert programs
    for program in programs:
        subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)


def test_every_table_of_a_plan_is_explained() -> None:
    page = PAGES["reading_a_plan.md"]
    assert [name for name in table_names() if f"`{name}`" not in page] == []


def test_overrides_of_the_manual_are_accepted(tmp_path: Path) -> None:
    (override,) = [b for b in _blocks("bring_your_own_data.md", "yaml") if "overrides" in b]
    assert yaml.safe_load(override)["overrides"]
    assert _gigaplan(["init", "own.yaml", "--template", "tiny"], tmp_path).returncode == 0
    path = tmp_path / "own.yaml"
    starter = path.read_text(encoding="utf-8")
    starter = re.sub(r"^overrides:.*(\n[ -].*)*\n?", "", starter, flags=re.MULTILINE)
    path.write_text(f"{starter}\n{override}", encoding="utf-8")
    done = _gigaplan(["check", "own.yaml"], tmp_path)
    assert done.returncode == 0, done.stderr or done.stdout
