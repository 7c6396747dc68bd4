"""Carbon dioxide of generation and of use: by state, average, and of the programme's load."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from gigaplan.environment.arrays import BLOCKS, ZONES, PlanArrays
from gigaplan.impacts.air import emitted
from gigaplan.impacts.linear import yearly_amount

KG_PER_MWH: Final = 1e3
"""Of a kt per GWh."""
Floats = npt.NDArray[np.float64]


def co2_by_zone(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return carbon dioxide of generation by state and year [kt].

    The difference between two plans of one scenario, with and without the programme, is what the
    programme adds.

    Parameters
    ----------
    tables
        Tables of a plan; ``emissions`` is read.

    Returns
    -------
    pandas.DataFrame
        ``zone``, ``year``, ``co2_kt``.
    """
    emissions = tables["emissions"]
    return emissions.groupby(["zone", "year"])["co2_kt"].sum().reset_index()


def carbon_rates(arrays: PlanArrays) -> pd.DataFrame:
    """Return the table ``carbon_rates``: carbon dioxide of what a state makes, and of what it uses.

    Use carries the carbon of the generation that serves it: power that enters a state, made there
    or brought in, is mixed, and what leaves it or is used there has the mix, hour by hour. Losses
    are borne by who receives. Charging is a use; what storage gives back carries nothing. On-site
    units serve their campus alone and stay outside the mix. So the carbon of all use, with that of
    on-site units, is the carbon of all generation.

    Parameters
    ----------
    arrays
        Powers of the plan.

    Returns
    -------
    pandas.DataFrame
        By state and year: energy [TWh], carbon dioxide [kt] and rates [kg/MWh] of generation and
        of use from the grid; ``campus_co2_kt`` is that of new campuses, on-site units included.
    """
    given, hours = arrays.given, arrays.hours
    rate = given["co2_rate_generator"]
    made = emitted(arrays.output, rate, hours).sum("generator")
    own = emitted(arrays.onsite_output, rate, hours).sum("generator")
    onsite = arrays.onsite_output.sum("generator")
    campuses = arrays.facility_load - onsite
    use = arrays.other_load - arrays.power("load", "unserved_mw") + campuses + arrays.charge
    grid = arrays.output - arrays.onsite_output
    per_hour = (grid * rate).sum("generator").transpose(*BLOCKS)
    mix = _mixed(arrays, per_hour.values, use.transpose(*BLOCKS).values)
    generated = yearly_amount(arrays.output, 1e-3, hours).sum("generator")
    used = yearly_amount(use, 1e-3, hours)
    carried = emitted(use, mix, hours)
    table = arrays.tidy(
        {
            "generation_twh": generated,
            "generation_co2_kt": made,
            "generation_kg_per_mwh": _over(made, generated),
            "use_twh": used,
            "use_co2_kt": carried,
            "use_kg_per_mwh": _over(carried, used),
            "campus_twh": yearly_amount(arrays.facility_load, 1e-3, hours),
            "campus_co2_kt": emitted(campuses, mix, hours) + own,
        },
        ZONES,
        0.0,
    )
    return table


def _over(amount_kt: xr.Variable, energy_twh: xr.Variable) -> xr.Variable:
    """Return kg per MWh; zero where there is no energy."""
    amount, energy = amount_kt.values, energy_twh.transpose(*amount_kt.dims).values
    rate = np.divide(amount, energy, out=np.zeros_like(amount), where=energy > 0)
    return xr.Variable(amount_kt.dims, rate)


def _mixed(arrays: PlanArrays, emitted_kt_per_h: Floats, use: Floats) -> xr.Variable:
    r"""Return the carbon of a unit of energy in each state and block (zone, year, block) [kt/GWh].

    .. math:: c_z \Big( u_z + \sum_w F_{z,w} \Big) = X_z + \sum_w c_w F_{w,z}

    with use u, power sent F and emissions X per hour.
    """
    sent = _sent(arrays)
    system = -np.moveaxis(sent, (0, 1), (-1, -2))
    through = use + sent.sum(axis=1)
    place = np.arange(use.shape[0])
    system[..., place, place] += np.moveaxis(np.where(through > 0, through, 1.0), 0, -1)
    right = np.moveaxis(emitted_kt_per_h, 0, -1)[..., None]
    return xr.Variable(BLOCKS, np.moveaxis(np.linalg.solve(system, right)[..., 0], -1, 0))


def _sent(arrays: PlanArrays) -> Floats:
    """Return power sent from each state to each other (from, to, year, block) [GW]."""
    size = arrays.size("zone")
    shape = (size, size, arrays.size("year"), arrays.size("block"))
    sent = np.zeros(shape)
    dims = ("corridor", "year", "block")
    starts, ends = (
        arrays.given[name].transpose("corridor", "zone").values
        for name in ("start_of_corridor", "end_of_corridor")
    )
    forward = arrays.power("flows", "forward_mw", dims).values
    reverse = arrays.power("flows", "reverse_mw", dims).values
    for row in range(arrays.size("corridor")):
        start, end = int(np.argmax(starts[row])), int(np.argmax(ends[row]))
        sent[start, end] += forward[row]
        sent[end, start] += reverse[row]
    return sent
