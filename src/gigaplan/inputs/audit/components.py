"""Components: what is made of them, and how much of it all builds of a programme can get."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from gigaplan.inputs.dataset import Dataset

FIRST_STEP = 1


def made(dataset: Dataset, component: str, year: int) -> float:
    """Return what is made of a component in a year, in all countries and zones.

    The first step of the table ``supply`` and the facilities of ``factory_capacity``; later steps
    are what others give up, and are not made anew.

    Parameters
    ----------
    dataset
        The data package.
    component
        Name of the component.
    year
        Calendar year.
    """
    return _yearly(dataset, component, year, lambda table: 1.0)


def within_reach(dataset: Dataset, component: str, year: int) -> float:
    """Return how much of a component all builds can get in a year without paying a premium.

    Parameters
    ----------
    dataset
        The data package.
    component
        Name of the component.
    year
        Calendar year.
    """
    return _yearly(dataset, component, year, lambda table: table["programme_share_frac"])


def _yearly(
    dataset: Dataset,
    component: str,
    year: int,
    share: Callable[[pd.DataFrame], pd.Series | float],
) -> float:
    """Return a share of what first steps and facilities make of a component in a year."""
    supply, facilities = first_step(dataset, component), facilities_of(dataset, component)
    of_supply = supply["made_per_year"] * share(supply)
    of_facilities = facilities["units_per_yr"] * share(facilities)
    return yearly_sum(supply, ["origin", "market"], of_supply, year) + yearly_sum(
        facilities, ["facility"], of_facilities, year
    )


def first_step(dataset: Dataset, component: str) -> pd.DataFrame:
    """Return the rows of the first step of supply of a component."""
    table = dataset.table("supply")
    return table[(table["component"] == component) & (table["step"] == FIRST_STEP)]


def facilities_of(dataset: Dataset, component: str) -> pd.DataFrame:
    """Return the rows of the facilities that make a component."""
    facilities = dataset.table("factory_capacity")
    return facilities[facilities["factory"].isin(kinds_of(dataset, component))]


def kinds_of(dataset: Dataset, component: str) -> list[str]:
    """Return the kinds of factory that make a component."""
    factories = dataset.table("factories")
    return factories.loc[factories["component"] == component, "factory"].tolist()


def yearly_sum(frame: pd.DataFrame, keys: Sequence[str], values: pd.Series, year: int) -> float:
    """Add up series that are linear between their years, and constant outside of them.

    Parameters
    ----------
    frame
        Table with a column ``year``.
    keys
        Columns that name a series.
    values
        The numbers, row by row.
    year
        Year that is asked for.
    """
    total = 0.0
    held = frame.assign(value=values).sort_values("year")
    for _, series in held.groupby(list(keys)):
        years = series["year"].to_numpy(dtype=np.float64)
        total += float(np.interp(year, years, series["value"].to_numpy(dtype=np.float64)))
    return total


def projects(dataset: Dataset) -> list[str]:
    """Return the names of all that can be built."""
    assets = dataset.table("assets")
    factories = dataset.table("factories")["factory"]
    return [*assets.loc[assets["buildable"], "asset"], *factories]


def numbers(frame: pd.DataFrame, key: str, value: str) -> dict[str, float]:
    """Return the numbers of a column by the labels of another."""
    return {str(name): float(number) for name, number in zip(frame[key], frame[value], strict=True)}


def prices(dataset: Dataset) -> dict[str, float]:
    """Return the price of each component."""
    return numbers(dataset.table("components"), "component", "price_usd2025_per_unit")
