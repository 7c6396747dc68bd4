"""The check of an optimum catches every way of not being one."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse

from gigaplan.expansion.residuals import Programme, Residuals, residuals_of

# Least 2x + 3y with x + y >= 4, 0 <= x <= 3, 0 <= y <= 10.
# The optimum is x = 3, y = 1 at a cost of 9; one more unit would cost 3.
PROGRAMME = Programme(
    cost=np.array([2.0, 3.0]),
    matrix=scipy.sparse.csc_array(np.array([[1.0, 1.0]])),
    lower=np.array([0.0, 0.0]),
    upper=np.array([3.0, 10.0]),
    row_lower=np.array([4.0]),
    row_upper=np.array([np.inf]),
)
OPTIMUM, PRICE = [3.0, 1.0], 3.0


def checked(columns: list[float], price: float) -> Residuals:
    return residuals_of(PROGRAMME, np.array(columns), np.array([price]))


def test_an_optimum_has_none() -> None:
    assert checked(OPTIMUM, PRICE) == Residuals(0.0, 0.0, 0.0)


def test_a_row_that_is_broken_is_seen() -> None:
    # x + y is 3.5 where 4 are needed; the size of the row is 1 + 3 + 0.5.
    assert checked([3.0, 0.5], PRICE).primal == pytest.approx(0.5 / 4.5)


def test_a_bound_that_is_broken_is_seen() -> None:
    assert checked([3.5, 0.5], PRICE).primal == pytest.approx(0.5 / 4.5)
    # y is one below zero, x two above three: 1 / (1 + 1) is more than 2 / (1 + 5).
    assert checked([5.0, -1.0], PRICE).primal == pytest.approx(1.0 / 2.0)


def test_a_plan_that_is_feasible_but_dear_is_seen() -> None:
    dear = checked([2.0, 2.0], PRICE)
    assert dear.primal == 0.0
    assert dear.gap == pytest.approx(1.0 / 11.0)


def test_a_price_of_the_wrong_sign_is_seen() -> None:
    assert checked(OPTIMUM, -1.0).dual == pytest.approx(0.5)


def test_a_wrong_price_is_seen() -> None:
    # At a price of 2 the bound on the cost is 8, not 9.
    wrong = checked(OPTIMUM, 2.0)
    assert wrong.gap == pytest.approx(1.0 / 10.0)


def test_a_column_without_a_bound_must_not_have_a_gain() -> None:
    endless = Programme(
        PROGRAMME.cost,
        PROGRAMME.matrix,
        PROGRAMME.lower,
        np.array([3.0, np.inf]),
        PROGRAMME.row_lower,
        PROGRAMME.row_upper,
    )
    # At a price of 5 more y would pay 2 a unit for ever.
    found = residuals_of(endless, np.array(OPTIMUM), np.array([5.0]))
    assert found.dual == pytest.approx(2.0 / (1.0 + 3.0 + 5.0))
