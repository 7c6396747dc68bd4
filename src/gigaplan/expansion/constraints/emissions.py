"""Emissions: carbon dioxide of a year stays within its cap."""

from __future__ import annotations

import xarray as xr

from gigaplan.expansion.expression import Expression
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.yearly_output import of_generators
from gigaplan.impacts.air import emitted
from gigaplan.terms.arrays import finite

NAME = "emissions"


def emitted_co2(formulation: Formulation) -> Expression | None:
    """Return carbon dioxide of all generation (year) [kt/yr]; ``None`` where none emits."""
    system = formulation.system
    every = xr.ones_like(system["dispatchable_generator"])
    co2 = of_generators(formulation, emitted, system["co2_rate_generator"], every)
    return None if co2 is None else co2.sum("zone")


def add_emissions(formulation: Formulation) -> None:
    r"""Keep the carbon dioxide of each year within its cap.

    .. math::

        \sum_{g,z,t} \omega_t \, e_{g,z} \, p_{g,z,y,t} \le \overline{X}_y

    ===================  ========================  ==========================  =======
    symbol               name in code              dimensions                  unit
    ===================  ========================  ==========================  =======
    :math:`p`            ``output_generator``      generator zone year block   GW
    :math:`\omega`       ``block_weight``          block                       h/yr
    :math:`e`            ``co2_rate_generator``    generator zone              kt/GWh
    :math:`\overline X`  ``emission_cap``          year                        kt
    ===================  ========================  ==========================  =======

    Dual: M$ per kt, zero or below: the discounted price of carbon dioxide that would bring the
    same result.
    """
    cap = formulation.system["emission_cap"]
    if not bool(finite(cap).any()):
        return
    co2 = emitted_co2(formulation)
    if co2 is not None:
        formulation.add_limit(NAME, "emissions", co2, cap)
