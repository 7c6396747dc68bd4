"""Running: every part of a build in every year of its operation, with its cost and its deal."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.dealbook import PlanFacts
from gigaplan.economy.activity import last_year_of


def parts_of(parts: pd.DataFrame, facts: PlanFacts) -> pd.DataFrame:
    """Return the parts of builds with their deal and their cost.

    Parts are those of :func:`~gigaplan.economy.activity.entries_of`. ``deal`` is blank where there
    is none; ``life_years`` and ``cost_usd_nominal_m`` are those of the deal where there is one.
    Other builds cost their overnight capex, spent evenly over construction, in the money of each
    year.
    """
    pairs = zip(parts["project"], parts["service_year"], strict=True)
    name = pd.Series([f"{one}-{year}" for one, year in pairs], parts.index, dtype=object)
    deals = facts.tables["deals"].set_index("deal")
    closed = name.isin(deals.index)
    cost = name.map(deals["capex_usd_nominal_m"].astype(float))
    life = name.map(deals["life_years"].astype(float))
    return parts.assign(
        deal=name.where(closed, ""),
        cost_usd_nominal_m=cost.where(closed, _nominal_cost(parts, facts)),
        life_years=life.where(closed, parts["life_years"]).astype(int),
    )


def running_years(parts: pd.DataFrame, facts: PlanFacts) -> pd.DataFrame:
    """Return a row for each part and calendar year of operation within the plan.

    ``year`` is the year of operation, 1 for the first; it is the January after service.
    """
    first = parts["service_year"].to_numpy(dtype=int) + 1
    last = np.minimum(first + parts["life_years"].to_numpy() - 1, last_year_of(facts))
    count = np.maximum(last - first + 1, 0)
    rows = parts.loc[parts.index.repeat(count)].copy()
    since = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return rows.assign(year=since + 1, calendar_year=first.repeat(count) + since)


def _nominal_cost(parts: pd.DataFrame, facts: PlanFacts) -> pd.Series[float]:
    """Return capex in the money of the years in which it is spent."""
    service = parts["service_year"].to_numpy(dtype=int)
    years = parts["construction_years"].to_numpy(dtype=int)
    worth = np.zeros(len(parts))
    for back in range(int(years.max(initial=0))):
        spent_in = np.maximum(service - back, facts.base_year)
        worth += np.where(back < years, price_index(facts, spent_in), 0.0)
    return pd.Series(parts["capex_usd2025_m"] * worth / years)


def price_index(facts: PlanFacts, years: npt.NDArray[np.int_]) -> npt.NDArray[np.float64]:
    """Return what a dollar of 2025 is in the money of each year."""
    distinct, place = np.unique(years, return_inverse=True)
    return np.array([facts.nominal(float(year)) for year in distinct], dtype=float)[place]
