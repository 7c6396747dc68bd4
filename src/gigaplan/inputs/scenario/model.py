"""The scenario as a whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import Field, PrivateAttr, model_validator

from gigaplan.inputs.scenario.base import Flag, Name, Section
from gigaplan.inputs.scenario.compute import Assets, Compute, Objective, Programme
from gigaplan.inputs.scenario.horizon import Horizon, Money, Time
from gigaplan.inputs.scenario.limits import Limits
from gigaplan.inputs.scenario.solver import Override, Solver
from gigaplan.inputs.yaml_reader import Document


class Demand(Section):
    """Base demand and fuel prices."""

    case: Name = "baseline"
    """Case of the table annual_demand."""
    fuel_case: Name = "baseline"
    """Case of the table fuel_prices."""
    remove_embedded_data_centers: Flag = True
    """Whether the data-center growth that the demand case already holds is taken out of it."""


class Scenario(Section):
    """One question to the planner."""

    version: Literal[1] = 1
    """Version of this format."""
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]
    """Short name: letters, digits, dots, hyphens and underscores."""
    title: Annotated[str, Field(min_length=1, max_length=200)]
    """Title of the report."""
    description: Annotated[str, Field(max_length=4000)] = ""
    """What is asked, and what is inside the programme and what is given."""
    data: Name = "us"
    """Shipped data package, or a folder (relative to the scenario file)."""
    zones: Literal["all"] | tuple[Name, ...] = "all"
    """Zones that are planned; all: every zone of the data package."""
    horizon: Horizon
    """Years."""
    money: Money = Money()
    """Discounting and cost of capital."""
    demand: Demand = Demand()
    """Base demand and fuel."""
    compute: Compute = Compute()
    """Compute."""
    objective: Objective = Objective()
    """What is sought."""
    programme: Programme = Programme()
    """What the programme brings."""
    assets: Assets = Assets()
    """What may be built."""
    limits: Limits = Limits()
    """What may bind."""
    time: Time = Time()
    """Hours."""
    solver: Solver = Solver()
    """Solver."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)] = 0
    """Seed of everything that is drawn."""
    overrides: tuple[Override, ...] = ()
    """Cells of the data package to replace."""

    _document: Document | None = PrivateAttr(default=None)
    _folder: Path | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        budget = self.limits.budget
        if self.objective.kind == "most_compute":
            if budget.total_usd_b is None and not budget.by_year_usd_b:
                message = (
                    "objective.kind is most_compute, but there is no budget. "
                    "Give limits.budget.total_usd_b."
                )
                raise ValueError(message)
        elif self.compute.target is None:
            message = "objective.kind is least_cost, but there is no compute.target. Give one."
            raise ValueError(message)
        if self.zones != "all" and len(set(self.zones)) < len(self.zones):
            twice = sorted({zone for zone in self.zones if self.zones.count(zone) > 1})
            message = f"zones names {', '.join(twice)} twice. Name each zone once."
            raise ValueError(message)
        return self

    def __eq__(self, other: object) -> bool:
        """Two scenarios are equal if they ask the same, wherever they were read."""
        if not isinstance(other, Scenario):
            return NotImplemented
        return self.canonical_json() == other.canonical_json()

    def __hash__(self) -> int:
        """Hash what is asked."""
        return hash(self.canonical_json())

    @property
    def folder(self) -> Path | None:
        """Folder of the scenario file, from which relative paths start."""
        return self._folder

    def where(self, *path: str | int) -> str:
        """Return ``file:line:column: field`` of a field, for messages."""
        if self._document is None:
            return f"{self.name}: " + ".".join(str(step) for step in path)
        return self._document.where(path)

    def canonical_json(self) -> str:
        """Return the scenario with every default written out, keys sorted."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)

    def to_yaml(self) -> str:
        """Return the scenario with every default written out, as YAML that loads back equal."""
        content: Any = self.model_dump(mode="json")
        for path in _YEAR_TABLES:
            _with_integer_years(content, path)
        return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)


_YEAR_TABLES = (
    ("compute", "target", "by_year"),
    ("limits", "budget", "by_year_usd_b"),
    ("limits", "emissions", "cap_mt_by_year"),
    ("limits", "emissions", "price_usd_per_t_by_year"),
)


def _with_integer_years(content: Any, path: tuple[str, ...]) -> None:
    """Turn the year keys of a dumped table, which JSON makes text, back into integers."""
    for step in path[:-1]:
        content = content[step]
        if content is None:
            return
    content[path[-1]] = {int(year): value for year, value in content[path[-1]].items()}
