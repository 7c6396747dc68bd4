"""The memo as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from gigaplan.policy.finding import Finding, Verdict
from gigaplan.policy.screen import DISCLAIMER, Screen


def memo_text(screen: Screen) -> str:
    """Return the memo as plain text."""
    return "\n".join(_lines(screen)) + "\n"


def _lines(screen: Screen) -> Iterator[str]:
    yield f"{screen.deal.name}: {screen.verdict.words}"
    yield f"Law as of {screen.law.day.isoformat()}. {DISCLAIMER}"
    for finding in sorted(screen.findings, key=lambda one: -one.verdict):
        yield ""
        yield from _finding(screen, finding)
    if screen.asks:
        yield ""
        yield "Facts that are missing"
        yield from (f"  {ask.field}: {ask.question}" for ask in screen.asks)


def _finding(screen: Screen, finding: Finding) -> Iterator[str]:
    yield f"[{finding.verdict.words}] {screen.law.rules[finding.rule].title}"
    yield from (f"  fact         {fact.says}" for fact in finding.facts)
    yield f"  rule         {finding.says}"
    yield f"  citation     {finding.citation}"
    if finding.verdict not in (Verdict.CLEAR, Verdict.NEED_FACTS):
        yield f"  consequence  {finding.consequence.says}"
        yield from (f"  change       {cure}" for cure in finding.cures)
