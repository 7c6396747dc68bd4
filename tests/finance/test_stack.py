"""All terms of a deal together: arrays of terms, target prices, and texts of faults."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.finance.drawn_projects import drawn_projects
from tests.finance.ledger_sums import assert_it_adds_up, line

from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Debt, Plant, Project, Reserves
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
