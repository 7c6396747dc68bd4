"""Refused: terms of a deal that the workbook has no formulas for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gigaplan.finance.deal import Closed
from gigaplan.finance.project import Project
from gigaplan.terms.errors import Fault, InputError


def check_terms(closed: Sequence[Closed]) -> None:
    """Raise with every term that cannot be written.

    Raises
    ------
    InputError
        Naming the deals and their terms.
    """
    faults = [
        Fault(f"The workbook has no formulas for {what}.", f"deal {each.deal.name}", mend)
        for each in closed
        for what, mend in _of(each.deal.project)
    ]
    if faults:
        headline = "A workbook cannot hold this deal."
        raise InputError(headline, faults)


def _of(project: Project) -> Iterator[tuple[str, str]]:
    """Return what cannot be written, and how to do without."""
    if project.sale is not None:
        yield "a sale before the end of life", "Leave out project.sale."
    if np.any(np.isfinite(np.asarray(project.credits.expansion_year))):
        yield "the recapture of a credit", "Leave out credits.expansion_year."
