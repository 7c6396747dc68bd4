"""The memo as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from gigaplan.policy.by_votes import verdicts_by_votes
from gigaplan.policy.finding import Finding
from gigaplan.policy.screen import DISCLAIMER, Screen


def memo_json(screens: Sequence[Screen]) -> str:
    """Return the memo as one JSON object."""
    content = {"disclaimer": DISCLAIMER, "deals": [_deal(screen) for screen in screens]}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _deal(screen: Screen) -> dict[str, object]:
    return {
        "deal": screen.deal.name,
        "as_of": screen.law.day.isoformat(),
        "verdict": screen.verdict.words,
        "by_votes": [
            asdict(stretch) | {"verdict": stretch.verdict.words}
            for stretch in verdicts_by_votes(screen.deal, screen.law)
        ],
        "findings": [_finding(screen, finding) for finding in screen.findings],
        "asks": [asdict(ask) for ask in screen.asks],
    }


def _finding(screen: Screen, finding: Finding) -> dict[str, object]:
    text = screen.law.rules[finding.rule]
    return {
        "rule": finding.rule,
        "family": text.family,
        "title": text.title,
        "verdict": finding.verdict.words,
        "facts": [asdict(fact) for fact in finding.facts],
        "says": finding.says,
        "citation": finding.citation,
        "consequence": asdict(finding.consequence),
        "would_change_it": list(finding.cures),
        "asks": [asdict(ask) for ask in finding.asks],
    }
