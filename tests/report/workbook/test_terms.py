"""Terms beside a plain loan: formulas come to the ledgers of Python."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.report.workbook.checking import failing
from tests.report.workbook.drawn_deals import drawn_deal
from tests.report.workbook.drawn_terms import (
    LIFE,
    with_carbon,
    with_cases,
    with_covenants,
    with_curves,
    with_everything,
    with_mezzanine,
    with_preferred,
    with_refinancing,
    with_sweep,
)

from gigaplan.finance.deal import close_deals
from gigaplan.finance.stack_terms import Sale
from gigaplan.report.workbook import build_workbook
from gigaplan.terms.errors import InputError

SEEDS = range(4)


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


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("losses", ["used_at_once", "carried_forward"])
def test_covenants_and_junior_money(seed: int, losses: str) -> None:
    deal = drawn_deal(
        seed,
        life=LIFE,
        sizing="share" if seed % 2 else "dscr",
        losses=losses,  # type: ignore[arg-type]
        by_year=True,
        maintained=True,
    )
    assert failing(with_covenants(deal, seed)) == []
    assert failing(with_mezzanine(deal, seed)) == []
    assert failing(with_preferred(deal, seed)) == []
    everything = with_preferred(with_mezzanine(with_covenants(deal, seed), seed), seed)
    assert failing(everything) == []
    assert failing(with_carbon(with_sweep(with_curves(everything, seed), seed))) == []


def test_cash_is_trapped_in_what_is_drawn() -> None:
    deals = [
        with_covenants(drawn_deal(seed, life=LIFE, sizing="share", by_year=True), seed)
        for seed in SEEDS
    ]
    ledgers = [closed.pro_forma.ledger for closed in close_deals(deals)]
    assert max(ledger["trapped_balance_usd_nominal"].max() for ledger in ledgers) > 1e6


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("sizing", ["dscr", "share"])
def test_a_new_loan_in_place_of_the_old_one(seed: int, sizing: str) -> None:
    deal = drawn_deal(seed, life=LIFE, sizing=sizing, maintained=True)  # type: ignore[arg-type]
    deal = with_refinancing(deal, seed)
    assert failing(deal) == []
    swept = with_covenants(with_sweep(with_curves(deal, seed), seed), seed)
    assert failing(with_mezzanine(swept, seed)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_all_terms_together(seed: int) -> None:
    assert failing(with_everything(drawn_deal(seed, life=LIFE, maintained=True), seed)) == []


def test_credit_for_carbon() -> None:
    assert failing(with_carbon(drawn_deal(2, life=LIFE))) == []


@pytest.mark.parametrize(
    ("name", "terms", "told"),
    [
        ("sale", Sale(8, ebitda_multiple=9.0), "a sale before the end of life"),
    ],
)
def test_terms_without_formulas_are_refused(name: str, terms: object, told: str) -> None:
    deal = drawn_deal(1, life=LIFE)
    project = replace(deal.project, **{name: terms})  # type: ignore[arg-type]
    debt = replace(project.debt, tenor_years=10)
    closed = close_deals([replace(deal, project=replace(project, debt=debt))])
    with pytest.raises(InputError, match=f"The workbook has no formulas for {told}"):
        build_workbook(closed, title="x")
