"""Covenants: yearly tests of the cover ratio, and the years in which cash is locked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.finance.arrays import column
from gigaplan.finance.stack_terms import Covenants

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

HAIR_FRAC: Final = 1e-9


@dataclass(frozen=True)
class Tests:
    """What the yearly tests find; dimensions project, period.

    Parameters
    ----------
    locked
        Years in which cash is kept from junior lenders and owners.
    defaulted
        Years in which the ratio is below the ratio of default.
    """

    locked: Flags
    defaulted: Flags


def yearly_tests(terms: Covenants, cover: Array, ended: Flags) -> Tests:
    """Return the years under lock-up and those of default.

    A year without service is not tested. A ratio counts as below another one when it is so by more
    than a billionth, so that a loan sculpted to the lock-up ratio passes.

    Parameters
    ----------
    terms
        Ratios, and the tests in a row that release cash.
    cover
        Cash over what is due; NaN in years without; dimensions project, period.
    ended
        Years at whose end the loan is repaid or replaced: what was trapped is free, and the count
        of tests begins again.

    Examples
    --------
    A breach in year 1, and two clean tests to release: years 1 and 2 are locked.

    >>> cover = np.array([[1.0, 1.3, 1.3, 1.3]])
    >>> found = yearly_tests(Covenants(1.1, 1.05, 2), cover, np.zeros((1, 4), dtype=bool))
    >>> found.locked.tolist(), found.defaulted.tolist()
    ([[True, True, False, False]], [[True, False, False, False]])
    """
    tested = np.isfinite(cover)
    ratio = np.where(tested, cover, np.inf)
    breached = ratio < column(terms.lock_up_dscr) * (1.0 - HAIR_FRAC)
    defaulted = ratio < column(terms.default_dscr) * (1.0 - HAIR_FRAC)
    enough = terms.clean_tests_to_release
    clean = np.full(cover.shape[0], enough)
    locked = np.zeros(cover.shape, dtype=bool)
    for year in range(cover.shape[1]):
        clean = np.where(breached[:, year], 0, clean + tested[:, year])
        clean = np.where(ended[:, year], enough, clean)
        locked[:, year] = clean < enough
    return Tests(locked, defaulted)
