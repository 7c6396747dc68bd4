"""What a person sees: progress on stderr, tables on stdout."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    import pandas as pd

MOST_FAULTS = 12
MOST_SOLVER_LINES = 1
STAGES = {
    "load": "Loading scenario and data",
    "build": "Building the model",
    "solve": "Solving",
    "round": "Rounding campuses to whole phases",
    "verify": "Checking every balance, limit and cost",
    "report": "Writing the report",
}


def say(text: str) -> None:
    """Write a message to stderr."""
    typer.echo(text, err=True)


class Stages:
    """Progress as plain lines on stderr: a line for each stage, the solver's own beneath."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.live = sys.stderr.isatty()
        self._start = time.perf_counter()
        self._shown = 0.0

    def stage(self, name: str) -> None:
        """Begin a stage."""
        if not self.quiet:
            self._wipe()
            say(f"[{time.perf_counter() - self._start:6.1f} s] {STAGES.get(name, name)} ...")

    def detail(self, text: str) -> None:
        """Show a detail: all on a terminal, in place; else the few that are not solver lines."""
        line = text.strip()
        if self.quiet or not line:
            return
        if self.live:
            now = time.perf_counter()
            if now - self._shown > 0.1:
                self._shown = now
                typer.echo(f"\r\x1b[2K           {line[:100]}", err=True, nl=False)
        elif not text.startswith(" ") and "variables" in line and "constraints" in line:
            say(f"           {line}")

    def finish(self) -> None:
        """End the last stage."""
        self._wipe()

    def _wipe(self) -> None:
        if self.live:
            typer.echo("\r\x1b[2K", err=True, nl=False)


def show_table(frame: pd.DataFrame, *, title: str, limit: int) -> None:
    """Print a table with headings that carry units, numbers rounded for people."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in frame.columns:
        numeric = frame[column].dtype.kind in "if"
        table.add_column(str(column), justify="right" if numeric else "left", overflow="fold")
    for row in frame.head(limit).itertuples(index=False):
        table.add_row(*[_cell(value) for value in row])
    width = None if sys.stdout.isatty() else 200
    console = Console(width=width, highlight=False)
    console.print(table)
    if len(frame) > limit:
        say(f"... {len(frame) - limit:,} more rows; use --limit, --zone, --year or --csv")


def _cell(value: object) -> str:
    if isinstance(value, float):
        if value != value:
            return ""
        if value == 0:
            return "0"
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.4g}"
    return str(value)
