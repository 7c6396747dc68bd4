"""Dated parameters: what a threshold was on a day, and which section sets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import pandas as pd

from gigaplan.inputs.wording import did_you_mean
from gigaplan.terms.errors import Fault, InputError


@dataclass(frozen=True)
class Span:
    """Days on which a row of a table holds, both ends included.

    Parameters
    ----------
    first
        First day.
    last
        Last day; ``None``: no end.
    """

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day lies in the span."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Parameter:
    """One value of a quantity of a rule.

    Parameters
    ----------
    name
        Family, rule and quantity.
    at
        Lower end of its step on a scale; 0 for a plain value.
    span
        Days on which it holds.
    value, unit
        The value.
    citation
        Section that sets it.
    description
        What it is.
    """

    name: str
    at: float
    span: Span
    value: float
    unit: str
    citation: str
    description: str


class InForce:
    """The parameters in force on one day.

    Parameters
    ----------
    rows
        Parameters of every day.
    day
        The day.
    """

    def __init__(self, rows: Iterable[Parameter], day: date) -> None:
        self.day = day
        self._known: set[str] = set()
        self._scales: dict[str, list[Parameter]] = {}
        for row in rows:
            self._known.add(row.name)
            if row.span.holds(day):
                self._scales.setdefault(row.name, []).append(row)

    def value(self, name: str) -> float:
        """Return the value of a parameter.

        Raises
        ------
        InputError
            If there is no such parameter, or none in force on the day.
        """
        return self.step(name, 0.0).value

    def step(self, name: str, at: float) -> Parameter:
        """Return the step of a scale that holds at a point: the highest that begins there or below.

        Raises
        ------
        InputError
            If there is no such scale, none in force on the day, or it begins above the point.
        """
        steps = [row for row in self._scales.get(name, []) if row.at <= at]
        if not steps:
            raise self._missing(name, at)
        return max(steps, key=lambda row: row.at)

    def scale(self, name: str) -> tuple[Parameter, ...]:
        """Return every step of a scale, from low to high; raises like :meth:`value`."""
        if name not in self._scales:
            raise self._missing(name, 0.0)
        return tuple(sorted(self._scales[name], key=lambda row: row.at))

    def row(self, name: str) -> Parameter:
        """Return a parameter with its unit and citation; raises like :meth:`value`."""
        return self.step(name, 0.0)

    def fractions(self) -> frozenset[float]:
        """Return every plain value that is a share: where what a share leads to may change."""
        rows = (row for steps in self._scales.values() for row in steps)
        return frozenset(row.value for row in rows if row.unit == "frac")

    def holds(self, name: str) -> bool:
        """Whether a parameter has a value on the day.

        Raises
        ------
        InputError
            If there is no such parameter on any day.
        """
        if name not in self._known:
            raise self._missing(name, 0.0)
        return name in self._scales

    def _missing(self, name: str, at: float) -> InputError:
        headline = f"The parameter '{name}' has no value in force on {self.day.isoformat()}."
        if name not in self._known:
            what = f"There is no parameter '{name}'."
            mend = did_you_mean(name, self._known) or "Look for its name in rule_parameters."
        elif name in self._scales:
            what = f"The scale {name} begins above {at:g}."
            mend = "Give it a step from there."
        else:
            what = f"No row of {name} holds on {self.day.isoformat()}."
            mend = "Choose another day, or add a row."
        return InputError(headline, [Fault(what, "rule_parameters", mend)])


@dataclass(frozen=True)
class Parameters:
    """Every dated parameter.

    Parameters
    ----------
    rows
        All values of all days.
    """

    rows: tuple[Parameter, ...]

    def as_of(self, day: date) -> InForce:
        """Return the parameters in force on a day."""
        return InForce(self.rows, day)


def parameters_of(table: pd.DataFrame) -> Parameters:
    """Read the table ``rule_parameters`` of a data package.

    Parameters
    ----------
    table
        Checked table.

    Returns
    -------
    rows
        Those of every day.
    """
    return Parameters(
        tuple(
            Parameter(
                name=str(row["parameter"]),
                at=float(str(row["at"])),
                span=span_of(row),
                value=float(str(row["value"])),
                unit=str(row["unit"]),
                citation=str(row["citation"]),
                description=str(row["description"]),
            )
            for row in records(table)
        )
    )


def records(table: pd.DataFrame) -> Sequence[Mapping[str, object]]:
    """Return the rows of a table, each by column."""
    return cast("Sequence[Mapping[str, object]]", table.to_dict(orient="records"))


def span_of(row: Mapping[str, object]) -> Span:
    """Return the days on which a row of a dated table holds."""
    last = row["in_force_to"]
    return Span(
        date.fromisoformat(str(row["in_force_from"])),
        date.fromisoformat(last) if isinstance(last, str) else None,
    )
