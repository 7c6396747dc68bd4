"""The section on rules in a real browser: wide, narrow, dark and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.report.browsing import READY, SIZES, opened
from tests.report.synthetic_rules import SHARED, TURNED, WORDS, strictness_of

from gigaplan.policy.screen import DISCLAIMER

DEALS, RULES, FAMILIES = 6, 24, 8
STRICTEST = "Investor 4"
"""The deal with the most money among those of the strictest verdict."""


def _cells(row: Locator) -> list[str]:
    return row.locator("th, td").all_text_contents()


def _words(verdicts: Locator) -> list[str]:
    """Return verdicts as they are read, without the spaces that hold a line together."""
    return [text.replace("\u00a0", " ") for text in verdicts.all_text_contents()]


def _memo(page: Page, investor: str) -> Locator:
    return page.locator(".memo", has=page.locator("summary", has_text=investor))


@pytest.mark.parametrize("size", SIZES)
def test_every_part_of_the_section_is_drawn(
    browser: Browser, pages: dict[str, Path], size: str
) -> None:
    page, complaints = opened(browser, pages["rules"], size)
    section = page.locator("#rules")
    assert DISCLAIMER in section.locator(".lead").inner_text()
    for name in ("rule-matrix", "rule-questions", "rule-table", "credit-table"):
        assert section.locator(f"#{name} tbody tr").count() > 0, name
    for name in ("credit-rates", "credit-worth"):
        assert section.locator(f"#{name} table").count() == 1, name
    for word in ("NaN", "undefined", "[object"):
        assert word not in section.inner_text(), word
    assert page.locator("nav").get_by_role("link", name="Rules").get_attribute("href") == "#rules"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == SIZES[size][0], "the page does not scroll sideways"
    assert complaints == []
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_matrix_has_the_strictest_verdict_of_each_family(
    browser: Browser, pages: dict[str, Path], size: str
) -> None:
    page, complaints = opened(browser, pages["rules"], size)
    rows = page.locator("#rule-matrix tbody tr")
    assert rows.count() == DEALS
    for deal, investor in enumerate(["Gulf fund", *(f"Investor {at}" for at in range(1, 6))]):
        found = rows.filter(has=page.get_by_role("link", name=investor)).locator("td.found")
        for family in range(FAMILIES):
            own = [strictness_of(deal, rule, DEALS) for rule in range(family, RULES, FAMILIES)]
            assert _words(found.nth(family).locator(".verdict > span")) == [WORDS[max(own)]]
            count = own.count(max(own))
            share = f"all {count}" if count == len(own) else f"{count} of {len(own)}"
            assert found.nth(family).locator("small").text_content() == share
    first = rows.first.locator("th").inner_text()
    assert first.split("\n")[0] == STRICTEST
    told = page.locator("#rule-matrix").get_by_role("cell", name="block-risk").count()
    assert told == page.locator("td.found", has_text="block-risk").count() > 0, "read aloud too"
    place = page.locator("#rule-matrix .scroll")
    assert place.evaluate("e => e.scrollWidth <= e.clientWidth"), "no column is out of sight"
    assert rows.last.locator("td.found").first.locator("i").inner_text() == "\u2713"
    assert complaints == []
    page.close()


def test_a_verdict_is_told_by_word_sign_and_colour(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page, complaints = opened(browser, pages["rules"], "wide")
    legend = page.locator(".verdicts li")
    assert _words(legend.locator(".verdict > span")) == [*WORDS]
    signs = legend.locator("i").all_text_contents()
    colours = legend.locator("b").evaluate_all(
        "list => list.map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(signs)) == len(set(colours)) == len(WORDS)
    assert legend.locator("i").first.get_attribute("aria-hidden") == "true"
    assert complaints == []
    page.close()


def test_names_of_the_matrix_open_their_memo(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["rules"], "wide")
    memo = _memo(page, "Investor 2")
    assert memo.get_attribute("open") is None
    page.locator("#rule-matrix").get_by_role("link", name="Investor 2").click()
    memo.locator(".memo-body").wait_for()
    assert memo.get_attribute("open") is not None
    assert page.evaluate("location.hash") == f"#{memo.get_attribute('id')}"
    page.get_by_role("button", name="Open all").click()
    assert page.locator(".memo[open]").count() == DEALS
    page.get_by_role("button", name="Close all").click()
    assert page.locator(".memo[open]").count() == 0
    assert complaints == []
    page.close()


def test_a_memo_goes_from_facts_to_what_would_change_it(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page, complaints = opened(browser, pages["rules"], "wide")
    body = _memo(page, STRICTEST).locator(".memo-body")
    own = [strictness_of(4, rule, DEALS) for rule in range(RULES)]
    decided = sorted((one for one in own if one > 1), reverse=True)
    heads = _words(body.locator("h4 .verdict > span"))
    assert heads == [*(WORDS[one] for one in decided), "need facts"]
    first = body.locator("dl.facts").first
    terms = first.locator("dt").all_text_contents()
    assert terms == ["Facts", "Rule", "What follows", "Clock", "What would change it"]
    told = first.locator("dd").all_text_contents()
    assert TURNED in told[0]
    assert "31 CFR 800.204; 50 U.S.C. 4565" in told[1]
    assert told[3] == "Up to 34 days"
    assert first.locator("dd").last.locator("li").all_text_contents() == [
        "Hold less than 14 % of Investor 4",
        "Take no seat",
    ]
    assert "$2,000 for the filing" in body.locator("dl.facts", has_text="Fee").first.inner_text()
    assert "Below 10% it would not arise" in body.inner_text()
    clear = [rule for rule, one in enumerate(own) if one == 0]
    told = body.locator(".cleared").inner_text()
    assert all(f"Rule number {rule}" in told for rule in clear)
    assert told.count("Rule number") == len(clear)
    assert complaints == []
    page.close()


def test_each_question_of_a_deal_stands_once_under_the_rules_that_wait(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page, complaints = opened(browser, pages["rules"], "wide")
    asked = _memo(page, STRICTEST).locator(".asked")
    questions = asked.locator("li").all_text_contents()
    assert len(set(questions)) == len(questions)
    own = [strictness_of(4, rule, DEALS) for rule in range(RULES)]
    waiting = {
        SHARED: [rule for rule, one in enumerate(own) if one == 1],
        f"Who holds {STRICTEST}?": [rule for rule, one in enumerate(own) if one in (1, 3)],
        **{f"What does rule {at} ask?": [at] for at, one in enumerate(own) if one == 1},
    }
    assert set(questions) == set(waiting)
    for group, rules in zip(asked.locator("dd").all(), asked.locator("dt").all(), strict=True):
        told = rules.inner_text()
        for question in group.locator("li").all_text_contents():
            assert all(f"Rule number {rule}" in told for rule in waiting[question])
            assert told.count("Rule number") == len(waiting[question])
    known = _memo(page, STRICTEST).locator(".known li").all_text_contents()
    assert known == [f"{STRICTEST} is organised abroad", TURNED]
    row = page.locator("#rule-matrix tbody tr", has_text=STRICTEST)
    assert row.locator("td.more").first.inner_text() == str(len(questions))
    assert complaints == []
    page.close()


def test_questions_over_all_deals_are_counted(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["rules"], "wide")
    open_ = [
        (deal, rule)
        for deal in range(DEALS)
        for rule in range(RULES)
        if strictness_of(deal, rule, DEALS) == 1
    ]
    first = _cells(page.locator("#rule-questions tbody tr").first)
    deals, rules = ({pair[at] for pair in open_} for at in (0, 1))
    assert first[:4] == [SHARED, str(len(deals)), str(len(rules)), str(len(open_))]
    assert complaints == []
    page.close()


def test_every_finding_can_be_taken_away(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["rules"], "wide")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download every finding").click()
    lines = Path(taken.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("deal,investor,value_usd2025_m,family,rule,title,verdict,facts")
    assert len(lines) == 1 + DEALS * RULES
    places = [(deal, rule) for deal in range(DEALS) for rule in range(RULES)]
    strictest = sum(strictness_of(*place, DEALS) == 5 for place in places)
    assert sum("block-risk" in line.split(",") for line in lines) == strictest
    assert complaints == []
    page.close()


@pytest.mark.parametrize("name", ["rules", "many-rules"])
def test_the_section_prints(browser: Browser, pages: dict[str, Path], name: str) -> None:
    page, complaints = opened(browser, pages[name], "wide")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    memo = _memo(page, "Gulf fund")
    assert memo.locator(".memo-body").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert page.locator("#rule-matrix td.more").first.is_visible()
    assert not page.get_by_role("button", name="Open all").is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".memo[open]").count() == 1
    assert complaints == []
    page.close()


CONTRAST = """() => {
  const ink = { willReadFrequently: true };
  const paint = document.createElement("canvas").getContext("2d", ink);
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = (...layers) => {
    for (const layer of layers) {
      paint.fillStyle = layer;
      paint.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const style = (node) => getComputedStyle(node);
  const card = style(document.querySelector("#rule-matrix")).backgroundColor;
  const texts = document.querySelectorAll("td.found .verdict, td.found small, .chip");
  const contrasts = [...texts].map((node) => {
    const ground = luminance(card, style(node.closest("td.found, .chip")).backgroundColor);
    const [low, high] = [ground, luminance(style(node).color)].toSorted((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  });
  return Math.min(...contrasts);
}"""
"""Least contrast of verdicts with what they stand on, by the formula of WCAG 2.2."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_verdicts_can_be_read(
    browser: Browser, pages: dict[str, Path], scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(pages["rules"].as_uri())
    page.wait_for_selector(READY, state="attached", timeout=30_000)
    assert page.evaluate(CONTRAST) >= 4.5, "WCAG 2.2, 1.4.3"
    page.close()


def test_credits_have_a_section_without_a_screen(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["credits"], "wide")
    assert page.locator("#rule-matrix, #memos").count() == 0
    assert "have ended" in page.locator("#credit-table .told").inner_text()
    rates = {row[0]: row[1:] for row in map(_cells, page.locator("#credit-rates tbody tr").all())}
    assert rates == {
        "Wind": ["0%", "0%"],
        "Solar": ["\u2013", "0%"],
        "Storage": ["30%", "22.5%"],
        "New nuclear": ["30%", "30%"],
    }
    *parts, total = [_cells(row) for row in page.locator("#credit-worth tbody tr").all()]
    for column in zip(*(row[1:] for row in parts), total[1:], strict=True):
        *own, whole = (0.0 if text == "\u2013" else float(text.replace(",", "")) for text in column)
        assert sum(own) == pytest.approx(whole, abs=2)
    assert total[3] != "\u2013"
    assert complaints == []
    page.close()


def test_a_plan_without_either_has_no_section(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["large"], "wide")
    assert page.locator("#rules").count() == 0
    assert page.locator("nav").get_by_role("link", name="Rules").count() == 0
    assert complaints == []
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_hostile_names_stay_text(browser: Browser, pages: dict[str, Path], size: str) -> None:
    page, complaints = opened(browser, pages["hostile-rules"], size)
    page.get_by_role("button", name="Open all").click()
    assert page.evaluate("window.hacked") is None
    assert page.locator("#rules script").count() == 0
    assert page.locator("#rule-matrix").get_by_text("window.hacked=1").count() == 1
    assert page.locator("#credit-table").get_by_text("window.hacked=1").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    assert complaints == []
    page.close()
