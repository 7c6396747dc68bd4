"""New reactors, and standards of clean supply."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Fact, told
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.states.at_state import campus_of, open_at, row_of

NUCLEAR_RULE: Final = "states.nuclear"
CLEAN_RULE: Final = "states.clean_supply"
CITATION: Final = "State laws of the table state_rules"


def nuclear(case: Case, law: Law) -> Finding:
    """Find whether the state lets a new reactor be built."""
    campus = campus_of(case, NUCLEAR_RULE, CITATION)
    if isinstance(campus, Finding):
        return campus
    planned = told(
        "campus.new_nuclear",
        campus.new_nuclear,
        "A new reactor is planned",
        "No new reactor is planned",
        "Is a new reactor to be built in the state?",
    )
    if planned.no:
        return clear(NUCLEAR_RULE, planned, "No new reactor is planned.", CITATION)
    row = row_of(campus, law, "nuclear")
    if isinstance(row, Answer):
        return open_at(NUCLEAR_RULE, row, CITATION)
    says_row = Fact("campus.state", f"{row.zone}: {row.status}")
    if row.status == "open":
        answer = Answer(True, (says_row,))
        return clear(NUCLEAR_RULE, answer, "The state does not stand in the way.", row.cited)
    if planned.unknown:
        says = "The state forbids or restricts new reactors; whether one is planned is open."
        return need_facts(NUCLEAR_RULE, planned, says, row.cited)
    banned = row.status == "ban"
    return Finding(
        NUCLEAR_RULE,
        Verdict.BLOCK_RISK if banned else Verdict.MITIGATE,
        (says_row, *planned.facts),
        "The state forbids new reactors."
        if banned
        else "The state restricts new reactors: waste, a vote or an act comes first.",
        row.cited,
        Consequence("Do not plan on a new reactor in this state."),
        ("A reactor in another state.",),
    )


def clean_supply(case: Case, law: Law) -> Finding:
    """Find whether supply that emits meets a standard that asks for clean supply only."""
    campus = campus_of(case, CLEAN_RULE, CITATION)
    if isinstance(campus, Finding):
        return campus
    row = row_of(campus, law, "clean_supply")
    if isinstance(row, Answer):
        return open_at(CLEAN_RULE, row, CITATION)
    strict = row.status == "standard" and (row.target_frac or 0.0) >= 1.0
    says_row = Fact("campus.state", f"{row.zone}: {row.status} {row.target_year or ''}".strip())
    if not strict:
        says = "No standard of the state asks for clean supply only."
        return clear(CLEAN_RULE, Answer(True, (says_row,)), says, row.cited)
    emits = told(
        "campus.emitting_supply",
        campus.emitting_supply,
        f"Its supply emits after {row.target_year}",
        f"Its supply does not emit after {row.target_year}",
        f"Does its supply emit after {row.target_year}?",
    )
    if emits.no:
        return clear(CLEAN_RULE, emits, "The supply meets the standard.", row.cited)
    if emits.unknown:
        says = "Whether the supply meets the standard of the state is open."
        return need_facts(CLEAN_RULE, emits, says, row.cited)
    return Finding(
        CLEAN_RULE,
        Verdict.MITIGATE,
        (says_row, *emits.facts),
        "The state asks for clean supply only by then.",
        row.cited,
        Consequence("Plan capture, clean fuel or retirement by the target year."),
        ("Clean supply from the target year on.",),
    )
