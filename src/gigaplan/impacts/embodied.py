"""Embodied carbon: greenhouse gases of making what is built, before it runs."""

from __future__ import annotations

from typing import Any

from gigaplan.impacts.linear import S


def embodied_in(count: S, rate: Any) -> S:
    r"""Return the greenhouse gases of making units, up to the start of their service [kt CO2e].

    .. math:: E = 10^{-6} \, \varepsilon \, n

    Parameters
    ----------
    count
        MW of IT of campuses, or accelerators [n].
    rate
        Footprint of one [kg CO2e].

    Examples
    --------
    100 MW of campuses at 1,500 t for each MW:

    >>> embodied_in(100.0, 1.5e6)
    150.0
    """
    product: S = count * (rate * 1e-6)
    return product
