"""Jobs of a plan: totals add up every way, nothing gives nothing, and twice gives twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dealbook.conftest import facts_of, tiny

import gigaplan
from gigaplan.economy.activity import Activity, activity_of
from gigaplan.economy.effects import EFFECTS
from gigaplan.economy.jobs import jobs_tables, workforce_table
from gigaplan.economy.ranges import MEASURES, full_year, ranges, sets_of
from gigaplan.inputs.dataset import Dataset, load_dataset
from gigaplan.plan.tables import Plan
from gigaplan.plan.verify import verify_plan

few = settings(max_examples=20)
ADDED = [*EFFECTS, "net_job_years", "resident_job_years"]
PARTS = ["direct_job_years", "indirect_job_years", "induced_job_years"]
ASSETS = {
    "campus": "campus",
    "next 2030": "accelerator",
    "wind_1": "generator",
    "gas_cc": "generator",
    "corridor": "corridor",
    "logic_fab_n3": "factory",
}


@cache
def shipped() -> Dataset:
    return load_dataset("us")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return gigaplan.run(tiny(), relaxed=True)


def drawn(seed: int, scale: float = 1.0, rows: int = 30) -> Activity:
    """Return made-up activity of a few assets in a few states and years."""
    random = np.random.default_rng(seed)
    asset = random.choice(list(ASSETS), rows)
    who = pd.DataFrame(
        {
            "project": [f"P{at % 7:04d}{name}" for at, name in enumerate(asset)],
            "asset": asset,
            "class": [ASSETS[name] for name in asset],
            "zone": random.choice(["TX", "VA", "WY"], rows),
            "payer": random.choice(["programme", "tenants", "others"], rows),
            "calendar_year": random.integers(2027, 2033, rows),
        }
    )
    amount = scale * random.uniform(0.0, 500.0, (4, rows))
    return Activity(
        who.assign(spend_usd2025_m=amount[0], built_mw=amount[1]),
        who.assign(online_mw=amount[2], online_usd2025_m=amount[3]),
    )


def jobs_of(activity: Activity) -> pd.DataFrame:
    return jobs_tables(activity, shipped())["jobs"]


@few
@given(st.integers(0, 10_000))
def test_the_whole_is_the_sum_of_its_parts(seed: int) -> None:
    jobs = jobs_of(drawn(seed))
    whole = jobs.groupby("multiplier_set")[ADDED].sum()
    for key in ("zone", "calendar_year", "class", "payer", "project", "phase"):
        parts = jobs.groupby(["multiplier_set", key])[ADDED].sum()
        again = parts.groupby("multiplier_set").sum()
        pd.testing.assert_frame_equal(again, whole, rtol=1e-9)


@few
@given(st.integers(0, 10_000), st.floats(0.01, 100.0))
def test_jobs_are_linear_in_activity(seed: int, factor: float) -> None:
    keys = ["multiplier_set", "zone", "phase"]
    one = jobs_of(drawn(seed)).groupby(keys)[ADDED].sum()
    many = jobs_of(drawn(seed, factor)).groupby(keys)[ADDED].sum()
    pd.testing.assert_frame_equal(many, factor * one, rtol=1e-9)


@few
@given(st.integers(0, 10_000))
def test_activities_add_up(seed: int) -> None:
    one, other = drawn(seed), drawn(seed + 1)
    both = Activity(
        pd.concat([one.construction, other.construction], ignore_index=True),
        pd.concat([one.operation, other.operation], ignore_index=True),
    )
    keys = ["multiplier_set", "zone", "calendar_year"]
    apart = pd.concat([jobs_of(one), jobs_of(other)]).groupby(keys)[ADDED].sum()
    pd.testing.assert_frame_equal(jobs_of(both).groupby(keys)[ADDED].sum(), apart, rtol=1e-9)


def test_nothing_spent_gives_no_jobs() -> None:
    tables = jobs_tables(drawn(1, 0.0), shipped())
    assert tables["jobs"].empty
    assert tables["workforce"].empty
    blank = drawn(1, rows=0)
    assert jobs_tables(blank, shipped())["jobs"].empty


def test_factories_abroad_make_no_jobs_here() -> None:
    activity = drawn(3)
    construction = activity.construction.assign(zone="Taiwan")
    jobs = jobs_of(replace(activity, construction=construction))
    assert set(jobs["phase"]) == {"operation"}
    assert set(jobs["zone"]) <= {"TX", "VA", "WY"}


def test_a_factory_without_a_group_is_a_plant_for_equipment() -> None:
    activity = drawn(4)
    own = {"asset": "own_mill", "class": "factory"}
    built = activity.construction.head(1).assign(**own)
    jobs = jobs_of(Activity(built, activity.operation.iloc[:0]))
    studies = jobs[jobs["multiplier_set"] == "project_studies"]
    expected = 1.5 * built["spend_usd2025_m"].iloc[0]
    assert studies["direct_job_years"].tolist() == pytest.approx([expected])


def test_servers_take_no_multipliers_of_a_campus() -> None:
    activity = drawn(5, rows=200)
    jobs = jobs_of(activity)
    per_m = jobs[jobs["phase"] == "construction"].groupby(["multiplier_set", "class"])[PARTS].sum()
    spent = activity.construction.groupby("class")["spend_usd2025_m"].sum()
    for name in sets_of(jobs):
        servers = per_m.loc[(name, "accelerator")].sum() / spent["accelerator"]
        campus = per_m.loc[(name, "campus")].sum() / spent["campus"]
        assert servers < 0.2 * campus or name == "project_studies"
        assert servers < 0.8


def test_jobs_of_a_campus_by_hand(plan: Plan) -> None:
    """Job-years on site of the studies are 8 for each MW of IT that is built."""
    jobs = plan.table("jobs")
    here = (jobs["class"] == "campus") & (jobs["phase"] == "construction")
    studies = jobs[here & (jobs["multiplier_set"] == "project_studies")]
    projects = plan.table("projects")
    built = projects.loc[projects["class"] == "campus", "capacity_mw"].sum()
    assert studies["direct_job_years"].sum() == pytest.approx(8.0 * built)
    runs = jobs[(jobs["class"] == "campus") & (jobs["phase"] == "operation")]
    staff = runs[runs["multiplier_set"] == "project_studies"].groupby("calendar_year")
    assert staff["direct_job_years"].sum().max() == pytest.approx(0.3 * built)


def test_every_project_of_the_plan_has_jobs(plan: Plan) -> None:
    jobs = plan.table("jobs")
    for name in sets_of(jobs):
        held = set(jobs.loc[jobs["multiplier_set"] == name, "project"])
        assert set(plan.table("projects")["project"]) <= held


def test_tables_follow_from_a_finished_plan(plan: Plan) -> None:
    facts = facts_of(plan)
    again = jobs_tables(activity_of(facts), facts.dataset)
    for name, table in again.items():
        pd.testing.assert_frame_equal(table, plan.table(name))


def test_workforce_by_hand(plan: Plan) -> None:
    workforce = plan.table("workforce").set_index(["multiplier_set", "zone", "calendar_year"])
    jobs = plan.table("jobs")
    keys = ["multiplier_set", "zone", "calendar_year"]
    built = jobs[jobs["phase"] == "construction"].groupby(keys)["direct_job_years"].sum()
    assert workforce["average_workers"].to_numpy() == pytest.approx(
        built.reindex(workforce.index).to_numpy()
    )
    row = workforce.loc[("project_studies", "TX", 2028)]
    state = shipped().table("construction_workforce").set_index("zone").loc["TX"]
    crafts = state["craft_workers"] * 1.04**3
    assert row["craft_workers"] == pytest.approx(crafts)
    assert row["available_craft_workers"] == pytest.approx(0.15 * crafts)
    assert row["peak_workers"] == pytest.approx(1.6 * row["average_workers"])
    incoming = max(0.0, row["average_workers"] - 0.15 * crafts)
    assert row["incoming_workers"] == pytest.approx(incoming)
    share = row["average_workers"] / state["construction_workers"]
    assert row["share_of_construction_frac"] == pytest.approx(share)
    assert (workforce["incoming_workers"] > 0.0).any()
    assert workforce_table(jobs.iloc[:0], shipped()).empty


@pytest.mark.parametrize(
    ("table", "column", "change", "check"),
    [
        ("jobs", "direct_job_years", lambda v: 1.01 * v, "construction: direct_job_years"),
        ("jobs", "gdp_usd2025_m", lambda v: 1.01 * v, "construction: gdp_usd2025_m"),
        ("jobs", "net_job_years", lambda v: v + 1.0, "net jobs are the new share"),
        ("jobs", "resident_job_years", lambda v: v + 1.0, "jobs of residents"),
        ("jobs", "in_state_job_years", lambda v: 99.0 * v, "jobs in the state are among all jobs"),
        ("workforce", "average_workers", lambda v: v + 1.0, "builders of a state and year"),
        ("job_effects", "direct_job_years", lambda v: 0.5 * v, "operation: direct_job_years"),
    ],
)
def test_verify_finds_what_does_not_add_up(
    plan: Plan, table: str, column: str, change: Callable[[pd.Series], pd.Series], check: str
) -> None:
    held = plan.table(table)
    wrong = replace(
        plan, tables={**plan.tables, table: held.assign(**{column: change(held[column])})}
    )
    failed = [finding.check for finding in verify_plan(wrong) if not finding.ok]
    assert any(name.startswith(check) for name in failed)


def test_verify_finds_a_job_without_its_year(plan: Plan) -> None:
    wrong = replace(plan, tables={**plan.tables, "jobs": plan.table("jobs").iloc[1:]})
    assert any("adds up to the projects" in f.check for f in verify_plan(wrong) if not f.ok)


def test_ranges_hold_every_set_and_add_up(plan: Plan) -> None:
    jobs = plan.table("jobs")
    sets = sets_of(jobs)
    whole = ranges(jobs, sets).set_index("measure")
    assert list(whole.index) == [measure.name for measure in MEASURES]
    assert (whole["low"] <= whole["high"]).all()
    assert whole["low"].tolist() == pytest.approx(whole[sets].min(axis=1).tolist())
    for key in ("zone", "class", "payer"):
        parts = ranges(jobs, sets, key).groupby("measure")[sets].sum()
        assert parts.reindex(whole.index).to_numpy() == pytest.approx(whole[sets].to_numpy())
    by_year = ranges(jobs, sets, "calendar_year", by_year=True)
    built = by_year[by_year["measure"] == "building"][sets].sum()
    assert built.tolist() == pytest.approx(whole.loc["building", sets].tolist())
    year = full_year(jobs)
    running = by_year[(by_year["measure"] == "running") & (by_year["calendar_year"] == year)]
    assert running[sets].iloc[0].tolist() == pytest.approx(whole.loc["running", sets].tolist())
    one = ranges(jobs, sets[:1])
    assert one["low"].tolist() == one["high"].tolist()
