"""How far a solution is from an optimum, measured on the programme that was solved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Residuals:
    """How far a solution is from an optimum, checked by us and not by the solver.

    Each is the largest violation divided by one plus the size of the numbers in the row, the
    column or the objective.
    """

    primal: float
    dual: float
    gap: float

    @property
    def worst(self) -> float:
        """The largest of them; infinite where one is not a number."""
        each = (self.primal, self.dual, self.gap)
        return max(each) if not any(np.isnan(each)) else float("inf")


@dataclass(frozen=True)
class Programme:
    """A linear programme to be minimised: cost, rows, and the bounds of columns and rows."""

    cost: Vector
    matrix: scipy.sparse.csc_array
    lower: Vector
    upper: Vector
    row_lower: Vector
    row_upper: Vector


def residuals_of(programme: Programme, columns: Vector, prices: Vector) -> Residuals:
    """Check primal feasibility, reduced costs and the gap from the matrix itself.

    Parameters
    ----------
    programme
        What was solved.
    columns
        Value of each column.
    prices
        Price of each row, the change in cost for one more unit of its bound.

    Returns
    -------
    Residuals
    """
    activity = programme.matrix @ columns
    scale = 1.0 + abs(programme.matrix) @ np.abs(columns)
    low = np.where(np.isfinite(programme.row_lower), programme.row_lower - activity, -np.inf)
    high = np.where(np.isfinite(programme.row_upper), activity - programme.row_upper, -np.inf)
    outside = np.maximum(programme.lower - columns, columns - programme.upper)
    primal = max(
        _largest(np.maximum(low, high) / scale), _largest(outside / (1.0 + np.abs(columns)))
    )
    reduced = programme.cost - programme.matrix.T @ prices
    size = 1.0 + np.abs(programme.cost) + abs(programme.matrix).T @ np.abs(prices)
    wrong = np.where(
        np.isinf(programme.upper),
        np.where(np.isinf(programme.lower), np.abs(reduced), -reduced),
        np.where(np.isinf(programme.lower), reduced, -np.inf),
    )
    wrong_rows = np.where(
        np.isinf(programme.row_upper),
        np.where(np.isinf(programme.row_lower), np.abs(prices), -prices),
        np.where(np.isinf(programme.row_lower), prices, -np.inf),
    )
    dual = max(_largest(wrong / size), _largest(wrong_rows / (1.0 + np.abs(prices))))
    bound = _bound(reduced, programme.lower, programme.upper) + _bound(
        prices, programme.row_lower, programme.row_upper
    )
    value = float(programme.cost @ columns)
    gap = abs(value - bound) / (1.0 + abs(value))
    return Residuals(primal=primal, dual=dual, gap=gap)


def _largest(violations: Vector) -> float:
    return max(0.0, float(np.max(violations, initial=0.0)))


def _bound(prices: Vector, lower: Vector, upper: Vector) -> float:
    """Return the part of the dual objective that bounds contribute."""
    side = np.where(prices > 0, lower, upper)
    return float(
        np.sum(np.where(np.isfinite(side), prices * np.where(np.isfinite(side), side, 0.0), 0.0))
    )
