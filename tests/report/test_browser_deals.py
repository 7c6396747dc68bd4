"""The section on deals in a real browser: wide, narrow and on paper."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator
from tests.report.browsing import SIZES, opened

FIGURES = (
    "deal-sources-uses",
    "deal-called",
    "deal-calls",
    "deal-curve",
    "deal-called-so-far",
    "deal-curves",
    "deal-returns",
    "deal-cover",
    "deal-foreign",
    "cap-ownership",
    "cap-table",
    "cap-round",
)


def _cells(row: Locator) -> list[str]:
    return row.locator("th, td").all_inner_texts()


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("\u2212", "-").rstrip("%\u00d7"))


@pytest.mark.parametrize("size", SIZES)
def test_every_part_of_the_section_is_drawn(
    browser: Browser, pages: dict[str, Path], size: str
) -> None:
    page, complaints = opened(browser, pages["deals"], size)
    section = page.locator("#deals")
    assert "All money of this section is nominal" in section.locator(".lead").inner_text()
    for name in FIGURES:
        assert section.locator(f"#{name}").locator("svg, table").count() > 0, name
        assert "NaN" not in section.locator(f"#{name}").inner_text(), name
        assert "undefined" not in section.locator(f"#{name}").inner_text(), name
    assert section.locator("#deal-table tbody tr").count() == 7
    assert page.locator("nav").get_by_role("link", name="Deals").get_attribute("href") == "#deals"
    assert complaints == []
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_both_sides_of_the_table_come_to_the_same(
    browser: Browser, pages: dict[str, Path], size: str
) -> None:
    page, complaints = opened(browser, pages["deals"], size)
    totals = [_cells(row) for row in page.locator("#deal-sources-uses tr.total").all()]
    of = {label: cells for label, *cells in totals}
    assert of["All sources"] == of["All uses"]
    values = [_number(text) for text in of["All uses"]]
    assert len(values) == 4
    assert sum(values[:3]) == pytest.approx(values[3], abs=0.02)
    assert complaints == []
    page.close()


def test_calendar_has_a_cell_for_every_quarter(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["deals"], "wide")
    figure = page.locator("#deal-calls")
    assert figure.locator("rect.cell").count() == 4 * 19, "2028Q1 to 2032Q3, three and the sum"
    figure.locator("summary").click()
    figure.locator("details table").wait_for()
    rows = [_cells(row) for row in figure.locator("details tbody tr").all()]
    assert len(rows) == figure.locator("rect.called").count() - _quarters_with_calls(rows)
    ends = {who: share for who, *_, share in rows}
    assert set(ends.values()) == {"100%"}
    assert complaints == []
    page.close()


def _quarters_with_calls(rows: list[list[str]]) -> int:
    return len({quarter for _, quarter, *_ in rows})


def test_curve_follows_who_is_chosen(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["deals"], "wide")
    figure = page.locator("#deal-curve")
    options = figure.locator("option").all_inner_texts()
    assert options[:2] == ["Programme: all owners", "Owners and lenders together"]
    assert set(options[2:]) == {"Sponsor", "Gulf fund", "Bank", "General partner"}
    figure.locator("summary").click()
    figure.locator("details table").wait_for()
    ends = {}
    for name in options:
        figure.locator("select").select_option(name)
        last = _cells(figure.locator("details tbody tr").last)
        ends[name] = _number(last[-1])
        assert "At its deepest" in figure.locator(".note").first.inner_text()
    parts = sum(ends[name] for name in ("Sponsor", "Gulf fund", "General partner"))
    assert ends["Programme: all owners"] == pytest.approx(parts, abs=0.3)
    both = ends["Programme: all owners"] + ends["Bank"]
    assert ends["Owners and lenders together"] == pytest.approx(both, abs=0.3)
    assert complaints == []
    page.close()


def test_the_lowest_point_of_the_curve_is_inside_the_picture(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page, complaints = opened(browser, pages["deals"], "wide")
    inside = page.evaluate(
        """() => {
          const svg = document.querySelector("#deal-curve svg");
          const line = svg.querySelector("path[stroke-dasharray]").getBBox();
          return line.y >= 0 && line.y + line.height <= svg.viewBox.baseVal.height - 20;
        }"""
    )
    assert inside
    assert complaints == []
    page.close()


def test_returns_say_who_falls_short(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["deals"], "wide")
    figure = page.locator("#deal-returns")
    fund = figure.locator("tbody tr", has_text="Gulf fund").first
    assert "\u25bc" in fund.inner_text()
    assert "30.0%" in fund.inner_text()
    assert "\u25bc" not in figure.locator("tbody tr", has_text="Bank").first.inner_text()
    assert "pays nothing in" in figure.locator("tbody tr", has_text="General partner").inner_text()
    sentences = figure.locator(".worths li").all_inner_texts()
    assert len(sentences) == 4
    assert any(
        text.startswith("Gulf fund pays $") and "below the 30.0%" in text for text in sentences
    )
    assert complaints == []
    page.close()


def test_returns_abroad_stand_in_both_currencies(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["deals"], "wide")
    row = _cells(page.locator("#deal-foreign tbody tr").first)
    assert row == ["Gulf fund", "United Arab Emirates", "12.1%", "11.8% in AED", "2"]
    assert complaints == []
    page.close()


def test_what_lenders_ask_stands_across_without_touching(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page, complaints = opened(browser, pages["terms"], "wide")
    labels = page.locator("#deal-cover text.rule")
    assert labels.all_text_contents() == [
        "cash just pays debt: 1.00",
        "lock-up below 1.15: Campuses, Own power",
        "lenders ask 1.16: Campuses",
        "lenders ask 1.35: Own power",
    ]
    boxes = [label.bounding_box() for label in labels.all()]
    tops = [box["y"] for box in boxes if box]
    assert all(above + 12 <= below for below, above in itertools.pairwise(tops))
    assert complaints == []
    page.close()


def test_cover_has_a_line_for_lowest_and_mean_of_each_class(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page, complaints = opened(browser, pages["deals"], "wide")
    figure = page.locator("#deal-cover")
    assert figure.locator("path.trace").count() == 6
    legend = figure.locator(".legend li").all_inner_texts()
    assert legend[:2] == ["Campuses, lowest", "Campuses, mean"]
    figure.locator("summary").click()
    figure.locator("details table").wait_for()
    for row in figure.locator("details tbody tr").all():
        _, _, least, mean, _ = _cells(row)
        assert _number(least) <= _number(mean)
    assert complaints == []
    page.close()


def test_deals_are_filtered_by_whether_the_price_is_enough(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page, complaints = opened(browser, pages["many-deals"], "wide")
    card = page.locator("#deal-table")
    assert "In 100 of 300 deals the price is below" in card.locator(".warning").inner_text()
    assert card.locator("tbody tr").count() == 100
    card.get_by_label("All prices").select_option("1")
    marked = card.locator("tbody tr").all_inner_texts()
    assert len(marked) == 100
    assert all("\u25bc" in text for text in marked)
    card.get_by_label("All prices").select_option("0")
    assert "\u25bc" not in card.locator("tbody").inner_text()
    assert complaints == []
    page.close()


def test_ownership_comes_to_everything_before_and_after(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page, complaints = opened(browser, pages["deals"], "wide")
    total = _cells(page.locator("#cap-table tr.total"))
    assert total == ["Total", "10,000,000", "13,333,333", "100%", "100%", "30.0"]
    heights = page.evaluate(
        """() => [...document.querySelectorAll("#cap-ownership svg g")].map((column) =>
          [...column.querySelectorAll("rect:not(.hit)")].map((bar) => bar.height.baseVal.value)
            .reduce((sum, tall) => sum + tall, 0)
        ).filter((tall) => tall > 0)"""
    )
    assert len(heights) == 2
    assert heights[0] == pytest.approx(heights[1], rel=1e-6)
    rows = page.locator("#cap-round tbody tr").all_inner_texts()
    assert rows[0].split("\t") == ["Value before the money", "90.0 M$ nominal"]
    assert complaints == []
    page.close()


@pytest.mark.parametrize("name", ["deals", "many-deals"])
def test_the_section_prints(browser: Browser, pages: dict[str, Path], name: str) -> None:
    page, complaints = opened(browser, pages[name], "wide")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})
    page.wait_for_function("() => document.querySelector('#deal-curve svg').clientWidth < 718")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 718, "a sheet of paper has no scroll bar"
    assert (
        page.locator("#deal-returns thead th").first.evaluate("e => getComputedStyle(e).position")
        == "static"
    )
    assert not page.locator("#deals summary").first.is_visible()
    assert complaints == []
    page.close()


def test_a_section_without_deals_is_absent(browser: Browser, pages: dict[str, Path]) -> None:
    for name in ("large", "bare", "empty"):
        page, complaints = opened(browser, pages[name], "wide")
        assert page.locator("#deals").count() == 0
        assert complaints == []
        page.close()


@pytest.mark.parametrize("size", SIZES)
def test_returns_stand_side_by_side(browser: Browser, pages: dict[str, Path], size: str) -> None:
    page, complaints = opened(browser, pages["deals-compared"], size)
    figure = page.locator("figure", has=page.get_by_role("heading", name="What investors earn"))
    row = _cells(figure.locator("tbody tr", has_text="Gulf fund"))
    assert len(row) == 3
    assert all(text.endswith("% \u25bc") for text in row[1:])
    assert complaints == []
    page.close()
