"""Deals of every kind: formulas come to the ledgers of Python, and every check holds."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.workbook.checking import failing
from tests.report.workbook.drawn_deals import FUND, HURDLES, PLAIN, drawn_deal, paid_by_month

from gigaplan.finance.construction_loan import ConstructionTerms
from gigaplan.finance.deal import Deal, close_deals
from gigaplan.finance.depreciation import DepreciationClass
from gigaplan.finance.project import Contract
from gigaplan.finance.tiers import RateHurdle, ReturnOfCapital, Split
from gigaplan.report.workbook import build_workbook


@settings(max_examples=25)
@given(
    seed=st.integers(0, 10_000),
    sizing=st.sampled_from(["none", "share", "dscr"]),
    repayment=st.sampled_from(["level_payment", "level_principal"]),
    order=st.sampled_from(["pro_rata", "equity_first"]),
    losses=st.sampled_from(["used_at_once", "carried_forward"]),
    tiers=st.sampled_from([FUND, HURDLES, PLAIN]),
    by_year=st.booleans(),
    maintained=st.booleans(),
)
def test_drawn_deals_of_every_kind(seed: int, **kinds: object) -> None:
    assert failing(drawn_deal(seed, **kinds)) == []  # type: ignore[arg-type]


DEAL = drawn_deal(5)
PROJECT = DEAL.project
DEBT = PROJECT.debt
BUILT = DEAL.construction
OWED = close_deals([DEAL])[0].pro_forma.ledger["debt_balance_usd_nominal"]


def with_project(**changed: object) -> Deal:
    return replace(DEAL, project=replace(PROJECT, **changed))  # type: ignore[arg-type]


def with_debt(**changed: object) -> Deal:
    return with_project(debt=replace(DEBT, **changed))  # type: ignore[arg-type]


def built(**changed: object) -> Deal:
    terms: ConstructionTerms = replace(BUILT, **changed)  # type: ignore[arg-type]
    return replace(DEAL, construction=terms)


@pytest.mark.parametrize(
    "deal",
    [
        with_debt(sizing="given", balance_usd_nominal=OWED),
        with_debt(negative_amortisation=True, most_share_frac=math.inf),
        with_debt(sizing="share", fee_once=True),
        with_debt(interest_frac=0.0),
        with_debt(sizing="share", interest_frac=0.0),
        with_project(basis="with_loan_fees"),
        with_project(credits=replace(PROJECT.credits, itc_frac=0.3, itc_limit_usd_nominal=1e7)),
        with_project(depreciation=()),
        with_project(depreciation=(DepreciationClass(1.0, (), bonus_frac=1.0),)),
        with_project(contract=Contract(-5.0)),
        built(debt_share_frac=0.0),
        built(debt_share_frac=0.0, draw_order="equity_first"),
        built(interest_frac=0.01, commitment_fee_frac=0.08, draw_order="equity_first"),
        built(upfront_fee_frac=0.3, debt_share_frac=0.8, draw_order="equity_first"),
        replace(DEAL, capex_usd_nominal=np.zeros(4)),
        replace(built(draw_order="equity_first"), capex_usd_nominal=np.zeros(4)),
        replace(DEAL, partner="Manager"),
        replace(
            DEAL,
            tiers=(
                ReturnOfCapital(),
                RateHurdle(0.05, 0.9),
                ReturnOfCapital("again"),
                Split(0.5, 0.5),
            ),
        ),
    ],
)
def test_rare_terms(deal: Deal) -> None:
    assert failing(deal) == []


def test_who_pays_may_change_from_month_to_month() -> None:
    assert failing(paid_by_month(DEAL)) == []
    nothing = replace(DEAL, capex_usd_nominal=np.zeros(len(DEAL.capex_usd_nominal)))
    assert failing(paid_by_month(nothing)) == []


def test_deals_of_different_lives_stand_side_by_side() -> None:
    deals = [drawn_deal(seed, name=f"{seed}", sizing="share" if seed % 2 else "dscr")
             for seed in range(4)]  # fmt: skip
    assert failing(*deals) == []


def test_a_check_fails_when_shares_do_not_add_up() -> None:
    """A banker may change one share and forget the other; the deal itself would be refused."""
    (closed,) = close_deals([drawn_deal(1)])
    wrong = replace(closed.deal, equity={"North": 0.5, "Sponsor": 0.4})
    book = build_workbook([replace(closed, deal=wrong)], title="x").book
    names = next(sheet for sheet in book.sheets if sheet.name == "Checks").entries
    holds = next(line for line in book.lines if line.label == "Holds")
    told = {str(names[holds.row + row, 0].content): cell.value for row, cell in holds.cells.items()}
    assert told["Shares of owners add to 1"] is False
    assert told["Owners: flows add up to that of all together"] is False
    assert told["The term loan is repaid"] is True
