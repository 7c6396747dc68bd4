"""Errors that reach a person: what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    Parameters
    ----------
    what
        What is wrong, as a sentence.
    where
        ``file:line:column: field`` or ``table row column``; empty when it has no place.
    mend
        How to mend it, as a sentence.
    """

    what: str
    where: str = ""
    mend: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.mend}" if self.mend else ""
        return f"{place}{self.what}{remedy}"


class GigaplanError(Exception):
    """Base of every error that ends a command with words instead of a traceback."""

    exit_code: ClassVar[int] = 2

    def __init__(self, headline: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(headline)
        self.headline = headline
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join([self.headline, *(f"  - {fault}" for fault in self.faults)])


class CheckFailedError(GigaplanError):
    """A check of a plan or of a data package found a fault."""

    exit_code = 1


class InputError(GigaplanError):
    """A scenario, a data package or a path given by the user cannot be used."""

    exit_code = 2


class InfeasibleError(GigaplanError):
    """No plan keeps every limit; the faults name the limits in conflict."""

    exit_code = 3


class SolverLimitError(GigaplanError):
    """The solver stopped before an answer of the asked quality."""

    exit_code = 4
