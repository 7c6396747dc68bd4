"""How tests call the command line, and a plan that it has made."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.command import Command, Outcome, arguments_of
from typer.testing import CliRunner

from gigaplan.cli import app
from gigaplan.inputs.package import package_folder


@pytest.fixture(scope="session")
def gigaplan() -> Command:
    """Run a command in this process."""

    def call(*arguments: object) -> Outcome:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.output
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture(scope="session")
def process() -> Command:
    """Run a command in a process of its own."""

    def call(*arguments: object, **environment: str) -> Outcome:
        done = subprocess.run(
            arguments_of(*arguments),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
            env={**os.environ, **environment},
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture(scope="session")
def made(gigaplan: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """The folder of a plan of the smallest scenario, and what the run said."""
    folder = tmp_path_factory.mktemp("plans") / "tiny"
    outcome = gigaplan("run", "tiny", "-o", folder)
    assert outcome.code == 0, outcome.err
    return folder, outcome


@pytest.fixture(scope="session")
def plan_folder(made: tuple[Path, Outcome]) -> Path:
    """The folder of a plan of the smallest scenario."""
    return made[0]


@pytest.fixture(scope="session")
def other_plan(
    gigaplan: Command, plan_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The plan of the same scenario with twice the target."""
    folder = tmp_path_factory.mktemp("other")
    text = (plan_folder / "scenario.yaml").read_text(encoding="utf-8")
    assert "2030: 3.0" in text
    asked = text.replace("2030: 3.0", "2030: 6.0").replace("name: tiny", "name: twice")
    (folder / "twice.yaml").write_text(asked, encoding="utf-8")
    outcome = gigaplan("run", folder / "twice.yaml", "-o", folder / "twice", "--quiet")
    assert outcome.code == 0, outcome.err
    return folder / "twice"


@pytest.fixture
def own_package(tmp_path: Path) -> Path:
    """A copy of the shipped data package, to change."""
    folder = tmp_path / "own"
    shutil.copytree(package_folder("us"), folder)
    return folder
