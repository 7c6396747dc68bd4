"""The Committee on Foreign Investment in the United States: 31 CFR part 800."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.rules.cfius.covered_control import covered_control
from gigaplan.policy.rules.family import Family, Rule

FAMILY: Final = Family(
    "cfius",
    "Foreign investment in U.S. businesses (CFIUS, 31 CFR part 800)",
    (Rule("cfius.covered_control", covered_control),),
)
