"""Lenders: what each lends (below zero) and gets back, by deal and date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from gigaplan.report.workbook.dated_list import DatedList, Flows, add_dated_list
from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.functions import either
from gigaplan.report.workbook.layout import Block, Book, Line
from gigaplan.report.workbook.parts import Parts
from gigaplan.report.workbook.stakes import Stake

NOTE = (
    "What each lender pays (below zero) and gets, by deal and date; junior lenders are on Junior."
)


def add_lenders(book: Book, parts: Sequence[tuple[Parts, Block]]) -> DatedList | None:
    """Add the sheet; None where nobody lends."""
    flows = [_flows(each, block) for each, block in parts if each.stakes.debt]
    return add_dated_list(book, "Lenders", NOTE, "All lenders", flows) if flows else None


def _flows(parts: Parts, block: Block) -> Flows:
    """Return what is written of one deal; ``block`` is that of its construction."""
    closed, shared = parts.closed, parts.shared
    project = closed.deal.project
    by_name: dict[str, Callable[[int], Formula]] = {}
    for name, stake in parts.stakes.debt.items():
        owed = _owed_to(block, name, stake, parts) if stake.by_month else None
        by_name[name] = partial(_flow_of, name, stake, parts, owed)
    # A curve of interest and a new loan are not in the flows of lenders that Python gives.
    known = np.ndim(project.debt.interest_frac) < 2 and project.refinancing is None
    told = closed.flows_by_lender() if known else {}
    whole = sum(told.values()) if told else None
    return Flows(
        closed.deal.name,
        shared.last,
        shared.dates,
        partial(_whole, parts),
        None if whole is None else np.asarray(whole),
        by_name,
        told,
    )


def _whole(parts: Parts, period: int) -> Formula:
    """Return what all lenders together get of a date."""
    built, debt, months = parts.built, parts.debt, parts.built.months
    if period > months:
        return -_paid(parts, period - months)
    if period == 0:
        return built.upfront[0] - built.debt[0]
    flow = built.interest[period] + built.commitment_fee[period] - built.debt[period]
    if period < months:
        return flow
    return flow + built.balance[months] - (debt.owed.size - debt.fee)


def _paid(parts: Parts, year: int) -> Formula:
    """Return what the project pays to lenders in a year, below zero; a new loan is above."""
    senior = parts.debt.senior
    flow = senior.interest[year] + senior.principal[year]
    for line in senior.renewed:
        flow = flow + line[year]
    return flow


def _owed_to(block: Block, name: str, stake: Stake, parts: Parts) -> tuple[Line, Line]:
    """Add what a lender lends in each month, and what it is owed."""
    built, every = parts.built, range(parts.built.months + 1)
    lent = block.line(f"Lent by {name}")
    lent.fill(every, lambda m: stake.of_month(m) * built.debt[m])
    owed = block.line(f"Owed to {name}")
    owed.fill(every, lambda m: owed[m - 1] + lent[m])
    return lent, owed


def _flow_of(
    name: str, stake: Stake, parts: Parts, owed_to: tuple[Line, Line] | None, period: int
) -> Formula:
    """Return what one lender gets of a date."""
    built, debt, months = parts.built, parts.debt, parts.built.months
    if period > months:
        return _of_year(name, stake, parts, period - months)
    if owed_to is None:
        return stake.whole * _whole(parts, period)
    lent, owed = owed_to
    if period == 0:
        return stake.whole * built.upfront[0] - lent[0]
    before, own = built.balance[period - 1], owed[period - 1]
    interest = either(before > 0, built.interest[period] * own / before, 0)
    undrawn = built.loan - before
    part = (stake.whole * built.loan - own) / undrawn
    fee = either(undrawn > 0, built.commitment_fee[period] * part, 0)
    flow = interest + fee - lent[period]
    if period < months:
        return flow
    return flow + owed[months] - stake.whole * (debt.owed.size - debt.fee)


def _of_year(name: str, stake: Stake, parts: Parts, year: int) -> Formula:
    """Return what one lender gets of a year: interest at its own rate, and its part of the rest."""
    given = parts.given
    if not given.has(f"lender_rate.{name}") or not given.has("debt.interest_frac"):
        return stake.whole * -_paid(parts, year)
    mean, interest = given["debt.interest_frac"], parts.debt.senior.interest[year]
    own = either(mean > 0, interest * given[f"lender_rate.{name}"] / mean, interest)
    return stake.whole * -(own + _paid(parts, year) - interest)
