"""The on-site units of a campus, or the finding that there are none or may be none."""

from __future__ import annotations

from gigaplan.policy.answer import Answer, told
from gigaplan.policy.facts.campus import Campus, OnsitePower
from gigaplan.policy.finding import Finding
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part


def units_of(case: Case, rule: str, citation: str) -> OnsitePower | Finding:
    """Return the on-site units of the campus of a deal, or what a rule finds without them."""
    reach = has_part(case, "campus")
    if not reach.yes:
        return not_reached(rule, reach, citation)
    campus = case.deal.campus or Campus()
    has = _has_units(campus)
    if not has.yes:
        return not_reached(rule, has, citation)
    return campus.onsite_power or OnsitePower()


def _has_units(campus: Campus) -> Answer:
    return told(
        "campus.has_onsite_power",
        True if campus.onsite_power is not None else campus.has_onsite_power,
        "The campus has combustion units of its own",
        "The campus has no combustion units of its own",
        "Has the campus combustion units of its own, for supply or backup?",
    )
