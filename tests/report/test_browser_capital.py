"""The section on capital in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.report.browsing import SIZES, opened


@pytest.mark.parametrize("size", SIZES)
def test_capital_shows_who_pays_for_what(
    browser: Browser, pages: dict[str, Path], size: str
) -> None:
    page, complaints = opened(browser, pages["investors"], size)
    section = page.locator("#capital")
    assert section.locator(".lead").inner_text().startswith("4 investors commit")
    totals = page.locator("#sources-uses-table tr.total").all_inner_texts()
    of = {text.split("\t")[0]: text.split("\t")[1] for text in totals}
    assert of["All sources"] == of["All uses"]
    assert page.locator("#calls tbody tr").count() == 5
    assert "does not model quarters" in page.locator("#calls .note").inner_text()
    assert page.locator("#returns tbody tr").count() == 4
    assert "▲" in page.locator("#groups").get_by_role("row", name="Debt: Campuses").inner_text()
    assert "More of cap on debt in campus of 2030" in page.locator("#groups .note").inner_text()
    assert complaints == []
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_stages_of_the_money_flow_are_of_one_size_in_every_year(
    browser: Browser, pages: dict[str, Path], size: str
) -> None:
    page, complaints = opened(browser, pages["investors"], size)
    bars = """() => {
      const along = new Map();
      for (const bar of document.querySelectorAll("#money-flow .place")) {
        const box = bar.getBBox();
        const [at, long] = box.width === 15 ? [box.x, box.height] : [box.y, box.width];
        along.set(at, (along.get(at) ?? 0) + long);
      }
      return [...along.values()];
    }"""
    units = []
    for year in page.locator("#money-flow option").all():
        page.locator("#money-flow select").select_option(year.get_attribute("value"))
        whole = page.evaluate(bars)
        assert len(whole) == 3
        assert max(whole) - min(whole) < 0.02 * max(whole)
        units.append(page.locator("#money-flow .unit").first.inner_text())
    assert len(set(units)) == len(units) == 3
    assert complaints == []
    page.close()


def test_what_returns_save_falls_in_the_waterfall(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["investors"], "wide")
    rows = page.evaluate(
        """() => [...document.querySelectorAll("#costs figure:first-child svg g")].map((row) => {
          const bar = [...row.querySelectorAll("rect")].at(-1).getBBox();
          const texts = [...row.querySelectorAll("text")].map((text) => text.textContent);
          return [texts[0], texts.at(-1), bar.x, bar.x + bar.width];
        })"""
    )
    at = [name for name, *_ in rows].index("Return premiums")
    (_, _, _, before), (_, told, low, high), (_, _, after, _) = rows[at - 1 : at + 2]
    assert told == "\u2212$330 M"
    assert high == pytest.approx(before, abs=0.5)
    assert low == pytest.approx(after, abs=0.5)
    assert high - low > 5
    assert complaints == []
    page.close()


DRAW = """async () => {
  const { render } = await import("gp/charts/stack");
  const el = document.createElement("div");
  const keys = ["red", "blue"].map((colour) => ({ id: colour, label: colour, colour }));
  const columns = [{ x: 1, values: { red: 100, blue: -3 } }];
  render(el, { keys, columns }, { width: 600, height: 320, title: "x", format: String });
  const tops = [...el.querySelectorAll("rect:not(.hit)")].map((bar) => bar.getAttribute("y"));
  return { total: el.querySelector("text.strong").textContent, tops: tops.map(Number) };
}"""


def test_a_column_that_also_falls_tells_its_sum(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["investors"], "wide")
    drawn = page.evaluate(DRAW)
    bottom = 320 - 26
    assert drawn["total"] == "97"
    above, below = drawn["tops"]
    assert above < below < bottom
    assert bottom - below < 30, "what is below zero takes no more room than it needs"
    assert complaints == []
    page.close()


def test_capital_is_absent_without_investors(browser: Browser, pages: dict[str, Path]) -> None:
    for name in ("large", "bare", "empty"):
        page, complaints = opened(browser, pages[name], "wide")
        assert page.locator("#capital").count() == 0
        assert "Capital" not in page.locator(".nav a").all_inner_texts()
        assert complaints == []
        page.close()


def test_investors_are_compared(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["investors-compared"], "wide")
    assert "Money that investors pay" in page.locator("#measures").inner_text()
    titles = page.locator("#differences h3").all_inner_texts()
    assert "What investors pay" in titles
    page.close()
    page, more = opened(browser, pages["comparison"], "wide")
    assert "What investors pay" not in page.locator("#differences h3").all_inner_texts()
    assert complaints + more == []
    page.close()
