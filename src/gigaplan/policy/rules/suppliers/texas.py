"""Equipment of the grid of Texas from companies of listed nations, Lone Star acts."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact, both, either, told
from gigaplan.policy.facts.supplies import CHIPS, Supply
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.suppliers.items import (
    is_from,
    is_held_above,
    items_of,
    name_of,
    of_any,
)

ACCESS_RULE: Final = "suppliers.texas_access"
REPORT_RULE: Final = "suppliers.texas_report"
ACCESS_CITATION: Final = "Tex. Bus. & Com. Code 117.001, 117.002; Tex. Gov. Code 2275.0102"
REPORT_CITATION: Final = "Tex. Util. Code 39.360(b)-(e); ERCOT Nodal Protocols 16.1.4"
LISTED: Final = "texas_listed_nation"
MAJORITY: Final = "suppliers.texas.majority_frac"
WHOSE: Final = "a nation that Texas lists"
TEXAS: Final = "TX"


def texas_access(case: Case, law: Law) -> Finding:
    """Find whether a company of a listed nation would reach or control the grid."""
    items = items_of(case, ACCESS_RULE, ACCESS_CITATION)
    if isinstance(items, Finding):
        return items
    answer = of_any(
        items,
        lambda at, item: both(_access(at, item), _of_grid(at, item), _listed(case, law, at, item)),
    )
    if answer.no:
        says = "No company of a listed nation reaches or controls the grid of Texas."
        return clear(ACCESS_RULE, answer, says, ACCESS_CITATION)
    if answer.unknown:
        says = "Whether a company of a listed nation reaches the grid of Texas is open."
        return need_facts(ACCESS_RULE, answer, says, ACCESS_CITATION)
    return Finding(
        ACCESS_RULE,
        Verdict.BLOCK_RISK,
        answer.facts,
        "An agreement that gives such a company access to the grid, or control, is prohibited.",
        ACCESS_CITATION,
        Consequence("Do not sign; keep the access to warranty and support."),
        ("No access beyond warranty and support.", "A maker of another nation."),
        answer.asks,
    )


def texas_report(case: Case, law: Law) -> Finding:
    """Find whether a purchase of critical equipment has to be reported to ERCOT."""
    items = items_of(case, REPORT_RULE, REPORT_CITATION)
    if isinstance(items, Finding):
        return items
    answer = of_any(
        items,
        lambda at, item: both(
            _of_grid(at, item), _critical(at, item), _listed(case, law, at, item)
        ),
    )
    if answer.no:
        says = "No critical equipment comes from a company of a listed nation."
        return clear(REPORT_RULE, answer, says, REPORT_CITATION)
    if answer.unknown:
        says = "Whether critical equipment comes from a company of a listed nation is open."
        return need_facts(REPORT_RULE, answer, says, REPORT_CITATION)
    return Finding(
        REPORT_RULE,
        Verdict.FILE_MANDATORY,
        answer.facts,
        "The purchase has to be reported to ERCOT, with an attestation that its maker gets no "
        "access.",
        REPORT_CITATION,
        Consequence("Report and attest, or the registration with ERCOT may be suspended."),
        ("A maker of another nation.",),
        answer.asks,
    )


def _of_grid(place: str, item: Supply) -> Answer:
    """Whether an item is equipment of the electric grid in Texas."""
    name = name_of(item)
    in_texas = told(
        f"{place}.state",
        None if item.state is None else item.state == TEXAS,
        f"The {name} is used in Texas",
        f"The {name} is not used in Texas",
        "In which state is it used?",
    )
    if item.kind is None:
        grid = Answer(None, asks=(Ask(f"{place}.kind", "Which kind of thing is it?"),))
    elif item.kind in CHIPS:
        grid = Answer(False, (Fact(f"{place}.kind", f"The {name} is no equipment of the grid"),))
    else:
        grid = Answer(True, (Fact(f"{place}.kind", f"The {name} is equipment of the grid"),))
    return both(grid, in_texas)


def _access(place: str, item: Supply) -> Answer:
    return told(
        f"{place}.maker_access",
        item.maker_access,
        f"The maker of the {name_of(item)} gets access to it, or control",
        f"The maker of the {name_of(item)} gets no access beyond warranty and support",
        "Does its maker get access to it, or control, beyond warranty and support?",
    )


def _critical(place: str, item: Supply) -> Answer:
    return told(
        f"{place}.critical_grid_equipment",
        item.critical_grid_equipment,
        f"The {name_of(item)} is critical electric grid equipment",
        f"The {name_of(item)} is no critical electric grid equipment",
        "Is it critical electric grid equipment by the protocols of ERCOT?",
    )


def _listed(case: Case, law: Law, place: str, item: Supply) -> Answer:
    """Whether its maker is a company of a listed nation: by seat, by plant or by holders."""
    held = is_held_above(case, item, law, LISTED, law.parameters.value(MAJORITY), WHOSE)
    return either(is_from(place, item, law, LISTED, WHOSE), held)
