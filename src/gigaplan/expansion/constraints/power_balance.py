"""Power balance: what is produced and brought in covers what is used, everywhere and always."""

from __future__ import annotations

from gigaplan.expansion.constraints.compute import facility_load
from gigaplan.expansion.constraints.corridors import net_imports
from gigaplan.expansion.constraints.generation import fixed_output, has_fixed_output
from gigaplan.expansion.expression import Expression
from gigaplan.expansion.formulation import Formulation

NAME = "power_balance"


def net_supply(formulation: Formulation) -> Expression:
    """Return supply before curtailment less the load of programme campuses [GW].

    Over zone, year and block: generation, storage, net imports and unserved load.
    """
    system = formulation.system
    supply = formulation.term("unserved")
    if has_fixed_output(system) and formulation.has("online_generator"):
        supply = supply + fixed_output(formulation)
    if formulation.has("output_generator"):
        supply = supply + formulation.term("output_generator").sum("generator")
    if formulation.has("discharge_storage"):
        supply = (
            supply
            + formulation.term("discharge_storage").sum("storage")
            - formulation.term("charge_storage").sum("storage")
        )
    if formulation.has("flow_forward"):
        supply = supply + net_imports(formulation)
    if formulation.has("online_accelerator"):
        supply = supply - facility_load(formulation)
    return supply


def add_power_balance(formulation: Formulation) -> None:
    r"""Cover load in each zone, year and block; what is too much is curtailed.

    .. math::

        \sum_{g: \tau_g} p_{g,z,y,t} + \sum_{g: \neg\tau_g} u_{g,z,t} G_{g,z,y}
        + \sum_s (p^-_{s,z,y,t} - p^+_{s,z,y,t})
        + \sum_l \left[ A^+_{l,z} (1-\lambda_l) - A^-_{l,z} \right] F^+_{l,y,t}
        + \sum_l \left[ A^-_{l,z} (1-\lambda_l) - A^+_{l,z} \right] F^-_{l,y,t}
        + x_{z,y,t} \ge D_{z,y,t}
        + \pi_z \left( \iota_{z,t} \textstyle\sum_a A_{a,z,y} + w_{z,y,t} \right)

    ===================  ============================  ==========================  ====
    symbol               name in code                  dimensions                  unit
    ===================  ============================  ==========================  ====
    :math:`p`            ``output_generator``          generator zone year block   GW
    :math:`G`            ``online_generator``          generator zone year         GW
    :math:`p^+`          ``charge_storage``            storage zone year block     GW
    :math:`p^-`          ``discharge_storage``         storage zone year block     GW
    :math:`F^+`          ``flow_forward``              corridor year block         GW
    :math:`F^-`          ``flow_reverse``              corridor year block         GW
    :math:`x`            ``unserved``                  zone year block             GW
    :math:`A`            ``online_accelerator``        accelerator zone year       GW
    :math:`w`            ``flexible_it``               zone year block             GW
    :math:`D`            ``load``                      zone year block             GW
    :math:`\lambda`      ``loss_corridor``             corridor                    frac
    ===================  ============================  ==========================  ====

    Dual: M$ per GW in the block, zero or above; divided by the discounted years and the hours of
    the block it is the wholesale price in k$ per MWh.
    """
    supply = net_supply(formulation)
    formulation.add_rows(NAME, "power_balance", supply, ">=", formulation.system["load"])
