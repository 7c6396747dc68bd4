"""The engine: what it accepts, what it refuses, and what it reports."""

from __future__ import annotations

import re

import numpy as np
import pytest
import xarray as xr
from tests.expansion.drawn_systems import Size, draw_system

from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, SolverSettings
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.objective import discounted_cost
from gigaplan.terms.errors import InputError, SolverLimitError

EXACT = SolverSettings(method="simplex")


@pytest.fixture(scope="module")
def formulation() -> Formulation:
    return build_formulation(draw_system(3, Size(zones=2, years=2, days=1, campuses=True)))


@pytest.fixture
def engine(formulation: Formulation) -> Engine:
    return Engine(formulation)


def test_three_methods_agree(engine: Engine, formulation: Formulation) -> None:
    exact = engine.solve(EXACT)
    interior = Engine(formulation).solve(SolverSettings(method="ipm"))
    first_order = Engine(formulation).solve(SolverSettings(method="pdlp"))
    assert interior.objective == pytest.approx(exact.objective, rel=1e-6)
    assert first_order.objective == pytest.approx(exact.objective, rel=1e-3)
    assert (exact.method, interior.method, first_order.method) == ("simplex", "ipm", "pdlp")
    for solution, limit in ((exact, 1e-9), (interior, 1e-6), (first_order, 1e-3)):
        residuals = solution.residuals
        assert max(residuals.primal, residuals.dual, residuals.gap) <= limit


def test_auto_is_exact_for_small_models(engine: Engine) -> None:
    assert engine.columns < 12_000
    assert engine.solve(SolverSettings()).method == "simplex"


def test_an_answer_that_is_not_good_enough_is_refused(engine: Engine) -> None:
    with pytest.raises(SolverLimitError, match="not good enough: primal") as refused:
        engine.solve(SolverSettings(method="simplex", tolerance=1e-30))
    assert "loosen solver.tolerance" in str(refused.value)
    assert refused.value.exit_code == 4


def test_the_time_limit_stops_the_solver(engine: Engine) -> None:
    with pytest.raises(SolverLimitError, match=re.escape("Time limit reached")) as stopped:
        engine.solve(SolverSettings(method="simplex", time_limit_s=0.0))
    assert "solver.time_limit_s" in str(stopped.value)
    # The next solve has its own time.
    assert engine.solve(EXACT).status == "optimal"


def test_an_unknown_setting_is_refused(engine: Engine) -> None:
    with pytest.raises(InputError, match="refuses a setting"):
        engine.solve(SolverSettings(method="simplex", threads=-5))


def test_infeasible_and_unbounded_are_answers(engine: Engine) -> None:
    right = engine.right_hand_side("compute_need")
    engine.set_right_hand_side("compute_need", right * 1e3)
    assert engine.solve(EXACT).status == "infeasible"
    engine.set_right_hand_side("compute_need", right)
    unserved = engine.formulation.term("unserved").sum()
    engine.set_objective(unserved, "max")
    assert engine.solve(EXACT).status == "unbounded"


def test_the_log_of_the_solver_is_heard_and_no_longer_after(engine: Engine) -> None:
    heard: list[str] = []
    engine.solve(EXACT, heard.append)
    assert any("Model status" in line or "Optimal" in line for line in heard)
    count = len(heard)
    engine.solve(EXACT)
    assert len(heard) == count


def test_the_value_of_an_expression_is_that_of_the_solution(engine: Engine) -> None:
    solution = engine.solve(EXACT)
    cost = discounted_cost(engine.formulation)
    built = engine.formulation.term("build_campus").sum()
    assert engine.value(cost, solution) == pytest.approx(solution.objective, rel=1e-12)
    assert engine.value(built, solution) == pytest.approx(
        float(solution.values["build_campus"].sum())
    )


def test_an_added_row_binds_until_it_is_let_go(engine: Engine) -> None:
    before = engine.solve(EXACT)
    built = engine.formulation.term("build_campus").sum()
    more = float(before.values["build_campus"].sum()) * 1.1
    row = engine.add_row(built, at_least=more)
    held = engine.solve(EXACT)
    assert float(held.values["build_campus"].sum()) == pytest.approx(more)
    assert held.objective > before.objective
    engine.set_row_lower(row, -np.inf)
    assert engine.solve(EXACT).objective == pytest.approx(before.objective, rel=1e-9)


def test_equal_rows_stay_equal_when_their_side_changes(engine: Engine) -> None:
    given = engine.right_hand_side("built_capacity_storage")
    engine.set_right_hand_side("built_capacity_storage", given + 1.0)
    solution = engine.solve(EXACT)
    system = engine.formulation.system
    pumped = solution.values["online_storage"].sel(storage="pumped_old")
    existing = system["existing_storage"].sel(storage="pumped_old")
    assert np.allclose(pumped, existing + 1.0)


def test_a_bound_that_is_not_a_number_is_an_error(engine: Engine) -> None:
    build = engine.formulation.system["buildable_campus"].astype(float)
    with pytest.raises(ValueError, match="A limit of build_campus is not a number"):
        engine.set_bounds("build_campus", build * 0.0, build * np.nan)
    right = engine.right_hand_side("compute_need")
    with pytest.raises(ValueError, match="A limit of compute_need is not a number"):
        engine.set_right_hand_side("compute_need", right * np.nan)


def test_an_unknown_constraint_is_an_error(engine: Engine) -> None:
    with pytest.raises(KeyError):
        engine.set_right_hand_side("no such rows", xr.DataArray(0.0))
