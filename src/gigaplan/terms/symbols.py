"""The nomenclature: every dimension, parameter and variable with its unit."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Kind(StrEnum):
    """What a symbol stands for."""

    DIMENSION = "dimension"
    PARAMETER = "parameter"
    VARIABLE = "variable"


@dataclass(frozen=True)
class Symbol:
    """One row of ``symbols.csv``.

    ``default`` is the value that a parameter has when nobody gives it; ``None``: it must be given.
    """

    name: str
    kind: Kind
    symbol: str
    dims: tuple[str, ...]
    unit: str
    default: float | None
    description: str


@cache
def symbols() -> Mapping[str, Symbol]:
    """Return every symbol by name, in the order of ``symbols.csv``."""
    text = files("gigaplan.terms").joinpath("symbols.csv").read_text(encoding="utf-8")
    return {
        row["name"]: Symbol(
            name=row["name"],
            kind=Kind(row["kind"]),
            symbol=row["symbol"],
            dims=tuple(row["dims"].split()),
            unit=row["unit"],
            default=float(row["default"]) if row["default"] else None,
            description=row["description"],
        )
        for row in csv.DictReader(text.splitlines())
    }


def of_kind(kind: Kind) -> tuple[Symbol, ...]:
    """Return the symbols of one kind, in the order of ``symbols.csv``."""
    return tuple(symbol for symbol in symbols().values() if symbol.kind is kind)


def dims_of(name: str) -> tuple[str, ...]:
    """Return the dimensions of the symbol ``name``."""
    return symbols()[name].dims
