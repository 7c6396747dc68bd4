"""Power bills: shares that add up, a tariff that protects, and a programme that is empty."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from tests.dealbook.conftest import facts_of
from tests.economy.accounts import account, drawn_accounts
from tests.workflow.test_run import tiny

import gigaplan
from gigaplan.dealbook import PlanFacts
from gigaplan.economy.accounts import Account
from gigaplan.economy.bills import TARIFFS, Tariff, shares, tariff_by_law
from gigaplan.inputs.scenario import Scenario
from gigaplan.plan.tables import Plan, check_tables

CENTS = 1e-6


@pytest.fixture(scope="module")
def plan() -> Plan:
    return gigaplan.run(tiny(counterfactual={"solve": True}))


@pytest.fixture(scope="module")
def facts(plan: Plan) -> PlanFacts:
    return facts_of(plan)


def empty() -> Scenario:
    """Return a scenario whose programme is asked for nothing."""
    content = tiny(counterfactual={"solve": True}).model_dump()
    content["compute"]["target"]["by_year"] = {2028: 0.0, 2030: 0.0}
    return Scenario.model_validate(content)


def item(plan: Plan, name: str) -> pd.DataFrame:
    """Return an item of the counterfactual by state and year."""
    table = plan.tables["counterfactual"]
    return table[table["item"] == name].set_index(["zone", "year"])


class TestShares:
    """Who pays what power costs."""

    # 80 TWh of customers cost 3,200 without the programme. With 20 TWh of campuses power costs
    # 4,500: 2,900 for energy, 1,600 for wires and capacity, of which 1,200 were there before.
    before = account(load_twh=80, running=2000, fixed=1200)
    after = account(
        load_twh=80, campus_twh=20, running=2900, fixed=1200, capacity=300, wires=100,
        campus_worth=800,
    )  # fmt: skip

    def test_without_a_tariff_everybody_pays_the_mean(self) -> None:
        paid = shares(self.after, self.before, "off")
        assert paid.customers.item() == pytest.approx(4500 * 0.8)
        assert paid.campuses.item() == pytest.approx(4500 * 0.2)

    def test_with_one_campuses_pay_the_market_and_what_they_cause(self) -> None:
        """800 for energy and 400 for wires and capacity; 100 of dearer energy stay with others."""
        paid = shares(self.after, self.before, "on")
        assert paid.campuses.item() == pytest.approx(800 + 400)
        assert paid.customers.item() == pytest.approx(3200 + 100)

    def test_campuses_make_good_what_they_cause_and_no_more(self) -> None:
        """At a market price of 2,000 they would pay 2,400; power costs 1,300 more."""
        dear = account(
            load_twh=80, campus_twh=20, running=2900, fixed=1200, capacity=300, wires=100,
            campus_worth=2000,
        )  # fmt: skip
        paid = shares(dear, self.before, "on")
        assert paid.customers.item() == pytest.approx(3200)
        assert paid.campuses.item() == pytest.approx(1300)

    def test_where_the_mean_is_less_everybody_gains(self) -> None:
        """Campuses that share old wires bring the mean below what it was."""
        cheap = account(load_twh=80, campus_twh=20, running=2100, fixed=1200, campus_worth=100)
        paid = shares(cheap, self.before, "on")
        assert paid.customers.item() == pytest.approx(3300 * 0.8)

    def test_without_campuses_there_is_nobody_else_to_pay(self) -> None:
        neighbour = account(load_twh=80, running=2400, fixed=1200)
        assert shares(neighbour, self.before, "on").customers.item() == 3600

    @pytest.mark.parametrize("tariff", TARIFFS)
    @given(both=drawn_accounts())
    def test_no_money_appears_or_vanishes(
        self, tariff: Tariff, both: tuple[Account, Account]
    ) -> None:
        """What customers and campuses pay more is what power costs more, in every state."""
        planned, otherwise = both
        paid = shares(planned, otherwise, tariff)
        more = (paid.customers - otherwise.passed_on) + paid.campuses
        change = planned.passed_on - otherwise.passed_on
        assert np.allclose(more, change, rtol=1e-12, atol=CENTS)
        assert more.sum() == pytest.approx(change.sum(), rel=1e-12, abs=CENTS)

    @given(both=drawn_accounts())
    def test_the_tariff_never_makes_customers_pay_more(self, both: tuple[Account, Account]) -> None:
        planned, otherwise = both
        off, on = (shares(planned, otherwise, tariff) for tariff in TARIFFS)
        assert (on.customers <= off.customers).all()

    @given(both=drawn_accounts())
    def test_campuses_pay_no_more_than_the_mean_or_what_they_cause(
        self, both: tuple[Account, Account]
    ) -> None:
        planned, otherwise = both
        off, on = (shares(planned, otherwise, tariff) for tariff in TARIFFS)
        change = planned.passed_on - otherwise.passed_on
        assert (on.campuses <= np.maximum(off.campuses, change) + CENTS).all()

    @pytest.mark.parametrize("tariff", TARIFFS)
    @given(both=drawn_accounts())
    def test_what_changes_nothing_changes_no_bill(
        self, tariff: Tariff, both: tuple[Account, Account]
    ) -> None:
        _, otherwise = both
        paid = shares(otherwise, otherwise, tariff)
        assert np.array_equal(paid.customers, otherwise.passed_on)
        assert not paid.campuses.any()


def test_states_add_up_to_what_power_costs_in_the_plan(plan: Plan) -> None:
    """Every dollar of the power system is in the bill of one state or paid by the programme."""
    power = [
        "fuel",
        "variable O&M",
        "carbon price",
        "credits on output",
        "fixed O&M",
        "energy capital",
    ]
    costs = plan.tables["costs"]
    costs = costs[costs["category"].isin([*power, "transmission capital"])]
    paid = item(plan, "cost passed on") + item(plan, "paid by the programme")
    by_year = paid["with_programme"].groupby("year").sum()
    theirs = costs.groupby("year")["cost_usd2025_m_per_yr"].sum()
    assert by_year.tolist() == pytest.approx(theirs.reindex(by_year.index).tolist(), rel=1e-9)


@pytest.mark.parametrize("name", ["energy bought", "firm capacity bought"])
def test_states_together_buy_nothing(plan: Plan, name: str) -> None:
    columns = ["with_programme", "without_programme", "difference"]
    bought = item(plan, name)[columns]
    assert bought.abs().to_numpy().max() > 1.0
    assert bought.groupby("year").sum().abs().to_numpy().max() < 1e-6


def test_bills_add_up_to_the_change_of_cost(plan: Plan) -> None:
    bills = plan.tables["bills"]
    paid = bills["customers_change_usd2025_m_per_yr"] + bills["campuses_pay_usd2025_m_per_yr"]
    change = bills["passed_on_change_usd2025_m_per_yr"]
    assert paid.tolist() == pytest.approx(change.tolist(), abs=CENTS)
    listed = item(plan, "cost passed on")["difference"]
    once = bills[bills["tariff"] == "off"].set_index(["zone", "year"])
    same = once["passed_on_change_usd2025_m_per_yr"].reindex(listed.index)
    assert same.tolist() == pytest.approx(listed.tolist())


def test_prices_begin_at_those_of_today(plan: Plan, facts: PlanFacts) -> None:
    """In the first year the counterfactual costs what power costs today."""
    bills = plan.tables["bills"]
    first = bills[(bills["year"] == 2028) & (bills["tariff"] == "off")].set_index("zone")
    table = facts.dataset.table("retail_prices")
    today = table[table["sector"] == "all"].set_index("zone")["price_usd_nominal_per_mwh"]
    lifted = today[first.index] * 128.75 / 105.59
    assert first["retail_without_usd2025_per_mwh"].tolist() == pytest.approx(lifted.tolist())


def test_a_household_pays_for_what_it_uses(plan: Plan) -> None:
    bills = plan.tables["bills"]
    month = bills["change_usd2025_per_mwh"] * 0.899
    assert bills["household_usd2025_per_month"].tolist() == pytest.approx(month.tolist())
    retail = bills["retail_with_usd2025_per_mwh"] - bills["retail_without_usd2025_per_mwh"]
    assert bills["change_usd2025_per_mwh"].tolist() == pytest.approx(retail.tolist())


def test_states_with_a_tariff_have_it_by_law(plan: Plan, facts: PlanFacts) -> None:
    """Of the three, all have one: Kansas from 2025-11, Oklahoma and Texas from 2025."""
    law = tariff_by_law(facts)
    assert law == {(zone, year) for zone in ("KS", "OK", "TX") for year in (2028, 2030)}
    bills = plan.tables["bills"]
    assert (bills.groupby(["zone", "year"])["by_law"].sum() == 1).all()
    assert set(bills.loc[bills["by_law"] == 1, "tariff"]) == {"on"}


def test_co2_of_states_adds_up(plan: Plan) -> None:
    effect = plan.tables["carbon_effect"].set_index(["zone", "year"])
    listed = plan.tables["emissions"].groupby(["zone", "year"])["co2_kt"].sum()
    assert effect["co2_with_kt"].tolist() == pytest.approx(listed.reindex(effect.index).tolist())
    by_year = effect.groupby("year").sum()
    assert by_year["attributed_kt"].tolist() == pytest.approx(by_year["difference_kt"].tolist())
    rate = by_year["difference_kt"] * 1e-3 / by_year["campus_use_twh"]
    for year, value in rate.items():
        own = effect.xs(year, level="year")["marginal_t_per_mwh"]
        assert own.tolist() == pytest.approx([value] * len(own))


def test_an_empty_programme_changes_nothing_at_all() -> None:
    """Exactly zero, not nearly."""
    plan = gigaplan.run(empty())
    assert check_tables(plan.tables) == []
    assert len(plan.tables["counterfactual"])
    assert not plan.tables["counterfactual"]["difference"].any()
    assert not plan.tables["carbon_effect"][["difference_kt", "attributed_kt"]].any().any()
    bills = plan.tables["bills"]
    changes = [name for name in bills if "change" in name or name.startswith("household")]
    assert len(changes) == 4
    assert not bills[[*changes, "campuses_pay_usd2025_m_per_yr"]].any().any()


def test_an_empty_programme_is_solved_to_the_same_cost_without_it() -> None:
    """So that taking the plan for its own counterfactual is no trick."""
    from gigaplan.expansion.solve import optimise
    from gigaplan.system.without import without_programme
    from gigaplan.workflow import solver_settings

    plan = gigaplan.run(empty())
    other = optimise(without_programme(plan.system), solver_settings(plan.scenario))
    assert other.cost_musd == pytest.approx(plan.manifest.objective.value_usd2025_m, rel=1e-6)


def test_nothing_is_compared_unless_it_is_asked() -> None:
    plan = gigaplan.run(tiny(), relaxed=True)
    assert not any(len(plan.tables[name]) for name in ("counterfactual", "bills", "carbon_effect"))
    assert check_tables(plan.tables) == []
