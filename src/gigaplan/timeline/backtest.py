"""Backtest: predicted months to first power of campuses against what was recorded."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gigaplan.terms.units import MONTHS_PER_YEAR
from gigaplan.timeline.schedule import (
    COMMISSION,
    CONSTRUCT,
    PERMIT,
    bill_months,
    stage_months,
)
from gigaplan.timeline.service import CAMPUS, Tables

ABROAD: Final = "outside the US"
EVERYWHERE: Final = "all"
ANY_SOURCE: Final = "all"
ONSITE, MIXED = "onsite", "mixed"
NO_FACTOR: Final = {"zone": "", "to_zone": ""}


def months_between(start: pd.Series, end: pd.Series) -> pd.Series:
    """Return whole months from one year and month to another.

    >>> months_between(pd.Series(["2021-06"]), pd.Series(["2023-04"])).tolist()
    [22.0]
    """
    return _month(end) - _month(start)


def _month(text: pd.Series) -> pd.Series:
    parts = text.astype(str).str.split("-", expand=True).astype(float)
    return parts[0] * MONTHS_PER_YEAR + parts[1]


def grid_months(data: Tables) -> float:
    """Return the months from the start of construction to first power from the grid.

    Construction and commissioning of a campus: ``project_stages`` counts the latter up to the
    first halls with power.
    """
    campus = pd.DataFrame({"asset": [CAMPUS], **NO_FACTOR})
    rows = stage_months(campus, data)
    return float(rows.loc[rows["stage"].isin([CONSTRUCT, COMMISSION]), "months"].sum())


def onsite_months(data: Tables, zones: list[str]) -> pd.DataFrame:
    """Return the months to first power of the quickest unit behind the meter in each zone.

    Its permit is asked for, and its parts are ordered, when construction of the campus begins. A
    unit is there when both its work at the site (permit, construction, commissioning) and its
    slowest part (manufacture, delivery, and what follows the arrival) are.

    Parameters
    ----------
    data
        Tables of a data package.
    zones
        States; a blank is a place without a factor.

    Returns
    -------
    pandas.DataFrame
        One row for each zone: ``zone``, ``unit``, ``onsite_months``.
    """
    assets = data["assets"]
    behind = assets["behind_the_meter"].astype(bool) & assets["buildable"].astype(bool)
    units = assets.loc[behind, ["asset"]].merge(
        pd.DataFrame({"zone": list(dict.fromkeys(zones)), "to_zone": ""}), how="cross"
    )
    rows = stage_months(units, data)
    rows = rows[rows["stage"].isin([PERMIT, CONSTRUCT, COMMISSION])]
    site = rows.groupby(["asset", "zone"])["months"].sum().rename("site").reset_index()
    last = rows[rows["stage"] == COMMISSION].groupby(["asset", "zone"])["months"].sum()
    bills = bill_months(data)
    parts = units.merge(bills, on="asset")
    at = pd.MultiIndex.from_frame(parts[["asset", "zone"]])
    after = np.maximum(
        parts["years_before_service"].to_numpy(dtype=float) * MONTHS_PER_YEAR,
        last.reindex(at).fillna(0.0).to_numpy(dtype=float),
    )
    parts["parts"] = parts["manufacture_months"] + parts["deliver_months"] + after
    slowest = parts.groupby(["asset", "zone"], as_index=False)["parts"].max()
    whole = site.merge(slowest, on=["asset", "zone"], how="left")
    whole["onsite_months"] = whole[["site", "parts"]].max(axis=1)
    whole = whole.sort_values(["zone", "onsite_months", "asset"]).drop_duplicates("zone")
    return whole.rename(columns={"asset": "unit"})[["zone", "unit", "onsite_months"]]


def backtest_campuses(data: Tables) -> pd.DataFrame:
    """Return predicted and recorded months to first power of every campus with a record.

    From the grid: construction and commissioning of a campus. On site: the quickest unit behind
    the meter. Mixed: the shorter of both. Where the source is unknown, the grid.

    Parameters
    ----------
    data
        Tables ``campus_history``, ``project_stages``, ``zone_stage_months``, ``component_bills``,
        ``components``, ``assets`` and ``zones`` of a data package.

    Returns
    -------
    pandas.DataFrame
        ``campus``, ``zone``, ``region`` (census division), ``power_source``,
        ``predicted_months``, ``recorded_months``, and ``error_months``: above zero where the
        prediction is too long.
    """
    history = data["campus_history"]
    rows = history[history["recorded"].astype(bool)].reset_index(drop=True)
    rows = rows[["campus", "zone", "power_source", "construction_start", "first_power"]]
    rows["zone"] = rows["zone"].astype(object).where(rows["zone"].notna(), "")
    division = data["zones"].set_index("zone")["census_division"]
    rows["region"] = rows["zone"].map(division).fillna(ABROAD).str.replace("_", " ")
    own = rows["zone"].map(
        onsite_months(data, rows["zone"].tolist()).set_index("zone")["onsite_months"]
    )
    grid = grid_months(data)
    source = rows["power_source"]
    shorter = np.minimum(own.fillna(np.inf), grid)
    rows["predicted_months"] = np.select(
        [source == ONSITE, source == MIXED], [own.fillna(grid), shorter], grid
    )
    rows["recorded_months"] = months_between(rows["construction_start"], rows["first_power"])
    rows["error_months"] = rows["predicted_months"] - rows["recorded_months"]
    columns = (
        "campus zone region power_source predicted_months recorded_months error_months"
    ).split()
    return rows[columns]


def backtest(data: Tables) -> pd.DataFrame:
    """Return errors of predicted months to first power, by region and power source.

    Parameters
    ----------
    data
        Tables of a data package, as for :func:`backtest_campuses`.

    Returns
    -------
    pandas.DataFrame
        ``region``, ``power_source``, ``campuses``, ``recorded_months`` (median),
        ``predicted_months`` (median), ``median_error_months``, ``p10_error_months`` and
        ``p90_error_months``; rows of ``all`` regions come last, that of everything at the end.
    """
    rows = backtest_campuses(data)
    whole = pd.concat(
        [
            rows,
            rows.assign(region=EVERYWHERE),
            rows.assign(region=EVERYWHERE, power_source=ANY_SOURCE),
        ],
        ignore_index=True,
    )
    groups = whole.groupby(["region", "power_source"])
    table = pd.DataFrame(
        {
            "campuses": groups.size(),
            "recorded_months": groups["recorded_months"].median(),
            "predicted_months": groups["predicted_months"].median(),
            "median_error_months": groups["error_months"].median(),
            "p10_error_months": groups["error_months"].quantile(0.1),
            "p90_error_months": groups["error_months"].quantile(0.9),
        }
    ).reset_index()
    last = (table["region"] == EVERYWHERE).astype(int) + (
        (table["region"] == EVERYWHERE) & (table["power_source"] == ANY_SOURCE)
    ).astype(int)
    ordered = table.assign(last=last).sort_values(["last", "region", "power_source"])
    return ordered.drop(columns="last").reset_index(drop=True)
