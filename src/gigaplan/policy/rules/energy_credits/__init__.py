"""Federal tax credits for energy after P.L. 119-21: who may claim them, by when, made of what."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.rules.energy_credits import claimant, recapture, supply, timing, transfer
from gigaplan.policy.rules.energy_credits.credit import UNTIED, Credit, Origin, credit_of
from gigaplan.policy.rules.energy_credits.deadlines import Deadline, deadline_of
from gigaplan.policy.rules.family import Family, Rule

FAMILY: Final = Family(
    "energy_credits",
    "Energy tax credits and foreign entities (P.L. 119-21)",
    (
        Rule(claimant.RULE, claimant.foreign_entity),
        Rule(supply.RULE, supply.material_assistance),
        Rule(timing.RULE, timing.deadline),
        Rule(recapture.RULE, recapture.recapture),
        Rule(transfer.RULE, transfer.transfer),
    ),
)

__all__ = [
    "FAMILY",
    "UNTIED",
    "Credit",
    "Deadline",
    "Origin",
    "credit_of",
    "deadline_of",
]
