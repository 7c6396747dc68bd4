"""Phases: what the programme pays for, split by the year in which it enters service."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gigaplan.dealbook.facts import PlanFacts
from gigaplan.economics.construction import spend_shares
from gigaplan.system.capital import CLASS_OF
from gigaplan.timeline.service import yearly_entries

PROGRAMME: Final = "programme"
SMALLEST_USD2025_M: Final = 1.0
"""Projects that cost less are noise of the solver."""


def phases_of(facts: PlanFacts) -> pd.DataFrame:
    """Return the phases of all projects that the programme pays for.

    Builds of a milestone enter service evenly over the years since the milestone before, as in the
    optimisation; each year's part is a phase, built in the years up to it, and earns from the next
    January on.

    Parameters
    ----------
    facts
        The plan and its data.

    Returns
    -------
    pandas.DataFrame
        One row for each phase: ``deal`` (its name), ``project``, ``asset``, ``class``,
        ``capital_class``, ``zone``, ``in_service_year``, ``service_year``, ``capacity_mw``,
        ``capex_usd2025_m`` and ``first_year``, the first year of spending.
    """
    projects = facts.builds
    own = projects[
        (projects["payer"] == PROGRAMME)
        & projects["class"].isin(list(CLASS_OF))
        & (projects["capex_usd2025_m"] >= SMALLEST_USD2025_M)
    ].reset_index(drop=True)
    rows = yearly_entries(own)
    rows["capital_class"] = rows["class"].map(CLASS_OF)
    construction = rows["asset"].map(facts.construction_years).fillna(1).astype(int)
    rows["first_year"] = np.maximum(rows["service_year"] - construction + 1, facts.base_year)
    rows["construction_years"] = construction
    rows["deal"] = rows["project"] + "-" + rows["service_year"].astype(str)
    columns = (
        "deal project asset class capital_class zone in_service_year service_year capacity_mw "
        "capex_usd2025_m first_year construction_years"
    )
    return rows[columns.split()].reset_index(drop=True)


def yearly_capex(phase: pd.Series, base_year: int) -> dict[int, float]:
    """Return the spending of a phase by calendar year [M$ of 2025]."""
    years = np.arange(base_year, int(phase["service_year"]) + 1)
    entered = np.array([int(phase["service_year"])])
    shares = spend_shares(entered, int(phase["construction_years"]), years)
    return {
        int(year): float(share * phase["capex_usd2025_m"])
        for year, share in zip(years, shares, strict=True)
        if year >= phase["first_year"]
    }
