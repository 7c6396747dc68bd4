"""Supply chains and the timeline in a real browser, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.report.browsing import SIZES, opened


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
    page, complaints = opened(browser, pages["bare"], "wide")
    assert page.locator("#supply, #timeline").count() == 0
    assert page.locator(".nav a").count() == 7
    page.close()
    page, more = opened(browser, pages["large"], "wide")
    assert page.locator(".nav a").count() == 9
    assert "The plan builds 2 new factories" in page.locator("#factories").inner_text()
    assert complaints + more == []
    page.close()
