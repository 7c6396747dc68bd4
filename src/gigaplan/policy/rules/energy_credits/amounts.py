"""Amounts of the credits, before days and bars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from gigaplan.policy.facts.power_plant import Technology
from gigaplan.policy.parameters import InForce
from gigaplan.policy.rules.energy_credits.technologies import CLEAN, NO_PRODUCTION, SECTIONS

BASE: Final = "energy_credits.labour.base_frac"


@dataclass(frozen=True)
class Amount:
    """An amount of credit: see :class:`~gigaplan.policy.rules.energy_credits.credit.Credit`."""

    kind: Literal["itc", "ptc", "capture", "none"]
    rate: float
    years: float
    citation: str


def full_amount(
    technology: Technology,
    begins_on: date,
    *,
    wages_met: bool,
    bonuses: int,
    receipts_usd_per_mwh: float | None,
    production: bool,
    parameters: InForce,
) -> Amount:
    """Return the credit of a technology with nothing taken off for days and bars.

    Parameters
    ----------
    technology, begins_on
        What is built, and the day on which construction begins.
    wages_met
        Whether wages and apprenticeship are met; if not, a fifth remains.
    bonuses
        How many of domestic content and energy community hold.
    receipts_usd_per_mwh
        Gross receipts of an existing nuclear plant; ``None``: not known [USD/MWh].
    production
        Whether the owner takes the production credit where it may choose.
    parameters
        Those in force on the day of the law.
    """
    labour = 1.0 if wages_met else parameters.value(BASE)
    if technology == "fuel_cell":
        row = parameters.row("energy_credits.fuel_cell.frac")
        return Amount("itc", row.value, 1.0, row.citation)
    if technology in CLEAN and production and technology not in NO_PRODUCTION:
        row = parameters.row("energy_credits.production.full_usd_per_mwh")
        bonus = 1.0 + bonuses * parameters.value("energy_credits.bonus.production_frac")
        years = parameters.value("energy_credits.production.years")
        return Amount("ptc", labour * bonus * row.value, years, row.citation)
    if technology in CLEAN:
        row = parameters.row("energy_credits.investment.full_frac")
        bonus = bonuses * parameters.value("energy_credits.bonus.investment_frac")
        return Amount("itc", labour * (row.value + bonus), 1.0, row.citation)
    if technology == "nuclear_existing":
        rate = existing_nuclear_usd_per_mwh(receipts_usd_per_mwh or 0.0, parameters)
        return Amount("ptc", labour * rate, 1.0, SECTIONS[technology])
    if technology == "gas_with_capture":
        row = parameters.row("energy_credits.capture.full_usd_per_t")
        years = parameters.value("energy_credits.capture.years")
        return Amount("capture", labour * row.value, years, row.citation)
    if technology == "manufacturing":
        row = parameters.row("energy_credits.advanced_project.frac")
        return Amount("itc", labour * row.value, 1.0, row.citation)
    return Amount("none", 0.0, 0.0, SECTIONS[technology])


def existing_nuclear_usd_per_mwh(receipts_usd_per_mwh: float, parameters: InForce) -> float:
    r"""Return the credit of an existing nuclear plant [USD/MWh].

    .. math:: c = \max\left(0,\; c_{0} - \alpha \max(0, r - r_{0})\right)

    Parameters
    ----------
    receipts_usd_per_mwh
        Gross receipts r of the year [USD/MWh].
    parameters
        Those in force on the day of the law.

    References
    ----------
    IRC 45U(b)(2), (d): the part given there, times five.
    """
    full = parameters.value("energy_credits.existing_nuclear.full_usd_per_mwh")
    free = parameters.value("energy_credits.existing_nuclear.receipts_usd_per_mwh")
    part = parameters.value("energy_credits.existing_nuclear.reduction_frac")
    return max(0.0, full - part * max(0.0, receipts_usd_per_mwh - free))
