"""On-site power: generators behind the meter serve their campuses, the grid connection the rest."""

from __future__ import annotations

import numpy as np
import xarray as xr

from gigaplan.expansion.constraints.compute import facility_load
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.variables import can_exist_generator, can_host_campus

NAME = "onsite_power"


def add_onsite_power(formulation: Formulation) -> None:
    r"""Keep on-site output within campus load and the rest within the grid connection.

    .. math::

        \sum_{g: o_g} p_{g,z,y,t} &\le L_{z,y,t}

        L_{z,y,t} - \sum_{g: o_g} p_{g,z,y,t} &\le H_{z,y}, \qquad
        L_{z,y,t} = \pi_z \left( \iota_{z,t} \textstyle\sum_a A_{a,z,y} + w_{z,y,t} \right)

    This is bridge power: a campus ahead of its grid connection runs on its own units.

    ===================  =======================  =========================  ====
    symbol               name in code             dimensions                 unit
    ===================  =======================  =========================  ====
    :math:`p`            ``output_generator``     generator zone year block  GW
    :math:`A`            ``online_accelerator``   accelerator zone year      GW
    :math:`w`            ``flexible_it``          zone year block            GW
    :math:`H`            ``connection_limit``     zone year                  GW
    :math:`\pi`          ``pue``                  zone                       frac
    :math:`\iota`        ``fixed_it_share``       zone block                 frac
    ===================  =======================  =========================  ====

    Dual of the second: M$ per GW in the block, zero or below: what one more GW of grid
    connection would save.
    """
    system = formulation.system
    if not formulation.has("online_accelerator"):
        return
    host = can_host_campus(system)
    blocks = system["block_hours"] > 0
    load = facility_load(formulation)
    onsite = system["onsite_generator"] & system["dispatchable_generator"]
    exists = can_exist_generator(system) & onsite & host
    grid = load
    if bool(exists.any()) and formulation.has("output_generator"):
        names = onsite[onsite].coords["generator"].values
        own = formulation.term("output_generator").sel(generator=names).sum("generator")
        grid = load - own
        formulation.add_rows(
            NAME,
            "onsite_power_within_campus",
            own - load,
            "<=",
            0.0,
            mask=exists.any("generator") & (system["discounted_years"] > 0) & blocks,
        )
    limit = system["connection_limit"]
    finite = np.isfinite(limit)
    formulation.add_rows(
        NAME,
        "onsite_power_connection",
        grid,
        "<=",
        limit.where(finite, 0.0) * xr.ones_like(system["block_hours"]),
        mask=finite & host & blocks,
    )
