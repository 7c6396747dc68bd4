"""The data dictionary: every table, its columns and its sources, as a page of the manual."""

from __future__ import annotations

from collections.abc import Iterator

from gigaplan.inputs.dataset import Dataset
from gigaplan.inputs.schema import Column, TableSchema, shipped_schemas
from gigaplan.inputs.wording import quantity

CONFIDENCE = (
    ("measured", "metered, surveyed or counted by the source"),
    ("published", "a figure of the source, taken as it is or converted"),
    ("estimate", "derived or judged here; the row or the table says how"),
)


def dictionary_markdown(dataset: Dataset) -> str:
    """Write the data dictionary of a package as Markdown.

    Parameters
    ----------
    dataset
        The data package; its ``sources`` table says where each table comes from.

    Returns
    -------
    str
        One section per table: where it comes from, how it was made, what is weak, and its columns.
    """
    schemas = shipped_schemas()
    lines = [
        "# Data dictionary",
        "",
        f"The package `{dataset.name}` has {len(dataset.tables)} tables. Money is real 2025 USD. "
        "Shares end in `_frac` and run from 0 to 1. A table is one file, `<table>.csv` or "
        "`<table>.parquet`.",
        "",
        "| confidence | meaning |",
        "| --- | --- |",
        *(f"| {word} | {meaning} |" for word, meaning in CONFIDENCE),
        "",
        "| table | rows | source | confidence |",
        "| --- | ---: | --- | --- |",
    ]
    sources = dataset.table("sources").set_index("table")
    for name in dataset.tables:
        source = sources.loc[name] if name in sources.index else None
        cells = ("", "") if source is None else (source["source"], source["confidence"])
        rows = f"{len(dataset.tables[name]):,}"
        lines.append(_row(f"[`{name}`](#{name.replace('_', '-')})", rows, *cells))
    for name in dataset.tables:
        lines += ["", *_section(dataset, name, schemas[name])]
    return "\n".join(lines) + "\n"


def _section(dataset: Dataset, name: str, schema: TableSchema) -> Iterator[str]:
    """Write the section of one table."""
    yield f"({name.replace('_', '-')})="
    yield f"## {name}"
    yield ""
    sources = dataset.table("sources")
    for row in sources[sources["table"] == name].itertuples(index=False):
        yield f"{_text(row.how_made)}"
        yield ""
        yield f"- **Source**: {_text(row.source)} ({row.source_year})"
        yield f"- **Licence**: {_text(row.licence)}"
        yield f"- **Confidence**: {row.confidence}"
        yield f"- **Retrieved**: {row.retrieved_on}; stale after {row.stale_after_years:g} years"
        yield f"- **Weak**: {_text(row.weaknesses) or 'nothing known'}"
        yield ""
    yield "| column | type | unit | range | meaning |"
    yield "| --- | --- | --- | --- | --- |"
    for column in schema.columns:
        yield _column_row(f"`{column.name}`", column)
    if schema.every_other is not None:
        yield _column_row("every other", schema.every_other)


def _column_row(name: str, column: Column) -> str:
    """Write the row of one column."""
    notes = [column.description.rstrip(".") + "."]
    if column.key:
        notes.append("Part of the key.")
    if not column.required:
        notes.append("May be blank.")
    if column.references is not None:
        notes.append(f"One of `{column.references}`.")
    return _row(name, column.type, column.unit, _range(column), " ".join(notes))


def _range(column: Column) -> str:
    """Say which values a column may have."""
    if column.allowed:
        return ", ".join(f"`{value}`" for value in column.allowed)
    low = "" if column.minimum is None else quantity(column.minimum)
    high = "" if column.maximum is None else quantity(column.maximum)
    if low and high:
        return f"{low} to {high}"
    if low:
        return f"{low} or more"
    return f"{high} or less" if high else ""


def _row(*cells: object) -> str:
    """Write one row of a Markdown table."""
    return f"| {' | '.join(_text(cell) for cell in cells)} |"


def _text(cell: object) -> str:
    """Write a cell so that it cannot break the table; missing texts are blank."""
    if not isinstance(cell, str):
        return "" if cell is None or cell != cell else str(cell)
    return cell.replace("|", "\\|").replace("\n", " ")
