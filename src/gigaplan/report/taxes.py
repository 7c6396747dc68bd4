"""State and local taxes of a plan: what is paid, what places forgo for it, and what a job costs."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gigaplan.plan import Plan
from gigaplan.report.columns import Json, columns_of
from gigaplan.report.frames import Tables, filled
from gigaplan.report.numbers import percent, rounded, usd

TAXES: Final = ("sales", "property", "corporate")
PARTS: Final = tuple(f"{way}_{tax}" for way in ("paid", "forgone") for tax in TAXES)
WAYS: Final = {"paid": "paid_usd2025_m", "forgone": "incentive_usd2025_m"}
WHOLE: Final = {"due": "due_usd2025_m", **WAYS}
JOBS: Final = "operation_job_years"
FEDERAL: Final = "federal"
MOST_STATES: Final = 3
NOTHING_USD_M: Final = 0.05
"""Amounts below this are not shown [M$ of 2025]."""


def has_taxes(tables: Tables) -> bool:
    """Return whether a plan has taxes."""
    return filled(tables, "taxes")


def parts_by(tables: Tables, key: str) -> pd.DataFrame:
    """Return what is paid and forgone of each tax by zone or calendar year [M$ of 2025].

    Columns are the key, those of ``PARTS``, and ``due``, ``paid`` and ``forgone`` of all taxes.
    """
    taxes = tables["taxes"]
    columns = {}
    for way, column in WAYS.items():
        wide = taxes.groupby([key, "tax"])[column].sum().unstack("tax", fill_value=0)
        for tax in TAXES:
            columns[f"{way}_{tax}"] = wide.get(tax, pd.Series(0.0, wide.index))
    for name, column in WHOLE.items():
        columns[name] = taxes.groupby(key)[column].sum()
    return pd.DataFrame(columns).astype(float).reset_index()


def states(tables: Tables) -> pd.DataFrame:
    """Return taxes by state, most tax due first, with jobs and what one costs.

    ``usd_per_operation_job_year`` is what state and places forgo over the direct job-years of
    operation of the plan in the state; blank for a plan without jobs.
    """
    table = parts_by(tables, "zone")
    incentives = tables["incentives"]
    jobs = incentives.groupby("zone")[JOBS].first().astype(float)
    held = table["zone"].map(jobs).astype(float)
    cost = 1e6 * table["forgone"] / held.where(held > 0.0)
    table = table.assign(operation_job_years=held, usd_per_operation_job_year=cost)
    shown = table[table["due"] > NOTHING_USD_M]
    return shown.sort_values("due", ascending=False, kind="stable")


def incentives(tables: Tables) -> pd.DataFrame:
    """Return incentives by state, kind and level, the dearest first."""
    table = tables["incentives"]
    table = table[table["cost_usd2025_m"] > NOTHING_USD_M]
    return table.sort_values("cost_usd2025_m", ascending=False, kind="stable")


def tax_sentences(plan: Plan) -> str:
    """Return what is paid in taxes and forgone, where most, and what a job costs."""
    tables = plan.tables
    if not has_taxes(tables):
        return ""
    taxes = tables["taxes"]
    due, paid = (float(taxes[WHOLE[name]].sum()) for name in ("due", "paid"))
    if not due > NOTHING_USD_M:
        return ""
    last = int(taxes["calendar_year"].max())
    text = (
        f"State and local taxes on what the plan builds come to {usd(due)} of 2025 up to {last}; "
        f"{usd(paid)} of it is paid, and states and places forgo {usd(due - paid)} "
        f"({percent((due - paid) / due)})"
    )
    return text + _where(plan) + "." + _per_job(states(tables))


def _where(plan: Plan) -> str:
    """Return where most is forgone."""
    table = states(plan.tables)
    most = table[table["forgone"] > NOTHING_USD_M].nlargest(MOST_STATES, "forgone", keep="first")
    if most.empty:
        return ""
    zones = plan.tables["zones"]
    names = dict(zip(zones["zone"].astype(str), zones["name"].astype(str), strict=True))
    named = [
        f"{names.get(str(zone), str(zone))} {usd(float(forgone))}"
        for zone, forgone in zip(most["zone"], most["forgone"], strict=True)
    ]
    return f", most in {', '.join(named)}"


def _per_job(table: pd.DataFrame) -> str:
    """Return what a year of a permanent job costs, where there are jobs."""
    known = table.dropna(subset=["usd_per_operation_job_year"])
    if known.empty:
        return ""
    cost = 1e6 * float(known["forgone"].sum()) / float(known["operation_job_years"].sum())
    return f" That is ${rounded(float(np.round(cost, -3)), 0)} for each year of a permanent job."


def taxes_payload(plan: Plan) -> dict[str, Json]:
    """Return the tables of taxes of the page; none for a plan without taxes."""
    tables = plan.tables
    if not has_taxes(tables):
        return {}
    tenths = dict.fromkeys([*PARTS, *WHOLE], 1)
    per_job = ["usd2025_per_operation_job_year", "usd2025_per_job_year"]
    return {
        "tax_states": columns_of(
            states(tables), {**tenths, JOBS: 0, "usd_per_operation_job_year": 0}
        ),
        "tax_years": columns_of(parts_by(tables, "calendar_year"), tenths),
        "incentives": columns_of(
            incentives(tables)[["zone", "kind", "level", "cost_usd2025_m", *per_job, "citation"]],
            {"cost_usd2025_m": 1, **dict.fromkeys(per_job, 0)},
        ),
    }
