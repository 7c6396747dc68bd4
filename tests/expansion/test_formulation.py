"""The programme while it is written, and the same as a linopy model."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from tests.expansion.drawn_systems import Size, draw_system
from tests.oracles.pypsa_network import quiet

import gigaplan
from gigaplan.expansion.build import build_formulation
from gigaplan.expansion.engine import Engine, SolverSettings
from gigaplan.expansion.formulation import Formulation

SIZE = Size(zones=3, years=2, days=1, campuses=True, limits=True)


@pytest.fixture(scope="module")
def formulation() -> Formulation:
    return build_formulation(draw_system(5, SIZE))


def test_every_column_and_row_has_one_place(formulation: Formulation) -> None:
    for parts, count in (
        (formulation.variables, formulation.columns),
        (formulation.constraints, formulation.rows),
    ):
        labels = np.concatenate([part.labels.values.ravel() for part in parts.values()])
        assert sorted(labels[labels >= 0]) == list(range(count))


def test_a_right_hand_side_must_fit_the_left(formulation: Formulation) -> None:
    left = formulation.term("unserved").sum("zone")
    fresh = Formulation(formulation.system)
    by_zone = formulation.system["load"]
    with pytest.raises(ValueError, match="There is no dimension zone in year, block"):
        fresh.add_rows("f", "f", left, "<=", by_zone)
    nothing = xr.full_like(by_zone.sum("zone"), np.nan)
    with pytest.raises(ValueError, match="A right-hand side of f is not a number"):
        fresh.add_rows("f", "f", left, "<=", nothing)
    fresh.add_rows("f", "f", left, "<=", nothing, mask=xr.zeros_like(nothing, dtype=bool))
    assert not fresh.constraints


def test_the_linopy_model_has_the_same_optimum(formulation: Formulation) -> None:
    ours = Engine(formulation).solve(SolverSettings(method="simplex"))
    with quiet():
        model = gigaplan.linopy_model(formulation)
        assert set(model.variables) == set(formulation.variables)
        assert set(model.constraints) == set(formulation.constraints)
        model.solve(solver_name="highs", io_api="direct", output_flag=False)
    assert model.objective.value == pytest.approx(ours.objective, rel=1e-9)


def test_a_scenario_is_formulated_without_a_solve() -> None:
    written = gigaplan.formulate(gigaplan.load_scenario("tiny"))
    assert written.columns == Engine(written).columns > 1000
    assert set(written.families.values()) >= {"power_balance", "compute", "reserve"}
