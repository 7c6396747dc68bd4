"""Origin: a least share of components from the US, or from the US and its allies."""

from __future__ import annotations

from gigaplan.expansion.constraints.supply import components_used
from gigaplan.expansion.formulation import Formulation

NAME = "origin"


def add_origin(formulation: Formulation) -> None:
    r"""Take at least a share of what is built from a group of countries.

    .. math::

        \sum_j J_{j,k} O^J_{o,j} q_{j,c} + \sum_f \Phi_{f,k} O^F_{o,f} o_{f,c}
        \ge \underline{O}_{o,k,c} U_{k,c}

    U is what all builds of the plan take, the first sums of :ref:`family-supply`; what given
    campuses take is not counted, so that what the group makes counts for the plan first.

    =====================  ========================  ====================================  ======
    symbol                 name in code              dimensions                            unit
    =====================  ========================  ====================================  ======
    :math:`q`              ``take_source``           source calendar_year                  n/yr
    :math:`o`              ``output_factory``        factory calendar_year                 n/yr
    :math:`J`              ``component_of_source``   source component                      0 or 1
    :math:`\Phi`           ``component_of_factory``  factory component                     0 or 1
    :math:`O^J`            ``source_in_group``       origin_group source                   0 or 1
    :math:`O^F`            ``factory_in_group``      origin_group factory                  0 or 1
    :math:`\underline{O}`  ``origin_floor``          origin_group component calendar_year  frac
    =====================  ========================  ====================================  ======

    Dual: M$ per unit, zero or above: what one unit less that has to come from the group would
    save.
    """
    system = formulation.system
    floor = system["origin_floor"]
    needed = floor > 0
    if not bool(needed.any()) or not formulation.has("take_source"):
        return
    used = components_used(formulation)
    if used is None:
        return
    taken = formulation.term("take_source") * system["component_of_source"]
    own = (taken * system["source_in_group"]).sum("source")
    if formulation.has("output_factory"):
        made = formulation.term("output_factory") * system["component_of_factory"]
        own = own + (made * system["factory_in_group"]).sum("factory")
    formulation.add_rows(NAME, "origin", own - used * floor, ">=", 0.0, mask=needed)
