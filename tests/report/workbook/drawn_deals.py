"""Deals drawn at random, with every kind of loan, tax, depreciation, reserve and tier in use."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import numpy as np
from tests.finance.drawn_projects import MACRS_5

from gigaplan.finance.construction_loan import ConstructionTerms, DrawOrder
from gigaplan.finance.deal import Deal
from gigaplan.finance.depreciation import DepreciationClass, straight_line_schedule
from gigaplan.finance.project import (
    Contract,
    Debt,
    OperatingCosts,
    Plant,
    Project,
    Repayment,
    Reserves,
    Sizing,
)
from gigaplan.finance.reserves import MajorMaintenance
from gigaplan.finance.tax import Credits, Losses, Taxes
from gigaplan.finance.tiers import (
    CatchUp,
    MultipleHurdle,
    PreferredReturn,
    RateHurdle,
    ReturnOfCapital,
    Split,
    Tier,
)

FUND: tuple[Tier, ...] = (
    ReturnOfCapital(),
    PreferredReturn(0.08),
    CatchUp(0.2, 0.7),
    Split(0.8, 0.2),
)
HURDLES: tuple[Tier, ...] = (
    ReturnOfCapital(),
    PreferredReturn(0.06, "simple"),
    RateHurdle(0.09, 0.9),
    RateHurdle(0.13, 0.75),
    MultipleHurdle(3.5, 0.7),
    Split(0.6, 0.4),
)
PLAIN: tuple[Tier, ...] = (Split(1.0, 0.0),)


def drawn_deal(
    seed: int,
    *,
    name: str = "campus",
    sizing: Sizing = "dscr",
    repayment: Repayment = "level_payment",
    order: DrawOrder = "pro_rata",
    losses: Losses = "carried_forward",
    tiers: tuple[Tier, ...] = FUND,
    by_year: bool = False,
    maintained: bool = False,
    life: int | None = None,
    **changed: Any,
) -> Deal:
    """Draw the numbers of a deal of the wanted kinds."""
    draw = np.random.default_rng(seed)

    def between(low: float, high: float) -> float:
        return float(draw.uniform(low, high))

    drawn = int(draw.integers(8, 25))
    life = life or drawn
    months = int(draw.integers(1, 30))
    events = (MajorMaintenance(between(1e6, 4e6), 5, (0.5, 0.3, 0.2)),) if maintained else ()
    plant = Plant(
        0.0,
        between(50.0, 120.0),
        between(3e5, 5e5),
        life,
        between(0.0, 0.01),
        between(0.0, 0.1),
    )
    contract = Contract(
        between(45.0, 80.0), between(0.0, 0.02), 1.0, between(0.0, 2e6), between(0.0, 0.02)
    )
    if by_year:
        plant = replace(plant, energy_factor=draw.normal(1.0, 0.06, size=(1, life)).clip(0.5))
        contract = replace(contract, price_factor=draw.normal(1.0, 0.1, size=(1, life)).clip(0.3))
    project = Project(
        plant=plant,
        contract=contract,
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
            int(draw.integers(5, life + 1)),
            between(1.2, 2.0),
            between(0.2, 0.6),
            repayment,
            most_share_frac=between(0.4, 0.7),
            upfront_fee_frac=between(0.0, 0.03),
            closing_cost_usd_nominal=between(0.0, 1e6),
        ),
        taxes=Taxes(between(0.15, 0.25), between(0.0, 0.1), losses, between(0.7, 1.0)),
        credits=Credits(
            itc_frac=between(0.0, 0.3),
            ptc_usd_per_mwh=between(0.0, 30.0),
            ptc_escalation_frac=between(0.0, 0.03),
            ptc_years=int(draw.integers(0, 11)),
            ptc_rounding_usd_per_mwh=float(draw.integers(0, 2)),
            transfer_price_frac=between(0.9, 1.0),
        ),
        reserves=Reserves(between(0.0, 12.0), between(0.0, 6.0), between(0.0, 0.02), events),
        depreciation=(
            DepreciationClass(0.7, MACRS_5, bonus_frac=0.4, state_bonus_frac=0.1),
            DepreciationClass(0.2, straight_line_schedule(15), earns_itc=False),
        ),
        inflation_frac=between(0.01, 0.04),
        real_discount_frac=between(0.04, 0.09),
    )
    north = between(0.2, 0.8)
    deal = Deal(
        name=name,
        project=project,
        opens=datetime.date(2028, int(draw.integers(1, 13)), 1),
        capex_usd_nominal=draw.uniform(0.0, 2.0, size=months) * 180e6 / months,
        construction=ConstructionTerms(
            between(0.2, 0.75), between(0.03, 0.1), between(0.0, 0.02), between(0.0, 0.03), order
        ),
        equity={"North": north, "Sponsor": 1.0 - north},
        debt={"Bank": 0.6, "Credit fund": 0.4},
        tiers=tiers,
    )
    return replace(deal, **changed)


def paid_by_month(deal: Deal) -> Deal:
    """Let shares of debt, owners and lenders differ from month to month, and lenders' rates too."""
    months = np.linspace(0.0, 1.0, len(deal.capex_usd_nominal) + 1)
    terms = replace(deal.construction, monthly_debt_share_frac=tuple(0.2 + 0.5 * months))
    return replace(
        deal,
        construction=terms,
        equity={"North": 0.2 + 0.5 * months, "Sponsor": 0.8 - 0.5 * months},
        debt={"Bank": 0.9 - 0.8 * months, "Credit fund": 0.1 + 0.8 * months},
        lender_rates_frac={"Bank": 0.055, "Credit fund": 0.085},
    )


def taxed_at_once(deal: Deal) -> Deal:
    """Write so little off that the first year has income to tax, and no loss to carry."""
    classes = tuple(replace(part, share_frac=0.05) for part in deal.project.depreciation)
    return replace(deal, project=replace(deal.project, depreciation=classes))
