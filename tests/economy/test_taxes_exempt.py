"""Exemptions: what a state asks is reached or just missed, and dates of the law count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.economy.taxed_plan import facts, rates

from gigaplan.economy.taxes.exemptions import exemptions, qualifies
from gigaplan.policy.state_law import StateRule, dated_rules, state_law_as_of

DAY = date(2026, 11, 23)


def _row(zone: str, day: date = DAY) -> StateRule:
    (row,) = [
        rule
        for span, rule in dated_rules(rates().dataset, "sales_tax")
        if rule.zone == zone and span.holds(day)
    ]
    return row


def test_virginia_asks_150_million_and_50_jobs() -> None:
    """Va. Code 58.1-609.3(18): both, to the last dollar and job."""
    row = _row("VA")
    assert qualifies(row, 150.0, 50.0)
    assert not qualifies(row, 149.99, 50.0)
    assert not qualifies(row, 150.0, 49.99)
    assert not qualifies(None, 1e6, 1e6)


@pytest.mark.parametrize("zone", ["OH", "IL", "AZ", "CA", "OR"])
def test_paused_missing_and_needless_exemptions_exempt_nobody(zone: str) -> None:
    assert not qualifies(_row(zone), 1e5, 1e4)


@given(
    st.sampled_from(["VA", "TX", "PA", "MA", "MD", "GA"]),
    st.floats(0.0, 1e4),
    st.floats(0.0, 1e3),
    st.floats(0.0, 1e3),
)
def test_more_investment_or_jobs_never_loses_an_exemption(
    zone: str, investment: float, jobs: float, more: float
) -> None:
    row = _row(zone)
    if qualifies(row, investment, jobs):
        assert qualifies(row, investment + more, jobs)
        assert qualifies(row, investment, jobs + more)


def test_dated_rows_are_those_of_the_law_of_the_day() -> None:
    law = state_law_as_of(rates().dataset, DAY)
    for span, rule in dated_rules(rates().dataset, "sales_tax"):
        if span.holds(DAY):
            assert law.rule(rule.zone, "sales_tax") == rule


def _project(
    name: str, kind: str, zone: str, year: int, *, mw: float, capex: float, start: int
) -> dict[str, object]:
    return {
        "project": name,
        "asset": kind,
        "class": kind,
        "zone": zone,
        "to_zone": "",
        "construction_start_year": start,
        "in_service_year": year,
        "capacity_mw": mw,
        "units": 1.0,
        "capex_usd2025_m": capex,
        "payer": "programme",
        "status": "planned",
    }


def _exempt(*projects: dict[str, object]) -> dict[str, float]:
    plan = facts()
    tables = {**plan.tables, "projects": pd.DataFrame(list(projects))}
    found = exemptions(replace(plan, tables=tables))
    return dict(zip(found["project"], found["exempt_frac"], strict=True))


def _campus(capex: float, mw: float) -> dict[str, float]:
    return _exempt(_project("P1", "campus", "VA", 2030, mw=mw, capex=capex, start=2028))


def test_campuses_at_the_edge_of_the_law() -> None:
    """At 0.3 permanent jobs per MW, 50 jobs are 166.7 MW."""
    assert _campus(150.0, 166.7) == {"P1": 1.0}
    assert _campus(149.9, 166.7) == {"P1": 0.0}
    assert _campus(150.0, 166.6) == {"P1": 0.0}


def test_servers_count_towards_the_investment_of_their_campus() -> None:
    campus = _project("P1", "campus", "VA", 2030, mw=200.0, capex=100.0, start=2028)
    servers = _project("P2", "accelerator", "VA", 2030, mw=200.0, capex=50.0, start=2030)
    assert _exempt(campus, servers) == {"P1": 1.0, "P2": 1.0}
    assert _exempt(campus) == {"P1": 0.0}


def test_a_pause_reaches_campuses_that_begin_in_it_and_no_others() -> None:
    """Arizona pauses up to June 2029: what begins in 2029 pays, what begins in 2030 does not."""
    early = _project("P1", "campus", "AZ", 2030, mw=300.0, capex=4e3, start=2029)
    late = _project("P2", "campus", "AZ", 2032, mw=900.0, capex=12e3, start=2030)
    servers = _project("P3", "accelerator", "AZ", 2032, mw=1200.0, capex=3e4, start=2032)
    assert _exempt(early, late, servers) == {"P1": 0.0, "P2": 1.0, "P3": 0.75}


def test_servers_keep_the_exemption_of_campuses_built_before() -> None:
    campus = _project("P1", "campus", "TX", 2030, mw=250.0, capex=4e3, start=2028)
    servers = _project("P2", "accelerator", "TX", 2035, mw=1.0, capex=10.0, start=2035)
    assert _exempt(campus, servers) == {"P1": 1.0, "P2": 1.0}


def test_servers_without_a_new_campus_are_tried_alone() -> None:
    large = _project("P1", "accelerator", "TX", 2030, mw=100.0, capex=3e3, start=2030)
    small = _project("P1", "accelerator", "TX", 2030, mw=50.0, capex=3e3, start=2030)
    assert _exempt(large) == {"P1": 1.0}
    assert _exempt(small) == {"P1": 0.0}, "Texas asks 20 jobs; 50 MW have 15"


def test_other_projects_are_not_asked() -> None:
    assert _exempt(_project("P1", "generator", "TX", 2030, mw=1e3, capex=1e3, start=2028)) == {}
