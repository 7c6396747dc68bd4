"""Expressions: what they come to at any point is what xarray says of the same sums and products."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.expansion.expression import Expression, axes_of

LABELS = {"zone": ["TX", "OK", "KS"], "year": [2028, 2030], "block": [0, 1, 2, 3], "asset": ["a"]}
seeds = st.integers(0, 10_000)
some_dims = st.lists(st.sampled_from(sorted(LABELS)), unique=True, max_size=3)


def numbers(dims: list[str], seed: int, *, zeros: bool = True) -> xr.DataArray:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=[len(LABELS[dim]) for dim in dims])
    if zeros:
        values = np.where(rng.random(values.shape) < 0.3, 0.0, values)
    return xr.DataArray(values, dims=dims, coords={dim: LABELS[dim] for dim in dims})


def variable(dims: list[str], seed: int) -> tuple[Expression, xr.DataArray]:
    """Return a variable of its own columns, absent in some cells, and its values."""
    values = numbers(dims, seed)
    exists = np.flatnonzero(values.values != 0)
    expression = Expression(axes_of(values), exists, exists, values.values.ravel()[exists])
    return expression, values


def value(expression: Expression) -> xr.DataArray:
    """Return what an expression comes to where every column is one."""
    flat = np.zeros(int(np.prod(expression.shape)))
    np.add.at(flat, expression.cells, expression.weights)
    return xr.DataArray(
        flat.reshape(expression.shape), dims=expression.dims, coords=dict(expression.axes)
    )


def same(one: xr.DataArray, other: xr.DataArray) -> None:
    assert set(one.dims) == set(other.dims)
    xr.testing.assert_allclose(one, other.transpose(*one.dims), rtol=1e-12, atol=1e-12)


@given(some_dims, some_dims, seeds)
def test_a_product_joins_dimensions_by_name(own: list[str], theirs: list[str], seed: int) -> None:
    expression, values = variable(own, seed)
    factor = numbers(theirs, seed + 1)
    same(value(expression * factor), values * factor)


@given(some_dims, some_dims, seeds)
def test_a_sum_of_two_spreads_both(own: list[str], theirs: list[str], seed: int) -> None:
    (one, first), (other, second) = variable(own, seed), variable(theirs, seed + 1)
    same(value(one + other), first + second)
    same(value(one - other), first - second)
    same(value(-one), -first)


@given(some_dims, st.data())
def test_a_sum_over_dimensions(own: list[str], data: st.DataObject) -> None:
    expression, values = variable(own, 1)
    gone = data.draw(st.lists(st.sampled_from(own), unique=True)) if own else []
    same(value(expression.sum(gone)), values.sum(gone))
    same(value(expression.sum()), values.sum())


@given(st.permutations(LABELS["block"]), st.integers(0, 4), seeds)
def test_positions_of_a_dimension(order: list[int], count: int, seed: int) -> None:
    expression, values = variable(["zone", "block", "year"], seed)
    chosen = np.array(order[:count], dtype=int)
    same(value(expression.take("block", chosen)), values.isel(block=chosen))
    same(value(expression.select("block", chosen)), values.sel(block=chosen))


def test_among_more_labels() -> None:
    expression, values = variable(["zone", "year", "block"], 4)
    more = pd.Index([2026, 2028, 2030, 2032])
    same(value(expression.among("year", more)), values.reindex(year=more, fill_value=0.0))
    with pytest.raises(ValueError, match="year has labels that are not among those given"):
        expression.among("year", more[:2])


def test_other_labels_and_another_name() -> None:
    expression, values = variable(["zone", "year"], 3)
    later = pd.Index([2032, 2035])
    same(
        value(expression.relabel("year", later, name="vintage")),
        values.rename(year="vintage").assign_coords(vintage=later),
    )
    with pytest.raises(ValueError, match="year has 2 labels, not 1"):
        expression.relabel("year", later[:1])


def test_labels_that_disagree_are_an_error() -> None:
    expression, values = variable(["zone"], 3)
    other = values.assign_coords(zone=["TX", "KS", "OK"])
    with pytest.raises(ValueError, match="The labels of zone disagree"):
        expression * other
    with pytest.raises(ValueError, match="The labels of zone disagree"):
        expression + expression.select("zone", ["TX", "OK"])


def test_faults_name_the_dimension() -> None:
    expression, values = variable(["zone"], 3)
    with pytest.raises(ValueError, match="zone has no 'NY'"):
        expression.select("zone", ["NY"])
    with pytest.raises(ValueError, match="A position of zone is taken twice"):
        expression.take("zone", np.array([0, 0]))
    with pytest.raises(ValueError, match="There is no dimension year in zone"):
        expression.sum("year")
    with pytest.raises(ValueError, match="A weight over zone is not a finite number"):
        expression * values.where(values == 0, np.inf)
    with pytest.raises(ValueError, match="The dimension zone has no labels"):
        expression * xr.DataArray(np.ones(3), dims="zone")
