"""All tables of money of a plan's deals, from its tables and its data."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pandas as pd

from gigaplan.dealbook.closing import DealBook, flows_table
from gigaplan.dealbook.facts import PlanFacts
from gigaplan.dealbook.foreign import foreign_returns_table
from gigaplan.dealbook.measures import returns_table
from gigaplan.dealbook.sponsor_round import round_tables
from gigaplan.dealbook.tables import (
    calls_table,
    construction_table,
    deals_table,
    ledger_table,
    sources_uses_table,
)


def deal_tables(book: DealBook, facts: PlanFacts) -> dict[str, pd.DataFrame]:
    """Return every table of the deal book by name.

    Parameters
    ----------
    book
        Closed deals of a plan.
    facts
        The plan.
    """
    flows = flows_table(book)
    as_of = datetime.date(int(facts.scenario.horizon.milestone_years[-1]), 12, 31)
    return round_tables(facts.scenario.finance.round, book.sponsor, flows) | {
        "deal_terms": facts.dataset.table("deal_terms")[["capital_class", "term", "value", "unit"]],
        "deals": deals_table(book),
        "construction_ledger": construction_table(book),
        "deal_ledger": ledger_table(book),
        "sources_uses": sources_uses_table(book),
        "investor_flows": flows,
        "capital_calls": calls_table(flows),
        "foreign_returns": foreign_returns_table(flows, facts),
        "returns": returns_table(flows, _required(book, flows), as_of),
    }


def _required(book: DealBook, flows: pd.DataFrame) -> Mapping[tuple[str, str], float]:
    """Return the nominal return asked, weighed by money, by level and name [frac/yr]."""
    rates = {
        (one.deal.name, name): rate
        for one in book.priced
        for name, rate in one.funding.rates_frac.items()
    }
    together = {one.deal.name: one.funding.equity_return_frac for one in book.priced}
    asked = [
        rates.get((deal, investor), together[deal])
        for deal, investor in zip(flows["deal"], flows["investor"], strict=True)
    ]
    money = flows["paid_usd_nominal_m"] + 1e-12  # who only receives weighs as little as nothing
    paid = flows.assign(
        money=money, weighted=money * pd.Series(asked, index=flows.index, dtype=float)
    )
    owned = paid[paid["instrument"] == "equity"]
    levels = {
        "investor": paid.groupby("investor"),
        "class": owned.groupby("capital_class"),
        "programme": owned.assign(programme="all").groupby("programme"),
    }
    found = {}
    for level, groups in levels.items():
        total = groups[["money", "weighted"]].sum()
        for name, rate in (total["weighted"] / total["money"]).items():
            found[level, str(name)] = float(rate)
    return found
