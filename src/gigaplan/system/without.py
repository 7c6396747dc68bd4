"""The same System without its programme: what would be built and run if nobody planned it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from gigaplan.system.types import System

NOTHING: Final = {
    "buildable_campus": False,
    "potential_campus": 0.0,
    "minimum_campus": 0.0,
    "available_accelerator": False,
    "compute_need": 0.0,
    "own_capacity": 0.0,
    "funded_class": 0.0,
    "may_fund": False,
    "budget": np.inf,
    "budget_total": np.inf,
}
"""What a System without a programme has in place of the parameters of one."""


def without_programme(system: System) -> System:
    """Return the System without its programme.

    No campus, no accelerator and no unit behind the meter of a campus is built, no compute is
    asked, no investor pays and no budget holds. Base load, given campuses, everybody else's
    growth, fleets, corridors, queues, components and rules stay. What is sought is least cost,
    whatever the programme seeks: power is served either way.

    Parameters
    ----------
    system
        With a programme, or without one; what has none stays as it is.

    Returns
    -------
    System
        With the same labels. Whatever is a plan of ``system`` is one of this as well, once its
        campuses and what stands behind their meters are left out; so there always is one.
    """
    data = system.data.copy()
    for name, value in NOTHING.items():
        data[name] = (data[name].dims, np.full_like(data[name].values, value), data[name].attrs)
    onsite = data["onsite_generator"]
    allowed = data["buildable_generator"] & ~onsite
    dims = data["buildable_generator"].dims
    attributes = data["buildable_generator"].attrs
    data["buildable_generator"] = (dims, allowed.transpose(*dims).values, attributes)
    options = replace(
        system.options, objective="least_cost", phase_gw=0.0, max_states=None, target_case=""
    )
    return System(data, options)
