"""One page for each family of constraints, made from the docstring beside the code."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gigaplan.expansion.build import FAMILIES
from gigaplan.expansion.formulation import Formulation
from gigaplan.terms.symbols import symbols

SOURCE_ROOT = "src/gigaplan/expansion/constraints"


class DocstringError(ValueError):
    """A family's docstring lacks something that its page needs."""


@dataclass(frozen=True)
class SymbolRow:
    """One row of the symbol table of a docstring."""

    symbol: str
    name: str
    dims: tuple[str, ...]
    unit: str


@dataclass(frozen=True)
class Family:
    """What the code says about one family of constraints.

    Parameters
    ----------
    name
        Name in scenarios, plans and files, such as ``power_balance``.
    headline
        First line of the module, after its title.
    statement
        reStructuredText before the symbol table: the equations and what they mean.
    symbol_rows
        The symbol table.
    dual
        What a shadow price of the family means.
    rows
        Names of the constraints in the solver; ``<...>`` stands for a part that varies.
    path
        File, from the root of the repository.
    """

    name: str
    headline: str
    statement: str
    symbol_rows: tuple[SymbolRow, ...]
    dual: str
    rows: tuple[str, ...]
    path: str

    @property
    def title(self) -> str:
        """The name in words."""
        return self.name.replace("_", " ").capitalize()


def families() -> tuple[Family, ...]:
    """Return every family, in the order in which the model is written."""
    return tuple(_family(name, add_rows) for name, add_rows in FAMILIES.items())


def family_page(family: Family) -> str:
    """Return the manual page of a family, as reStructuredText."""
    rows = "\n".join(f"* ``{name}``" for name in family.rows)
    return "\n\n".join(
        [
            f".. _family-{family.name.replace('_', '-')}:",
            _heading(family.title, "="),
            family.headline,
            _heading("What it says", "-"),
            family.statement,
            _heading("Symbols", "-"),
            _symbol_table(family.symbol_rows),
            _heading("What its shadow price means", "-"),
            family.dual,
            _heading("Names in the model", "-"),
            f"The family is called ``{family.name}`` in the tables of a plan. "
            "Its rows carry these names in the solver:",
            rows,
            f"The code is in ``{family.path}``.",
        ]
    )


def family_index(all_families: Sequence[Family]) -> str:
    """Return the page that lists the families, as reStructuredText."""
    entries = "\n".join(
        f"* :ref:`family-{f.name.replace('_', '-')}`: {f.headline}" for f in all_families
    )
    tree = "\n".join(f"   {family.name}" for family in all_families)
    return "\n\n".join(
        [
            _heading("What the model says", "="),
            "The optimisation is a linear programme. Its constraints come in families, one file "
            "each; every page below is made from the documentation beside the code, and lists "
            "the equations, their symbols, and what a shadow price of the family means.",
            entries,
            "All symbols stand together in :doc:`../symbols`.",
            f".. toctree::\n   :hidden:\n   :maxdepth: 1\n\n{tree}",
        ]
    )


def _symbol_table(rows: Sequence[SymbolRow]) -> str:
    lines = [".. list-table::", "   :header-rows: 1", "   :widths: auto", ""]
    header = ("symbol", "name in code", "by", "unit", "meaning")
    known = symbols()
    cells = [
        (row.symbol, f"``{row.name}``", ", ".join(row.dims), row.unit, known[row.name].description)
        for row in rows
    ]
    for line in (header, *cells):
        lines += [f"   {'*' if i == 0 else ' '} - {cell}" for i, cell in enumerate(line)]
    return "\n".join(lines)


def read_symbol_table(table: str) -> tuple[SymbolRow, ...]:
    """Return the rows of a simple reStructuredText table of four columns."""
    lines = table.splitlines()
    spans = [match.span() for match in re.finditer(r"=+", lines[0])]
    if len(spans) != 4:
        message = f"A symbol table has the columns symbol, name, dimensions, unit:\n{table}"
        raise DocstringError(message)
    starts = [start for start, _ in spans]
    ends = [*starts[1:], None]
    rows = []
    for line in lines[3:-1]:
        symbol, name, dims, unit = (
            line[start:end].strip() for start, end in zip(starts, ends, strict=True)
        )
        rows.append(SymbolRow(symbol, name.strip("`"), tuple(dims.split()), unit))
    return tuple(rows)


def row_names(source: str) -> tuple[str, ...]:
    """Return the names that a module gives to its constraints.

    Examples
    --------
    >>> row_names('f.add_rows(NAME, "storage_power", left, "<=", 0.0)')
    ('storage_power',)
    """
    calls = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"add_rows", "add_limit"}
    ]
    in_order = sorted(calls, key=lambda call: call.lineno)
    return tuple(dict.fromkeys(_row_name(call.args[1]) for call in in_order))


def _row_name(argument: ast.expr) -> str:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    if isinstance(argument, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else f"<{_placeholder(part)}>"
            for part in argument.values
        )
    message = f"The name of a constraint must be written in the call: {ast.unparse(argument)}"
    raise DocstringError(message)


def _placeholder(part: ast.expr) -> str:
    return ast.unparse(part.value) if isinstance(part, ast.FormattedValue) else ast.unparse(part)


def _family(name: str, add_rows: Callable[[Formulation], None]) -> Family:
    module = sys.modules[add_rows.__module__]
    module_doc, doc = inspect.getdoc(module), inspect.getdoc(add_rows)
    if not module_doc or not doc:
        message = f"{add_rows.__module__} and {add_rows.__name__} need a docstring."
        raise DocstringError(message)
    blocks = _blocks(doc)
    tables = [i for i, block in enumerate(blocks) if block.startswith("=====")]
    duals = [i for i, block in enumerate(blocks) if block.startswith("Dual")]
    if len(tables) != 1 or not duals or ".. math::" not in doc:
        message = (
            f"The docstring of {add_rows.__module__}.{add_rows.__name__} needs an equation "
            "(.. math::), one symbol table, and a paragraph that begins with 'Dual'."
        )
        raise DocstringError(message)
    around = [b for i, b in enumerate(blocks) if i not in (*tables, *duals)]
    source = inspect.getsource(module)
    return Family(
        name=name,
        headline=_capitalised(module_doc.splitlines()[0].partition(": ")[2]),
        statement="\n\n".join(around),
        symbol_rows=read_symbol_table(blocks[tables[0]]),
        dual="\n\n".join(blocks[i] for i in duals),
        rows=row_names(source),
        path=f"{SOURCE_ROOT}/{Path(inspect.getfile(module)).name}",
    )


def _blocks(doc: str) -> list[str]:
    """Split at blank lines that are followed by text at the margin."""
    return [block.rstrip() for block in re.split(r"\n\s*\n(?=\S)", doc.strip())]


def _capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _heading(text: str, mark: str) -> str:
    return f"{text}\n{mark * len(text)}"
