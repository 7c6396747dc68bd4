"""Tables on stdout: for people, as CSV and as JSON."""

from __future__ import annotations

import io
import json
import math
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import typer
from rich.console import Console
from rich.table import Table

from gigaplan.cli.ending import say
from gigaplan.inputs.wording import did_you_mean, few

if TYPE_CHECKING:
    import pandas as pd

UNLIMITED_WIDTH: Final = 10_000
YEARS: Final = ("year", "calendar_year", "in_service_year")
ZONES: Final = ("zone", "from_zone", "to_zone", "market", "place")
_SUFFIXES: Final = {
    "MW": "_mw",
    "MWh": "_mwh",
    "TWh": "_twh",
    "kt": "_kt",
    "t": "_t",
    "h": "_hours",
    "h/yr": "_hours",
    "deg": "_deg",
    "months": "_months",
    "years": "_years",
    "frac": "_frac",
    "M$ of 2025": "_usd2025_m",
    "M$ of 2025 per year": "_usd2025_m_per_yr",
    "M$ of 2025 per month": "_usd2025_m_per_month",
    "USD of 2025 per MWh": "_usd2025_per_mwh",
    "USD of 2025 per month": "_usd2025_per_month",
    "USD of 2025 per kW and year": "_usd2025_per_kw_yr",
    "t per MWh": "_t_per_mwh",
}


def chosen_rows(
    frame: pd.DataFrame, zones: Sequence[str], *, zone: str | None, year: int | None
) -> pd.DataFrame:
    """Return the rows of a zone and a year; of a table with a column for each zone, that column.

    A project or a corridor belongs to the zones of both its ends.

    Parameters
    ----------
    frame
        The table.
    zones
        Zones that there are.
    zone, year
        What is asked.

    Raises
    ------
    typer.BadParameter
        If there is no such zone, or the table knows nothing of zones or years.
    """
    if zone is not None:
        if zone not in zones:
            hint = did_you_mean(zone, zones) or f"Choose one of {few(zones)}."
            message = f"There is no zone '{zone}'. {hint}"
            raise typer.BadParameter(message)
        ends = [name for name in ZONES if name in frame]
        if ends:
            frame = frame[(frame[ends] == zone).any(axis=1)]
        elif zone in frame:
            frame = frame[[name for name in frame if name == zone or name not in zones]]
        else:
            message = "This table has no zones; leave out --zone."
            raise typer.BadParameter(message)
    if year is not None:
        years = [name for name in YEARS if name in frame]
        if not years:
            message = "This table has no years; leave out --year."
            raise typer.BadParameter(message)
        frame = frame[frame[years[0]] == year]
    return frame


def print_table(
    frame: pd.DataFrame,
    *,
    title: str,
    units: Mapping[str, str] | None = None,
    limit: int | None = None,
    more: str = "--limit shows more",
    rows_alike: bool = True,
) -> None:
    """Print a table for people: headings with units, numbers rounded by column.

    Parameters
    ----------
    frame
        What to print.
    title
        Line above the table.
    units
        Unit by column.
    limit
        Most rows; the count of the others is told on stderr.
    more
        How to see the others.
    rows_alike
        Whether numbers of a column are of one unit; if not, they are rounded by row.
    """
    units = units or {}
    shown = frame if limit is None else frame.head(limit)
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, 1),
    )
    cells = []
    two_lines = any(units.get(str(name)) for name in frame.columns)
    for name in frame.columns:
        series = shown[name]
        heading = _heading(str(name), units.get(str(name), ""), two_lines=two_lines)
        table.add_column(heading, justify="right" if series.dtype.kind in "iuf" else "left")
        plain = name in (*YEARS, "rank") or str(name).endswith("_year")
        cells.append(_texts(series, plain=plain))
    if not rows_alike:
        numbers = [at for at, kind in enumerate(shown.dtypes) if kind.kind == "f"]
        by_row = [_numbers(row) for row in shown.iloc[:, numbers].to_numpy().tolist()]
        for at, column in zip(numbers, zip(*by_row, strict=True), strict=True):
            cells[at] = list(column)
    for row in zip(*cells, strict=True):
        table.add_row(*row)
    if frame.empty:
        typer.echo(f"{title}: no rows")
        return
    typer.echo(_drawn(table), nl=False)
    rest = len(frame) - len(shown)
    if rest:
        say(f"... {rest:,} more rows of {len(frame):,}; {more}")


