"""Material assistance from prohibited foreign entities, IRC 7701(a)(52)."""

from __future__ import annotations

from datetime import date
from typing import Final

from gigaplan.policy.answer import Answer, Fact, at_least, percent, share_of
from gigaplan.policy.days import day_number
from gigaplan.policy.facts.power_plant import Technology
from gigaplan.policy.parameters import InForce
from gigaplan.policy.rules.energy_credits.technologies import CLEAN

CITATION: Final = "IRC 7701(a)(52)(A)-(B), 45Y(b)(1)(E), 48E(b)(6), (c)(3); Notice 2026-15"
FACILITY: Final = "energy_credits.material.facility_frac"
STORAGE: Final = "energy_credits.material.storage_frac"


def least_ratio_frac(technology: Technology, begins_on: date, parameters: InForce) -> float:
    """Return the least material assistance cost ratio of what begins on a day [frac].

    Zero where none is asked: what began before 2026, and what is not under 45Y and 48E.
    """
    if technology not in CLEAN:
        return 0.0
    name = STORAGE if technology == "storage" else FACILITY
    return parameters.step(name, day_number(begins_on)).value


def material_assistance_ratio_frac(direct_cost: float, prohibited_direct_cost: float) -> float:
    r"""Return the material assistance cost ratio [frac].

    .. math:: r = \frac{C - C_{p}}{C}

    Parameters
    ----------
    direct_cost
        Direct cost of all manufactured products and components [USD].
    prohibited_direct_cost
        Part of it that goes to prohibited foreign entities [USD].

    References
    ----------
    IRC 7701(a)(52)(D).

    >>> material_assistance_ratio_frac(200.0, 110.0)
    0.45
    """
    return (direct_cost - prohibited_direct_cost) / direct_cost


def keeps_ratio(
    technology: Technology, begins_on: date, clean_cost: float | None, parameters: InForce
) -> Answer:
    """Whether enough of the direct cost goes to others than prohibited foreign entities."""
    least = least_ratio_frac(technology, begins_on, parameters)
    field = "power_plant.clean_cost"
    if least == 0.0:
        return Answer(True, (Fact("power_plant.begins_on", "No ratio is asked of it"),))
    share = share_of(clean_cost)
    return at_least(
        Fact(field, f"Its material assistance cost ratio is {share}; {percent(least)} is asked"),
        share,
        least,
        "Which part of the direct cost goes to others than prohibited foreign entities?",
    )
