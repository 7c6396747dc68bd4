"""All terms of a deal together: arrays of terms, target prices, and texts of faults."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.finance.drawn_projects import drawn_projects
from tests.finance.ledger_sums import assert_it_adds_up, line
from tests.finance.walked_deal import Deal, walk

from gigaplan.finance.depreciation import DepreciationClass
from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Debt, OperatingCosts, Plant, Project, Reserves
from gigaplan.finance.stack_terms import (
    Covenants,
    Mezzanine,
    Preferred,
    Refinancing,
    Sale,
    SizingCase,
)
from gigaplan.finance.target_price import price_for_return
from gigaplan.finance.tax import Credits, Taxes
from gigaplan.terms.errors import InputError

PLANT = Plant(220e6, 100.0, 438_000.0, 25)
DEAL = Project(
    PLANT,
    Contract(52.0),
    debt=Debt(
        "dscr",
        0.06,
        15,
        sweep_frac=0.2,
        cases=(SizingCase("P50", 1.35), SizingCase("P99", 1.05, 0.8)),
    ),
    taxes=Taxes(0.21, 0.05, "carried_forward"),
    credits=Credits(itc_frac=0.3, carbon_usd_per_t=85.0, captured_t_per_year=1e4),
    reserves=Reserves(6.0, 2.0, 0.02),
    covenants=Covenants(1.15, 1.05, 2),
    refinancing=Refinancing(4, 0.05, 14, 1.3, 0.015),
    mezzanine=Mezzanine(0.05, 0.07, 0.03, 12),
    preferred=Preferred(0.4, 0.09, 15),
    sale=Sale(18, ebitda_multiple=6.0),
)


def test_terms_that_differ_are_projects() -> None:
    """Three rows of every term give what the three deals give alone."""

    def deal(row: int | slice) -> Project:
        def some(*values: float) -> np.ndarray:
            return np.array(values)[row]

        return replace(
            DEAL,
            covenants=Covenants(some(1.2, 1.4, 1.9), some(1.0, 1.1, 1.2), 2),
            refinancing=Refinancing(
                4,
                some(0.04, 0.05, 0.06),
                some(12, 13, 14),
                some(1.2, 1.3, 1.4),
                some(0, 0.01, 0.02),
            ),
            mezzanine=Mezzanine(some(0.0, 0.1, 0.2), some(0.05, 0.06, 0.07), 0.02, some(8, 9, 20)),
            preferred=Preferred(some(0.1, 0.4, 0.9), some(0.05, 0.08, 0.2), some(5, 15, 20)),
            sale=Sale(18, some(1e7, 1e8, 2e8)),
        )

    together = pro_forma(deal(slice(None)))
    assert_it_adds_up(together)
    for row in range(3):
        alone = pro_forma(deal(row))
        for name, values in alone.ledger.items():
            np.testing.assert_array_equal(together.ledger[name][row], values[0], err_msg=name)
        for name, values in alone.metrics.items():
            np.testing.assert_array_equal(together.metrics[name][row], values[0], err_msg=name)


def test_every_line_of_a_deal_with_all_terms() -> None:
    found = pro_forma(DEAL)
    assert_it_adds_up(found)
    for name in ("refinancing_drawn", "mezzanine_principal", "preferred_redemption", "sale"):
        assert line(found, name).any()
    assert found.frame().shape[0] == 26
    assert not found.frame().isna().any().any()
    assert found.metrics["mezzanine_unpaid_usd_nominal"][0] == 0.0


def test_a_target_price_with_all_terms() -> None:
    price, found = price_for_return(DEAL, 0.11, 20)
    assert price[0] > 0
    assert found.metrics["irr_frac"][0] == pytest.approx(0.11, rel=1e-9)


def test_all_terms_on_many_projects() -> None:
    terms = ("covenants", "refinancing", "mezzanine", "preferred", "sale")
    drawn = replace(drawn_projects(81, 200), **{name: getattr(DEAL, name) for name in terms})
    found = pro_forma(replace(drawn, covenants=Covenants(1.5), sale=Sale(19, 5e7)))
    assert_it_adds_up(found)
    assert found.metrics["lock_up_years"].max() > 0
    assert np.all(np.isfinite(found.metrics["npv_usd_nominal"]))


def test_years_are_the_same_for_all_projects() -> None:
    wrong = replace(
        DEAL,
        covenants=Covenants(1.2, 1.0, np.array([1, 2])),  # type: ignore[arg-type]
        refinancing=replace(DEAL.refinancing, year=np.array([4, 5])),
        sale=Sale(np.array([[18]]), 1e8),  # type: ignore[arg-type]
    )
    with pytest.raises(InputError) as caught:
        pro_forma(wrong)
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - covenants.clean_tests_to_release: clean_tests_to_release is of the shape (2,). "
        "Give one number for all projects.\n"
        "  - refinancing.year: year is of the shape (2,). Give one number for all projects.\n"
        "  - sale.year: year is of the shape (1, 1). Give one number for all projects."
    )
    with pytest.raises(InputError, match=r"sale\.year: year is 17\.5\. Give a whole number"):
        pro_forma(replace(DEAL, sale=Sale(17.5, 1e8)))  # type: ignore[arg-type]
    same = pro_forma(replace(DEAL, sale=Sale(18.0, ebitda_multiple=6.0)))  # type: ignore[arg-type]
    np.testing.assert_array_equal(line(same, "owner_flow"), line(pro_forma(DEAL), "owner_flow"))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_deal_walked_in_plain_python(seed: int) -> None:
    """Every term at once, with numbers drawn: the owners' flow by a second way."""
    draw = np.random.default_rng(seed)

    def between(low: float, high: float) -> float:
        return float(draw.uniform(low, high))

    sale = int(draw.integers(2, 26))
    new_year = int(draw.integers(1, min(sale, 7)))
    mezzanine = (between(0, 0.3), between(0, 0.12), between(0, 0.08), int(draw.integers(1, 20)))
    preferred = (between(0, 0.8), between(0, 0.15), int(draw.integers(1, 20)))
    schedule = (0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576)
    project = Project(
        Plant(200e6, 100.0, 438_000.0, 25, energy_factor=draw.normal(1.0, 0.15, size=(1, 25))),
        Contract(between(40.0, 70.0), 0.01),
        costs=OperatingCosts(fixed_usd_per_year=between(1e6, 5e6)),
        debt=Debt(
            "dscr",
            between(0.03, 0.09),
            int(draw.integers(8, 18)),
            between(1.1, 1.8),
            most_share_frac=np.inf,
            upfront_fee_frac=0.02,
            sweep_frac=between(0.0, 1.0),
            sweep_from_year=int(draw.integers(1, 6)),
        ),
        taxes=Taxes(between(0.1, 0.3), between(0.0, 0.1), "carried_forward", between(0.5, 1.0)),
        credits=Credits(itc_frac=between(0.0, 0.4), itc_basis_cut_frac=between(0.0, 1.0)),
        reserves=Reserves(between(0.0, 12.0), between(0.0, 6.0), between(0.0, 0.03)),
        depreciation=(DepreciationClass(1.0, schedule),),
        covenants=Covenants(between(0.9, 1.9), 0.5, int(draw.integers(1, 4))),
        refinancing=Refinancing(
            new_year,
            between(0.03, 0.09),
            int(draw.integers(3, 18)),
            between(1.0, 1.8),
            between(0.0, 0.03),
            np.inf,
        ),
        mezzanine=Mezzanine(*mezzanine),
        preferred=Preferred(*preferred),
        sale=Sale(sale, between(1e7, 3e8)),
    )
    kept = pro_forma(replace(project, sale=None))
    running = -line(kept, "upkeep_fixed")[0, 1:]
    debt, taxes, credits, new = project.debt, project.taxes, project.credits, project.refinancing
    assert new is not None
    assert project.covenants is not None
    assert project.sale is not None
    deal = Deal(
        ebitda=line(kept, "ebitda")[0, 1:].tolist(),
        running=running.tolist(),
        cost=200e6,
        interest=debt.interest_frac,
        tenor=debt.tenor_years,
        dscr=debt.dscr,
        fee=0.02,
        sweep=debt.sweep_frac,
        sweep_from=debt.sweep_from_year,
        debt_months=project.reserves.debt_service_months,
        working_months=project.reserves.working_capital_months,
        reserve_interest=project.reserves.interest_frac,
        federal=taxes.federal_frac,
        state=taxes.state_frac,
        cap=taxes.loss_cap_frac,
        itc=credits.itc_frac,
        cut=credits.itc_basis_cut_frac,
        unvested=(1.0, 0.8, 0.6, 0.4, 0.2)[sale - 1] if sale <= 5 else 0.0,
        depreciation=list(schedule),
        lock_up=project.covenants.lock_up_dscr,
        clean_tests=project.covenants.clean_tests_to_release,
        new_year=new_year,
        new_interest=new.interest_frac,
        new_tenor=new.tenor_years,
        new_dscr=new.dscr,
        new_fee=new.fee_frac,
        mezzanine=mezzanine,
        preferred=preferred,
        sale_year=sale,
        price=project.sale.value_usd_nominal,
    )
    owners = line(pro_forma(project), "owner_flow")[0]
    np.testing.assert_allclose(owners[: sale + 1], walk(deal), rtol=1e-9, atol=1e-2)
    assert not owners[sale + 1 :].any()
