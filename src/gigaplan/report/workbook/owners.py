"""Owners: what each pays and gets, by deal and date."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from gigaplan.finance.deal import Closed
from gigaplan.finance.tiers import CatchUp
from gigaplan.report.workbook.dated_list import DatedList, Flows, add_dated_list
from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.layout import Book
from gigaplan.report.workbook.parts import Parts

NOTE = "What each owner pays (below zero) and gets, by deal and date."


def add_owners(book: Book, parts: Sequence[Parts]) -> DatedList:
    """Add the sheet."""
    return add_dated_list(book, "Owners", NOTE, "All owners", [_flows(each) for each in parts])


def owners_of(closed: Closed) -> list[str]:
    """Return the owners of a deal: who pays equity, and the partner where tiers pay it."""
    deal = closed.deal
    names = list(deal.equity)
    paid = any(isinstance(tier, CatchUp) or tier.investor_frac < 1 for tier in deal.tiers)
    return [*names, deal.partner] if paid and deal.partner not in names else names


def _flows(parts: Parts) -> Flows:
    """Return what is written of one deal."""
    closed, shared = parts.closed, parts.shared
    told, names = closed.flows_by_owner(), owners_of(closed)
    return Flows(
        closed.deal.name,
        shared.last,
        shared.dates,
        shared.flow.__getitem__,
        closed.owner_flow_usd_nominal,
        {name: partial(_flow_of, name, parts) for name in names},
        {name: told.get(name, np.zeros(shared.last + 1)) for name in names},
    )


def _flow_of(owner: str, parts: Parts, period: int) -> Formula:
    """Return what an owner pays of a date and gets of the investors' flow and of the partner's."""
    shared, built, months = parts.shared, parts.built, parts.built.months
    partner = shared.partner[period]
    if owner not in parts.stakes.equity:
        return partner
    stake = parts.stakes.equity[owner]
    if stake.by_month is None or period > months:
        net = stake.whole * (shared.investor[period] - shared.called[period])
    elif period < months:
        paid = stake.by_month[period] * shared.called[period]
        net = stake.whole * shared.investor[period] - paid
    else:
        # Its share of the month holds for that month's draw, its stake for the rest.
        drawn = (stake.by_month[period] - stake.whole) * built.equity[period]
        net = stake.whole * (shared.investor[period] - shared.called[period]) - drawn
    return net + partner if owner == parts.closed.deal.partner else net
