"""Layout: sheets, blocks and lines, each line declared once with its unit and its formulas."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

import numpy as np
import numpy.typing as npt

from gigaplan.report.workbook.formulas import WHOLE, Address, Formula, Scalar, Span, formula
from gigaplan.report.workbook.functions import day_number
from gigaplan.terms.errors import Fault, InputError

LABEL, UNIT, VALUE, FIRST = range(4)
"""Columns of every sheet: label, unit, one value, first period."""
HEADER: Final = 3
"""Row of the periods."""
TOLERANCE: Final = 1e-8
LONGEST: Final = 8192
"""Characters of a formula that Excel reads."""
CENT: Final = 0.01
MOST_SHOWN: Final = 5


class Unit(Enum):
    """A unit: how it is written beside a line, and the number format of its cells."""

    USD = ("USD", "#,##0")
    USD_PER_MWH = ("USD/MWh", "#,##0.00")
    USD_PER_T = ("USD/t", "#,##0.00")
    TONNES = ("t/yr", "#,##0")
    USD_PER_YEAR = ("USD/yr", "#,##0")
    USD_PER_MW_YEAR = ("USD/MW/yr", "#,##0")
    SHARE = ("%", "0.00%")
    RATE = ("%/yr", "0.000%")
    MWH = ("MWh", "#,##0")
    MW = ("MW", "#,##0.0")
    YEARS = ("years", "0.00")
    WHOLE_YEARS = ("years", "0")
    MONTHS = ("months", "0.0")
    DATE = ("date", "yyyy-mm-dd")
    RATIO = ("x", '0.000"x"')
    FACTOR = ("factor", "0.0000")
    YES = ("1 = yes", "0")
    COUNT = ("number", "0")
    TEST = ("TRUE or FALSE", "General")
    WORDS = ("", "General")

    @property
    def words(self) -> str:
        """How it is written."""
        return self.value[0]

    @property
    def number_format(self) -> str:
        """Number format of a spreadsheet."""
        return self.value[1]


class Style(Enum):
    """How words and numbers look."""

    TITLE = "title"
    NOTE = "note"
    HEADING = "heading"
    PERIOD = "period"
    CAPTION = "caption"
    LABEL = "label"
    TOTAL = "total"
    INPUT = "input"
    CHOICE = "choice"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell holds: words, a given number, or a formula."""

    content: str | float | datetime.date | Formula
    style: Style
    unit: Unit | None = None


