"""How: solver and overrides of data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from gigaplan.inputs.scenario.base import Label, Name, Section


class Solver(Section):
    """How the model is solved."""

    name: Literal["highs"] = "highs"
    """Solver."""
    method: Literal["auto", "simplex", "ipm", "pdlp"] = "auto"
    """`auto` chooses by size; `pdlp` is quicker and coarser, its residuals are reported."""
    time_limit_s: Annotated[float, Field(gt=0.0, le=1e6, allow_inf_nan=False, strict=True)] = 900.0
    """Most seconds for one solve [s]."""
    threads: Annotated[int, Field(ge=1, le=256, strict=True)] = 2
    """Threads of the solver [threads]."""
    tolerance: Annotated[float, Field(ge=1e-9, le=1e-2, allow_inf_nan=False, strict=True)] = 1e-6
    """Largest relative residual of an answer [frac]."""


class Override(Section):
    """One cell of the data package, replaced."""

    table: Name
    """Table of the data package."""
    where: Annotated[dict[Name, Label], Field(min_length=1)]
    """Key columns and their values, so that one row is meant."""
    column: Name
    """Column to replace."""
    value: Label | StrictBool
    """New value, in the unit of the column."""
