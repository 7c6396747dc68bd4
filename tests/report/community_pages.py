"""Reading the pages of states back: the exact values that they carry, and their words."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, tuple[float, ...]] = {}
        self.tags: list[str] = []
        self.text = ""
        self.styled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        self.styled = tag == "style"
        if tag == "data" and named.get("id"):
            exact = (named["value"] or "").split()
            self.values[str(named["id"])] = tuple(map(float, exact))

    def handle_data(self, data: str) -> None:
        if not self.styled:
            self.text += data


def read_page(path: Path) -> _Reader:
    """Return the exact values of a page by name, its tags and its words."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader
