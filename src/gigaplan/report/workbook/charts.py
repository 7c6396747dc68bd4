"""Charts: cover of debt by year, and what owners are out of pocket by."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from gigaplan.report.workbook.build import Built
from gigaplan.report.workbook.layout import Line

MOST: Final = 12
"""Lines in one chart; more cannot be told apart."""
SIZE: Final = {"width": 960, "height": 420}


def add_charts(file: Workbook, built: Built) -> None:
    """Add a sheet of charts."""
    page = file.add_worksheet("Charts")
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    lines = built.covers[:MOST]
    if lines:
        chart = file.add_chart({"type": "column"})
        last = max(max(line.cells) for line in lines)
        for line in lines:
            year = line.sheet.year
            assert year is not None
            chart.add_series(
                {
                    "name": _plain(line.deal),
                    "categories": _range(year, 1, last),
                    "values": _range(line, 1, last),
                }
            )
        chart.set_title({"name": "Cover: cash over debt service"})
        chart.set_x_axis({"name": "Year of operation"})
        chart.set_y_axis({"num_format": '0.0"x"', "min": 0})
        chart.set_size(SIZE)
        page.insert_chart(1, 0, chart)
    programme = built.programme
    chart = file.add_chart({"type": "scatter", "subtype": "straight"})
    for party in programme.parties[:MOST]:
        chart.add_series(
            {
                "name": _plain(party.name),
                "categories": _range(programme.dates, 0, programme.last),
                "values": _range(party.so_far, 0, programme.last),
            }
        )
    chart.set_title({"name": "Flow of owners so far (J-curve)"})
    chart.set_x_axis({"num_format": "yyyy", "label_position": "low"})
    chart.set_y_axis({"name": "USD", "num_format": '#,##0,," M"'})
    chart.set_size(SIZE)
    page.insert_chart(24, 0, chart)


def _plain(name: str) -> str:
    """Return a name that is never read as a formula."""
    return f" {name}" if name.startswith("=") else name


def _range(line: Line, first: int, last: int) -> list[str | int]:
    """Return cells of a line as a chart names them."""
    start, end = line.address(first), line.address(last)
    return [start.sheet, start.row, start.column, end.row, end.column]
