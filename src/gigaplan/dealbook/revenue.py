"""Revenue: what a phase sells, at what price, under contract and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gigaplan.dealbook.facts import PlanFacts
from gigaplan.dealbook.terms import ClassTerms
from gigaplan.finance.project import Contract
from gigaplan.terms.units import HOURS_PER_YEAR, MONTHS_PER_YEAR

Array = npt.NDArray[np.float64]
KW_MONTHS_PER_MW: Final = 1e3 * MONTHS_PER_YEAR


@dataclass(frozen=True)
class Offtake:
    """What a phase sells in its first year.

    Parameters
    ----------
    volume
        Units sold in a year, before what the contract does not pay for.
    unit
        ``kW-month`` of IT load or of firm capacity, ``H100e-h``, or ``MWh``.
    """

    volume: float
    unit: str


def offtake_of(phase: pd.Series, facts: PlanFacts) -> Offtake:
    """Return what a phase sells.

    A campus leases IT load by the kW-month, the tenant paying for power. Accelerators are leased by
    the H100e-hour. Wind and solar sell energy; plants that burn fuel, and storage, sell capacity
    under a toll, whose buyer pays for fuel and other running cost.
    """
    size = float(phase["capacity_mw"])
    asset, zone = str(phase["asset"]), str(phase["zone"])
    if phase["capital_class"] == "accelerator":
        return Offtake(size * facts.h100e_per_mw(asset) * HOURS_PER_YEAR, "H100e-h")
    if phase["capital_class"] == "energy":
        energy = facts.yield_mwh_per_mw(asset, zone)
        if energy is not None:
            return Offtake(size * energy, "MWh")
    return Offtake(size * KW_MONTHS_PER_MW, "kW-month")


def contract_of(terms: ClassTerms, price_usd_nominal: float, life_years: int) -> Contract:
    r"""Return the contract at a price of the first year, with its tail.

    .. math:: p_t = p_1 (1 + \epsilon)^{t-1} \, (1 \text{ for } t \le n, \; \tau \text{ after})

    Parameters
    ----------
    terms
        Escalation :math:`\epsilon`, length n and price after the contract :math:`\tau`.
    price_usd_nominal
        Price :math:`p_1` of the first year [USD per unit].
    life_years
        Years of operation [years].

    Examples
    --------
    The first contract of a campus ends after 15 years, and 0.85 of its price goes on:

    >>> from gigaplan.dealbook.terms import class_terms
    >>> from gigaplan.inputs.dataset import load_dataset
    >>> campus = class_terms(load_dataset("us").table("deal_terms"))["campus"]
    >>> contract_of(campus, 150.0, 17).price_factor[0, 13:].tolist()
    [1.0, 1.0, 0.85, 0.85]
    """
    year = np.arange(1, life_years + 1)
    factor = np.where(year <= terms.contract_years, 1.0, terms.tail_price_frac)
    return Contract(
        price_usd_per_mwh=price_usd_nominal,
        escalation_frac=terms.escalation_frac,
        price_factor=factor[None, :],
    )
