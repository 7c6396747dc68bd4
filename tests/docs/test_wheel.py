"""What is shipped: everything the package reads at run time, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, built from the checkout without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=repository,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_holds_every_file_of_the_package(names: set[str], repository: Path) -> None:
    source = repository / "src"
    expected = {
        path.relative_to(source).as_posix()
        for path in (source / "gigaplan").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if name.startswith("gigaplan/")} == expected


def test_holds_nothing_beside_the_package(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top.split("-")[0] for top in tops} == {"gigaplan"}
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)


@pytest.mark.parametrize(
    "name",
    [
        "gigaplan/py.typed",
        "gigaplan/terms/symbols.csv",
        "gigaplan/inputs/tables/zones.csv",
        "gigaplan/inputs/tables/load_profile.csv",
        "gigaplan/inputs/data/us/zones.csv",
        "gigaplan/inputs/data/us/load_profile.parquet",
        "gigaplan/inputs/scenarios/us-2035.yaml",
        "gigaplan/inputs/scenarios/first-states.yaml",
        "gigaplan/inputs/scenarios/tiny.yaml",
    ],
)
def test_holds(name: str, names: set[str]) -> None:
    assert name in names


def test_holds_a_schema_for_every_table_of_data(names: set[str]) -> None:
    def stems(folder: str) -> set[str]:
        return {Path(name).stem for name in names if name.startswith(f"gigaplan/inputs/{folder}/")}

    assert stems("data/us")
    assert stems("data/us") == stems("tables")


def test_holds_the_parts_of_the_report(names: set[str]) -> None:
    parts = {Path(name).suffix for name in names if name.startswith("gigaplan/report/")}
    assert {".css", ".js", ".json"} <= parts


def test_works_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    program = (
        "import gigaplan, pathlib, sys\n"
        "assert pathlib.Path(gigaplan.__file__).is_relative_to(sys.argv[1]), gigaplan.__file__\n"
        "for name in ('us-2035', 'first-states', 'tiny'):\n"
        "    gigaplan.load_scenario(name)\n"
        "gigaplan.load_dataset('us')\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "installed")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        check=True,
    )
