"""Water limit: what the programme and the plants it calls for evaporate in a state is capped."""

from __future__ import annotations

from gigaplan.expansion.constraints.compute import it_load
from gigaplan.expansion.expression import Expression, total
from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.yearly_output import of_generators
from gigaplan.impacts.water import water_of_plants, water_of_sites
from gigaplan.terms.arrays import finite

NAME = "water_limit"


def evaporated(formulation: Formulation) -> Expression | None:
    """Return the water of new campuses and of plants that the plan builds (zone, year) [Mm3]."""
    system = formulation.system
    parts = []
    if formulation.has("online_accelerator"):
        rate, hours = system["consumption_rate_campus"], system["block_weight"]
        parts.append(water_of_sites(it_load(formulation), rate, hours))
    plants = of_generators(
        formulation,
        water_of_plants,
        system["consumption_rate_generator"],
        system["new_generator"],
    )
    return total(parts if plants is None else [*parts, plants])


def add_water_limit(formulation: Formulation) -> None:
    r"""Keep the water that new campuses and new plants of a state evaporate within its cap.

    .. math::

        \sum_t \omega_t \, q^C_z \left( \iota_{z,t} \textstyle\sum_a A_{a,z,y} + w_{z,y,t} \right)
        + \sum_{g: v^N_g} \sum_t \omega_t \, q^G_{g,z} \, p_{g,z,y,t} \le \overline{Q}_z

    Plants whose output is not chosen count with all output that is available.

    ===================  ==============================  ==========================  =======
    symbol               name in code                    dimensions                  unit
    ===================  ==============================  ==========================  =======
    :math:`A`            ``online_accelerator``          accelerator zone year       GW
    :math:`w`            ``flexible_it``                 zone year block             GW
    :math:`p`            ``output_generator``            generator zone year block   GW
    :math:`\omega`       ``block_weight``                block                       h/yr
    :math:`\iota`        ``fixed_it_share``              zone block                  frac
    :math:`q^C`          ``consumption_rate_campus``     zone                        Mm3/GWh
    :math:`q^G`          ``consumption_rate_generator``  generator zone              Mm3/GWh
    :math:`v^N`          ``new_generator``               generator                   bool
    :math:`\overline Q`  ``water_cap``                   zone                        Mm3
    ===================  ==============================  ==========================  =======

    Dual: M$ per Mm3, zero or below: what one more million cubic metres a year would save.
    """
    system = formulation.system
    cap = system["water_cap"]
    if not bool(finite(cap).any()):
        return
    water = evaporated(formulation)
    if water is not None:
        formulation.add_limit(NAME, "water_limit", water, cap, mask=system["discounted_years"] > 0)
