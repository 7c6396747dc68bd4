"""Changes of inputs: in the cells of a workbook, and the same in the deals."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from gigaplan.finance.deal import Deal
from gigaplan.finance.tiers import CatchUp, PreferredReturn, RateHurdle

FIRST, SECOND, THIRD, FOURTH = "=SUM(A1)", "storage", "campus", "stack"

# Deal, field, and what is typed into its cell.
CHANGES: Final = (
    ("", "discount", 0.075),
    (FIRST, "contract.price_usd_per_mwh", 83.0),
    (FIRST, "debt.dscr", 1.55),
    (FIRST, "debt.interest_frac", 0.061),
    (FIRST, "debt.tenor_years", 11),
    (FIRST, "capex[1]", 31e6),
    (FIRST, "construction.debt_share_frac", 0.55),
    (FIRST, "construction.interest_frac", 0.083),
    (FIRST, "taxes.federal_frac", 0.25),
    (FIRST, "taxes.loss_cap_frac", 0.6),
    (FIRST, "tiers[1].rate_frac", 0.065),
    (FIRST, "tiers[2].carry_frac", 0.25),
    (FIRST, "reserves.debt_service_months", 9.0),
    (FIRST, "inflation_frac", 0.031),
    (SECOND, "opens", datetime.date(2029, 2, 1)),
    (SECOND, "plant.life_years", 13),
    (SECOND, "debt.tenor_years", 8),
    (SECOND, "debt.share_frac", 0.45),
    (SECOND, "construction.debt_share_frac", 0.4),
    (SECOND, "equity.@north", 0.25),
    (SECOND, "equity.Sponsor", 0.75),
    (SECOND, "tiers[2].rate_frac", 0.07),
    (SECOND, "credits.itc_frac", 0.12),
    (THIRD, "plant.energy_mwh_per_year", 460_000.0),
    (THIRD, "costs.insurance_frac", 0.012),
    (THIRD, "depreciation[0].bonus_frac", 1.0),
    (THIRD, "lender_rate.Bank", 0.049),
    (FOURTH, "debt.sweep_frac", 0.35),
    (FOURTH, "cases[1].dscr", 1.12),
    (FOURTH, "cases[1].energy_factor", 0.7),
    (FOURTH, "debt.interest_frac[2]", 0.081),
    (FOURTH, "inflation_frac[3]", 0.055),
    (FOURTH, "covenants.lock_up_dscr", 1.6),
    (FOURTH, "mezzanine.cash_interest_frac", 0.09),
    (FOURTH, "mezzanine.tenor_years", 6),
    (FOURTH, "preferred.return_frac", 0.085),
    (FOURTH, "credits.captured_t_per_year", 12_500.0),
)


def changed_deals(deals: Sequence[Deal]) -> list[Deal]:
    """Return the deals with the same changes."""
    first, second, third, fourth = deals
    capex = first.capex_usd_nominal.copy()
    capex[0] = 31e6
    project = first.project
    project = replace(
        project,
        contract=replace(project.contract, price_usd_per_mwh=83.0),
        debt=replace(project.debt, dscr=1.55, interest_frac=0.061, tenor_years=11),
        taxes=replace(project.taxes, federal_frac=0.25, loss_cap_frac=0.6),
        reserves=replace(project.reserves, debt_service_months=9.0),
        inflation_frac=0.031,
    )
    returned, _, catch_up, split = first.tiers
    assert isinstance(catch_up, CatchUp)
    first = replace(
        first,
        project=project,
        capex_usd_nominal=capex,
        construction=replace(first.construction, debt_share_frac=0.55, interest_frac=0.083),
        tiers=(returned, PreferredReturn(0.065), replace(catch_up, carry_frac=0.25), split),
    )
    project = second.project
    factors = project.plant.energy_factor[:, :13], project.contract.price_factor[:, :13]  # type: ignore[index]
    project = replace(
        project,
        plant=replace(project.plant, life_years=13, energy_factor=factors[0]),
        contract=replace(project.contract, price_factor=factors[1]),
        debt=replace(project.debt, tenor_years=8, share_frac=0.45),
        credits=replace(project.credits, itc_frac=0.12),
    )
    hurdle = second.tiers[2]
    assert isinstance(hurdle, RateHurdle)
    second = replace(
        second,
        project=project,
        opens=datetime.date(2029, 2, 1),
        construction=replace(second.construction, debt_share_frac=0.4),
        equity={"@north": 0.25, "Sponsor": 0.75},
        tiers=(*second.tiers[:2], replace(hurdle, rate_frac=0.07), *second.tiers[3:]),
    )
    project = third.project
    one, two = project.depreciation
    third = replace(
        third,
        lender_rates_frac=dict(third.lender_rates_frac) | {"Bank": 0.049},
        project=replace(
            project,
            plant=replace(project.plant, energy_mwh_per_year=460_000.0),
            costs=replace(project.costs, insurance_frac=0.012),
            depreciation=(replace(one, bonus_frac=1.0), two),
        ),
    )
    return [first, second, third, _changed_stack(fourth)]


def _changed_stack(deal: Deal) -> Deal:
    """Return the changes of covenants, cases, curves and junior money."""
    project = deal.project
    rates, prices = np.array(project.debt.interest_frac), np.array(project.inflation_frac)
    rates[0, 1], prices[0, 2] = 0.081, 0.055
    plain, low, cheap = project.debt.cases
    debt = replace(
        project.debt,
        sweep_frac=0.35,
        cases=(plain, replace(low, dscr=1.12, energy_factor=0.7), cheap),
        interest_frac=rates,
    )
    assert project.covenants is not None
    assert project.mezzanine is not None
    assert project.preferred is not None
    project = replace(
        project,
        debt=debt,
        inflation_frac=prices,
        covenants=replace(project.covenants, lock_up_dscr=1.6),
        mezzanine=replace(project.mezzanine, cash_interest_frac=0.09, tenor_years=6),
        preferred=replace(project.preferred, return_frac=0.085),
        credits=replace(project.credits, captured_t_per_year=12_500.0),
    )
    return replace(deal, project=project)
