"""Made-up bills and CO2 beside a counterfactual, for tests of the page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from gigaplan.plan import Plan
from gigaplan.plan.tables import columns_of

HOUSEHOLD_KWH = 900.0


def with_bills(plan: Plan) -> Plan:
    """Return the plan beside a counterfactual: the first state pays most, the last one gains.

    Tariffs are in force in every second state.
    """
    zones = plan.tables["zones"]["zone"].astype(str).tolist()
    years = sorted(set(plan.tables["campuses"]["year"].astype(int)))
    parts = [
        (zone, year, tariff, at, len(zones))
        for at, zone in enumerate(zones)
        for year in years
        for tariff in ("off", "on")
    ]
    bills = pd.DataFrame([_bill(*part) for part in parts])
    keys = bills[bills["tariff"] == "off"][["zone", "year"]].reset_index(drop=True)
    price = keys.assign(
        item="wholesale price",
        unit="USD of 2025 per MWh",
        with_programme=41.0,
        without_programme=40.0,
        difference=1.0,
    )
    kt = np.arange(1.0, len(keys) + 1.0) * 1e3
    carbon = keys.assign(
        co2_with_kt=kt + 300.0,
        co2_without_kt=kt,
        difference_kt=300.0,
        campus_use_twh=0.5,
        marginal_t_per_mwh=0.6,
        average_t_per_mwh=0.3,
        attributed_kt=300.0,
    )
    added = {"bills": bills, "counterfactual": price, "carbon_effect": carbon}
    ordered = {
        name: table[[column.column for column in columns_of(name)]] for name, table in added.items()
    }
    return replace(plan, tables={**plan.tables, **ordered})


def _bill(zone: str, year: int, tariff: str, at: int, count: int) -> dict[str, object]:
    """Return a row: 3 USD a MWh more without a tariff, 0.5 with one; less in the last state."""
    change = -0.3 if at == count - 1 else (3.0 if tariff == "off" else 0.5) - 0.1 * at
    load, campus = 100.0, 10.0
    more = 500.0
    return {
        "zone": zone,
        "year": year,
        "tariff": tariff,
        "by_law": int((at % 2 == 0) == (tariff == "on")),
        "load_twh": load,
        "campus_twh": campus,
        "retail_without_usd2025_per_mwh": 110.0,
        "retail_with_usd2025_per_mwh": 110.0 + change,
        "change_usd2025_per_mwh": change,
        "household_usd2025_per_month": change * HOUSEHOLD_KWH / 1e3,
        "customers_change_usd2025_m_per_yr": change * load,
        "campuses_pay_usd2025_m_per_yr": more - change * load,
        "campuses_usd2025_per_mwh": (more - change * load) / campus,
        "passed_on_change_usd2025_m_per_yr": more,
    }
