"""The section on taxes in a real browser: wide, narrow, and with names that mean harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.report.browsing import SIZES, opened


@pytest.mark.parametrize("size", SIZES)
def test_every_part_of_the_section_is_drawn(
    browser: Browser, pages: dict[str, Path], size: str
) -> None:
    page, complaints = opened(browser, pages["taxes"], size)
    section = page.locator("#taxes")
    assert "states and places forgo" in section.locator(".lead").inner_text()
    for name in ("tax-states", "tax-years"):
        assert section.locator(f"#{name} svg rect").count() > 5, name
    for name in ("tax-table", "incentive-table"):
        assert section.locator(f"#{name} tbody tr").count() > 40, name
    for word in ("NaN", "undefined", "[object"):
        assert word not in section.inner_text(), word
    link = page.locator("nav").get_by_role("link", name="Taxes")
    assert link.get_attribute("href") == "#taxes"
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    assert complaints == []
    page.close()


@pytest.mark.parametrize(("size", "most"), [("wide", 20), ("narrow", 7)])
def test_states_with_little_tax_stand_together(
    browser: Browser, pages: dict[str, Path], size: str, most: int
) -> None:
    page, complaints = opened(browser, pages["taxes"], size)
    assert page.locator("#tax-states svg").get_by_text(f"+{48 - most}", exact=True).count() == 1
    assert complaints == []
    page.close()


def test_incentives_can_be_chosen_by_kind(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["taxes"], "wide")
    table = page.locator("#incentive-table")
    table.get_by_role("combobox").nth(1).select_option("sales-tax exemption")
    kinds = set(table.locator("tbody td:nth-child(2)").all_text_contents())
    assert kinds == {"sales-tax exemption"}
    assert complaints == []
    page.close()


def test_a_plan_without_taxes_has_no_section(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["bare"], "wide")
    assert page.locator("#taxes").count() == 0
    assert complaints == []
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_hostile_names_stay_text(browser: Browser, pages: dict[str, Path], size: str) -> None:
    page, complaints = opened(browser, pages["hostile-taxes"], size)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#taxes script").count() == 0
    assert page.locator("#incentive-table").get_by_text("window.hacked=1").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    assert complaints == []
    page.close()
