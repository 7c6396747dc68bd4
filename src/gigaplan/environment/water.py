"""Water of a plan: by state, year and source, and by state against what the state takes."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from gigaplan.environment.arrays import ZONES, PlanArrays
from gigaplan.impacts.water import water_of_plants, water_of_sites
from gigaplan.inputs.dataset import Dataset

NOTHING_MM3: Final = 1e-9
"""Amounts below this are noise: a litre."""

NEW_CAMPUS, GIVEN_CAMPUS = "new campus", "given campus"
NEW_PLANT, GIVEN_PLANT = "new plant", "given plant"
AMOUNTS: Final = ["withdrawal_mm3", "consumption_mm3"]
_COLUMNS: Final = {
    NEW_CAMPUS: "new_campuses_mm3",
    NEW_PLANT: "new_plants_mm3",
    GIVEN_CAMPUS: "given_campuses_mm3",
    GIVEN_PLANT: "given_plants_mm3",
}
_RATES: Final = {"withdrawal_mm3": "withdrawal_rate", "consumption_mm3": "consumption_rate"}


def water_table(arrays: PlanArrays) -> pd.DataFrame:
    """Return the table ``water``: what each source takes and evaporates in a year [Mm3].

    Parameters
    ----------
    arrays
        Powers of the plan.

    Returns
    -------
    pandas.DataFrame
        ``zone``, ``year``, ``source`` (an asset, or ``campus``), ``part`` (new or given, campus or
        plant) and the two amounts. What the optimisation caps is what new campuses and new plants
        evaporate; it counts fixed output in full, this table as far as it is not curtailed.
    """
    given, hours = arrays.given, arrays.hours
    campuses = [
        (NEW_CAMPUS, arrays.it_load),
        (GIVEN_CAMPUS, arrays.power("load", "given_campus_mw") / given["pue"]),
    ]
    parts = []
    for part, load in campuses:
        amounts = {
            name: water_of_sites(load, given[f"{rate}_campus"], hours)
            for name, rate in _RATES.items()
        }
        own = arrays.tidy(amounts, ZONES, NOTHING_MM3)
        parts.append(own.assign(source="campus", part=part))
    amounts = {
        name: water_of_plants(arrays.output, given[f"{rate}_generator"], hours)
        for name, rate in _RATES.items()
    }
    plants = arrays.tidy(amounts, ("generator", *ZONES), NOTHING_MM3)
    new = set(arrays.labels("generator")[given["new_generator"].values.astype(bool)])
    plants = plants.rename(columns={"generator": "source"})
    is_new = plants["source"].isin(new)
    parts.append(plants.assign(part=np.where(is_new, NEW_PLANT, GIVEN_PLANT)))
    whole = pd.concat(parts, ignore_index=True)
    return whole[["zone", "year", "source", "part", *AMOUNTS]]


def water_by_state(water: pd.DataFrame, dataset: Dataset, arrays: PlanArrays) -> pd.DataFrame:
    """Return the table ``water_by_state``: the plan's water beside the state's [Mm3].

    Parameters
    ----------
    water
        The table ``water``.
    dataset
        Has stress and withdrawals of states.
    arrays
        Powers of the plan, for its labels and caps.

    Returns
    -------
    pandas.DataFrame
        A row for each state and year with water. ``new_share_of_fresh_frac`` is what new campuses
        and plants take over the fresh water that the state takes for all ends but power plants.
    """
    keys = ["zone", "year"]
    wide = water.pivot_table(
        index=keys, columns="part", values="consumption_mm3", aggfunc="sum", fill_value=0.0
    ).reindex(columns=[*_COLUMNS], fill_value=0.0)
    wide = wide.rename(columns=_COLUMNS)
    new = water[water["part"].isin([NEW_CAMPUS, NEW_PLANT])]
    taken = new.groupby(keys)["withdrawal_mm3"].sum().reindex(wide.index, fill_value=0.0)
    whole = water.groupby(keys)[AMOUNTS].sum().reindex(wide.index)
    table = wide.join(whole).assign(new_withdrawal_mm3=taken).reset_index()
    scarcity = dataset.table("water_scarcity").set_index("zone")
    fresh = table["zone"].map(scarcity["fresh_withdrawal_mm3_per_yr"])
    cap = pd.Series(arrays.given["water_cap"].values, index=arrays.labels("zone"))
    return table.assign(
        new_share_of_fresh_frac=table["new_withdrawal_mm3"] / fresh,
        stress_class=table["zone"].map(scarcity["stress_class"]),
        stress_score=table["zone"].map(scarcity["stress_score"]),
        cap_mm3=table["zone"].map(cap),
    )
