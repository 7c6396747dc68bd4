"""Credits for carbon and for chip plants, and credits that are paid back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.finance.ledger_sums import assert_it_adds_up, line

from gigaplan.finance.depreciation import DepreciationClass
from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Plant, Project
from gigaplan.finance.recapture import recaptured_shares
from gigaplan.finance.stack_terms import Sale
from gigaplan.finance.tax import Credits, Taxes
from gigaplan.terms.errors import InputError

EVEN = (DepreciationClass(1.0, (0.2,) * 5),)
DEAL = Project(
    Plant(1000.0, 1.0, 100.0, 15),
    Contract(3.0),
    taxes=Taxes(0.25),
    depreciation=EVEN,
    inflation_frac=0.0,
    real_discount_frac=0.08,
)


def with_credits(**terms: float) -> Project:
    return replace(DEAL, credits=Credits(**terms))


@given(st.floats(0.0, 0.05), st.floats(0.5, 1.0))
def test_carbon_is_a_growing_annuity_of_twelve_years(growth: float, price: float) -> None:
    """85 USD/t on 2 t a year: the worth is that of an annuity whose growth is the escalation."""
    earns = with_credits(
        carbon_usd_per_t=85.0,
        captured_t_per_year=2.0,
        carbon_escalation_frac=growth,
        transfer_price_frac=price,
    )
    plain, found = pro_forma(DEAL), pro_forma(earns)
    assert_it_adds_up(found)
    worth = price * 170.0 * (1 - ((1 + growth) / 1.08) ** 12) / (0.08 - growth)
    gained = found.metrics["npv_usd_nominal"] - plain.metrics["npv_usd_nominal"]
    assert gained[0] == pytest.approx(worth)
    assert np.count_nonzero(line(found, "carbon_credit")) == 12


def test_carbon_ends_with_the_project() -> None:
    credit = Credits(carbon_usd_per_t=85.0, captured_t_per_year=np.array([2.0, 3.0]))
    lives = replace(DEAL.plant, life_years=np.array([5.0, 15.0]))
    found = pro_forma(replace(DEAL, plant=lives, credits=credit))
    assert np.count_nonzero(line(found, "carbon_credit"), axis=1).tolist() == [5, 12]
    sold = pro_forma(replace(DEAL, credits=credit, sale=Sale(4, 500.0)))
    assert np.count_nonzero(line(sold, "carbon_credit"), axis=1).tolist() == [4, 4]


def test_the_credit_of_a_chip_plant() -> None:
    """48D: 35 % of 1000 in year 1, and all of it off the basis: 130 a year are written off."""
    plant = with_credits(itc_frac=0.35, itc_basis_cut_frac=1.0)
    found = pro_forma(plant)
    assert line(found, "itc")[0, :3].tolist() == pytest.approx([0.0, 350.0, 0.0])
    assert line(found, "federal_depreciation")[0, 1:6].tolist() == pytest.approx([130.0] * 5)
    gained = found.metrics["npv_usd_nominal"][0] - pro_forma(DEAL).metrics["npv_usd_nominal"][0]
    lost = 0.25 * 70.0 * (1 - 1.08**-5) / 0.08
    assert gained == pytest.approx(350.0 / 1.08 - lost)


@pytest.mark.parametrize(
    ("year", "back"), [(1, 300), (2, 240), (3, 180), (4, 120), (5, 60), (6, 0), (15, 0)]
)
def test_what_is_not_vested_is_paid_back(year: int, back: float) -> None:
    """30 % of 1000, and the shares that IRC 50(a)(1)(B) prints.

    The basis falls by 150 at the start and rises by half of what is paid back.
    """
    found = pro_forma(replace(with_credits(itc_frac=0.3), sale=Sale(year, 900.0)))
    assert_it_adds_up(found)
    assert line(found, "credit_recapture")[0, year] == pytest.approx(-back)
    # Written off before the sale: a fifth of 850 a year. The rest is deducted in its year.
    rest = 850.0 - 170.0 * min(year - 1, 5) + back / 2
    taxable = 300.0 + 900.0 - rest
    assert -line(found, "federal_tax")[0, year] == pytest.approx(0.25 * taxable)
    assert line(found, "owner_flow")[0, year] == pytest.approx(
        1200.0 - 0.25 * taxable - back + (300.0 if year == 1 else 0.0)
    )


def test_an_expansion_abroad_takes_all_of_it_back() -> None:
    """IRC 50(a)(3): all of 350 in year 3; the basis comes back over the years of the schedule."""
    plant = with_credits(itc_frac=0.35, itc_basis_cut_frac=1.0, expansion_year=3)
    found = pro_forma(plant)
    assert_it_adds_up(found)
    assert line(found, "credit_recapture")[0].tolist() == pytest.approx(
        [0, 0, 0, -350.0, *[0.0] * 12]
    )
    written = line(found, "federal_depreciation")[0, 1:7]
    assert written.tolist() == pytest.approx([130.0] * 2 + [130.0 + 350.0 / 3] * 3 + [0.0])
    later = pro_forma(with_credits(itc_frac=0.35, itc_basis_cut_frac=1.0, expansion_year=8))
    assert line(later, "federal_depreciation")[0, 8] == pytest.approx(350.0)
    after = pro_forma(with_credits(itc_frac=0.35, itc_basis_cut_frac=1.0, expansion_year=11))
    assert not line(after, "credit_recapture").any()


def test_a_credit_is_paid_back_once() -> None:
    """Expansion in year 2 and a sale in year 4; a sale in year 1 ends what is looked at."""
    plant = with_credits(itc_frac=0.35, itc_basis_cut_frac=1.0, expansion_year=2)
    both = recaptured_shares(replace(plant, sale=Sale(4, 1.0)), 15)
    assert both.sum() == 1.0
    assert both[0, 1] == 1.0
    first = recaptured_shares(replace(plant, sale=Sale(1, 1.0)), 15)
    assert first[0].tolist() == [1.0, *[0.0] * 14]
    same = recaptured_shares(replace(plant, sale=Sale(2, 1.0)), 15)
    assert same.sum() == 1.0


def test_credits_that_cannot_be_used() -> None:
    with pytest.raises(InputError) as caught:
        pro_forma(with_credits(carbon_usd_per_t=-1.0, carbon_years=-2, expansion_year=0))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - credits.carbon_usd_per_t: carbon_usd_per_t is -1. Give a credit of 0 or more.\n"
        "  - credits.carbon_years: carbon_years is -2. Give 0 to 100 years.\n"
        "  - credits.expansion_year: expansion_year is 0. Give a year of 1 or later."
    )
    with pytest.raises(InputError, match=r"expansion_year is 3\.5\. Give a whole number"):
        pro_forma(with_credits(expansion_year=3.5))
