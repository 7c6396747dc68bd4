"""Air around campuses: what generators on their sites emit."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from gigaplan.environment.arrays import ZONES, PlanArrays
from gigaplan.impacts.air import emitted
from gigaplan.impacts.linear import yearly_amount
from gigaplan.inputs.dataset import Dataset

NOTHING: Final = 1e-9
TONNES_PER_KT: Final = 1e3


def onsite_air(arrays: PlanArrays, dataset: Dataset) -> pd.DataFrame:
    """Return the table ``onsite_air``: emissions on the sites of campuses by state and year.

    Parameters
    ----------
    arrays
        Powers of the plan.
    dataset
        Has the rates of units without a catalyst.

    Returns
    -------
    pandas.DataFrame
        Energy [TWh], carbon dioxide [kt], pollutants [t]; ``nox_without_catalyst_t`` is what the
        same energy would emit from units without one, ``nox_cap_t`` the cap of the scenario.
    """
    given, output = arrays.given, arrays.onsite_output
    uncaught = given["nox_rate_generator"] * _without_catalyst(arrays, dataset)

    def tonnes(rate: str) -> xr.Variable:
        amount = emitted(output, given[f"{rate}_rate_generator"], arrays.hours)
        return amount.sum("generator") * TONNES_PER_KT

    columns = {
        "energy_twh": yearly_amount(output, 1e-3, arrays.hours).sum("generator"),
        "co2_kt": emitted(output, given["co2_rate_generator"], arrays.hours).sum("generator"),
        "nox_t": tonnes("nox"),
        "so2_t": tonnes("so2"),
        "pm25_t": tonnes("pm25"),
        "nox_without_catalyst_t": emitted(output, uncaught, arrays.hours).sum("generator")
        * TONNES_PER_KT,
    }
    table = arrays.tidy(columns, ZONES, NOTHING)
    cap = pd.Series(given["onsite_nox_cap"].values, index=arrays.labels("zone"))
    return table.assign(nox_cap_t=table["zone"].map(cap) * TONNES_PER_KT)


def _without_catalyst(arrays: PlanArrays, dataset: Dataset) -> xr.Variable:
    """Return the emission of nitrogen oxides without a catalyst over that with one (generator)."""
    names = arrays.labels("generator")
    bare = dataset.table("particulate_rates").set_index("asset")
    caught = dataset.table("emission_rates").set_index("asset")["nox_kg_per_mmbtu"]
    rates = bare["nox_without_catalyst_kg_per_mmbtu"].reindex(names).to_numpy(dtype=float)
    usual = caught.reindex(names).fillna(0.0).to_numpy(dtype=float)
    known = np.isfinite(rates) & (usual > 0)
    return xr.Variable("generator", np.where(known, rates / np.where(known, usual, 1.0), 1.0))
