"""Credits of the assets of a data package by year of service, for the costs of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gigaplan.policy.days import start_of_year
from gigaplan.policy.facts.power_plant import Technology
from gigaplan.policy.parameters import InForce
from gigaplan.policy.rules.energy_credits.credit import Credit, Origin, Route, credit_of

TECHNOLOGY_OF_PREFIX: Final[dict[str, Technology]] = {
    "wind": "wind",
    "solar": "solar",
    "battery": "storage",
    "nuclear_large": "nuclear_new",
    "nuclear_smr": "nuclear_new",
    "nuclear_restart": "nuclear_existing",
    "gas_cc_ccs": "gas_with_capture",
    "gas_cc": "gas",
    "gas_ct": "gas",
    "btm_gas": "gas",
    "btm_fuel_cell": "fuel_cell",
}
"""Technology of the assets whose name begins so; the longest beginning counts."""


def technology_of_asset(asset: str) -> Technology | None:
    """Return the technology of a buildable generator or store; ``None``: none of them.

    A restarted reactor is not a new facility: it may earn the credit of existing ones.

    >>> [technology_of_asset(asset) for asset in ("wind_3", "gas_cc_ccs", "coal")]
    ['wind', 'gas_with_capture', None]
    """
    found = [prefix for prefix in TECHNOLOGY_OF_PREFIX if asset.startswith(prefix)]
    return TECHNOLOGY_OF_PREFIX[max(found, key=len)] if found else None


def credits_by_year(
    technology: Technology,
    service_years: Iterable[int],
    construction_years: int,
    origin: Origin,
    parameters: InForce,
    route: Route = "investment",
) -> dict[int, Credit]:
    """Return the credit for each year of service.

    Service is taken on the first day of the year, and construction to begin on the first day of
    the year so many years before.

    Parameters
    ----------
    technology
        What is built.
    service_years
        Years of service.
    construction_years
        Years from the beginning of construction to service [years].
    origin, parameters, route
        As for :func:`~gigaplan.policy.rules.energy_credits.credit.credit_of`.
    """
    return {
        year: credit_of(
            technology,
            start_of_year(year - construction_years),
            start_of_year(year),
            origin,
            parameters,
            route,
        )
        for year in service_years
    }
