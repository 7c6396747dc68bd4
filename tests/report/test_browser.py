"""The page in a real browser, wide and narrow."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.report.synthetic import HOSTILE, synthetic_plan, without
from tests.report.synthetic_chains import CHAIN_TABLES

from gigaplan.report import write_comparison, write_report
from gigaplan.report.numbers import gw

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SIZES = {"wide": (1400, 900), "narrow": (390, 844)}
READY = "html[data-drawn]"


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        reason = "NO CHROMIUM: the report was not opened in a browser. Install chromium."
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    large = synthetic_plan(zones=48, years=(2026, 2028, 2030, 2032, 2035), blocks=24)
    write_report(large, folder / "large.html")
    write_report(synthetic_plan(title=HOSTILE, zone_name=HOSTILE), folder / "hostile.html")
    write_report(synthetic_plan(empty=True), folder / "empty.html")
    other = synthetic_plan(name="other", scale=2.0, years=(2026, 2030, 2035))
    write_comparison([synthetic_plan(), other, synthetic_plan()], folder / "comparison.html")
    write_report(without(synthetic_plan(), *CHAIN_TABLES), folder / "older.html")
    return {path.stem: path for path in folder.glob("*.html")}


def opened(browser: Browser, path: Path, size: str) -> tuple[Page, list[str]]:
    """Open a page; complaints collects console errors, exceptions and requests to anywhere."""
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:", "blob:"))
            else complaints.append(request.url)
        ),
    )
    page.goto(path.as_uri())
    page.wait_for_selector(READY, state="attached", timeout=30_000)
    return page, complaints


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["large", "hostile", "empty", "older", "comparison"])
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


@pytest.mark.parametrize("size", SIZES)
def test_a_component_shows_where_it_comes_from(
    browser: Browser, pages: dict[str, Path], size: str
) -> None:
    page, complaints = opened(browser, pages["large"], size)
    heat = page.locator("#tightness")
    assert "Large power transformer" in heat.locator('button[aria-pressed="true"]').inner_text()
    button = heat.get_by_role("button", name="Logic wafer N3")
    button.focus()
    button.press("Enter")
    assert heat.get_by_role("button", name="Logic wafer N3").evaluate(
        "button => button === document.activeElement"
    )
    sources = page.locator("#sources")
    assert sources.locator("h3").inner_text() == "Logic wafer N3: where it comes from"
    assert "Taiwan" in sources.locator(".legend").inner_text()
    assert "It does not bind" in sources.locator(".note").inner_text()
    sources.locator("select").select_option("large_power_transformer")
    assert "It binds: one more unit" in sources.locator(".note").inner_text()
    trades = page.locator("#labour select")
    trades.select_option("labour_civil")
    assert page.locator("#labour tbody tr").count() == 14
    assert complaints == []
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_stages_of_the_chip_flow_are_of_one_size(
    browser: Browser, pages: dict[str, Path], size: str
) -> None:
    page, complaints = opened(browser, pages["large"], size)
    bars = """() => {
      const along = new Map();
      for (const bar of document.querySelectorAll("#chips .place")) {
        const box = bar.getBBox();
        const [at, long] = box.width === 15 ? [box.x, box.height] : [box.y, box.width];
        along.set(at, (along.get(at) ?? 0) + long);
      }
      return [...along.values()];
    }"""
    whole = page.evaluate(bars)
    assert len(whole) == 5
    assert max(whole) - min(whole) < 0.02 * max(whole)
    before = page.locator("#chips .unit").first.inner_text()
    page.locator("#chips select").select_option("2030")
    after = page.locator("#chips .unit").first.inner_text()
    assert before != after
    assert "enter service in 2030" in after
    assert complaints == []
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_a_project_opens_by_keyboard_to_say_what_its_date_hangs_on(
    browser: Browser, pages: dict[str, Path], size: str
) -> None:
    page, complaints = opened(browser, pages["large"], size)
    gantt = page.locator("#gantt")
    assert gantt.locator("details").count() == 20
    gantt.get_by_label("All states").select_option("OH")
    gantt.get_by_label("All classes").select_option("campus")
    assert gantt.locator("details").count() < 20
    assert "State OH" in gantt.locator("summary").first.inner_text()
    first = gantt.locator("summary").first
    first.focus()
    first.press("Enter")
    body = gantt.locator(".gantt-more").first
    body.locator("table").wait_for()
    assert "because construction ends in time" in body.inner_text()
    assert "Manufacture: Large power transformer" in body.inner_text()
    gantt.get_by_label("All states").select_option("")
    gantt.get_by_label("All classes").select_option("factory")
    assert "Packaging line" in gantt.locator("summary").first.inner_text()
    assert page.locator("#time-to-power tbody tr").count() == 30
    assert complaints == []
    page.close()


def test_a_plan_without_chains_leaves_their_sections_out(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page, complaints = opened(browser, pages["older"], "wide")
    assert page.locator("#supply, #timeline").count() == 0
    assert page.locator(".nav a").count() == 7
    page.close()
    page, more = opened(browser, pages["large"], "wide")
    assert page.locator(".nav a").count() == 9
    assert "The plan builds 2 new factories" in page.locator("#factories").inner_text()
    assert complaints + more == []
    page.close()
