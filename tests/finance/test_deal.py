"""Deals: construction, operation and owners of one project hang together to the last dollar."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from gigaplan.finance.construction_loan import ConstructionTerms
from gigaplan.finance.deal import Deal, close_deals
from gigaplan.finance.proforma import pro_forma
from gigaplan.finance.project import Contract, Debt, OperatingCosts, Plant, Project, Reserves
from gigaplan.finance.returns import dated_rate_of_return
from gigaplan.finance.tax import Taxes
from gigaplan.finance.tiers import CatchUp, PreferredReturn, ReturnOfCapital, Split
from gigaplan.terms.errors import InputError

TIERS = (ReturnOfCapital(), PreferredReturn(0.08), CatchUp(0.2), Split(0.8, 0.2))
CAMPUS = Project(
    plant=Plant(0.0, 250.0, 250 * 8760.0, 20),
    contract=Contract(price_usd_per_mwh=110.0, escalation_frac=0.02),
    costs=OperatingCosts(capacity_usd_per_mw_year=90_000.0),
    debt=Debt("dscr", interest_frac=0.066, tenor_years=15, dscr=1.3, upfront_fee_frac=0.02),
    taxes=Taxes(0.21, 0.05),
    reserves=Reserves(debt_service_months=6),
)


def deal(name: str = "campus", **changed: object) -> Deal:
    base = Deal(
        name=name,
        project=CAMPUS,
        opens=datetime.date(2028, 7, 1),
        capex_usd_nominal=np.linspace(40e6, 120e6, 18),
        construction=ConstructionTerms(0.6, 0.07, 0.005, 0.01),
        equity={"North": 0.7, "Sponsor": 0.3},
        debt={"Bank": 1.0},
        tiers=TIERS,
    )
    return replace(base, **changed)  # type: ignore[arg-type]


def test_sources_pay_every_use_and_owners_flows_add_up() -> None:
    (closed,) = close_deals([deal()])
    uses = closed.pro_forma.metrics["uses_usd_nominal"][0]
    debt = closed.pro_forma.metrics["debt_usd_nominal"][0]
    opening = closed.dates.index(datetime.date(2028, 7, 1))
    assert -closed.owner_flow_usd_nominal[: opening + 1].sum() == pytest.approx(uses - debt)
    spent = closed.construction.uses_usd_nominal.sum()
    held = closed.pro_forma.ledger["reserve_balance_usd_nominal"][0, 0]
    fee = 0.02 * debt
    assert uses == pytest.approx(spent + held + fee)
    together = sum(closed.flows_by_owner().values())
    np.testing.assert_allclose(together, closed.owner_flow_usd_nominal, atol=1e-3)


def test_days_run_from_close_through_every_anniversary() -> None:
    (closed,) = close_deals([deal()])
    assert closed.dates[0] == datetime.date(2027, 1, 1)
    assert closed.dates[18] == datetime.date(2028, 7, 1)
    assert closed.dates[-1] == datetime.date(2048, 7, 1)
    assert len(closed.dates) == len(closed.owner_flow_usd_nominal) == 19 + 20


def test_rate_of_return_is_that_of_pyxirr() -> None:
    (closed,) = close_deals([deal()])
    for flow in closed.flows_by_owner().values():
        ours = dated_rate_of_return(closed.dates, flow)
        assert ours.rate_frac == pytest.approx(pyxirr.xirr(closed.dates, flow), abs=1e-9)


def test_deals_of_different_lives_and_terms_come_out_as_each_by_itself() -> None:
    short = replace(CAMPUS, plant=replace(CAMPUS.plant, life_years=12))
    short = replace(short, debt=replace(CAMPUS.debt, tenor_years=9))
    lent = replace(CAMPUS, debt=Debt("share", share_frac=0.5))
    deals = [deal("a"), deal("b", project=short), deal("c", project=lent), deal("d")]
    together = close_deals(deals)
    for one, closed in zip(deals, together, strict=True):
        (alone,) = close_deals([one])
        assert closed.deal.name == one.name
        np.testing.assert_allclose(
            closed.owner_flow_usd_nominal, alone.owner_flow_usd_nominal, rtol=1e-12, atol=1e-6
        )
    assert len(together[1].dates) == 19 + 12


def test_operation_is_the_pro_forma_of_the_cost_that_construction_brought() -> None:
    (closed,) = close_deals([deal()])
    alone = pro_forma(closed.deal.project)
    np.testing.assert_array_equal(
        closed.pro_forma.ledger["owner_flow_usd_nominal"],
        alone.ledger["owner_flow_usd_nominal"],
    )


@given(
    share=st.floats(0.0, 0.8),
    price=st.floats(20.0, 200.0),
    north=st.floats(0.0, 1.0),
    months=st.integers(1, 48),
)
def test_owners_get_what_the_project_pays_whatever_its_terms(
    share: float, price: float, north: float, months: int
) -> None:
    project = replace(CAMPUS, contract=Contract(price))
    (closed,) = close_deals(
        [
            deal(
                project=project,
                capex_usd_nominal=np.full(months, 1.5e9 / months),
                construction=ConstructionTerms(share, 0.07, 0.005, 0.01),
                equity={"North": north, "Sponsor": 1.0 - north},
            )
        ]
    )
    flows = closed.flows_by_owner()
    np.testing.assert_allclose(sum(flows.values()), closed.owner_flow_usd_nominal, atol=1e-2)
    paid = closed.shared.investor + closed.shared.partner
    np.testing.assert_allclose(paid, np.maximum(closed.owner_flow_usd_nominal, 0), atol=1e-2)


def test_shares_that_do_not_add_up_are_refused() -> None:
    wrong = [
        deal("one", equity={"North": 0.7}),
        deal("two", opens=datetime.date(2028, 7, 2)),
        deal("three", debt={}),
    ]
    with pytest.raises(InputError) as raised:
        close_deals(wrong)
    told = [(fault.where, fault.what) for fault in raised.value.faults]
    assert told == [
        ("deal one", "The shares of equity add to 0.7."),
        ("deal two", "It opens on 2028-07-02."),
        ("deal three", "There is nobody who gives debt."),
    ]


def test_who_pays_month_by_month_pays_what_the_months_need() -> None:
    first = np.r_[np.ones(9), np.zeros(10)]
    monthly = tuple(np.r_[np.zeros(6), np.full(13, 0.7)])
    (closed,) = close_deals(
        [
            deal(
                equity={"North": first, "Sponsor": 1.0 - first},
                construction=ConstructionTerms(
                    0.0, 0.07, 0.005, 0.01, monthly_debt_share_frac=monthly
                ),
                tiers=(Split(1.0, 0.0),),
            )
        ]
    )
    ledger = closed.construction
    np.testing.assert_allclose(
        ledger.debt_usd_nominal, np.array(monthly) * ledger.uses_usd_nominal, rtol=1e-12
    )
    assert ledger.balance_usd_nominal[-1] == pytest.approx(ledger.loan_usd_nominal, rel=1e-12)
    flows = closed.flows_by_owner()
    np.testing.assert_allclose(flows["North"][:9], -ledger.equity_usd_nominal[:9])
    assert not flows["North"][9:18].any()
    np.testing.assert_allclose(sum(flows.values()), closed.owner_flow_usd_nominal, atol=1e-3)


def test_lenders_earn_their_rate_and_the_fees() -> None:
    bare = replace(CAMPUS, debt=replace(CAMPUS.debt, upfront_fee_frac=0.0))
    (closed,) = close_deals(
        [
            deal(
                project=bare,
                capex_usd_nominal=np.full(12, 150e6),
                construction=ConstructionTerms(0.6, 0.066),
                debt={"Bank": 0.25, "Bonds": 0.75},
            )
        ]
    )
    flows = closed.flows_by_lender()
    np.testing.assert_allclose(flows["Bonds"], 3.0 * flows["Bank"])
    debt = closed.pro_forma.metrics["debt_usd_nominal"][0]
    opening = closed.dates.index(closed.deal.opens)
    assert pyxirr.npv(0.066, [-0.25 * debt, *flows["Bank"][opening + 1 :]]) == pytest.approx(
        0.0, abs=1e-3
    )


def test_each_lender_earns_its_own_rate_on_the_term_loan() -> None:
    bare = replace(CAMPUS, debt=replace(CAMPUS.debt, upfront_fee_frac=0.0))
    rates = {"Bank": 0.06, "Fund": 0.09}
    (closed,) = close_deals(
        [
            deal(
                project=bare,
                construction=ConstructionTerms(0.6, 0.0),
                debt={"Bank": 0.75, "Fund": 0.25},
                lender_rates_frac=rates,
            )
        ]
    )
    opening = closed.dates.index(closed.deal.opens)
    debt = closed.pro_forma.metrics["debt_usd_nominal"][0]
    paid = (
        -closed.pro_forma.ledger["interest_usd_nominal"][0]
        - (closed.pro_forma.ledger["principal_usd_nominal"][0])
    )
    flows = closed.flows_by_lender()
    np.testing.assert_allclose(sum(flows.values())[opening + 1 :], paid[1:], rtol=1e-12)
    for name, rate in rates.items():
        lent = closed.lent()[name] * debt
        worth = pyxirr.npv(rate, [-lent, *flows[name][opening + 1 :]])
        assert worth == pytest.approx(0.0, abs=1e-3)
