"""Promises that hold for every text file of the repository."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
LEFT_OUT = {".git", ".venv", "_build", "generated", "plans", "dist", "build", "__pycache__"}
TEXT = {
    ".cff", ".css", ".csv", ".html", ".js", ".json", ".lock", ".lp", ".md", ".py", ".svg", ".toml",
    ".yaml", ".yml", "",
}  # fmt: skip


def _text_files() -> list[Path]:
    files = []
    for top in (ROOT, *(ROOT / name for name in ("src", "docs", "tests", "benchmarks", ".ci"))):
        found = top.rglob("*") if top != ROOT else top.glob("*")
        files += [
            path
            for path in found
            if path.is_file()
            and path.suffix in TEXT
            and not LEFT_OUT & set(path.relative_to(ROOT).parts)
            and path.name not in {".git", "uv.lock", ".coverage"}
        ]
    return sorted(files)


FILES = _text_files()
HERE = Path(__file__).resolve()

# Hosts that prose, code and settings may name. Tables of data cite their sources freely.
HOSTS = {
    "doi.org",
    "json-schema.org",
    "pypsa.org",
    "semver.org",
    "www.apache.org",
    "www.w3.org",
}


def _readable(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_files_were_found() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in FILES}
    assert {"README.md", "Makefile", ".ci/run", "src/gigaplan/terms/symbols.csv"} <= names


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<![\w.])/(work|root|home|Users|tmp)/",
        r"\.\./shared",
        r"\b(TODO|FIXME|XXX|HACK)\b",
    ],
)
def test_nobody_left_a_note_or_a_path_of_their_machine(pattern: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in FILES
        if path != HERE
        for number, line in enumerate(_readable(path).splitlines(), start=1)
        if re.search(pattern, line)
    ]
    assert found == []


def test_links_lead_to_known_hosts() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in FILES
        if path.suffix != ".csv"
        for host in re.findall(r"https?://([\w.-]+)", _readable(path))
        if host not in HOSTS
    ]
    assert found == []


def test_lock_names_no_address() -> None:
    assert "://" not in _readable(ROOT / "requirements.lock")


def test_lock_holds_every_dependency() -> None:
    project = tomllib.loads(_readable(ROOT / "pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[<>=]", item)[0].strip().lower() for item in wanted}
    pins = re.findall(r"^([\w.-]+)==", _readable(ROOT / "requirements.lock"), re.MULTILINE)
    assert names <= {pin.lower() for pin in pins}


def test_version_is_the_same_everywhere() -> None:
    project = tomllib.loads(_readable(ROOT / "pyproject.toml"))["project"]["version"]
    citation = yaml.safe_load(_readable(ROOT / "CITATION.cff"))["version"]
    newest = re.search(r"^## (\S+)", _readable(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert project == citation == newest[1] == version("gigaplan")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_files_named_in_the_readme_exist(name: str) -> None:
    for target in re.findall(r"`((?:src|tests|docs)/[\w./-]+)`", _readable(ROOT / name)):
        if "docs/_build" not in target:
            assert (ROOT / target).exists(), target


def test_files_can_be_read_in_a_sitting() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(_readable(path).splitlines())
        for path in FILES
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] != "tests"
    }
    assert {name: length for name, length in lengths.items() if length > 500} == {}
