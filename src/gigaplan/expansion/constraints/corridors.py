"""Corridors: flows in both directions within what is given and what was added."""

from __future__ import annotations

from gigaplan.expansion.expression import Expression
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.variables import can_grow_corridor

NAME = "corridors"


def net_imports(formulation: Formulation) -> Expression:
    """Return what corridors bring to each zone, after losses (zone, year, block) [GW]."""
    system = formulation.system
    kept = 1.0 - system["loss_corridor"]
    start, end = system["start_of_corridor"], system["end_of_corridor"]
    forward = (formulation.term("flow_forward") * (end * kept - start)).sum("corridor")
    reverse = (formulation.term("flow_reverse") * (start * kept - end)).sum("corridor")
    return forward + reverse


def add_corridors(formulation: Formulation) -> None:
    r"""Keep flows within corridor capacity in each direction.

    .. math::

        F^+_{l,y,t} &\le \overline{L}^+_{l,y} + \sum_v \alpha^L_{l,v,y} B^L_{l,v}

        F^-_{l,y,t} &\le \overline{L}^-_{l,y} + \sum_v \alpha^L_{l,v,y} B^L_{l,v}

    Where a corridor cannot have grown yet the limit is a bound of the variable, not a row.

    =====================  ==============================  ======================  ======
    symbol                 name in code                    dimensions              unit
    =====================  ==============================  ======================  ======
    :math:`F^+`            ``flow_forward``                corridor year block     GW
    :math:`F^-`            ``flow_reverse``                corridor year block     GW
    :math:`B^L`            ``build_corridor``              corridor vintage        GW
    :math:`\overline L^+`  ``existing_forward_corridor``   corridor year           GW
    :math:`\overline L^-`  ``existing_reverse_corridor``   corridor year           GW
    :math:`\alpha^L`       ``alive_corridor``              corridor vintage year   0 or 1
    =====================  ==============================  ======================  ======

    Dual: M$ per GW in the block, zero or below: the congestion rent of the corridor.
    """
    system = formulation.system
    if not formulation.has("build_corridor"):
        return
    built = (formulation.term("build_corridor") * system["alive_corridor"]).sum("vintage")
    rows = can_grow_corridor(system) & (system["block_hours"] > 0)
    for flow, given in (
        ("flow_forward", "existing_forward_corridor"),
        ("flow_reverse", "existing_reverse_corridor"),
    ):
        if formulation.has(flow):
            formulation.add_rows(
                NAME,
                f"corridors_{flow}",
                formulation.term(flow) - built,
                "<=",
                system[given],
                mask=rows,
            )
