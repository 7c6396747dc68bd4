"""New factories of a plan as builds: their numbers, and which are large enough to be any."""

from __future__ import annotations

from typing import Final

import pandas as pd

LEAST_FACTORY_USD2025_M: Final = 1.0
"""Factories that cost less are noise of the solver: no plant is that small."""


def numbered_factories(table: pd.DataFrame) -> pd.DataFrame:
    """Return the factories that are no noise, with their number in the column ``project``.

    Parameters
    ----------
    table
        The table ``factories`` of a plan.

    Returns
    -------
    pandas.DataFrame
        Its rows, numbered ``F0001`` and so on in the order of the whole table.

    Examples
    --------
    >>> table = pd.DataFrame({"kind": ["fab", "fab", "hbm"], "capex_usd2025_m": [9e3, 1e-4, 2e3]})
    >>> numbered_factories(table)["project"].tolist()
    ['F0001', 'F0003']
    """
    numbered = table.assign(project=[f"F{number:04d}" for number in range(1, len(table) + 1)])
    return numbered[numbered["capex_usd2025_m"] >= LEAST_FACTORY_USD2025_M]
