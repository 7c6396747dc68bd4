"""The checks of a plan pass a plan that is right and name the row of one that is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gigaplan.inputs.scenario import Scenario, load_scenario
from gigaplan.plan.tables import Plan, PlanColumn, plan_columns
from gigaplan.plan.verify import verify_plan
from gigaplan.plan.verify.cells import cell_findings
from gigaplan.plan.verify.fields import Fields
from gigaplan.workflow import run


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the plan of the tiny scenario."""
    return run(load_scenario("tiny"))


def with_table(plan: Plan, name: str, change: Callable[[pd.DataFrame], None]) -> Plan:
    """Return a plan with one table changed."""
    table = plan.tables[name].copy()
    change(table)
    return replace(plan, tables={**plan.tables, name: table})


def failed(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return the rows at fault by check."""
    return {f.check: f.faults for f in verify_plan(plan) if not f.ok}


def scale(column: str, factor: float, row: int = 0) -> Callable[[pd.DataFrame], None]:
    """Return a change that multiplies the ``row``-th largest cell of a column."""

    def change(table: pd.DataFrame) -> None:
        at = table[column].sort_values(ascending=False).index[row]
        table.loc[at, column] *= factor

    return change


def close_for_a_while(table: pd.DataFrame) -> None:
    """Close a coal plant before its date in the first year, and have it back in the next."""
    coal = (table["asset"] == "coal") & (table["zone"] == "KS")
    at = table.index[coal & (table["year"] == table["year"].min())][0]
    table.loc[at, "online_mw"] -= 100.0
    table.loc[at, "retired_early_mw"] += 100.0


def test_a_plan_passes(plan: Plan) -> None:
    """Every check of an untouched plan passes, and there are many."""
    findings = verify_plan(plan)
    assert all(finding.ok for finding in findings)
    assert len(findings) >= 50
    assert sum(finding.rows for finding in findings) > 2000


TAMPERED = {
    "dispatch too high": ("dispatch", scale("power_mw", 1.05), "output within available capacity"),
    "dispatch too low": ("dispatch", scale("power_mw", 0.9), "power balance: use covered"),
    "flow beyond corridor": ("flows", scale("forward_mw", 1.2), "flow within corridor (forward)"),
    "storage from nothing": ("storage", scale("discharge_mw", 0.5), "stored energy adds up"),
    "more stored than fits": ("storage", scale("energy_mwh", 3.0), "stored energy within capacity"),
    "capacity out of the air": ("capacity", scale("online_mw", 1.01), "generator capacity adds up"),
    "closed plant opens again": ("capacity", close_for_a_while, "what retired stays retired"),
    "project forgotten": (
        "projects",
        lambda t: t.drop(t.index[t["class"] == "campus"][0], inplace=True),
        "campus capacity adds up",
    ),
    "half a phase": (
        "projects",
        lambda t: t.__setitem__(
            "capacity_mw", t["capacity_mw"].where(t["class"] != "campus", t["capacity_mw"] * 1.5)
        ),
        "campuses in whole phases",
    ),
    "fewer accelerators": ("compute", scale("it_mw", 0.9), "accelerators add up"),
    "cost left out": ("costs", scale("cost_usd2025_m_per_yr", 0.99), "cost adds up: "),
    "discounting slip": (
        "costs",
        scale("discounted_usd2025_m", 1.1),
        "discounted costs are yearly costs discounted",
    ),
    "emissions too low": ("emissions", scale("co2_kt", 0.5), "emissions add up"),
    "firm capacity too high": ("reserve", scale("firm_capacity_mw", 1.1), "firm capacity adds up"),
    "component use too low": ("supply_use", scale("use", 0.5), "component use adds up"),
    "queue use too low": ("queue_use", scale("built_mw", 0.5), "queue use adds up"),
    "facility load without PUE": (
        "load",
        lambda t: t.__setitem__("campus_facility_mw", t["campus_it_mw"]),
        "facility load is IT load times PUE",
    ),
    "energy table off": (
        "energy_balance",
        scale("energy_twh", 0.9),
        "yearly energy: supply equals use",
    ),
    "row twice": (
        "compute",
        lambda t: t.loc.__setitem__(len(t), t.iloc[0].tolist()),
        "rows of compute",
    ),
    "zone that is not there": (
        "compute",
        lambda t: t.loc.__setitem__((0, "zone"), "ZZ"),
        "labels of compute",
    ),
    "number lost": (
        "dispatch",
        lambda t: t.loc.__setitem__((t["power_mw"].idxmax(), "power_mw"), np.nan),
        "power balance: use covered",
    ),
}


DISAGREEING = {
    "existing fleet": ("capacity", scale("existing_mw", 1.2), "existing generator capacity"),
    "builds of capacity": ("capacity", scale("built_mw", 1.2), "built "),
    "energy of a year": ("capacity", scale("energy_mwh", 1.2), "energy of generators"),
    "given campuses": ("campuses", scale("given_it_mw", 1.2), "given campuses are"),
    "new campuses": ("campuses", scale("built_it_mw", 1.2), "built campuses are"),
    "base load": ("load", scale("base_mw", 1.2), "base load is"),
    "load of campuses": ("load", scale("given_campus_mw", 1.2), "load of given campuses"),
    "queue": ("queue_use", scale("throughput_mw", 1.2), "queues are those given"),
    "peak": ("reserve", scale("peak_load_mw", 1.2), "peak load adds up"),
    "margin": ("reserve", scale("requirement_mw", 1.2), "reserve requirement adds up"),
    "given use": ("supply_use", scale("given_use", 1.2), "given use"),
    "supply": (
        "supply_use",
        lambda t: t.__setitem__("supply", t["supply"] * 1.2),
        "supply of components",
    ),
    "capital of a project": ("projects", scale("capex_usd2025_m", 1.2), "capital adds up"),
    "spending": ("spend", scale("spend_usd2025_m", 1.2), "spending is capital"),
    "length of a stage": ("stages", scale("months", 1.2), "stages are as long"),
    "start of a chain": ("critical_path", scale("starts_year", 1.01), "projects start"),
    "date of service": ("critical_path", scale("service_year", 1.01), "projects are in service"),
    "slack": ("critical_path", scale("slack_months", 1.2), "slack counts"),
    "year of a chain": (
        "critical_path",
        lambda t: t.__setitem__("in_service_year", t["in_service_year"] + 1),
        "chains have the years",
    ),
    "campus of a month": ("time_to_power", scale("it_mw", 1.2), "months of power"),
}


@pytest.mark.parametrize("case", DISAGREEING)
def test_tables_that_disagree_are_named(plan: Plan, case: str) -> None:
    """What one table repeats of another, or of what was given, is compared with it."""
    table, change, check = DISAGREEING[case]
    faults = failed(with_table(plan, table, change))
    assert any(name.startswith(check) for name in faults), faults


SUPPLY_TAMPERED = {
    "more from a source": ("supply_sources", scale("taken", 1.2), "components taken are"),
    "less labour than work": (
        "supply_sources",
        lambda t: t.__setitem__("taken", t["taken"].where(t["zone"] == "", t["taken"] * 0.5)),
        "local components within what is taken of each state",
    ),
    "labour out of the air": (
        "supply_sources",
        lambda t: t.__setitem__("taken", t["taken"].where(t["zone"] == "", t["taken"] * 30.0)),
        "local components within each step",
    ),
    "labour table off": (
        "supply_use",
        lambda t: t.__setitem__("use", t["use"].where(t["zone"] == "", t["use"] * 0.9)),
        "local component use adds up",
    ),
    "stock of what cannot be stored": (
        "supply_use",
        lambda t: t.loc.__setitem__((t["component"] == "gas_turbine", "stock"), 3.0),
        "only storable components in stock",
    ),
    "factory forgotten": (
        "factories",
        lambda t: t.drop(t.index, inplace=True),
        "factories make what they can",
    ),
    "factory larger than its room": (
        "factories",
        scale("capacity_per_yr", 1e4),
        "factories within room",
    ),
    "less from home": (
        "supply_sources",
        lambda t: t.__setitem__(
            "taken",
            t["taken"].where(t["source"] != "advanced_packaging from US", t["taken"] * 0.5),
        ),
        "least shares by origin",
    ),
    "accelerators lost": ("accelerator_flow", scale("installed", 0.9), "accelerators installed"),
    "premium left out": (
        "costs",
        lambda t: t.drop(t.index[t["category"] == "labour premiums"], inplace=True),
        "cost adds up: labour premiums",
    ),
}


@pytest.fixture(scope="module")
def chained() -> Plan:
    """Return a plan with scarce packaging, a floor on its origin, and its counterfactual."""
    content = load_scenario("tiny").model_dump()
    content["counterfactual"] = {"solve": True}
    content["limits"]["supply"] |= {
        "scale": {"advanced_packaging": 0.1, "labour_electrical": 0.4},
        "min_us_share": {2030: 0.95},
        "origin_components": ("advanced_packaging",),
    }
    return run(Scenario.model_validate(content))


@pytest.mark.parametrize("case", SUPPLY_TAMPERED)
def test_tampering_with_the_supply_is_named(chained: Plan, case: str) -> None:
    table, change, check = SUPPLY_TAMPERED[case]
    assert failed(chained) == {}
    faults = failed(with_table(chained, table, change))
    assert any(name.startswith(check) for name in faults), faults


@pytest.mark.parametrize("case", TAMPERED)
def test_tampering_is_named(plan: Plan, case: str) -> None:
    """Each change of a table is found by the check that is about it, with its row."""
    table, change, check = TAMPERED[case]
    faults = failed(with_table(plan, table, change))
    named = [rows for name, rows in faults.items() if name.startswith(check)]
    assert named, f"{check} did not fail; failed: {sorted(faults)}"
    assert named[0][0]


def test_the_row_at_fault_is_named(plan: Plan) -> None:
    """The words of a finding hold the labels and both numbers."""
    table = plan.tables["dispatch"]
    at = table["power_mw"].idxmax()
    row = table.loc[at]
    wrong = with_table(plan, "dispatch", scale("power_mw", 1.5))
    words = failed(wrong)["output within available capacity"][0]
    for label in (row["asset"], row["zone"], str(row["year"]), str(row["block"])):
        assert str(label) in words
    assert "MW" in words


def test_objective_is_checked(plan: Plan) -> None:
    """A manifest that claims another cost is found."""
    objective = plan.manifest.objective.model_copy(update={"value_usd2025_m": 1.0})
    wrong = replace(plan, manifest=plan.manifest.model_copy(update={"objective": objective}))
    assert "discounted costs add up to the objective" in failed(wrong)


def test_a_first_order_answer_is_checked_within_what_it_admits(plan: Plan) -> None:
    """A plan of the quick method passes within its residual, and says so; no other plan may."""
    scenario = load_scenario("tiny")
    solver = scenario.solver.model_copy(update={"method": "pdlp"})
    quick = run(scenario.model_copy(update={"solver": solver}), relaxed=True)
    assert quick.manifest.solver.method == "pdlp"
    assert failed(quick) == {}
    bound = plan.manifest.objective.bound
    assert quick.manifest.objective.value_usd2025_m == pytest.approx(bound, rel=1e-3)
    admitted = plan.manifest.solver.model_copy(update={"primal_residual": 1e-3})
    lax = replace(plan, manifest=plan.manifest.model_copy(update={"solver": admitted}))
    assert failed(with_table(lax, "emissions", scale("co2_kt", 1.001)))


NUMBERS = [column for column in plan_columns() if column.type != "string"]


@pytest.mark.parametrize("column", NUMBERS, ids=lambda c: f"{c.table}.{c.column}")
def test_cells_that_hold_no_number_are_named(chained: Plan, column: PlanColumn) -> None:
    """No number is infinite or missing but where the schema says so."""
    table = chained.tables[column.table]
    if table.empty:
        table = pd.DataFrame({c.column: [1.0] for c in NUMBERS if c.table == column.table})
    allowed = {"missing": "nan", "infinite": "inf", "": ""}[column.may_be]
    for cell in (np.nan, np.inf, -np.inf):
        wrong = table.astype({column.column: float})
        wrong.loc[wrong.index[-1], column.column] = cell
        changed = replace(chained, tables={**chained.tables, column.table: wrong})
        (found,) = cell_findings(Fields(changed))
        named = f"{column.table} row {len(wrong) - 1}: {column.column} is {cell:g}"
        assert found.faults == (() if f"{cell:g}" == allowed else (named,))
        assert found.ok == (not found.faults)


WITHOUT_ROWS = {
    *("funding", "investors", "investor_terms", "foreign_returns"),
    *("cap_table", "sponsor_round", "credits", "screen"),
}


@pytest.mark.parametrize("table", sorted({column.table for column in NUMBERS} - WITHOUT_ROWS))
def test_sums_without_an_end_are_findings(chained: Plan, table: str) -> None:
    """Adding up what is no number ends in words, not in a warning."""
    wrong = chained.tables[table]
    names = [column.column for column in NUMBERS if column.table == table]
    wrong = wrong.astype(dict.fromkeys(names, float))
    wrong.loc[wrong.index[0], names] = np.inf
    assert "cells hold numbers" in failed(replace(chained, tables={**chained.tables, table: wrong}))


EMPTIED = {
    "accelerator_flow": "accelerators installed",
    "stages": "builds have their stages",
    "critical_path": "builds have their chain",
    "time_to_power": "campuses have their month",
}


@pytest.mark.parametrize("table", EMPTIED)
def test_emptied_tables_are_named(plan: Plan, chained: Plan, table: str) -> None:
    for whole in (plan, chained):
        faults = failed(with_table(whole, table, lambda t: t.drop(t.index, inplace=True)))
        assert any(name.startswith(EMPTIED[table]) for name in faults), faults


def test_dates_emptied_together_are_named(plan: Plan) -> None:
    """No table of dates is there to disagree with another."""
    none = {name: plan.tables[name].iloc[:0] for name in list(EMPTIED)[1:]}
    faults = failed(replace(plan, tables={**plan.tables, **none}))
    assert set(list(EMPTIED.values())[1:]) <= set(faults)


def test_builds_without_a_row_and_rows_without_a_build_are_named(chained: Plan) -> None:
    """The project at fault is named, of a factory too; a row that stands twice is one too many."""
    first = chained.tables["projects"]["project"].iloc[0]
    gap = with_table(
        chained, "stages", lambda t: t.drop(t.index[t["project"] == first], inplace=True)
    )
    assert failed(gap)["builds have their stages"] == (f"project {first}: no row",)
    factory = with_table(
        chained, "critical_path", lambda t: t.drop(t.index[t["project"] == "F0001"], inplace=True)
    )
    assert failed(factory)["builds have their chain"] == ("project F0001: no row",)
    path = chained.tables["critical_path"]
    twice = pd.concat([path, path.iloc[:1]], ignore_index=True)
    changed = replace(chained, tables={**chained.tables, "critical_path": twice})
    assert failed(changed)["builds have their chain"] == (f"row {len(path)}: stands twice",)
    lost = chained.tables["time_to_power"]["project"].iloc[0]
    foreign = with_table(
        chained, "time_to_power", lambda t: t.replace({"project": {lost: "P9999"}}, inplace=True)
    )
    assert failed(foreign)["campuses have their month"] == (
        f"project {lost}: no row",
        "row 0: there is no project P9999 that has one",
    )


EFFECTS_TAMPERED = {
    "item of the plan": (
        "counterfactual",
        lambda t: t.__setitem__(
            "with_programme",
            t["with_programme"].where(t["item"] != "energy bought", 100.0),
        ),
        "counterfactual: the plan's energy bought",
    ),
    "item without": ("counterfactual", scale("without_programme", 1.2), "cost passed on adds up"),
    "difference": ("counterfactual", scale("difference", 1.2), "differences are"),
    "row twice": (
        "counterfactual",
        lambda t: t.loc.__setitem__(len(t), t.iloc[0].tolist()),
        "counterfactual: one row",
    ),
    "sold to nobody": (
        "counterfactual",
        lambda t: t.__setitem__(
            "with_programme",
            t["with_programme"].where(t["item"] != "firm capacity bought", 100.0),
        ),
        "states together buy nothing (with",
    ),
    "bill of customers": (
        "bills",
        scale("customers_change_usd2025_m_per_yr", 1.2),
        "what customers pay",
    ),
    "bill of campuses": ("bills", scale("campuses_pay_usd2025_m_per_yr", 1.2), "what campuses pay"),
    "retail price": ("bills", scale("retail_with_usd2025_per_mwh", 1.2), "change of retail prices"),
    "change of a bill": ("bills", scale("change_usd2025_per_mwh", 1.2), "change of bills"),
    "cost of a bill": (
        "bills",
        scale("passed_on_change_usd2025_m_per_yr", 1.2),
        "bills add up to the cost",
    ),
    "both by law": ("bills", lambda t: t.__setitem__("by_law", 1), "one tariff is by law"),
    "CO2 of the plan": ("carbon_effect", scale("co2_with_kt", 1.2), "CO2 beside"),
    "CO2 without": ("carbon_effect", scale("co2_without_kt", 1.2), "CO2 differs"),
    "attributed CO2": ("carbon_effect", scale("attributed_kt", 1.2), "attributed CO2"),
    "energy of campuses": ("carbon_effect", scale("campus_use_twh", 1.2), "energy of campuses"),
}


@pytest.mark.parametrize("case", EFFECTS_TAMPERED)
def test_tampering_with_the_effects_is_named(chained: Plan, case: str) -> None:
    table, change, check = EFFECTS_TAMPERED[case]
    assert failed(chained) == {}
    faults = failed(with_table(chained, table, change))
    assert any(name.startswith(check) for name in faults), faults
