"""Terms beside a plain loan: curves, sizing cases and sweeps come to the ledgers of Python."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.report.workbook.checking import failing
from tests.report.workbook.drawn_deals import drawn_deal

from gigaplan.finance.deal import Deal, close_deals
from gigaplan.finance.stack_terms import SizingCase

SEEDS = range(6)
LIFE = 14


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


def with_sweep(deal: Deal, seed: int) -> Deal:
    draw = drawn(seed)
    share, first = float(draw.uniform(0.2, 0.9)), int(draw.integers(1, 4))
    debt = replace(deal.project.debt, sweep_frac=share, sweep_from_year=first)
    return replace(deal, project=replace(deal.project, debt=debt))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("sizing", "repayment"),
    [("dscr", "level_payment"), ("share", "level_payment"), ("share", "level_principal")],
)
def test_curves_of_interest_and_inflation(seed: int, sizing: str, repayment: str) -> None:
    deal = drawn_deal(
        seed,
        life=LIFE,
        sizing=sizing,  # type: ignore[arg-type]
        repayment=repayment,  # type: ignore[arg-type]
        maintained=True,
    )
    assert failing(with_curves(deal, seed)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_sizing_cases(seed: int) -> None:
    deal = with_cases(drawn_deal(seed, life=LIFE, maintained=True), seed)
    assert failing(deal) == []
    assert failing(with_curves(deal, seed)) == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("sizing", ["dscr", "share"])
def test_sweeps(seed: int, sizing: str) -> None:
    deal = with_sweep(drawn_deal(seed, life=LIFE, sizing=sizing), seed)  # type: ignore[arg-type]
    assert failing(deal) == []
    assert failing(with_curves(deal, seed)) == []


def test_a_sweep_does_repay_early() -> None:
    swept, plain = close_deals([with_sweep(drawn_deal(1, life=LIFE), 1), drawn_deal(1, life=LIFE)])
    line = "debt_balance_usd_nominal"
    assert (swept.pro_forma.ledger[line][0, 3:6] < plain.pro_forma.ledger[line][0, 3:6]).all()
