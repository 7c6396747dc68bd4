"""Taxes of the page: sums are those of the tables, and words agree with them."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.report.synthetic import payload_of, synthetic_plan, without
from tests.report.synthetic_taxes import JOB_YEARS, KINDS, with_taxes

from gigaplan.plan import Plan
from gigaplan.report import taxes
from gigaplan.report.numbers import usd
from gigaplan.report.words import summary


@pytest.fixture(scope="module")
def plan() -> Plan:
    return with_taxes(synthetic_plan(zones=5), jobs=True)


def _page(plan: Plan, name: str) -> pd.DataFrame:
    tables = payload_of(plan)["tables"]
    assert isinstance(tables, dict)
    return pd.DataFrame(tables[name])


@pytest.mark.parametrize(("name", "key"), [("tax_states", "zone"), ("tax_years", "calendar_year")])
def test_parts_add_up_to_the_table(plan: Plan, name: str, key: str) -> None:
    page, table = _page(plan, name), plan.table("taxes")
    assert sorted(page[key]) == sorted(table[key].unique())
    for way, column in taxes.WAYS.items():
        whole = table.groupby(key)[column].sum()
        for row in page.to_dict("records"):
            parts = sum(row[f"{way}_{tax}"] for tax in taxes.TAXES)
            assert parts == pytest.approx(whole[row[key]], abs=0.2)
            assert row[way] == pytest.approx(whole[row[key]], abs=0.06)
    assert (page["due"] - page["paid"] - page["forgone"]).abs().max() < 0.2
    assert page["forgone_corporate"].sum() == 0.0


def test_states_with_most_tax_come_first(plan: Plan) -> None:
    page = _page(plan, "tax_states")
    assert page["due"].is_monotonic_decreasing
    assert page["zone"].iloc[0] == plan.table("zones")["zone"].iloc[0]


def test_jobs_have_their_cost(plan: Plan) -> None:
    page = _page(plan, "tax_states")
    cost = 1e6 * page["forgone"] / JOB_YEARS
    assert page["usd_per_operation_job_year"].tolist() == pytest.approx(cost.tolist(), rel=1e-3)
    bare = _page(with_taxes(synthetic_plan(zones=5)), "tax_states")
    assert bare["usd_per_operation_job_year"].isna().all()


def test_incentives_are_listed_by_cost(plan: Plan) -> None:
    page = _page(plan, "incentives")
    assert page["cost_usd2025_m"].is_monotonic_decreasing
    assert set(page["kind"]) == set(KINDS.values())
    assert len(page) == 2 * 5


def test_words_tell_what_is_due_paid_and_forgone(plan: Plan) -> None:
    table = plan.table("taxes")
    due, paid = (float(table[name].sum()) for name in ("due_usd2025_m", "paid_usd2025_m"))
    text = dict(summary(plan))["Taxes"]
    assert text == payload_of(plan)["told"]["taxes"]  # type: ignore[index, call-overload]
    assert f"come to {usd(due)} of 2025 up to 2030; {usd(paid)} of it is paid" in text
    assert f"forgo {usd(due - paid)} (" in text
    first = plan.table("zones")["name"].iloc[0]
    forgone = table[table["zone"] == table["zone"].iloc[0]]["incentive_usd2025_m"].sum()
    assert f"most in {first} {usd(float(forgone))}, " in text
    per_job = 1e6 * (due - paid) / (5 * JOB_YEARS)
    assert f"That is ${round(per_job, -3):,.0f} for each year of a permanent job." in text


def test_words_without_jobs_name_no_cost_of_a_job() -> None:
    text = taxes.tax_sentences(with_taxes(synthetic_plan()))
    assert text.endswith(".")
    assert "permanent job" not in text


def test_a_plan_without_taxes_says_nothing(plan: Plan) -> None:
    bare = without(plan, "taxes", "incentives")
    assert taxes.taxes_payload(bare) == {}
    assert taxes.tax_sentences(bare) == ""
    assert "Taxes" not in dict(summary(bare))
