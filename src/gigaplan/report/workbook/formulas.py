"""Formulas: expressions that hold their text for a spreadsheet and their value together."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

Scalar = float | str | bool

COMPARED: Final = 0
ADDED: Final = 1
MULTIPLIED: Final = 2
RAISED: Final = 3
WHOLE: Final = 4


@lru_cache(maxsize=4096)
def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    left = column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Address:
    """A cell or a range of a sheet.

    Parameters
    ----------
    sheet
        Name of the sheet.
    row, column
        Of the cell, or of the first cell of the range; counted from 0.
    last
        Row and column of the last cell of a range.
    still_row, still_column
        Whether the row or the column stays when the formula is copied.
    """

    sheet: str
    row: int
    column: int
    last: tuple[int, int] | None = None
    still_row: bool = False
    still_column: bool = False

    @property
    def is_row(self) -> bool:
        """Whether a range lies in one row."""
        return self.last is not None and self.last[0] == self.row

    @property
    def first(self) -> Address:
        """The first cell of a range."""
        return replace(self, last=None)

    def text(self, home: str) -> str:
        """Return how a formula on the sheet ``home`` names it.

        Examples
        --------
        >>> Address("Inputs", 4, 2, still_row=True, still_column=True).text("Debt")
        'Inputs!$C$5'
        >>> Address("Debt", 4, 3, last=(4, 5)).text("Debt")
        'D5:F5'
        """
        row, column = "$" * self.still_row, "$" * self.still_column
        place = f"{column}{column_letters(self.column)}{row}{self.row + 1}"
        if self.last is not None:
            bottom, right = self.last
            place += f":{column}{column_letters(right)}{row}{bottom + 1}"
        return place if self.sheet == home else f"{self.sheet}!{place}"


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression: what a cell will hold, and what it comes to.

    Parameters
    ----------
    parts
        Text and addresses, in order.
    rank
        How tightly its outermost sign binds.
    value
        What it comes to; NaN where a spreadsheet would show an error.
    empty
        Whether it names a cell that holds nothing. It counts as zero in sums, but MIN and MAX of a
        spreadsheet leave it out.
    """

    parts: tuple[str | Address, ...]
    rank: int
    value: Scalar
    empty: bool = False

    @property
    def number(self) -> float:
        """The value as a number; NaN for text."""
        return math.nan if isinstance(self.value, str) else float(self.value)

    def text(self, home: str) -> str:
        """Return the formula as a cell of the sheet ``home`` holds it."""
        parts = self.parts
        return "=" + "".join(p if isinstance(p, str) else p.text(home) for p in parts)

    def __add__(self, other: Formula | float) -> Formula:
        return _joined(self, "+", other, ADDED, lambda a, b: a + b)

    def __radd__(self, other: float) -> Formula:
        return _joined(other, "+", self, ADDED, lambda a, b: a + b)

    def __sub__(self, other: Formula | float) -> Formula:
        return _joined(self, "-", other, ADDED, lambda a, b: a - b)

    def __rsub__(self, other: float) -> Formula:
        return _joined(other, "-", self, ADDED, lambda a, b: a - b)

    def __mul__(self, other: Formula | float) -> Formula:
        return _joined(self, "*", other, MULTIPLIED, lambda a, b: a * b)

    def __rmul__(self, other: float) -> Formula:
        return _joined(other, "*", self, MULTIPLIED, lambda a, b: a * b)

    def __truediv__(self, other: Formula | float) -> Formula:
        return _joined(self, "/", other, MULTIPLIED, _quotient)

    def __rtruediv__(self, other: float) -> Formula:
        return _joined(other, "/", self, MULTIPLIED, _quotient)

    def __pow__(self, other: Formula | float) -> Formula:
        return _joined(self, "^", other, RAISED, _power)

    def __neg__(self) -> Formula:
        # Unary minus binds tighter than ^ in a spreadsheet, so all but a whole goes in brackets.
        return Formula(("-", *_bracketed(self, WHOLE)), ADDED, -self.number)

    def __le__(self, other: Formula | float) -> Formula:
        return _compared(self, "<=", other, lambda a, b: a <= b)

    def __lt__(self, other: Formula | float) -> Formula:
        return _compared(self, "<", other, lambda a, b: a < b)

    def __ge__(self, other: Formula | float) -> Formula:
        return _compared(self, ">=", other, lambda a, b: a >= b)

    def __gt__(self, other: Formula | float) -> Formula:
        return _compared(self, ">", other, lambda a, b: a > b)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of cells.

    Parameters
    ----------
    address
        Where it is.
    values
        What its cells hold, row by row.
    """

    address: Address
    values: tuple[Scalar, ...]

    @property
    def numbers(self) -> list[float]:
        """Its numbers; text and empty cells are left out, as a spreadsheet does."""
        return [float(value) for value in self.values if not isinstance(value, str)]


def formula(term: Formula | float | str) -> Formula:
    """Return a number or a text as a formula.

    Examples
    --------
    >>> (formula(2) * (formula(1) - (formula(3) - 0.5))).text("")
    '=2*(1-(3-0.5))'
    >>> formula(1e-9).text("")
    '=1E-09'
    >>> (-formula(2) ** 2).text(""), ((-formula(2)) ** 2).text("")
    ('=-(2^2)', '=(-2)^2')
    """
    if isinstance(term, Formula):
        return term
    if isinstance(term, str):
        return Formula(('"' + term.replace('"', '""') + '"',), WHOLE, term)
    written = repr(int(term)) if float(term).is_integer() else repr(float(term)).upper()
    return Formula((written,), WHOLE if term >= 0 else ADDED, float(term))


def called(name: str, value: Scalar, *arguments: Formula | Span | float | str) -> Formula:
    """Return a call of a spreadsheet's function that comes to a value."""
    parts: list[str | Address] = [f"{name}("]
    for place, argument in enumerate(arguments):
        parts += [","] if place else []
        if isinstance(argument, Span):
            parts.append(argument.address)
        else:
            parts += formula(argument).parts
    return Formula((*parts, ")"), WHOLE, value)


