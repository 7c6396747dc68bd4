"""The memo as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from gigaplan.policy.memo.parts import Part, by_votes, parts_of
from gigaplan.policy.screen import DISCLAIMER, Screen

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem;
  color: #1c1c1c; background: #fff; }
h1 { font-size: 1.6rem; margin-bottom: 0.2rem; }
h2 { font-size: 1.2rem; margin-top: 2.2rem; border-top: 1px solid #ccc; padding-top: 1rem; }
h3 { font-size: 1rem; margin-bottom: 0.2rem; }
ul { margin-top: 0.2rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.6rem 0.25rem 0;
  border-bottom: 1px solid #ddd; }
.quiet { color: #555; }
@media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #16181b; }
  h2 { border-color: #444; } th, td { border-color: #333; } .quiet { color: #aaa; } }
"""


def memo_html(screens: Sequence[Screen]) -> str:
    """Return the memo as an HTML page; all of the deal file is escaped."""
    return "\n".join(_page(screens)) + "\n"


def _page(screens: Sequence[Screen]) -> Iterator[str]:
    title = _title(screens[0]) if len(screens) == 1 else f"{len(screens)} deals"
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
    if len(screens) > 1:
        yield f"<h1>{title}</h1>"
        rows = ((s.deal.name, s.verdict.words, str(len(s.asks))) for s in screens)
        yield from _table(("Deal", "Verdict", "Facts missing"), rows)
    for screen in screens:
        yield from _deal(screen)
    yield "</main>\n</body>\n</html>"


def _title(screen: Screen) -> str:
    return f"{screen.deal.name}: {screen.verdict.words}"


def _deal(screen: Screen) -> Iterator[str]:
    parts = parts_of(screen)
    yield f"<h1>{escape(_title(screen))}</h1>"
    yield f"<p>Law as of {screen.law.day.isoformat()}. {DISCLAIMER}</p>"
    if screen.deal.note:
        yield f'<p class="quiet">{escape(screen.deal.note)}</p>'
    rows = ((part.verdict, part.title, part.citation) for part in parts)
    yield from _table(("Verdict", "Rule", "Citation"), rows)
    for part in parts:
        yield from _part(part)
    votes = by_votes(screen)
    if votes:
        yield "<h2>By voting interest, all else as it is</h2>\n<ul>"
        yield from (f"<li>{line}</li>" for line in votes)
        yield "</ul>"
    if screen.asks:
        yield "<h2>Facts that are missing</h2>"
        asks = ((ask.field, ask.question) for ask in screen.asks)
        yield from _table(("Field of the deal file", "Question"), asks)


def _part(part: Part) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(part.title)}: {escape(part.verdict)}</h2>"
    yield f'<p class="quiet">{escape(part.family)}</p>'
    yield from _list("Facts", part.facts)
    yield f"<h3>Rule</h3>\n<p>{escape(part.says)} <cite>{escape(part.citation)}</cite></p>"
    if part.note:
        yield f'<p class="quiet">{escape(part.note)}</p>'
    yield from _list("Consequence", part.consequences)
    if part.steps:
        steps = ((step.says, f"{step.days:g} {step.unit}", step.citation) for step in part.steps)
        yield from _table(("Step", "At most", "Citation"), steps)
    yield from _list("What would change it", part.cures)
    yield from _list("Missing", part.questions)
    yield "</section>"


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    items = [f"<li>{escape(line)}</li>" for line in lines]
    if items:
        yield f"<h3>{title}</h3>\n<ul>\n" + "\n".join(items) + "\n</ul>"


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    head = "".join(f'<th scope="col">{cell}</th>' for cell in header)
    yield f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody>\n</table>"
