"""Curtailment of large loads when firm load is shed."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Fact, both, told
from gigaplan.policy.facts.campus import Campus
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.states.at_state import campus_of, open_at, row_of
from gigaplan.policy.state_law import StateRule

RULE: Final = "states.curtailment"
CITATION: Final = "Tex. Util. Code 39.170; acts of the table state_rules"


def is_reached(campus: Campus, row: StateRule) -> Answer:
    """Whether the mandate of a state reaches a load: by size, and by the day of connection."""
    if row.status != "mandatory":
        return Answer(False, (Fact("campus.state", f"No act of {row.zone} in the table"),))
    least, load, day = row.threshold_mw or 0.0, campus.load_mw, campus.connected_on
    after = row.connected_after
    return both(
        told(
            "campus.load_mw",
            None if load is None else load >= least,
            f"The load reaches {least:g} MW",
            f"The load does not reach {least:g} MW",
            "How large is the load?",
        ),
        told(
            "campus.connected_on",
            True if after is None else (None if day is None else day > after),
            "It is connected after the day of the act",
            "It is connected by the day of the act",
            "When is the load connected?",
        ),
    )


def curtailment(case: Case, law: Law) -> Finding:
    """Find whether the load must be able to be curtailed."""
    campus = campus_of(case, RULE, CITATION)
    if isinstance(campus, Finding):
        return campus
    row = row_of(campus, law, "curtailment")
    if isinstance(row, Answer):
        return open_at(RULE, row, CITATION)
    answer = is_reached(campus, row)
    if answer.no:
        return clear(RULE, answer, "No mandate of the state reaches the load.", row.cited)
    if answer.unknown:
        says = "Whether the mandate of the state reaches the load is open."
        return need_facts(RULE, answer, says, row.cited)
    able = told(
        "campus.curtailable",
        campus.curtailable,
        "The load can be curtailed, or moved to backup",
        "The load can be neither curtailed nor moved to backup",
        "Can the load be curtailed, or moved to backup, at the call of the grid operator?",
    )
    if able.yes:
        says = "The mandate reaches the load, and it can be kept."
        return clear(RULE, both(answer, able), says, row.cited)
    return Finding(
        RULE,
        Verdict.MITIGATE,
        (*answer.facts, *able.facts),
        "The load must be able to be curtailed when firm load is shed.",
        row.cited,
        Consequence("Install equipment by which the load is shed or moved to backup."),
        ("Backup for the whole load.", "A load below the size of the act."),
        able.asks,
    )
