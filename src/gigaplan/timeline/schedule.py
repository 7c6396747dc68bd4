"""Stages: a backward pass from the date of service of each build."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.terms.units import MONTHS_PER_YEAR
from gigaplan.timeline.service import Floats, Tables

COMMISSION, CONSTRUCT, GRID_STUDY, PERMIT = "commission", "construct", "grid_study", "permit"
SITE_STAGES: Final = (PERMIT, GRID_STUDY, CONSTRUCT, COMMISSION)
ORDER, MANUFACTURE, DELIVER = "order", "manufacture", "deliver"
LABOUR: Final = "labour"
STAGE_COLUMNS: Final = (
    "project asset zone stage component start_year end_year months critical"
).split()
_SHOWN_ORDER: Final = {
    stage: place
    for place, stage in enumerate(
        (PERMIT, GRID_STUDY, ORDER, MANUFACTURE, DELIVER, CONSTRUCT, COMMISSION)
    )
}


def latest_ends(
    months: npt.ArrayLike, follows: npt.NDArray[np.bool_], service_year: npt.ArrayLike
) -> Floats:
    r"""Return the latest end of each stage at the site, back from the date of service.

    Commissioning ends at service. Every other stage is over before commissioning begins, and
    before the stages that follow it begin:

    .. math:: e_s = \min \left( t - \tfrac{m_c}{12}, \;
              \min_{s' \text{ follows } s} \left( e_{s'} - \tfrac{m_{s'}}{12} \right) \right)

    Parameters
    ----------
    months
        Length of each stage (stage, build), in the order of ``SITE_STAGES``, commissioning last;
        not a number where a build has no such stage [months].
    follows
        Whether a stage follows another (later stage, earlier stage, build).
    service_year
        Date of service (build) [decimal year].

    Returns
    -------
    numpy.ndarray
        Latest end (stage, build) [decimal year].

    Examples
    --------
    Six months of commissioning before the middle of 2030 and 24 of construction, which follows
    the permit: construction ends with 2029 and begins with 2028, where the permit must be there.
    The grid study may take until the end of 2029.

    >>> after = np.zeros((4, 4, 1), dtype=bool)
    >>> after[2, 0] = after[3, 2] = True
    >>> latest_ends([[12.0], [18.0], [24.0], [6.0]], after, [2030.5]).ravel().tolist()
    [2028.0, 2030.0, 2030.0, 2030.5]
    """
    years = np.nan_to_num(np.asarray(months, dtype=float)) / MONTHS_PER_YEAR
    service = np.asarray(service_year, dtype=float)
    ends = np.repeat((service - years[-1])[None, :], len(years), axis=0)
    ends[-1] = service
    for _ in range(len(years)):
        starts = np.where(follows, (ends - years)[:, None, :], np.inf).min(axis=0)
        ends = np.minimum(ends, starts)
    return np.asarray(ends, dtype=np.float64)


def must_arrive(
    service_year: npt.ArrayLike, years_before_service: npt.ArrayLike, commission_year: npt.ArrayLike
) -> Floats:
    """Return the date by which a component must be on site.

    It is there the years before service that the bill says, and when commissioning begins at the
    latest.

    Parameters
    ----------
    service_year
        Date of service [decimal year].
    years_before_service
        Of the bill [years].
    commission_year
        Begin of commissioning [decimal year].

    Returns
    -------
    numpy.ndarray
        Decimal year.

    Examples
    --------
    >>> must_arrive([2030.5, 2030.5], [1.0, 0.0], [2030.25, 2030.25]).tolist()
    [2029.5, 2030.25]
    """
    due = np.asarray(service_year, dtype=float) - np.asarray(years_before_service, dtype=float)
    return np.asarray(np.minimum(due, np.asarray(commission_year, dtype=float)))


def stages_table(builds: pd.DataFrame, data: Tables) -> pd.DataFrame:
    """Return the table ``stages``: a row for each stage of each build.

    Parameters
    ----------
    builds
        Builds with their date of service, of :func:`gigaplan.timeline.service.dated_builds`.
    data
        Tables ``project_stages``, ``zone_stage_months``, ``component_bills`` and ``components``
        of a data package.

    Returns
    -------
    pandas.DataFrame
        With the columns of ``STAGE_COLUMNS``. An order is an instant: what the maker's queue takes
        is in the months of manufacture.
    """
    site, commission_year = _site_stages(builds, data)
    rows = pd.concat(
        [site, *_component_stages(builds.assign(commission_year=commission_year), data)],
        ignore_index=True,
    )
    rows["start_year"] = rows["end_year"] - rows["months"] / MONTHS_PER_YEAR
    rows["critical"] = _critical(rows)
    rows["shown"] = rows["stage"].map(_SHOWN_ORDER)
    rows = rows.sort_values(["project", "start_year", "shown", "component"], kind="stable")
    return rows[STAGE_COLUMNS].reset_index(drop=True)


def stage_months(builds: pd.DataFrame, data: Tables) -> pd.DataFrame:
    """Return builds by stage with the months that it takes in their state.

    ``project_stages`` times the factor of the state in ``zone_stage_months``; of a corridor the
    larger factor of its ends, and one outside the US.
    """
    stages = data["project_stages"][["asset", "stage", "central_months", "follows"]]
    factors = data["zone_stage_months"][["zone", "stage", "months_factor"]]
    rows = builds.merge(stages, on="asset")
    rows = rows.merge(factors, on=["zone", "stage"], how="left").merge(
        factors.rename(columns={"zone": "to_zone", "months_factor": "other_factor"}),
        on=["to_zone", "stage"],
        how="left",
    )
    factor = rows[["months_factor", "other_factor"]].max(axis=1).fillna(1.0)
    rows["months"] = rows["central_months"] * factor
    return rows


def _site_stages(builds: pd.DataFrame, data: Tables) -> tuple[pd.DataFrame, Floats]:
    """Return the stages at the site, and when commissioning begins for each build."""
    rows = stage_months(builds.assign(build=np.arange(len(builds))), data)
    rows = rows[rows["stage"].isin(SITE_STAGES)].reset_index(drop=True)
    names = pd.Index(SITE_STAGES)
    stage, build = names.get_indexer(pd.Index(rows["stage"])), rows["build"].to_numpy()
    months = np.full((len(names), len(builds)), np.nan)
    months[stage, build] = rows["months"]
    before = names.get_indexer(pd.Index(rows["follows"].fillna("")))
    follows = np.zeros((len(names), len(names), len(builds)), dtype=bool)
    follows[stage[before >= 0], before[before >= 0], build[before >= 0]] = True
    ends = latest_ends(months, follows, builds["service_year"])
    commission_year = ends[-1] - np.nan_to_num(months[-1]) / MONTHS_PER_YEAR
    table = rows[["project", "asset", "zone", "stage", "months"]]
    return table.assign(component="", end_year=ends[stage, build]), commission_year


def bill_months(data: Tables) -> pd.DataFrame:
    """Return what each asset takes with its months: one row for an asset and component.

    Labour is left out: it is not ordered. Where a component is needed in several years, the first
    counts.
    """
    first = (
        data["component_bills"]
        .groupby(["asset", "component"], as_index=False)["years_before_service"]
        .max()
    )
    parts = data["components"]
    parts = parts.loc[
        parts["kind"] != LABOUR, ["component", "manufacture_months", "deliver_months"]
    ]
    bills: pd.DataFrame = first.merge(parts, on="component")
    return bills


def _component_stages(builds: pd.DataFrame, data: Tables) -> list[pd.DataFrame]:
    """Return order, manufacture and delivery of every component of every build."""
    rows = builds.merge(bill_months(data), on="asset")
    arrive = must_arrive(
        rows["service_year"], rows["years_before_service"], rows["commission_year"]
    )
    made = arrive - rows["deliver_months"].to_numpy(dtype=float) / MONTHS_PER_YEAR
    ordered = made - rows["manufacture_months"].to_numpy(dtype=float) / MONTHS_PER_YEAR
    keys = rows[["project", "asset", "zone", "component"]]
    return [
        keys.assign(stage=ORDER, months=0.0, end_year=ordered),
        keys.assign(stage=MANUFACTURE, months=rows["manufacture_months"], end_year=made),
        keys.assign(stage=DELIVER, months=rows["deliver_months"], end_year=arrive),
    ]


def first_steps(stages: pd.DataFrame) -> pd.DataFrame:
    """Return the stage of each project that must begin first, by project.

    Where several begin at once, an order comes before a permit, and that before a grid study.
    """
    begun = stages[~stages["stage"].isin([MANUFACTURE, DELIVER])]
    rank = begun["stage"].map({ORDER: 0, PERMIT: 1, GRID_STUDY: 2, CONSTRUCT: 3, COMMISSION: 4})
    placed = begun.assign(rank=rank, begins=begun["start_year"].round(6))
    placed = placed.sort_values(["begins", "rank", "component"], kind="stable")
    return placed.drop_duplicates("project").set_index("project")[
        ["stage", "component", "start_year"]
    ]


def _critical(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return 1 for stages of the chain that begins first, 0 for all others.

    Commissioning ends every chain. After a permit or an arrival the work at the site is on it
    too; a grid study needs none.
    """
    first = first_steps(rows)
    begins = rows["project"].map(first["stage"])
    part = rows["project"].map(first["component"])
    site = rows["component"] == ""
    ordered = ~site & (rows["component"] == part)
    begun = site & ((rows["stage"] == begins) | (rows["stage"] == COMMISSION))
    work = site & (rows["stage"] == CONSTRUCT) & (begins != GRID_STUDY)
    return np.asarray(ordered | begun | work, dtype=np.int64)
