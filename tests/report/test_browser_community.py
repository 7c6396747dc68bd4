"""Pages of states in a real browser: one sheet when printed, no overflow, nothing asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.report.browsing import SIZES
from tests.report.synthetic import HOSTILE
from tests.report.synthetic_community import community_plan

from gigaplan.inputs.scenario import load_scenario
from gigaplan.report import write_community
from gigaplan.workflow import run

SHEETS = ("A4", "Letter")
FULL_YEARS = (2026, 2028, 2030, 2032, 2035, 2040, 2045)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A solved plan, one with every kind of asset and long names, and a hostile one."""
    root = tmp_path_factory.mktemp("community")
    name = "The Commonwealth of a very long name indeed "
    full = community_plan(zones=6, years=FULL_YEARS, words=name, title=name * 4, given=20)
    plans = {
        "tiny": run(load_scenario("tiny"), relaxed=True),
        "full": full,
        "hostile": community_plan(zones=2, words=HOSTILE, title=HOSTILE, given=5),
    }
    for label, plan in plans.items():
        write_community(plan, root / label)
    return {label: root / label for label in plans}


def opened(browser: Browser, path: Path, width: int, height: int) -> tuple[Page, list[str]]:
    """Open a page; complaints collects console errors, exceptions and requests to anywhere."""
    page = browser.new_page(viewport={"width": width, "height": height})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:")) else complaints.append(request.url)
        ),
    )
    page.goto(path.as_uri())
    return page, complaints


def sheets_of(pdf: bytes) -> int:
    """Return the number of pages that a PDF says it has."""
    counts = [int(count) for count in re.findall(rb"/Type /Pages\s*/Count (\d+)", pdf)]
    leaves = len(re.findall(rb"/Type /Page\b", pdf))
    assert counts == [leaves]
    return leaves


def test_the_count_of_sheets_sees_two(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "two.html"
    path.write_text("<p>one</p><p style='break-before: page'>two</p>", encoding="utf-8")
    page, _ = opened(browser, path, 800, 600)
    assert sheets_of(page.pdf(format="A4")) == 2
    page.close()


@pytest.mark.parametrize("label", ["tiny", "full", "hostile"])
def test_every_state_prints_on_one_sheet(
    browser: Browser, folders: dict[str, Path], label: str
) -> None:
    for path in sorted(folders[label].glob("??.html")):
        page, complaints = opened(browser, path, *SIZES["wide"])
        for sheet in SHEETS:
            assert sheets_of(page.pdf(format=sheet)) == 1, (path.name, sheet)
        assert complaints == []
        page.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("label", ["tiny", "full", "hostile"])
def test_nothing_is_wider_than_the_window(
    browser: Browser, folders: dict[str, Path], label: str, size: str
) -> None:
    for path in sorted(folders[label].glob("*.html")):
        page, complaints = opened(browser, path, *SIZES[size])
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, (path.name, wide)
        assert page.evaluate("window.hacked === undefined")
        assert complaints == []
        page.close()


@pytest.mark.parametrize("size", SIZES)
def test_words_stay_inside_their_cells(
    browser: Browser, folders: dict[str, Path], size: str
) -> None:
    page, _ = opened(browser, folders["full"] / "TX.html", *SIZES[size])
    spilt = page.evaluate(
        "[...document.querySelectorAll('.tiles div, figure, .sides td, .sides th, h1')]"
        ".filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)"
    )
    assert spilt == []
    page.close()


def test_a_page_is_drawn_without_javascript(browser: Browser, folders: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folders["tiny"] / "TX.html").as_uri())
    assert page.locator("h1").inner_text() == "Texas"
    assert page.locator("figure.map svg path.own").count() == 1
    assert page.locator("figure.built svg rect").count() > 5
    assert page.locator(".tiles data").count() == 8
    headings = page.locator(".sides tbody th").all_inner_texts()
    assert headings == [
        "Jobs", "Taxes", "Power bills", "Power", "Water and land", "Air and carbon",
    ]  # fmt: skip
    context.close()


def test_paper_is_light_when_the_screen_is_dark(browser: Browser, folders: dict[str, Path]) -> None:
    page, _ = opened(browser, folders["tiny"] / "TX.html", *SIZES["wide"])
    page.emulate_media(color_scheme="dark")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(colour) != "rgb(255, 255, 255)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert max(map(int, re.findall(r"\d+", ink))) < 100
    page.close()
