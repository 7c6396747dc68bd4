"""The same matrix given to scipy: primal, dual and complementarity by another road."""

from __future__ import annotations

from dataclasses import dataclass

import linopy
import numpy as np
import numpy.typing as npt
import pytest
import scipy.sparse
from scipy.optimize import linprog
from tests.expansion.drawn_systems import Size, draw_system
from tests.oracles.pypsa_network import quiet

from gigaplan.expansion.build import FAMILIES, build_formulation
from gigaplan.expansion.engine import Engine, Solution, SolverSettings
from gigaplan.expansion.linopy_model import linopy_model

Floats = npt.NDArray[np.float64]

SETS = {
    "power": Size(zones=3, years=2, days=1),
    "power and campuses": Size(zones=2, years=2, days=2, campuses=True),
    "every limit": Size(zones=3, years=2, days=1, campuses=True, limits=True),
}


@dataclass(frozen=True)
class Case:
    """One drawn System, its matrix as linopy wrote it, and our solution of it."""

    model: linopy.Model
    solution: Solution
    matrix: scipy.sparse.csr_array
    right: Floats
    sense: npt.NDArray[np.str_]
    cost: Floats
    lower: Floats
    upper: Floats

    @property
    def columns(self) -> Floats:
        """Our values, in the order of the matrix."""
        labels = self.model.matrices.vlabels
        flat = np.full(int(labels.max()) + 1, np.nan)
        for name, variable in self.model.variables.items():
            own = variable.labels.values.ravel()
            flat[own[own >= 0]] = self.solution.values[name].values.ravel()[own >= 0]
        return flat[labels]

    @property
    def rows(self) -> Floats:
        """Our prices, in the order of the matrix."""
        labels = self.model.matrices.clabels
        flat = np.full(int(labels.max()) + 1, np.nan)
        for name, constraint in self.model.constraints.items():
            own = constraint.labels.values.ravel()
            flat[own[own >= 0]] = self.solution.duals[name].values.ravel()[own >= 0]
        return flat[labels]


@pytest.fixture(scope="module", params=SETS.values(), ids=SETS)
def case(request: pytest.FixtureRequest) -> Case:
    formulation = build_formulation(draw_system(3, request.param))
    with quiet():
        model = linopy_model(formulation)
        matrices = model.matrices
        matrix = scipy.sparse.csr_array(matrices.A)
    solution = Engine(formulation).solve(SolverSettings(method="simplex"))
    assert solution.status == "optimal"
    return Case(
        model=model,
        solution=solution,
        matrix=matrix,
        right=np.asarray(matrices.b, dtype=float),
        sense=np.asarray(matrices.sense).astype(str),
        cost=np.asarray(matrices.c, dtype=float),
        lower=np.asarray(matrices.lb, dtype=float),
        upper=np.asarray(matrices.ub, dtype=float),
    )


def test_same_optimum(case: Case) -> None:
    below, above, equal = (case.sense == sign for sign in ("<", ">", "="))
    theirs = linprog(
        case.cost,
        A_ub=scipy.sparse.vstack([case.matrix[below], -case.matrix[above]]),
        b_ub=np.r_[case.right[below], -case.right[above]],
        A_eq=case.matrix[equal],
        b_eq=case.right[equal],
        bounds=np.column_stack([case.lower, case.upper]),
        method="highs-ipm",
    )
    assert theirs.status == 0
    assert case.solution.objective == pytest.approx(theirs.fun, rel=1e-9)


def test_primal_keeps_every_row_and_bound(case: Case) -> None:
    columns = case.columns
    activity = case.matrix @ columns
    size = 1.0 + abs(case.matrix) @ abs(columns)
    below, above, equal = (case.sense == sign for sign in ("<", ">", "="))
    assert np.all((activity - case.right)[below] <= 1e-9 * size[below])
    assert np.all((case.right - activity)[above] <= 1e-9 * size[above])
    assert np.all(abs(activity - case.right)[equal] <= 1e-9 * size[equal])
    assert np.all(columns >= case.lower - 1e-9)
    assert np.all(columns <= case.upper + 1e-9)
    assert case.cost @ columns == pytest.approx(case.solution.objective, rel=1e-12)


def test_prices_have_the_sign_of_their_row_and_bound_the_cost(case: Case) -> None:
    prices = case.rows
    size = 1.0 + abs(prices)
    assert np.all(prices[case.sense == "<"] <= 1e-9 * size[case.sense == "<"])
    assert np.all(prices[case.sense == ">"] >= -1e-9 * size[case.sense == ">"])
    reduced = case.cost - case.matrix.T @ prices
    scale = 1.0 + abs(case.cost) + abs(case.matrix).T @ abs(prices)
    assert np.all(reduced[np.isinf(case.upper)] >= -1e-9 * scale[np.isinf(case.upper)])
    finite = np.isfinite(case.upper)
    dual = case.right @ prices + np.minimum(reduced, 0.0)[finite] @ case.upper[finite]
    assert dual == pytest.approx(case.solution.objective, rel=1e-9)


def test_complementarity(case: Case) -> None:
    columns, prices = case.columns, case.rows
    slack = case.matrix @ columns - case.right
    value = max(1.0, abs(case.solution.objective))
    assert np.max(abs(slack * prices)) <= 1e-9 * value
    reduced = case.cost - case.matrix.T @ prices
    free = (columns > case.lower + 1e-7) & (columns < case.upper - 1e-7)
    scale = 1.0 + abs(case.cost) + abs(case.matrix).T @ abs(prices)
    assert np.max(abs(reduced[free]) / scale[free]) <= 1e-9


def test_every_family_has_rows_with_every_limit() -> None:
    formulation = build_formulation(draw_system(3, SETS["every limit"]))
    assert set(formulation.families.values()) == set(FAMILIES)
