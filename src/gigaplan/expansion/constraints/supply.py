"""Supply: builds need components in calendar years, and there are only so many."""

from __future__ import annotations

from gigaplan.expansion.expression import Expression
from gigaplan.expansion.formulation import Formulation
from gigaplan.terms.arrays import finite

NAME = "supply"


def components_used(formulation: Formulation) -> Expression | None:
    """Return what all builds take (component, calendar_year), or ``None`` without any build."""
    system = formulation.system
    used = None
    for asset_class, dims in (
        ("generator", ["generator", "zone", "vintage"]),
        ("storage", ["storage", "zone", "vintage"]),
        ("corridor", ["corridor", "vintage"]),
        ("campus", ["zone", "vintage"]),
    ):
        if formulation.has(f"build_{asset_class}"):
            build = formulation.term(f"build_{asset_class}")
            if "zone" in dims:
                build = build.sum("zone")
            rest = [dim for dim in dims if dim != "zone"]
            part = (build * system[f"supply_use_{asset_class}"]).sum(rest)
            used = part if used is None else used + part
    return used


def add_supply(formulation: Formulation) -> None:
    r"""Keep the components that builds take within what can be had each calendar year.

    .. math::

        \sum_{g,z,v} b^G_{g,k,v,c} B^G_{g,z,v} + \sum_{s,z,v} b^S_{s,k,v,c} B^S_{s,z,v}
        + \sum_{l,v} b^L_{l,k,v,c} B^L_{l,v} + \sum_{z,v} b^C_{k,v,c} B^C_{z,v}
        \le K_{k,c} - K^0_{k,c}

    A build of vintage v enters service evenly over the calendar years between milestones; it
    needs each component a given number of years before.

    ================  ========================  ==========================================  ======
    symbol            name in code              dimensions                                  unit
    ================  ========================  ==========================================  ======
    :math:`B^G`       ``build_generator``       generator zone vintage                      GW
    :math:`B^S`       ``build_storage``         storage zone vintage                        GW
    :math:`B^L`       ``build_corridor``        corridor vintage                            GW
    :math:`B^C`       ``build_campus``          zone vintage                                GW
    :math:`b^G`       ``supply_use_generator``  generator component vintage calendar_year   n/GW
    :math:`b^C`       ``supply_use_campus``     component vintage calendar_year             n/GW
    :math:`K`         ``supply_limit``          component calendar_year                     n/yr
    :math:`K^0`       ``supply_given``          component calendar_year                     n/yr
    ================  ========================  ==========================================  ======

    Dual: M$ per unit of component, zero or below: what one more unit in that year would save.
    """
    system = formulation.system
    if not formulation.labels("component"):
        return
    used = components_used(formulation)
    if used is None:
        return
    limit = system["supply_limit"]
    known = finite(limit)
    needed = sum(
        (system[f"supply_use_{name}"] > 0).any(
            [
                d
                for d in system[f"supply_use_{name}"].dims
                if d not in ("component", "calendar_year")
            ]
        )
        for name in ("generator", "storage", "corridor", "campus")
    )
    left = limit.where(known, 0.0) - system["supply_given"]
    formulation.add_rows(NAME, "supply", used, "<=", left.clip(min=0.0), mask=known & (needed > 0))
