"""From a System to an answer: relaxed, few states, whole phases, and what is said of it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.expansion.drawn_systems import Size, changed, draw_system, with_options

from gigaplan.expansion.engine import SolverSettings
from gigaplan.expansion.solve import Answer, optimise
from gigaplan.system import System
from gigaplan.terms.errors import InfeasibleError

EXACT = SolverSettings(method="simplex")
PHASE_GW = 0.25


@pytest.fixture(scope="module")
def system() -> System:
    drawn = draw_system(5, Size(zones=3, years=2, days=1, campuses=True))
    # Room for the whole need nowhere: the relaxed plan uses at least two zones.
    tight = changed(drawn, {"potential_campus": drawn["compute_need"].max() * 0.6})
    return with_options(tight, phase_gw=PHASE_GW)


@pytest.fixture(scope="module")
def relaxed(system: System) -> Answer:
    return optimise(system, EXACT, relaxed=True)


@pytest.fixture(scope="module")
def rounded(system: System) -> Answer:
    return optimise(system, EXACT)


def test_a_relaxed_plan_is_its_own_bound(relaxed: Answer) -> None:
    assert relaxed.gap_frac == pytest.approx(0.0, abs=1e-12)
    assert relaxed.cost_musd == pytest.approx(relaxed.bound, rel=1e-12)
    assert relaxed.rounding == "campuses of any size (relaxed)"


def test_whole_phases_cost_more_by_the_gap(relaxed: Answer, rounded: Answer) -> None:
    phases = rounded.solution.values["build_campus"].values / PHASE_GW
    assert np.allclose(phases, np.round(phases), atol=1e-6)
    assert rounded.bound == pytest.approx(relaxed.cost_musd, rel=1e-12)
    assert rounded.cost_musd >= rounded.bound
    assert rounded.gap_frac == pytest.approx(rounded.cost_musd / rounded.bound - 1.0)
    assert rounded.gap_frac < 0.2
    assert rounded.rounding == "whole phases of 250 MW"


def test_the_need_is_met_after_rounding(system: System, rounded: Answer) -> None:
    online = rounded.solution.values["online_accelerator"].sum(["zone", "accelerator"])
    assert bool((online >= system["compute_need"] - 1e-7).all())


def test_it_says_how_large_and_how_long(rounded: Answer) -> None:
    assert set(rounded.timings_s) == {"build", "solve", "round"}
    assert all(seconds > 0 for seconds in rounded.timings_s.values())
    assert rounded.columns > 100
    assert rounded.rows > 100
    assert rounded.nonzeros > rounded.rows
    assert "compute_need" in rounded.right_hand_sides


def test_few_states_cost_no_less(system: System) -> None:
    roomy = changed(system, {"potential_campus": float("inf")})
    one = optimise(with_options(roomy, max_states=1), EXACT)
    free = optimise(roomy, EXACT)
    held = one.solution.values["build_campus"].sum("vintage").values
    assert np.count_nonzero(held > 1e-6) == 1
    assert one.cost_musd >= free.cost_musd * (1.0 - 1e-9)
    # The rest of the plan is the best one for that state, not what the relaxed plan left of it.
    only = changed(roomy, {"potential_campus": roomy["potential_campus"].where(held > 0, 0.0)})
    assert one.cost_musd == pytest.approx(optimise(only, EXACT).cost_musd, rel=1e-9)


def test_too_few_states_name_the_setting(system: System) -> None:
    with pytest.raises(InfeasibleError, match="in 1 states") as stopped:
        optimise(with_options(system, max_states=1), EXACT)
    assert "limits.campuses.max_states" in str(stopped.value)
    assert stopped.value.exit_code == 3


def test_a_required_state_is_always_kept(system: System) -> None:
    roomy = changed(
        system,
        {
            "potential_campus": float("inf"),
            "minimum_campus": (system["zone"] == "Z2").astype(float) * PHASE_GW,
        },
    )
    answer = optimise(with_options(roomy, max_states=1), EXACT)
    built = answer.solution.values["build_campus"].sum("vintage")
    assert float(built.sel(zone="Z2")) == pytest.approx(float(built.sum()))


def test_an_impossible_plan_is_explained(system: System) -> None:
    with pytest.raises(InfeasibleError, match="No plan keeps every limit") as stopped:
        optimise(changed(system, {"compute_need": system["compute_need"] * 9.0}), EXACT)
    assert "In conflict: " in str(stopped.value)
    assert "compute.target.by_year" in str(stopped.value)
