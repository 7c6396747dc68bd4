"""Inputs: one column for each deal, one row for each number that may be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gigaplan.finance.deal import Closed
from gigaplan.report.workbook.fields import Field, fields_of
from gigaplan.report.workbook.formulas import Address, Formula, Span
from gigaplan.report.workbook.layout import HEADER, LABEL, UNIT, Book, Sheet, Style, Unit

FIRST_DEAL = 2
DISCOUNT = "discount"
NOTE = "Change the blue numbers; everything else follows. Grey choices are fixed."


@dataclass(frozen=True)
class Given:
    """The cells of one deal on the sheet of inputs.

    Parameters
    ----------
    cells
        Cell of each field, by its name.
    """

    cells: dict[str, Formula]

    def __getitem__(self, key: str) -> Formula:
        return self.cells[key]

    def has(self, key: str) -> bool:
        """Say whether the deal has a field."""
        return key in self.cells

    def column(self, path: str, first: int = 0) -> Span | None:
        """Return the range of fields ``path[first]``, ``path[first + 1]``, ...; None of none."""
        found: list[Formula] = []
        while f"{path}[{first + len(found)}]" in self.cells:
            found.append(self.cells[f"{path}[{first + len(found)}]"])
        if not found:
            return None
        start, end = found[0].parts[0], found[-1].parts[0]
        assert isinstance(start, Address)
        assert isinstance(end, Address)
        address = Address(
            start.sheet,
            start.row,
            start.column,
            last=(end.row, end.column),
            still_row=True,
            still_column=True,
        )
        return Span(address, tuple(cell.value for cell in found))


def add_inputs(
    book: Book, closed: Sequence[Closed], discount_frac: float
) -> tuple[list[Given], Formula]:
    """Add the sheet; return the cells of each deal, and the discount rate of the programme."""
    sheet = book.sheet("Inputs", NOTE)
    sheet.head([each.deal.name for each in closed], FIRST_DEAL)
    sheet.frozen = (HEADER + 1, FIRST_DEAL)
    discount = _programme_rate(book, sheet, discount_frac)
    held = [{field.key: field for field in fields_of(each)} for each in closed]
    cells: list[dict[str, Formula]] = [{} for _ in closed]
    group = ""
    for field in _in_order(held):
        if field.group != group:
            group = field.group
            sheet.next_row += 1
            sheet.words(sheet.next_row, LABEL, group, Style.HEADING)
            sheet.next_row += 1
        row = sheet.next_row
        sheet.words(row, LABEL, field.label)
        sheet.words(row, UNIT, "fixed" if field.choice else field.unit.words, Style.NOTE)
        for place, (each, fields) in enumerate(zip(closed, held, strict=True)):
            own, column = fields.get(field.key), FIRST_DEAL + place
            if own is None or own.label != field.label:
                continue
            style = Style.CHOICE if own.choice else Style.INPUT
            cells[place][field.key] = sheet.given(row, column, own.content, own.unit, style)
            if not own.choice:
                book.inputs[each.deal.name, field.key] = Address(sheet.name, row, column)
        sheet.next_row += 1
    return [Given(each) for each in cells], discount


def _programme_rate(book: Book, sheet: Sheet, discount_frac: float) -> Formula:
    """Write the one number that belongs to no deal."""
    row = sheet.next_row
    sheet.words(row, LABEL, "Discount rate of programme and owners (nominal)")
    sheet.words(row, UNIT, Unit.RATE.words, Style.NOTE)
    sheet.next_row += 1
    book.inputs["", DISCOUNT] = Address(sheet.name, row, FIRST_DEAL)
    return sheet.given(row, FIRST_DEAL, discount_frac, Unit.RATE, Style.INPUT)


def _in_order(held: Sequence[dict[str, Field]]) -> list[Field]:
    """Return the fields of all deals, each once, and those of one part side by side."""
    groups: dict[str, dict[str, dict[tuple[str, str], Field]]] = {}
    for fields in held:
        for field in fields.values():
            part = field.key.split(".")[0] if "." in field.key else ""
            parts = groups.setdefault(field.group, {})
            parts.setdefault(part, {}).setdefault((field.key, field.label), field)
    return [
        field for parts in groups.values() for fields in parts.values() for field in fields.values()
    ]
