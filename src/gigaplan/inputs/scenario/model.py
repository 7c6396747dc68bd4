"""The scenario as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field, PrivateAttr

from gigaplan.inputs.scenario.base import (
    NAME_PATTERN,
    NO_CONTROL_CHARACTERS,
    Breach,
    Flag,
    Name,
    Rule,
    Section,
    no_repeats,
)
from gigaplan.inputs.scenario.capital import Capital, Investor
from gigaplan.inputs.scenario.compute import Assets, Compute, Objective, Programme
from gigaplan.inputs.scenario.finance import Finance
from gigaplan.inputs.scenario.horizon import Horizon, Money, Time
from gigaplan.inputs.scenario.limits import Limits
from gigaplan.inputs.scenario.policy import Policy
from gigaplan.inputs.scenario.solver import Override, Solver
from gigaplan.inputs.yaml_reader import Document
from gigaplan.inputs.yaml_writer import yaml_text


class Demand(Section):
    """Base demand and fuel prices."""

    case: Name = "baseline"
    """Case of the table annual_demand."""
    fuel_case: Name = "baseline"
    """Case of the table fuel_prices."""
    remove_embedded_data_centers: Flag = True
    """Whether the data-center growth that the demand case already holds is taken out of it, so
    that it is not counted twice."""


class Counterfactual(Section):
    """The same scenario without its programme, to see what the programme changes."""

    solve: Flag = False
    """Whether it is solved too: power bills and CO2 with and without the programme need it."""


def _asks_something(
    kind: str,
    target: object,
    total: float | None,
    by_year: Mapping[int, float],
    investors: Sequence[Investor],
) -> Iterator[Breach]:
    if kind == "least_cost" and target is None:
        what = "objective.kind is least_cost, but there is no compute.target."
        yield Breach(("compute", "target"), what, "Give one, such as {case: bnef_2035}.")
    if kind == "most_compute" and total is None and not by_year and not investors:
        what = "objective.kind is most_compute, but there is no budget."
        mend = "Give limits.budget.total_usd_b, limits.budget.by_year_usd_b or capital.investors."
        yield Breach(("objective", "kind"), what, mend)


def _target_within(
    base: int, milestones: Sequence[int], by_year: Mapping[int, float] | None
) -> Iterator[Breach]:
    for year in by_year or {}:
        if not base <= int(year) <= milestones[-1]:
            what = f"The target of {year} lies outside the horizon, {base} to {milestones[-1]}."
            mend = "Drop it, or change horizon.milestone_years."
            yield Breach(("compute", "target", "by_year", year), what, mend)


def _budget_within(
    base: int, milestones: Sequence[int], by_year: Mapping[int, float]
) -> Iterator[Breach]:
    for year in by_year:
        if not base <= int(year) <= milestones[-1]:
            what = f"The budget of {year} lies outside the horizon, {base} to {milestones[-1]}."
            mend = "Drop it, or change horizon.milestone_years."
            yield Breach(("limits", "budget", "by_year_usd_b", year), what, mend)


def _commitments_within(
    base: int, milestones: Sequence[int], investors: Sequence[Investor]
) -> Iterator[Breach]:
    for place, investor in enumerate(investors):
        path = ("capital", "investors", place)
        for year in investor.commitment_usd_b:
            if int(year) > milestones[-1]:
                what = f"{investor.name} commits money in {year}, after the horizon."
                mend = f"Give a year up to {milestones[-1]}, or change horizon.milestone_years."
                yield Breach((*path, "commitment_usd_b", year), what, mend)
        closes = investor.first_close_year
        if closes is not None and not base <= closes <= milestones[-1]:
            what = f"{investor.name} closes in {closes}, outside the horizon."
            mend = f"Give a year from {base} to {milestones[-1]}."
            yield Breach((*path, "first_close_year"), what, mend)


def _a_sponsor_raises(asked: object, investors: Sequence[Investor]) -> Iterator[Breach]:
    if asked is not None and not any(investor.kind == "sponsor" for investor in investors):
        what = "There is a round of the sponsor, but no investor is of the kind sponsor."
        yield Breach(("finance", "round"), what, "Name a sponsor in capital.investors.")


def _begins_within(section: str, *fields: str) -> Callable[..., Iterator[Breach]]:
    """Return a rule: numbers by year of a section of limits begin within the horizon."""

    def check(milestones: Sequence[int], *tables: Mapping[int, float]) -> Iterator[Breach]:
        for field, numbers in zip(fields, tables, strict=True):
            if numbers and min(map(int, numbers)) > milestones[-1]:
                first = min(numbers, key=int)
                what = f"{field} begins in {first}, after the last milestone year {milestones[-1]}."
                path = ("limits", section, field, first)
                yield Breach(path, what, "Give a number for a milestone year, or drop it.")

    return check


def _hosts_are_planned(zones: Collection[str], least: Mapping[str, float]) -> Iterator[Breach]:
    for zone in least:
        if not isinstance(zones, str) and zone not in zones:
            what = f"{zone} must host campuses, but is not among zones."
            mend = "Add it to zones, or drop it here."
            yield Breach(("limits", "campuses", "min_it_gw_by_zone", zone), what, mend)


class Scenario(Section):
    """One question to the planner."""

    version: Literal[1] = 1
    """Version of this format."""
    name: Annotated[str, Field(pattern=NAME_PATTERN)]
    """Short name: letters, digits, dots, hyphens and underscores."""
    title: Annotated[str, Field(min_length=1, max_length=200, pattern=NO_CONTROL_CHARACTERS)]
    """Title of the report."""
    description: Annotated[str, Field(max_length=4000, pattern=NO_CONTROL_CHARACTERS)] = ""
    """What is asked, and what is inside the programme and what is given."""
    data: Annotated[str, Field(min_length=1, max_length=1000, pattern=NO_CONTROL_CHARACTERS)] = "us"
    """Shipped data package, or a folder (relative to the scenario file)."""
    zones: Literal["all"] | Annotated[tuple[Name, ...], Field(min_length=1)] = "all"
    """Zones that are planned; `all`: every zone of the data package."""
    horizon: Horizon
    """Years that are planned, and what each stands for."""
    money: Money = Money()
    """Discount rate and cost of capital."""
    demand: Demand = Demand()
    """Which base demand and fuel prices are taken from the data package."""
    compute: Compute = Compute()
    """Compute that is asked, how it is used, and who pays for accelerators."""
    objective: Objective = Objective()
    """Least cost for a target, or most compute for a budget."""
    programme: Programme = Programme()
    """What the programme itself must bring besides campuses."""
    assets: Assets = Assets()
    """Which assets may be built."""
    capital: Capital = Capital()
    """Investors who pay for the programme."""
    finance: Finance = Finance()
    """Prices of the deals of the plan."""
    policy: Policy = Policy()
    """Rules in the plan, and the day of the law."""
    counterfactual: Counterfactual = Counterfactual()
    """The scenario without its programme."""
    limits: Limits = Limits()
    """Money, carbon, reserve, queues, components and siting: everything that may bind."""
    time: Time = Time()
    """Days and blocks of hours that stand for a year."""
    solver: Solver = Solver()
    """How the model is solved."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)] = 0
    """Seed of everything that is drawn."""
    overrides: tuple[Override, ...] = ()
    """Cells of the data package to replace."""

    RULES: ClassVar[tuple[Rule, ...]] = (
        *no_repeats("zones"),
        Rule(
            (
                "objective.kind",
                "compute.target",
                "limits.budget.total_usd_b",
                "limits.budget.by_year_usd_b",
                "capital.investors",
            ),
            _asks_something,
        ),
        Rule(
            ("horizon.base_year", "horizon.milestone_years", "compute.target.by_year"),
            _target_within,
        ),
        Rule(
            ("horizon.base_year", "horizon.milestone_years", "limits.budget.by_year_usd_b"),
            _budget_within,
        ),
        Rule(
            (
                "horizon.milestone_years",
                "limits.emissions.cap_mt_by_year",
                "limits.emissions.price_usd_per_t_by_year",
            ),
            _begins_within("emissions", "cap_mt_by_year", "price_usd_per_t_by_year"),
        ),
        Rule(
            (
                "horizon.milestone_years",
                "limits.clean.annual_share_by_year",
                "limits.clean.hourly_share_by_year",
            ),
            _begins_within("clean", "annual_share_by_year", "hourly_share_by_year"),
        ),
        Rule(("zones", "limits.campuses.min_it_gw_by_zone"), _hosts_are_planned),
        Rule(("finance.round", "capital.investors"), _a_sponsor_raises),
        Rule(
            ("horizon.base_year", "horizon.milestone_years", "capital.investors"),
            _commitments_within,
        ),
    )

    _document: Document | None = PrivateAttr(default=None)
    _folder: Path | None = PrivateAttr(default=None)

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
        """Return the scenario with every default written out, keys sorted; made for hashing."""
        content = self.model_dump(mode="json")
        return json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False)

    def to_yaml(self) -> str:
        """Return the scenario with every default written out, as YAML that loads back equal."""
        return yaml_text(self.model_dump(mode="python"))
