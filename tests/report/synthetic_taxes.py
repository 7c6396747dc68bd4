"""Made-up taxes and incentives for made-up plans."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from tests.report.synthetic import columns_of

from gigaplan.economy.taxes import with_jobs
from gigaplan.plan import Plan

TAXES = {
    "sales": ("state", 0.06, 0.9),
    "property": ("local", 0.02, 0.5),
    "corporate": ("state", 0.05, 0.0),
}
"""Level, rate and part forgone of each tax."""

KINDS = {"sales": "sales-tax exemption", "property": "property-tax abatement"}
YEARS = (2028, 2029, 2030)
JOB_YEARS = 250.0


def with_taxes(plan: Plan, *, law: str = "Code 1-2-3", jobs: bool = False) -> Plan:
    """Return the plan with taxes of a project in each zone; the first zone has the most."""
    rows = []
    for place, zone in enumerate(plan.tables["zones"]["zone"]):
        for year in YEARS:
            for tax, (level, rate, forgone) in TAXES.items():
                base = 1e5 / (1 + place) + year
                due = rate * base
                row = (f"P{place:04d}", "campus", "campus", zone, "programme", year, tax, level)
                money = (due, forgone * due, due - forgone * due, 1.1 * (due - forgone * due))
                rows.append((*row, rate, base, *money))
    taxes = pd.DataFrame(rows, columns=columns_of("taxes"))
    given = taxes[taxes["incentive_usd2025_m"] > 0.0]
    given = given.assign(kind=given["tax"].map(KINDS))
    cost = given.groupby(["zone", "kind", "level"])["incentive_usd2025_m"].sum()
    incentives = cost.rename("cost_usd2025_m").reset_index().assign(citation=law)
    incentives = with_jobs(incentives, _jobs(plan) if jobs else None)
    tables = {"taxes": taxes, "incentives": incentives[columns_of("incentives")]}
    return replace(plan, tables={**plan.tables, **tables})


def _jobs(plan: Plan) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "zone": plan.tables["zones"]["zone"],
            "phase": "operation",
            "multiplier_set": "studies",
            "direct_job_years": JOB_YEARS,
            "indirect_job_years": JOB_YEARS,
            "induced_job_years": JOB_YEARS,
        }
    )
