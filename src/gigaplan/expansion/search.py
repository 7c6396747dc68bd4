"""One engine and the objective of its system: the best answer, and what its limits are worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import xarray as xr

from gigaplan.expansion.engine import Engine, Solution, SolverSettings
from gigaplan.expansion.expression import Expression
from gigaplan.expansion.objective import discounted_compute, discounted_cost
from gigaplan.terms.progress import Progress

COMPUTE_KEPT = 1e-6
"""Share of the best compute that may be given up when its cost is then minimised."""


@dataclass(frozen=True)
class Best:
    """An optimum: its values, its bound, and what its limits are worth in the objective."""

    solution: Solution
    bound: float
    worth: dict[str, xr.DataArray]


@dataclass
class Search:
    """One engine with the two objectives and how to report."""

    engine: Engine
    settings: SolverSettings
    progress: Progress

    @cached_property
    def cost(self) -> Expression:
        """Discounted cost of the programme."""
        return discounted_cost(self.engine.formulation)

    def best(self) -> Best:
        """Return the optimum for the objective of the system.

        Most compute is sought first; then the least cost of that compute.
        """
        system = self.engine.formulation.system
        cost = self.cost
        if system.options.objective == "least_cost":
            self.engine.set_objective(cost, "min")
            solution = self._solve("least cost")
            return Best(solution, solution.objective, solution.duals)
        compute = discounted_compute(self.engine.formulation)
        self.engine.set_objective(compute, "max")
        first = self._solve("most compute", crossover=True)
        if first.status != "optimal":
            return Best(first, np.nan, {})
        best = self.engine.value(compute, first)
        self.engine.set_objective(cost, "min")
        row = self.engine.add_row(compute, at_least=best * (1.0 - COMPUTE_KEPT))
        second = self._solve("least cost of that compute")
        self.engine.set_row_lower(row, -np.inf)
        return Best(second, best, first.duals)

    def exists(self) -> bool:
        """Return whether any plan keeps every limit as the engine's bounds now are."""
        self.engine.forget_objective()
        return self._solve("any plan").status == "optimal"

    def _solve(self, what: str, *, crossover: bool = False) -> Solution:
        """Solve once; an objective that many plans share needs crossover for sound prices."""
        engine = self.engine
        settings = replace(self.settings, crossover=crossover or self.settings.crossover)
        self.progress.detail(f"{what}: {engine.columns:,} variables, {engine.rows:,} constraints")
        return engine.solve(settings, self.progress.detail)
