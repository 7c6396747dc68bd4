"""Credits of the page: rates and capital cost are those of the tables, and words agree."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from tests.report.synthetic import payload_of, synthetic_plan, without
from tests.report.synthetic_rules import RATES, with_credits

from gigaplan.plan import Plan
from gigaplan.report import credits
from gigaplan.report.credits import credit_sentences, name_of
from gigaplan.report.numbers import usd


@pytest.fixture(scope="module")
def plan() -> Plan:
    plain = synthetic_plan(zones=3)
    projects = plain.table("projects")
    ours = (projects["asset"] == "battery_4h") & (projects["zone"] == "TX")
    projects = projects.assign(payer=projects["payer"].mask(ours, "programme"))
    return with_credits(replace(plain, tables={**plain.tables, "projects": projects}))


def _page(plan: Plan) -> pd.DataFrame:
    tables = payload_of(plan)["tables"]
    assert isinstance(tables, dict)
    return pd.DataFrame(tables["credits"])


def _capex(plan: Plan, asset: str, year: int, payer: str = "") -> float:
    return sum(
        row["capex_usd2025_m"]
        for row in plan.table("projects").to_dict("records")
        if row["asset"] == asset and row["in_service_year"] == year and payer in ("", row["payer"])
    )


def test_credit_is_capital_cost_times_rate(plan: Plan) -> None:
    page = _page(plan).set_index(["technology", "in_service_year"])
    assert len(page) == sum(len(rates) for _, rates in RATES.values())
    for asset, (kind, rates) in RATES.items():
        for year, rate in rates.items():
            row, capex = page.loc[(name_of(kind), year)], _capex(plan, asset, year)
            assert row["rate_frac"] == pytest.approx(rate)
            assert row["capex_usd2025_m"] == pytest.approx(capex, abs=0.05)
            assert row["credit_usd2025_m"] == pytest.approx(rate * capex, abs=0.005)
            own = rate * _capex(plan, asset, year, "programme")
            assert row["own_usd2025_m"] == pytest.approx(own, abs=0.005)
    assert page.loc[("storage", 2026), "own_usd2025_m"] > 0


def test_assets_with_the_same_credits_are_one_row(plan: Plan) -> None:
    table = plan.table("credits")
    more = table[table["asset"] == "battery_4h"].assign(asset="hydro")
    page = _page(_with(plan, pd.concat([table, more], ignore_index=True)))
    storage = page[page["technology"] == "storage"].set_index("in_service_year")
    assert storage["label"].tolist() == ["BATTERY_4H, HYDRO"] * 2
    for year in (2026, 2030):
        both = _capex(plan, "battery_4h", year) + _capex(plan, "hydro", year)
        assert storage.loc[year, "capex_usd2025_m"] == pytest.approx(both, abs=0.05)
    apart = pd.concat([table, more.assign(rate_frac=0.1)], ignore_index=True)
    assert len(_page(_with(plan, apart)).query("technology == 'storage'")) == 4


def _with(plan: Plan, table: pd.DataFrame) -> Plan:
    return replace(plan, tables={**plan.tables, "credits": table})


def test_words_tell_what_has_ended_what_falls_and_what_it_is_worth(plan: Plan) -> None:
    by_year = {
        year: sum(
            rates.get(year, 0.0) * _capex(plan, asset, year) for asset, (_, rates) in RATES.items()
        )
        for year in (2026, 2030)
    }
    own = sum(
        rate * _capex(plan, "battery_4h", year, "programme")
        for year, rate in RATES["battery_4h"][1].items()
    )
    assert credit_sentences(plan) == (
        "Credits on wind and solar have ended: nothing that enters service by 2026 or 2030 earns "
        "one. Storage earns 30% in 2026 and 22.5% in 2030. New nuclear earns 30% from 2026 to "
        "2030. "
        f"On what the plan builds, credits come to {usd(sum(by_year.values()))} of 2025 by year of "
        f"service: {usd(by_year[2026])} by 2026 and {usd(by_year[2030])} by 2030; {usd(own)} of it "
        "on what the programme pays for."
    )


def test_words_of_a_run_that_steps_down(plan: Plan) -> None:
    steps = [(2028, 0.3), (2030, 0.3), (2032, 0.225), (2035, 0.0)]
    table = pd.DataFrame(
        [
            ("battery_4h", year, "storage", rate, 0.0, 0.0, 1.0, "IRC 48E", "So.")
            for year, rate in steps
        ],
        columns=plan.table("credits").columns,
    )
    told = credit_sentences(_with(plan, table))
    assert told.startswith("Storage earns 30% until 2030, 22.5% in 2032 and nothing in 2035. ")


def test_words_of_credits_on_one_year_that_others_earn(plan: Plan) -> None:
    table = plan.table("credits").query("asset == 'nuclear_existing' and in_service_year == 2030")
    worth = 0.3 * _capex(plan, "nuclear_existing", 2030)
    assert credit_sentences(_with(plan, table)) == (
        f"New nuclear earns 30% in 2030. On what the plan builds, credits come to {usd(worth)} of "
        "2025 by year of service: all by 2030; none of it on what the programme pays for."
    )


def test_words_of_a_plan_that_builds_nothing_with_a_credit(plan: Plan) -> None:
    table = plan.table("credits").query("technology == 'solar'")
    told = credit_sentences(_with(plan, table))
    assert told.endswith("earns one. The plan builds nothing that earns one.")


def test_a_plan_that_counts_no_credits_has_none(plan: Plan) -> None:
    bare = without(plan, "credits")
    assert credit_sentences(bare) == ""
    assert credits.credits_payload(bare) == {}
