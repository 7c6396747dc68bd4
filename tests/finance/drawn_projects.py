"""Projects drawn at random: many deals in one, with every part in use."""

from __future__ import annotations

import numpy as np

from gigaplan.finance.depreciation import DepreciationClass, straight_line_schedule
from gigaplan.finance.project import (
    Contract,
    Debt,
    OperatingCosts,
    Plant,
    Project,
    Reserves,
    Sizing,
)
from gigaplan.finance.tax import Credits, Losses, Taxes

MACRS_5 = (0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576)


def drawn_projects(
    seed: int,
    count: int,
    *,
    sizing: Sizing = "dscr",
    losses: Losses = "carried_forward",
    years: int = 30,
) -> Project:
    """Draw projects whose lives, tenors, prices, costs, rates and yearly factors differ."""
    draw = np.random.default_rng(seed)

    def between(low: float, high: float) -> np.ndarray:
        return draw.uniform(low, high, size=count)

    life = draw.integers(years - 10, years + 1, size=count).astype(float)
    life[0] = years
    return Project(
        plant=Plant(
            between(80e6, 250e6),
            between(50.0, 120.0),
            between(3e5, 5e5),
            life,
            between(0.0, 0.01),
            between(0.0, 0.1),
            energy_factor=draw.normal(1.0, 0.06, size=(count, years)).clip(0.5),
        ),
        contract=Contract(
            between(35.0, 70.0),
            between(0.0, 0.02),
            price_factor=draw.normal(1.0, 0.1, size=(count, years)).clip(0.3),
            other_usd_per_year=between(0.0, 2e6),
            other_escalation_frac=between(0.0, 0.02),
        ),
        costs=OperatingCosts(
            between(1e4, 3e4),
            between(0.0, 5.0),
            between(0.0, 1e6),
            between(0.0, 0.01),
            between(0.0, 0.01),
            between(0.0, 0.01),
            between(0.5, 1.0),
            between(0.0, 0.05),
            between(0.0, 2e5),
        ),
        debt=Debt(
            sizing,
            between(0.04, 0.09),
            np.floor(between(8.0, 20.0)),
            between(1.2, 2.0),
            between(0.2, 0.6),
            most_share_frac=between(0.4, 1.2),
            upfront_fee_frac=between(0.0, 0.03),
            closing_cost_usd_nominal=between(0.0, 1e6),
        ),
        taxes=Taxes(between(0.15, 0.25), between(0.0, 0.1), losses, between(0.7, 1.0)),
        credits=Credits(
            itc_frac=between(0.0, 0.3),
            ptc_usd_per_mwh=between(0.0, 30.0),
            ptc_escalation_frac=between(0.0, 0.03),
            ptc_years=10,
            ptc_rounding_usd_per_mwh=1.0,
            transfer_price_frac=between(0.9, 1.0),
        ),
        reserves=Reserves(between(0.0, 12.0), between(0.0, 6.0), between(0.0, 0.02)),
        depreciation=(
            DepreciationClass(0.7, MACRS_5, bonus_frac=0.4, state_bonus_frac=0.1),
            DepreciationClass(0.2, straight_line_schedule(15), earns_itc=False),
        ),
        inflation_frac=between(0.01, 0.04),
        real_discount_frac=between(0.04, 0.09),
        other_financing_usd_nominal=between(0.0, 5e6),
    )
