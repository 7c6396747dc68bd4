"""Air: carbon dioxide, nitrogen oxides, sulphur dioxide and fine particles of generation."""

from __future__ import annotations

from typing import Any

from gigaplan.impacts.linear import L, yearly_amount


def emitted(output: L, rate: Any, hours: Any) -> L:
    r"""Return what generation emits in a year, over the dimensions of output but ``block`` [kt].

    .. math:: X_{g,z,y} = \sum_t \omega_t \, e_{g,z} \, p_{g,z,y,t}

    Parameters
    ----------
    output
        Output of generators (generator, zone, year, block) [GW].
    rate
        Emission rate of one pollutant (generator, zone) [kt/GWh].
    hours
        Hours of a year that each block stands for (block) [h/yr].
    """
    return yearly_amount(output, rate, hours)
