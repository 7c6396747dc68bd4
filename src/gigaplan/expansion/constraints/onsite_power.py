"""On-site power: generators behind the meter serve their campuses, the grid connection the rest."""

from __future__ import annotations

from gigaplan.expansion.constraints.compute import facility_load, it_capacity
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.variables import can_exist_generator, can_host_campus

NAME = "onsite_power"


def add_onsite_power(formulation: Formulation) -> None:
    r"""Keep on-site output within campus load and the rest within the grid connection.

    .. math::

        \sum_{g: o_g} p_{g,z,y,t} &\le L_{z,y,t}

        L_{z,y,t} - \sum_{g: o_g} p_{g,z,y,t} &\le H_{z,y}, \qquad
        L_{z,y,t} = \pi_z \left( \iota_{z,t} \textstyle\sum_a A_{a,z,y} + w_{z,y,t} \right)

        \sum_{g: o_g} \min_t(u_{g,z,t}) \, G_{g,z,y} &\le \pi_z \textstyle\sum_a A_{a,z,y}

    This is bridge power: a campus ahead of its grid connection runs on its own units. The last
    row keeps on-site units from being built beyond their campus, where they would count towards
    the reserve without a place in the queue.

    ===================  ==========================  =========================  ====
    symbol               name in code                dimensions                 unit
    ===================  ==========================  =========================  ====
    :math:`p`            ``output_generator``        generator zone year block  GW
    :math:`A`            ``online_accelerator``      accelerator zone year      GW
    :math:`G`            ``online_generator``        generator zone year        GW
    :math:`w`            ``flexible_it``             zone year block            GW
    :math:`u`            ``availability_generator``  generator zone block       frac
    :math:`H`            ``connection_limit``        zone year                  GW
    :math:`\pi`          ``pue``                     zone                       frac
    :math:`\iota`        ``fixed_it_share``          zone block                 frac
    ===================  ==========================  =========================  ====

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
        own = formulation.term("output_generator").select("generator", names).sum("generator")
        grid = load - own
        formulation.add_rows(
            NAME,
            "onsite_power_within_campus",
            own - load,
            "<=",
            0.0,
            mask=exists.any("generator") & (system["discounted_years"] > 0) & blocks,
        )
        sure = system["availability_generator"].min("block").sel(generator=names)
        units = (formulation.term("online_generator").select("generator", names) * sure).sum(
            "generator"
        )
        formulation.add_rows(
            NAME,
            "onsite_power_size",
            units - it_capacity(formulation) * system["pue"],
            "<=",
            0.0,
            mask=exists.any("generator") & (system["discounted_years"] > 0),
        )
    formulation.add_limit(
        NAME, "onsite_power_connection", grid, system["connection_limit"], mask=host & blocks
    )