@dataclass
class Line:
    """A line of a ledger in a workbook: a cell for each period, or one value.

    Parameters
    ----------
    sheet, deal
        Where it stands, and whose it is; empty for the programme.
    label, unit
        What stands beside it.
    row, column
        Of period 0.
    style
        How its cells look.
    down
        Whether its periods run down a column.
    still
        Whether its row stays when a formula that names it is copied.
    ledger
        What Python says, by period; None for steps that no ledger holds.
    cells
        Its cells by period.
    """

    sheet: Sheet = field(repr=False)
    deal: str
    label: str
    unit: Unit
    row: int
    column: int
    style: Style = Style.NUMBER
    down: bool = False
    still: bool = False
    ledger: npt.NDArray[np.float64] | None = field(default=None, repr=False)
    cells: dict[int, Formula] = field(default_factory=dict, repr=False)

    def address(self, period: int) -> Address:
        """Return the cell of a period."""
        if self.down:
            return Address(self.sheet.name, self.row + period, self.column)
        column = self.column + period
        return Address(self.sheet.name, self.row, column, still_row=self.still)

    def __getitem__(self, period: int) -> Formula:
        """Return the cell of a period; one that was never written is empty and counts as 0."""
        found = self.cells.get(period)
        return (
            found if found is not None else Formula((self.address(period),), WHOLE, 0.0, empty=True)
        )

    def __setitem__(self, period: int, content: Formula) -> None:
        where = self.address(period)
        if isinstance(content.value, float) and math.isnan(content.value):
            headline = "A formula of the workbook comes to an error."
            place = f"{where.text('')} ({self.deal}: {self.label})"
            what = f"{content.text(self.sheet.name)} has no value."
            mend = "Check the numbers of the deal that it is made from."
            raise InputError(headline, [Fault(what, place, mend)])
        self._check_length(content, where)
        self.sheet.entries[where.row, where.column] = Entry(content, self.style, self.unit)
        self.cells[period] = Formula((where,), WHOLE, content.value)

    def _check_length(self, content: Formula, where: Address) -> None:
        """Refuse a formula that Excel would call corrupt."""
        if len(content.parts) < LONGEST // 40:
            return
        length = len(content.text(self.sheet.name))
        if length > LONGEST:
            headline = "A formula of the workbook is too long."
            place = f"{where.text('')} ({self.deal}: {self.label})"
            what = f"It has {length:,} characters, and Excel reads {LONGEST:,}."
            mend = "Write fewer owners, tiers or deals into one workbook."
            raise InputError(headline, [Fault(what, place, mend)])

    def fill(self, periods: Iterable[int], write: Callable[[int], Formula]) -> Line:
        """Write the formula of each period."""
        for period in periods:
            self[period] = write(period)
        return self

    def span(self, first: int, last: int) -> Span:
        """Return the range from one period to another."""
        start, end = self.address(first), self.address(last)
        address = Address(start.sheet, start.row, start.column, last=(end.row, end.column))
        values = tuple(
            self.cells[period].value if period in self.cells else ""
            for period in range(first, last + 1)
        )
        return Span(address, values)

    def faults(self) -> list[Fault]:
        """Return where its formulas come to something else than the ledger of Python."""
        if self.ledger is None:
            return []
        scale = float(np.nanmax(np.abs(self.ledger), initial=0.0))
        allowed = TOLERANCE * scale + (CENT if self.unit is Unit.USD else TOLERANCE)
        for period, cell in self.cells.items():
            number, last = cell.number, len(self.ledger) - 1
            told = float(self.ledger[period]) if period <= last else 0.0
            if math.isnan(number) and (math.isnan(told) or period > last):
                continue
            if not abs(number - told) <= allowed:
                what = f"The formula comes to {number:.9g}, and the ledger holds {told:.9g}."
                place = f"{self.deal}: {self.label}, period {period}"
                return [Fault(what, place, "The deal has a term that the workbook cannot write.")]
        return []


def stacked(lines: Sequence[Line], period: int) -> Span:
    """Return the range of lines that lie under each other, in one period."""
    start, end = lines[0].address(period), lines[-1].address(period)
    address = Address(start.sheet, start.row, start.column, last=(end.row, end.column))
    return Span(address, tuple(line[period].value for line in lines))


@dataclass
class Sheet:
    """A sheet: what its cells hold, and where the next line goes.

    Parameters
    ----------
    name
        One word, so that formulas need no quotes.
    note
        What it shows, in a sentence under its title.
    entries
        What its cells hold, by row and column.
    next_row
        Where the next line goes.
    year
        Number of the year over each column, on sheets of years.
    widths
        First and last column, and their width in characters.
    frozen
        Rows and columns that stay in sight.
    """

    name: str
    note: str
    entries: dict[tuple[int, int], Entry] = field(default_factory=dict, repr=False)
    next_row: int = HEADER + 1
    year: Line | None = None
    widths: tuple[tuple[int, int, float], ...] = ((LABEL, LABEL, 46), (UNIT, UNIT, 11))
    frozen: tuple[int, int] = (HEADER + 1, FIRST)

    def words(self, row: int, column: int, text: str, style: Style = Style.LABEL) -> None:
        """Write words."""
        self.entries[row, column] = Entry(text, style)

    def given(
        self, row: int, column: int, content: str | float | datetime.date, unit: Unit, style: Style
    ) -> Formula:
        """Write a given number, and return the cell for formulas."""
        self.entries[row, column] = Entry(content, style, unit)
        value: Scalar
        value = day_number(content) if isinstance(content, datetime.date) else content
        place = Address(self.name, row, column, still_row=True, still_column=True)
        return Formula((place,), WHOLE, value if isinstance(value, str) else float(value))

    def count_years(self, last: int) -> None:
        """Write the number of the year over each column, 0 for the opening."""
        self.words(HEADER, LABEL, "Year of operation", Style.CAPTION)
        year = Line(self, "", "Year", Unit.COUNT, HEADER, FIRST, Style.PERIOD, still=True)
        year[0] = formula(0)
        self.year = year.fill(range(1, last + 1), lambda t: year[t - 1] + 1)

    def head(self, names: Sequence[str], first: int = FIRST) -> None:
        """Write names over columns."""
        for place, name in enumerate(names):
            style = Style.CAPTION if first + place == LABEL else Style.PERIOD
            self.words(HEADER, first + place, name, style)


