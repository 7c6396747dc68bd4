"""Parts of a memo, before they are written: the same for text, Markdown, HTML and JSON."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.policy.answer import percent
from gigaplan.policy.by_votes import verdicts_by_votes
from gigaplan.policy.finding import Finding, Step, Verdict
from gigaplan.policy.rules import FAMILIES
from gigaplan.policy.screen import Screen

DECIDED = (Verdict.FILE_VOLUNTARY, Verdict.FILE_MANDATORY, Verdict.MITIGATE, Verdict.BLOCK_RISK)
JUDGEMENT = "What this rule leads to is a judgement from practice, not a line of the text."


@dataclass(frozen=True)
class Part:
    """One finding of a memo.

    Parameters
    ----------
    family, title, verdict
        Titles of family and rule, and the verdict in words.
    facts, says, citation
        The chain: facts, what the rule makes of them, and where it stands.
    consequences
        What follows in time and cost, as sentences; empty if nothing does.
    steps
        The clock of the filing.
    cures
        What would change the finding.
    questions
        What is missing to decide it, or to show an exception.
    note
        How far the rule is to be trusted; empty where it is the text itself.
    """

    family: str
    title: str
    verdict: str
    facts: tuple[str, ...]
    says: str
    citation: str
    consequences: tuple[str, ...]
    steps: tuple[Step, ...]
    cures: tuple[str, ...]
    questions: tuple[str, ...]
    note: str


def parts_of(screen: Screen) -> tuple[Part, ...]:
    """Return the findings of a screen, strictest first."""
    ordered = sorted(screen.findings, key=lambda finding: -finding.verdict)
    return tuple(_part(screen, finding) for finding in ordered)


def by_votes(screen: Screen) -> tuple[str, ...]:
    """Return the verdict for every voting interest, as sentences; none if it is always the same."""
    stretches = verdicts_by_votes(screen.deal, screen.law)
    return tuple(stretch.words for stretch in stretches) if len(stretches) > 1 else ()


def _part(screen: Screen, finding: Finding) -> Part:
    rule = screen.law.rules[finding.rule]
    families = {family.name: family.title for family in FAMILIES}
    decided = finding.verdict in DECIDED
    return Part(
        family=families[rule.family],
        title=rule.title,
        verdict=finding.verdict.words,
        facts=tuple(dict.fromkeys(fact.says for fact in finding.facts)),
        says=finding.says,
        citation=finding.citation,
        consequences=_consequences(finding) if decided else (),
        steps=finding.consequence.steps,
        cures=finding.cures if decided else (),
        questions=tuple(ask.question for ask in finding.asks),
        note=JUDGEMENT if decided and rule.confidence == "estimate" else "",
    )


def _consequences(finding: Finding) -> tuple[str, ...]:
    """Say what follows in words, then time, cost and cap."""
    follows = finding.consequence
    lines = [follows.says]
    if follows.days_least is not None and follows.days_most is not None:
        lines.append(f"Time: {follows.days_least:g} to {follows.days_most:g} days.")
    if follows.fee_usd is not None:
        lines.append(f"Fee of a notice: {follows.fee_usd:,.0f} USD; a declaration is free.")
    if follows.penalty_usd is not None:
        lines.append(f"Penalty for leaving it undone: up to {follows.penalty_usd:,.0f} USD.")
    if follows.cap_frac is not None:
        lines.append(f"Cap: below {percent(follows.cap_frac)} of the votes it would not arise.")
    return tuple(lines)
