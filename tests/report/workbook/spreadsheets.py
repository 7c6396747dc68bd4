"""Recalculating workbooks with a spreadsheet program that did not write them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from gigaplan.report.workbook.formulas import Address, column_letters

Cells = dict[tuple[str, int, int], object]


def libreoffice() -> str | None:
    return next((path for name in ("soffice", "libreoffice") if (path := shutil.which(name))), None)


def stripped(path: Path, to: Path, changes: Mapping[Address, object] | None = None) -> None:
    """Save a copy without the results that were written with it, and with cells changed."""
    book = openpyxl.load_workbook(path)
    for place, content in (changes or {}).items():
        book[place.sheet][f"{column_letters(place.column)}{place.row + 1}"] = content
    book.save(to)


def recalculated(program: str, folder: Path, names: list[str]) -> dict[str, Cells]:
    """Recalculate workbooks of a folder in one run of the program, and return their cells."""
    out = folder / "recalculated"
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            *(str(folder / name) for name in names),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: cells_of(openpyxl.load_workbook(out / name, data_only=True)) for name in names}


def cells_of(book: Workbook) -> Cells:
    return {
        (sheet.title, cell.row - 1, cell.column - 1): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
