"""A family of constraints without a test, a page or symbols does not pass."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gigaplan.expansion import constraints
from gigaplan.expansion.build import FAMILIES
from gigaplan.terms.symbols import Kind, Symbol, symbols
from gigaplan_manual.families import Family, families, family_page
from gigaplan_manual.mathml import equation

ALL = {family.name: family for family in families()}
each_family = pytest.mark.parametrize("family", ALL.values(), ids=ALL)


def test_every_module_is_a_family() -> None:
    folder = Path(constraints.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert modules == set(FAMILIES)


@each_family
def test_file_function_and_name_agree(family: Family) -> None:
    function = FAMILIES[family.name]
    assert function.__name__ == f"add_{family.name}"
    assert sys.modules[function.__module__].NAME == family.name
    assert Path(family.path).stem == family.name


@each_family
def test_a_test_and_its_lp_text_exist(family: Family, repository: Path) -> None:
    folder = repository / "tests" / "equations"
    assert (folder / f"test_{family.name}.py").is_file()
    text = (folder / "lp" / f"{family.name}.lp").read_text(encoding="utf-8")
    assert text.strip()


@each_family
def test_rows_carry_the_name_of_the_family(family: Family) -> None:
    assert family.rows
    for row in family.rows:
        assert row == family.name or row.startswith(f"{family.name}_")


@each_family
def test_symbols_agree_with_the_nomenclature(family: Family) -> None:
    known = symbols()
    assert family.symbol_rows
    for row in family.symbol_rows:
        assert row.name in known, f"{row.name} is not in symbols.csv"
        assert row.dims == known[row.name].dims, row.name
        assert row.unit == known[row.name].unit, row.name


def test_every_variable_stands_in_a_family() -> None:
    explained = {row.name for family in ALL.values() for row in family.symbol_rows}
    variables = {symbol.name for symbol in symbols().values() if symbol.kind is Kind.VARIABLE}
    assert variables <= explained


@each_family
def test_page_says_what_a_reader_looks_for(family: Family) -> None:
    page = family_page(family)
    assert ".. math::" in page
    assert family.dual.startswith("Dual")
    for row in family.rows:
        assert f"``{row}``" in page
    for symbol in family.symbol_rows:
        assert symbols()[symbol.name].description in page


@pytest.mark.parametrize("symbol", symbols().values(), ids=symbols())
def test_symbols_can_be_drawn(symbol: Symbol) -> None:
    assert symbol.symbol
    assert equation(symbol.symbol, block=False).startswith("<math")
