"""Law of the states: tariffs, curtailment, taxes, land, reactors and clean supply."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.rules.family import Family, Rule
from gigaplan.policy.rules.states import (
    curtailment,
    foreign_land,
    large_load,
    sales_tax,
    supply,
)

FAMILY: Final = Family(
    "states",
    "Law of the states",
    (
        Rule(large_load.RULE, large_load.large_load),
        Rule(curtailment.RULE, curtailment.curtailment),
        Rule(sales_tax.RULE, sales_tax.sales_tax),
        Rule(foreign_land.RULE, foreign_land.foreign_land),
        Rule(supply.NUCLEAR_RULE, supply.nuclear),
        Rule(supply.CLEAN_RULE, supply.clean_supply),
    ),
)
