"""The checks of a saved plan find taxes that were tampered with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from tests.economy.taxed_plan import taxed_plan

from gigaplan.economy.taxes import with_jobs
from gigaplan.plan.tables import Plan
from gigaplan.plan.verify.fields import Fields
from gigaplan.plan.verify.taxes import tax_findings

Change = Callable[[pd.DataFrame], pd.DataFrame]


def _failed(plan: Plan) -> set[str]:
    return {finding.check for finding in tax_findings(Fields(plan)) if not finding.ok}


def _with(table: str, change: Change) -> Plan:
    plan = taxed_plan()
    return replace(plan, tables={**plan.tables, table: change(plan.tables[table].copy())})


def _more(column: str, where: str) -> Change:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        at = table.query(where)[column].idxmax()
        table.loc[at, column] *= 1.01
        return table

    return change


def test_taxes_of_a_plan_pass() -> None:
    findings = tax_findings(Fields(taxed_plan()))
    assert all(finding.ok for finding in findings)
    assert sum(finding.rows for finding in findings) > 500


TAMPERED = {
    "higher tax": (
        ("taxes", _more("due_usd2025_m", "tax == 'sales'")),
        {
            "tax that is due is its rate on its base",
            "tax that is paid is what is due less incentives",
        },
    ),
    "more paid": (
        ("taxes", _more("paid_usd2025_m", "tax == 'property' and payer == 'others'")),
        {"tax that is paid is what is due less incentives", "a year has one price index"},
    ),
    "sales tax on what is not built": (
        ("taxes", _more("base_usd2025_m", "tax == 'sales' and `class` == 'accelerator'")),
        {"tax that is due is its rate on its base", "sales tax is on what is built"},
    ),
    "tax of a deal": (
        ("taxes", _more("paid_usd_nominal_m", "tax == 'property' and payer == 'programme'")),
        {"property tax of deals is that of their ledgers", "a year has one price index"},
    ),
    "ledger of a deal": (
        (
            "deal_ledger",
            lambda table: table[(table["line"] != "state_tax") | (table["year"] != 2032)],
        ),
        {"corporate tax of deals is that of their ledgers"},
    ),
    "incentive out of the air": (
        ("incentives", _more("cost_usd2025_m", "kind == 'sales-tax exemption'")),
        {
            "incentives add up to what taxes forgo",
            "cost per job-year is cost over operation job years",
            "cost per job-year is cost over total job years",
        },
    ),
    "incentive forgotten": (
        ("incentives", lambda table: table.iloc[1:]),
        {"incentives add up to what taxes forgo"},
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampered_taxes_are_found(name: str) -> None:
    (table, change), checks = TAMPERED[name]
    assert _failed(_with(table, change)) == checks


def test_more_forgone_than_due_is_found() -> None:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        at = table["due_usd2025_m"].idxmax()
        table.loc[at, "incentive_usd2025_m"] = 1.01 * table.loc[at, "due_usd2025_m"]
        return table

    assert "incentives are a part of the tax that is due" in _failed(_with("taxes", change))


def test_a_wrong_cost_per_job_is_found() -> None:
    jobs = pd.DataFrame(
        {
            "zone": taxed_plan().table("zones")["zone"],
            "phase": "operation",
            "multiplier_set": "studies",
            "direct_job_years": 10.0,
            "indirect_job_years": 10.0,
            "induced_job_years": 10.0,
        }
    )
    plan = _with("incentives", lambda table: with_jobs(table, jobs))
    assert _failed(plan) == set()
    wrong = _with(
        "incentives",
        lambda table: _more("usd2025_per_job_year", "level == 'local'")(with_jobs(table, jobs)),
    )
    assert _failed(wrong) == {"cost per job-year is cost over total job years"}
