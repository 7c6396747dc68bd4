"""The section on jobs in a real browser: wide, narrow and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.report.browsing import SIZES, opened

FIGURES = (
    "jobs-whole",
    "jobs-building",
    "jobs-running",
    "jobs-state",
    "jobs-class",
    "jobs-workforce",
)


@pytest.mark.parametrize("size", SIZES)
def test_every_part_of_the_section_is_drawn(
    browser: Browser, pages: dict[str, Path], size: str
) -> None:
    for name, states in (("jobs", 8), ("many-jobs", 48)):
        page, complaints = opened(browser, pages[name], size)
        section = page.locator("#jobs")
        assert "gross unless it is called net" in section.locator(".lead").inner_text()
        assert "Neither counts jobs that are lost" in section.inner_text()
        for figure in FIGURES:
            assert section.locator(f"#{figure}").locator("svg, table").count() > 0, figure
            text = section.locator(f"#{figure}").inner_text()
            assert "NaN" not in text, figure
            assert "undefined" not in text, figure
        assert section.locator("#jobs-state .chart tbody tr").count() <= states
        assert section.locator("#jobs-state .chart tbody tr").count() > 0
        assert complaints == []
        page.close()


def test_a_plan_without_jobs_has_no_section(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["empty"], "wide")
    assert page.locator("#jobs").count() == 0
    assert complaints == []
    page.close()
