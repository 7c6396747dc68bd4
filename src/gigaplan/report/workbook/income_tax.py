"""Income tax of one level, written year by year, with losses used at once or carried forward."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.functions import least, most
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.layout import Block, Line, Style


@dataclass(frozen=True)
class IncomeTax:
    """Lines of one level of tax.

    Parameters
    ----------
    rate, cap
        Rate, and share of income that carried losses may offset; no cap where losses are used at
        once [frac].
    income
        Taxed income before carried losses [USD].
    used, pool
        Losses used, and carried forward; None where they are used at once [USD].
    tax
        Paid, below zero [USD].
    """

    rate: Formula
    cap: Formula | None
    income: Line
    used: Line | None
    pool: Line | None
    tax: Line

    def write(self, period: int, income: Formula) -> None:
        """Write one year."""
        self.income[period] = income
        here = self.income[period]
        if self.used is None or self.pool is None or self.cap is None:
            self.tax[period] = -(self.rate * here)
            return
        gain, before = most(here, 0), self.pool[period - 1]
        self.used[period] = least(before, self.cap * gain)
        self.pool[period] = before - self.used[period] + most(-here, 0)
        self.tax[period] = -(self.rate * (gain - self.used[period]))


def add_income_tax(block: Block, closed: Closed, given: Given, level: str) -> IncomeTax:
    """Declare the lines of the federal or the state tax."""
    told = closed.pro_forma.ledger[f"{level.lower()}_tax_usd_nominal"][0]
    carried = closed.deal.project.taxes.losses == "carried_forward"
    return IncomeTax(
        given[f"taxes.{level.lower()}_frac"],
        given["taxes.loss_cap_frac"] if carried else None,
        block.line(f"{level}: taxed income"),
        block.line(f"{level}: losses used") if carried else None,
        block.line(f"{level}: losses carried forward") if carried else None,
        block.line(f"{level} tax", ledger=told, style=Style.TOTAL),
    )
