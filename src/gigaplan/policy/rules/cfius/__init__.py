"""The Committee on Foreign Investment in the United States: 31 CFR part 800."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.rules.cfius import (
    adversary_ties,
    covered_control,
    covered_investment,
    critical_technology,
    government_control,
    substantial_interest,
)
from gigaplan.policy.rules.family import Family, Rule

FAMILY: Final = Family(
    "cfius",
    "Foreign investment in U.S. businesses (CFIUS, 31 CFR part 800)",
    (
        Rule(covered_control.RULE, covered_control.covered_control),
        Rule(covered_investment.RULE, covered_investment.covered_investment),
        Rule(substantial_interest.RULE, substantial_interest.substantial_interest),
        Rule(critical_technology.RULE, critical_technology.critical_technology),
        Rule(government_control.RULE, government_control.government_control),
        Rule(adversary_ties.RULE, adversary_ties.adversary_ties),
    ),
)