@dataclass
class Block:
    """The lines of one deal on a sheet.

    Parameters
    ----------
    book, sheet, deal
        Where the lines go and whose they are.
    column
        Column of period 0.
    """

    book: Book
    sheet: Sheet
    deal: str
    column: int = FIRST

    def __post_init__(self) -> None:
        """Write the name of the deal over its lines."""
        self.sheet.next_row += 1
        self.heading(self.deal)

    @property
    def year(self) -> Line:
        """Number of the year over each column of its sheet."""
        assert self.sheet.year is not None
        return self.sheet.year

    def heading(self, text: str) -> None:
        """Write a heading."""
        self.sheet.words(self.sheet.next_row, LABEL, text, Style.HEADING)
        self.sheet.next_row += 1

    def line(
        self,
        label: str,
        unit: Unit = Unit.USD,
        ledger: npt.NDArray[np.float64] | None = None,
        style: Style = Style.NUMBER,
    ) -> Line:
        """Declare a line; its cells are written by its ``fill`` or one by one."""
        row = self._labelled(label, unit, style)
        made = Line(self.sheet, self.deal, label, unit, row, self.column, style, ledger=ledger)
        self.book.lines.append(made)
        return made

    def value(
        self, label: str, unit: Unit, content: Formula, ledger: float | None = None
    ) -> Formula:
        """Declare a line of one value, and return its cell."""
        row = self._labelled(label, unit, Style.NUMBER)
        told = None if ledger is None else np.array([ledger])
        made = Line(self.sheet, self.deal, label, unit, row, VALUE, ledger=told)
        made[0] = content
        self.book.lines.append(made)
        place = Address(self.sheet.name, row, VALUE, still_row=True, still_column=True)
        return Formula((place,), WHOLE, content.value)

    def _labelled(self, label: str, unit: Unit, style: Style) -> int:
        row = self.sheet.next_row
        shown = Style.TOTAL if style is Style.TOTAL else Style.LABEL
        self.sheet.words(row, LABEL, label, shown)
        self.sheet.words(row, UNIT, unit.words, Style.NOTE)
        self.sheet.next_row += 1
        return row


@dataclass
class Book:
    """A workbook before it is written: its sheets in order, and every line declared.

    Parameters
    ----------
    sheets
        Sheets in order.
    lines
        Lines in the order in which they were declared.
    inputs
        Cell of each number that may be changed, by deal and field.
    """

    sheets: list[Sheet] = field(default_factory=list, repr=False)
    lines: list[Line] = field(default_factory=list, repr=False)
    inputs: dict[tuple[str, str], Address] = field(default_factory=dict, repr=False)

    def sheet(self, name: str, note: str) -> Sheet:
        """Add a sheet."""
        made = Sheet(name, note)
        made.words(0, LABEL, name, Style.TITLE)
        made.words(1, LABEL, note, Style.NOTE)
        self.sheets.append(made)
        return made

    def check(self) -> None:
        """Raise where formulas come to something else than the ledger of Python.

        Raises
        ------
        InputError
            Naming the first lines that differ.
        """
        faults = [fault for line in self.lines for fault in line.faults()]
        if faults:
            headline = "The workbook does not give what the finance of the deals gives."
            raise InputError(headline, faults[:MOST_SHOWN])
