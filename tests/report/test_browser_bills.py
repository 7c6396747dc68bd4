"""The section of power bills in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.report.browsing import SIZES, opened


@pytest.mark.parametrize("size", SIZES)
def test_a_tariff_makes_dots_smaller(browser: Browser, pages: dict[str, Path], size: str) -> None:
    page, complaints = opened(browser, pages["bills"], size)
    dots = page.locator("#bill-map circle")

    def largest() -> float:
        return max(float(dot.get_attribute("r") or 0) for dot in dots.all())

    before = largest()
    page.locator("#bill-map").get_by_role("button", name="Tariff everywhere").click()
    assert 0 < largest() < before
    assert complaints == []
    page.close()


def test_without_a_counterfactual_there_is_no_section(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page, _ = opened(browser, pages["large"], "wide")
    assert page.locator("#bills").count() == 0
    page.close()


def test_bills_of_a_state_can_be_chosen(browser: Browser, pages: dict[str, Path]) -> None:
    page, complaints = opened(browser, pages["bills"], "wide")
    table = page.locator("#bill-table")
    rows = table.locator("tbody tr")
    every = rows.count()
    table.locator("select").first.select_option(index=1)
    assert 0 < rows.count() < every
    assert complaints == []
    page.close()
