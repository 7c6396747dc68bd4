"""Terms beside a plain loan, drawn at random."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from gigaplan.finance.deal import Deal
from gigaplan.finance.stack_terms import Covenants, Mezzanine, Preferred, Refinancing, SizingCase

LIFE: Final = 14


def drawn(seed: int) -> np.random.Generator:
    return np.random.default_rng(100 + seed)


def with_curves(deal: Deal, seed: int) -> Deal:
    project = deal.project
    rates, prices = drawn(seed).uniform(0.01, 0.09, size=(2, 1, LIFE))
    debt = replace(project.debt, interest_frac=rates)
    return replace(deal, project=replace(project, debt=debt, inflation_frac=prices))


def with_cases(deal: Deal, seed: int) -> Deal:
    draw = drawn(seed)
    cases = (
        SizingCase("P50", float(draw.uniform(1.3, 1.6))),
        SizingCase("P99", 1.05, energy_factor=float(draw.uniform(0.6, 0.9))),
        SizingCase("low price", 1.2, price_factor=draw.uniform(0.6, 1.0, size=(1, LIFE))),
    )
    debt = replace(deal.project.debt, cases=cases)
    return replace(deal, project=replace(deal.project, debt=debt))


def with_covenants(deal: Deal, seed: int) -> Deal:
    draw = drawn(seed)
    terms = Covenants(float(draw.uniform(1.3, 1.9)), 1.1, int(draw.integers(1, 4)))
    return replace(deal, project=replace(deal.project, covenants=terms))


def with_mezzanine(deal: Deal, seed: int) -> Deal:
    draw = drawn(seed)
    terms = Mezzanine(
        float(draw.uniform(0.05, 0.3)),
        float(draw.uniform(0.04, 0.12)),
        float(draw.uniform(0.0, 0.05)),
        int(draw.integers(3, LIFE + 1)),
    )
    return replace(deal, project=replace(deal.project, mezzanine=terms))


def with_preferred(deal: Deal, seed: int) -> Deal:
    draw = drawn(seed)
    terms = Preferred(
        float(draw.uniform(0.1, 0.6)),
        float(draw.uniform(0.05, 0.12)),
        int(draw.integers(2, LIFE + 1)),
    )
    return replace(deal, project=replace(deal.project, preferred=terms))


def with_carbon(deal: Deal) -> Deal:
    credit = replace(
        deal.project.credits,
        carbon_usd_per_t=85.0,
        captured_t_per_year=20_000.0,
        carbon_escalation_frac=0.02,
    )
    return replace(deal, project=replace(deal.project, credits=credit))


def with_refinancing(deal: Deal, seed: int) -> Deal:
    draw = drawn(seed)
    debt = replace(deal.project.debt, tenor_years=int(draw.integers(6, LIFE + 1)))
    year = int(draw.integers(2, 5))
    terms = Refinancing(
        year,
        float(draw.uniform(0.03, 0.06)) if seed % 2 else draw.uniform(0.03, 0.06, size=(1, LIFE)),
        int(draw.integers(3, LIFE - year + 1)),
        float(draw.uniform(1.2, 1.5)),
        0.01,
        float(draw.uniform(0.3, 0.8)),
    )
    return replace(deal, project=replace(deal.project, debt=debt, refinancing=terms))


def with_sweep(deal: Deal, seed: int) -> Deal:
    draw = drawn(seed)
    share, first = float(draw.uniform(0.2, 0.9)), int(draw.integers(1, 4))
    debt = replace(deal.project.debt, sweep_frac=share, sweep_from_year=first)
    return replace(deal, project=replace(deal.project, debt=debt))


def with_everything(deal: Deal, seed: int) -> Deal:
    """Put all of these terms into one deal."""
    sized = with_curves(with_cases(with_refinancing(deal, seed), seed), seed)
    sized = with_sweep(sized, seed)
    return with_carbon(with_preferred(with_mezzanine(with_covenants(sized, seed), seed), seed))
