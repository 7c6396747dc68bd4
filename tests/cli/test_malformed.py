"""Bad input, from the file to the exit code: one screen, exit 2, nothing written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.command import Command, Outcome

LONGEST = 30
"""Lines of a terminal that is not large."""

TINY = """\
name: tiny
title: Three states
data: us
zones: [TX, OK, KS]
horizon:
  milestone_years: [2028, 2030]
compute:
  target: {unit: it_gw, by_year: {2028: 1, 2030: 3}}
  counts_given_campuses: false
  phase_mw: 250
assets:
  exclude: [gas_cc_ccs, battery_8h, corridor]
time: {representative_days: 2, hours_per_block: 6}
"""


def swap(old: str, new: str) -> bytes:
    """Return a small scenario with one text changed."""
    assert TINY.count(old) == 1, old
    return TINY.replace(old, new).encode()


BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}]\n"
    for before, name in zip("abcdefg", "bcdefgh", strict=True)
)

SCENARIOS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "asked.yaml"),
    "a list": (b"- tiny\n", "asked.yaml"),
    "not YAML": (b"name: [x\n", "asked.yaml:"),
    "not UTF-8": (b"name: caf\xe9\n", "asked.yaml"),
    "anchors that explode": (BOMB.encode(), "asked.yaml:1"),
    "a key twice": (swap("data: us\n", "data: us\ndata: us\n"), "data"),
    "too large": (b"name: x\n" + b"# filler\n" * 6_000_000, "asked.yaml"),
    "too deep": (b"name: " + b"[" * 60 + b"]" * 60 + b"\n", "asked.yaml"),
    "unknown key": (swap("phase_mw: 250", "phase_mv: 250"), "Did you mean 'phase_mw'?"),
    "wrong type": (swap("phase_mw: 250", "phase_mw: large"), "phase_mw is 'large'"),
    "percent": (swap("phase_mw: 250", "utilisation: 80%"), "utilisation is '80%'"),
    "not a number": (swap("phase_mw: 250", "phase_mw: .nan"), "phase_mw"),
    "negative target": (swap("2030: 3}", "2030: -3}"), "-3"),
    "year out of range": (swap("[2028, 2030]", "[2028, 3030]"), "3030"),
    "years that go back": (swap("[2028, 2030]", "[2030, 2028]"), "do not increase"),
    "no horizon": (swap("  milestone_years: [2028, 2030]\n", ""), "milestone_years"),
    "zone with a typo": (swap("[TX, OK, KS]", "[TX, OK, KZ]"), "KZ"),
    "zone twice": (swap("[TX, OK, KS]", "[TX, OK, TX]"), "TX twice"),
    "asset with a typo": (swap("battery_8h,", "battery_8hh,"), "Did you mean 'battery_8h'?"),
    "package that is not there": (swap("data: us\n", "data: nowhere\n"), "nowhere"),
    "bad name": (swap("name: tiny", "name: ../tiny"), "../tiny"),
    "override of no table": (
        swap(
            "data: us\n", "data: us\noverrides: [{table: x, where: {a: b}, column: y, value: 1}]\n"
        ),
        "overrides",
    ),
    "override with a negative cost": (
        swap(
            "data: us\n",
            "data: us\noverrides: [{table: asset_costs, where: {asset: gas_cc, year: 2030}, "
            "column: overnight_capex_usd2025_per_kw, value: -1}]\n",
        ),
        "overnight_capex_usd2025_per_kw",
    ),
}


def check_refusal(outcome: Outcome, words: str, folder: Path, before: set[Path]) -> None:
    """Check that a command was refused as every command must be."""
    assert outcome.code == 2, outcome.err
    assert outcome.out == ""
    error = outcome.err.partition("error: ")[2]
    assert words in error
    assert "Traceback" not in outcome.err
    assert len(error.splitlines()) <= LONGEST
    assert len(error) < 4000
    assert set(folder.rglob("*")) == before


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_malformed_scenario_is_refused_on_one_screen(
    name: str, gigaplan: Command, tmp_path: Path
) -> None:
    content, words = SCENARIOS[name]
    file = tmp_path / "asked.yaml"
    file.write_bytes(content)
    before = set(tmp_path.rglob("*"))
    outcome = gigaplan("run", file, "-o", tmp_path / "new" / "plan")
    check_refusal(outcome, words, tmp_path, before)


def test_a_scenario_that_is_not_there(gigaplan: Command, tmp_path: Path) -> None:
    for file in (tmp_path / "nowhere.yaml", tmp_path):
        outcome = gigaplan("run", file, "-o", tmp_path / "plan")
        check_refusal(outcome, str(file), tmp_path, set())


# ------------------------------------------------------------------------------- data packages


def line(table: str, change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    """Return a change of the lines of a CSV file."""

    def apply(package: Path) -> None:
        file = package / f"{table}.csv"
        lines = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")

    return apply


def written(name: str, content: bytes) -> Callable[[Path], None]:
    def apply(package: Path) -> None:
        (package / name).write_bytes(content)

    return apply


PACKAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "table missing": (lambda package: (package / "fuel_prices.csv").unlink(), "fuel_prices"),
    "row twice": (line("zones", lambda rows: [*rows, rows[1]]), "zones.csv"),
    "zone missing": (line("zones", lambda rows: rows[:-1]), "Add it to the table zones"),
    "every zone misspelt": (
        line("existing_capacity", lambda rows: [rows[0], *("X" + row for row in rows[1:])]),
        "existing_capacity.csv",
    ),
    "column misspelt": (
        line("zones", lambda rows: [rows[0].replace("name", "nmae"), *rows[1:]]),
        "Did you mean",
    ),
    "not UTF-8": (written("zones.csv", b"zone,name\nTX,caf\xe9\n"), "zones.csv"),
    "not a table": (written("load_profile.parquet", b"PAR1nonsensePAR1"), "load_profile.parquet"),
    "too large": (written("zones.csv", b"zone,name\n" + b"TX,Texas\n" * 6_000_000), "zones.csv"),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_malformed_package_is_refused_on_one_screen(
    name: str, gigaplan: Command, own_package: Path, tmp_path: Path
) -> None:
    change, words = PACKAGES[name]
    change(own_package)
    file = tmp_path / "asked.yaml"
    file.write_bytes(swap("data: us\n", "data: own\n"))
    before = set(tmp_path.rglob("*"))
    outcome = gigaplan("run", file, "-o", tmp_path / "plan")
    check_refusal(outcome, words, tmp_path, before)


def test_many_faults_end_with_their_count(gigaplan: Command, own_package: Path) -> None:
    files = sorted(own_package.iterdir())[:18]
    for file in files:
        file.write_bytes(b"")
    outcome = gigaplan("data", "list", "--data", own_package)
    assert outcome.code == 2
    lines = outcome.err.splitlines()
    assert len(lines) == 14
    assert lines[0].endswith(f" has {len(files)} faults.")
    assert files[0].name in lines[1]
    assert lines[-1] == f"  ... and {len(files) - 12} more; mend these first."
