"""What a rule finds where the part that it is about is not in the deal, or may not be."""

from __future__ import annotations

from gigaplan.policy.answer import Answer
from gigaplan.policy.finding import Finding, clear, need_facts


def not_reached(rule: str, answer: Answer, citation: str) -> Finding:
    """Return the finding that a deal has no such part, or that it is not known."""
    if answer.no:
        return clear(rule, answer, "The rule does not reach this deal.", citation)
    return need_facts(rule, answer, "Whether the rule reaches this deal is open.", citation)
