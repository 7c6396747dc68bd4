"""What a credit turns on, out of the facts of a deal."""

from __future__ import annotations

from gigaplan.policy.facts.power_plant import PowerPlant
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.energy_credits.credit import Credit, Origin, Route, credit_of
from gigaplan.policy.rules.energy_credits.foreign_entity import is_influenced, is_specified


def origin_of(case: Case, law: Law, plant: PowerPlant) -> Origin:
    """Return the facts of origin of a plant of a deal; what is not told is not known."""
    name = plant.claimant
    return Origin(
        clean_cost_frac=plant.clean_cost,
        claimant_specified=None if name is None else is_specified(case, law, name).value,
        claimant_influenced=None if name is None else is_influenced(case, law, name, plant).value,
        wages_met=_wages_are_met(plant, law),
        domestic_content_frac=plant.domestic_content,
        energy_community=plant.energy_community,
        continuous=plant.continuous,
        receipts_usd_per_mwh=plant.receipts_usd_per_mwh,
        allocated=plant.allocated,
    )


def credit_in_deal(case: Case, law: Law, route: Route = "investment") -> Credit | None:
    """Return the credit of the plant of a deal; ``None`` if its technology or days are not told.

    Parameters
    ----------
    case, law
        The case, and the law of its day.
    route
        Which credit the owner takes where the law leaves the choice.
    """
    plant = case.deal.power_plant
    if plant is None or plant.technology is None:
        return None
    begins, serves = plant.begins_on or plant.in_service_on, plant.in_service_on
    if begins is None or serves is None:
        return None
    origin = origin_of(case, law, plant)
    return credit_of(plant.technology, begins, serves, origin, law.parameters, route)


def _wages_are_met(plant: PowerPlant, law: Law) -> bool | None:
    small = law.parameters.value("energy_credits.labour.small_mw")
    is_small = plant.capacity_mw is not None and plant.capacity_mw < small
    return True if is_small else plant.wages_met
