"""Land and embodied carbon of what a plan builds, project by project."""

from __future__ import annotations

import pandas as pd

from gigaplan.impacts.embodied import embodied_in
from gigaplan.impacts.land import land_taken
from gigaplan.inputs.dataset import Dataset

KEYS = ["project", "asset", "class", "zone", "in_service_year"]
KW_PER_MW = 1e3


def land_table(projects: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """Return the table ``land``: the ground that each project takes [ha].

    Parameters
    ----------
    projects
        The table of the plan.
    dataset
        Has the land of each asset; what it has no row for (lines, accelerators) is left out.
    """
    rates = dataset.table("land_use").set_index("asset")["direct_ha_per_mw"]
    own = projects[projects["asset"].isin(rates.index)]
    land = land_taken(own["capacity_mw"], own["asset"].map(rates))
    return own[[*KEYS, "capacity_mw"]].assign(land_ha=land).reset_index(drop=True)


def embodied_table(projects: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """Return the table ``embodied_carbon``: greenhouse gases of making campuses and accelerators.

    Parameters
    ----------
    projects
        The table of the plan.
    dataset
        Has the footprint of a MW of campus and of each accelerator.

    Returns
    -------
    pandas.DataFrame
        A row for each project of a campus or of accelerators; ``count`` in MW of IT or in
        accelerators, ``embodied_kt`` in CO2 equivalents.
    """
    rates = dataset.table("embodied_rates").set_index("item")["kgco2e_per_unit"]
    power = dataset.table("accelerators").set_index("accelerator")["it_kw_per_unit"]
    own = projects[projects["asset"].isin(rates.index)]
    per_mw = KW_PER_MW / own["asset"].map(power)
    count = own["capacity_mw"] * per_mw.where(own["class"] == "accelerator", 1.0)
    carbon = embodied_in(count, own["asset"].map(rates))
    return own[KEYS].assign(count=count, embodied_kt=carbon).reset_index(drop=True)
