"""Days by which construction must begin, or service, for each technology."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gigaplan.policy.days import day_number, day_of_number, day_value, end_of_year
from gigaplan.policy.facts.power_plant import Technology
from gigaplan.policy.parameters import InForce
from gigaplan.policy.rules.energy_credits.technologies import CLEAN, WIND_SOLAR

PHASE: Final = "energy_credits.phase.begun_frac"
BEGIN: Final = "energy_credits.wind_solar.begin_last"
SERVICE: Final = "energy_credits.wind_solar.service_last"


@dataclass(frozen=True)
class Deadline:
    """The days of one technology.

    Parameters
    ----------
    begin_by
        Last day on which construction may begin for any credit; ``None``: no such day.
    else_in_service_by
        Last day of service of what begins later; ``None``: it gets none.
    begin_from
        First day on which construction may begin; ``None``: no such day.
    citation
        Section.
    """

    begin_by: date | None
    else_in_service_by: date | None
    begin_from: date | None
    citation: str


def deadline_of(technology: Technology, parameters: InForce) -> Deadline:
    """Return the days of a technology under the parameters of a day.

    Raises
    ------
    InputError
        If the parameters are of a day before the law.
    """
    if technology in WIND_SOLAR:
        return Deadline(
            day_value(parameters, BEGIN),
            day_value(parameters, SERVICE),
            None,
            parameters.row(BEGIN).citation,
        )
    if technology in CLEAN:
        fuel_cell = technology == "fuel_cell"
        first = day_value(parameters, "energy_credits.fuel_cell.begin_first") if fuel_cell else None
        return Deadline(_last_of_phase(parameters), None, first, parameters.row(PHASE).citation)
    if technology == "nuclear_existing":
        last = parameters.row("energy_credits.existing_nuclear.last")
        return Deadline(None, day_value(parameters, last.name), None, last.citation)
    if technology == "gas_with_capture":
        last = parameters.row("energy_credits.capture.begin_last")
        return Deadline(day_value(parameters, last.name), None, None, last.citation)
    return Deadline(None, None, None, "IRC 48C" if technology == "manufacturing" else "none")


def phase_frac(
    technology: Technology, begins_on: date, in_service_on: date, parameters: InForce
) -> float:
    """Return the part of the credit that the days leave [frac].

    Parameters
    ----------
    technology
        What is built.
    begins_on, in_service_on
        Days of the beginning of construction and of service.
    parameters
        Those in force on the day of the law.
    """
    deadline = deadline_of(technology, parameters)
    if technology in CLEAN:
        if in_service_on < day_value(parameters, "energy_credits.service.first"):
            return 0.0
        if deadline.begin_from is not None and begins_on < deadline.begin_from:
            return 0.0
        if technology in WIND_SOLAR and not _in_time(deadline, begins_on, in_service_on):
            return 0.0
        return parameters.step(PHASE, day_number(begins_on)).value
    if deadline.begin_by is None and deadline.else_in_service_by is None:
        return 0.0 if technology == "gas" else 1.0
    return 1.0 if _in_time(deadline, begins_on, in_service_on) else 0.0


def shows_continuity(begins_on: date, in_service_on: date, parameters: InForce) -> bool:
    """Whether service is soon enough after the beginning to show continuous work."""
    years = int(parameters.value("energy_credits.continuity.years"))
    return in_service_on <= end_of_year(begins_on.year + years)


def _in_time(deadline: Deadline, begins_on: date, in_service_on: date) -> bool:
    begun = deadline.begin_by is not None and begins_on <= deadline.begin_by
    served = deadline.else_in_service_by is not None and (
        in_service_on <= deadline.else_in_service_by
    )
    return begun or served


def _last_of_phase(parameters: InForce) -> date:
    """Return the day before the step of the scale from which nothing is left."""
    first = next(step.at for step in parameters.scale(PHASE) if step.value == 0.0)
    return day_of_number(first) - timedelta(days=1)
