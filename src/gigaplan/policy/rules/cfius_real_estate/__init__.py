"""The Committee on Foreign Investment in the United States, land: 31 CFR part 802."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.rules.cfius_real_estate import real_estate
from gigaplan.policy.rules.family import Family, Rule

FAMILY: Final = Family(
    "cfius_real_estate",
    "Foreign persons and land near listed sites (CFIUS, 31 CFR part 802)",
    (
        Rule(real_estate.RULE, real_estate.real_estate),
        Rule(real_estate.ADVERSARY_RULE, real_estate.real_estate_adversary),
    ),
)
