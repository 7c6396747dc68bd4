"""Equations reach the reader as MathML, or the manual is not built."""

from __future__ import annotations

import pytest

from gigaplan_manual.families import DocstringError, read_symbol_table, row_names
from gigaplan_manual.mathml import UnknownCommandError, equation


def test_lines_are_aligned_at_their_ampersands() -> None:
    drawn = equation("a &\\le b\n\nc &= d", block=True)
    assert drawn.count("<mtr>") == 2
    assert 'style="text-align: right"' in drawn
    assert "&amp;" not in drawn


def test_inline_equations_stay_in_the_line() -> None:
    assert 'display="inline"' in equation(r"\overline{G}_{g,z}", block=False)


@pytest.mark.parametrize("latex", [r"\nosuchcommand{x}", "a & b"])
def test_what_cannot_be_drawn_is_an_error(latex: str) -> None:
    with pytest.raises(UnknownCommandError, match="cannot be drawn"):
        equation(latex, block=False)


def test_a_symbol_table_of_another_shape_is_an_error() -> None:
    with pytest.raises(DocstringError, match="symbol, name, dimensions, unit"):
        read_symbol_table("====  ====\na     b\n====  ====\nc     d\n====  ====")


def test_a_row_name_that_is_not_written_out_is_an_error() -> None:
    with pytest.raises(DocstringError, match="must be written in the call"):
        row_names("f.add_rows(NAME, name, left, '<=', 0.0)")


def test_parts_of_row_names_that_vary_are_marked() -> None:
    assert row_names('f.add_rows(NAME, f"supply_{kind}", a, "<=", b)') == ("supply_<kind>",)
