"""Number of projects: how many rows the arrays of a project hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Final

import numpy as np

from gigaplan.finance.project import Project

BALANCE: Final = "debt.balance_usd_nominal"


def row_counts(project: Project) -> dict[str, int]:
    """Return how many projects each number of a project is given for, by its place.

    The balances of a loan count only where the loan is given by them.

    Examples
    --------
    >>> from gigaplan.finance.project import Contract, Plant
    >>> prices = np.array([50.0, 60.0])
    >>> deal = Project(Plant(100.0, 1.0, 10.0, 5), Contract(prices, price_factor=np.ones((1, 5))))
    >>> counts = row_counts(deal)
    >>> counts["contract.price_usd_per_mwh"], counts["contract.price_factor"]
    (2, 1)
    """
    counts = dict(_rows(project))
    if project.debt.sizing != "given":
        counts.pop(BALANCE, None)
    return counts


def project_count(project: Project) -> int:
    """Return the number of projects, or of draws of one.

    Examples
    --------
    A loan given by one row of three balances is one loan for all projects:

    >>> from gigaplan.finance.project import Contract, Debt, Plant
    >>> owed = np.array([[50.0, 20.0, 0.0]])
    >>> loan = Debt("given", tenor_years=2, balance_usd_nominal=owed)
    >>> project_count(Project(Plant(100.0, 1.0, 10.0, 2), Contract(5.0), debt=loan))
    1
    """
    return max(row_counts(project).values(), default=1)


def _rows(part: object, where: str = "") -> Iterator[tuple[str, int]]:
    """Return the places of the arrays of a part, and of its parts, with their rows."""
    for name, value in vars(part).items():
        place = f"{where}.{name}" if where else name
        if is_dataclass(value):
            yield from _rows(value, place)
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                if is_dataclass(entry):
                    yield from _rows(entry, f"{place}[{index}]")
        elif np.ndim(value) > 0:
            yield place, np.shape(value)[0]
