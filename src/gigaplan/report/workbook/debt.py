"""Debt: the term loan, its service, the reserves, and how well cash covers it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.construction import Construction
from gigaplan.report.workbook.formulas import Formula, equal, formula
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
from gigaplan.report.workbook.term_loan import Owed, add_term_loan


@dataclass(frozen=True)
class Debt:
    """Cells of debt and reserves that other sheets use.

    Parameters
    ----------
    owed
        The loan.
    interest, principal
        Paid, below zero [USD].
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
    interest: Line
    principal: Line
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
    ledger = closed.pro_forma.ledger
    every = range(run.years + 1)
    months = given["reserves.working_capital_months"]
    working = block.line("Working capital held")
    working.fill(every, lambda t: -(months / 12 * run.running_cost[t + 1]))
    owed = add_term_loan(block, closed, given, built, run, working)
    balance = owed.balance
    rate = given["debt.interest_frac"] if given.has("debt.interest_frac") else formula(0)
    interest = block.line("Interest", ledger=ledger["interest_usd_nominal"][0])
    interest.fill(
        every[1:],
        lambda t: -(rate * balance[t - 1]),
    )
    principal = block.line("Principal", ledger=ledger["principal_usd_nominal"][0])
    principal.fill(every[1:], lambda t: balance[t] - balance[t - 1])
    held = block.line("Debt service held")
    covered = given["reserves.debt_service_months"]
    held.fill(every, lambda t: -(covered / 12 * (interest[t + 1] + principal[t + 1])))
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
    fee = block.value("Fee of the loan", Unit.USD, _fee(given, owed))
    uses = block.value(
        "Uses in all",
        Unit.USD,
        owed.fixed + fee + held[0],
        float(closed.pro_forma.metrics["uses_usd_nominal"][0]),
    )
    cover = block.line("Cover: cash over debt service", Unit.RATIO, _cover(closed))
    cover.fill(
        every[1:],
        lambda t: either(
            interest[t] + principal[t] < 0, run.cash[t] / -(interest[t] + principal[t]), ""
        ),
    )
    figures = _figures(block, closed, given, run, owed, cover)
    return Debt(
        owed,
        interest,
        principal,
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


def _cover(closed: Closed) -> npt.NDArray[np.float64]:
    """Return cash over debt service as the ledger has it; NaN without service."""
    ledger = closed.pro_forma.ledger
    service = -(ledger["interest_usd_nominal"][0] + ledger["principal_usd_nominal"][0])
    cash = ledger["cfads_usd_nominal"][0]
    cover = np.full_like(cash, np.nan)
    return np.asarray(np.divide(cash, service, out=cover, where=service > 0))


def _figures(
    block: Block, closed: Closed, given: Given, run: Operations, owed: Owed, cover: Line
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
    if not given.has("debt.interest_frac"):
        return figures
    rate, tenor, year = given["debt.interest_frac"], given["debt.tenor_years"], block.year
    every = range(1, run.years + 1)
    factor = block.line("Worth of a dollar at the rate of the loan", Unit.FACTOR)
    factor.fill(every, lambda t: either(equal(year[t], 1), 1, factor[t - 1]) / (1 + rate))
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
