"""Pages of states: they add up to the plan, hold no code, and say what is not known."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.community_pages import read_page
from tests.report.synthetic import HOSTILE, synthetic_plan, without
from tests.report.synthetic_community import CORRIDOR_USD_M, FACTORY_USD_M, community_plan

from gigaplan.economy.ranges import PARTS
from gigaplan.inputs.scenario import load_scenario
from gigaplan.plan import Plan
from gigaplan.report import write_community
from gigaplan.report.community.built import FACTORIES, WIRES
from gigaplan.report.community.figures import StateFigures, figures_of
from gigaplan.report.community.people import Span
from gigaplan.report.community.power import Bill
from gigaplan.report.community.sentences import subjects, unknown
from gigaplan.terms.errors import InputError
from gigaplan.workflow import run


@pytest.fixture(scope="module")
def tiny() -> Plan:
    return run(load_scenario("tiny"), relaxed=True)


def sums_of_pages(plan: Plan) -> dict[str, np.ndarray]:
    """Return what the figures of all pages add up to."""
    with tempfile.TemporaryDirectory() as folder:
        pages = [read_page(path).values for path in write_community(plan, Path(folder))[1:]]
    names = [name for name in pages[0] if all(page[name] for page in pages)]
    return {name: np.sum([page[name] for page in pages], axis=0) for name in names}


def expect_pages_to_add_up(plan: Plan) -> None:
    sums = sums_of_pages(plan)
    capacity = plan.table("capacity")
    power = capacity[capacity["class"].isin(["generator", "storage"])]
    last = plan.table("campuses")["year"].max()
    campuses = plan.table("campuses")
    jobs, taxes, water = (plan.table(name) for name in ("jobs", "taxes", "water_by_state"))
    water = water[water["year"] == last]
    building = jobs[jobs["phase"] == "construction"]
    by_zone = building.pivot_table(
        "in_state_job_years", "zone", "multiplier_set", "sum", fill_value=0.0
    )
    expected = {
        "campuses": [campuses["built_it_mw"].sum()],
        "power": [power["built_mw"].sum()],
        "building": [by_zone.min(axis=1).sum(), by_zone.max(axis=1).sum()],
        "taxes": [taxes["paid_usd2025_m"].sum(), taxes["incentive_usd2025_m"].sum()],
        "water": [water["new_campuses_mm3"].sum(), water["new_plants_mm3"].sum()],
    }
    for name, values in expected.items():
        np.testing.assert_allclose(sums[name], values, rtol=1e-6, atol=1e-6, err_msg=name)


@settings(max_examples=8, deadline=None)
@given(
    zones=st.integers(2, 9),
    later=st.lists(st.integers(2027, 2040), min_size=1, max_size=4, unique=True),
    scale=st.floats(0.1, 20.0),
)
def test_pages_of_all_states_add_up_to_the_plan(zones: int, later: list[int], scale: float) -> None:
    years = (2026, *sorted(later))
    expect_pages_to_add_up(community_plan(zones=zones, years=years, scale=scale))


def test_pages_of_a_solved_plan_add_up(tiny: Plan) -> None:
    expect_pages_to_add_up(tiny)


@pytest.mark.parametrize("solved", [True, False])
def test_every_way_of_counting_adds_up_by_itself(tiny: Plan, solved: bool) -> None:
    plan = tiny if solved else community_plan(zones=5)
    jobs = plan.table("jobs")
    zones = plan.table("zones")["zone"]
    counted = [one for zone in zones if (one := figures_of(plan, zone).jobs) is not None]
    building = jobs[jobs["phase"] == "construction"]
    running = jobs[jobs["phase"] == "operation"]
    for name, rows in jobs.groupby("multiplier_set"):
        own = building.loc[rows.index.intersection(building.index)]
        full = running[
            (running["multiplier_set"] == name) & (running["calendar_year"] == counted[0].full_year)
        ]
        expected = {
            "building_us": own[[*PARTS]].sum().sum(),
            "building_state": own["in_state_job_years"].sum(),
            "building_site": own["direct_job_years"].sum(),
            "building_resident": own["resident_job_years"].sum(),
            "running_state": full["in_state_job_years"].sum(),
        }
        for field, value in expected.items():
            total = sum(getattr(one, field).by_set[str(name)] for one in counted)
            assert total == pytest.approx(value, rel=1e-9), field
        by_year = sum(
            year.building.by_set[str(name)] + year.running.by_set[str(name)]
            for one in counted
            for year in one.by_year
        )
        assert by_year == pytest.approx(rows["in_state_job_years"].sum(), rel=1e-9)


def test_cost_adds_up_with_half_of_a_corridor_in_each_state() -> None:
    plan = community_plan(zones=4)
    figures = [figures_of(plan, zone) for zone in plan.table("zones")["zone"]]
    projects = plan.table("projects")["capex_usd2025_m"].sum()
    total = sum(one.capex_usd2025_m for one in figures)
    assert total == pytest.approx(projects + FACTORY_USD_M)
    wires = {
        one.zone: row.capex_usd2025_m for one in figures for row in one.built if row.name == WIRES
    }
    assert wires == {
        "TX": CORRIDOR_USD_M / 2,
        "OK": CORRIDOR_USD_M,
        "KS": CORRIDOR_USD_M,
        "AL": CORRIDOR_USD_M / 2,
    }
    assert [one.zone for one in figures if one.built[-1].name == FACTORIES] == ["TX"]


def test_energy_of_campuses_adds_up(tiny: Plan) -> None:
    rates = tiny.table("carbon_rates")
    whole = rates[rates["year"] == rates["year"].max()]["campus_twh"].sum()
    uses = [figures_of(tiny, zone).use for zone in ("TX", "OK", "KS")]
    assert sum(use.campuses_twh for use in uses if use is not None) == pytest.approx(whole)
    assert whole > 1.0
    assert "New campuses use" in side(figures_of(tiny, "TX"), "Power", good=False)


def test_list_of_states_links_each_page_and_adds_them_up(tmp_path: Path) -> None:
    plan = community_plan(zones=4)
    written = write_community(plan, tmp_path / "new" / "pages")
    assert [path.name for path in written] == [
        "index.html", "TX.html", "OK.html", "KS.html", "AL.html",
    ]  # fmt: skip
    text = written[0].read_text(encoding="utf-8")
    assert sorted(re.findall(r'href="(\w+\.html)"', text)) == [
        "AL.html", "KS.html", "OK.html", "TX.html",
    ]  # fmt: skip
    paid = plan.table("taxes")["paid_usd2025_m"].sum()
    assert f"${paid / 1e3:,.1f} bn" in text.partition("All of these")[2]


def test_some_states_only(tmp_path: Path) -> None:
    written = write_community(community_plan(zones=4), tmp_path, ["AL", "OK"])
    assert [path.name for path in written] == ["index.html", "OK.html", "AL.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(p.name for p in written)


def test_states_without_a_page_are_named_with_those_that_have_one(tmp_path: Path) -> None:
    plan = community_plan(zones=4)
    projects = plan.table("projects")
    kept = projects[(projects["zone"] != "AL") & (projects["to_zone"] != "AL")]
    plan = replace(plan, tables={**plan.tables, "projects": kept})
    with pytest.raises(InputError) as raised:
        write_community(plan, tmp_path / "pages", ["AL", "XY"])
    assert str(raised.value) == (
        "Not every state that is asked for has a page.\n"
        "  - --zone AL: The plan builds nothing in State AL. "
        "These states have a page: TX, OK, KS.\n"
        "  - --zone XY: There is no zone 'XY' in the plan. "
        "These states have a page: TX, OK, KS."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_plan_that_builds_nothing_has_no_page(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="The plan builds nothing in any state"):
        write_community(synthetic_plan(empty=True), tmp_path / "pages")
    assert list(tmp_path.iterdir()) == []


def test_pages_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "pages" / "OK.html").mkdir(parents=True)
    with pytest.raises(OSError, match=r"OK\.html"):
        write_community(community_plan(), tmp_path / "pages")
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["OK.html"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        write_community(community_plan(), tmp_path / "file" / "pages")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "pages"]


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    plan = community_plan(words=HOSTILE, title=HOSTILE, given=3)
    for path in write_community(plan, tmp_path):
        page = read_page(path)
        assert "script" not in page.tags
        assert page.tags.count("b") == (3 if path.name == "TX.html" else 0)
        assert "</script><script>window.hacked=1</script>" in page.text


def test_pages_ask_for_nothing_from_a_network_and_hold_no_scripts(tmp_path: Path) -> None:
    for path in write_community(community_plan(), tmp_path):
        text = path.read_text(encoding="utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
        assert policy is not None
        assert policy.group(1).startswith("default-src 'none'; style-src 'unsafe-inline';")
        assert "script" not in text
        links = set(re.findall(r'(?:src|href)="([^"]*)"', text))
        assert links <= {"data:,", "index.html", "TX.html", "OK.html", "KS.html", "AL.html"}
        assert not re.search(r"@import|url\(", text)


def side(figures: StateFigures, name: str, good: bool) -> str:
    subject = next(one for one in subjects(figures) if one.name == name)
    return " ".join(subject.good if good else subject.bad)


def with_bill(figures: StateFigures, without_tariff: float, with_tariff: float) -> StateFigures:
    bill = Bill(2030, without_tariff, with_tariff, True, 0.0, 0.0)
    return replace(figures, bills=(bill,))


def test_a_dearer_bill_is_bad_and_a_cheaper_one_good() -> None:
    figures = figures_of(community_plan(), "TX")
    dear = with_bill(figures, 1.5, 0.25)
    assert "$1.50 a month more" in side(dear, "Power bills", good=False)
    assert "$0.25 a month more" in side(dear, "Power bills", good=False)
    assert side(dear, "Power bills", good=True) == ""
    mixed = with_bill(figures, 1.5, 0.0)
    assert side(mixed, "Power bills", good=True) == (
        "If campuses pay for the wires and firm power that they cause (a large-load tariff), a "
        "household pays the same in 2030. That is the law of the state."
    )
    same = with_bill(figures, -0.4, -0.4)
    assert "$0.40 a month less in 2030, with or without" in side(same, "Power bills", good=True)
    assert side(same, "Power bills", good=False) == ""


def test_water_counts_by_its_share_and_the_stress_of_the_state() -> None:
    plan = community_plan(zones=3)
    dry, wet, thirsty = (figures_of(plan, zone) for zone in ("TX", "OK", "KS"))
    assert "Water stress of the state is extremely high" in side(dry, "Water and land", good=False)
    assert "0.4% of the fresh water" in side(dry, "Water and land", good=True)
    assert "Water stress of the state is low" in side(wet, "Water and land", good=True)
    assert "1.2% of the fresh water" in side(thirsty, "Water and land", good=False)


def test_jobs_are_a_range_and_say_who_comes_from_elsewhere() -> None:
    figures = figures_of(community_plan(), "TX")
    assert figures.jobs is not None
    assert figures.jobs.builders is not None
    builders = replace(figures.jobs.builders, incoming=Span({"one": 120.0, "other": 345.0}))
    shown = replace(figures, jobs=replace(figures.jobs, builders=builders))
    assert "120 to 345 of them have to come from other work or other states" in side(
        shown, "Jobs", good=False
    )
    assert re.search(r"[\d,]+ to [\d,]+ job-years in the state", side(shown, "Jobs", good=True))


def test_what_the_plan_does_not_know_is_said_and_not_counted_as_nothing() -> None:
    plan = without(community_plan(), "bills", "carbon_effect", "jobs", "workforce", "taxes")
    figures = figures_of(plan, "TX")
    assert "Not known" in side(figures, "Power bills", good=False)
    assert "Jobs are not counted" in side(figures, "Jobs", good=False)
    assert "No taxes are counted" in side(figures, "Taxes", good=False)
    assert not any("Bills" in text or "tax" in text for text in unknown(figures))


def test_a_page_without_its_tables_says_so_and_shows_no_number(tmp_path: Path) -> None:
    gone = ("bills", "carbon_effect", "jobs", "workforce", "taxes", "water_by_state")
    path = write_community(without(community_plan(), *gone), tmp_path, ["TX"])[1]
    page = read_page(path)
    for name in ("building", "running", "taxes", "bill", "water"):
        assert page.values[name] == ()
    assert page.text.count("not known") >= 5
    assert not re.search(r"\bnan\b", page.text)


def test_carbon_of_the_state_and_of_its_campuses_stand_apart() -> None:
    plan = community_plan()
    effect = plan.table("carbon_effect").assign(co2_with_kt=100.0, co2_without_kt=400.0)
    plan = replace(plan, tables={**plan.tables, "carbon_effect": effect})
    figures = figures_of(plan, "TX")
    assert "emit 300 kt of CO₂ less than without the programme" in side(
        figures, "Air and carbon", good=True
    )
    assert "The campuses here cause 300 kt of CO₂" in side(figures, "Air and carbon", good=False)
    equal = effect.assign(co2_with_kt=400.0, attributed_kt=0.0)
    plan = replace(plan, tables={**plan.tables, "carbon_effect": equal})
    told = side(figures_of(plan, "TX"), "Air and carbon", good=True)
    assert "emit as much CO₂ as without the programme" in told
