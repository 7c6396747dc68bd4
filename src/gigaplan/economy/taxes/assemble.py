"""The tables ``taxes`` and ``incentives`` of a plan."""

from __future__ import annotations

import pandas as pd

from gigaplan.dealbook import PlanFacts
from gigaplan.economy.activity import construction_of, entries_of
from gigaplan.economy.taxes.corporate import corporate_taxes
from gigaplan.economy.taxes.exemptions import exemptions
from gigaplan.economy.taxes.incentives import incentives_table
from gigaplan.economy.taxes.property import property_taxes
from gigaplan.economy.taxes.rates import KEYS, MONEY, TaxRates
from gigaplan.economy.taxes.running import parts_of, price_index, running_years
from gigaplan.economy.taxes.sales import sales_taxes
from gigaplan.plan.tables import without_rows

NOTHING_USD_M = 1e-9
"""Amounts below this are rounding [M$ of 2025]."""


def tax_tables(facts: PlanFacts) -> dict[str, pd.DataFrame]:
    """Return the tables of state and local taxes of a plan by name.

    Parameters
    ----------
    facts
        A plan whose tables hold its deals.

    Returns
    -------
    dict of pandas.DataFrame
        ``taxes``, every tax of every project by calendar year up to the end of the plan, and
        ``incentives``, what places forgo and the federal state credits, by state; jobs are blank,
        see :func:`~gigaplan.economy.taxes.incentives.with_jobs`.
    """
    rates = TaxRates(facts.dataset)
    entries = entries_of(facts)
    entries = entries[entries["zone"].isin(rates.zones.index)].reset_index(drop=True)
    construction = construction_of(entries, facts.base_year)
    exempt = exemptions(facts)
    parts = parts_of(entries, facts)
    running = running_years(parts, facts)
    running = running.assign(price_index=price_index(facts, running["calendar_year"].to_numpy()))
    taxes = _table(
        [
            sales_taxes(construction, rates, exempt.set_index("project")["exempt_frac"]),
            property_taxes(running, rates),
            corporate_taxes(parts, facts, rates),
        ],
        facts,
    )
    return {"taxes": taxes, "incentives": incentives_table(taxes, exempt, facts, rates)}


def _table(parts: list[pd.DataFrame], facts: PlanFacts) -> pd.DataFrame:
    """Return one row for each key; what is paid is due less the incentive."""
    keys = [*KEYS, "rate_frac"]
    rows = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    rows = rows.groupby(keys, sort=False, observed=True)[[*MONEY]].sum().reset_index()
    rows = rows[rows["due_usd2025_m"].abs() > NOTHING_USD_M].reset_index(drop=True)
    if rows.empty:
        return without_rows("taxes")
    paid = rows["due_usd2025_m"] - rows["incentive_usd2025_m"]
    index = price_index(facts, rows["calendar_year"].to_numpy(dtype=int))
    return rows.assign(paid_usd2025_m=paid, paid_usd_nominal_m=paid * index)
