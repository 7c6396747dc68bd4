"""The page in a real browser, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.report.browsing import SIZES, opened

from gigaplan.report.numbers import gw

WITH_INVESTORS = ["investors", "hostile-investors", "investors-compared"]
WITH_DEALS = ["deals", "many-deals", "hostile-deals", "deals-compared"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "name", ["large", "hostile", "empty", "bare", "comparison", *WITH_INVESTORS, *WITH_DEALS]
)
def test_page_draws_without_errors_or_overflow(
    browser: Browser, pages: dict[str, Path], name: str, size: str
) -> None:
    page, complaints = opened(browser, pages[name], size)
    assert complaints == []
    assert page.evaluate("window.hacked") is None
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[size][0]
    assert page.locator("figure").count() >= 6
    for figure in page.locator("figure").all():
        assert figure.locator("svg, table, p.empty").count() > 0, figure.inner_text()[:60]
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_slider_changes_both_maps(browser: Browser, pages: dict[str, Path], size: str) -> None:
    page, complaints = opened(browser, pages["large"], size)
    before = page.locator("#where svg").all_text_contents()
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    assert page.locator("#where output").inner_text() == "2026"
    assert slider.get_attribute("aria-valuetext") == "2026"
    labels = [svg.get_attribute("aria-label") for svg in page.locator("#where svg").all()]
    assert all("2026" in str(label) for label in labels)
    assert page.locator("#where svg").all_text_contents() != before
    assert complaints == []
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_maps_cut_no_state(browser: Browser, pages: dict[str, Path], size: str) -> None:
    page, _ = opened(browser, pages["large"], size)
    outside = page.evaluate(
        """() => [...document.querySelectorAll("svg.map")].flatMap((map) => {
          const frame = map.getBoundingClientRect();
          return [...map.querySelectorAll(".land")].filter((state) => {
            const box = state.getBoundingClientRect();
            return box.left < frame.left || box.right > frame.right
              || box.top < frame.top || box.bottom > frame.bottom;
          });
        }).length"""
    )
    assert outside == 0
    page.close()


def test_text_of_charts_is_readable_when_narrow(browser: Browser, pages: dict[str, Path]) -> None:
    page, _ = opened(browser, pages["large"], "narrow")
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('figure svg text')]"
        ".map(t => t.getBoundingClientRect().height))"
    )
    assert smallest >= 11
    page.close()


def test_charts_follow_the_width(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["large"], "wide")
    page.set_viewport_size({"width": 500, "height": 800})
    page.wait_for_function("() => document.querySelector('#power svg').clientWidth < 480")
    assert page.locator("#power svg").first.evaluate("s => s.viewBox.baseVal.width") < 480
    assert complaints == []
    page.close()


def test_projects_sort_filter_and_download(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["large"], "wide")
    table = page.locator("#projects table")
    table.get_by_role("button", name="MW").click()
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    column = [
        float(text.replace(",", ""))
        for text in table.locator("tbody tr td:nth-child(6)").all_inner_texts()
    ]
    assert column == sorted(column, reverse=True)
    assert len(column) == 250
    table.get_by_role("button", name="MW").click()
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    page.locator("#projects input[type=search]").fill("CAMPUS")
    whats = set(table.locator("tbody tr td:nth-child(2)").all_inner_texts())
    assert whats == {"CAMPUS"}
    with page.expect_download() as waiting:
        page.locator("#projects").get_by_role("button", name="Download CSV").click()
    lines = Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("project,asset_label,where,in_service_year")
    assert len(lines) == 48 * 5 + 1
    page.locator("#projects input[type=search]").fill("no such thing")
    assert "No rows match." in table.inner_text()
    assert complaints == []
    page.close()


def test_a_chart_shows_the_numbers_behind_it(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["large"], "wide")
    figure = page.locator("#power figure").first
    figure.locator("summary").click()
    figure.locator("details table").wait_for()
    assert figure.locator("details tbody tr").count() == 5
    assert complaints == []
    page.close()


def test_region_and_theme_can_be_chosen(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["large"], "wide")
    before = page.locator("#power svg").first.text_content()
    page.locator("#power select").first.select_option("R3")
    assert page.locator("#power svg").first.text_content() != before
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Light / dark").click()
    assert page.evaluate(paper) != light
    assert complaints == []
    page.close()


def test_summary_and_charts_round_alike(browser: Browser, pages: dict[str, Path]) -> None:
    """A phase of 250 MW ends in a quarter of a GW, where halves go up or to even."""
    sizes = [250.0 * phases for phases in range(1, 600)] + [
        999.4,
        999.5,
        9_994.9,
        9_995.0,
        99_950.0,
    ]
    page, complaints = opened(browser, pages["empty"], "wide")
    drawn = page.evaluate(
        "sizes => import('gp/app/format').then(format => sizes.map(format.power))", sizes
    )
    assert drawn == [gw(size) for size in sizes]
    assert complaints == []
    page.close()
