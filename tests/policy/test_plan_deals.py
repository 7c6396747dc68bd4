"""Deals of a plan: what it knows is carried over, what it does not know stays unknown."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from gigaplan.inputs.dataset import Dataset
from gigaplan.plan.tables import Plan
from gigaplan.policy.finding import Verdict
from gigaplan.policy.plan_deals import facts_of_plan
from gigaplan.policy.screen import screen


def _bill(asset_class: str, assets: list[str], *takes: tuple[str, str]) -> xr.DataArray:
    """Return what assets take of three components in two calendar years."""
    bill = xr.DataArray(
        np.zeros((len(assets), 3, 2)),
        coords={asset_class: assets, "component": COMPONENTS},
        dims=(asset_class, "component", "calendar_year"),
    )
    for asset, component in takes:
        bill.loc[asset, component, 1] = 1.0
    return bill


COMPONENTS = ["large_power_transformer", "hbm3e", "gas_turbine"]
BILLS = {
    "supply_use_campus": _bill("zone", ["TX"], ("TX", "large_power_transformer")),
    "supply_use_accelerator": _bill("accelerator", ["chip"], ("chip", "hbm3e")),
    "supply_use_storage": _bill(
        "storage", ["battery_4h"], ("battery_4h", "large_power_transformer")
    ),
    "supply_use_generator": _bill(
        "generator", ["btm_fuel_cell", "gas_ct"], ("gas_ct", "gas_turbine")
    ),
}


@pytest.fixture
def plan() -> Plan:
    """Tables of a plan with four investors in two classes."""
    terms = pd.DataFrame(
        [
            ("Sponsor", "equity", "US", 0.0),
            ("Gulf fund", "equity", "AE", 1.0),
            ("Bank", "debt", "JP", 0.3),
            ("Nobody", "equity", "CA", 0.0),
        ],
        columns=["investor", "instrument", "country", "government_share_frac"],
    )
    funding = pd.DataFrame(
        [
            ("Sponsor", "campus", 100.0),
            ("Sponsor", "campus", 50.0),
            ("Gulf fund", "campus", 900.0),
            ("Gulf fund", "energy", 40.0),
            ("Bank", "energy", 60.0),
            ("Nobody", "energy", 1e-6),
        ],
        columns=["investor", "capital_class", "fund_usd2025_m"],
    )
    projects = pd.DataFrame(
        [
            ("campus", "campus", "TX", "programme", 3_000.0),
            ("btm_fuel_cell", "generator", "TX", "programme", 50.0),
            ("battery_4h", "generator", "OH", "programme", 50.0),
            ("gas_ct", "generator", "CA", "others", 900.0),
        ],
        columns=["asset", "class", "zone", "payer", "capex_usd2025_m"],
    )
    load = pd.DataFrame({"zone": ["TX", "TX", "CA"], "campus_facility_mw": [200.0, 260.0, 9.0]})
    credit = pd.DataFrame({"asset": ["battery_4h", "gas_ct"], "rate_frac": [0.3, 0.0]})
    assets = pd.DataFrame({"asset": ["btm_fuel_cell"], "group": ["On-site gas"]})
    tables = {
        "investor_terms": terms,
        "funding": funding,
        "projects": projects,
        "load": load,
        "credits": credit,
        "assets": assets,
        "supply_sources": pd.DataFrame(
            [
                ("large_power_transformer", "CN", "", 3.0),
                ("large_power_transformer", "CN", "", 2.0),
                ("large_power_transformer", "KR", "", 0.0),
                ("hbm3e", "KR", "", 9.0),
                ("gas_turbine", "US", "", 9.0),
                ("labour_civil", "US", "TX", 9.0),
            ],
            columns=["component", "origin", "zone", "taken"],
        ),
    }
    return cast(Plan, SimpleNamespace(tables=tables, system=BILLS))


def test_one_deal_for_each_investor_and_class_that_it_pays_for(plan: Plan) -> None:
    deals = facts_of_plan(plan)
    assert [(deal.name, deal.stake.value_usd_m) for deal in deals] == [
        ("Sponsor, campus", 150.0),
        ("Gulf fund, campus", 900.0),
        ("Gulf fund, energy", 40.0),
        ("Bank, energy", 60.0),
    ]
    assert [deal.instrument for deal in deals] == [None, None, None, "loan"]
    assert "2 projects of class energy in OH, TX." in (deals[2].note or "")
    assert [deal.site.zone if deal.site else "?" for deal in deals] == ["TX", "TX", None, None]


def test_governments_stand_behind_an_investor_as_the_plan_says(plan: Plan) -> None:
    by_name = {deal.name: deal for deal in facts_of_plan(plan)}
    gulf, bank = by_name["Gulf fund, campus"], by_name["Bank, energy"]
    assert gulf.entities[0].owners is not None
    assert gulf.entities[0].owners[0].votes == 1.0
    assert gulf.entities[1].country == "AE"
    assert bank.entities[0].owners is not None
    assert (bank.entities[0].owners[0].votes, bank.entities[0].rest_is_dispersed) == (0.3, None)
    assert by_name["Sponsor, campus"].entities[0].owners is None


def test_what_a_plan_does_not_know_is_asked_for(plan: Plan, us: Dataset) -> None:
    for deal in facts_of_plan(plan):
        found = screen(deal, us, date(2026, 11, 23))
        assert found.verdict >= Verdict.NEED_FACTS
        fields = {ask.field for ask in found.asks}
        assert {"business.exists", "site.interest", "stake.votes_after"} <= fields


def test_a_campus_in_one_state_is_known_as_far_as_the_plan_knows_it(plan: Plan) -> None:
    by_name = {deal.name: deal for deal in facts_of_plan(plan)}
    campus = by_name["Gulf fund, campus"].campus
    assert campus is not None
    assert (campus.state, campus.load_mw, campus.investment_usd_m) == ("TX", 260.0, 3_000.0)
    assert campus.has_onsite_power is True
    assert campus.land_owner is None
    assert by_name["Gulf fund, campus"].scope == ("campus", "supplies")


def test_power_whose_credit_counts_is_part_of_the_deal_that_pays_for_it(plan: Plan) -> None:
    by_name = {deal.name: deal for deal in facts_of_plan(plan)}
    assert by_name["Bank, energy"].scope == ("power_plant", "supplies")
    without = {**plan.tables, "credits": plan.tables["credits"].iloc[:0]}
    plain = facts_of_plan(cast(Plan, SimpleNamespace(tables=without, system=BILLS)))
    assert [deal.scope for deal in plain if deal.name == "Bank, energy"] == [("supplies",)]


def test_supplies_are_known_by_component_and_origin_and_by_nothing_else(
    plan: Plan, us: Dataset
) -> None:
    by_name = {deal.name: deal for deal in facts_of_plan(plan)}
    campus, energy = by_name["Sponsor, campus"].supplies, by_name["Bank, energy"].supplies
    assert campus is not None
    assert energy is not None
    (one,) = campus.items or ()
    assert (one.component, one.kind, one.made_in, one.state) == (
        "large_power_transformer",
        "power_equipment",
        "CN",
        "TX",
    )
    assert (one.maker, one.parent_country, one.connected, one.federal_use) == (None,) * 4
    # The programme's batteries are in two states, and the turbine is others' own.
    assert [(item.component, item.state) for item in energy.items or ()] == [
        ("large_power_transformer", None)
    ]
    found = screen(by_name["Sponsor, campus"], us, date(2026, 11, 23))
    # 15 CFR 791.2, Tex. Util. Code 39.360: whether it is connected, and critical, is not known.
    for rule in ("suppliers.icts", "suppliers.texas_report"):
        assert found.finding(rule).verdict is Verdict.NEED_FACTS


def test_supplies_of_a_plan_without_any_are_asked_for(plan: Plan, us: Dataset) -> None:
    none = {**plan.tables, "supply_sources": plan.tables["supply_sources"].iloc[:0]}
    deals = facts_of_plan(cast(Plan, SimpleNamespace(tables=none, system=BILLS)))
    found = screen(deals[0], us, date(2026, 11, 23)).finding("suppliers.icts")
    assert found.verdict is Verdict.NEED_FACTS
    assert [ask.field for ask in found.asks] == ["supplies.items"]
