"""Cover: what the workbook is, how to use it, whether its checks hold, and its main figures."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Final

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.functions import either
from gigaplan.report.workbook.layout import LABEL, UNIT, Block, Book, Sheet, Style, Unit

FAILS: Final = "A CHECK FAILS"
USE: Final = (
    "Change the blue numbers on Inputs; every other sheet follows by formulas.",
    "Grey words on Inputs are choices that the formulas were written for; they stay as they are.",
    "A line with a sum or a result is bold. Payments are below zero, receipts above.",
    "Money is nominal US dollars; shares and rates are per cent. Year 0 is the opening.",
    "When a check fails, the sheet Checks says which, of which deal, and by how much.",
)


def add_cover(
    book: Book,
    closed: Sequence[Closed],
    title: str,
    as_of: datetime.date | None,
    holds: Formula,
    figures: Mapping[str, Formula],
) -> None:
    """Add the sheet and put it first."""
    sheet = book.sheet("Cover", f"Finance of {_counted(len(closed))}, with live formulas.")
    book.sheets.insert(0, book.sheets.pop())
    sheet.words(0, LABEL, title, Style.TITLE)
    sheet.widths = ((LABEL, LABEL, 46), (UNIT, UNIT, 12), (2, 2, 24))
    sheet.frozen = (0, 0)
    sheet.next_row = 3
    _dates(sheet, closed, as_of)
    sheet.next_row += 1
    block = Block(book, sheet, "State")
    words = either(holds, "every check holds", f"{FAILS}: see the sheet Checks")
    block.value("Checks", Unit.WORDS, words)
    for label, cell in figures.items():
        unit = next(line.unit for line in book.lines if line.label == label)
        block.value(label, unit, cell)
    sheet.next_row += 1
    _words(sheet, "How to use it", USE)
    for style, text in (
        (Style.INPUT, "an input, to be changed"),
        (Style.CHOICE, "a choice, fixed"),
        (Style.NUMBER, "a formula"),
    ):
        sheet.words(sheet.next_row, LABEL, text, style)
        sheet.next_row += 1
    sheet.next_row += 1
    _words(sheet, "Sheets", [f"{each.name}: {each.note}" for each in book.sheets[1:]])


def _dates(sheet: Sheet, closed: Sequence[Closed], as_of: datetime.date | None) -> None:
    first = min(each.dates[0] for each in closed)
    last = max(each.dates[-1] for each in closed)
    told = [f"Flows as written: {first} to {last}."]
    if as_of is not None:
        told.insert(0, f"As of {as_of}.")
    for text in told:
        sheet.words(sheet.next_row, LABEL, text, Style.NOTE)
        sheet.next_row += 1


def _words(sheet: Sheet, heading: str, texts: Sequence[str]) -> None:
    sheet.words(sheet.next_row, LABEL, heading, Style.HEADING)
    for place, text in enumerate(texts, start=1):
        sheet.words(sheet.next_row + place, LABEL, text)
    sheet.next_row += len(texts) + 1


def _counted(deals: int) -> str:
    return "one deal" if deals == 1 else f"{deals} deals"
