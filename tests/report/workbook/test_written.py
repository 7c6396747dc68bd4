"""A workbook as it is written: formulas where results belong, words that stay words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from tests.report.workbook.conftest import HOSTILE, Written
from tests.report.workbook.drawn_deals import drawn_deal
from tests.report.workbook.spreadsheets import cells_of

from gigaplan.finance.deal import close_deals
from gigaplan.report.workbook import write_workbook
from gigaplan.report.workbook.formulas import Formula, added, formula
from gigaplan.report.workbook.layout import Line, Sheet, Unit
from gigaplan.terms.errors import InputError

SHEETS = [
    "Cover",
    "Inputs",
    "Construction",
    "Operations",
    "Debt",
    "Tax",
    "Junior",
    "Cash",
    "Waterfall",
    "Owners",
    "Programme",
    "Lenders",
    "Lending",
    "Returns",
    "Checks",
    "Charts",
]


@pytest.fixture(scope="module")
def book(written: Written) -> openpyxl.Workbook:
    return openpyxl.load_workbook(written.path)


def test_sheets_come_in_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_results_are_formulas_and_numbers_stand_on_inputs_alone(
    book: openpyxl.Workbook, written: Written
) -> None:
    kinds: dict[str, dict[str, int]] = {}
    for sheet in book.worksheets:
        counted = kinds.setdefault(sheet.title, {})
        for row in sheet.iter_rows():
            for cell in row:
                counted[cell.data_type] = counted.get(cell.data_type, 0) + (cell.value is not None)
    for name in SHEETS[2:-1]:
        assert kinds[name]["f"] > 40, name
        assert kinds[name].get("n", 0) == 0, name
    assert kinds["Inputs"].get("f", 0) == 0
    assert kinds["Inputs"]["n"] + kinds["Inputs"]["d"] > len(written.built.book.inputs) - 10
    declared = sum(
        isinstance(entry.content, Formula)
        for sheet in written.built.book.sheets
        for entry in sheet.entries.values()
    )
    assert sum(counted.get("f", 0) for counted in kinds.values()) == declared > 8000


def test_no_formula_is_a_number_in_disguise(book: openpyxl.Workbook) -> None:
    plain = {
        cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and not re.search(r"[A-Z]+\$?[0-9]+", str(cell.value))
    }
    # The first year of the columns, and what rounding of shares may bring.
    assert plain <= {"=0", "=1E-09"}


def test_formulas_are_short_enough_for_excel(book: openpyxl.Workbook) -> None:
    longest = max(
        len(str(cell.value))
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    )
    assert 100 < longest < 1000


def test_a_formula_too_long_for_excel_is_refused() -> None:
    line = Line(Sheet("Debt", ""), "campus", "Sum", Unit.USD, 0, 0)
    line[0] = formula(1)
    with pytest.raises(InputError, match="Excel reads 8,192"):
        line[1] = added([line[0]] * 5000)


def test_a_reader_without_an_engine_sees_what_python_found(written: Written) -> None:
    cells = cells_of(openpyxl.load_workbook(written.path, data_only=True))
    for line in written.built.book.lines:
        for period, cell in line.cells.items():
            place = line.address(period)
            shown = cells.get((place.sheet, place.row, place.column), "")
            if isinstance(shown, bool | int | float):
                assert shown == pytest.approx(cell.number, rel=1e-12, abs=1e-12)
            elif isinstance(shown, str):
                assert shown == cell.value


def test_words_that_look_like_formulas_stay_words(book: openpyxl.Workbook) -> None:
    found = {
        cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "s"
    }
    assert {*HOSTILE, "=Deals"} <= found


def test_charts_show_cover_and_the_j_curve(book: openpyxl.Workbook) -> None:
    assert len(book["Charts"]._charts) == 2


def test_the_same_deals_give_the_same_file(tmp_path: Path, written: Written) -> None:
    again = tmp_path / "again.xlsx"
    write_workbook(written.closed, again, title="=Deals", discount_frac=0.09)
    assert again.read_bytes() == written.path.read_bytes()


def test_two_deals_of_one_name_are_refused(tmp_path: Path) -> None:
    closed = close_deals([drawn_deal(1), drawn_deal(2)])
    with pytest.raises(InputError, match="Two deals have one name"):
        write_workbook(closed, tmp_path / "x.xlsx", title="x")


def test_no_deal_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no deal"):
        write_workbook([], tmp_path / "x.xlsx", title="x")


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="Choose a folder that can be written to"):
        write_workbook(close_deals([drawn_deal(1)]), tmp_path / "file" / "x.xlsx", title="x")


def test_what_the_formulas_do_not_give_is_refused(tmp_path: Path) -> None:
    """A term of a deal that no formula knows shows as a ledger that the formulas miss."""
    (closed,) = close_deals([drawn_deal(1)])
    ledger = dict(closed.pro_forma.ledger)
    ledger["federal_tax_usd_nominal"] = ledger["federal_tax_usd_nominal"] * 1.001
    other = replace(closed, pro_forma=replace(closed.pro_forma, ledger=ledger))
    with pytest.raises(InputError) as raised:
        write_workbook([other], tmp_path / "x.xlsx", title="x")
    assert "campus: Federal tax, period" in str(raised.value)
    assert not (tmp_path / "x.xlsx").exists()


def test_tiers_without_formulas_are_refused(tmp_path: Path) -> None:
    class OwnTier:
        name = "own"
        investor_frac = 1.0

    (closed,) = close_deals([drawn_deal(1)])
    deal = replace(closed.deal, tiers=(OwnTier(), closed.deal.tiers[-1]))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="The tier own is of the kind OwnTier"):
        write_workbook([replace(closed, deal=deal)], tmp_path / "x.xlsx", title="x")


def test_many_projects_in_one_deal_are_refused(tmp_path: Path) -> None:
    (closed,) = close_deals([drawn_deal(1)])
    project = closed.deal.project
    plant = replace(project.plant, capacity_mw=np.array([1.0, 2.0]))
    deal = replace(closed.deal, project=replace(project, plant=plant))
    with pytest.raises(InputError, match="It has 2 values"):
        write_workbook([replace(closed, deal=deal)], tmp_path / "x.xlsx", title="x")
