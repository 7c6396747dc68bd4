"""The manifest of a plan: where it comes from and how good it is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

FORMAT_VERSION = 1


class Record(BaseModel):
    """A part of the manifest: frozen, no unknown fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True
    )


class SolverRecord(Record):
    """How the model was solved, with residuals that gigaplan checked itself."""

    name: str
    """Solver."""
    method: str
    """simplex, ipm or pdlp."""
    tolerance: float
    """Largest relative residual that was allowed."""
    primal_residual: float
    """Largest relative violation of a row or bound."""
    dual_residual: float
    """Largest relative violation of a reduced cost or of the sign of a price."""
    gap: float
    """Relative distance of the primal and the dual objective of the last solve."""


class ObjectiveRecord(Record):
    """What was reached and what no plan can beat."""

    kind: str
    """least_cost or most_compute."""
    value_usd2025_m: float
    """Discounted cost of the plan [M$ of 2025]."""
    compute: float
    """Discounted compute of the plan [GW·yr of IT or million H100e·yr]."""
    bound: float
    """Bound from the relaxation, in the unit of the objective."""
    gap_frac: float
    """Distance to the bound, as a share of it."""


class ModelRecord(Record):
    """Size of the model."""

    variables: int
    constraints: int
    nonzeros: int


class Assumption(Record):
    """Something assumed, with its source."""

    text: str
    source: str


class Manifest(Record):
    """Everything about a plan that is not in its tables."""

    format_version: int = FORMAT_VERSION
    name: str
    title: str
    description: str
    created: str
    """Time of the run, UTC, ISO 8601."""
    gigaplan_version: str
    python: str
    packages: dict[str, str]
    scenario_sha256: str
    data_name: str
    data_sha256: str
    relaxed: bool
    solver: SolverRecord
    objective: ObjectiveRecord
    rounding: str
    """How whole phases were reached, in words."""
    timings_s: dict[str, float]
    peak_memory_mb: float
    model: ModelRecord
    assumptions: tuple[Assumption, ...]
