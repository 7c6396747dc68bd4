"""Programme power: the firm power that a programme must bring with it."""

from __future__ import annotations

import xarray as xr

from gigaplan.expansion.constraints.compute import it_capacity
from gigaplan.expansion.formulation import Formulation

NAME = "programme_power"


def add_programme_power(formulation: Formulation) -> None:
    r"""Make the programme finance firm capacity for a share of its own firm load.

    .. math::

        N^G_{g,z,v} \le B^G_{g,z,v}, \qquad & N^S_{s,z,v} \le B^S_{s,z,v}

        \sum_z R_{z,r} \Big( \sum_{g,v} \phi^G_{g,z} \alpha^G_{g,v,y} N^G_{g,z,v}
        + \sum_{s,v} \phi^S_{s,z} \alpha^S_{s,v,y} N^S_{s,z,v}
        &+ \sum_{g: o_g} \phi^G_{g,z} G_{g,z,y} \Big)
        \ge \zeta \sum_z R_{z,r} \theta_z \sum_a A_{a,z,y}

    ===================  ================================  =======================  ======
    symbol               name in code                      dimensions               unit
    ===================  ================================  =======================  ======
    :math:`N^G`          ``programme_generator``           generator zone vintage   GW
    :math:`N^S`          ``programme_storage``             storage zone vintage     GW
    :math:`B^G`          ``build_generator``               generator zone vintage   GW
    :math:`B^S`          ``build_storage``                 storage zone vintage     GW
    :math:`G`            ``online_generator``              generator zone year      GW
    :math:`A`            ``online_accelerator``            accelerator zone year    GW
    :math:`\zeta`        ``own_capacity``                                           frac
    :math:`\theta`       ``firm_it_share``                 zone                     frac
    :math:`\phi^G`       ``capacity_credit_generator``     generator zone           frac
    :math:`R`            ``region_of_zone``                zone region              0 or 1
    ===================  ================================  =======================  ======

    Dual of the second: M$ per GW, zero or above: the cost of bringing one GW of firm power.
    """
    system = formulation.system
    share = float(system["own_capacity"])
    if share <= 0 or not formulation.has("online_accelerator"):
        return
    region = system["region_of_zone"]
    firm = -it_capacity(formulation) * (system["firm_it_share"] * share)
    for asset_class in ("generator", "storage"):
        if not formulation.has(f"programme_{asset_class}"):
            continue
        own = formulation.term(f"programme_{asset_class}")
        buildable = system[f"buildable_{asset_class}"]
        if asset_class == "generator":
            buildable = buildable & ~system["onsite_generator"]
        formulation.add_rows(
            NAME,
            f"programme_power_{asset_class}",
            own - formulation.term(f"build_{asset_class}"),
            "<=",
            0.0,
            mask=buildable & (system[f"potential_{asset_class}"] > 0),
        )
        alive = system[f"alive_{asset_class}"]
        credit = system[f"capacity_credit_{asset_class}"]
        firm = firm + ((own * alive).sum("vintage") * credit).sum(asset_class)
    if formulation.has("online_generator"):
        credit = system["capacity_credit_generator"] * system["onsite_generator"]
        firm = firm + (formulation.term("online_generator") * credit).sum("generator")
    formulation.add_rows(
        NAME,
        "programme_power_firm",
        (firm * region).sum("zone"),
        ">=",
        xr.zeros_like(system["peak_load"]),
    )
