"""Commands that look at plans: show, report, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gigaplan.terms.errors import Fault, InputError

if TYPE_CHECKING:
    from gigaplan.plan.tables import Plan

Folder = Annotated[Path, typer.Argument(help="Folder of a plan.")]


def show(
    plan: Folder,
    table: Annotated[
        str | None, typer.Argument(help="Table to print; without it, a summary in words.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Only rows of this zone.")] = None,
    year: Annotated[int | None, typer.Option(help="Only rows of this year.")] = None,
    limit: Annotated[int, typer.Option(help="Most rows to print for people.", min=1)] = 40,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV, with every digit.")] = False,
) -> None:
    """Show a plan in words, or one of its tables.

    --json and --csv print all rows; --limit is for people.
    """
    from gigaplan.cli.tables import (
        check_one_format,
        chosen_rows,
        print_csv,
        print_json,
        print_table,
        records,
    )
    from gigaplan.plan.store import load_plan
    from gigaplan.plan.tables import columns_of

    check_one_format(as_json=json_, as_csv=csv)
    if csv and table is None:
        message = "--csv needs the name of a table."
        raise typer.BadParameter(message)
    if table is None and (zone is not None or year is not None):
        message = "--zone and --year need the name of a table."
        raise typer.BadParameter(message)
    loaded = load_plan(plan)
    if table is None:
        _show_summary(loaded, plan, as_json=json_)
        return
    zones = loaded.table("zones")["zone"].tolist()
    frame = chosen_rows(loaded.table(table), zones, zone=zone, year=year)
    units = {column.column: column.unit for column in columns_of(table)}
    if csv:
        print_csv(frame)
    elif json_:
        print_json({"table": table, "units": units, "rows": records(frame)})
    else:
        title = f"{loaded.manifest.name}: {table}"
        more = "see --limit, --zone, --year and --csv"
        print_table(frame, title=title, units=units, limit=limit, more=more)


def _show_summary(plan: Plan, folder: Path, *, as_json: bool) -> None:
    """Print the plan in words and what else there is to see."""
    from gigaplan.cli.tables import print_json
    from gigaplan.report import summary_sentences

    sentences = summary_sentences(plan)
    rows = {name: len(frame) for name, frame in plan.tables.items()}
    if as_json:
        manifest = plan.manifest.model_dump(mode="json")
        print_json({"summary": sentences, "manifest": manifest, "rows_of_tables": rows})
        return
    typer.echo(plan.manifest.title)
    typer.echo(f"made {plan.manifest.created} by gigaplan {plan.manifest.gigaplan_version}\n")
    for sentence in sentences:
        typer.echo(f"- {sentence}")
    typer.echo(f"\nTables and their rows (gigaplan show {folder} TABLE):")
    width = max(len(name) for name in rows)
    for name, count in rows.items():
        typer.echo(f"  {name:{width}}  {count:>9,}")


def report(
    plan: Folder,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="File (html, xlsx) or folder (all others) to write."),
    ] = None,
    format_: Annotated[
        Literal["html", "xlsx", "csv", "parquet", "community"],
        typer.Option(
            "--format",
            help="html: the report; xlsx: the deals as a workbook with live formulas; "
            "csv, parquet: every table, into a folder; community: one page for each state.",
        ),
    ] = "html",
    zone: Annotated[
        list[str] | None, typer.Option(help="Only the page of this state; may be repeated.")
    ] = None,
) -> None:
    """Write the report, tables, a workbook of deals, or state pages.

    A README lists the columns of the tables with their units. Without -o, into the plan itself:
    report.html, or the folder csv, parquet or community; a workbook beside it, as PLAN-deals.xlsx.
    """
    from gigaplan.plan.folder import unwritable
    from gigaplan.plan.store import load_plan
    from gigaplan.report import export_tables, write_community, write_report

    if zone and format_ != "community":
        message = "--zone is for --format community."
        raise typer.BadParameter(message)
    loaded = load_plan(plan)
    # A workbook is made to be changed: it does not lie where a new run would replace it.
    whole = plan.resolve()
    files = {"html": plan / "report.html", "xlsx": plan.parent / f"{whole.name}-deals.xlsx"}
    target = output or files.get(format_, plan / format_)
    try:
        if format_ in files and target.is_dir():
            raise IsADirectoryError(21, "Is a directory")
        if format_ == "html":
            write_report(loaded, target)
        elif format_ == "xlsx":
            _write_deals(loaded, target)
        elif format_ == "community":
            write_community(loaded, target, zone or ())
        else:
            export_tables(loaded, target, format_)
    except OSError as error:
        raise unwritable(target, error) from error
    typer.echo(str(target))


def _write_deals(loaded: Plan, target: Path) -> None:
    """Close the deals of a plan again, and write them as a workbook."""
    from gigaplan.report.workbook import write_workbook
    from gigaplan.workflow import deals_of

    closed = deals_of(loaded).closed
    if not closed:
        headline = "There is nothing to write a workbook of."
        what = "The programme pays for no project."
        mend = "Plan campuses, or choose another format."
        raise InputError(headline, [Fault(what, str(target), mend)])
    write_workbook(closed, target, title=loaded.manifest.title)


def compare(
    plans: Annotated[list[Path], typer.Argument(help="Folders of two or more plans.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Also write a page, FILE.html.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show how plans differ.

    Key figures side by side; then campuses, capacity, generation, costs and settings where they
    differ. With -o also as a page with charts.
    """
    from gigaplan.cli.differences import differences, print_differences
    from gigaplan.cli.tables import print_json, records
    from gigaplan.plan.folder import unwritable
    from gigaplan.plan.store import load_plan
    from gigaplan.report import write_comparison
    from gigaplan.report.compare import comparison_sentences

    if len(plans) < 2:
        headline = "There is nothing to compare."
        raise InputError(headline, [Fault("Only one plan is named.", mend="Name two or more.")])
    loaded = [load_plan(folder) for folder in plans]
    tables = differences(loaded)
    sentences = comparison_sentences(loaded)
    if json_:
        shown = {name: records(frame) for name, frame in tables.items()}
        print_json({"summary": sentences, **shown})
    else:
        for sentence in sentences:
            typer.echo(f"- {sentence}")
        print_differences(tables)
    if output is not None:
        try:
            write_comparison(loaded, output)
        except OSError as error:
            raise unwritable(output, error) from error
        typer.echo(str(output), err=json_)
