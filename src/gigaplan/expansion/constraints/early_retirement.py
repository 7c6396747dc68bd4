"""Early retirement: a given fleet may close before its date, and stays closed."""

from __future__ import annotations

import numpy as np
import xarray as xr

from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.variables import can_exist_generator

NAME = "early_retirement"


def add_early_retirement(formulation: Formulation) -> None:
    r"""Let given fleets shrink below their schedule, never to return.

    .. math::

        G_{g,z,y} &\le \overline{G}_{g,z,y} + \sum_v \alpha^G_{g,v,y} B^G_{g,z,v}

        G_{g,z,y} &\le G_{g,z,y-1} + \max(0, \overline{G}_{g,z,y} - \overline{G}_{g,z,y-1})
        + B^G_{g,z,y} \qquad (\rho_g = 1)

    ===================  ==========================  =======================  ======
    symbol               name in code                dimensions               unit
    ===================  ==========================  =======================  ======
    :math:`G`            ``online_generator``        generator zone year      GW
    :math:`\overline G`  ``existing_generator``      generator zone year      GW
    :math:`B^G`          ``build_generator``         generator zone vintage   GW
    :math:`\alpha^G`     ``alive_generator``         generator vintage year   0 or 1
    :math:`\rho`         ``retirable_generator``     generator                bool
    ===================  ==========================  =======================  ======

    Dual of the first: M$ per GW, zero or below: what one more GW of the given fleet in that
    year would save.
    """
    system = formulation.system
    if not formulation.has("online_generator"):
        return
    retirable = can_exist_generator(system) & system["retirable_generator"]
    rows = retirable & (system["discounted_years"] > 0)
    online = formulation.term("online_generator")
    builds = formulation.term("build_generator")
    existing = system["existing_generator"]
    formulation.add_rows(
        NAME,
        "early_retirement_schedule",
        online - (builds * system["alive_generator"]).sum("vintage"),
        "<=",
        existing,
        mask=rows,
    )
    years = system.data.indexes["year"]
    if len(years) < 2:
        return
    later = xr.DataArray(np.array(years[1:]), dims="year", coords={"year": years[1:]})
    earlier = online.take("year", slice(0, -1)).relabel("year", years[1:])
    new = builds.take("vintage", slice(1, None)).relabel("vintage", years[1:], name="year")
    growth = existing.diff("year").clip(min=0.0)
    formulation.add_rows(
        NAME,
        "early_retirement_stays_closed",
        online.take("year", slice(1, None)) - earlier - new,
        "<=",
        growth,
        mask=retirable & (later > 0),
    )
