"""What the checks of a workbook come to."""

from __future__ import annotations

from gigaplan.finance.deal import Deal, close_deals
from gigaplan.report.workbook import build_workbook


def failing(*deals: Deal) -> list[str]:
    """Return the checks that fail; building refuses what the ledgers do not hold."""
    book = build_workbook(close_deals(deals), title="x").book
    holds = next(line for line in book.lines if line.label == "Holds")
    names = next(sheet for sheet in book.sheets if sheet.name == "Checks").entries
    return [
        str(names[holds.row + row, 0].content)
        for row, cell in holds.cells.items()
        if not cell.value
    ]
