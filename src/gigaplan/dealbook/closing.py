"""Closing: all deals of a plan at their prices, and the flows of everybody who pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gigaplan.dealbook.deals import DealMaker, Priced
from gigaplan.dealbook.facts import PlanFacts
from gigaplan.dealbook.prices import Prices, priced_deals
from gigaplan.finance.deal import Closed, close_deals
from gigaplan.plan.tables import without_rows


@dataclass(frozen=True)
class DealBook:
    """Closed deals of a plan, in one order.

    Parameters
    ----------
    priced, closed
        What each deal was made of, and what it comes to.
    prices
        Prices of the first year.
    sponsor
        Name of the sponsor.
    """

    priced: Sequence[Priced]
    closed: Sequence[Closed]
    prices: Prices
    sponsor: str


def close_plan(facts: PlanFacts) -> DealBook:
    """Return the deals of a plan, closed.

    Raises
    ------
    InputError
        If a term of the deals is missing or cannot be used.
    """
    maker = DealMaker(facts)
    priced, prices = priced_deals(maker.deals(), maker, facts.scenario.finance.price)
    closed = close_deals([one.deal for one in priced])
    return DealBook(priced, closed, prices, maker.funders.sponsor)


def flows_table(book: DealBook) -> pd.DataFrame:
    """Return who pays and receives what, when: the table ``investor_flows``.

    Rows by investor, class, instrument, deal and day; ``paid_usd_nominal_m`` goes into the deal,
    ``received_usd_nominal_m`` comes out of it.
    """
    parts = []
    for one, closed in zip(book.priced, book.closed, strict=True):
        sides = {"equity": closed.flows_by_owner(), "debt": closed.flows_by_lender()}
        for instrument, flows in sides.items():
            for investor, flow in flows.items():
                parts.append(
                    pd.DataFrame(
                        {
                            "investor": investor,
                            "capital_class": str(one.phase["capital_class"]),
                            "instrument": instrument,
                            "deal": closed.deal.name,
                            "date": [day.isoformat() for day in closed.dates],
                            "paid_usd_nominal_m": np.maximum(-flow, 0.0) / 1e6,
                            "received_usd_nominal_m": np.maximum(flow, 0.0) / 1e6,
                        }
                    )
                )
    if not parts:
        return without_rows("investor_flows")
    table = pd.concat(parts, ignore_index=True)
    some = table["paid_usd_nominal_m"] + table["received_usd_nominal_m"] > 0
    return table[some].reset_index(drop=True)
