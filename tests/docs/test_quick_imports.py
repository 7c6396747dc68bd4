"""Help appears at once: nothing heavy is imported before a command needs it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

HEAVY = {"highspy", "linopy", "numpy", "pandas", "polars", "scipy", "tsam", "xarray"}

HELP = "import sys; from gigaplan.cli import main; sys.argv = ['gigaplan', *{arguments!r}]; main()"


def _imported(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    names = re.findall(r"^import time:[^|]+\|[^|]+\|\s+([\w.]+)", done.stderr, re.MULTILINE)
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["data", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    imported = _imported(HELP.format(arguments=arguments))
    assert "gigaplan" in imported
    assert imported & HEAVY == set()


def test_the_package_imports_nothing_heavy() -> None:
    assert _imported("import gigaplan") & HEAVY == set()


def test_the_check_sees_heavy_imports() -> None:
    assert "pandas" in _imported("import pandas")
