"""The file needs nothing else, and names in it cannot become code."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from tests.report.synthetic import HOSTILE, synthetic_plan

from gigaplan.plan import Plan
from gigaplan.report import data, export_csv, words, write_comparison, write_report
from gigaplan.report.chain_words import supply_sentences
from gigaplan.terms.errors import InputError

STATIC = Path(str(files("gigaplan.report") / "static"))
OWN_MODULES = sorted([*STATIC.glob("app/*.js"), *STATIC.glob("charts/*.js")])


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(synthetic_plan(title=HOSTILE, zone_name=HOSTILE), path)
    text = path.read_text(encoding="utf-8")
    assert "<script>window.hacked" not in text
    assert "<b>&" not in text
    assert len(re.findall(r"<script\b", text)) == len(re.findall(r"</script>", text)) == 5
    data = re.search(r'<script type="application/json" id="gp-data">(.*?)</script>', text, re.S)
    assert data is not None
    assert json.loads(data.group(1))["title"] == HOSTILE


@pytest.mark.parametrize("kind", ["report", "comparison"])
def test_file_asks_for_nothing_from_a_network(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "page.html"
    if kind == "report":
        write_report(synthetic_plan(), path)
    else:
        write_comparison([synthetic_plan(), synthetic_plan(name="other", scale=2)], path)
    text = path.read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert policy.group(1).startswith("default-src 'none'; script-src 'unsafe-inline' data:;")
    assert "unsafe-eval" not in policy.group(1)
    assert "http:" not in policy.group(1)
    assert re.findall(r'(?:src|href)="(?!data:)[^#"]*"', text) == []
    assert "@import" not in text
    assert "url(" not in text


def test_modules_are_small_and_take_text_as_text() -> None:
    for module in OWN_MODULES:
        code = module.read_text(encoding="utf-8")
        assert code.count("\n") <= 300, module.name
        for unsafe in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert unsafe not in code, f"{module.name} uses {unsafe}"
        assert "fetch(" not in code


def test_modules_import_by_bare_names_that_exist() -> None:
    for module in OWN_MODULES:
        for name in re.findall(r'from "([^"]+)"', module.read_text(encoding="utf-8")):
            assert name.startswith("gp/"), f"{module.name} imports {name}"
            assert (STATIC / f"{name.removeprefix('gp/')}.js").is_file(), name


def test_every_text_of_the_page_is_in_the_catalogue_and_used() -> None:
    catalogue = json.loads((STATIC / "i18n/en.json").read_text(encoding="utf-8"))
    code = "\n".join(module.read_text(encoding="utf-8") for module in OWN_MODULES)
    plain = set(re.findall(r'\bt\(\s*"([^"]+)"', code))
    assert plain <= set(catalogue)
    built = [re.escape(name) for name in re.findall(r"\bt\(\s*`([^`]+)`", code)]
    patterns = [re.compile(re.sub(r"\\\$\\\{.*?\\\}", ".+", name)) for name in built]
    quoted = set(re.findall(r'"([a-z]+(?:\.[\w-]+)+)"', code)) | plain
    unused = [
        key
        for key in catalogue
        if key not in quoted and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert unused == []


def test_vendored_files_say_version_and_licence() -> None:
    versions = json.loads((STATIC / "vendor/versions.json").read_text(encoding="utf-8"))
    licences = (STATIC / "vendor/LICENSES.txt").read_text(encoding="utf-8")
    for name, version in versions.items():
        assert f"{name} {version} (" in licences


def test_failed_write_leaves_nothing(tmp_path: Path) -> None:
    taken = tmp_path / "report.html"
    taken.mkdir()
    with pytest.raises(OSError, match=r"report\.html"):
        write_report(synthetic_plan(), taken)
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_csv_holds_every_row_and_digit(tmp_path: Path) -> None:
    plan = synthetic_plan()
    path = tmp_path / "deep" / "projects.csv"
    export_csv(plan, path, "projects")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(plan.table("projects")) + 1
    assert lines[0].startswith("project,asset,class,zone")
    assert repr(float(plan.table("projects")["capacity_mw"].iloc[0])) in lines[1]


def test_csv_of_an_unknown_table_suggests_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Did you mean 'projects'"):
        export_csv(synthetic_plan(), tmp_path / "x.csv", "project")
    assert list(tmp_path.iterdir()) == []


def test_csv_into_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        export_csv(synthetic_plan(), tmp_path / "file" / "x.csv", "projects")


def test_every_sentence_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of a subject are worked out once for a page, however often they stand on it."""
    written = []

    def counted(plan: Plan) -> str:
        written.append(plan)
        return supply_sentences(plan)

    for module in (words, data):
        monkeypatch.setattr(module, "supply_sentences", counted, raising=module is words)
    write_report(synthetic_plan(), tmp_path / "report.html")
    assert len(written) == 1
