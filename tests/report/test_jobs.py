"""Jobs of the page: its numbers are those of the tables, and words tell the same ranges."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from tests.report.synthetic import payload_of, synthetic_plan
from tests.report.synthetic_jobs import with_jobs

from gigaplan.plan import Plan
from gigaplan.report import jobs, summary_sentences
from gigaplan.report.compare import build_comparison
from gigaplan.report.numbers import usd

PARTS = ["direct_job_years", "indirect_job_years", "induced_job_years"]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return with_jobs(synthetic_plan(zones=5))


@pytest.fixture(scope="module")
def shown(plan: Plan) -> dict[str, pd.DataFrame]:
    tables = payload_of(plan)["tables"]
    assert isinstance(tables, dict)
    return {name: pd.DataFrame(columns) for name, columns in tables.items()}


def _by_set(plan: Plan, phase: str, columns: list[str]) -> pd.Series:
    table = plan.table("jobs")
    table = table[table["phase"] == phase]
    return table[columns].sum(axis=1).groupby(table["multiplier_set"]).sum()


def test_whole_plan_is_the_sum_of_the_table(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    page = shown["jobs_whole"].set_index(["measure", "multiplier_set"])
    expected = _by_set(plan, "construction", PARTS)
    for name, value in expected.items():
        assert page.loc[("building", name), "value"] == pytest.approx(value, abs=0.1)
        assert page.loc[("building", name), "low"] == pytest.approx(expected.min(), abs=0.1)
        assert page.loc[("building", name), "high"] == pytest.approx(expected.max(), abs=0.1)


def test_years_and_states_add_up(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    years = shown["jobs_by_year"]
    built = years[years["measure"] == "building"].groupby("multiplier_set")["value"].sum()
    expected = _by_set(plan, "construction", PARTS)
    assert built.to_dict() == pytest.approx(expected.to_dict(), rel=1e-4)
    runs = years[years["measure"] == "staff"].groupby("multiplier_set")["value"].sum()
    staff = _by_set(plan, "operation", PARTS[:1])
    assert runs.to_dict() == pytest.approx(staff.to_dict(), rel=1e-3)
    for table in ("jobs_by_state", "jobs_by_class"):
        parts = shown[table]
        assert (parts["low"] <= parts["high"]).all()
        highest = parts.loc[parts["measure"] == "building", "high"].sum()
        assert highest >= expected.max() * (1 - 1e-4)


def test_workforce_is_the_range_of_the_sets(plan: Plan, shown: dict[str, pd.DataFrame]) -> None:
    table = plan.table("workforce")
    zone, year = table["zone"].iloc[0], table["calendar_year"].iloc[0]
    here = table[(table["zone"] == zone) & (table["calendar_year"] == year)]
    page = shown["workforce"].set_index(["zone", "calendar_year"]).loc[(zone, year)]
    shares = here["share_of_construction_frac"]
    assert page["low"] == pytest.approx(shares.min(), abs=1e-5)
    assert page["high"] == pytest.approx(shares.max(), abs=1e-5)
    only = plan.table("workforce")
    only = only[(only["multiplier_set"] == "input_output") | (only["zone"] != zone)]
    one = jobs.workforce({**plan.tables, "workforce": only}).set_index("zone")
    assert (one.loc[[zone], "low"] == 0.0).all()


def test_words_tell_ranges_and_what_they_leave_out(plan: Plan) -> None:
    told = jobs.job_sentences(plan)
    assert told in summary_sentences(plan)
    product = plan.table("jobs").groupby("multiplier_set")["gdp_usd2025_m"].sum()
    assert f"{usd(product.min())} to {usd(product.max())} of product" in told
    assert "These are gross" in told
    assert "differ by their sources, not by chance" in told


def test_words_tell_the_part_of_the_programme(plan: Plan) -> None:
    table = plan.table("jobs")
    mine = table["project"] == table["project"].iloc[0]
    payer = table["payer"].where(mine, "others").mask(mine, "programme")
    shared = replace(plan, tables={**plan.tables, "jobs": table.assign(payer=payer)})
    told = jobs.job_sentences(shared)
    building = table[mine & (table["phase"] == "construction")]
    counts = building.groupby("multiplier_set")[[*PARTS]].sum().sum(axis=1)
    ends = [jobs.count(float(counts.min())), jobs.count(float(counts.max()))]
    span = " to ".join(dict.fromkeys(ends))
    assert f"the programme and its tenants pay for takes {span} job-years of building" in told
    alone = replace(plan, tables={**plan.tables, "jobs": table.assign(payer="programme")})
    assert "its tenants pay for" not in jobs.job_sentences(alone)


def test_a_plan_without_jobs_says_nothing() -> None:
    plan = synthetic_plan()
    assert jobs.job_sentences(plan) == ""
    assert jobs.jobs_payload(plan) == {}


def test_plans_are_compared_by_both_ends(plan: Plan) -> None:
    other = with_jobs(synthetic_plan(name="other", zones=5, scale=2.0))
    figures = build_comparison([plan, other])["tables"]
    assert isinstance(figures, dict)
    rows = pd.DataFrame(figures["measures"])
    built = _by_set(other, "construction", PARTS)
    mine = rows[rows["plan"] == "other"].set_index("measure")["value"]
    assert mine["Building, all in the US, low count"] == pytest.approx(built.min(), rel=1e-3)
    assert mine["Building, all in the US, high count"] == pytest.approx(built.max(), rel=1e-3)
    plain = build_comparison([plan, synthetic_plan(name="other", zones=5)])["tables"]
    assert isinstance(plain, dict)
    assert not any(name.endswith("low count") for name in plain["measures"]["measure"])
