"""Sale of a project: what it brings, what it repays, and what tax it leaves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.finance.drawn_projects import MACRS_5, drawn_projects
from tests.finance.ledger_sums import assert_it_adds_up, line

from gigaplan.finance.depreciation import DepreciationClass
from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Debt, Plant, Project, Reserves, Sizing
from gigaplan.finance.reserves import MajorMaintenance
from gigaplan.finance.stack_terms import Covenants, Mezzanine, Preferred, Refinancing, Sale
from gigaplan.finance.tax import Losses, Taxes
from gigaplan.terms.errors import InputError

DEAL = Project(
    Plant(1000.0, 1.0, 100.0, 10),
    Contract(3.0),
    debt=Debt("share", 0.1, 5, share_frac=0.5, repayment="level_principal"),
    taxes=Taxes(0.25),
    depreciation=(DepreciationClass(0.8, (0.25,) * 4),),
    inflation_frac=0.0,
)
EVENT = MajorMaintenance(5e6, 7, (0.5, 0.5))


def test_a_sale_by_hand() -> None:
    """Sold for 900 in year 2: 300 of debt repaid; 400 of 800 are written off, 200 are land.

    Income of year 2: 300 earned, 40 interest, 200 written off, and a gain of 900 - 600.
    """
    found = pro_forma(replace(DEAL, sale=Sale(2, 900.0)))
    assert line(found, "sale")[0, 2] == 900.0
    assert line(found, "sale_debt_repaid")[0, 2] == pytest.approx(-300.0)
    assert line(found, "federal_tax")[0, 2] == pytest.approx(-0.25 * (300 - 40 - 200 + 300))
    owners = line(found, "owner_flow")[0]
    assert owners[2] == pytest.approx(300 - 40 - 100 - 90 + 900 - 300)
    assert not owners[3:].any()
    assert not line(found, "debt_balance")[0, 2:].any()
    times = pro_forma(replace(DEAL, sale=Sale(2, ebitda_multiple=3.0)))
    np.testing.assert_array_equal(line(times, "owner_flow"), line(found, "owner_flow"))


@pytest.mark.parametrize("losses", ["used_at_once", "carried_forward"])
def test_a_sale_at_the_end_is_the_value_at_the_end(losses: Losses) -> None:
    """Wholly written off, a plant that is sold in its last year is one with a salvage value."""
    drawn = drawn_projects(71, 30, losses=losses)
    plant = replace(drawn.plant, life_years=30, salvage_frac=0.15)
    classes = (DepreciationClass(1.0, MACRS_5),)
    salvaged = replace(drawn, plant=plant, depreciation=classes)
    price = 0.15 * np.asarray(plant.installed_cost_usd_nominal)
    bare = replace(salvaged, plant=replace(plant, salvage_frac=0.0), sale=Sale(30, price))
    one, other = pro_forma(salvaged), pro_forma(bare)
    flows = line(one, "owner_flow")
    size = np.abs(flows).max()
    np.testing.assert_allclose(line(other, "owner_flow"), flows, rtol=1e-10, atol=1e-10 * size)
    for name in ("npv_usd_nominal", "irr_frac", "lcoe_real_usd_per_mwh", "llcr", "min_dscr"):
        np.testing.assert_allclose(other.metrics[name], one.metrics[name], rtol=1e-9)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10_000),
    st.sampled_from(["none", "share", "dscr"]),
    st.integers(1, 20),
    st.floats(0.0, 3e8),
    st.booleans(),
)
def test_any_sale_adds_up(
    seed: int, sizing: Sizing, year: int, price: float, everything: bool
) -> None:
    project = drawn_projects(seed, 12, sizing=sizing, losses="used_at_once")
    reserves = replace(project.reserves, maintenance=(EVENT,))
    project = replace(project, reserves=reserves, sale=Sale(year, price), basis="with_loan_fees")
    if everything:
        project = replace(
            project,
            covenants=Covenants(1.6, 1.0, 2),
            mezzanine=Mezzanine(0.2, 0.05, 0.05, 12),
            preferred=Preferred(0.3, 0.1, 15),
            refinancing=Refinancing(5, 0.05, 12, 1.3, 0.02)
            if sizing != "none" and year > 5
            else None,
            debt=replace(project.debt, sweep_frac=0.3),
        )
    found = pro_forma(project)
    assert_it_adds_up(found)
    for name in ("debt", "reserve", "trapped"):
        np.testing.assert_allclose(line(found, f"{name}_balance")[:, year:], 0.0, atol=1e-3)
    assert not line(found, "owner_flow")[:, year + 1 :].any()
    # Every dollar is taxed once: at one rate the tax of all years is that of the sum.
    size = np.abs(line(found, "purchase")).max()
    cut = 0.5 * np.asarray(project.credits.itc_frac) * 0.7
    cost = -line(found, "purchase")[:, 0]
    itc = line(found, "itc").sum(axis=1) / np.asarray(project.credits.transfer_price_frac)
    np.testing.assert_allclose(itc, 2 * cut * cost, rtol=1e-9)
    paid_back = -line(found, "credit_recapture").sum(axis=1)
    names = ("ebitda", "reserve_interest", "interest", "sale", "maintenance", "refinancing_fee")
    profit = sum(line(found, name).sum(axis=1) for name in names)
    profit = profit - cost + cut * cost - 0.5 * paid_back
    if everything:
        junior = line(found, "mezzanine_interest") - line(found, "mezzanine_accrued")
        profit = profit + junior.sum(axis=1)
    state = -line(found, "state_tax").sum(axis=1)
    close = {"rtol": 1e-9, "atol": 1e-9 * size}
    np.testing.assert_allclose(state, np.asarray(project.taxes.state_frac) * profit, **close)
    federal = -line(found, "federal_tax").sum(axis=1)
    rate = np.asarray(project.taxes.federal_frac)
    np.testing.assert_allclose(federal, rate * (profit - state), **close)


def test_lenders_look_at_the_whole_life() -> None:
    """The loan at close is that of a project that is kept; the sale repays what is left."""
    project = drawn_projects(72, 20)
    kept, sold = pro_forma(project), pro_forma(replace(project, sale=Sale(6, 2e8)))
    for name in ("debt_usd_nominal", "uses_usd_nominal", "llcr", "plcr"):
        np.testing.assert_array_equal(sold.metrics[name], kept.metrics[name])
    np.testing.assert_array_equal(
        line(sold, "debt_balance")[:, :6], line(kept, "debt_balance")[:, :6]
    )
    np.testing.assert_array_equal(
        -line(sold, "sale_debt_repaid")[:, 6], line(kept, "debt_balance")[:, 6]
    )


def test_juniors_are_due_at_the_sale() -> None:
    deal = replace(
        DEAL,
        mezzanine=Mezzanine(0.2, 0.05, 0.05, 8),
        preferred=Preferred(0.5, 0.1, 9),
        reserves=Reserves(6.0),
        sale=Sale(2, 900.0),
    )
    found = pro_forma(deal)
    assert not line(found, "mezzanine_balance")[0, 2:].any()
    assert not line(found, "preferred_balance")[0, 2:].any()
    cheap = pro_forma(replace(deal, sale=Sale(2, 100.0)))
    owed = line(cheap, "preferred_balance")[0, 2]
    assert owed > 0
    assert cheap.metrics["preferred_unpaid_usd_nominal"][0] == owed
    assert not line(cheap, "preferred_balance")[0, 3:].any()


def test_sales_that_cannot_be() -> None:
    with pytest.raises(InputError) as caught:
        pro_forma(replace(DEAL, sale=Sale(11)))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - sale.year: year is 11, beyond the life of 10 years. Give a year of the life.\n"
        "  - sale: The sale has no price. Give value_usd_nominal or ebitda_multiple, and not both."
    )
    new = Refinancing(3, 0.05, 5, 1.2)
    with pytest.raises(InputError) as caught:
        pro_forma(replace(DEAL, refinancing=new, sale=Sale(3, 1.0, 2.0)))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - sale: The sale has two prices. Give value_usd_nominal or ebitda_multiple, "
        "and not both.\n"
        "  - refinancing.year: The refinancing is in year 3, the sale in 3. "
        "Give a year before the sale."
    )
    with pytest.raises(InputError, match=r"value_usd_nominal is -5\. Give a price of 0 or more"):
        pro_forma(replace(DEAL, sale=Sale(3, -5.0)))
