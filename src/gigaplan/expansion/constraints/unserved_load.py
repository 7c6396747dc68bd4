"""Unserved load: load may go unserved at its value, but only a little of it."""

from __future__ import annotations

from gigaplan.expansion.formulation import Formulation

NAME = "unserved_load"


def add_unserved_load(formulation: Formulation) -> None:
    r"""Cap the unserved energy of each year over all zones.

    .. math::

        \sum_{z,t} \omega_t \, x_{z,y,t} \le U \sum_{z,t} \omega_t \, D_{z,y,t}

    ===================  ========================  ==================  ====
    symbol               name in code              dimensions          unit
    ===================  ========================  ==================  ====
    :math:`x`            ``unserved``              zone year block     GW
    :math:`D`            ``load``                  zone year block     GW
    :math:`\omega`       ``block_weight``          block               h/yr
    :math:`U`            ``unserved_limit``                            frac
    ===================  ========================  ==================  ====

    Dual: M$ per GWh, zero or below: what one more GWh left unserved would save.
    """
    system = formulation.system
    limit = float(system["unserved_limit"])
    if limit >= 1:
        return
    missing = (formulation.term("unserved") * system["block_weight"]).sum(["zone", "block"])
    given = (system["load"] * system["block_weight"]).sum(["zone", "block"])
    formulation.add_rows(NAME, "unserved_load", missing, "<=", limit * given)
