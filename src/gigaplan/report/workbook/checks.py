"""Checks: what must hold in every workbook, whatever is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gigaplan.report.workbook.dated_list import DatedList
from gigaplan.report.workbook.debt import Debt
from gigaplan.report.workbook.formulas import Formula, Span, formula
from gigaplan.report.workbook.functions import all_true, least, most, size, sum_beyond, total
from gigaplan.report.workbook.layout import CENT, HEADER, LABEL, Book, Line, Unit
from gigaplan.report.workbook.parts import Parts
from gigaplan.report.workbook.programme import Programme

CHECK, DEAL, DIFFERENCE, ALLOWED, HOLDS = range(5)


@dataclass(frozen=True)
class Check:
    """Something that must hold.

    Parameters
    ----------
    what, deal
        What, and of which deal; empty for the programme.
    difference
        How far it is from holding; zero when it holds.
    allowed
        Most that rounding may bring.
    """

    what: str
    deal: str
    difference: Formula
    allowed: Formula


def add_checks(
    book: Book, parts: Sequence[Parts], lists: Sequence[tuple[DatedList, Programme]]
) -> Formula:
    """Add the sheet; return the cell that says whether all checks hold."""
    sheet = book.sheet(
        "Checks", "Each line must be TRUE: the difference is within what is allowed."
    )
    sheet.widths = ((CHECK, CHECK, 62), (DEAL, HOLDS, 18))
    sheet.head(["Check", "Deal", "Difference", "Allowed", "Holds"], LABEL)
    uses = {each.closed.deal.name: each.debt.uses for each in parts}
    rows = [check for each in parts for check in _of_deal(each, _years(each))]
    rows += [check for each in lists for check in _of_list(*each, uses)]
    columns = (("Difference", Unit.USD), ("Allowed", Unit.USD), ("Holds", Unit.TEST))
    lines = [
        Line(sheet, "", name, unit, HEADER + 1, DIFFERENCE + place, down=True)
        for place, (name, unit) in enumerate(columns)
    ]
    book.lines += lines
    difference, allowed, holds = lines
    for row, check in enumerate(rows):
        sheet.words(HEADER + 1 + row, CHECK, check.what)
        sheet.words(HEADER + 1 + row, DEAL, check.deal or "all deals")
        difference[row] = check.difference
        allowed[row] = check.allowed
        holds[row] = difference[row] <= allowed[row]
    return all_true(holds.span(0, len(rows) - 1))


def _years(each: Parts) -> int:
    return max(each.cash.owners.cells)


def _some(money: Formula) -> Formula:
    """Return what rounding may bring of an amount."""
    return CENT + 1e-9 * money


def _of_list(listed: DatedList, programme: Programme, uses: Mapping[str, Formula]) -> list[Check]:
    """Return the checks of a list of flows."""
    checks = []
    for row in listed.deals:
        missing = row.missing.span(0, row.last)
        what = f"{listed.sheet}: flows add up to that of all together"
        off = most(most(missing), -least(missing))
        checks.append(Check(what, row.deal, off, _some(uses[row.deal])))
    everyone = programme.parties[0]
    held = size(total(everyone.flow.span(0, programme.last)) - total(programme.listed))
    what = f"{listed.sheet}: the sums by day hold every flow of the deals"
    return [*checks, Check(what, "", held, _some(sum_beyond(programme.listed, ">")))]


def _of_deal(each: Parts, years: int) -> list[Check]:
    """Return the checks of one deal."""
    built, debt, cash, shared, given = each.built, each.debt, each.cash, each.shared, each.given
    name, months, last = each.closed.deal.name, each.built.months, each.shared.last
    allowed = _some(debt.uses)
    drawn = total(built.debt.span(0, months))
    paid = total(shared.flow.span(0, months))
    balance, reserves = debt.senior.balance.span(0, years), debt.reserves.span(0, years)
    shared_out = total(shared.investor.span(0, last)) + total(shared.partner.span(0, last))
    life = given["plant.life_years"]
    tenor = given["debt.tenor_years"] - life if given.has("debt.tenor_years") else formula(0)
    return [
        Check(
            "The construction loan is what it pays of uses",
            name,
            size(built.loan - drawn),
            allowed,
        ),
        Check(
            "The construction loan is owed in full at the opening",
            name,
            size(built.loan - built.balance[months]),
            allowed,
        ),
        Check(
            "Sources are uses: what lenders and owners paid",
            name,
            size(cash.sources.uses - cash.sources.outside + paid),
            allowed,
        ),
        Check(
            "Cash paid through the tiers is the cash there is",
            name,
            size(total(shared.cash.span(0, last)) - shared_out),
            allowed,
        ),
        Check("The term loan is repaid", name, size(debt.senior.balance[years]), _repaid(debt)),
        Check(
            "No balance is below zero", name, most(-least(balance), -least(reserves), 0), allowed
        ),
        Check("Reserves are empty at the end", name, size(debt.reserves[years]), allowed),
        *_shares(each),
        Check(
            "The loan ends within the life, and the life within the columns",
            name,
            most(tenor, life - years, 0),
            formula(0),
        ),
    ]


def _repaid(debt: Debt) -> Formula:
    """Return what may be left of a loan: balances that are given may be rounded."""
    return CENT + 1e-6 * debt.owed.size


def _shares(each: Parts) -> list[Check]:
    """Return that shares add to one in every month."""
    checks, name = [], each.closed.deal.name
    for what, summed in each.stakes.sums.items():
        if isinstance(summed, Span):
            off = most(most(summed) - 1, 1 - least(summed))
        else:
            off = size(summed - 1)
        checks.append(Check(f"{what} add to 1", name, off, formula(1e-9)))
    return checks
