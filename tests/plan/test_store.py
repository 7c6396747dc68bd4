"""A plan is saved whole and loads back equal; what is broken is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gigaplan import load_plan, load_scenario, run, save_plan
from gigaplan.plan.parquet import write_table
from gigaplan.plan.system_store import load_system, save_system
from gigaplan.plan.tables import Plan, check_tables, same_plan
from gigaplan.system.types import Options
from gigaplan.terms.errors import InputError


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan of the smallest scenario."""
    return run(load_scenario("tiny"))


@pytest.fixture
def folder(plan: Plan, tmp_path: Path) -> Path:
    """A folder with the plan in it."""
    save_plan(plan, tmp_path / "plan")
    return tmp_path / "plan"


def test_a_plan_of_a_run_keeps_the_schema(plan: Plan) -> None:
    assert check_tables(plan.tables) == []


def test_a_saved_plan_loads_back_equal(plan: Plan, folder: Path) -> None:
    loaded = load_plan(folder)
    assert same_plan(plan, loaded)
    assert loaded.scenario.canonical_json() == plan.scenario.canonical_json()
    for name, table in plan.tables.items():
        pd.testing.assert_frame_equal(table, loaded.tables[name], check_dtype=False)


def test_saving_again_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    save_plan(load_plan(folder), tmp_path / "again")
    first, second = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (folder, tmp_path / "again")
    )
    assert first == second


def test_odd_cells_survive(plan: Plan, tmp_path: Path) -> None:
    table = plan.tables["projects"].copy()
    table.loc[0, "capex_usd2025_m"] = np.inf
    table.loc[1, "capex_usd2025_m"] = -0.0
    table.loc[2, "capex_usd2025_m"] = 5e-324
    table["to_zone"] = pd.Series(['caf\u00e9, "q"\n', "", None] + ["x"] * (len(table) - 3))
    odd = replace(plan, tables={**plan.tables, "projects": table})
    save_plan(odd, tmp_path / "odd")
    loaded = load_plan(tmp_path / "odd")
    assert same_plan(odd, loaded)
    assert np.signbit(loaded.tables["projects"].loc[1, "capex_usd2025_m"])
    assert not same_plan(plan, loaded)


def test_tables_of_later_rooms_are_kept(plan: Plan, tmp_path: Path) -> None:
    jobs = pd.DataFrame({"zone": ["TX", "OK"], "birds": [10.0, 20.0]})
    more = replace(plan, tables={**plan.tables, "wildlife": jobs})
    save_plan(more, tmp_path / "more")
    assert same_plan(more, load_plan(tmp_path / "more"))


def test_a_system_without_corridors_and_with_infinite_limits_survives(
    plan: Plan, tmp_path: Path
) -> None:
    assert bool(np.isinf(plan.system["potential_generator"]).any())
    assert plan.system["onsite_generator"].dtype == bool
    data = plan.system.data.isel(accelerator=slice(0, 1), storage=slice(0, 1))
    options = Options(objective="most_compute", phase_gw=0.1 + 0.2, max_states=3)
    system = replace(plan.system, data=data, options=options)
    save_system(system, tmp_path)
    loaded = load_system(tmp_path)
    assert loaded.data.identical(system.data)
    assert loaded.options == options


# ------------------------------------------------------------------------------- broken plans


def without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def text(name: str, content: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).write_text(content, encoding="utf-8")

    return change


