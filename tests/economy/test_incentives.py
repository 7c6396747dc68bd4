"""Incentives are what taxes forgo and what credits pay, and a job costs its share of them."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.economy.taxed_plan import facts, rates, taxed_plan

from gigaplan.economy.taxes import with_jobs
from gigaplan.economy.taxes.incentives import EFFECTS, incentives_table
from gigaplan.policy.state_law import dated_rules

BY_STATE = ["zone", "level"]


def _incentives() -> pd.DataFrame:
    return taxed_plan().table("incentives")


def test_incentives_add_up_to_what_taxes_forgo() -> None:
    taxes, incentives = taxed_plan().table("taxes"), _incentives()
    given_ = incentives[incentives["level"] != "federal"]
    by_state = given_.groupby(BY_STATE)["cost_usd2025_m"].sum()
    forgone = taxes.groupby(BY_STATE)["incentive_usd2025_m"].sum()
    forgone = forgone[forgone > 1e-9]
    assert list(by_state.index) == list(forgone.index)
    assert by_state.tolist() == pytest.approx(forgone.tolist())
    assert not incentives.duplicated(["zone", "kind", "level"]).any()


def test_sales_tax_exemptions_cite_the_law_of_their_state() -> None:
    laws = {rule.zone: rule.citation for _, rule in dated_rules(rates().dataset, "sales_tax")}
    exempt = _incentives().query("kind == 'sales-tax exemption'")
    assert len(exempt) > 2
    for zone, citation in zip(exempt["zone"], exempt["citation"], strict=True):
        assert laws[zone] in citation


def test_jobs_are_blank_without_a_table_of_jobs() -> None:
    columns = [name for name in _incentives().columns if "job" in name]
    assert len(columns) == 5
    assert with_jobs(_incentives(), None)[columns].isna().all().all()
    assert _incentives()[columns].notna().all().all()


def _jobs(direct: float, building: float, whole: float, zone: str = "KS") -> pd.DataFrame:
    """Return jobs of two projects of a zone, half in each; another set counts twice as many."""
    others = (whole - direct - building) / 8.0
    rows = [
        (name, project, zone, phase, factor * number / 2.0, factor * others, factor * others)
        for name, factor in (("studies", 1.0), ("input_output", 2.0))
        for project in ("P1", "P2")
        for phase, number in (("operation", direct), ("construction", building))
    ]
    columns = ["multiplier_set", "project", "zone", "phase", *EFFECTS]
    return pd.DataFrame(rows, columns=columns)


def test_cost_per_job_by_hand() -> None:
    """90 M$ for 300 job-years of operation and 900 of any kind."""
    one = _incentives().iloc[:1].assign(zone="KS", cost_usd2025_m=90.0)
    (row,) = with_jobs(one, _jobs(300.0, 150.0, 900.0)).to_dict("records")
    assert row["operation_job_years"] == pytest.approx(300.0)
    assert row["construction_job_years"] == pytest.approx(150.0)
    assert row["total_job_years"] == pytest.approx(900.0)
    assert row["usd2025_per_operation_job_year"] == pytest.approx(300_000.0)
    assert row["usd2025_per_job_year"] == pytest.approx(100_000.0)


@given(st.floats(1e-3, 1e6), st.floats(0.0, 1e6), st.floats(1e-3, 1e6))
def test_costs_per_job_of_kinds_add_up(direct: float, building: float, whole: float) -> None:
    table = _incentives()
    zone = str(table["zone"].iloc[0])
    found = with_jobs(table, _jobs(direct, building, whole, zone))
    own = found[found["zone"] == zone]
    assert len(own) > 1
    cost = 1e6 * own["cost_usd2025_m"].sum()
    per_job = own["usd2025_per_operation_job_year"].sum()
    assert per_job * direct == pytest.approx(cost, rel=1e-9)
    others = found[found["zone"] != zone]
    assert others["usd2025_per_operation_job_year"].isna().all()


def test_no_jobs_have_no_cost_per_job() -> None:
    one = _incentives().iloc[:1].assign(zone="KS")
    (row,) = with_jobs(one, _jobs(0.0, 10.0, 20.0)).to_dict("records")
    assert math.isnan(row["usd2025_per_operation_job_year"])
    assert row["usd2025_per_job_year"] > 0.0


def test_federal_credits_are_their_rate_on_the_capex_of_projects() -> None:
    """A credit of 30 % on everything in service by the first milestone, by hand."""
    plan = facts()
    projects = plan.tables["projects"]
    asset = str(projects.loc[projects["class"] == "generator", "asset"].iloc[0])
    own = projects[projects["asset"] == asset]
    year = int(own["in_service_year"].min())
    row = {
        "asset": asset,
        "in_service_year": year,
        "technology": "wind",
        "rate_frac": 0.3,
        "usd_per_mwh": 0.0,
        "usd_per_t": 0.0,
        "paid_years": 1.0,
        "citation": "IRC 48E(a)",
        "sentence": "",
    }
    tables = {**plan.tables, "credits": pd.DataFrame([row])}
    exempt = pd.DataFrame({"zone": [], "exempt_frac": [], "citation": []}, dtype=object)
    taxes = taxed_plan().table("taxes")
    found = incentives_table(taxes, exempt, replace(plan, tables=tables), rates())
    federal = found[found["level"] == "federal"]
    capex = own[own["in_service_year"] == year].groupby("zone")["capex_usd2025_m"].sum()
    capex = capex[capex > 1e-6]
    assert federal.set_index("zone")["cost_usd2025_m"].to_dict() == pytest.approx(
        (0.3 * capex).to_dict()
    )
    assert set(federal["citation"]) == {"IRC 48E(a)"}
