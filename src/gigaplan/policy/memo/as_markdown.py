"""The memo as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gigaplan.policy.memo.parts import Part, by_votes, parts_of
from gigaplan.policy.screen import DISCLAIMER, Screen


def memo_markdown(screens: Sequence[Screen]) -> str:
    """Return the memo as Markdown; what the deal file says cannot add markup to it."""
    lines = [line for screen in screens for line in ("", *_deal(screen))][1:]
    if len(screens) > 1:
        lines = [*_overview(screens), "", *lines]
    return "\n".join(lines) + "\n"


def _overview(screens: Sequence[Screen]) -> Iterator[str]:
    yield "| deal | verdict | facts missing |"
    yield "| --- | --- | ---: |"
    for screen in screens:
        name, verdict = _plain(screen.deal.name), screen.verdict.words
        yield f"| {name} | {verdict} | {len(screen.asks)} |"


def _deal(screen: Screen) -> Iterator[str]:
    parts = parts_of(screen)
    yield f"# {_plain(screen.deal.name)}: {screen.verdict.words}"
    yield ""
    yield f"Law as of {screen.law.day.isoformat()}. {DISCLAIMER}"
    if screen.deal.note:
        yield f"\n> {_plain(screen.deal.note)}"
    yield "\n| verdict | rule | citation |"
    yield "| --- | --- | --- |"
    yield from (f"| {part.verdict} | {part.title} | {part.citation} |" for part in parts)
    for part in parts:
        yield from _part(part)
    votes = by_votes(screen)
    if votes:
        yield "\n## By voting interest, all else as it is\n"
        yield from (f"- {line}" for line in votes)
    if screen.asks:
        yield "\n## Facts that are missing\n"
        yield from (f"- `{ask.field}`: {_plain(ask.question)}" for ask in screen.asks)


def _part(part: Part) -> Iterator[str]:
    yield f"\n## {part.title}: {part.verdict}\n"
    yield f"*{part.family}*"
    yield from _list("Facts", part.facts)
    yield f"\n**Rule.** {_plain(part.says)} ({part.citation})"
    if part.note:
        yield f"\n{part.note}"
    yield from _list("Consequence", part.consequences)
    if part.steps:
        yield "\n| step | at most | citation |"
        yield "| --- | --- | --- |"
        yield from (
            f"| {step.says} | {step.days:g} {step.unit} | {step.citation} |" for step in part.steps
        )
    yield from _list("What would change it", part.cures)
    yield from _list("Missing", part.questions)


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    items = [f"- {_plain(line)}" for line in lines]
    if items:
        yield f"\n**{title}**\n"
        yield from items


def _plain(text: str) -> str:
    r"""Write a text so that it cannot be taken for markup.

    >>> _plain("a|b <i>\n# c")
    'a\\|b &lt;i> # c'
    """
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace("<", "&lt;")
    for sign in "|*_`[]":
        escaped = escaped.replace(sign, f"\\{sign}")
    return escaped