def manifest(**changes: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "manifest.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**content, **changes}), encoding="utf-8")

    return change


def table(name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        from gigaplan.inputs.frames import read_parquet

        path = folder / name
        write_table(change(read_parquet(path)), path)

    return apply


def half(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) // 2])

    return change


BROKEN: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "no manifest": (without("manifest.json"), "plan", "holds no manifest.json"),
    "manifest of something else": (
        text("manifest.json", '{"name": "app"}'),
        "manifest.json",
        "not the manifest of a plan",
    ),
    "manifest cut off": (half("manifest.json"), "manifest.json", "not JSON"),
    "manifest of a later version": (
        manifest(format_version=99, jobs="new"),
        "manifest.json",
        "has format 99, but this gigaplan reads format 1",
    ),
    "manifest with a wrong type": (
        manifest(peak_memory_mb="much"),
        "manifest.json: peak_memory_mb",
        "valid number",
    ),
    "manifest with an unknown field": (manifest(mood="good"), "manifest.json: mood", "Extra"),
    "manifest not UTF-8": (
        lambda folder: (folder / "manifest.json").write_bytes(b'{"name": "\xff"}'),
        "manifest.json",
        "not JSON",
    ),
    "no scenario": (without("scenario.yaml"), "scenario.yaml", "missing"),
    "scenario broken": (text("scenario.yaml", "name: [x\n"), "scenario.yaml", ""),
    "scenario of another format": (text("scenario.yaml", "nmae: x\n"), "scenario.yaml", "nmae"),
    "no table": (without("tables/why.parquet"), "tables/why.parquet", "missing"),
    "table cut off": (half("tables/load.parquet"), "load.parquet", "damaged"),
    "table is text": (text("tables/load.parquet", "a,b\n"), "load.parquet", "damaged"),
    "table without a column": (
        table("tables/load.parquet", lambda t: t.drop(columns="base_mw")),
        "tables/load",
        "'base_mw' is missing",
    ),
    "table with text for numbers": (
        table("tables/load.parquet", lambda t: t.assign(base_mw="much")),
        "tables/load",
        "'base_mw' does not hold numbers",
    ),
    "no part of the system": (without("system/zone-year.parquet"), "zone-year.parquet", ""),
    "part of the system cut off": (half("system/zone-year.parquet"), "zone-year.parquet", ""),
    "system with a row too few": (
        table("system/zone-year.parquet", lambda t: t.iloc[1:]),
        "zone-year.parquet",
        "not one for each label",
    ),
    "system in another order": (
        table("system/zone-year.parquet", lambda t: t.iloc[::-1]),
        "zone-year.parquet",
        "labels of 'zone'",
    ),
    "system without a parameter": (
        table("system/zone-year.parquet", lambda t: t.drop(columns="given_campus")),
        "zone-year.parquet",
        "'given_campus' is missing",
    ),
    "labels broken": (text("system/labels.json", "{}"), "labels.json", "damaged"),
    "label of no kind": (
        lambda folder: text(
            "system/labels.json",
            (folder / "system/labels.json").read_text("utf-8").replace('"KS"', "null"),
        )(folder),
        "labels.json",
        "is not usable",
    ),
    "options unknown": (
        lambda folder: text(
            "system/labels.json",
            (folder / "system/labels.json").read_text("utf-8").replace("least_cost", "fun"),
        )(folder),
        "labels.json",
        "'objective'",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plan_is_refused_by_naming_the_file(name: str, folder: Path) -> None:
    change, file, words = BROKEN[name]
    change(folder)
    with pytest.raises(InputError) as caught:
        load_plan(folder)
    said = str(caught.value)
    assert file in said
    assert words in said
    assert len(said.splitlines()) <= 12


def test_a_folder_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("x", encoding="utf-8")
    for place, words in (
        (tmp_path / "nowhere", "does not exist"),
        (tmp_path / "notes", "It is a file, not a folder"),
        (tmp_path, "holds no manifest.json"),
    ):
        with pytest.raises(InputError, match=words):
            load_plan(place)


@pytest.mark.parametrize(
    "broken", ["scenario.yaml", "tables/stages.parquet", "system/year.parquet"]
)
def test_a_file_that_is_broken_says_which_plan_it_is_of(tmp_path: Path, broken: str) -> None:
    folder = tmp_path / "mine"
    save_plan(run(load_scenario("tiny"), relaxed=True), folder)
    (folder / broken).write_bytes(b"name: [")
    with pytest.raises(InputError, match="no usable plan in .*mine") as caught:
        load_plan(folder)
    assert all("Run the scenario again" in fault.mend for fault in caught.value.faults)
