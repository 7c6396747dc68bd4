"""Tables of a plan as files for other programs: CSV or Parquet, with what their columns mean."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

import pandas as pd

from gigaplan.plan import Plan
from gigaplan.plan.parquet import write_table
from gigaplan.plan.tables import columns_of
from gigaplan.terms.errors import Fault, InputError

Format = Literal["csv", "parquet"]

README: Final = "README.md"


def export_csv(plan: Plan, path: Path, table: str) -> None:
    """Write one table of a plan as CSV: UTF-8, commas, a header, every digit.

    Raises
    ------
    InputError
        If the plan has no such table, or the file cannot be written.
    """
    if table not in plan.tables:
        close = get_close_matches(table, plan.tables, n=1)
        mend = f"Did you mean '{close[0]}'? " if close else ""
        headline = f"The plan {plan.manifest.name} has no table '{table}'."
        fault = Fault(
            f"There is no table '{table}'.",
            "table",
            f"{mend}Choose one of: {', '.join(sorted(plan.tables))}.",
        )
        raise InputError(headline, [fault])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        plan.tables[table].to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    except OSError as error:
        headline = f"The table '{table}' cannot be written."
        fault = Fault(
            f"{error.strerror or error}.", str(path), "Choose a folder that can be written to."
        )
        raise InputError(headline, [fault]) from error


def export_tables(plan: Plan, folder: Path, format_: Format) -> None:
    """Write every table of a plan into a folder, with a README of columns and units.

    Parameters
    ----------
    plan
        What to write.
    folder
        Where; it is made if it is not there, and files of the same names are replaced.
    format_
        CSV (UTF-8, every digit) or Parquet.

    Raises
    ------
    InputError
        If a table cannot be written as CSV.
    OSError
        If the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in plan.tables.items():
        path = folder / f"{name}.{format_}"
        if format_ == "csv":
            export_csv(plan, path, name)
        else:
            write_table(table, path)
    (folder / README).write_text(readme(plan, format_), encoding="utf-8")


def readme(plan: Plan, format_: Format) -> str:
    """Return what the files hold: for each table its rows, and each column with unit and meaning.

    Columns that the schema does not know, of tables of a user's own, are listed with their type.
    """
    manifest = plan.manifest
    head = [
        f"# Tables of {_in_line(manifest.title)}",
        "",
        f"Plan `{manifest.name}`, made {manifest.created} by gigaplan {manifest.gigaplan_version}. "
        f"Each table is a file `NAME.{format_}`.",
        "",
        "`usd2025` is real money: dollars of 2025. `usd_nominal` is nominal: dollars of each year, "
        "inflation included. `_m` stands for millions. A share (`frac`) goes from 0 to 1. "
        "An empty cell is a value that does not exist, not a zero.",
    ]
    parts = [line for name, table in plan.tables.items() for line in _section(name, table)]
    return "\n".join([*head, *parts]) + "\n"


def _section(name: str, table: pd.DataFrame) -> list[str]:
    known = {column.column: column for column in columns_of(name)}
    lines = [
        "",
        f"## {name}",
        "",
        f"{len(table):,} {'row' if len(table) == 1 else 'rows'}.",
        "",
        "| column | type | unit | meaning |",
        "| --- | --- | --- | --- |",
    ]
    for column in map(str, table.columns):
        told = known.get(column)
        cells = (
            (f"`{column}`", told.type, told.unit, told.description)
            if told
            else (f"`{column}`", _type(table[column]), "", "")
        )
        lines.append(f"| {' | '.join(map(_in_line, cells))} |")
    return lines


def _type(column: pd.Series) -> str:
    return {"i": "integer", "u": "integer", "f": "number"}.get(column.dtype.kind, "string")


def _in_line(text: str) -> str:
    r"""Return a text that stays in its cell.

    >>> _in_line("a | b\nc")
    'a \\| b c'
    """
    return " ".join(text.split()).replace("|", "\\|")
