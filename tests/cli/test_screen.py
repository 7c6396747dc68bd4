"""The command screen: a deal file, the day of the law, forms, and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.command import Command


@pytest.fixture
def deal_file(gigaplan: Command, tmp_path: Path) -> Path:
    """The deal file that ships, written out."""
    path = tmp_path / "deal.yaml"
    path.write_text(gigaplan("screen", "--example").out, encoding="utf-8")
    return path


def test_the_example_is_screened(gigaplan: Command, deal_file: Path) -> None:
    done = gigaplan("screen", deal_file, "--as-of", "2026-11-23")
    assert done.code == 0
    assert done.out.startswith("Prairie campus, Series B: file (mandatory)\n")
    assert "not legal advice" in done.out


def test_the_day_of_the_law_is_chosen(gigaplan: Command, deal_file: Path) -> None:
    for day in ("2024-12-25", "2026-11-23"):
        done = gigaplan("screen", deal_file, "--as-of", day, "--format", "json")
        assert json.loads(done.out)["deals"][0]["as_of"] == day


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_memo_is_written(gigaplan: Command, deal_file: Path, form: str) -> None:
    target = deal_file.with_suffix(f".{form}")
    done = gigaplan("screen", deal_file, "--format", form, "-o", target)
    assert (done.code, done.out) == (0, "")
    assert str(target) in done.err
    assert "Mandatory declaration" in target.read_text(encoding="utf-8")


def test_a_day_before_the_first_rule_is_bad_input(gigaplan: Command, deal_file: Path) -> None:
    done = gigaplan("screen", deal_file, "--as-of", "2020-02-12")
    assert (done.code, done.out) == (2, "")
    assert "No rule of the policy screen is in force on 2020-02-12." in done.err


@pytest.mark.parametrize("arguments", [(), ("deal.yaml", "--as-of", "soon")])
def test_a_wrong_use_is_bad_input(gigaplan: Command, arguments: tuple[str, ...]) -> None:
    assert gigaplan("screen", *arguments).code == 2


def test_a_fault_of_the_deal_is_bad_input(gigaplan: Command, deal_file: Path) -> None:
    text = deal_file.read_text(encoding="utf-8").replace("votes: 1.0", "votes: 1.4")
    deal_file.write_text(text, encoding="utf-8")
    done = gigaplan("screen", deal_file)
    assert done.code == 2
    assert "deal.yaml:17:" in done.err
    assert "votes is 1.4, above 1. Use 1 or less." in done.err


def test_a_plan_without_investors_has_no_deal(gigaplan: Command, plan_folder: Path) -> None:
    done = gigaplan("screen", plan_folder)
    assert done.code == 2
    assert "The plan has no investors, so there is no deal to screen." in done.err


def test_deals_are_written_to_be_filled_in(
    gigaplan: Command, deal_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "deals"
    done = gigaplan("screen", deal_file, "--deals", folder)
    assert done.code == 0
    (path,) = folder.iterdir()
    assert done.out == f"{path}\n"
    assert path.name == "prairie-campus-series-b.yaml"
    for one in (deal_file, path):
        screened = gigaplan("screen", one, "--as-of", "2026-11-23", "--format", "json")
        assert json.loads(screened.out)["deals"][0]["verdict"] == "file (mandatory)"
    again = gigaplan("screen", deal_file, "--deals", folder)
    assert again.code == 2
    assert "There is such a file already." in again.err
