"""Writing: the sheets of a workbook as an Excel file."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.build import build_workbook
from gigaplan.report.workbook.charts import add_charts
from gigaplan.report.workbook.checks import HOLDS
from gigaplan.report.workbook.cover import FAILS
from gigaplan.report.workbook.formulas import Formula
from gigaplan.report.workbook.layout import FIRST, HEADER, VALUE, Entry, Sheet, Style, Unit
from gigaplan.terms.errors import Fault, InputError

Look = dict[str, str | int | float | bool]

MADE: Final = datetime.datetime(2000, 1, 1)
LOOKS: Final[dict[Style, Look]] = {
    Style.TITLE: {"bold": True, "font_size": 16},
    Style.NOTE: {"font_color": "#666666"},
    Style.HEADING: {"bold": True, "bg_color": "#E8EDF3"},
    Style.PERIOD: {"bold": True, "bottom": 1, "align": "right", "text_wrap": True},
    Style.CAPTION: {"bold": True, "bottom": 1},
    Style.LABEL: {},
    Style.TOTAL: {"bold": True, "top": 1},
    Style.INPUT: {"font_color": "#0000FF", "bg_color": "#FFFBE6"},
    Style.CHOICE: {"font_color": "#808080"},
    Style.NUMBER: {},
}
PERIOD_WIDTH: Final = 14
MOST_ROWS: Final = 100_000


def write_workbook(
    closed: Sequence[Closed],
    path: Path,
    *,
    title: str,
    as_of: datetime.date | None = None,
    discount_frac: float | None = None,
) -> None:
    """Write deals as an Excel workbook in which every result is a formula.

    Parameters
    ----------
    closed
        One deal or more, with names that differ.
    path
        File to write.
    title
        Title on the cover.
    as_of
        Day of the numbers, for the cover; None leaves it out.
    discount_frac
        Nominal rate for the programme and its owners; None takes that of the first deal [frac/yr].

    Raises
    ------
    InputError
        If a deal has a term that the workbook has no formula for, or the file cannot be written.
    """
    built = build_workbook(closed, title=title, as_of=as_of, discount_frac=discount_frac)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(str(path), options) as file:
            file.set_properties({"title": title, "created": MADE})
            file.set_calc_mode("auto")
            looks: dict[tuple[Style, Unit | None], Format] = {}
            for sheet in built.book.sheets:
                _write(file, sheet, looks)
            add_charts(file, built)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        headline = "The workbook cannot be written."
        fault = Fault(f"{error}.", str(path), "Choose a folder that can be written to.")
        raise InputError(headline, [fault]) from error


def _write(file: Workbook, sheet: Sheet, looks: dict[tuple[Style, Unit | None], Format]) -> None:
    """Write one sheet, its widths, and how it prints."""
    page = file.add_worksheet(sheet.name)
    page.set_column(FIRST - 1, FIRST + 600, PERIOD_WIDTH)
    for first, last, width in sheet.widths:
        page.set_column(first, last, width)
    for (row, column), entry in sheet.entries.items():
        _write_cell(page, row, column, entry, sheet.name, _look(file, entry, looks))
    _warn(file, page)
    page.freeze_panes(*sheet.frozen)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if sheet.frozen[0]:
        page.repeat_rows(0, HEADER)
    page.set_footer("&L&A&RPage &P of &N")


def _warn(file: Workbook, page: Worksheet) -> None:
    """Show what does not hold in red."""
    red = file.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    if page.name == "Checks":
        area = (HEADER + 1, HOLDS, MOST_ROWS, HOLDS)
        page.conditional_format(
            *area, {"type": "cell", "criteria": "==", "value": "FALSE", "format": red}
        )
    elif page.name == "Cover":
        fails = {"type": "text", "criteria": "begins with", "value": FAILS, "format": red}
        page.conditional_format(0, VALUE, MOST_ROWS, VALUE, fails)


def _write_cell(
    page: Worksheet, row: int, column: int, entry: Entry, home: str, look: Format
) -> None:
    """Write one cell; words are never read as formulas."""
    content = entry.content
    if isinstance(content, Formula):
        page.write_formula(row, column, content.text(home), look, content.value)
    elif isinstance(content, datetime.date):
        page.write_datetime(row, column, content, look)
    elif isinstance(content, str):
        page.write_string(row, column, content, look)
    else:
        page.write_number(row, column, content, look)


def _look(file: Workbook, entry: Entry, looks: dict[tuple[Style, Unit | None], Format]) -> Format:
    """Return the format of a cell, made once for each style and unit."""
    key = (entry.style, entry.unit)
    if key not in looks:
        look = dict(LOOKS[entry.style])
        if entry.unit is not None:
            look |= {"num_format": entry.unit.number_format, "align": "right"}
        looks[key] = file.add_format(look)
    return looks[key]
