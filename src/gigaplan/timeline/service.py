"""Builds of a plan with the date at which each of them is in service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.plan.factories import numbered_factories

Tables = Mapping[str, pd.DataFrame]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int_]

CAMPUS, ACCELERATOR, CORRIDOR, FACTORY = "campus", "accelerator", "corridor", "factory"
BUILD_COLUMNS = ("project", "asset", "class", "zone", "to_zone", "in_service_year", "service_year")


def middle_of_entry(
    in_service_year: npt.ArrayLike, year_before: npt.ArrayLike, ready_year: npt.ArrayLike
) -> Floats:
    r"""Return the date at which the middle of a build enters service.

    Builds of a milestone enter evenly over the years since the milestone before, as far as they
    are ready. With :math:`Y` the milestone, :math:`Y'` the one before and :math:`R` the first year
    in which the asset can be in service,

    .. math:: t = \tfrac{1}{2} \left( \max(Y' + 1, \min(R, Y)) + Y + 1 \right)

    Parameters
    ----------
    in_service_year
        Milestone by which the build is in service.
    year_before
        Milestone before; the year before the base year for the first.
    ready_year
        First calendar year in which the asset can be in service.

    Returns
    -------
    numpy.ndarray
        Decimal year: 2030.5 is the middle of 2030.

    Examples
    --------
    Builds of 2030 after 2028 enter from the start of 2029 to the end of 2030. What is ready in
    2030 only enters in that year.

    >>> middle_of_entry([2030, 2030, 2026], [2028, 2028, 2025], [2027, 2030, 2026]).tolist()
    [2030.0, 2030.5, 2026.5]
    """
    end = np.asarray(in_service_year, dtype=float)
    ready = np.minimum(np.asarray(ready_year, dtype=float), end)
    first = np.maximum(np.asarray(year_before, dtype=float) + 1.0, ready)
    return np.asarray((first + end + 1.0) / 2.0)


def yearly_entries(builds: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each calendar year in which a part of a build enters service.

    Parts are equal, from the first year of entry to the milestone.

    Parameters
    ----------
    builds
        ``in_service_year``, ``service_year`` (the middle of entry), ``capacity_mw`` and
        ``capex_usd2025_m``; other columns are kept.

    Returns
    -------
    pandas.DataFrame
        The same columns; ``service_year`` is the calendar year of the part, and capacity and capex
        are those of the part.

    Examples
    --------
    >>> build = {"in_service_year": [2030], "service_year": [2030.0], "capacity_mw": [500.0]}
    >>> yearly_entries(pd.DataFrame(build | {"capex_usd2025_m": [80.0]})).values.tolist()
    [[2030.0, 2029.0, 250.0, 40.0], [2030.0, 2030.0, 250.0, 40.0]]
    """
    # The middle of entry gives the first year back: entry is even up to the end of the milestone.
    end = builds["in_service_year"].to_numpy(dtype=int)
    first = np.rint(2 * builds["service_year"].to_numpy(dtype=float) - end - 1).astype(int)
    count = end - first + 1
    rows = builds.loc[builds.index.repeat(count)].reset_index(drop=True)
    rows["service_year"] = first.repeat(count) + steps(count)
    for column in ("capacity_mw", "capex_usd2025_m"):
        rows[column] /= count.repeat(count)
    return rows


def steps(count: Ints) -> Ints:
    """Return 0, 1, ... for each count, one after another.

    Examples
    --------
    >>> steps(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    ends = np.cumsum(count)
    return np.asarray(np.arange(int(count.sum())) - (ends - count).repeat(count))


def dated_builds(
    tables: Tables, data: Tables, milestones: Sequence[int], base_year: int
) -> pd.DataFrame:
    """Return projects and factories of a plan with their date of service.

    Parameters
    ----------
    tables
        Tables ``projects`` and ``factories`` of a plan.
    data
        Tables ``assets``, ``corridors``, ``asset_sites`` and ``factory_places`` of a data package.
    milestones
        Milestone years, increasing.
    base_year
        Year in which the plan begins.

    Returns
    -------
    pandas.DataFrame
        One row for each build, with the columns of ``BUILD_COLUMNS``. Factories are numbered by
        :func:`~gigaplan.plan.factories.numbered_factories`.
    """
    builds = pd.concat([tables["projects"], _factories(tables["factories"])], ignore_index=True)
    ready = _ready_years(builds, data, base_year)
    before = dict(zip(milestones, [base_year - 1, *milestones[:-1]], strict=True))
    service = builds["in_service_year"]
    builds["service_year"] = middle_of_entry(service, service.map(before), ready)
    return builds[list(BUILD_COLUMNS)].astype({"in_service_year": "int64"})


def _factories(table: pd.DataFrame) -> pd.DataFrame:
    """Return factories as builds; the zone is their place, a state or a country."""
    named = numbered_factories(table).rename(columns={"kind": "asset", "place": "zone"})
    return named.assign(**{"class": FACTORY, "to_zone": ""})


def _ready_years(builds: pd.DataFrame, data: Tables, base_year: int) -> Floats:
    """Return the first calendar year in which each build can be in service.

    Accelerators wait for a campus; corridors, sites and places of factories have years of their
    own.
    """
    lead = data["assets"].set_index("asset")["lead_time_years"]
    asset = builds["asset"].where(builds["class"] != ACCELERATOR, CAMPUS)
    years = asset.map(lead).fillna(0.0).to_numpy(dtype=float)

    ends = data["corridors"].groupby(["from_zone", "to_zone"])["lead_time_years"].min()
    places = data["factory_places"].groupby(["factory", "place"])["lead_time_years"].min()
    for kind, keys, own in (
        (CORRIDOR, ["zone", "to_zone"], ends),
        (FACTORY, ["asset", "zone"], places),
    ):
        known = _looked_up(own, builds, keys)
        years = np.where((builds["class"] == kind) & ~np.isnan(known), known, years)
    ready = base_year + np.ceil(years)

    sites = data["asset_sites"].groupby(["asset", "zone"])["ready_year"].min()
    dated = _looked_up(sites, builds, ["asset", "zone"])
    return np.asarray(np.where(np.isnan(dated), ready, dated), dtype=np.float64)


def _looked_up(values: pd.Series, builds: pd.DataFrame, keys: list[str]) -> Floats:
    """Return the value of each build by two of its columns, not a number where there is none."""
    at = pd.MultiIndex.from_frame(builds[keys].astype(object))
    held = values.astype(float)
    held.index = pd.MultiIndex.from_tuples(held.index.tolist(), names=keys)
    return np.asarray(held.reindex(at), dtype=np.float64)
