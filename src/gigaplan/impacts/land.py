"""Land: what builds stand on."""

from __future__ import annotations

from typing import Any

from gigaplan.impacts.linear import S


def land_taken(capacity: S, rate: Any) -> S:
    r"""Return the land that builds take directly [ha].

    .. math:: A = a \, B

    Parameters
    ----------
    capacity
        Capacity of builds [MW; of IT for campuses].
    rate
        Direct land [ha/MW].

    Examples
    --------
    >>> land_taken(100.0, 0.5)
    50.0
    """
    product: S = capacity * rate
    return product
