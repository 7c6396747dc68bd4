"""A made-up deal book for made-up plans: deals, ledgers, flows, calls and returns agree."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from tests.report.synthetic import columns_of

from gigaplan.dealbook.measures import returns_table
from gigaplan.dealbook.tables import calls_table
from gigaplan.plan import Plan

FUND = "Gulf fund"
PAYERS = {"Sponsor": ("equity", 0.1), FUND: ("equity", 0.3), "Bank": ("debt", 0.6)}
"""Who pays: instrument, share of what a deal costs."""

CARRY = "General partner"
"""Who pays nothing in and receives a part of what owners share out."""

CLASSES = ("campus", "energy", "accelerator")
UNITS = {"campus": "kW-month", "energy": "MWh", "accelerator": "H100e-h"}
ASSETS = {"campus": "campus", "energy": "wind_1", "accelerator": "campus"}
ASKED = {"Sponsor": 0.12, FUND: 0.30, "Bank": 0.05, CARRY: 0.12}
"""Return asked; what the fund asks is more than it can get."""

YEARS = 8
FIRST_OPENING = 2029
DEAL_TABLES = (
    "deals",
    "construction_ledger",
    "deal_ledger",
    "sources_uses",
    "investor_flows",
    "capital_calls",
    "returns",
)


def with_deals(
    plan: Plan, *, count: int = 4, fund: str = FUND, own_round: bool = False, terms: bool = False
) -> Plan:
    """Return the plan with deals that open one a year in turn.

    The price of every third deal falls short of the required one. Asked for, a round of the sponsor
    with returns abroad, and terms of lenders, are there too.
    """
    zones = plan.tables["zones"]["zone"].tolist()
    deals = pd.DataFrame([_deal(at, zones[at % len(zones)]) for at in range(count)])
    deals = deals[columns_of("deals")]
    flows = pd.concat([_flows(deal, fund) for _, deal in deals.iterrows()], ignore_index=True)
    asked = {fund if name == FUND else name: rate for name, rate in ASKED.items()}
    required = {("investor", name): rate for name, rate in asked.items()}
    required |= {("class", name): 0.12 for name in CLASSES} | {("programme", "all"): 0.12}
    tables = {
        "deals": deals,
        "construction_ledger": pd.DataFrame(columns=columns_of("construction_ledger")),
        "deal_ledger": pd.concat([_ledger(deal) for _, deal in deals.iterrows()]),
        "sources_uses": _sources_uses(deals, fund),
        "investor_flows": flows,
        "capital_calls": calls_table(flows),
        "returns": returns_table(flows, required, datetime.date(2033, 12, 31)),
        **(lenders_terms() if terms else {}),
        **(sponsor_round(fund) | foreign_returns(fund) if own_round else {}),
    }
    return replace(plan, tables={**plan.tables, **tables})


def _deal(at: int, zone: str) -> dict[str, object]:
    """Return one row of the table ``deals``."""
    what = CLASSES[at % len(CLASSES)]
    cost = 100.0 + 10.0 * at
    price = 150.0 + at
    opens = FIRST_OPENING + at % 5
    return {
        "deal": f"P{at:04d}-{opens - 1}",
        "project": f"P{at:04d}",
        "asset": ASSETS[what],
        "capital_class": what,
        "zone": zone,
        "opens": f"{opens}-01-01",
        "life_years": YEARS,
        "capacity_mw": 100.0 + at,
        "unit": UNITS[what],
        "price_usd_nominal": price,
        "market_price_usd_nominal": float("nan") if what == "energy" else price,
        "required_price_usd_nominal": price * (1.1 if at % 3 == 0 else 0.95),
        "levelised_cost_usd_nominal": price + 10.0,
        "capex_usd_nominal_m": 0.9 * cost,
        "grants_usd_nominal_m": 0.0,
        "construction_loan_usd_nominal_m": 0.6 * cost,
        "uses_usd_nominal_m": cost,
        "debt_usd_nominal_m": 0.6 * cost,
        "equity_usd_nominal_m": 0.4 * cost,
        "interest_frac": 0.05,
        "min_dscr": cover_of(at, YEARS - 1),
        "mean_dscr": sum(cover_of(at, year) for year in range(YEARS)) / YEARS,
        "llcr": 1.5,
        "plcr": 1.5,
        "debt_share_frac": 0.6,
        "irr_frac": 0.13,
        "irr_status": "one",
        "required_frac": 0.12,
        "payback_years": 5.0,
        "lock_up_years": 0,
        "default_years": 0,
    }


def cover_of(at: int, year: int) -> float:
    """Return the cover of the debt of a deal, which falls from year to year."""
    return 1.8 + 0.1 * (at % 4) - 0.05 * year


def _service(cost: float) -> float:
    return 0.12 * cost


def _ledger(deal: pd.Series) -> pd.DataFrame:
    at, cost = int(deal["project"][1:]), float(deal["uses_usd_nominal_m"])
    opens = int(deal["opens"][:4])
    rows: list[tuple[str, int, str, float]] = []
    for step in range(YEARS):
        paid = _service(cost)
        money = {"cfads": cover_of(at, step) * paid, "interest": -0.3 * paid}
        money["principal"] = -0.7 * paid
        rows += [(deal["deal"], opens + step, line, usd) for line, usd in money.items()]
    rows += [(deal["deal"], opens + YEARS, "cfads", 0.1 * cost)]
    return pd.DataFrame(rows, columns=columns_of("deal_ledger"))


def _flows(deal: pd.Series, fund: str) -> pd.DataFrame:
    """Return two payments of everybody in the year before the opening, then yearly receipts."""
    at, cost = int(deal["project"][1:]), float(deal["uses_usd_nominal_m"])
    opens, what = int(deal["opens"][:4]), deal["capital_class"]
    rows: list[tuple[str, str, str, str, str, float, float]] = []
    for name, (instrument, share) in PAYERS.items():
        who = (fund if name == FUND else name, what, instrument, deal["deal"])
        rows += [(*who, f"{opens - 1}-{month:02d}-01", 0.5 * share * cost, 0.0) for month in (2, 8)]
        for step in range(YEARS):
            left = (cover_of(at, step) - 1.0) * _service(cost) * 0.9
            back = _service(cost) if instrument == "debt" else left * share / 0.4 + 0.03 * cost
            rows.append((*who, f"{opens + step + 1}-01-01", 0.0, back))
    carry = (CARRY, what, "equity", deal["deal"])
    rows += [(*carry, f"{opens + step + 1}-01-01", 0.0, 0.01 * cost) for step in range(YEARS)]
    return pd.DataFrame(rows, columns=columns_of("investor_flows"))


def _sources_uses(deals: pd.DataFrame, fund: str) -> pd.DataFrame:
    uses = {"capex": 0.9, "interest during construction": 0.06, "fees": 0.01, "reserves": 0.03}
    sources = {fund if name == FUND else name: share for name, (_, share) in PAYERS.items()}
    sides: Mapping[str, Mapping[str, float]] = {"use": uses, "source": sources}
    cost = deals.groupby("capital_class", sort=False)["uses_usd_nominal_m"].sum()
    rows = [
        (what, side, item, share * whole)
        for what, whole in cost.items()
        for side, items in sides.items()
        for item, share in items.items()
    ]
    return pd.DataFrame(rows, columns=columns_of("sources_uses"))


def sponsor_round(fund: str = FUND) -> dict[str, pd.DataFrame]:
    """Return a round of the sponsor: 30 M$ for a quarter of it after the round."""
    holders = [
        ("Founders", "common", 8_000_000.0, 8_000_000.0, 0.8, 0.6, 0.0),
        ("Option pool", "options", 2_000_000.0, 2_000_000.0, 0.2, 0.15, 0.0),
        (fund, "preferred A", 0.0, 3_333_333.0, 0.0, 0.25, 30.0),
    ]
    columns = (
        "holder share_class shares_before shares_after ownership_before_frac "
        "ownership_after_frac invested_usd_nominal_m"
    ).split()
    items = [
        ("value before the money", 90.0, "M$ nominal"),
        ("new money", 30.0, "M$ nominal"),
        ("value after the money", 120.0, "M$ nominal"),
        ("use: calls of deals", 29.0, "M$ nominal"),
        ("use: cost of the round", 1.0, "M$ nominal"),
        ("price of a share", 9.0, "USD"),
    ]
    return {
        "cap_table": pd.DataFrame(holders, columns=columns),
        "sponsor_round": pd.DataFrame(items, columns=["item", "value", "unit"]),
    }


def foreign_returns(fund: str = FUND) -> dict[str, pd.DataFrame]:
    """Return what the fund earns in dirhams."""
    row = (fund, "AE", "AED", 3.6725, 3.9, 0.121, 0.118, "one", 1.5)
    return {"foreign_returns": pd.DataFrame([row], columns=columns_of("foreign_returns"))}


def lenders_terms() -> dict[str, pd.DataFrame]:
    """Return what lenders ask of two classes; their lock-up is the same."""
    rows = [
        ("campus", "dscr", 1.16, "ratio"),
        ("campus", "lock_up_dscr", 1.15, "ratio"),
        ("campus", "tenor_years", 15.0, "years"),
        ("energy", "dscr", 1.35, "ratio"),
        ("energy", "lock_up_dscr", 1.15, "ratio"),
    ]
    return {"deal_terms": pd.DataFrame(rows, columns=columns_of("deal_terms"))}
