"""Tariffs and acts for large loads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact, percent
from gigaplan.policy.facts.campus import Campus
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.states.at_state import campus_of
from gigaplan.policy.state_law import Tariff

RULE: Final = "states.large_load_tariff"
CITATION: Final = "Tariffs and acts of the table large_load_tariffs"
STATEWIDE: Final = "statewide"


def tariffs_of(campus: Campus, law: Law) -> tuple[Tariff, ...]:
    """Return the tariffs that may hold for a campus: those of its state, and of its utility."""
    return tuple(
        tariff
        for tariff in law.states.tariffs
        if tariff.zone == campus.state
        and (campus.utility is None or tariff.utility in (campus.utility, STATEWIDE))
    )


def terms_of(tariff: Tariff) -> str:
    """Say the terms of a tariff."""
    return f"{tariff.name} ({tariff.utility}): {'; '.join(_terms(tariff))}."


def _terms(tariff: Tariff) -> Iterator[str]:
    yield f"from {tariff.threshold_mw:g} MW"
    if tariff.min_term_years is not None:
        yield f"a term of {tariff.min_term_years:g} years"
    if tariff.ramp_years is not None:
        yield f"a ramp of up to {tariff.ramp_years:g} years"
    if tariff.min_demand_frac is not None:
        yield f"a minimum bill of {percent(tariff.min_demand_frac)} of demand"
    if tariff.collateral:
        yield "security"


def large_load(case: Case, law: Law) -> Finding:
    """Find which tariff for large loads the campus comes under."""
    campus = campus_of(case, RULE, CITATION)
    if isinstance(campus, Finding):
        return campus
    asks = tuple(_asks(campus))
    if campus.state is None or campus.load_mw is None:
        says = "Which tariff the load comes under is open."
        return need_facts(RULE, Answer(None, asks=asks), says, CITATION)
    known = tariffs_of(campus, law)
    load = Fact("campus.load_mw", f"The load is {campus.load_mw:g} MW in {campus.state}")
    reached = [tariff for tariff in known if campus.load_mw >= tariff.threshold_mw]
    if reached:
        return Finding(
            RULE,
            Verdict.FILE_MANDATORY,
            (load,),
            f"The load is a large one: {' '.join(terms_of(tariff) for tariff in reached)}",
            "; ".join(dict.fromkeys(tariff.cited for tariff in reached)),
            Consequence("Sign the service under these terms, and cost minimum bill and security."),
            ("A smaller load, or one of another utility.", "Own generation, where the act lets."),
            () if campus.utility else asks,
        )
    if campus.utility is None or not known:
        question = "Which tariff for large loads has the utility? The table is a sample."
        missing = Answer(None, (load,), (Ask("campus.utility", question),))
        says = "No tariff of the table reaches the load; another may."
        return need_facts(RULE, missing, says, CITATION)
    says = "The load is below each tariff and act of the table."
    cited = "; ".join(dict.fromkeys(tariff.cited for tariff in known))
    return clear(RULE, Answer(True, (load,)), says, cited)


def _asks(campus: Campus) -> Iterator[Ask]:
    if campus.state is None:
        yield Ask("campus.state", "In which state is the campus?")
    if campus.load_mw is None:
        yield Ask("campus.load_mw", "How large is the load?")
    if campus.utility is None:
        yield Ask("campus.utility", "Which utility serves the campus?")
