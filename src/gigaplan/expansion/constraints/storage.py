"""Storage: power and energy within capacity, each representative day ending as it began."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import xarray as xr

from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.variables import can_exist_storage

NAME = "storage"


def previous_block(day_of_block: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Return the position of the block before each one, cyclic within each day.

    Parameters
    ----------
    day_of_block
        Day of each block, blocks of a day standing together.

    Examples
    --------
    >>> previous_block(np.array([0, 0, 0, 1, 1])).tolist()
    [2, 0, 1, 4, 3]
    """
    position = np.arange(day_of_block.size)
    first = np.r_[True, day_of_block[1:] != day_of_block[:-1]]
    last = np.r_[first[1:], True]
    return np.where(first, position[last][np.cumsum(first) - 1], position - 1)


def add_storage(formulation: Formulation) -> None:
    r"""Keep charging, discharging and stored energy within what is in service.

    .. math::

        p^+_{s,z,y,t} + p^-_{s,z,y,t} &\le S_{s,z,y}

        E_{s,z,y,t} &\le E_s \, S_{s,z,y}

        E_{s,z,y,t} &= E_{s,z,y,t-1} + h_t \left( \eta^+_s p^+_{s,z,y,t}
        - p^-_{s,z,y,t} / \eta^-_s \right)

    The block before the first of a day is the last of the same day. One row holds charging and
    discharging together: doing both at once wastes energy, which the free disposal of the power
    balance never makes worthwhile.

    ===================  ==================================  =======================  ====
    symbol               name in code                        dimensions               unit
    ===================  ==================================  =======================  ====
    :math:`p^+`          ``charge_storage``                  storage zone year block  GW
    :math:`p^-`          ``discharge_storage``               storage zone year block  GW
    :math:`E`            ``energy_storage``                  storage zone year block  GWh
    :math:`S`            ``online_storage``                  storage zone year        GW
    :math:`E_s`          ``duration_storage``                storage zone             h
    :math:`\eta^+`       ``charge_efficiency_storage``       storage                  frac
    :math:`\eta^-`       ``discharge_efficiency_storage``    storage                  frac
    :math:`h`            ``block_hours``                     block                    h
    ===================  ==================================  =======================  ====

    Dual of the first: M$ per GW in the block, zero or below: what one more GW of storage power
    would save. Of the second: M$ per GWh, zero or below: what room for one more GWh would save.
    Of the third: M$ per GWh, the value of energy in store.
    """
    system = formulation.system
    if not formulation.has("online_storage"):
        return
    exists = can_exist_storage(system) & (system["discounted_years"] > 0)
    rows = exists & (system["block_hours"] > 0)
    charge = formulation.term("charge_storage")
    discharge = formulation.term("discharge_storage")
    energy = formulation.term("energy_storage")
    online = formulation.term("online_storage")
    every_block = xr.ones_like(system["block_hours"])
    formulation.add_rows(
        NAME, "storage_power", charge + discharge - online * every_block, "<=", 0.0, mask=rows
    )
    formulation.add_rows(
        NAME,
        "storage_energy",
        energy - online * (system["duration_storage"] * every_block),
        "<=",
        0.0,
        mask=rows,
    )
    blocks = system.data.indexes["block"]
    before = energy.take("block", previous_block(system["day_of_block"].values))
    hours = system["block_hours"]
    formulation.add_rows(
        NAME,
        "storage_balance",
        energy
        - before.relabel("block", blocks)
        - charge * (hours * system["charge_efficiency_storage"])
        + discharge * (hours / system["discharge_efficiency_storage"]),
        "=",
        0.0,
        mask=rows,
    )
