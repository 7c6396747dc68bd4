"""The rows of a family of constraints as LP text that a person can read and a solver too."""

from __future__ import annotations

import re

import numpy as np
import xarray as xr

from gigaplan.expansion.formulation import Formulation


def lp_text(formulation: Formulation, family: str) -> str:
    """Return every row that ``family`` wrote, one term a line, names with their labels.

    Parameters
    ----------
    formulation
        The written model.
    family
        Name of the family.

    Returns
    -------
    str
        A whole file in LP format, without an objective.
    """
    names = _variable_names(formulation)
    lines = [f"\\ Rows of the family {family}.", "minimize", " obj:", "subject to", ""]
    for block, owner in formulation.families.items():
        if owner == family:
            lines += _block(formulation, block, names)
    return "\n".join([*lines, "end", ""])


def _block(formulation: Formulation, block: str, names: dict[int, str]) -> list[str]:
    rows = formulation.constraints[block]
    labels = rows.labels
    right = dict(zip(labels.values[labels.values >= 0].tolist(), rows.right.tolist(), strict=True))
    held: dict[int, dict[int, float]] = {row: {} for row in right}
    for row, column, weight in zip(rows.rows, rows.columns, rows.weights, strict=True):
        terms = held[int(row)]
        terms[int(column)] = terms.get(int(column), 0.0) + float(weight)
    lines = []
    for index in np.ndindex(labels.shape):
        row = int(labels.values[index])
        if row < 0:
            continue
        at = [labels[dim].values[place] for dim, place in zip(labels.dims, index, strict=True)]
        lines.append(f"{_named(block, at)}:")
        terms = held[row]
        lines += [f"  {_term(terms[key], names[key])}" for key in sorted(terms) if terms[key]]
        lines += [f"  {rows.sign} {_number(right[row])}", ""]
    return lines


def _variable_names(formulation: Formulation) -> dict[int, str]:
    """Return the name, with its labels, of each column of the programme."""
    names = {}
    for name, variable in formulation.variables.items():
        labels: xr.DataArray = variable.labels
        for index in np.ndindex(labels.shape):
            at = [labels[dim].values[place] for dim, place in zip(labels.dims, index, strict=True)]
            names[int(labels.values[index])] = _named(str(name), at)
    return names


def _named(name: str, labels: list[object]) -> str:
    """Return a name that the LP format allows.

    >>> _named("flow_forward", ["west-east", 2026])
    'flow_forward(west_east,2026)'
    """
    inside = ",".join(re.sub(r"[^\w.]", "_", str(label)) for label in labels)
    return f"{name}({inside})" if inside else name


def _term(weight: float, name: str) -> str:
    return f"{'-' if weight < 0 else '+'} {_number(abs(weight))} {name}"


def _number(value: float) -> str:
    return f"{value + 0.0:.6g}"
