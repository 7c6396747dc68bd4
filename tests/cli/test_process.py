"""The command line in a process of its own: start, interruption, pipes, bugs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from tests.cli.command import Command, arguments_of

import gigaplan as package
from gigaplan.inputs.scenario.load import shipped_text

posix = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")

HEAVY = ("pandas", "xarray", "numpy", "linopy", "polars", "highspy", "scipy")


@pytest.mark.parametrize("command", [(), ("run",), ("data", "audit")], ids=" ".join)
def test_help_imports_nothing_heavy(command: tuple[str, ...], process: Command) -> None:
    outcome = process(*command, "--help", PYTHONPROFILEIMPORTTIME="1")
    assert outcome.code == 0
    imported = {row.rpartition("|")[2].strip() for row in outcome.err.splitlines()}
    assert "typer" in imported
    assert not imported & set(HEAVY)


def test_memory_is_left_to_the_end_of_the_process() -> None:
    program = (
        "import atexit, gc, sys\n"
        "from gigaplan.cli import main\n"
        "usual = gc.get_threshold()[0]\n"
        "atexit.register(lambda: print(gc.get_threshold()[0] > usual, gc.get_freeze_count() > 0))\n"
        "sys.argv = ['gigaplan', '--version']\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [package.__version__, "True True"]


def test_version_is_that_of_the_package(process: Command) -> None:
    outcome = process("--version")
    assert (outcome.code, outcome.out, outcome.err) == (0, f"{package.__version__}\n", "")


@pytest.mark.parametrize(
    "arguments", [("run",), ("rnu", "tiny"), ("run", "tiny", "--solver", "magic"), ("data", "x")]
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], process: Command) -> None:
    outcome = process(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("Usage: gigaplan ")
    assert "Traceback" not in outcome.err


# ----------------------------------------------------------------------------------- stopping


def long_scenario(folder: Path) -> Path:
    """Write a scenario whose solve takes minutes, and whose data is read in seconds."""
    scenario = yaml.safe_load(shipped_text("tiny"))
    scenario["time"] = {"representative_days": 120, "hours_per_block": 1}
    scenario["solver"] = {"method": "simplex"}
    (folder / "long.yaml").write_text(yaml.safe_dump(scenario), encoding="utf-8")
    return folder / "long.yaml"


@contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Start a command; whatever the test finds, the process has ended afterwards."""
    command = subprocess.Popen(
        arguments_of(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield command
    finally:
        command.kill()
        command.communicate()


def until_solving(command: subprocess.Popen[str]) -> None:
    """Wait until the solver is at work."""
    assert command.stderr is not None
    for row in command.stderr:
        if "variables" in row:
            time.sleep(1.0)
            return
    pytest.fail("the run ended before its solve")


@posix
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
def test_a_run_that_is_stopped_in_its_solve_leaves_nothing(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    file = long_scenario(tmp_path)
    with running("run", file, "-o", tmp_path / "new" / "plan") as command:
        until_solving(command)
        asked = time.monotonic()
        command.send_signal(number)
        out, err = command.communicate(timeout=30)
        assert time.monotonic() - asked < 10
    assert command.returncode == code
    assert out == ""
    assert err.splitlines()[-1] == "stopped; nothing was written"
    assert "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["long.yaml"]


@posix
def test_a_run_that_is_stopped_keeps_the_plan_that_it_would_have_replaced(
    plan_folder: Path, tmp_path: Path
) -> None:
    before = {path: path.stat().st_mtime_ns for path in plan_folder.rglob("*")}
    with running("run", long_scenario(tmp_path), "-o", plan_folder, "--force") as command:
        until_solving(command)
        command.send_signal(signal.SIGINT)
        command.communicate(timeout=30)
    assert command.returncode == 130
    assert {path: path.stat().st_mtime_ns for path in plan_folder.rglob("*")} == before
    assert [path.name for path in plan_folder.parent.iterdir()] == [plan_folder.name]


# -------------------------------------------------------------------------------------- pipes


@posix
def test_a_reader_who_goes_away_is_no_error(plan_folder: Path) -> None:
    with running("show", plan_folder, "dispatch", "--csv") as command:
        assert command.stdout is not None
        command.stdout.close()
        assert command.stderr is not None
        err = command.stderr.read()
        assert (command.wait(timeout=60), err) == (0, "")


# --------------------------------------------------------------------------------------- bugs


def test_a_bug_is_told_as_one(process: Command, tmp_path: Path) -> None:
    sabotage = tmp_path / "sitecustomize.py"
    sabotage.write_text(
        "import gigaplan.inputs.scenario as scenario\n"
        "def load_scenario(name):\n"
        "    raise ZeroDivisionError('made for the test')\n"
        "scenario.load_scenario = load_scenario\n",
        encoding="utf-8",
    )
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    outcome = process("check", "tiny", PYTHONPATH=path)
    assert outcome.code == 70
    assert outcome.err.splitlines() == [
        "error: gigaplan has a bug: ZeroDivisionError: made for the test",
        "  Please report it with the scenario and the command.",
        "  With GIGAPLAN_DEBUG=1 in the environment, it shows where it happened.",
    ]
    shown = process("check", "tiny", PYTHONPATH=path, GIGAPLAN_DEBUG="1")
    assert shown.code == 70
    assert "Traceback (most recent call last)" in shown.err
    assert "in load_scenario" in shown.err


def test_a_known_error_shows_its_place_only_on_request(process: Command) -> None:
    outcome = process("check", "tinny")
    assert outcome.code == 2
    assert "Traceback" not in outcome.err
    assert "Traceback" in process("check", "tinny", GIGAPLAN_DEBUG="1").err


# --------------------------------------------------------------------------------- public API


def test_the_package_offers_what_the_manual_names() -> None:
    for name in package.__all__:
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(package, "nothing")  # noqa: B009 - mypy knows that it is not there


def test_importing_the_package_imports_nothing_heavy() -> None:
    done = subprocess.run(
        [arguments_of()[0], "-c", "import gigaplan, sys; print(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(done.stdout.split()) & set(HEAVY)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [("schema",), ("data", "show", "supply", "--csv")])
def test_an_output_that_cannot_be_written_is_told(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            arguments_of(*arguments), stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert ended.returncode == 2
    assert b"error: What was asked cannot be printed: No space left on device." in ended.stderr
