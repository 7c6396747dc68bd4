"""Site air: nitrogen oxides of generators on the sites of campuses stay within their cap."""

from __future__ import annotations

from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.yearly_output import of_generators
from gigaplan.impacts.air import emitted
from gigaplan.terms.arrays import finite

NAME = "site_air"


def add_site_air(formulation: Formulation) -> None:
    r"""Keep the nitrogen oxides of on-site generators of a state within their cap.

    .. math::

        \sum_{g: o_g} \sum_t \omega_t \, e^N_{g,z} \, p_{g,z,y,t} \le \overline{N}_z

    ===================  ========================  ==========================  =======
    symbol               name in code              dimensions                  unit
    ===================  ========================  ==========================  =======
    :math:`p`            ``output_generator``      generator zone year block   GW
    :math:`\omega`       ``block_weight``          block                       h/yr
    :math:`e^N`          ``nox_rate_generator``    generator zone              kt/GWh
    :math:`o`            ``onsite_generator``      generator                   bool
    :math:`\overline N`  ``onsite_nox_cap``        zone                        kt
    ===================  ========================  ==========================  =======

    Dual: M$ per kt, zero or below: what one more kt a year would save.
    """
    system = formulation.system
    cap = system["onsite_nox_cap"]
    if not bool(finite(cap).any()):
        return
    onsite = system["onsite_generator"]
    nox = of_generators(formulation, emitted, system["nox_rate_generator"], onsite)
    if nox is not None:
        formulation.add_limit(NAME, "site_air", nox, cap, mask=system["discounted_years"] > 0)
