"""Interconnection: grid-tied builds stay within what the queue lets through."""

from __future__ import annotations

import xarray as xr

from gigaplan.expansion.expression import Expression, total
from gigaplan.expansion.formulation import Formulation

NAME = "interconnection"


def entered_by(build: Expression, formulation: Formulation) -> Expression:
    """Return builds of all vintages up to each year, on the dimension ``year``."""
    vintage = xr.DataArray(formulation.labels("vintage"), dims="vintage")
    year = xr.DataArray(formulation.labels("year"), dims="year")
    vintage = vintage.assign_coords(vintage=vintage.values)
    year = year.assign_coords(year=year.values)
    return (build * (vintage <= year).astype(float)).sum("vintage")


def add_interconnection(formulation: Formulation) -> None:
    r"""Keep grid-tied builds of a queue group within the group's cumulative throughput.

    .. math::

        \sum_{v \le y} \left( \sum_g m^G_{g,q} B^G_{g,z,v} + \sum_s m^S_{s,q} B^S_{s,z,v} \right)
        \le Q_{z,q,y}

    Generators behind the meter need no place in the queue.

    ===================  ========================  =======================  ======
    symbol               name in code              dimensions               unit
    ===================  ========================  =======================  ======
    :math:`B^G`          ``build_generator``       generator zone vintage   GW
    :math:`B^S`          ``build_storage``         storage zone vintage     GW
    :math:`m^G`          ``queue_of_generator``    generator queue          0 or 1
    :math:`m^S`          ``queue_of_storage``      storage queue            0 or 1
    :math:`Q`            ``queue_limit``           zone queue year          GW
    ===================  ========================  =======================  ======

    Dual: M$ per GW, zero or below: what one more GW through the queue would save.
    """
    system = formulation.system
    if not formulation.labels("queue"):
        return
    members = xr.zeros_like(system["queue_limit"], dtype=bool)
    parts = []
    for asset_class in ("generator", "storage"):
        if not formulation.has(f"build_{asset_class}"):
            continue
        member = system[f"queue_of_{asset_class}"]
        buildable = system[f"buildable_{asset_class}"].any("vintage")
        members = members | ((member > 0) & buildable).any(asset_class)
        build = formulation.term(f"build_{asset_class}")
        parts.append(entered_by((build * member).sum(asset_class), formulation))
    entered = total(parts)
    if entered is None:
        return
    formulation.add_limit(NAME, "interconnection", entered, system["queue_limit"], mask=members)
