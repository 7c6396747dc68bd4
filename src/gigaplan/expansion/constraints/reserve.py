"""Reserve: firm capacity covers the peak and a margin in each reliability region."""

from __future__ import annotations

from gigaplan.expansion.constraints.compute import it_capacity
from gigaplan.expansion.expression import Expression, total
from gigaplan.expansion.formulation import Formulation
from gigaplan.terms.arrays import finite

NAME = "reserve"


def firm_capacity(formulation: Formulation) -> Expression | None:
    """Return the capacity that counts towards the requirement (region, year) [GW]."""
    system = formulation.system
    parts = []
    for asset_class in ("generator", "storage"):
        if formulation.has(f"online_{asset_class}"):
            credit = system[f"capacity_credit_{asset_class}"]
            online = formulation.term(f"online_{asset_class}") * credit
            parts.append((online.sum(asset_class) * system["region_of_zone"]).sum("zone"))
    return total(parts)


def add_reserve(formulation: Formulation) -> None:
    r"""Hold firm capacity for the coincident peak, firm campus load and the planning margin.

    .. math::

        \sum_{z} R_{z,r} \Big( \sum_g \phi^G_{g,z} G_{g,z,y} + \sum_s \phi^S_{s,z} S_{s,z,y} \Big)
        + r_{r,y} \ge (1 + \mu_r) \Big( D^{peak}_{r,y}
        + \sum_z R_{z,r} \theta_z \sum_a A_{a,z,y} \Big) - \gamma_{r,y}

    Missing capacity is allowed at a price, so that a region short from the start does not make
    the whole plan impossible; it is reported.

    ===================  ================================  ======================  =====
    symbol               name in code                      dimensions              unit
    ===================  ================================  ======================  =====
    :math:`G`            ``online_generator``              generator zone year     GW
    :math:`S`            ``online_storage``                storage zone year       GW
    :math:`A`            ``online_accelerator``            accelerator zone year   GW
    :math:`r`            ``reserve_shortfall``             region year             GW
    :math:`\phi^G`       ``capacity_credit_generator``     generator zone          frac
    :math:`\phi^S`       ``capacity_credit_storage``       storage zone            frac
    :math:`D^{peak}`     ``peak_load``                     region year             GW
    :math:`\theta`       ``firm_it_share``                 zone                    frac
    :math:`\mu`          ``reserve_margin``                region                  frac
    :math:`\gamma`       ``given_credit``                  region year             GW
    :math:`R`            ``region_of_zone``                zone region             0 or 1
    ===================  ================================  ======================  =====

    Dual: M$ per GW, zero or above: the discounted capacity price of the region.
    """
    system = formulation.system
    firm = firm_capacity(formulation)
    if firm is None or not formulation.has("reserve_shortfall"):
        return
    margin = 1.0 + system["reserve_margin"]
    held = firm + formulation.term("reserve_shortfall")
    if formulation.has("online_accelerator"):
        campus = it_capacity(formulation) * (
            system["firm_it_share"] * system["region_of_zone"] * margin
        )
        held = held - campus.sum("zone")
    need = margin * system["peak_load"] - system["given_credit"]
    formulation.add_rows(NAME, "reserve", held, ">=", need, mask=finite(need))
