"""Build: every sheet of a workbook in order, from deals that are closed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.cash import add_cash
from gigaplan.report.workbook.checks import add_checks
from gigaplan.report.workbook.construction import add_construction
from gigaplan.report.workbook.cover import add_cover
from gigaplan.report.workbook.debt import add_debt
from gigaplan.report.workbook.fields import number
from gigaplan.report.workbook.inputs import add_inputs
from gigaplan.report.workbook.junior import add_junior
from gigaplan.report.workbook.layout import FIRST, Block, Book, Line, Sheet
from gigaplan.report.workbook.lenders import add_lenders
from gigaplan.report.workbook.operations import add_operations
from gigaplan.report.workbook.owners import add_owners
from gigaplan.report.workbook.parts import Parts
from gigaplan.report.workbook.programme import Programme, add_programme
from gigaplan.report.workbook.refused import check_terms
from gigaplan.report.workbook.returns import add_returns
from gigaplan.report.workbook.stakes import add_stakes
from gigaplan.report.workbook.tax import add_tax
from gigaplan.report.workbook.waterfall import add_waterfall
from gigaplan.terms.errors import Fault, InputError


@dataclass
class Built:
    """A workbook before it is written, and what its charts show.

    Parameters
    ----------
    book
        Sheets and lines.
    covers
        Cover of debt by year, for each deal with debt.
    programme
        Flows of the programme.
    """

    book: Book
    programme: Programme
    covers: list[Line] = field(default_factory=list)


def build_workbook(
    closed: Sequence[Closed],
    *,
    title: str,
    as_of: datetime.date | None = None,
    discount_frac: float | None = None,
) -> Built:
    """Return the sheets of a workbook of deals, checked against the ledgers of Python.

    Parameters
    ----------
    closed
        One deal or more, with names that differ.
    title
        Title on the cover.
    as_of
        Day of the numbers; None leaves it out.
    discount_frac
        Nominal rate for the programme and its owners; None takes that of the first deal [frac/yr].

    Raises
    ------
    InputError
        If a deal has a term that the workbook has no formula for.
    """
    _check_names(closed)
    check_terms(closed)
    book = Book()
    if discount_frac is None:
        project = closed[0].deal.project
        real, inflation = project.real_discount_frac, project.inflation_frac
        grown = float(np.mean(np.asarray(inflation, dtype=float)))
        discount_frac = (1 + number(real, "real_discount_frac")) * (1 + grown) - 1
    given, discount = add_inputs(book, closed, discount_frac)
    months = max(len(each.deal.capex_usd_nominal) for each in closed)
    years = max(each.pro_forma.ledger["energy_mwh"].shape[1] - 1 for each in closed)
    notes = {
        "Construction": "Months to the opening, paid at their ends; the last one is the opening.",
        "Operations": "Energy, revenue and running costs by year of operation.",
        "Debt": "The term loan, reserves, and how well cash covers debt service.",
        "Tax": "Depreciation, losses, income taxes and tax credits.",
        "Junior": "Cash that covenants trap, mezzanine and preferred equity, by year.",
        "Cash": "Sources and uses at the opening, and the owners' flow by year.",
        "Waterfall": "The owners' dated flows and how tiers share them out.",
    }
    if not any(_has_junior(each) for each in closed):
        del notes["Junior"]
    sheets = {name: book.sheet(name, note) for name, note in notes.items()}
    _head(sheets, months, years)
    covers: list[Line] = []
    parts: list[Parts] = []
    building: list[Block] = []
    for each, cells in zip(closed, given, strict=True):
        own = len(each.deal.capex_usd_nominal)
        block = {
            name: Block(book, sheet, each.deal.name)
            for name, sheet in sheets.items()
            if name != "Junior" or _has_junior(each)
        }
        for name in ("Construction", "Waterfall"):
            block[name].column = FIRST + months - own
        built = add_construction(block["Construction"], each, cells)
        stakes, cells = add_stakes(block["Construction"], each, cells, built)
        run = add_operations(block["Operations"], each, cells, years, built.capex)
        debt = add_debt(block["Debt"], each, cells, built, run)
        tax = add_tax(block["Tax"], each, cells, built, run, debt)
        junior = add_junior(block.get("Junior"), each, cells, debt)
        cash = add_cash(block["Cash"], each, cells, built, run, debt, tax, stakes, junior)
        shared = add_waterfall(block["Waterfall"], each, cells, built, cash)
        parts.append(Parts(each, cells, built, stakes, debt, cash, shared))
        building.append(block["Construction"])
        covers += [debt.cover] if each.deal.project.debt.sizing != "none" else []
    owners = add_owners(book, parts)
    programme = add_programme(book, owners, "Programme", "Owners of all deals, day by day.")
    lists = [(owners, programme)]
    lenders = add_lenders(book, list(zip(parts, building, strict=True)))
    if lenders is not None:
        lent = add_programme(book, lenders, "Lending", "Lenders of all deals, day by day.")
        lists.append((lenders, lent))
    figures = add_returns(book, parts, lists, discount)
    holds = add_checks(book, parts, lists)
    add_cover(book, closed, title, as_of, holds, figures)
    book.check()
    return Built(book, programme, covers)


def _has_junior(closed: Closed) -> bool:
    """Say whether anything stands between the senior loan and the owners of a deal."""
    project = closed.deal.project
    return any((project.covenants, project.mezzanine, project.preferred))


def _check_names(closed: Sequence[Closed]) -> None:
    """Raise if there is no deal, or if two have one name."""
    names = [each.deal.name for each in closed]
    headline = "A workbook cannot be written."
    if not names:
        fault = Fault("There is no deal.", "deals", "Give one or more.")
        raise InputError(headline, [fault])
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        faults = [
            Fault("Two deals have one name.", f"deal {name}", "Rename one.") for name in twice
        ]
        raise InputError(headline, faults)


def _head(sheets: dict[str, Sheet], months: int, years: int) -> None:
    """Write what each column is: months to the opening, then years."""
    before = [f"month {month}" for month in range(-months, 0)]
    after = [f"year {year}" for year in range(1, years + 1)]
    for name, sheet in sheets.items():
        if name == "Construction":
            sheet.head([*before, "opening"])
        elif name == "Waterfall":
            sheet.head([*before, "opening", *after])
        else:
            sheet.count_years(years)
