"""The same programme as a linopy model: to read, extend, or give to another solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from gigaplan.expansion.formulation import Formulation, Rows

if TYPE_CHECKING:
    import linopy

    from gigaplan.expansion.expression import Whole


def linopy_model(formulation: Formulation) -> linopy.Model:
    """Return a linopy model with the same variables, constraints, names and labels.

    Parameters
    ----------
    formulation
        The written programme.

    Returns
    -------
    linopy.Model
        Every variable and block of constraints under its name, over its labels, and the objective.
        What is changed in it does not change ``formulation``.

    Raises
    ------
    ModuleNotFoundError
        If linopy is not installed; it comes with ``pip install gigaplan[linopy]``.

    Examples
    --------
    ::

        model = gigaplan.linopy_model(gigaplan.formulate(gigaplan.load_scenario("tiny")))
        model.solve(solver_name="gurobi")
    """
    import linopy

    model = linopy.Model(force_dim_names=True)
    label_of = np.full(formulation.columns, -1, dtype=np.intp)
    for name, variable in formulation.variables.items():
        exists = variable.labels >= 0
        bounds = {}
        for side, values in (("lower", variable.lower), ("upper", variable.upper)):
            full = np.zeros(exists.shape)
            full[exists.values] = values
            bounds[side] = exists.copy(data=full)
        added = model.add_variables(
            lower=bounds["lower"], upper=bounds["upper"], name=name, mask=exists
        )
        label_of[variable.labels.values[exists.values]] = added.labels.values[exists.values]
    for name, rows in formulation.constraints.items():
        left = _left_side(rows, label_of, model)
        exists = rows.labels >= 0
        right = np.zeros(exists.shape)
        right[exists.values] = rows.right
        model.add_constraints(
            left,
            rows.sign,
            exists.copy(data=right),
            name=name,
            mask=exists if exists.ndim else None,
        )
    if formulation.objective is not None:
        weights = formulation.coefficients(formulation.objective)
        used = np.flatnonzero(weights)
        terms = {"vars": ("_term", label_of[used]), "coeffs": ("_term", weights[used])}
        data = xr.Dataset({**terms, "const": 0.0})
        model.add_objective(linopy.LinearExpression(data, model), sense="min")
    return model


def _left_side(rows: Rows, label_of: Whole, model: linopy.Model) -> linopy.LinearExpression:
    """Return the left side of a block: its terms side by side, as linopy holds them."""
    import linopy

    first = int(rows.labels.max()) + 1 - rows.right.size
    order = np.argsort(rows.rows, kind="stable")
    row = rows.rows[order] - first
    counts = np.bincount(row, minlength=rows.right.size)
    starts = np.r_[0, np.cumsum(counts)[:-1]]
    place = np.arange(row.size) - starts[row]
    shape = (rows.right.size, int(counts.max(initial=0)))
    labels, weights = np.full(shape, -1, dtype=np.intp), np.full(shape, np.nan)
    labels[row, place] = label_of[rows.columns[order]]
    weights[row, place] = rows.weights[order]
    exists = rows.labels.values >= 0
    every_label = np.full((*exists.shape, shape[1]), -1, dtype=np.intp)
    every_weight = np.full((*exists.shape, shape[1]), np.nan)
    every_label[exists], every_weight[exists] = labels, weights
    dims = (*rows.labels.dims, "_term")
    data = xr.Dataset(
        {
            "vars": (dims, every_label),
            "coeffs": (dims, every_weight),
            "const": xr.zeros_like(rows.labels, dtype=float),
        },
        coords=rows.labels.coords,
    )
    return linopy.LinearExpression(data, model)
