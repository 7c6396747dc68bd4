"""Deals of a plan: their money is that of the plan, and comes back as it was promised."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest
import pyxirr
from tests.dealbook.conftest import facts_of, tiny

import gigaplan
from gigaplan.dealbook import PlanFacts, close_plan, deal_tables
from gigaplan.dealbook.closing import DealBook
from gigaplan.dealbook.phases import phases_of, yearly_capex
from gigaplan.dealbook.terms import class_terms
from gigaplan.inputs.dataset import load_dataset
from gigaplan.plan.tables import Plan
from gigaplan.terms.errors import InputError
from gigaplan.workflow import load_scenario_data


def test_phases_are_spent_as_the_optimisation_spends(
    coalition: Plan, coalition_facts: PlanFacts
) -> None:
    phases = phases_of(coalition_facts)
    spent: dict[int, float] = {}
    for _, phase in phases.iterrows():
        for year, usd_m in yearly_capex(phase, coalition_facts.base_year).items():
            spent[year] = spent.get(year, 0.0) + usd_m
    table = coalition.table("spend")
    own = table[(table["payer"] == "programme") & (table["class"] != "corridor")]
    listed = own.groupby("calendar_year")["spend_usd2025_m"].sum()
    for year, usd_m in listed.items():
        assert spent.get(int(str(year)), 0.0) == pytest.approx(usd_m, rel=1e-6, abs=1.0)


def test_each_investor_pays_what_the_plan_says_in_every_year(
    coalition: Plan, coalition_facts: PlanFacts, book: DealBook
) -> None:
    paid: dict[tuple[str, int], float] = {}
    for one in book.priced:
        by_year = yearly_capex(one.phase, coalition_facts.base_year)
        for place, (year, usd_m) in enumerate(by_year.items()):
            rest = usd_m * (1.0 - one.funding.grant_share_frac[place])
            debt = one.funding.debt_share_frac[place]
            for part, held in ((1.0 - debt, one.funding.equity), (debt, one.funding.debt)):
                for name, share in held.items():
                    key = (name, year)
                    paid[key] = paid.get(key, 0.0) + rest * part * share[place]
    funding = coalition.table("funding")
    funding = funding[funding["investor"] != "Award"]
    listed = funding.groupby(["investor", "calendar_year"])["fund_usd2025_m"].sum()
    assert len(listed) > 5
    for (name, year), usd_m in listed.items():  # type: ignore[misc]
        assert paid[name, year] == pytest.approx(usd_m, rel=1e-6, abs=1.0)


def test_grants_lower_what_others_pay(coalition: Plan, book: DealBook) -> None:
    funding = coalition.table("funding")
    awards = funding.loc[funding["investor"] == "Award"]
    nominal = sum(
        row.fund_usd2025_m * 1.025 ** (row.calendar_year - 2025) for row in awards.itertuples()
    )
    assert nominal > 0
    given = sum(one.grants_usd_nominal for one in book.priced) / 1e6
    assert given == pytest.approx(nominal, rel=1e-6)
    sources = coalition.table("sources_uses").query("side == 'source' and item == 'Grants'")
    assert sources["usd_nominal_m"].sum() == pytest.approx(nominal, rel=1e-6)


def test_rates_of_return_are_those_of_pyxirr(coalition: Plan) -> None:
    flows = coalition.table("investor_flows")
    net = flows.assign(net=flows["received_usd_nominal_m"] - flows["paid_usd_nominal_m"])
    returns = coalition.table("returns").query("level == 'investor' and irr_status == 'one'")
    assert len(returns) >= 3
    for row in returns.itertuples():
        own = net[(net["investor"] == row.name) & (net["instrument"] == row.instrument)]
        by_day = own.groupby("date")["net"].sum()
        days = [datetime.date.fromisoformat(day) for day in by_day.index]
        assert row.irr_frac == pytest.approx(pyxirr.xirr(days, by_day.to_numpy()), abs=1e-8)


def test_multiples_follow_from_the_flows(coalition: Plan) -> None:
    flows = coalition.table("investor_flows").query("instrument == 'equity'")
    returns = coalition.table("returns").query("level == 'investor' and instrument == 'equity'")
    horizon = f"{coalition.scenario.horizon.milestone_years[-1]}-12-31"
    for row in returns.itertuples():
        own = flows[flows["investor"] == row.name]
        paid, back = own["paid_usd_nominal_m"].sum(), own["received_usd_nominal_m"].sum()
        assert row.moic == pytest.approx(back / paid)
        soon = own[own["date"] <= horizon]
        dpi = soon["received_usd_nominal_m"].sum() / soon["paid_usd_nominal_m"].sum()
        assert row.dpi == pytest.approx(dpi)
        assert row.tvpi == pytest.approx(row.dpi + row.rvpi)


def test_calls_of_quarters_are_all_that_is_paid(coalition: Plan) -> None:
    calls, flows = coalition.table("capital_calls"), coalition.table("investor_flows")
    listed = calls.groupby("investor")["paid_usd_nominal_m"].sum()
    paid = flows.groupby("investor")["paid_usd_nominal_m"].sum()
    pd.testing.assert_series_equal(listed, paid[listed.index], rtol=1e-12)
    last = calls.groupby(["investor", "instrument"])["cumulative_usd_nominal_m"].last()
    assert last.sum() == pytest.approx(paid.sum())
    assert calls["quarter"].str.fullmatch(r"20\d\dQ[1-4]").all()


def test_a_deal_at_its_required_price_earns_what_its_owners_ask(owned: Plan) -> None:
    deals = owned.table("deals")
    assert set(deals["capital_class"]) == {"campus", "accelerator", "energy"}
    np.testing.assert_array_equal(deals["price_usd_nominal"], deals["required_price_usd_nominal"])
    # Dated flows count days of 365, the price whole years: a hair apart in leap years.
    np.testing.assert_allclose(deals["irr_frac"], deals["required_frac"], atol=3e-4)


def test_a_deal_above_its_required_price_earns_more_and_one_below_less(coalition: Plan) -> None:
    deals = coalition.table("deals").dropna(subset=["market_price_usd_nominal"])
    above = deals["price_usd_nominal"] - deals["required_price_usd_nominal"]
    assert len(deals) > 2
    clear = above.abs() > 0.01 * deals["required_price_usd_nominal"]
    earned = deals["irr_frac"].fillna(-1.0) - deals["required_frac"]
    assert (np.sign(above[clear]) == np.sign(earned[clear])).all()


def test_accelerators_pay_the_rent_of_their_campus_and_their_power(
    coalition_facts: PlanFacts, book: DealBook
) -> None:
    rents = {
        (one.phase["zone"], one.phase["service_year"]): price
        for one, price in zip(book.priced, book.prices.used, strict=True)
        if one.phase["capital_class"] == "campus"
    }
    chips = [one for one in book.priced if one.phase["capital_class"] == "accelerator"]
    assert chips
    for one in chips:
        key = (one.phase["zone"], one.phase["service_year"])
        cost = float(one.deal.project.costs.fixed_usd_per_year)
        rent = rents[key] * one.phase["capacity_mw"] * 12_000.0
        assert rent < cost
        pue = float(coalition_facts.system["pue"].sel(zone=key[0]))
        most = one.phase["capacity_mw"] * pue * 8760.0 * 200.0
        assert cost < rent + most


def test_a_plan_without_investors_has_owners_and_lenders(owned: Plan) -> None:
    returns = owned.table("returns").query("level == 'investor'")
    assert {"Owners", "Lenders"} <= set(returns["name"])
    terms = class_terms(load_dataset("us").table("deal_terms"))
    deals = owned.table("deals")
    for name, rows in deals.groupby("capital_class"):
        most = terms[str(name)].owner_debt_frac
        assert (rows["debt_share_frac"] <= most + 1e-9).all()
        rate = terms[str(name)].owner_debt_rate_frac_nominal
        np.testing.assert_allclose(rows["interest_frac"], rate)


def test_prices_of_the_market_move_with_their_year() -> None:
    terms = class_terms(load_dataset("us").table("deal_terms"))
    chips = terms["accelerator"]
    assert chips.market_price_at(2026) == pytest.approx(2.35)
    assert chips.market_price_at(2028) == pytest.approx(2.35 * 0.75**2)
    assert terms["energy"].market_price_at(2028) is None


def test_terms_that_lack_are_named() -> None:
    table = load_dataset("us").table("deal_terms")
    short = table[~((table["capital_class"] == "energy") & (table["term"] == "dscr"))]
    with pytest.raises(InputError) as raised:
        class_terms(short)
    assert [fault.what for fault in raised.value.faults] == ["The class energy has no dscr."]


@pytest.mark.parametrize(
    ("capital_class", "term", "value", "what"),
    [
        ("campus", "dscr", 0.5, "dscr is 0.5."),
        ("energy", "tenor_years", -3.0, "tenor_years is -3."),
        ("programme", "carry_frac", 1.5, "The share of the investors is -0.5."),
        ("accelerator", "insurance_frac", 2.0, "insurance_frac is 2."),
    ],
)
def test_terms_that_cannot_be_are_refused_before_a_solve(
    capital_class: str, term: str, value: float, what: str
) -> None:
    cell = {
        "table": "deal_terms",
        "where": {"capital_class": capital_class, "term": term},
        "column": "value",
        "value": value,
    }
    with pytest.raises(InputError) as raised:
        load_scenario_data(tiny(overrides=[cell]))
    assert what in [fault.what for fault in raised.value.faults]


def test_running_costs_of_deals_are_those_of_the_plan(coalition: Plan, book: DealBook) -> None:
    costs = coalition.table("costs")
    last = coalition.scenario.horizon.milestone_years[-1]
    listed = costs[(costs["category"] == "campus operation") & (costs["year"] == last)]
    campuses = [one for one in book.priced if one.phase["capital_class"] == "campus"]
    yearly = sum(
        float(one.deal.project.costs.capacity_usd_per_mw_year)
        * float(one.deal.project.plant.capacity_mw)
        / 1.025 ** (one.deal.opens.year - 2025)
        for one in campuses
    )
    assert yearly / 1e6 == pytest.approx(listed["cost_usd2025_m_per_yr"].sum(), rel=1e-6)


def test_accelerators_sell_the_hours_of_the_compute_of_the_plan(
    coalition: Plan, book: DealBook
) -> None:
    table = coalition.table("compute")
    last = table[table["year"] == table["year"].max()]
    density = dict(zip(last["accelerator"], last["h100e"] / last["it_mw"], strict=False))
    chips = [one for one in book.priced if one.phase["capital_class"] == "accelerator"]
    known = [one for one in chips if one.phase["asset"] in density]
    assert known
    for one in known:
        hours = density[one.phase["asset"]] * one.phase["capacity_mw"] * 8760
        assert one.offtake.volume == pytest.approx(hours, rel=1e-6)


def test_a_plan_without_projects_of_its_own_has_empty_tables(coalition: Plan) -> None:
    nothing = {**coalition.tables, "projects": coalition.tables["projects"].iloc[:0]}
    facts = PlanFacts(nothing, coalition.scenario, facts_of(coalition).dataset, coalition.system)
    tables = deal_tables(close_plan(facts), facts)
    del tables["deal_terms"]
    assert {name: len(table) for name, table in tables.items()} == dict.fromkeys(tables, 0)
    assert not gigaplan.plan.tables.check_tables({**coalition.tables, **tables})


def test_everything_adds_up_again(coalition: Plan, owned: Plan) -> None:
    for plan in (coalition, owned):
        assert [finding for finding in gigaplan.verify_plan(plan) if not finding.ok] == []


@pytest.mark.parametrize(
    ("table", "column", "row", "check"),
    [
        ("deals", "capacity_mw", 0, "deals add up to their projects"),
        ("sources_uses", "usd_nominal_m", 1, "sources of deals are their uses"),
        ("investor_flows", "received_usd_nominal_m", -1, "owners get what deals pay them"),
        ("returns", "paid_usd_nominal_m", 0, "paid_usd_nominal_m of returns adds up"),
        ("returns", "irr_frac", 0, "rates of return make flows worth nothing"),
    ],
)
def test_a_number_that_is_off_is_found(
    owned: Plan, table: str, column: str, row: int, check: str
) -> None:
    wrong = owned.table(table).copy()
    if table == "investor_flows":
        row = int(np.flatnonzero(wrong["instrument"] == "equity")[-1])
    wrong.iloc[row, list(wrong.columns).index(column)] *= 1.001
    plan = Plan({**owned.tables, table: wrong}, owned.manifest, owned.scenario, owned.system)
    assert check in [finding.check for finding in gigaplan.verify_plan(plan) if not finding.ok]


def test_terms_of_deals_are_cells_of_the_data(coalition: Plan) -> None:
    rent = {
        "table": "deal_terms",
        "where": {"capital_class": "campus", "term": "market_price"},
        "column": "value",
        "value": 500.0,
    }
    dear = gigaplan.run(tiny(overrides=[rent], capital=coalition.scenario.capital.model_dump()))
    prices = {
        name: plan.table("deals").query("capital_class == 'campus'")["irr_frac"].mean()
        for name, plan in (("usual", coalition), ("dear", dear))
    }
    assert prices["dear"] > prices["usual"]
