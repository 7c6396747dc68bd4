"""A browser and pages of made-up plans, for tests that look at them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.report.browsing import FLAGS, chromium
from tests.report.synthetic import HOSTILE, synthetic_plan, without
from tests.report.synthetic_bills import with_bills
from tests.report.synthetic_capital import with_investors
from tests.report.synthetic_chains import CHAIN_TABLES
from tests.report.synthetic_deals import with_deals
from tests.report.synthetic_jobs import with_jobs
from tests.report.synthetic_rules import with_credits, with_screen
from tests.report.synthetic_taxes import with_taxes

from gigaplan.report import write_comparison, write_report


@pytest.fixture(scope="package")
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


@pytest.fixture(scope="package")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    large = synthetic_plan(zones=48, years=(2026, 2028, 2030, 2032, 2035), blocks=24)
    write_report(large, folder / "large.html")
    write_report(synthetic_plan(title=HOSTILE, zone_name=HOSTILE), folder / "hostile.html")
    write_report(synthetic_plan(empty=True), folder / "empty.html")
    other = synthetic_plan(name="other", scale=2.0, years=(2026, 2030, 2035))
    write_comparison([synthetic_plan(), other, synthetic_plan()], folder / "comparison.html")
    write_report(with_bills(synthetic_plan(zones=6)), folder / "bills.html")
    paid = with_investors(synthetic_plan(zones=6))
    write_report(paid, folder / "investors.html")
    hostile = synthetic_plan(title=HOSTILE, zone_name=HOSTILE)
    write_report(with_investors(hostile, fund=HOSTILE), folder / "hostile-investors.html")
    more = with_investors(synthetic_plan(zones=6, name="other", scale=2.0))
    write_comparison([paid, more], folder / "investors-compared.html")
    deals = with_deals(paid, count=7, own_round=True)
    write_report(deals, folder / "deals.html")
    write_report(with_deals(synthetic_plan(zones=48), count=300), folder / "many-deals.html")
    write_report(with_deals(paid, terms=True), folder / "terms.html")
    risky = with_deals(with_investors(hostile, fund=HOSTILE), fund=HOSTILE, own_round=True)
    write_report(risky, folder / "hostile-deals.html")
    write_comparison([deals, with_deals(more)], folder / "deals-compared.html")
    write_report(with_credits(with_screen(paid)), folder / "rules.html")
    write_report(with_credits(synthetic_plan()), folder / "credits.html")
    write_report(with_jobs(synthetic_plan(zones=8)), folder / "jobs.html")
    write_report(with_jobs(large), folder / "many-jobs.html")
    write_report(with_screen(paid, count=40, rules=40), folder / "many-rules.html")
    hostile = with_credits(hostile, why=HOSTILE)
    write_report(with_screen(hostile, fund=HOSTILE), folder / "hostile-rules.html")
    write_report(without(synthetic_plan(), *CHAIN_TABLES), folder / "bare.html")
    write_report(with_taxes(synthetic_plan(zones=48), jobs=True), folder / "taxes.html")
    taxed = synthetic_plan(title=HOSTILE, zone_name=HOSTILE)
    write_report(with_taxes(taxed, law=HOSTILE), folder / "hostile-taxes.html")
    return {path.stem: path for path in folder.glob("*.html")}