def added(terms: Sequence[Formula]) -> Formula:
    """Return terms joined by plus signs; one or more.

    Examples
    --------
    >>> added([formula(1), formula(2), formula(3)]).text("")
    '=1+2+3'
    """
    summed = terms[0]
    for term in terms[1:]:
        summed = summed + term
    return summed


def equal(left: Formula | float | str, right: Formula | float | str) -> Formula:
    """Return whether two values are equal."""
    one, two = formula(left), formula(right)
    parts = (*_bracketed(one, ADDED), "=", *_bracketed(two, ADDED))
    return Formula(parts, COMPARED, one.value == two.value)


def _bracketed(term: Formula, rank: int) -> tuple[str | Address, ...]:
    return term.parts if term.rank >= rank else ("(", *term.parts, ")")


def _joined(
    left: Formula | float,
    sign: str,
    right: Formula | float,
    rank: int,
    join: Callable[[float, float], float],
) -> Formula:
    one, two = formula(left), formula(right)
    # Brackets on the right keep the order in which numbers are rounded.
    parts = (*_bracketed(one, rank), sign, *_bracketed(two, rank + 1))
    return Formula(parts, rank, join(one.number, two.number))


def _compared(
    left: Formula, sign: str, right: Formula | float, compare: Callable[[float, float], bool]
) -> Formula:
    two = formula(right)
    parts = (*_bracketed(left, ADDED), sign, *_bracketed(two, ADDED))
    return Formula(parts, COMPARED, compare(left.number, two.number))


def _quotient(above: float, below: float) -> float:
    return above / below if below else math.nan


def _power(base: float, exponent: float) -> float:
    if (base < 0 and exponent % 1) or (base == 0 and exponent <= 0):
        return math.nan
    return float(base**exponent)


def numbers_of(terms: Sequence[Formula | Span]) -> list[float]:
    """Return the numbers of terms and ranges, as a spreadsheet counts them."""
    found: list[float] = []
    for term in terms:
        found += term.numbers if isinstance(term, Span) else [term.number]
    return found
