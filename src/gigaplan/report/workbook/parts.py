"""Parts: the cells of one deal on every sheet."""

from __future__ import annotations

from dataclasses import dataclass

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.cash import Cash
from gigaplan.report.workbook.construction import Construction
from gigaplan.report.workbook.debt import Debt
from gigaplan.report.workbook.inputs import Given
from gigaplan.report.workbook.stakes import Stakes
from gigaplan.report.workbook.waterfall import Waterfall


@dataclass(frozen=True)
class Parts:
    """What the sheets of a deal hand to those of all deals."""

    closed: Closed
    given: Given
    built: Construction
    stakes: Stakes
    debt: Debt
    cash: Cash
    shared: Waterfall
