"""The compiled kernel against the pro forma, number by number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.finance.drawn_projects import drawn_projects

from gigaplan.finance.kernel import run_many
from gigaplan.finance.present_value import npv
from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Debt, Plant, Project, Repayment, Sizing
from gigaplan.finance.reserves import MajorMaintenance
from gigaplan.finance.tax import Losses
from gigaplan.finance.two_tier import two_tier_split
from gigaplan.finance.yearly_returns import irr
from gigaplan.terms.errors import InputError

DEALS: list[tuple[Sizing, Repayment, Losses, bool]] = [
    ("dscr", "level_payment", "carried_forward", False),
    ("dscr", "level_payment", "used_at_once", True),
    ("share", "level_payment", "carried_forward", False),
    ("share", "level_principal", "used_at_once", True),
    ("none", "level_payment", "carried_forward", False),
]


@pytest.mark.parametrize(("sizing", "repayment", "losses", "as_in_sam"), DEALS)
def test_the_kernel_is_the_pro_forma(
    sizing: Sizing, repayment: Repayment, losses: Losses, as_in_sam: bool
) -> None:
    project = drawn_projects(1, 300, sizing=sizing, losses=losses)
    debt = replace(
        project.debt, repayment=repayment, negative_amortisation=as_in_sam, fee_once=as_in_sam
    )
    project = replace(
        project, debt=debt, basis="without_loan_fees" if as_in_sam else "with_loan_fees"
    )
    slow, fast = pro_forma(project), run_many(project, keep_flows=True)
    flows = slow.ledger["owner_flow_usd_nominal"]
    size = np.abs(flows).max()
    assert fast.owner_flow_usd_nominal is not None
    np.testing.assert_allclose(fast.owner_flow_usd_nominal, flows, rtol=1e-10, atol=1e-12 * size)
    np.testing.assert_array_equal(fast.irr_status, slow.irr_status)
    for name in set(fast.metrics) & set(slow.metrics):
        near = {"rtol": 1e-10, "atol": 1e-12 * size if "usd_nominal" in name else 1e-12}
        np.testing.assert_allclose(fast.metrics[name], slow.metrics[name], err_msg=name, **near)


def test_the_two_tiers() -> None:
    project = drawn_projects(2, 200)
    preferred, promote = np.linspace(0.0, 0.15, 200), np.linspace(0.1, 0.5, 200)
    fast = run_many(project, preferred_frac=preferred, promote_frac=promote)
    slow = pro_forma(project)
    flows = slow.ledger["owner_flow_usd_nominal"]
    investors, sponsor = two_tier_split(flows, preferred, promote)
    np.testing.assert_allclose(investors + sponsor, flows, rtol=1e-12, atol=1e-6)
    real, inflation = project.real_discount_frac, project.inflation_frac
    rate = (1 + np.asarray(real)) * (1 + np.asarray(inflation)) - 1
    close = {"rtol": 1e-10, "atol": 1e-5}
    found = fast.metrics
    np.testing.assert_allclose(found["investor_npv_usd_nominal"], npv(investors, rate), **close)
    np.testing.assert_allclose(found["sponsor_npv_usd_nominal"], npv(sponsor, rate), **close)
    theirs = irr(investors)
    np.testing.assert_allclose(found["investor_irr_frac"], theirs.rate_frac, rtol=1e-10)
    # Where the sponsor shares, investors have had their preferred return.
    sure = (theirs.status == "one") & (sponsor.sum(axis=1) > 1.0)
    assert np.all(theirs.rate_frac[sure] >= preferred[sure] - 1e-9)


def test_one_set_of_numbers_for_many_draws() -> None:
    """Numbers that do not change are packed once; draws change only what they draw."""
    draws = np.random.default_rng(3).normal(1.0, 0.1, size=(50, 25)).clip(0.2)
    plant = Plant(150e6, 100.0, 438_000.0, 25)
    project = Project(plant, Contract(45.0, price_factor=draws), debt=Debt("dscr", 0.06, 15, 1.5))
    slow, fast = pro_forma(project).metrics, run_many(project).metrics
    assert fast["npv_usd_nominal"].shape == (50,)
    np.testing.assert_allclose(fast["npv_usd_nominal"], slow["npv_usd_nominal"], rtol=1e-10)
    one = run_many(replace(project, contract=Contract(45.0, price_factor=draws[7:8])))
    assert one.metrics["npv_usd_nominal"][0] == fast["npv_usd_nominal"][7]


def test_a_loan_sized_on_a_base_case() -> None:
    """The loan stays what it was at close; bad draws are paid for by the owners."""
    years = 25
    plant = Plant(150e6, 100.0, 438_000.0, years)
    base = Project(plant, Contract(45.0), debt=Debt("dscr", 0.06, 15, 1.4, upfront_fee_frac=0.02))
    owed = pro_forma(base).ledger["debt_balance_usd_nominal"]
    draws = np.random.default_rng(4).normal(1.0, 0.25, size=(400, years)).clip(0.05)
    given = replace(
        base,
        contract=Contract(45.0, price_factor=draws),
        debt=replace(base.debt, sizing="given", balance_usd_nominal=owed),
    )
    slow, fast = pro_forma(given), run_many(given)
    same = run_many(replace(given, contract=base.contract)).metrics
    for name, values in run_many(base).metrics.items():
        np.testing.assert_allclose(same[name], values, rtol=1e-10, err_msg=name)
    for name in set(fast.metrics) & set(slow.metrics):
        near = {"rtol": 1e-10, "atol": 1e-5 if "usd_nominal" in name else 1e-12}
        np.testing.assert_allclose(fast.metrics[name], slow.metrics[name], err_msg=name, **near)
    assert np.all(fast.metrics["debt_usd_nominal"] == owed[0, 0])
    assert fast.metrics["min_dscr"].min() < 1.0
    with pytest.raises(InputError) as caught:
        pro_forma(replace(given, debt=replace(given.debt, balance_usd_nominal=owed[:, :-1])))
    assert str(caught.value) == (
        "The finance of a project cannot be worked out.\n"
        "  - debt.balance_usd_nominal: balance_usd_nominal is of the shape (1, 25). "
        "Give one row, or one for each project, with 26 balances: years 0 to the end."
    )


def test_maintenance_is_left_out() -> None:
    project = drawn_projects(1, 2)
    event = MajorMaintenance(1e6, 5, (1.0,))
    with pytest.raises(InputError) as caught:
        run_many(replace(project, reserves=replace(project.reserves, maintenance=(event,))))
    assert str(caught.value) == (
        "The kernel cannot work out this project.\n"
        "  - reserves.maintenance: 1 events of major maintenance are saved for. "
        "Use pro_forma, or put their cost into costs.fixed_usd_per_year."
    )


def test_faults_are_told_as_by_the_pro_forma() -> None:
    project = replace(drawn_projects(1, 3), inflation_frac=np.array([0.02, 2.0, np.nan]))
    with pytest.raises(InputError, match="inflation_frac is 2 for project 1, nan for project 2"):
        run_many(project)
