"""Exemption of data centers from sales tax."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Fact, both, told
from gigaplan.policy.facts.campus import Campus
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.states.at_state import campus_of, open_at, row_of
from gigaplan.policy.state_law import StateRule

RULE: Final = "states.sales_tax"
CITATION: Final = "State tax codes of the table state_rules"
TAXED: Final = Consequence("Cost the equipment with sales tax, at each replacement too.")


def is_exempt(campus: Campus, row: StateRule) -> Answer:
    """Whether a campus reaches what the state asks for its exemption."""
    investment, jobs = row.min_investment_usd_m or 0.0, row.min_jobs or 0.0
    return both(
        told(
            "campus.investment_usd_m",
            _reaches(campus.investment_usd_m, investment),
            f"The investment reaches {investment:,.0f} million",
            f"The investment does not reach {investment:,.0f} million",
            f"Does the investment reach {investment:,.0f} million?",
        ),
        told(
            "campus.jobs",
            _reaches(campus.jobs, jobs),
            f"The jobs reach {jobs:,.0f}",
            f"The jobs do not reach {jobs:,.0f}",
            f"Do the permanent jobs reach {jobs:,.0f}?",
        ),
    )


def _reaches(value: float | None, least: float) -> bool | None:
    if least == 0.0:
        return True
    return None if value is None else value >= least


def sales_tax(case: Case, law: Law) -> Finding:
    """Find whether the campus is exempt from sales tax."""
    campus = campus_of(case, RULE, CITATION)
    if isinstance(campus, Finding):
        return campus
    row = row_of(campus, law, "sales_tax")
    if isinstance(row, Answer):
        return open_at(RULE, row, CITATION)
    status = Answer(True, (Fact("campus.state", f"{row.zone}: {row.status.replace('_', ' ')}"),))
    if row.status == "no_tax":
        return clear(RULE, status, "The state has no sales tax.", row.cited)
    if row.status != "exempt":
        paused = row.status == "paused"
        says = "The exemption is paused." if paused else "The state exempts no data center."
        return Finding(RULE, Verdict.MITIGATE, status.facts, says, row.cited, TAXED)
    answer = is_exempt(campus, row)
    if answer.yes:
        return clear(RULE, both(status, answer), "The campus reaches the exemption.", row.cited)
    if answer.unknown:
        says = "Whether the campus reaches the exemption is open."
        return need_facts(RULE, both(status, answer), says, row.cited)
    return Finding(
        RULE,
        Verdict.MITIGATE,
        (*status.facts, *answer.facts),
        "The campus does not reach the exemption.",
        row.cited,
        TAXED,
        ("More investment or jobs within the years that the act allows.",),
    )
