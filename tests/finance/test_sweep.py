"""Cash sweeps inside the pro forma: what lenders take early, and what taxes and reserves follow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.finance.drawn_projects import drawn_projects

from gigaplan.finance.debt import level_payment, swept
from gigaplan.finance.kernel import run_many
from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Debt, Plant, Project, Reserves, Sizing
from gigaplan.finance.tax import Taxes
from gigaplan.terms.errors import InputError


def with_sweep(project: Project, share: float | np.ndarray, year: int = 1) -> Project:
    return replace(project, debt=replace(project.debt, sweep_frac=share, sweep_from_year=year))


def test_a_sweep_worked_by_hand() -> None:
    """1000 at 10 %, principal of 250 a year, cash of 500, half of what is left is swept.

    Year 1: service 350, 75 swept, 675 owed. Year 2: 67.5 and 257.5 of the scheduled 325, 87.5
    swept, 330 owed. Year 3: 33 and 267 of 300, and of the 100 that are swept only 63 are owed.
    """
    deal = Project(
        Plant(2000.0, 1.0, 100.0, 5),
        Contract(5.0),
        debt=Debt("share", 0.1, 4, share_frac=0.5, repayment="level_principal", sweep_frac=0.5),
        taxes=Taxes(0.2),
        inflation_frac=0.0,
    )
    line = pro_forma(deal).ledger
    assert line["debt_balance_usd_nominal"][0].tolist() == pytest.approx([1000, 675, 330, 0, 0, 0])
    assert line["interest_usd_nominal"][0, 1:].tolist() == pytest.approx([-100, -67.5, -33, 0, 0])
    assert line["swept_usd_nominal"][0, 1:].tolist() == pytest.approx([-75, -87.5, -63, 0, 0])
    # A fifth of cash less interest; nothing is depreciated.
    tax = -line["federal_tax_usd_nominal"][0, 1:]
    assert tax.tolist() == pytest.approx([80, 86.5, 93.4, 100, 100])
    owners = line["owner_flow_usd_nominal"][0]
    assert owners.tolist() == pytest.approx([-1000, -5, 1, 43.6, 400, 400])
    late = pro_forma(with_sweep(deal, 0.5, 3)).ledger["debt_balance_usd_nominal"][0]
    assert late.tolist() == pytest.approx([1000, 750, 500, 150, 0, 0])


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 10_000),
    st.floats(0.0, 1.0),
    st.integers(1, 12),
    st.sampled_from(["dscr", "share"]),
)
def test_a_sweep_never_lengthens_a_loan(seed: int, share: float, year: int, sizing: Sizing) -> None:
    project = drawn_projects(seed, 20, sizing=sizing)
    plain, early = pro_forma(project), pro_forma(with_sweep(project, share, year))
    before, after = (found.ledger["debt_balance_usd_nominal"] for found in (plain, early))
    close = 1e-9 * before[:, :1] + 1e-9
    assert np.all(after >= 0)
    assert np.all(after <= before + close)
    np.testing.assert_allclose(after[:, :year], before[:, :year], rtol=1e-12, atol=1e-6)
    paid = -early.ledger["principal_usd_nominal"].sum(axis=1)
    np.testing.assert_allclose(paid, before[:, 0], rtol=1e-9)
    # The lender's ratio is about scheduled service: less interest, never less cover.
    assert np.all(early.metrics["min_dscr"] >= plain.metrics["min_dscr"] - 1e-9)


def test_a_sweep_of_nothing_changes_nothing() -> None:
    project = drawn_projects(41, 30)
    plain, none = pro_forma(project), pro_forma(with_sweep(project, 0.0))
    late = pro_forma(with_sweep(project, 0.5, 99))
    for name, values in plain.ledger.items():
        np.testing.assert_array_equal(none.ledger[name], values)
        np.testing.assert_allclose(late.ledger[name], values, rtol=1e-9, atol=1e-3)


def test_the_sweep_of_the_pro_forma_is_that_of_the_loan() -> None:
    plant = Plant(150e6, 100.0, 438_000.0, 25)
    debt = Debt("share", 0.08, 15, share_frac=0.5)
    deal = with_sweep(Project(plant, Contract(45.0), debt=debt, reserves=Reserves(6.0)), 0.6)
    line = pro_forma(deal).ledger
    loan = level_payment(line["debt_balance_usd_nominal"][0, 0], 0.08, 15, 25)
    alone = swept(loan, line["cfads_usd_nominal"][:, 1:], 0.6)
    np.testing.assert_allclose(line["debt_balance_usd_nominal"][:, 1:], alone.balance_usd_nominal)
    # Six months of next year's scheduled service, or of what is left of the loan.
    owed = line["debt_balance_usd_nominal"][0, :-1] * 1.08
    due = np.minimum(loan.service_usd_nominal[0], owed)
    np.testing.assert_allclose(line["reserve_balance_usd_nominal"][0, :-1], due / 2, atol=1e-6)


@pytest.mark.parametrize("sizing", ["dscr", "share", "none"])
def test_the_kernel_knows_sweeps(sizing: Sizing) -> None:
    draw = np.random.default_rng(8)
    project = drawn_projects(42, 100, sizing=sizing)
    project = with_sweep(project, draw.uniform(0.0, 1.0, size=100), 4)
    slow, fast = pro_forma(project), run_many(project, keep_flows=True)
    flows = slow.ledger["owner_flow_usd_nominal"]
    size = np.abs(flows).max()
    assert fast.owner_flow_usd_nominal is not None
    np.testing.assert_allclose(fast.owner_flow_usd_nominal, flows, rtol=1e-9, atol=1e-11 * size)
    for name in set(fast.metrics) & set(slow.metrics):
        near = {"rtol": 1e-8, "atol": 1e-11 * size if "usd_nominal" in name else 1e-9}
        np.testing.assert_allclose(fast.metrics[name], slow.metrics[name], err_msg=name, **near)


def test_shares_that_cannot_be_swept() -> None:
    deal = Project(Plant(150e6, 100.0, 438_000.0, 25), Contract(45.0), debt=Debt("dscr"))
    with pytest.raises(InputError) as caught:
        pro_forma(with_sweep(deal, 1.2, 0))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - debt.sweep_frac: sweep_frac is 1.2. Give a share from 0 to 1.\n"
        "  - debt.sweep_from_year: sweep_from_year is 0. Give a year from 1 to 100."
    )
    grown = replace(deal, debt=replace(deal.debt, negative_amortisation=True))
    with pytest.raises(InputError, match="A loan that may grow is sized on cases, or swept"):
        pro_forma(with_sweep(grown, 0.5))
