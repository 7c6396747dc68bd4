"""The section on water, air and land in a real browser: wide, narrow and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.report.browsing import SIZES, opened

from gigaplan.inputs.scenario import load_scenario
from gigaplan.report import write_report
from gigaplan.workflow import run

FIGURES = ("environment-map", "environment-water", "environment-clean", "environment-table")


@pytest.fixture(scope="module")
def page_of_tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("environment") / "tiny.html"
    write_report(run(load_scenario("tiny"), relaxed=True), path)
    return path


@pytest.mark.parametrize("size", SIZES)
def test_every_part_of_the_section_is_drawn(
    browser: Browser, page_of_tiny: Path, size: str
) -> None:
    page, complaints = opened(browser, page_of_tiny, size)
    section = page.locator("#environment")
    assert "evaporate" in section.locator(".lead").inner_text()
    for name in FIGURES:
        part = section.locator(f"#{name}")
        assert part.locator("svg, table").count() > 0, name
        for word in ("NaN", "undefined", "environment."):
            assert word not in part.inner_text(), (name, word)
    assert section.locator("#environment-map circle").count() == 3
    heads = section.locator("#environment-table thead th").all_inner_texts()
    assert {"Land, ha", "Water stress", "On-site NO\u2093, t"} <= {head.strip() for head in heads}
    assert section.locator("#environment-table tbody tr").count() == 6
    link = page.locator("nav").get_by_role("link", name="Water, air and land")
    assert link.get_attribute("href") == "#environment"
    assert complaints == []
    page.close()