def check_one_format(*, as_json: bool, as_csv: bool) -> None:
    """Refuse two formats at once."""
    if as_json and as_csv:
        message = "Choose one of --json and --csv."
        raise typer.BadParameter(message)


def print_csv(frame: pd.DataFrame) -> None:
    """Print a table as CSV, with every digit."""
    typer.echo(frame.to_csv(index=False, lineterminator="\n"), nl=False)


def print_json(content: object) -> None:
    """Print one JSON value; numbers that JSON does not have become null."""
    typer.echo(json.dumps(_jsonable(content), ensure_ascii=False))


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return a table as one object for each row."""
    columns = [str(name) for name in frame.columns]
    rows = zip(*(frame[name].tolist() for name in frame.columns), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _jsonable(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _jsonable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _heading(name: str, unit: str, *, two_lines: bool) -> str:
    r"""Return the words of a heading, over its unit where the table has units.

    >>> _heading("capacity_mw", "MW", two_lines=True)
    'capacity\nMW'
    """
    words = name.removesuffix(_SUFFIXES.get(unit, "")).replace("_", " ")
    return f"{words}\n{unit}" if two_lines else words


def _texts(series: pd.Series, *, plain: bool) -> list[str]:
    """Return the cells of a column as texts; numbers have as many decimals as the column needs.

    Years are plain; a decimal year has two decimals.

    >>> import pandas as pd
    >>> _texts(pd.Series([2029.5, 2030.0]), plain=True)
    ['2029.50', '2030.00']
    """
    if series.dtype.kind in "iu":
        return [str(value) if plain else f"{value:,}" for value in series.tolist()]
    if series.dtype.kind == "b":
        return ["yes" if value else "no" for value in series.tolist()]
    if series.dtype.kind == "f" and plain:
        return ["" if math.isnan(value) else f"{value:.2f}" for value in series.tolist()]
    if series.dtype.kind == "f":
        return _numbers(series.tolist())
    return ["" if value is None or value != value else str(value) for value in series.tolist()]


def _numbers(values: list[float]) -> list[str]:
    """Return numbers with the decimals that suit the largest of them.

    >>> _numbers([1234.5, 0.25, float("nan"), float("inf")])
    ['1,234', '0', '', 'no limit']
    >>> _numbers([2.0, 3.0]), _numbers([0.5, 0.25]), _numbers([2e-5])
    (['2', '3'], ['0.500', '0.250'], ['2e-05'])
    """
    finite = [abs(value) for value in values if math.isfinite(value)]
    largest = max(finite, default=0.0)
    if 0 < largest < 0.01:
        form = ".3g"
    elif largest >= 1000 or all(value == round(value) for value in finite):
        form = ",.0f"
    else:
        form = ",.1f" if largest >= 100 else ",.2f" if largest >= 1 else ",.3f"
    return [_number(value, form) for value in values]


def _number(value: float, form: str) -> str:
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return "no limit" if value > 0 else "-no limit"
    text = format(value, form)
    return text.lstrip("-") if not any(digit in text for digit in "123456789") else text


def _drawn(table: Table) -> str:
    """Draw a table as text: as wide as the terminal, or as it needs where there is none."""
    terminal = sys.stdout.isatty()
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=None if terminal else UNLIMITED_WIDTH,
        force_terminal=terminal,
        highlight=False,
        markup=False,
    )
    console.print(table)
    lines = buffer.getvalue().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"
