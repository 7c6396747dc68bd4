"""Mezzanine and preferred equity: paid from the cash there is, and what accrues when it lacks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.finance.drawn_projects import drawn_projects
from tests.finance.ledger_sums import assert_it_adds_up, line

from gigaplan.finance.present_value import npv
from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Debt, Plant, Project, Sizing
from gigaplan.finance.stack_terms import Covenants, Mezzanine, Preferred
from gigaplan.finance.tax import Losses, Taxes
from gigaplan.terms.errors import InputError

DEAL = Project(Plant(1000.0, 1.0, 100.0, 6), Contract(3.0), taxes=Taxes(0.0), inflation_frac=0.0)


def test_a_mezzanine_by_hand() -> None:
    """400 at 5 % in cash and 5 % that accrues, over two years.

    Year 1: 20 paid, 420 owed, half of it due. Year 2: 10.5 paid, 220.5 due.
    """
    found = pro_forma(replace(DEAL, mezzanine=Mezzanine(0.4, 0.05, 0.05, 2)))
    assert line(found, "mezzanine_balance")[0].tolist() == pytest.approx([400, 210, 0, 0, 0, 0, 0])
    assert line(found, "mezzanine_interest")[0, 1:3].tolist() == pytest.approx([-20, -10.5])
    assert line(found, "mezzanine_accrued")[0, 1:3].tolist() == pytest.approx([20, 10.5])
    assert line(found, "owner_flow")[0, :4].tolist() == pytest.approx([-600, 70, 69, 300])
    assert found.metrics["mezzanine_unpaid_usd_nominal"][0] == 0.0
    assert found.metrics["equity_usd_nominal"][0] == 600.0


def test_interest_that_cash_does_not_pay_accrues() -> None:
    """Cash of 30 a year, 40 due: all of it is taken until the debt of 436.4 is left in year 3."""
    poor = replace(DEAL, contract=Contract(0.3), mezzanine=Mezzanine(0.4, 0.10, 0.0, 3))
    found = pro_forma(poor)
    owed = [400.0, 410.0, 421.0, 433.1, 446.41]
    assert line(found, "mezzanine_balance")[0, :5].tolist() == pytest.approx(owed)
    assert line(found, "mezzanine_interest")[0, 1:].tolist() == pytest.approx([-30.0] * 6)
    assert found.metrics["mezzanine_unpaid_usd_nominal"][0] == pytest.approx(433.1)
    assert not line(found, "owner_flow")[0, 1:].any()


def test_interest_lowers_tax() -> None:
    """All interest lowers the income of its year, paid or accrued."""
    taxed = replace(DEAL, taxes=Taxes(0.25), mezzanine=Mezzanine(0.3, 0.05, 0.05, 2))
    tax = -line(pro_forma(taxed), "federal_tax")[0, 1:4]
    assert tax.tolist() == pytest.approx([67.5, 0.25 * (300 - 15.75), 75.0])


def test_preferred_equity_by_hand() -> None:
    """300 at 10 %: 30 a year, all back in year 3; with cash of 20 a year it grows by 10 %."""
    terms = Preferred(0.3, 0.10, 3)
    found = pro_forma(replace(DEAL, preferred=terms))
    assert line(found, "preferred_return")[0].tolist() == pytest.approx(
        [0, -30, -30, -30, -3, 0, 0]
    )
    assert line(found, "preferred_redemption")[0, 3] == pytest.approx(-270.0)
    # 270 of 300 in year 3, and the rest with a return of 3 in year 4.
    assert found.metrics["preferred_unpaid_usd_nominal"][0] == pytest.approx(30.0)
    assert line(found, "preferred_redemption")[0, 4] == pytest.approx(-30.0)
    assert line(found, "owner_flow")[0].tolist() == pytest.approx(
        [-700, 270, 270, 0, 267, 300, 300]
    )
    poor = pro_forma(replace(DEAL, contract=Contract(0.2), preferred=terms))
    owed = [300 * 1.1**t - 20 * (1.1**t - 1) / 0.1 for t in range(7)]
    assert line(poor, "preferred_balance")[0].tolist() == pytest.approx(owed)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10_000),
    st.sampled_from(["none", "share", "dscr"]),
    st.sampled_from(["used_at_once", "carried_forward"]),
    st.floats(0.0, 1.0),
    st.tuples(st.floats(0.0, 0.2), st.floats(0.0, 0.2)),
    st.integers(1, 20),
    st.floats(0.0, 1.0),
    st.floats(0.0, 0.2),
)
def test_juniors_are_paid_from_the_cash_there_is(
    seed: int,
    sizing: Sizing,
    losses: Losses,
    share: float,
    rates: tuple[float, float],
    tenor: int,
    of_equity: float,
    wanted: float,
) -> None:
    project = drawn_projects(seed, 12, sizing=sizing, losses=losses)
    found = pro_forma(
        replace(
            project,
            mezzanine=Mezzanine(share, *rates, tenor),
            preferred=Preferred(of_equity, wanted, tenor),
            covenants=Covenants(1.5, 1.0, 2),
        )
    )
    assert_it_adds_up(found)
    size = np.abs(line(found, "purchase")).max()
    paid = {
        "mezzanine": line(found, "mezzanine_interest") + line(found, "mezzanine_principal"),
        "preferred": line(found, "preferred_return") + line(found, "preferred_redemption"),
    }
    owners = line(found, "owner_flow")
    below = owners[:, 1:] < -1e-9 * size
    last = np.asarray(project.plant.life_years).astype(int)
    rows = np.arange(last.size)
    for name, flow in paid.items():
        # Nothing is paid in a year in which owners pay in.
        assert np.all(np.abs(flow[:, 1:][below]) <= 1e-9 * size)
        # To holders a balance at the end is all that is missing of their return.
        balance = line(found, f"{name}_balance")
        flows = -flow - line(found, f"{name}_drawn")
        flows[rows, last] += balance[rows, last]
        rate = sum(rates) if name == "mezzanine" else wanted
        np.testing.assert_allclose(npv(flows, rate), 0.0, atol=1e-8 * size)
        unpaid = found.metrics[f"{name}_unpaid_usd_nominal"]
        np.testing.assert_allclose(unpaid, balance[:, tenor], atol=1e-9 * size)
        # Owners get nothing while something is overdue, in years without lock-up.
        overdue = (balance[:, tenor:] > 1e-6 * size) & (np.arange(tenor, 31) <= last[:, None])
        assert np.all(owners[:, tenor:][overdue] <= 1e-9 * size)


def test_nothing_junior_changes_nothing() -> None:
    project = drawn_projects(61, 30, losses="carried_forward")
    plain = pro_forma(project)
    none = pro_forma(
        replace(project, mezzanine=Mezzanine(0.0, 0.12), preferred=Preferred(0.0, 0.1, 5))
    )
    for name, values in plain.ledger.items():
        np.testing.assert_array_equal(none.ledger[name], values)
    for name, values in plain.metrics.items():
        np.testing.assert_array_equal(none.metrics[name], values)


def test_a_return_is_a_rate_of_return() -> None:
    """What holders pay and get has the return of the terms, as a spreadsheet finds it."""
    found = pro_forma(replace(DEAL, preferred=Preferred(0.5, 0.09, 5)))
    flows = -(line(found, "preferred_return") + line(found, "preferred_redemption"))
    flows -= line(found, "preferred_drawn")
    assert pyxirr.irr(flows[0]) == pytest.approx(0.09)


def test_mezzanine_fills_what_the_senior_loan_leaves() -> None:
    senior = replace(DEAL, debt=Debt("share", 0.05, 5, share_frac=0.7))
    found = pro_forma(replace(senior, mezzanine=Mezzanine(0.5, 0.1, 0.0, 5)))
    assert found.metrics["mezzanine_usd_nominal"][0] == pytest.approx(300.0)
    assert found.metrics["equity_usd_nominal"][0] == pytest.approx(0.0)


def test_junior_terms_that_cannot_be_used() -> None:
    wrong = replace(
        DEAL, mezzanine=Mezzanine(1.2, -0.1, 0.0, 0), preferred=Preferred(-0.1, 0.1, 3.5)
    )
    with pytest.raises(InputError) as caught:
        pro_forma(wrong)
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - mezzanine.share_frac: share_frac is 1.2. Give a share from 0 to 1.\n"
        "  - mezzanine.cash_interest_frac: cash_interest_frac is -0.1. Give a rate from 0 to 1.\n"
        "  - mezzanine.tenor_years: tenor_years is 0. Give 1 to 100 years.\n"
        "  - preferred.share_frac: share_frac is -0.1. Give a share from 0 to 1."
    )
    late = replace(DEAL, mezzanine=Mezzanine(0.2, 0.1), preferred=Preferred(0.1, 0.1, 3.5))
    with pytest.raises(InputError) as caught:
        pro_forma(late)
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - mezzanine.tenor_years: tenor_years is 10, beyond the life of 6 years. "
        "Shorten the loan.\n"
        "  - preferred.redemption_year: redemption_year is 3.5. Give a whole number."
    )


def test_a_published_note_that_is_paid_in_kind() -> None:
    """Financial Edge Training, "PIK Interest Workout": 7.4 million at 6 % are 10 million in year 5.

    Nothing is earned before year 5, so that all is due and paid then.
    """
    late = replace(
        DEAL,
        plant=replace(DEAL.plant, installed_cost_usd_nominal=7.4),
        contract=Contract(1.0, price_factor=np.array([[0.0, 0, 0, 0, 1, 1]])),
        mezzanine=Mezzanine(1.0, 0.0, 0.06, 5),
    )
    found = pro_forma(late)
    assert round(-line(found, "mezzanine_principal")[0, 5]) == 10
    assert line(found, "mezzanine_balance")[0, 1] == pytest.approx(7.4 + 0.444)
    assert found.metrics["mezzanine_unpaid_usd_nominal"][0] == 0.0
