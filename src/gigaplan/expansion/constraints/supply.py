"""Supply: what is built takes components in calendar years, and the world makes only so many."""

from __future__ import annotations

from gigaplan.expansion.expression import Expression, total
from gigaplan.expansion.formulation import Formulation

NAME = "supply"

ASSET_CLASSES = ("generator", "storage", "corridor", "campus", "accelerator", "factory")


def components_used(formulation: Formulation) -> Expression | None:
    """Return what all builds take (component, calendar_year), or ``None`` without any build."""
    system = formulation.system
    parts = []
    for asset_class in ASSET_CLASSES:
        if formulation.has(f"build_{asset_class}"):
            build = formulation.term(f"build_{asset_class}")
            by_vintage = build.sum("zone") if "zone" in build.dims else build
            taken = by_vintage * system[f"supply_use_{asset_class}"]
            parts.append(taken.sum(by_vintage.dims))
    return total(parts)


def components_made(formulation: Formulation) -> Expression:
    """Return what sources and new factories give (component, calendar_year)."""
    system = formulation.system
    made = (formulation.term("take_source") * system["component_of_source"]).sum("source")
    if formulation.has("output_factory"):
        output = formulation.term("output_factory") * system["component_of_factory"]
        made = made + output.sum("factory")
    return made


def added_to_stock(formulation: Formulation) -> Expression:
    """Return the growth of stocks over each calendar year (component, calendar_year)."""
    stock = formulation.term("stock_component")
    years = stock.axes["calendar_year"]
    before = stock.take("calendar_year", slice(0, -1)).relabel("calendar_year", years[1:])
    return stock - before.among("calendar_year", years)


def add_supply(formulation: Formulation) -> None:
    r"""Take every component from somewhere: a source, a new factory, or stock.

    .. math::

        \sum_{g,z,v} b^G_{g,k,v,c} B^G_{g,z,v} + \sum_{s,z,v} b^S_{s,k,v,c} B^S_{s,z,v}
        + \sum_{l,v} b^L_{l,k,v,c} B^L_{l,v} + \sum_{z,v} b^C_{k,v,c} B^C_{z,v}
        + \sum_{a,z,v} b^A_{a,k,v,c} B^A_{a,z,v} + \sum_{f,v} b^F_{f,k,v,c} B^F_{f,v}
        + K^0_{k,c} + Q_{k,c} - Q_{k,c-1} &= \sum_j J_{j,k} q_{j,c} + \sum_f \Phi_{f,k} o_{f,c}

        q_{j,c} &\le \overline{q}_{j,c}

    A build of vintage v enters service evenly over the calendar years between milestones; it
    needs each component a given time before. One rule serves turbines, transformers, wafers,
    packages and memory: a component, a source or a factory is a row in a table. Only storable
    components have stocks. Nothing is in stock before the first year.

    ====================  ========================  =======================================  ======
    symbol                name in code              dimensions                               unit
    ====================  ========================  =======================================  ======
    :math:`B^G`           ``build_generator``       generator zone vintage                   GW
    :math:`B^S`           ``build_storage``         storage zone vintage                     GW
    :math:`B^L`           ``build_corridor``        corridor vintage                         GW
    :math:`B^C`           ``build_campus``          zone vintage                             GW
    :math:`B^A`           ``build_accelerator``     accelerator zone vintage                 GW
    :math:`B^F`           ``build_factory``         factory vintage                          n/yr
    :math:`b^S`           ``supply_use_storage``    storage component vintage calendar_year  n/GW
    :math:`K^0`           ``supply_given``          component calendar_year                  n/yr
    :math:`Q`             ``stock_component``       component calendar_year                  n
    :math:`q`             ``take_source``           source calendar_year                     n/yr
    :math:`\overline{q}`  ``source_limit``          source calendar_year                     n/yr
    :math:`J`             ``component_of_source``   source component                         0 or 1
    :math:`\Phi`          ``component_of_factory``  factory component                        0 or 1
    :math:`o`             ``output_factory``        factory calendar_year                    n/yr
    ====================  ========================  =======================================  ======

    Dual of the first: M$ per unit, zero or above: what one more unit of the component that year
    would save. Of the second: M$ per unit, zero or below: what one more unit from the source would
    save.
    """
    system = formulation.system
    used = components_used(formulation)
    if used is None or not formulation.has("take_source"):
        return
    taken = used - components_made(formulation)
    if formulation.has("stock_component"):
        taken = taken + added_to_stock(formulation)
    supplied = (system["component_of_source"] > 0).any("source") & (system["discount_factor"] > 0)
    formulation.add_rows(NAME, "supply", -taken, "=", system["supply_given"], mask=supplied)
    formulation.add_limit(
        NAME, "supply_source", formulation.term("take_source"), system["source_limit"]
    )
