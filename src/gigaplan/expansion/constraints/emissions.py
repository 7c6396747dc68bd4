"""Emissions: carbon dioxide of a year stays within its cap."""

from __future__ import annotations

from gigaplan.expansion.expression import Expression
from gigaplan.expansion.formulation import Formulation
from gigaplan.terms.arrays import finite

NAME = "emissions"


def emitted_co2(formulation: Formulation) -> Expression:
    """Return carbon dioxide of all generation (year) [kt/yr]."""
    system = formulation.system
    rate = system["co2_rate_generator"] * system["block_weight"]
    chosen = system["dispatchable_generator"]
    names = chosen[chosen].coords["generator"].values
    output = formulation.term("output_generator").select("generator", names)
    co2 = (output * rate.sel(generator=names)).sum(["generator", "zone", "block"])
    given = ~chosen & (system["co2_rate_generator"] > 0).any("zone")
    if bool(given.any()):
        names = given[given].coords["generator"].values
        yearly = (rate * system["availability_generator"]).sum("block").sel(generator=names)
        online = formulation.term("online_generator").select("generator", names)
        co2 = co2 + (online * yearly).sum(["generator", "zone"])
    return co2


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
    system = formulation.system
    cap = system["emission_cap"]
    if not bool(finite(cap).any()) or not formulation.has("output_generator"):
        return
    formulation.add_limit(NAME, "emissions", emitted_co2(formulation), cap)
