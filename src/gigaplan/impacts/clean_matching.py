"""Clean matching: how much of the programme's load clean energy of its own covers.

Each quantity is the largest number below two linear bounds. The optimisation holds a variable
below both; the tables take the smaller one.
"""

from __future__ import annotations

from typing import Any

from gigaplan.impacts.linear import L


def bounds_of_used(clean: L, spilled_first: L, net_supply: L) -> tuple[L, L]:
    r"""Return two bounds of the clean output that is not curtailed (zone, year, block) [GW].

    .. math::

        k_{z,y,t} \le c_{z,y,t}, \qquad
        k_{z,y,t} - D_{z,y,t} \le c_{z,y,t} + f_{z,y,t} - s_{z,y,t}

    What a state has beyond its use is curtailed; it falls on other output without a variable cost
    first, and on clean output of the plan only beyond that.

    Parameters
    ----------
    clean
        Clean output of the plan's builds before curtailment [GW].
    spilled_first
        Other fixed output without a variable cost, before curtailment [GW].
    net_supply
        Supply before curtailment, storage and imports in, less the load of programme campuses [GW].

    Returns
    -------
    most : Linear
        Bound of the used clean output.
    beyond_load : Linear
        Bound of the used clean output less the given load.
    """
    beyond_load: L = clean + spilled_first - net_supply
    return clean, beyond_load


def bounds_hourly(used: L, load: L, region_of_zone: Any) -> tuple[L, L]:
    r"""Return two bounds of the load that is matched block by block (region, year, block) [GW].

    .. math::

        m^H_{r,y,t} \le \sum_z R_{z,r} k_{z,y,t}, \qquad
        m^H_{r,y,t} \le \sum_z R_{z,r} L_{z,y,t}

    Parameters
    ----------
    used
        Clean output that is not curtailed (zone, year, block) [GW].
    load
        Load of programme campuses, on-site supply included (zone, year, block) [GW].
    region_of_zone
        Whether a zone lies in a region (zone, region).
    """
    clean: L = (used * region_of_zone).sum("zone")
    needed: L = (load * region_of_zone).sum("zone")
    return clean, needed


def bounds_annual(used: L, load: L, region_of_zone: Any, hours: Any) -> tuple[L, L]:
    r"""Return two bounds of the load that is matched over a year (region, year) [GWh].

    .. math::

        m^A_{r,y} \le \sum_{z,t} \omega_t R_{z,r} k_{z,y,t}, \qquad
        m^A_{r,y} \le \sum_{z,t} \omega_t R_{z,r} L_{z,y,t}

    What is matched block by block is never more than what is matched over the year.
    """
    by_block, needed_by_block = bounds_hourly(used, load, region_of_zone)
    clean: L = (by_block * hours).sum("block")
    needed: L = (needed_by_block * hours).sum("block")
    return clean, needed


def beyond_share(matched: L, load: L, share: Any) -> L:
    r"""Return what is matched beyond a share of load, over all regions (year) [GWh].

    .. math:: \sum_r m_{r,y} - \underline{h}_y \sum_{z,t} \omega_t L_{z,y,t} \ge 0

    Parameters
    ----------
    matched
        Matched load (region, year) [GWh].
    load
        Load of programme campuses (zone, year) [GWh].
    share
        Least share (year) [frac].
    """
    beyond: L = matched.sum("region") - load.sum("zone") * share
    return beyond
