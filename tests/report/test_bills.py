"""Bills of the page: sums are those of the tables, the law picks rows, and words agree."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.report.synthetic import payload_of, synthetic_plan, without
from tests.report.synthetic_bills import with_bills

from gigaplan.plan import Plan
from gigaplan.report.bills import bill_sentences, carbon, totals
from gigaplan.report.numbers import rounded, usd

PAID = ["customers_change_usd2025_m_per_yr", "campuses_pay_usd2025_m_per_yr"]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return with_bills(synthetic_plan(zones=4))


def _page(plan: Plan, table: str) -> pd.DataFrame:
    tables = payload_of(plan)["tables"]
    assert isinstance(tables, dict)
    return pd.DataFrame(tables[table])


def test_totals_are_those_of_the_states(plan: Plan) -> None:
    bills = plan.tables["bills"]
    shown = _page(plan, "bill_totals").set_index(["case", "year"])
    for tariff in ("off", "on"):
        own = bills[bills["tariff"] == tariff].groupby("year")[PAID].sum()
        for year in own.index:
            for column in PAID:
                assert shown.loc[(tariff, year), column] == pytest.approx(own.loc[year, column])


def test_every_case_brings_the_same_money(plan: Plan) -> None:
    """A tariff moves money between customers and campuses; it makes none."""
    shown = _page(plan, "bill_totals")
    more = shown.set_index(["case", "year"])[PAID].sum(axis=1).unstack("case")
    assert more["off"].tolist() == pytest.approx(more["on"].tolist())
    assert more["off"].tolist() == pytest.approx(more["law"].tolist())


def test_the_law_has_a_tariff_in_some_states(plan: Plan) -> None:
    shown = _page(plan, "bills")
    law = shown[shown["case"] == "law"]
    other = shown[shown["case"] != "law"].set_index(["zone", "year", "case"])
    assert len(law) == len(other) / 2
    for at, zone in enumerate(plan.tables["zones"]["zone"]):
        row = law[law["zone"] == zone].iloc[0]
        case = "on" if at % 2 == 0 else "off"
        same = other.loc[(zone, row["year"], case), "household_usd2025_per_month"]
        assert row["household_usd2025_per_month"] == same


def test_bills_show_the_wholesale_price_beside_them(plan: Plan) -> None:
    shown = _page(plan, "bills")
    assert set(shown["wholesale_with"]) == {41.0}
    assert set(shown["wholesale_without"]) == {40.0}


def test_co2_of_the_page_is_that_of_the_states(plan: Plan) -> None:
    shown = carbon(plan.tables).set_index("year")
    table = plan.tables["carbon_effect"].groupby("year")
    assert (shown["with_mt"] * 1e3).tolist() == pytest.approx(table["co2_with_kt"].sum().tolist())
    assert shown["difference_mt"].tolist() == pytest.approx([4 * 0.3] * len(shown))
    energy = 4 * 100.0 + 4 * 0.5
    assert shown["average"].tolist() == pytest.approx((shown["with_mt"] / energy).tolist())


def test_sentences_say_what_tables_say(plan: Plan) -> None:
    text = bill_sentences(plan)
    year = int(plan.tables["bills"]["year"].max())
    sums = totals(plan.tables).set_index(["case", "year"])
    off = sums.loc[("off", year)]
    assert f"power of other customers in {year} costs {usd(off[PAID[0]])} a year more" in text
    assert f"${rounded(off['household'], 2)} a month more" in text
    first = plan.tables["zones"]["name"].iloc[0]
    assert f"Most is added in {first}: ${rounded(2.7, 2)} a month more" in text
    assert "1.2 Mt more, which is 0.60 t for a MWh of the campuses" in text


def test_an_empty_programme_adds_nothing_in_words() -> None:
    plan = with_bills(synthetic_plan(zones=2))
    tables = dict(plan.tables)
    bills = tables["bills"].copy()
    changes = [*PAID, "change_usd2025_per_mwh", "household_usd2025_per_month"]
    bills[changes] = 0.0
    nothing = type(plan)({**tables, "bills": bills}, plan.manifest, plan.scenario, plan.system)
    text = bill_sentences(nothing)
    assert "costs the same where everybody pays" in text
    assert "nothing and nothing on average" in text
    assert "Most is added" not in text


def test_a_plan_without_a_counterfactual_has_no_bills(plan: Plan) -> None:
    bare = without(plan, "bills", "counterfactual", "carbon_effect")
    assert bill_sentences(bare) == ""
    tables = payload_of(bare)["tables"]
    assert isinstance(tables, dict)
    assert not {"bills", "bill_totals"} & set(tables)
