"""Opening pages of the report in a real browser."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SIZES = {"wide": (1400, 900), "narrow": (390, 844)}
READY = "html[data-drawn]"


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


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
