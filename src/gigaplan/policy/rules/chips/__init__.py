"""Chip plants: the credit of section 48D, its recapture, and the guardrails of awards."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.rules.chips import clawback, investment_credit, recapture
from gigaplan.policy.rules.chips.investment_credit import chip_credit_frac
from gigaplan.policy.rules.family import Family, Rule

FAMILY: Final = Family(
    "chips",
    "Chip plants (IRC 48D, CHIPS Act guardrails)",
    (
        Rule(investment_credit.RULE, investment_credit.investment_credit),
        Rule(recapture.RULE, recapture.recapture),
        Rule(clawback.RULE, clawback.expansion_clawback),
        Rule(clawback.TECHNOLOGY_RULE, clawback.technology_clawback),
    ),
)

__all__ = ["FAMILY", "chip_credit_frac"]
