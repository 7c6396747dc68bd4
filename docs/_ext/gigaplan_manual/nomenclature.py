"""The page of all symbols, made from the nomenclature of the package."""

from __future__ import annotations

from gigaplan.terms.symbols import Kind, Symbol, symbols

TITLES = {
    Kind.DIMENSION: ("Dimensions", "What quantities are labelled by."),
    Kind.PARAMETER: ("Parameters", "What is known before the solve."),
    Kind.VARIABLE: ("Variables", "What the solve chooses. None is below zero."),
}


def nomenclature_page() -> str:
    """Return the page of all symbols, as reStructuredText."""
    parts = [
        "Symbols\n=======",
        "Power is in GW, energy in GWh, money in million US dollars of 2025 (M$), carbon dioxide "
        "in kt inside the model. The tables of a plan use MW, MWh and the units that their "
        "column names end in.",
    ]
    for kind, (title, lead) in TITLES.items():
        rows = [symbol for symbol in symbols().values() if symbol.kind is kind]
        parts += [
            f"{title}\n{'-' * len(title)}",
            lead,
            _table(rows, dimensions=kind is Kind.DIMENSION),
        ]
    return "\n\n".join(parts)


def _table(rows: list[Symbol], *, dimensions: bool) -> str:
    header = (
        ["symbol", "name", "meaning"] if dimensions else ["symbol", "name", "by", "unit", "meaning"]
    )
    lines = [".. list-table::", "   :header-rows: 1", "   :widths: auto", ""]
    for cells in [header, *(_cells(row, dimensions=dimensions) for row in rows)]:
        lines += [f"   {'*' if i == 0 else ' '} - {cell}" for i, cell in enumerate(cells)]
    return "\n".join(lines)


def _cells(row: Symbol, *, dimensions: bool) -> list[str]:
    symbol = f":math:`{row.symbol}`" if row.symbol else ""
    if dimensions:
        return [symbol, f"``{row.name}``", row.description]
    return [symbol, f"``{row.name}``", ", ".join(row.dims), row.unit, row.description]
