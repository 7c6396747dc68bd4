"""What on-site units could emit in a year, 40 CFR 52.21(b)(4)."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.policy.answer import Ask
from gigaplan.policy.facts.campus import OnsitePower
from gigaplan.policy.law import Law


def potential_to_emit_tpy(
    capacity_mw: float,
    heat_rate_mmbtu_per_mwh: float,
    rate_lb_per_mmbtu: float,
    hours_per_year: float,
    lb_per_t: float,
) -> float:
    r"""Return what units could emit in a year [short tons per year].

    .. math:: E = \frac{P \, q \, e \, h}{m}

    Parameters
    ----------
    capacity_mw
        Output P of all units [MW].
    heat_rate_mmbtu_per_mwh
        Fuel per output q [MMBtu/MWh].
    rate_lb_per_mmbtu
        Emissions e after controls [lb/MMBtu].
    hours_per_year
        Hours h that the permit allows, or all of the year [h].
    lb_per_t
        Pounds m of a ton.

    References
    ----------
    40 CFR 52.21(b)(4): the largest capacity under its design, less what an enforceable limit takes.

    >>> round(potential_to_emit_tpy(100.0, 9.5, 0.033, 8760.0, 2000.0), 1)
    137.3
    """
    return capacity_mw * heat_rate_mmbtu_per_mwh * rate_lb_per_mmbtu * hours_per_year / lb_per_t


@dataclass(frozen=True)
class Potential:
    """Bounds of what units could emit.

    Parameters
    ----------
    low_tpy, high_tpy
        Least and largest, by what is not told [short tons per year].
    asks
        What is missing to narrow them.
    """

    low_tpy: float
    high_tpy: float
    asks: tuple[Ask, ...] = ()

    def reaches(self, least_tpy: float) -> bool | None:
        """Whether it reaches a threshold; ``None``: not known."""
        if self.low_tpy >= least_tpy:
            return True
        return False if self.high_tpy < least_tpy else None

    def __str__(self) -> str:
        if self.low_tpy == self.high_tpy:
            return f"{self.low_tpy:.1f} tons a year"
        most = "any number of" if self.high_tpy == float("inf") else f"{self.high_tpy:.1f}"
        return f"{self.low_tpy:.1f} to {most} tons a year"


QUESTIONS = {
    "capacity_mw": "How large are the on-site units together?",
    "heat_rate_mmbtu_per_mwh": "How much fuel do they burn per MWh?",
    "nox_lb_per_mmbtu": "How much nitrogen oxides do they emit after controls?",
}


def potential_of(units: OnsitePower, law: Law) -> Potential:
    """Return the potential nitrogen oxides of on-site units."""
    capacity, heat, rate = (
        units.capacity_mw,
        units.heat_rate_mmbtu_per_mwh,
        units.nox_lb_per_mmbtu,
    )
    asks = tuple(
        Ask(f"campus.onsite_power.{field}", question)
        for field, question in QUESTIONS.items()
        if getattr(units, field) is None
    )
    if capacity is None or heat is None or rate is None:
        return Potential(0.0, float("inf"), asks)
    every = law.parameters.value("air.potential.hours_per_year")
    told = units.hours_per_year
    limited = every if told is None else min(told, every)
    low = every if units.hours_limited is False else (0.0 if told is None else limited)
    high = limited if units.hours_limited else every
    if low != high:
        question = "Does an enforceable limit hold the hours, and to how many?"
        asks = (Ask("campus.onsite_power.hours_limited", question),)
    pounds = law.parameters.value("air.potential.lb_per_t")
    return Potential(
        potential_to_emit_tpy(capacity, heat, rate, low, pounds),
        potential_to_emit_tpy(capacity, heat, rate, high, pounds),
        asks,
    )
