"""Factories: what they make follows what is built, after construction and a ramp."""

from __future__ import annotations

from gigaplan.expansion.formulation import Formulation

NAME = "factories"


def add_factories(formulation: Formulation) -> None:
    r"""Let new factories make what their builds can, and no more be built than there is room for.

    .. math::

        o_{f,c} &\le \sum_v r_{f,v,c} B^F_{f,v}

        \sum_v B^F_{f,v} &\le P^F_f

    A build enters service evenly over the calendar years of its vintage; each part of it makes
    less than its full output in its first two years. Factories that are there already, or under
    construction, are sources of the supply.

    ================  ==========================  =============================  ======
    symbol            name in code                dimensions                     unit
    ================  ==========================  =============================  ======
    :math:`o`         ``output_factory``          factory calendar_year          n/yr
    :math:`B^F`       ``build_factory``           factory vintage                n/yr
    :math:`r`         ``output_share_factory``    factory vintage calendar_year  frac
    :math:`P^F`       ``potential_factory``       factory                        n/yr
    ================  ==========================  =============================  ======

    Dual of the first: M$ per unit, zero or below: what one more unit of output in that year would
    save. Of the second: M$ per unit a year, zero or below: what room for more would save.
    """
    system = formulation.system
    if not formulation.has("output_factory"):
        return
    build = formulation.term("build_factory")
    made = (build * system["output_share_factory"]).sum("vintage")
    can = system["buildable_factory"].any("vintage")
    formulation.add_rows(
        NAME,
        "factories_output",
        formulation.term("output_factory") - made,
        "<=",
        0.0,
        mask=can & (system["discount_factor"] > 0),
    )
    potential = system["potential_factory"]
    formulation.add_limit(NAME, "factories_potential", build.sum("vintage"), potential, mask=can)
