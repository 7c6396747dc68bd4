"""Local supply: what each zone has for itself, such as the hands of its building trades."""

from __future__ import annotations

from gigaplan.expansion.expression import Expression, total
from gigaplan.expansion.formulation import Formulation

NAME = "local_supply"


def local_components_used(formulation: Formulation) -> Expression | None:
    """Return what builds take in each zone (local_component, zone, calendar_year), or ``None``.

    A corridor takes half of what it needs at either end.
    """
    system = formulation.system
    parts = []
    for asset_class in ("generator", "storage"):
        if formulation.has(f"build_{asset_class}"):
            build = formulation.term(f"build_{asset_class}")
            use = build * system[f"local_use_{asset_class}"]
            parts.append(use.sum([asset_class, "vintage"]))
    if formulation.has("build_campus"):
        build = formulation.term("build_campus")
        parts.append((build * system["local_use_campus"]).sum("vintage"))
    if formulation.has("build_corridor"):
        ends = (system["start_of_corridor"] + system["end_of_corridor"]) / 2.0
        build = formulation.term("build_corridor") * ends
        parts.append((build * system["local_use_corridor"]).sum(["corridor", "vintage"]))
    if formulation.has("build_factory"):
        build = formulation.term("build_factory") * system["zone_of_factory"]
        parts.append((build * system["local_use_factory"]).sum(["factory", "vintage"]))
    return total(parts)


def add_local_supply(formulation: Formulation) -> None:
    r"""Keep what is taken in a zone within the steps of its own supply.

    .. math::

        \sum_{g,v} \ell^G_{g,m,v,c} B^G_{g,z,v} + \sum_{s,v} \ell^S_{s,m,v,c} B^S_{s,z,v}
        + \sum_{l,v} \tfrac{1}{2} (A^-_{l,z} + A^+_{l,z}) \ell^L_{l,m,v,c} B^L_{l,v}
        + \sum_v \ell^C_{m,v,c} B^C_{z,v}
        + \sum_{f,v} \zeta^F_{f,z} \ell^F_{f,m,v,c} B^F_{f,v}
        &\le \sum_i n_{m,z,i,c} - N^0_{m,z,c}

        n_{m,z,i,c} &\le \overline{n}_{m,z,i,c}

    The first step costs what capex already holds; the next ones cost more (overtime, travel, hands
    from other trades and states).

    ===============  ======================  ==============================================  ======
    symbol           name in code            dimensions                                      unit
    ===============  ======================  ==============================================  ======
    :math:`B^C`      ``build_campus``        zone vintage                                    GW
    :math:`B^L`      ``build_corridor``      corridor vintage                                GW
    :math:`B^F`      ``build_factory``       factory vintage                                 n/yr
    :math:`\ell^C`   ``local_use_campus``    local_component vintage calendar_year           n/GW
    :math:`\ell^L`   ``local_use_corridor``  corridor local_component vintage calendar_year  n/GW
    :math:`\zeta^F`  ``zone_of_factory``     factory zone                                    0 or 1
    :math:`n`        ``take_local``          local_component zone step calendar_year         n/yr
    :math:`N^0`      ``local_given``         local_component zone calendar_year              n/yr
    ===============  ======================  ==============================================  ======

    Dual of the first: M$ per unit, zero or above: what one unit less of given use in the zone and
    year would save. Of the second: M$ per unit, zero or below: what one more unit in the step
    would save.
    """
    system = formulation.system
    used = local_components_used(formulation)
    if used is None or not formulation.has("take_local"):
        return
    left = formulation.term("take_local").sum("step") - used
    formulation.add_rows(NAME, "local_supply", left, ">=", system["local_given"])
    formulation.add_limit(
        NAME, "local_supply_step", formulation.term("take_local"), system["local_limit"]
    )
