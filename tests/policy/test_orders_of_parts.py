"""Orders that hold in the text: more performance, emissions or load is never found milder."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.drawn import deal
from tests.policy.parts import campuses, chips_abroad

from gigaplan.inputs.dataset import Dataset
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case, case_of
from gigaplan.policy.rules.air_and_review.major_source import major_source
from gigaplan.policy.rules.air_and_review.title_v import title_v
from gigaplan.policy.rules.export.licence import licence
from gigaplan.policy.rules.states.curtailment import curtailment
from gigaplan.policy.rules.states.large_load import large_load
from gigaplan.policy.rules.states.sales_tax import sales_tax

Content = dict[str, Any]
FACTOR = st.floats(1.0, 20.0)


def _campus(content: Content) -> Case:
    owner = {"name": "Investor", "kind": "company", "country": "US", "owners": ()}
    return case_of(deal(entities=(owner,), campus=content))


@settings(max_examples=200, deadline=None)
@given(chips_abroad(), FACTOR, st.sampled_from(["performance", "performance_density"]))
def test_a_faster_or_denser_chip_is_never_easier_to_send(
    law: Law, chips: Content, factor: float, figure: str
) -> None:
    more = chips | {figure: chips[figure] * factor}
    slower, faster = (licence(case_of(deal(chips_abroad=one)), law) for one in (chips, more))
    assert faster.verdict >= slower.verdict


@settings(max_examples=150, deadline=None)
@given(
    campuses(),
    FACTOR,
    st.sampled_from(["capacity_mw", "nox_lb_per_mmbtu", "heat_rate_mmbtu_per_mwh"]),
)
def test_more_emissions_never_need_a_milder_permit(
    law: Law, campus: Content, factor: float, figure: str
) -> None:
    units = campus["onsite_power"]
    more = campus | {"onsite_power": units | {figure: units[figure] * factor}}
    for rule in (major_source, title_v):
        assert rule(_campus(more), law).verdict >= rule(_campus(campus), law).verdict


@settings(max_examples=100, deadline=None)
@given(campuses())
def test_a_worse_class_of_air_never_needs_a_milder_permit(law: Law, campus: Content) -> None:
    order = ("attainment", "moderate", "serious", "severe", "extreme")
    for rule in (major_source, title_v):
        found = [
            rule(
                _campus(campus | {"onsite_power": campus["onsite_power"] | {"attainment": name}}),
                law,
            ).verdict
            for name in order
        ]
        assert found == sorted(found)


@settings(max_examples=150, deadline=None)
@given(campuses(), FACTOR)
def test_a_larger_load_is_never_found_milder(law: Law, campus: Content, factor: float) -> None:
    more = campus | {"load_mw": campus["load_mw"] * factor}
    for rule in (large_load, curtailment):
        assert rule(_campus(more), law).verdict >= rule(_campus(campus), law).verdict


@settings(max_examples=100, deadline=None)
@given(campuses(), FACTOR, st.integers(0, 100))
def test_more_investment_and_jobs_never_lose_an_exemption(
    law: Law, campus: Content, factor: float, jobs: int
) -> None:
    more = campus | {
        "investment_usd_m": campus["investment_usd_m"] * factor,
        "jobs": campus["jobs"] + jobs,
    }
    assert sales_tax(_campus(more), law).verdict <= sales_tax(_campus(campus), law).verdict


def test_rows_of_states_have_what_their_status_needs(us: Dataset) -> None:
    rows = us.table("state_rules")
    for statuses, column in (
        (["exempt", "paused"], "min_investment_usd_m"),
        (["mandatory"], "threshold_mw"),
        (["goal", "standard"], "target_frac"),
    ):
        told = rows[rows["status"].isin(statuses)]
        assert len(told) > 0
        assert not told[column].isna().any(), column
        others = rows[~rows["status"].isin(statuses)]
        assert others[column].isna().all(), column
