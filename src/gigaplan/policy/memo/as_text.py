"""The memo as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gigaplan.policy.memo.parts import Part, by_votes, parts_of
from gigaplan.policy.screen import DISCLAIMER, Screen


def memo_text(screens: Sequence[Screen]) -> str:
    """Return the memo as plain text; of several deals, their verdicts and what is missing."""
    lines = _deal(screens[0]) if len(screens) == 1 else _overview(screens)
    return "\n".join((*lines, "", DISCLAIMER)) + "\n"


def _overview(screens: Sequence[Screen]) -> Iterator[str]:
    """Yield a line for each deal: verdict, the rules that decide it, and how much is missing."""
    yield f"Law as of {screens[0].law.day.isoformat()}."
    width = max(len(screen.deal.name) for screen in screens)
    for screen in screens:
        strictest = parts_of(screen)[0].title
        first = f"; ask first: {screen.asks[0].question}" if screen.asks else ""
        missing = f"{len(screen.asks)} facts missing{first}"
        yield f"{screen.deal.name:{width}}  [{screen.verdict.words}] {strictest}; {missing}"


def _deal(screen: Screen) -> Iterator[str]:
    yield f"{screen.deal.name}: {screen.verdict.words}"
    yield f"Law as of {screen.law.day.isoformat()}."
    for part in parts_of(screen):
        yield ""
        yield from _part(part)
    votes = by_votes(screen)
    if votes:
        yield ""
        yield "By voting interest, all else as it is"
        yield from (f"  {line}" for line in votes)
    if screen.asks:
        yield ""
        yield "Facts that are missing"
        yield from (f"  {ask.field}: {ask.question}" for ask in screen.asks)


def _part(part: Part) -> Iterator[str]:
    yield f"[{part.verdict}] {part.title}"
    rows = [
        *(("fact", fact) for fact in part.facts),
        ("rule", part.says),
        ("citation", part.citation),
        *(("consequence", line) for line in part.consequences),
        *(("change", cure) for cure in part.cures),
        *((("note", part.note),) if part.note else ()),
    ]
    yield from (f"  {label:12} {text}" for label, text in rows)
