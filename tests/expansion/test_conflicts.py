"""The words in which an impossible plan is explained."""

from __future__ import annotations

from dataclasses import replace

from tests.equations.small_systems import small_system

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.changes import change_of
from gigaplan.expansion.conflicts import explain_conflict
from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.limits import limit_of
from gigaplan.system import Options, System
from gigaplan.terms.progress import Silent

EXACT = SolverSettings(method="simplex")
CAMPUS = {
    "existing_generator": 50.0,
    "buildable_campus": 1.0,
    "alive_campus": 1.0,
    "available_accelerator": 1.0,
    "alive_accelerator": 1.0,
    "fixed_it_share": 1.0,
}


def explained(**values: float) -> list[str]:
    """Return the faults of one campus zone as lines."""
    return explained_of(small_system({**CAMPUS, **values}, accelerator=["chip"]))


def explained_of(system: System) -> list[str]:
    """Return the faults of a System as lines."""
    return [
        f"{fault.where}: {fault.what} {fault.mend}"
        for fault in explain_conflict(build_formulation(system), EXACT, Silent())
    ]


def test_a_target_above_the_room() -> None:
    conflict, *ways = explained(compute_need=8.0, potential_campus=5.0)
    assert "compute target" in conflict
    assert "room for" in conflict
    # Three GW less of eight (0.375) is a smaller change than three more of five (0.6).
    assert ways == [
        "compute.target.by_year.2026: The compute target in 2026 is 8 GW of IT. "
        "Lower it to 5 GW of IT.",
        "limits.campuses.max_it_gw_by_zone.west: Or: The room for new campuses in west is "
        "5 GW of IT. Raise it to 8 GW of IT.",
    ]


def test_a_budget_below_the_cost() -> None:
    _, *ways = explained(
        compute_need=2.0,
        potential_campus=5.0,
        capex_campus=14000.0,
        spend_share_campus=1.0,
        budget_total=21000.0,
    )
    assert ways == [
        "compute.target.by_year.2026: The compute target in 2026 is 2 GW of IT. "
        "Lower it to 1.5 GW of IT.",
        "limits.budget.total_usd_b: Or: The programme budget over the horizon is 21 billion USD. "
        "Raise it to 28 billion USD.",
    ]


def test_a_connection_that_is_too_small_in_every_block_is_one_limit() -> None:
    _, *ways = explained(compute_need=3.0, potential_campus=9.0, connection_limit=2.5)
    assert any("grid connection of campuses in west in 2026 is 2.5 GW" in way for way in ways)
    assert any(
        "3 GW would do: switch the queue off, or add to the table queue_throughput." in way
        for way in ways
    )
    assert not any("more of its kind" in way for way in ways)


def test_given_campuses_are_inside_the_target_that_is_named() -> None:
    system = small_system(
        {**CAMPUS, "compute_need": 8.0, "potential_campus": 5.0}, accelerator=["chip"]
    )
    counted = replace(system, options=Options(counted_compute={"2026": 20.0}))
    _, target, *_ = explained_of(counted)
    assert target == (
        "compute.target.by_year.2026: The compute target in 2026 is 28 GW of IT. "
        "Lower it to 25 GW of IT."
    )
    published = replace(system, options=Options(counted_compute={"2026": 20.0}, target_case="big"))
    _, target, *_ = explained_of(published)
    assert target == (
        "compute.target: The compute target in 2026 is 28 GW of IT. "
        "Lower it to 25 GW of IT, with numbers of your own in place of the case big."
    )


def test_a_share_is_named_beside_what_it_gives() -> None:
    _, *ways = explained(existing_generator=0.0, load=10.0, unserved_limit=0.25)
    assert ways == [
        "limits.unserved.max_frac: The cap on unserved load in 2026 is 21,900 GWh. "
        "Raise it to 87,600 GWh: a share of 1."
    ]


def test_firm_power_of_the_programme_is_a_share_too() -> None:
    """Half of 4 GW would have to be the programme's own, and nothing can be built."""
    due = {"compute_need": 4.0, "potential_campus": 9.0, "firm_it_share": 1.0}
    system = small_system(
        {**CAMPUS, **due, "own_capacity": 0.5, "region_of_zone": 1.0},
        accelerator=["chip"],
        region=["all"],
    )
    way = next(way for way in explained_of(system) if way.startswith("programme."))
    assert way == (
        "programme.own_capacity_frac: Or: The firm power the programme must bring in all in 2026 "
        "is 2 GW. Lower it to 0 GW: a share of 0."
    )


def test_what_the_scenario_switches_off_is_named() -> None:
    system = small_system(
        {**CAMPUS, "compute_need": 8.0, "potential_campus": 5.0}, accelerator=["chip"]
    )
    off = replace(system, options=Options(supply_scale={"labour_electrical": 0.0}))
    assert explained_of(off)[-1] == (
        "limits.supply.scale.labour_electrical: Nothing of electrical labour can be had: "
        "the factor is 0. Raise it if that is not what you mean."
    )


def test_a_component_of_which_every_source_is_barred_is_named_with_what_bars_it() -> None:
    system = small_system(
        {**CAMPUS, "compute_need": 8.0, "potential_campus": 5.0}, accelerator=["chip"]
    )
    parts = {"hbm from CN": ("hbm", "CN", 1), "hbm from KR": ("hbm", "KR", 1)}
    bars = {"hbm from CN in 2026": "policy.suppliers: some.rule"}
    one = replace(system, options=Options(source_parts=parts, barred_by=bars))
    assert not any("barred" in line for line in explained_of(one))
    bars |= {"hbm from KR in 2027": "limits.supply.exclude_origins"}
    all_ = replace(system, options=Options(source_parts=parts, barred_by=bars))
    assert explained_of(all_)[-1] == (
        "policy.suppliers: some.rule; limits.supply.exclude_origins: Every source of hbm is "
        "barred: hbm from CN, hbm from KR. Let one of them in, or build what needs none of it."
    )


def test_a_barred_source_is_told_as_such_where_it_would_mend() -> None:
    limit = limit_of("supply_source")
    assert limit is not None
    labels = {"source": "hbm from CN", "calendar_year": 2026}
    bars = {"hbm from CN in 2026": "policy.suppliers: some.rule"}
    system = replace(
        small_system(CAMPUS, accelerator=["chip"]),
        options=Options(units={"hbm": "stacks"}, barred_by=bars),
    )
    fault = change_of(system, limit, labels, 0.0, 12.0).fault()
    assert (fault.where, fault.mend) == (
        "policy.suppliers: some.rule",
        "It is barred; 12 stacks would do if it were not.",
    )
    later = change_of(system, limit, {**labels, "calendar_year": 2027}, 2.0, 12.0).fault()
    assert later.where == "limits.supply.scale.hbm"
