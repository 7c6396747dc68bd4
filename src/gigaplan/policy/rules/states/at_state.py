"""The row of a state that a rule asks."""

from __future__ import annotations

from gigaplan.policy.answer import Answer, Ask
from gigaplan.policy.facts.campus import Campus
from gigaplan.policy.finding import Finding, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part
from gigaplan.policy.state_law import StateRule, Topic


def campus_of(case: Case, rule: str, citation: str) -> Campus | Finding:
    """Return the campus of a deal, or the finding that there is none or may be none."""
    reach = has_part(case, "campus")
    return (case.deal.campus or Campus()) if reach.yes else not_reached(rule, reach, citation)


def row_of(campus: Campus, law: Law, topic: Topic) -> StateRule | Answer:
    """Return the row of the state of a campus, or what is missing to find it."""
    if campus.state is None:
        return Answer(None, asks=(Ask("campus.state", "In which state is the campus?"),))
    row = law.states.rule(campus.state, topic)
    if row is None:
        question = f"What is the law of {campus.state}? The tables hold no row for the day."
        return Answer(None, asks=(Ask("campus.state", question),))
    return row


def open_at(rule: str, answer: Answer, citation: str) -> Finding:
    """Return the finding that the state, or its law, is not known."""
    return need_facts(rule, answer, "What the state asks is open.", citation)
