"""Sale of a credit, IRC 6418."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact
from gigaplan.policy.facts.power_plant import PowerPlant
from gigaplan.policy.facts.scope import NOBODY
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.energy_credits.foreign_entity import is_specified
from gigaplan.policy.rules.reach import not_reached
from gigaplan.policy.scope import has_part

RULE: Final = "energy_credits.transfer"
CITATION: Final = "IRC 6418(a), (g)(5)"


def transfer(case: Case, law: Law) -> Finding:
    """Find whether the credit is sold to one who may not buy it."""
    reach = has_part(case, "power_plant")
    if not reach.yes:
        return not_reached(RULE, reach, CITATION)
    answer = _buyer_is_specified(case, law, case.deal.power_plant or PowerPlant())
    if answer.no:
        return clear(RULE, answer, "No credit is sold to a specified foreign entity.", CITATION)
    if answer.unknown:
        says = "Whether the buyer of the credit may buy it is open."
        return need_facts(RULE, answer, says, CITATION)
    return Finding(
        RULE,
        Verdict.BLOCK_RISK,
        answer.facts,
        "A specified foreign entity may not buy the credit.",
        CITATION,
        Consequence("The sale has no effect."),
        ("Another buyer.",),
        answer.asks,
    )


def _buyer_is_specified(case: Case, law: Law, plant: PowerPlant) -> Answer:
    buyer = plant.sold_to
    if buyer is None:
        return Answer(None, asks=(Ask("power_plant.sold_to", "Who buys the credit, if anybody?"),))
    if buyer == NOBODY:
        return Answer(False, (Fact("power_plant.sold_to", "The credit is not sold"),))
    return is_specified(case, law, buyer)
