"""What a rule finds: a verdict, and the chain from facts to consequence that leads to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from gigaplan.policy.answer import Answer, Ask, Fact


class Verdict(IntEnum):
    """What a rule asks for, from mild to strict."""

    CLEAR = 0
    NEED_FACTS = 1
    FILE_VOLUNTARY = 2
    FILE_MANDATORY = 3
    MITIGATE = 4
    BLOCK_RISK = 5

    @property
    def words(self) -> str:
        """The verdict as a person would say it."""
        return _WORDS[self]


_WORDS = {
    Verdict.CLEAR: "clear",
    Verdict.NEED_FACTS: "need facts",
    Verdict.FILE_VOLUNTARY: "file (voluntary)",
    Verdict.FILE_MANDATORY: "file (mandatory)",
    Verdict.MITIGATE: "mitigate",
    Verdict.BLOCK_RISK: "block-risk",
}


@dataclass(frozen=True)
class Step:
    """A step of a clock.

    Parameters
    ----------
    says
        What happens in it.
    days
        How long it may last, in days of the unit.
    unit
        ``days`` or ``business days``.
    citation
        Section that sets it.
    """

    says: str
    days: float
    unit: str
    citation: str


@dataclass(frozen=True)
class Consequence:
    """What follows from a finding.

    Parameters
    ----------
    says
        In words.
    days_least, days_most
        Time that it takes; ``None``: none.
    fee_usd
        Fee of a filing by the value of the deal; ``None``: none, or the value is not known.
    penalty_usd
        Largest penalty for leaving it undone; ``None``: none.
    cap_frac
        Share below which the finding would not arise; ``None``: no share avoids it.
    steps
        The clock, step by step.
    """

    says: str
    days_least: float | None = None
    days_most: float | None = None
    fee_usd: float | None = None
    penalty_usd: float | None = None
    cap_frac: float | None = None
    steps: tuple[Step, ...] = ()


NOTHING = Consequence("Nothing to do under this rule.")


@dataclass(frozen=True)
class Finding:
    """What one rule finds in one deal.

    Parameters
    ----------
    rule
        Name of the rule: a row of the table ``policy_rules``.
    verdict
        What the rule asks for.
    facts
        Facts that decided it.
    says
        What the rule makes of them, as sentences.
    citation
        Sections that say so.
    consequence
        What follows.
    cures
        What would change the finding.
    asks
        Facts that are missing to decide it, or that could make it stricter.
    """

    rule: str
    verdict: Verdict
    facts: tuple[Fact, ...]
    says: str
    citation: str
    consequence: Consequence = NOTHING
    cures: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()


def clear(rule: str, answer: Answer, says: str, citation: str) -> Finding:
    """Return the finding that a rule does not reach a deal, by an answer that is known."""
    return Finding(rule, Verdict.CLEAR, answer.facts, says, citation)


def need_facts(rule: str, answer: Answer, says: str, citation: str) -> Finding:
    """Return the finding that facts are missing."""
    consequence = Consequence("Find out what is asked; until then the rule stays open.")
    return Finding(
        rule,
        Verdict.NEED_FACTS,
        answer.facts,
        says,
        citation,
        consequence,
        tuple(ask.question for ask in answer.asks),
        answer.asks,
    )
