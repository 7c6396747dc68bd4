"""Two columns of money compared by their labels."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pandas as pd

from gigaplan.plan.verify.finding import Finding, told

DOLLAR_M = 1e-6
RELATIVE = 1e-9


def agree(check: str, value: pd.Series, expected: pd.Series | float) -> Finding:
    """Compare two columns by their labels; what one of them lacks is zero."""
    wanted = expected if isinstance(expected, pd.Series) else pd.Series(expected, value.index)
    left, right = (side.dropna() for side in (value, wanted))
    both = pd.DataFrame({"value": left, "expected": right}).fillna(0.0)
    gap = (both["value"] - both["expected"]).abs()
    size = both.abs().max(axis=1)
    wrong = ~(gap <= DOLLAR_M + RELATIVE * size) | ~np.isfinite(gap)
    faults = [
        f"{_named(label)}: {row['value']:,.6f} M$, expected {row['expected']:,.6f} M$"
        for label, row in both[wrong].iterrows()
    ]
    return told(check, faults, len(both))


def _named(label: Hashable) -> str:
    return " ".join(str(part) for part in label) if isinstance(label, tuple) else str(label)
