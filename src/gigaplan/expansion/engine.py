"""The solver's copy of a model: solved, changed and solved again without being rebuilt."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import highspy
import numpy as np
import numpy.typing as npt
import scipy.sparse
import xarray as xr

from gigaplan.expansion.expression import Expression
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.residuals import Programme, Residuals, residuals_of
from gigaplan.terms.errors import Fault, InputError, SolverLimitError

Method = Literal["simplex", "ipm", "pdlp"]
Status = Literal["optimal", "infeasible", "unbounded"]
Vector = npt.NDArray[np.float64]

Values = dict[str, str | float | int | bool]

INFEASIBLE = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)
USABLE = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kUnknown)
FIRST_ORDER = 1e-3
"""What a first-order method is asked for at least."""
AUTO_SIMPLEX_COLUMNS = 12_000
"""Up to this many columns the dual simplex is as quick as interior point, and exact."""


@dataclass(frozen=True)
class SolverSettings:
    """How to solve.

    Parameters
    ----------
    method
        ``simplex`` and ``ipm`` give an optimum to ``tolerance``; ``pdlp`` is a first-order
        method, quicker and coarser, whose residuals are reported. ``auto`` chooses by size.
    crossover
        Whether interior point ends in a corner (exact, needed for warm starts) or not (quicker).
    threads
        Threads the solver may use.
    time_limit_s
        Seconds before the solver stops.
    tolerance
        Largest primal and dual residual allowed, relative to the size of the row.
    """

    method: Literal["auto", "simplex", "ipm", "pdlp"] = "auto"
    crossover: bool = False
    threads: int = 2
    time_limit_s: float = 900.0
    tolerance: float = 1e-6


def attempts(method: Method, settings: SolverSettings) -> list[Values]:
    """Return what is set for a method at first, and then where its answer is not good enough."""
    if method == "pdlp":
        return [{"kkt_tolerance": 1e-6}, {"kkt_tolerance": 1e-7}]
    if method == "ipm" and not settings.crossover:
        return [{"run_crossover": "off"}, {"run_crossover": "on"}]
    return [{"run_crossover": "on"}]


@dataclass(frozen=True)
class Solution:
    """Values and prices of a solved model.

    Parameters
    ----------
    values
        Each variable by name over its labels; zero where a variable does not exist.
    duals
        Each block of constraints by name over its labels; zero where there is no row.
    slack
        Values of columns that the formulation does not have (column).
    """

    status: Status
    objective: float
    values: xr.Dataset
    duals: dict[str, xr.DataArray]
    residuals: Residuals
    method: Method
    seconds: float
    iterations: int
    slack: Vector = field(default_factory=lambda: np.zeros(0))


class Engine:
    """One HiGHS model made from a :class:`Formulation`.

    Costs, right-hand sides and bounds may change between solves; the last basis is reused.
    """

    def __init__(self, formulation: Formulation) -> None:
        self.formulation = formulation
        if not formulation.constraints:
            message = "the model has no constraints"
            raise ValueError(message)
        self._matrix = formulation.matrix()
        self._cost = np.zeros(formulation.columns)
        if formulation.objective is not None:
            self._cost = formulation.coefficients(formulation.objective)
        variables, blocks = formulation.variables.values(), formulation.constraints.values()
        self._lower = np.concatenate([variable.lower for variable in variables])
        self._upper = np.concatenate([variable.upper for variable in variables])
        self._row_lower = np.concatenate(
            [np.full_like(b.right, -np.inf) if b.sign == "<=" else b.right for b in blocks]
        )
        self._row_upper = np.concatenate(
            [np.full_like(b.right, np.inf) if b.sign == ">=" else b.right for b in blocks]
        )
        self._maximise = False
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy is partly typed
        self._highs.setOptionValue("output_flag", False)
        self._pass_model()

    @property
    def columns(self) -> int:
        """Number of variables."""
        return int(self._cost.size)

    @property
    def rows(self) -> int:
        """Number of constraints."""
        return int(self._row_lower.size)

    @property
    def nonzeros(self) -> int:
        """Number of coefficients other than zero."""
        return int(self._matrix.nnz)

    @property
    def programme(self) -> Programme:
        """What is solved, as a programme to be minimised."""
        return Programme(
            -self._cost if self._maximise else self._cost,
            self._matrix,
            self._lower,
            self._upper,
            self._row_lower,
            self._row_upper,
        )

    def set_objective(self, expression: Expression, sense: Literal["min", "max"]) -> None:
        """Seek another objective over the same constraints."""
        self._cost = self._coefficients(expression)
        self._maximise = sense == "max"
        every = np.arange(self.columns, dtype=np.int32)
        self._highs.changeColsCost(self.columns, every, self._cost)
        direction = highspy.ObjSense.kMaximize if self._maximise else highspy.ObjSense.kMinimize
        self._highs.changeObjectiveSense(direction)

    def forget_objective(self) -> None:
        """Seek any plan: every cost is zero."""
        self._cost = np.zeros(self.columns)
        every = np.arange(self.columns, dtype=np.int32)
        self._highs.changeColsCost(self.columns, every, self._cost)

    def set_right_hand_side(self, name: str, right: xr.DataArray) -> None:
        """Change the right-hand side of the constraints ``name``.

        Raises
        ------
        KeyError
            If the model has no such constraints.
        """
        constraint = self.formulation.constraints[name]
        labels = constraint.labels
        values = right.broadcast_like(labels).transpose(*labels.dims).values.ravel().astype(float)
        flat = labels.values.ravel()
        rows = flat[flat >= 0]
        new = values[flat >= 0]
        _check_numbers(name, new)
        upper = np.isfinite(self._row_upper[rows])
        lower = np.isfinite(self._row_lower[rows])
        self._row_upper[rows] = np.where(upper, new, np.inf)
        self._row_lower[rows] = np.where(lower, new, -np.inf)
        index = rows.astype(np.int32)
        self._highs.changeRowsBounds(
            index.size, index, self._row_lower[rows], self._row_upper[rows]
        )

    def set_bounds(self, name: str, lower: xr.DataArray, upper: xr.DataArray) -> None:
        """Change the bounds of the variable ``name``."""
        labels = self.formulation.variables[name].labels
        flat = labels.values.ravel()
        columns = flat[flat >= 0]
        for bound, given in ((self._lower, lower), (self._upper, upper)):
            values = given.broadcast_like(labels).transpose(*labels.dims).values.ravel()
            _check_numbers(name, values[flat >= 0])
            bound[columns] = values[flat >= 0].astype(float)
        index = columns.astype(np.int32)
        self._highs.changeColsBounds(index.size, index, self._lower[columns], self._upper[columns])

    def add_row(self, expression: Expression, *, at_least: float) -> int:
        """Add one row, the expression is at least a number, and return its position."""
        row = self._coefficients(expression)
        index = np.flatnonzero(row).astype(np.int32)
        self._highs.addRow(at_least, highspy.kHighsInf, index.size, index, row[index])
        self._matrix = scipy.sparse.vstack(
            [self._matrix, scipy.sparse.csr_array(row[None, :])], format="csc"
        )
        self._row_lower = np.r_[self._row_lower, at_least]
        self._row_upper = np.r_[self._row_upper, np.inf]
        return self.rows - 1

    def set_row_lower(self, row: int, at_least: float) -> None:
        """Change the lower bound of a row that was added."""
        self._row_lower[row] = at_least
        self._highs.changeRowBounds(row, at_least, np.inf)

    def right_hand_side(self, name: str) -> xr.DataArray:
        """Return the right-hand side of the rows of ``name``; not a number where there is none."""
        bound = np.where(np.isfinite(self._row_upper), self._row_upper, self._row_lower)
        return over(self.formulation.constraints[name].labels, bound, absent=np.nan)

    def value(self, expression: Expression, solution: Solution) -> float:
        """Return the value of a scalar expression at a solution."""
        return float(self._coefficients(expression) @ self._flat(solution))

    def solve(
        self, settings: SolverSettings, listen: Callable[[str], None] | None = None
    ) -> Solution:
        """Solve and check.

        Parameters
        ----------
        settings
            Method and limits.
        listen
            Called with each line of the solver's log.

        Returns
        -------
        Solution
            Also when the model is infeasible or unbounded: see ``status``.

        Raises
        ------
        SolverLimitError
            If the solver stopped at a limit, or its answer is worse than ``tolerance``.
        """
        method = self._method(settings)
        limit = settings.tolerance if method != "pdlp" else max(settings.tolerance, FIRST_ORDER)
        seconds, iterations = 0.0, 0
        for attempt in attempts(method, settings):
            self._set_options(method, settings, attempt)
            spent, taken = self._run(listen)
            seconds, iterations = seconds + spent, iterations + taken
            status = self._highs.getModelStatus()
            if status in INFEASIBLE:
                return self._empty("infeasible", method, seconds)
            if status == highspy.HighsModelStatus.kUnbounded:
                return self._empty("unbounded", method, seconds)
            if status == highspy.HighsModelStatus.kInterrupt:
                raise KeyboardInterrupt
            if status not in USABLE:
                words = self._highs.modelStatusToString(status)
                msg = f"The solver stopped: {words} after {seconds:.0f} s."
                what = f"It is {settings.time_limit_s:g} s for each solve."
                mend = "Raise it, or use fewer days or blocks."
                raise SolverLimitError(msg, [Fault(what, "solver.time_limit_s", mend)])
            answer = self._highs.getSolution()
            columns = np.asarray(answer.col_value, dtype=float)
            rows = np.asarray(answer.row_dual, dtype=float)
            residuals = residuals_of(self.programme, columns, -rows if self._maximise else rows)
            if residuals.worst <= limit:
                return Solution(
                    status="optimal",
                    objective=float(self._cost @ columns),
                    values=self._values(columns),
                    duals=self._duals(rows),
                    residuals=residuals,
                    method=method,
                    seconds=seconds,
                    iterations=iterations,
                    slack=columns[self.formulation.columns :],
                )
        msg = (
            f"The solver's answer is not good enough: primal {residuals.primal:.1e}, dual "
            f"{residuals.dual:.1e}, gap {residuals.gap:.1e}; {limit:.0e} is allowed."
        )
        what = f"It is {method}."
        mend = "Set it to simplex, or loosen solver.tolerance."
        raise SolverLimitError(msg, [Fault(what, "solver.method", mend)])

    def _run(self, listen: Callable[[str], None] | None) -> tuple[float, int]:
        """Run the solver and return the seconds and iterations it took."""
        if listen is not None:
            _subscribe(self._highs, listen)
        start = time.perf_counter()
        self._highs.run()
        seconds = time.perf_counter() - start
        if listen is not None:
            self._highs.cbLogging.clear()
        info = self._highs.getInfo()
        counts = (
            info.simplex_iteration_count,
            info.ipm_iteration_count,
            info.pdlp_iteration_count,
        )
        return seconds, sum(max(int(count), 0) for count in counts)

    def _method(self, settings: SolverSettings) -> Method:
        if settings.method != "auto":
            return settings.method
        return "simplex" if self.columns <= AUTO_SIMPLEX_COLUMNS else "ipm"

    def _set_options(self, method: Method, settings: SolverSettings, attempt: Values) -> None:
        options: Values = {
            "solver": {"simplex": "simplex", "ipm": "ipx", "pdlp": "hipdlp"}[method],
            "threads": settings.threads,
            # HiGHS counts its time limit over all runs of a model.
            "time_limit": self._highs.getRunTime() + settings.time_limit_s,
            **attempt,
        }
        for name, value in options.items():
            if self._highs.setOptionValue(name, value) == highspy.HighsStatus.kError:
                msg = "The solver refuses a setting."
                raise InputError(msg, [Fault(f"{name} = {value}", "solver")])

    def _pass_model(self) -> None:
        program = highspy.HighsLp()
        program.num_col_ = self.columns
        program.num_row_ = self.rows
        program.col_cost_ = self._cost
        program.col_lower_ = self._lower
        program.col_upper_ = self._upper
        program.row_lower_ = self._row_lower
        program.row_upper_ = self._row_upper
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_ = self._matrix.indptr
        program.a_matrix_.index_ = self._matrix.indices
        program.a_matrix_.value_ = self._matrix.data
        if self._maximise:
            program.sense_ = highspy.ObjSense.kMaximize
        self._highs.passModel(program)

    def _coefficients(self, expression: Expression) -> Vector:
        row = np.zeros(self.columns)
        row[: self.formulation.columns] = self.formulation.coefficients(expression)
        return row

    def _flat(self, solution: Solution) -> Vector:
        flat = np.zeros(self.columns)
        flat[self.formulation.columns :] = solution.slack
        for name, variable in self.formulation.variables.items():
            labels = variable.labels.values.ravel()
            real = labels >= 0
            flat[labels[real]] = solution.values[name].values.ravel()[real]
        return flat

    def _values(self, columns: Vector) -> xr.Dataset:
        variables = self.formulation.variables
        return xr.Dataset({name: over(held.labels, columns) for name, held in variables.items()})

    def _duals(self, rows: Vector) -> dict[str, xr.DataArray]:
        constraints = self.formulation.constraints
        return {name: over(held.labels, rows) for name, held in constraints.items()}

    def _empty(self, status: Status, method: Method, seconds: float) -> Solution:
        nothing = Residuals(primal=np.inf, dual=np.inf, gap=np.inf)
        return Solution(status, np.nan, xr.Dataset(), {}, nothing, method, seconds, 0)


def _check_numbers(name: str, values: npt.NDArray[np.generic]) -> None:
    if np.isnan(values.astype(float)).any():
        msg = f"A limit of {name} is not a number."
        raise ValueError(msg)


def _subscribe(highs: highspy.Highs, listen: Callable[[str], None]) -> None:
    def hear(event: Any) -> None:  # highspy does not name the type of its events
        listen(str(event.message).rstrip())

    highs.setOptionValue("output_flag", True)
    highs.setOptionValue("log_to_console", False)
    highs.cbLogging.subscribe(hear)


def over(labels: xr.DataArray, values: Vector, *, absent: float = 0.0) -> xr.DataArray:
    """Return the values of rows or columns over their labels; ``absent`` where there is none."""
    held = np.where(labels.values >= 0, values[labels.values], absent)
    return xr.DataArray(held, dims=labels.dims, coords=labels.coords)
