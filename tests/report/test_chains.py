"""Supply chains of the page: what is tight, where accelerators come from, what is built, when."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest
from tests.report.synthetic import payload_of, synthetic_plan, without
from tests.report.synthetic_chains import CHAIN_TABLES, FACTORIES, TABLES_OF_TIME

from gigaplan.plan import Plan
from gigaplan.report import summary_sentences
from gigaplan.report.chain_words import factory_sentences, supply_sentences, timeline_sentences
from gigaplan.report.chains import factories, supply_use
from gigaplan.report.chips import ALL_YEARS, chip_flow
from gigaplan.report.compare import build_comparison, measures
from gigaplan.report.figures import figures
from gigaplan.report.html import escaped_json
from gigaplan.report.money import CATEGORIES, capex_by_payer, costs
from gigaplan.report.timeline import timeline


@pytest.fixture(scope="module")
def plan() -> Plan:
    return synthetic_plan()


def changed(plan: Plan, name: str, **columns: object) -> Plan:
    """Return the plan with columns of one table replaced."""
    return replace(plan, tables={**plan.tables, name: plan.table(name).assign(**columns)})


def test_share_is_what_is_taken_over_what_can_be_had(plan: Plan) -> None:
    table = supply_use(plan.tables)
    packaging = table.query("component == 'advanced_packaging' and calendar_year == 2030")
    assert packaging["share"].item() == pytest.approx((20 + 40) / (100 + 10))
    free = supply_use(changed(plan, "supply_use", supply=float("inf")).tables)
    assert free["share"].isna().all()


@pytest.mark.parametrize(("use", "expected"), [(20.0, 2), (10.0, 1)])
def test_a_component_binds_where_one_more_unit_is_worth_something(
    plan: Plan, use: float, expected: int
) -> None:
    table = supply_use(changed(plan, "supply_use", use=use).tables)
    binding = table.query("binds > 0 and zone == ''")
    assert set(binding["component"]) == {"large_power_transformer"}
    assert binding["calendar_year"].tolist() == [2026, 2027]
    assert set(binding["binds"]) == {expected}


def test_every_stage_of_the_chip_flow_adds_up_to_the_accelerators_installed(plan: Plan) -> None:
    flow = chip_flow(plan.tables)
    sums = flow.groupby(["year", "stage"])["amount"].sum().unstack()
    assert sums.shape == (5, 5)
    installed = plan.table("accelerator_flow").set_index("calendar_year")["installed"]
    for year, row in sums.iterrows():
        whole = installed.sum() if year == ALL_YEARS else installed[year]
        assert row.tolist() == pytest.approx([whole] * 5)


def test_chip_flow_shares_are_those_of_the_sources(plan: Plan) -> None:
    flow = chip_flow(plan.tables).query("year == 2030").set_index(["stage", "place"])["amount"]
    assert flow["wafer", "TW"] == pytest.approx(1.0)
    assert flow["packaging", "TW"] == pytest.approx(2.0 * 30 / 70)
    assert flow["packaging", "new:TX"] == pytest.approx(2.0 * 10 / 70)
    built = plan.table("projects").query("asset == 'chip' and in_service_year == 2030")
    share = built.set_index("zone")["capacity_mw"] / built["capacity_mw"].sum()
    assert flow["campus", "TX"] == pytest.approx(2.0 * share["TX"])


def test_wafers_of_a_year_without_them_are_those_of_the_year_before(plan: Plan) -> None:
    use = plan.table("supply_use")
    late = (use["component"] == "logic_wafer_n3") & (use["calendar_year"] >= 2029)
    flow = chip_flow(changed(plan, "supply_use", use=use["use"].mask(late, 0.0)).tables)
    assert flow.query("year == 2030 and stage == 'wafer'")["amount"].sum() == pytest.approx(2.0)


def test_capital_of_factories_is_counted_once_and_paid_by_others(plan: Plan) -> None:
    assert set(factories(plan.tables)["factory"]) == {
        name for name, (_, capex) in FACTORIES.items() if capex > 1.0
    }
    bare = without(plan, *CHAIN_TABLES)
    more = capex_by_payer(plan.tables)["others"] - capex_by_payer(bare.tables)["others"]
    assert more == pytest.approx(13_000.0)
    notes = {figure.key: figure.note for figure in figures(plan)}
    assert notes["capital-others"].endswith("factories")


def test_new_kinds_of_cost_have_a_place_in_the_waterfall(plan: Plan) -> None:
    assert set(costs(plan.tables)["category"]) <= set(CATEGORIES)
    page = payload_of(plan)["categories"]
    assert isinstance(page, list)
    assert {"labour premiums", "factory capital", "stocks"} <= set(page)


def test_words_name_what_binds_and_what_is_built(plan: Plan) -> None:
    text = " ".join(summary_sentences(plan))
    assert "Large power transformer binds in 2026 and 2027: one more unit in 2026" in text
    assert "electrical trades in State TX" in text
    assert "The plan builds 2 new factories for $13.0 billion: HBM4 line in Korea" in text
    assert timeline_sentences(plan) in text
    assert "What sets the date of " in text


def test_words_say_why_no_factory_is_built(plan: Plan) -> None:
    none = changed(plan, "factories", capex_usd2025_m=1e-6)
    assert "binds" in factory_sentences(none, alone=True)
    free = changed(none, "supply_use", worth_usd2025_m=0.0)
    told = factory_sentences(free, alone=True)
    assert told.startswith("The plan builds no new factories. No component that a factory could")
    assert factory_sentences(free) == ""
    told = supply_sentences(free)
    assert told.startswith(
        "No component holds the plan back, though the plan and given campuses take all the large "
        "power transformer of 2026."
    )
    half = supply_sentences(changed(free, "supply_use", use=0.0, given_use=1.0, supply=2.0))
    assert half.startswith("No component binds: what comes nearest is")
    assert told.endswith("Skilled labour binds in no state.")


def test_timeline_keeps_factories_and_labels(plan: Plan) -> None:
    shown = timeline(plan.tables)
    projects = pd.DataFrame(shown["timed_projects"])
    assert projects["capex_usd2025_m"].is_monotonic_decreasing
    factory = projects[projects["class"] == "factory"]
    assert factory[["project", "label", "zone"]].to_numpy().tolist() == [
        ["F0001", "Packaging line", "TX"]
    ]
    stages = pd.DataFrame(shown["stages"])
    assert set(stages["project"]) == set(projects["project"])
    assert set(stages["critical"]) == {0, 1}


@pytest.mark.parametrize("names", [CHAIN_TABLES, TABLES_OF_TIME, ("supply_sources",)])
def test_tables_without_rows_are_left_out_of_the_report(plan: Plan, names: tuple[str, ...]) -> None:
    bare = without(plan, *names)
    content = json.loads(escaped_json(payload_of(bare)))
    assert "stages" not in content["tables"] or "stages" not in names
    assert summary_sentences(bare)
    if names == CHAIN_TABLES:
        assert supply_sentences(bare) == factory_sentences(bare, alone=True) == ""
        assert timeline_sentences(bare) == ""
    assert build_comparison([plan, bare])["summary"]


def test_plans_are_compared_by_their_chains(plan: Plan) -> None:
    more = synthetic_plan(name="other", scale=3.0)
    told = {name: value for name, _, value in measures(plan, 2030)}
    assert told["Components that bind"] == 1
    assert told["States where labour binds"] == 1
    assert told["Capital of new factories"] == pytest.approx(13.0)
    tables = build_comparison([plan, more])["tables"]
    assert isinstance(tables, dict)
    tightness = pd.DataFrame(tables["tightness"]).set_index(["component", "plan"])["value"]
    assert tightness["Gas turbine", "made-up"] == pytest.approx(0.6)
    assert tightness["Gas turbine", "other"] == pytest.approx(1.0)


def test_words_of_a_component_that_given_campuses_take_whole(plan: Plan) -> None:
    use = plan.table("supply_use")
    all_taken = use["supply"].where(use["component"] == "hbm4", 0.0)
    full = changed(
        plan,
        "supply_use",
        worth_usd2025_m=0.0,
        use=0.0,
        given_use=all_taken.clip(upper=use["supply"]),
    )
    assert supply_sentences(full).startswith(
        "No component holds the plan back, though campuses that are given take all the HBM4 of "
    )


def test_words_of_a_least_share_that_binds(plan: Plan) -> None:
    row = plan.table("why").iloc[[0]]
    rows = [
        row.assign(family="origin", year=year, limit=f"least share of hbm4 from the US in {year}")
        for year in (2029, 2030)
    ]
    bound = replace(plan, tables={**plan.tables, "why": pd.concat(rows, ignore_index=True)})
    assert "The least share of hbm4 from the US binds in 2029 and 2030." in supply_sentences(bound)


def test_words_of_a_single_factory_and_of_one_chain_for_all(plan: Plan) -> None:
    one = plan.table("factories")
    one = one[one["factory"] == "hbm4_line in Korea"]
    single = replace(plan, tables={**plan.tables, "factories": one})
    assert factory_sentences(single) == (
        "The plan builds a new factory for $9.0 billion: HBM4 line in Korea."
    )
    told = timeline_sentences(changed(plan, "critical_path", chain="permit"))
    assert told.startswith("What sets the date of every project is the permit.")
