"""An impossible plan names what is in conflict, and the change it names mends it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import xarray as xr
from tests.expansion.drawn_systems import Size, changed, draw_system

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.changes import Change
from gigaplan.expansion.conflicts import explain_conflict, find_conflict
from gigaplan.expansion.engine import Engine, SolverSettings
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.solve import optimise
from gigaplan.system import System
from gigaplan.terms.errors import InfeasibleError
from gigaplan.terms.progress import Silent

SIZE = Size(zones=2, years=2, days=1, campuses=True, limits=True)
EXACT = SolverSettings(method="simplex")
BASE = draw_system(3, SIZE)

IMPOSSIBLE: dict[str, tuple[dict[str, xr.DataArray | float], set[str]]] = {
    "target above all potentials": (
        {"compute_need": BASE["compute_need"] * 20.0, "budget_total": float("inf")},
        {"compute_need", "built_capacity_potential_campus"},
    ),
    "no capital": (
        {"budget_total": 1000.0},
        {"compute_need", "budget_total"},
    ),
    "a cap that only darkness would keep": (
        {
            "emission_cap": xr.full_like(BASE["emission_cap"], 10.0),
            "unserved_limit": 0.001,
            "buildable_generator": xr.zeros_like(BASE["buildable_generator"]),
        },
        {"emissions", "unserved_load"},
    ),
    "a least campus that nobody can power": (
        {
            "connection_limit": xr.zeros_like(BASE["connection_limit"]),
            "buildable_generator": BASE["buildable_generator"] & ~BASE["onsite_generator"],
            "compute_need": xr.zeros_like(BASE["compute_need"]),
            "minimum_campus": xr.ones_like(BASE["minimum_campus"]) * 0.5,
        },
        {"onsite_power_connection", "built_capacity_minimum_campus"},
    ),
}


@dataclass(frozen=True)
class Conflict:
    """An impossible System and what is said of it."""

    formulation: Formulation
    smallest: list[Change]
    alternatives: list[list[Change]]
    named: list[str]
    expected: set[str]


@pytest.fixture(scope="module", params=IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def conflict(request: pytest.FixtureRequest) -> Conflict:
    values, expected = request.param
    formulation = build_formulation(changed(BASE, values))
    smallest, alternatives, named = find_conflict(formulation, EXACT, Silent())
    return Conflict(formulation, smallest, alternatives, named, expected)


def feasible_with(formulation: Formulation, changes: list[Change], share: float) -> bool:
    """Return whether a plan exists once a share of each change is made."""
    engine = Engine(formulation)
    for change in changes:
        name = change.limit.name
        right = engine.right_hand_side(name).fillna(0.0)
        here = xr.ones_like(right, dtype=bool)
        for dim, label in change.labels.items():
            here = here & (right[dim] == label)
        number = change.now + share * (change.needed - change.now)
        further = right < number if change.needed > change.now else right > number
        engine.set_right_hand_side(name, right.where(~(here & further), number))
    return engine.solve(EXACT).status == "optimal"


def test_there_is_no_plan(conflict: Conflict) -> None:
    assert Engine(conflict.formulation).solve(EXACT).status == "infeasible"


def test_the_limits_in_conflict_are_named(conflict: Conflict) -> None:
    assert conflict.expected <= set(conflict.named)
    assert {change.limit.name for change in conflict.smallest} <= set(conflict.named)


def test_the_smallest_change_mends_it_and_a_little_less_does_not(conflict: Conflict) -> None:
    assert conflict.smallest
    # A millionth more, so that the solver's own tolerance is not what is tested.
    assert feasible_with(conflict.formulation, conflict.smallest, 1.0 + 1e-6)
    assert not feasible_with(conflict.formulation, conflict.smallest, 0.999)


def test_each_other_way_out_mends_it_too(conflict: Conflict) -> None:
    for changes in conflict.alternatives:
        assert len({change.limit.name for change in changes}) == 1
        assert feasible_with(conflict.formulation, changes, 1.0 + 1e-6)
        assert not feasible_with(conflict.formulation, changes, 0.999)


def test_the_explanation_says_what_where_and_how(conflict: Conflict) -> None:
    first, *rest = explain_conflict(conflict.formulation, EXACT, Silent())
    assert first.what.startswith("In conflict: ")
    assert rest
    for fault in rest:
        assert fault.what.endswith(".")
        assert fault.where
        assert fault.mend.startswith(("Raise it to ", "Lower it to ")) or (
            "queue" in fault.mend or "raise it until this is" in fault.mend
        )


def test_the_number_in_the_words_makes_a_plan_of_the_scenario() -> None:
    # The change is made where a person would make it: in the System, with the rounded number.
    impossible = changed(BASE, {"budget_total": 1000.0})
    smallest, alternatives, _ = find_conflict(build_formulation(impossible), EXACT, Silent())
    only_money = [
        changes
        for changes in [smallest, *alternatives]
        if {change.limit.name for change in changes} == {"budget_total"}
    ]
    assert only_money
    (change,) = only_money[0]
    needed_musd = change.needed_setting / change.limit.setting_factor
    mended: System = changed(BASE, {"budget_total": needed_musd})
    assert Engine(build_formulation(mended)).solve(EXACT).status == "optimal"
    with pytest.raises(InfeasibleError) as stopped:
        optimise(changed(BASE, {"budget_total": needed_musd * 0.995}), EXACT)
    assert "In conflict: " in str(stopped.value)
