"""The words in which an impossible plan is explained."""

from __future__ import annotations

from tests.equations.small_systems import small_system

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.conflicts import explain_conflict
from gigaplan.expansion.engine import SolverSettings
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
    system = small_system({**CAMPUS, **values}, accelerator=["chip"])
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
    assert any("Raise it to 3 GW" in way for way in ways)
    assert not any("more of its kind" in way for way in ways)
