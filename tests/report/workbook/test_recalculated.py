"""A spreadsheet program that did not write the workbook gives what Python gives, line by line."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
import pyxirr
from tests.report.workbook.changes import CHANGES
from tests.report.workbook.conftest import Recalculated
from tests.report.workbook.spreadsheets import Cells

from gigaplan.finance.returns import dated_rate_of_return
from gigaplan.report.workbook.formulas import Address
from gigaplan.report.workbook.functions import day_number
from gigaplan.report.workbook.layout import Line

MOST_SHOWN = 5


def told(cells: Cells, place: Address) -> float | str:
    """Return what the other program holds; empty text and an empty cell are the same."""
    found = cells.get((place.sheet, place.row, place.column), "")
    if isinstance(found, datetime.datetime):
        return day_number(found.date())
    assert isinstance(found, str | int | float)
    return found


def differing(line: Line, cells: Cells, expected: dict[int, float | str]) -> list[str]:
    found = []
    for period, value in expected.items():
        place = line.address(period)
        other = told(cells, place)
        if isinstance(value, str) or isinstance(other, str):
            same = value == other
        else:
            same = other == pytest.approx(value, rel=1e-6, abs=1e-3)
        if not same:
            found.append(f"{place.text('')} {line.deal} {line.label}: {value} and {other}")
    return found


def ledger_of(line: Line) -> dict[int, float | str]:
    assert line.ledger is not None
    known = {period: line.ledger[period] for period in line.cells if period < len(line.ledger)}
    return {period: float(value) for period, value in known.items() if np.isfinite(value)}


@pytest.mark.parametrize("which", ["same", "altered"])
def test_every_line_of_every_ledger_is_the_same(which: str, request: pytest.FixtureRequest) -> None:
    other: Recalculated = request.getfixturevalue(which)
    lines = [line for line in other.built.book.lines if line.ledger is not None]
    assert len({line.label for line in lines}) > 60
    found = [fault for line in lines for fault in differing(line, other.cells, ledger_of(line))]
    assert found[:MOST_SHOWN] == []


@pytest.mark.parametrize("which", ["same", "altered"])
def test_every_cell_comes_to_what_its_formula_was_said_to(
    which: str, request: pytest.FixtureRequest
) -> None:
    other: Recalculated = request.getfixturevalue(which)
    found, seen = [], 0
    for line in other.built.book.lines:
        expected = {period: cell.value for period, cell in line.cells.items()}
        found += differing(line, other.cells, expected)
        seen += len(expected)
    assert seen > 8000
    assert found[:MOST_SHOWN] == []


@pytest.mark.parametrize("which", ["same", "altered"])
def test_no_cell_is_an_error_and_every_check_holds(
    which: str, request: pytest.FixtureRequest
) -> None:
    other: Recalculated = request.getfixturevalue(which)
    errors = [place for place, value in other.cells.items() if str(value).startswith("#")]
    assert errors == []
    holds = [
        value
        for (sheet, row, column), value in other.cells.items()
        if sheet == "Checks" and column == 4 and row > 3
    ]
    assert len(holds) > 30
    assert all(value is True for value in holds)
    assert "every check holds" in other.cells.values()


@pytest.mark.parametrize("which", ["same", "altered"])
def test_rates_of_return_are_those_of_pyxirr(which: str, request: pytest.FixtureRequest) -> None:
    other: Recalculated = request.getfixturevalue(which)
    names = {
        (value, other.cells.get(("Returns", row, 1))): told(other.cells, Address("Returns", row, 2))
        for (sheet, row, column), value in other.cells.items()
        if sheet == "Returns" and column == 0 and 4 <= row < 60
    }
    compared = 0
    for each in other.closed:
        flows = {"All owners": each.owner_flow_usd_nominal, **each.flows_by_owner()}
        if np.ndim(each.deal.project.debt.interest_frac) == 0:
            flows |= {f"{who} (lender)": flow for who, flow in each.flows_by_lender().items()}
        for owner, flow in flows.items():
            if dated_rate_of_return(each.dates, flow).status == "unique":
                expected = pyxirr.xirr(each.dates, flow)
                assert names[owner, each.deal.name] == pytest.approx(expected, abs=1e-6)
                compared += 1
    assert compared >= 12


def test_changes_do_change_what_matters(same: Recalculated, altered: Recalculated) -> None:
    assert len(CHANGES) >= 6
    for before, after in zip(same.closed, altered.closed, strict=True):
        one, two = before.owner_flow_usd_nominal, after.owner_flow_usd_nominal
        assert one.shape != two.shape or not np.allclose(one, two, rtol=1e-3)
