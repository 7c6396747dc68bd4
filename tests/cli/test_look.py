"""The commands that look: show, report, compare, data, check, schema, init."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from tests.cli.command import Command, Outcome

from gigaplan.inputs.scenario import load_scenario, shipped_scenarios
from gigaplan.plan.store import load_plan
from gigaplan.plan.tables import plan_columns, table_names

# --------------------------------------------------------------------------------------- show


def test_show_tells_the_plan_in_words_and_lists_its_tables(
    gigaplan: Command, plan_folder: Path
) -> None:
    outcome = gigaplan("show", plan_folder)
    plan = load_plan(plan_folder)
    lines = outcome.out.splitlines()
    assert outcome.code == 0
    assert lines[0] == plan.manifest.title
    assert sum(line.startswith("- ") for line in lines) >= 5
    listed = {line.split()[0]: line.split()[1] for line in lines if line.startswith("  ")}
    assert listed == {name: f"{len(table):,}" for name, table in plan.tables.items()}
    content = json.loads(gigaplan("show", plan_folder, "--json").out)
    assert content["manifest"]["name"] == "tiny"
    assert content["rows_of_tables"]["why"] == len(plan.tables["why"])


@pytest.mark.parametrize("name", table_names())
def test_every_table_is_shown_in_three_ways(
    name: str, gigaplan: Command, plan_folder: Path
) -> None:
    table = load_plan(plan_folder).tables[name]
    shown = gigaplan("show", plan_folder, name, "--limit", 5)
    assert shown.code == 0
    assert shown.out.startswith(f"tiny: {name}")
    rest = len(table) - 5
    assert shown.err == (
        f"... {rest:,} more rows of {len(table):,}; see --limit, --zone, --year and --csv\n"
        if rest > 0
        else ""
    )
    rows = list(csv.DictReader(io.StringIO(gigaplan("show", plan_folder, name, "--csv").out)))
    assert len(rows) == len(table)
    if rows:
        assert list(rows[0]) == list(table.columns)
    content = json.loads(gigaplan("show", plan_folder, name, "--json").out)
    assert content["table"] == name
    assert set(content["units"]) == set(table.columns)
    assert len(content["rows"]) == len(table)


def test_a_table_is_printed_with_units_and_numbers_for_people(
    gigaplan: Command, plan_folder: Path
) -> None:
    outcome = gigaplan("show", plan_folder, "projects")
    title, heading, units, *rows = outcome.out.splitlines()
    assert title == "tiny: projects"
    assert heading.split()[:4] == ["project", "asset", "class", "zone"]
    assert "in service year" in heading
    assert units.split() == ["MW", "M$", "of", "2025"]
    projects = load_plan(plan_folder).tables["projects"]
    assert len(rows) == len(projects)
    first = projects.iloc[0]
    assert f" {first.in_service_year} " in rows[0]
    assert f" {first.capex_usd2025_m:,.0f} " in rows[0]


def test_rows_of_a_zone_and_a_year(gigaplan: Command, plan_folder: Path) -> None:
    shown = gigaplan("show", plan_folder, "load", "--csv", "--zone", "TX", "--year", 2030)
    rows = list(csv.DictReader(io.StringIO(shown.out)))
    assert {(row["zone"], row["year"]) for row in rows} == {("TX", "2030")}
    flows = gigaplan("show", plan_folder, "corridor_capacity", "--csv", "--zone", "KS").out
    assert all("KS" in line for line in flows.splitlines()[1:])
    none = gigaplan("show", plan_folder, "load", "--zone", "TX", "--year", 1900)
    assert none.out == "tiny: load: no rows\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("load", "--zone", "tx"), "There is no zone 'tx'. Did you mean 'TX'?"),
        (("load", "--zone", "Q1"), "There is no zone 'Q1'. Choose one of"),
        (("assets", "--zone", "TX"), "This table has no zones; leave out --zone."),
        (("zones", "--year", "2030"), "This table has no years; leave out --year."),
        (("--zone", "TX"), "--zone and --year need the name of a table."),
    ],
)
def test_what_cannot_be_chosen(
    arguments: tuple[str, ...], words: str, gigaplan: Command, plan_folder: Path
) -> None:
    """A choice that cannot hold is refused: no rows would read as nothing there."""
    outcome = gigaplan("show", plan_folder, *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in " ".join(outcome.err.split())


def test_data_of_a_zone(gigaplan: Command) -> None:
    labour = gigaplan("data", "show", "supply", "--zone", "TX", "--year", 2030, "--csv").out
    rows = list(csv.DictReader(io.StringIO(labour)))
    assert {(row["market"], row["year"]) for row in rows} == {("TX", "2030")}
    hours = gigaplan("data", "show", "load_profile", "--zone", "TX", "--csv").out
    assert hours.splitlines()[0] == "hour_utc,TX"


def test_numbers_without_a_limit_are_null_in_json(gigaplan: Command, plan_folder: Path) -> None:
    rows = json.loads(gigaplan("show", plan_folder, "supply_use", "--json").out)["rows"]
    assert rows
    assert all(row["supply"] is None or row["supply"] >= 0 for row in rows)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("projcts",), "Did you mean 'projects'?"),
        (("qqq",), "Choose one of projects, capacity, "),
        (("load", "--csv", "--json"), "Choose one of --json and --csv."),
        (("--csv",), "--csv needs the name of a table."),
        (("load", "--limit", "0"), "--limit"),
        (("load", "--year", "soon"), "--year"),
    ],
)
def test_what_cannot_be_shown(
    arguments: tuple[str, ...], words: str, gigaplan: Command, plan_folder: Path
) -> None:
    outcome = gigaplan("show", plan_folder, *arguments)
    assert outcome.code == 2
    assert words in outcome.err
    assert outcome.out == ""


@pytest.mark.parametrize("command", ["show", "verify", "report"])
def test_a_plan_that_is_not_there_or_broken(
    command: str, gigaplan: Command, plan_folder: Path, tmp_path: Path
) -> None:
    outcome = gigaplan(command, tmp_path / "nowhere")
    assert (outcome.code, outcome.out) == (2, "")
    assert "The folder does not exist." in outcome.err
    shutil.copytree(plan_folder, tmp_path / "broken")
    (tmp_path / "broken" / "tables" / "load.parquet").write_bytes(b"PAR1 no PAR1")
    outcome = gigaplan(command, tmp_path / "broken")
    assert (outcome.code, outcome.out) == (2, "")
    assert "load.parquet" in outcome.err


# ----------------------------------------------------------------------------- report, compare


def test_report_writes_the_page_again_and_every_table(
    gigaplan: Command, plan_folder: Path, tmp_path: Path
) -> None:
    page = tmp_path / "deep" / "page.html"
    assert gigaplan("report", plan_folder, "-o", page) == Outcome(0, f"{page}\n", "")
    assert page.read_text(encoding="utf-8").startswith("<!")


@pytest.mark.parametrize(("format_", "read"), [("csv", pl.read_csv), ("parquet", pl.read_parquet)])
def test_every_table_is_written_with_what_its_columns_mean(
    format_: str,
    read: Callable[[Path], pl.DataFrame],
    gigaplan: Command,
    plan_folder: Path,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "tables"
    outcome = gigaplan("report", plan_folder, "--format", format_, "-o", folder)
    assert outcome == Outcome(0, f"{folder}\n", "")
    names = {path.name for path in folder.iterdir()}
    assert names == {"README.md", *(f"{name}.{format_}" for name in table_names())}
    own = load_plan(plan_folder).table("projects")
    written = read(folder / f"projects.{format_}")
    assert written.columns == own.columns.tolist()
    assert written["capex_usd2025_m"].to_list() == own["capex_usd2025_m"].tolist()
    told = (folder / "README.md").read_text(encoding="utf-8")
    for column in plan_columns():
        row = f"| `{column.column}` | {column.type} | {column.unit} | "
        section = told.split(f"\n## {column.table}\n")[1].split("\n## ")[0]
        assert row in section


def test_report_goes_into_the_plan_by_itself(
    gigaplan: Command, plan_folder: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan"
    shutil.copytree(plan_folder, plan)
    (plan / "report.html").unlink()
    assert gigaplan("report", plan).out == f"{plan / 'report.html'}\n"
    assert (plan / "report.html").is_file()
    for format_ in ("csv", "parquet"):
        assert gigaplan("report", plan, "--format", format_).out == f"{plan / format_}\n"
    load_plan(plan)


@pytest.mark.parametrize("format_", ["html", "csv", "parquet"])
def test_a_report_that_cannot_be_written(
    format_: str, gigaplan: Command, plan_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    outcome = gigaplan("report", plan_folder, "--format", format_, "-o", tmp_path / "file" / "x")
    assert (outcome.code, outcome.out) == (2, "")
    assert str(tmp_path / "file") in outcome.err
    (tmp_path / "folder.html").mkdir()
    outcome = gigaplan("report", plan_folder, "-o", tmp_path / "folder.html")
    assert outcome.code == 2
    assert "It is a folder, not a file." in outcome.err


def test_compare_shows_where_plans_differ(
    gigaplan: Command,
    plan_folder: Path,
    tmp_path: Path,
    other_plan: Path,
) -> None:
    page = tmp_path / "compare.html"
    outcome = gigaplan("compare", plan_folder, other_plan, "-o", page)
    assert outcome.code == 0
    assert outcome.out.splitlines()[-1] == str(page)
    assert page.is_file()
    for words in ("- Against ", "New campus IT", "costs [billion USD of 2025, discounted]"):
        assert words in outcome.out
    content = json.loads(gigaplan("compare", plan_folder, other_plan, "--json").out)
    cost = next(
        row for row in content["figures"] if row["figure"] == "Discounted cost of everything"
    )
    one, two = (load_plan(folder).manifest for folder in (plan_folder, other_plan))
    expected = (two.objective.value_usd2025_m - one.objective.value_usd2025_m) / 1e3
    assert cost["change"] == pytest.approx(expected, rel=1e-3)
    assert content["settings"]
    assert content["campuses"]


def test_compare_of_a_plan_with_itself_finds_nothing(gigaplan: Command, plan_folder: Path) -> None:
    outcome = gigaplan("compare", plan_folder, plan_folder)
    assert outcome.code == 0
    for name in ("campuses", "capacity", "generation", "costs", "settings"):
        assert f"{name}: the same" in outcome.out
    lonely = gigaplan("compare", plan_folder)
    assert lonely.code == 2
    assert "Name two or more." in lonely.err


# ---------------------------------------------------------------------------------------- data


def test_data_list_names_every_table_with_its_source(gigaplan: Command) -> None:
    content = json.loads(gigaplan("data", "list", "--json").out)
    assert content["package"] == "us"
    assert len(content["tables"]) >= 25
    assert all(row["source"] and row["rows"] >= 0 for row in content["tables"])
    shown = gigaplan("data", "list")
    assert shown.code == 0
    assert all(row["table"] in shown.out for row in content["tables"])


def test_data_show_prints_a_table_and_where_it_comes_from(gigaplan: Command) -> None:
    outcome = gigaplan("data", "show", "zones", "--zone", "TX")
    assert outcome.code == 0
    assert "Texas" in outcome.out
    assert "\nSource: " in outcome.out
    rows = list(csv.DictReader(io.StringIO(gigaplan("data", "show", "zones", "--csv").out)))
    assert len(rows) == 48
    content = json.loads(gigaplan("data", "show", "zones", "--json").out)
    assert content["units"]["latitude_deg"] == "deg"
    wrong = gigaplan("data", "show", "zoness")
    assert wrong.code == 2
    assert "Did you mean 'zones'?" in wrong.err


def test_data_audit_passes_what_is_shipped(gigaplan: Command) -> None:
    outcome = gigaplan("data", "audit")
    assert outcome.code == 0, outcome.err
    assert outcome.err.endswith(" checks passed\n")
    content = json.loads(gigaplan("data", "audit", "us", "--json").out)
    assert content["ok"] is True
    assert len(content["checks"]) == len(outcome.out.splitlines())
    assert gigaplan("data", "audit", "--quiet") == Outcome(0, "", "")


def test_data_audit_fails_a_planted_fault(gigaplan: Command, own_package: Path) -> None:
    file = own_package / "existing_capacity.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    outcome = gigaplan("data", "audit", own_package)
    assert outcome.code == 1
    assert "FAIL" in outcome.out
    assert "error: The data package" in outcome.err
    assert json.loads(gigaplan("data", "audit", own_package, "--json").out)["ok"] is False


def test_a_package_that_is_not_there(gigaplan: Command, tmp_path: Path) -> None:
    for arguments in (("list", "--data"), ("show", "zones", "--data"), ("audit",)):
        outcome = gigaplan("data", *arguments, tmp_path / "nowhere")
        assert (outcome.code, outcome.out) == (2, "")
        assert "nowhere" in outcome.err


# -------------------------------------------------------------------------- init, check, schema


@pytest.mark.parametrize("template", shipped_scenarios())
def test_init_writes_a_scenario_that_check_accepts(
    template: str, gigaplan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = gigaplan("init", "my-own.yaml", "--template", template)
    assert (outcome.code, outcome.out) == (0, "my-own.yaml\n")
    assert outcome.err.startswith("Next: gigaplan check my-own.yaml")
    assert load_scenario(tmp_path / "my-own.yaml").name == "my-own"
    assert "#" in (tmp_path / "my-own.yaml").read_text(encoding="utf-8")
    assert gigaplan("check", "my-own.yaml").code == 0


def test_init_overwrites_nothing_and_takes_no_bad_name(
    gigaplan: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert gigaplan("init").out == "my-plan.yaml\n"
    (tmp_path / "my-plan.yaml").write_text("mine", encoding="utf-8")
    outcome = gigaplan("init", "my-plan")
    assert outcome.code == 2
    assert "There is such a file already." in outcome.err
    assert (tmp_path / "my-plan.yaml").read_text(encoding="utf-8") == "mine"
    for name, words in (
        ("bad name!", "A scenario cannot have this name."),
        ("bad name!", "Use letters"),
        ("nowhere/x", "A folder of the path does not exist."),
    ):
        outcome = gigaplan("init", name)
        assert outcome.code == 2
        assert words in outcome.err
    assert "Did you mean 'tiny'?" in gigaplan("init", "x", "--template", "tinny").err
    assert [path.name for path in tmp_path.iterdir()] == ["my-plan.yaml"]


def test_check_says_what_is_asked(gigaplan: Command) -> None:
    outcome = gigaplan("check", "tiny")
    assert outcome.code == 0
    assert outcome.err == "The scenario is valid.\n"
    assert "GW of IT: 1 by 2028, 3 by 2030 (on top of them)" in outcome.out
    content = json.loads(gigaplan("check", "tiny", "--json").out)
    assert content["ok"] is True
    assert [row["year"] for row in content["years"]] == [2028, 2030]
    assert [row["programme_need_it_gw"] for row in content["years"]] == [1.0, 3.0]


def test_check_says_who_pays(gigaplan: Command) -> None:
    content = json.loads(gigaplan("check", "coalition", "--json").out)
    committed = {
        one.name: min(sum(one.commitment_usd_b.values()), one.max_ticket_usd_b or float("inf"))
        for one in load_scenario("coalition").capital.investors
    }
    whole = f"{len(committed)} commit {sum(committed.values()):,g} billion USD of 2025 ("
    assert content["investors"].startswith(whole)
    first = max(committed, key=lambda name: committed[name])
    assert f"({first} {committed[first]:g}, " in content["investors"]
    assert content["investors"].endswith(f", and {len(committed) - 3} more)")
    assert content["budget"] == "none beside what investors commit"
    assert content["objective"] == "most compute for the money of investors"
    tiny = json.loads(gigaplan("check", "tiny", "--json").out)
    assert (tiny["investors"], tiny["budget"]) == ("none", "none")


def test_schema_is_json_schema(gigaplan: Command) -> None:
    content = json.loads(gigaplan("schema").out)
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "horizon" in content["properties"]
    assert content["additionalProperties"] is False


HELP: dict[tuple[str, ...], tuple[str, ...]] = {
    (): ("init", "check", "run", "verify", "show", "report", "compare", "data", "schema"),
    ("run",): ("-o", "--quiet", "--relaxed", "--solver", "--time-limit", "--json", "--force"),
    ("show",): ("--zone", "--year", "--limit", "--json", "--csv"),
    ("report",): ("--format", "-o"),
    ("compare",): ("-o", "--json"),
    ("verify",): ("--json", "--quiet"),
    ("jobs",): ("--multipliers", "--by", "--json"),
    ("check",): ("--json",),
    ("init",): ("--template",),
    ("data",): ("list", "show", "audit"),
    ("data", "audit"): ("--json", "--data"),
    ("schema",): ("JSON Schema",),
}


@pytest.mark.parametrize("command", HELP, ids=" ".join)
def test_help_names_every_option(command: tuple[str, ...], gigaplan: Command) -> None:
    outcome = gigaplan(*command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    for word in HELP[command]:
        assert word in outcome.out
    assert "..." not in outcome.out.partition("Commands:")[2]
    assert all(len(line) <= 80 for line in outcome.out.splitlines())
