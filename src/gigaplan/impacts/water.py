"""Water: what campuses and power plants take, and what of it evaporates."""

from __future__ import annotations

from typing import Any

from gigaplan.impacts.linear import L, yearly_amount


def water_of_sites(it_load: L, rate: Any, hours: Any) -> L:
    r"""Return the water of campuses on their sites in a year [Mm3].

    .. math:: Q^C_{z,y} = \sum_t \omega_t \, q^C_z \, \ell_{z,y,t}

    Parameters
    ----------
    it_load
        IT load of campuses (zone, year, block) [GW].
    rate
        Water usage effectiveness, consumption or withdrawal (zone) [Mm3/GWh]; a thousandth of
        litres per kWh.
    hours
        Hours of a year that each block stands for (block) [h/yr].

    References
    ----------
    The Green Grid, "Water Usage Effectiveness (WUE): A Green Grid Data Center Sustainability
    Metric", white paper 35, 2011.
    """
    return yearly_amount(it_load, rate, hours)


def water_of_plants(output: L, rate: Any, hours: Any) -> L:
    r"""Return the water of power plants in a year [Mm3].

    .. math:: Q_{g,z,y} = \sum_t \omega_t \, q_{g,z} \, p_{g,z,y,t}

    Parameters
    ----------
    output
        Output of generators (generator, zone, year, block) [GW].
    rate
        Consumption or withdrawal (generator, zone) [Mm3/GWh]; a thousandth of m3 per MWh.
    hours
        Hours of a year that each block stands for (block) [h/yr].

    References
    ----------
    Macknick and others, "Operational water consumption and withdrawal factors for electricity
    generating technologies", Environmental Research Letters 7, 2012,
    doi:10.1088/1748-9326/7/4/045802.
    """
    return yearly_amount(output, rate, hours)
