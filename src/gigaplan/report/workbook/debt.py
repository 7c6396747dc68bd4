"""Debt: the term loan, its service, the reserves, and how well cash covers it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.construction import Construction
from gigaplan.report.workbook.formulas import Formula, equal
from gigaplan.report.workbook.functions import (
    average,
    either,
    how_many,
    least,
    sum_of_products,
)
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style, Unit
from gigaplan.report.workbook.operations import Operations
from gigaplan.report.workbook.rates import ByYear, by_year
from gigaplan.report.workbook.refinancing import refinanced
from gigaplan.report.workbook.senior import Senior, add_senior
from gigaplan.report.workbook.term_loan import Owed, add_term_loan


@dataclass(frozen=True)
class Debt:
    """Cells of debt and reserves that other sheets use.

    Parameters
    ----------
    owed, senior
        The loan as scheduled, and as paid.
    reserves, change, earned
        Held in reserves; what filling them costs, below zero; interest on them [USD].
    working, held
        Parts of the reserves: working capital, and debt service [USD].
    fee
        Fee of the loan at close [USD].
    uses
        All uses at close [USD].
    cover
        Cash over debt service.
    figures
        Least and mean cover, and the covers over the life of the loan and the project, by name.
    """

    owed: Owed
    senior: Senior
    reserves: Line
    change: Line
    earned: Line
    working: Line
    held: Line
    fee: Formula
    uses: Formula
    cover: Line
    figures: dict[str, Formula]


def add_debt(
    block: Block, closed: Closed, given: Given, built: Construction, run: Operations
) -> Debt:
    """Add the debt of one deal."""
    every = range(run.years + 1)
    months = given["reserves.working_capital_months"]
    working = block.line("Working capital held")
    working.fill(every, lambda t: -(months / 12 * run.running_cost[t + 1]))
    rate = by_year(block, given, "debt.interest_frac", "Interest of the loan", run.years)
    owed = add_term_loan(block, closed, given, built, run, working, rate)
    senior = add_senior(block, closed, given, run, owed, rate)
    covered, ledger = given["reserves.debt_service_months"], closed.pro_forma.ledger
    fee = block.value("Fee of the loan", Unit.USD, _fee(given, owed))
    uses = block.value(
        "Uses in all",
        Unit.USD,
        owed.fixed + fee + covered / 12 * senior.due[1],
        float(closed.pro_forma.metrics["uses_usd_nominal"][0]),
    )
    if closed.deal.project.refinancing is not None:
        senior = refinanced(block, closed, given, run, senior, rate, uses)
    due, held = senior.due, block.line("Debt service held")
    held.fill(every, lambda t: covered / 12 * due[t + 1])
    reserves = block.line(
        "Reserves", ledger=ledger["reserve_balance_usd_nominal"][0], style=Style.TOTAL
    )
    set_aside = run.maintenance.held if run.maintenance else None
    reserves.fill(
        every,
        lambda t: working[t] + held[t] + set_aside[t] if set_aside else working[t] + held[t],
    )
    change = block.line("Filling reserves", ledger=ledger["reserve_change_usd_nominal"][0])
    change.fill(every, lambda t: reserves[t - 1] - reserves[t] if t else -reserves[0])
    earned = block.line("Interest on reserves", ledger=ledger["reserve_interest_usd_nominal"][0])
    earned.fill(every[1:], lambda t: given["reserves.interest_frac"] * reserves[t - 1])
    cover = block.line("Cover: cash over debt service", Unit.RATIO, _cover(closed))
    cover.fill(every[1:], lambda t: either(due[t] > 0, run.cash[t] / due[t], ""))
    figures = _figures(block, closed, given, run, owed, cover, rate)
    _cases(block, closed, run, owed, due)
    return Debt(
        owed,
        senior,
        reserves,
        change,
        earned,
        working,
        held,
        fee,
        uses,
        cover,
        figures,
    )


def _fee(given: Given, owed: Owed) -> Formula:
    """Return the fee of the loan; a project without a loan has no such field."""
    if given.has("debt.upfront_fee_frac"):
        return given["debt.upfront_fee_frac"] * owed.size
    return owed.size * 0


def _cover(closed: Closed) -> npt.NDArray[np.float64] | None:
    """Return cash over debt service as the ledger has it; None where it holds early payments."""
    ledger = closed.pro_forma.ledger
    if "swept_usd_nominal" in ledger:
        return None
    service = -(ledger["interest_usd_nominal"][0] + ledger["principal_usd_nominal"][0])
    cash = ledger["cfads_usd_nominal"][0]
    cover = np.full_like(cash, np.nan)
    return np.asarray(np.divide(cash, service, out=cover, where=service > 0))


def _cases(block: Block, closed: Closed, run: Operations, owed: Owed, due: Line) -> None:
    """Add the cover of each sizing case."""
    every = range(1, run.years + 1)
    for name, cash in owed.cases.items():
        line = block.line(f"{name}: cover", Unit.RATIO)
        for t in every:
            line[t] = either(due[t] > 0, cash[t] / due[t], "")
        years = line.span(1, run.years)
        block.value(
            f"{name}: least cover",
            Unit.RATIO,
            either(how_many(years) > 0, least(years), ""),
            float(closed.pro_forma.metrics[f"min_dscr_{name}"][0]),
        )


def _figures(
    block: Block,
    closed: Closed,
    given: Given,
    run: Operations,
    owed: Owed,
    cover: Line,
    rate: ByYear,
) -> dict[str, Formula]:
    """Add the least and mean cover, and the covers over the lives of the loan and the project."""
    metrics = closed.pro_forma.metrics
    years = cover.span(1, run.years)
    some = how_many(years) > 0
    figures = {
        "min_dscr": block.value(
            "Least cover",
            Unit.RATIO,
            either(some, least(years), ""),
            float(metrics["min_dscr"][0]),
        ),
        "mean_dscr": block.value(
            "Mean cover",
            Unit.RATIO,
            either(some, average(years), "") if years.numbers else either(some, least(years), ""),
            float(metrics["mean_dscr"][0]),
        ),
    }
    if not given.has("debt.tenor_years"):
        return figures
    tenor, year = given["debt.tenor_years"], block.year
    every = range(1, run.years + 1)
    factor = block.line("Worth of a dollar at the rate of the loan", Unit.FACTOR)
    factor.fill(every, lambda t: either(equal(year[t], 1), 1, factor[t - 1]) / (1 + rate(t)))
    counted = block.line("The same, to the end of the loan", Unit.FACTOR)
    counted.fill(every, lambda t: either(year[t] <= tenor, factor[t], 0))
    cash = run.cash.span(1, run.years)
    for name, label, line in (
        ("llcr", "Cover over the life of the loan", counted),
        ("plcr", "Cover over the life of the project", factor),
    ):
        worth = sum_of_products(cash, line.span(1, run.years))
        figures[name] = block.value(
            label,
            Unit.RATIO,
            either(owed.size > 0, worth / owed.size, ""),
            float(metrics[name][0]),
        )
    return figures
