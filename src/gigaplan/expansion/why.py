"""Why: the limits that bind, and what loosening each is worth, in words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.expansion.limits import LIMITS, Limit
from gigaplan.expansion.solve import Answer
from gigaplan.terms.arrays import size_of

WORTH_SAYING_USD_M = 1e-3
COLUMNS = ("rank family limit zone year shadow_price unit binding_value setting sentence").split()


def why_table(answer: Answer) -> pd.DataFrame:
    """Return the table ``why``, ranked by what the whole limit is worth.

    ``shadow_price`` is in M$ of discounted cost (least cost) for one unit of the limit; it is
    positive where loosening helps. ``binding_value`` is the right-hand side of the limit.
    """
    rows = []
    for limit in LIMITS:
        dual = answer.solution.duals.get(limit.name)
        if dual is None:
            continue
        rows += _rows(answer, limit, dual)
    table = pd.DataFrame(rows, columns=["worth", *COLUMNS[1:]])
    table = table.sort_values("worth", ascending=False, kind="stable").reset_index(drop=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return table[COLUMNS]


def _rows(answer: Answer, limit: Limit, dual: xr.DataArray) -> list[list[object]]:
    """Return one row for each place in which the limit binds."""
    over = [dim for dim in limit.sum_over if dim in dual.dims]
    price = size_of(dual).sum(over)
    size = _size(answer, limit, dual)
    rows: list[list[object]] = []
    for index in np.argwhere(np.atleast_1d(price.values) > WORTH_SAYING_USD_M):
        place = tuple(index) if price.ndim else ()
        labels = {
            str(dim): _plain(price[dim].values[position])
            for dim, position in zip(price.dims, place, strict=False)
        }
        value, held = float(price.values[place]), float(size.values[place])
        subject = limit.one_more(labels)
        rows.append(
            [
                value * max(abs(held), 1.0),
                limit.name.split("_flow")[0],
                limit.words(labels),
                str(labels.get("zone", labels.get("region", ""))),
                int(str(labels.get("year", labels.get("calendar_year", 0)))),
                value,
                f"M$ per {limit.unit}",
                held,
                limit.setting(labels),
                f"{subject[0].upper()}{subject[1:]} is worth {_money(value)}.",
            ]
        )
    return rows


def _size(answer: Answer, limit: Limit, dual: xr.DataArray) -> xr.DataArray:
    """Return the right-hand side of the limit on the labels of its price."""
    sides = answer.right_hand_sides.get(limit.name)
    if sides is None:
        return xr.zeros_like(dual).max([dim for dim in limit.sum_over if dim in dual.dims])
    return sides.fillna(0.0).max([dim for dim in limit.sum_over if dim in sides.dims])


def _plain(label: object) -> object:
    return label.item() if isinstance(label, np.generic) else label


def _money(value_usd_m: float) -> str:
    if value_usd_m >= 1e3:
        return f"${value_usd_m / 1e3:,.2f} B"
    if value_usd_m >= 1:
        return f"${value_usd_m:,.1f} M"
    return f"${value_usd_m * 1e3:,.0f} k"
