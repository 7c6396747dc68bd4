"""Commands that look at plans: show, report, compare."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from gigaplan.cli.screen import say, show_table
from gigaplan.terms.errors import Fault, InputError


def show(
    plan: Annotated[Path, typer.Argument(help="Folder of a plan.")],
    table: Annotated[str | None, typer.Argument(help="Table; none: the summary.")] = None,
    zone: Annotated[str | None, typer.Option(help="Only rows of this zone.")] = None,
    year: Annotated[int | None, typer.Option(help="Only rows of this year.")] = None,
    limit: Annotated[int, typer.Option(help="Most rows to print.", min=1)] = 40,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON records.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Show a table of a plan, or its summary and the names of its tables."""
    from gigaplan.inputs.wording import did_you_mean
    from gigaplan.plan.store import load_plan
    from gigaplan.report import summary_sentences

    loaded = load_plan(plan)
    if table is None:
        typer.echo(loaded.manifest.title)
        for sentence in summary_sentences(loaded):
            typer.echo(f"- {sentence}")
        rows = ", ".join(f"{name} ({len(frame):,})" for name, frame in loaded.tables.items())
        say(f"tables (rows): {rows}")
        return
    if table not in loaded.tables:
        mend = did_you_mean(table, loaded.tables) or f"Choose one of {', '.join(loaded.tables)}."
        headline = f"The plan has no table '{table}'."
        raise InputError(headline, [Fault(f"There is no table '{table}'.", str(plan), mend)])
    frame = loaded.tables[table]
    if zone is not None and "zone" in frame:
        frame = frame[frame["zone"] == zone]
    for column in ("year", "in_service_year", "calendar_year"):
        if year is not None and column in frame:
            frame = frame[frame[column] == year]
            break
    if csv:
        frame.to_csv(sys.stdout, index=False)
    elif json_:
        typer.echo(frame.to_json(orient="records"))
    else:
        show_table(frame, title=f"{loaded.manifest.name}: {table}", limit=limit)


def report(
    plan: Annotated[Path, typer.Argument(help="Folder of a plan.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write.")] = None,
    format_: Annotated[
        Literal["html", "csv"], typer.Option("--format", help="A page, or a folder of CSV files.")
    ] = "html",
) -> None:
    """Write the report of a saved plan again."""
    from gigaplan.plan.store import load_plan
    from gigaplan.report import export_csv, write_report

    loaded = load_plan(plan)
    target = output or plan / ("report.html" if format_ == "html" else "csv")
    try:
        if format_ == "html":
            write_report(loaded, target)
        else:
            target.mkdir(parents=True, exist_ok=True)
            for name in loaded.tables:
                export_csv(loaded, target / f"{name}.csv", name)
    except OSError as error:
        headline = "The report cannot be written."
        fault = Fault(f"{error.strerror}.", str(target), "Choose another place with -o.")
        raise InputError(headline, [fault]) from error
    typer.echo(str(target))


def compare(
    plans: Annotated[list[Path], typer.Argument(help="Folders of two or more plans.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Also write a page of differences.")
    ] = None,
) -> None:
    """Show the differences of plans: key figures side by side, and a page on request."""
    from gigaplan.plan.store import load_plan
    from gigaplan.report import comparison_table, write_comparison

    if len(plans) < 2:
        headline = "There is nothing to compare."
        raise InputError(headline, [Fault("Only one plan is named.", mend="Name two or more.")])
    loaded = [load_plan(folder) for folder in plans]
    show_table(comparison_table(loaded), title="Differences", limit=200)
    if output is not None:
        try:
            write_comparison(loaded, output)
        except OSError as error:
            headline = "The comparison cannot be written."
            fault = Fault(f"{error.strerror}.", str(output), "Choose another place with -o.")
            raise InputError(headline, [fault]) from error
        typer.echo(str(output))
