"""Who may supply what: hardware for data, chips in federal use, equipment of the grid of Texas."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.rules.family import Family, Rule
from gigaplan.policy.rules.suppliers import federal, icts, texas

FAMILY: Final = Family(
    "suppliers",
    "Suppliers by origin",
    (
        Rule(icts.RULE, icts.icts),
        Rule(federal.RULE, federal.federal_chips),
        Rule(texas.ACCESS_RULE, texas.texas_access),
        Rule(texas.REPORT_RULE, texas.texas_report),
    ),
)
