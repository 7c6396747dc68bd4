"""A linopy model and the System it speaks of, behind a small typed surface.

linopy takes free keywords, so a mistyped one would pass unseen; every room of the optimisation
goes through the methods here instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

import linopy
import numpy as np
import xarray as xr

from gigaplan.system import System
from gigaplan.terms.symbols import dims_of

Expression = linopy.LinearExpression
Sign = Literal["<=", ">=", "="]


@contextmanager
def strict_labels() -> Iterator[None]:
    """Make linopy treat masked variables and unlike labels as linopy 1.0 will."""
    with linopy.options:
        linopy.options["semantics"] = "v1"
        yield


@dataclass
class Formulation:
    """The model while it is written.

    Parameters
    ----------
    system
        Parameters by label.
    model
        The linopy model that is filled.
    families
        Name of every block of constraints, by the family that wrote it.
    """

    system: System
    model: linopy.Model = field(default_factory=lambda: linopy.Model(force_dim_names=True))
    families: dict[str, str] = field(default_factory=dict)
    _terms: dict[str, Expression] = field(default_factory=dict)

    def parameter(self, name: str) -> xr.DataArray:
        """Return the parameter ``name``."""
        return self.system[name]

    def labels(self, dim: str) -> list[object]:
        """Return the labels of a dimension; empty where the system has none."""
        return list(self.system.data.indexes[dim]) if dim in self.system.data.indexes else []

    def add_variable(
        self,
        name: str,
        *,
        upper: xr.DataArray | float = np.inf,
        mask: xr.DataArray | None = None,
    ) -> None:
        """Add the variable ``name`` of ``symbols.csv``, zero or above, where ``mask`` holds."""
        dims = dims_of(name)
        if all(self.labels(dim) for dim in dims):
            coords = {dim: self.system.data.indexes[dim] for dim in dims}
            shape = xr.DataArray(
                np.zeros([len(index) for index in coords.values()]), dims=dims, coords=coords
            )
            bound = (shape + upper).transpose(*dims)
            where = None
            if mask is not None:
                where = (shape.astype(bool) | mask).transpose(*dims)
            self.model.add_variables(lower=shape, upper=bound, name=name, mask=where)

    def has(self, name: str) -> bool:
        """Return whether the variable ``name`` was added."""
        return name in self.model.variables

    def term(self, name: str) -> Expression:
        """Return the variable ``name`` as an expression that is zero where it is absent."""
        if not self.has(name):
            message = f"The variable {name} has no labels in this system."
            raise KeyError(message)
        if name not in self._terms:
            filled = self.model.variables[name].fillna(0)
            whole = filled if isinstance(filled, Expression) else filled.to_linexpr()
            self._terms[name] = whole
        return self._terms[name]

    def add_rows(
        self,
        family: str,
        name: str,
        left: Expression,
        sign: Sign,
        right: xr.DataArray | Expression | float,
        *,
        mask: xr.DataArray | None = None,
    ) -> None:
        """Add the constraints ``name`` of ``family``, where ``mask`` holds."""
        if mask is not None and not bool(mask.any()):
            return
        self.model.add_constraints(left, sign, right, name=name, mask=mask)
        self.families[name] = family
