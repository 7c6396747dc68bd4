"""Plans with their taxes, solved once for all tests of taxes."""

from __future__ import annotations

from functools import cache

import pandas as pd
from tests.dealbook.conftest import facts_of, tiny

import gigaplan
from gigaplan.dealbook import PlanFacts
from gigaplan.economy.taxes.rates import TaxRates
from gigaplan.inputs.dataset import load_dataset
from gigaplan.plan.tables import Plan

MONEY = ["due_usd2025_m", "incentive_usd2025_m", "paid_usd2025_m", "paid_usd_nominal_m"]


@cache
def taxed_plan() -> Plan:
    """Return the tiny plan in which the programme pays for accelerators and its own power."""
    return gigaplan.run(tiny(), relaxed=True)


@cache
def facts() -> PlanFacts:
    return facts_of(taxed_plan())


@cache
def rates() -> TaxRates:
    return TaxRates(load_dataset("us"))


def total(table: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """Return sums of money by keys, summed again over them."""
    return table.groupby(list(keys))[MONEY].sum().sum()
