"""Tables as columns of JSON: small, exact enough to print, and the same on every run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeAlias

import pandas as pd

Json: TypeAlias = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def columns_of(table: pd.DataFrame, digits: Mapping[str, int] | None = None) -> dict[str, Json]:
    """Return ``{column: list of values}``.

    Parameters
    ----------
    table
        Any table of texts, integers and numbers.
    digits
        Decimals kept by column; other numbers keep six significant digits. Missing values and
        numbers that are not finite become null.

    Examples
    --------
    >>> columns_of(pd.DataFrame({"a": [1.23456789, float("nan")], "b": ["x", "y"]}), {"a": 2})
    {'a': [1.23, None], 'b': ['x', 'y']}
    """
    wanted = digits or {}
    return {
        str(name): [_plain(value, wanted.get(str(name))) for value in column.tolist()]
        for name, column in table.items()
    }


def _plain(value: object, decimals: int | None) -> Json:
    if value is None or value is pd.NA:
        return None
    if isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        short = float(f"{value:.6g}") if decimals is None else round(value, decimals)
        return int(short) if short == int(short) else short
    return str(value)
