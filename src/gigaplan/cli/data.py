"""Commands about data packages: list, show, audit."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from gigaplan.cli.ending import say
from gigaplan.terms.errors import CheckFailedError

app = typer.Typer(
    help="Look at data packages and check them.", no_args_is_help=True, rich_markup_mode=None
)
Package = Annotated[str, typer.Option("--data", help="Shipped package, or a folder.")]


@app.command("list")
def list_tables(
    data: Package = "us",
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """List the tables of a package with their sources."""
    from gigaplan.cli.tables import print_json, print_table, records
    from gigaplan.inputs.dataset import load_dataset

    dataset = load_dataset(data)
    sources = dataset.table("sources")
    sources = sources[sources["table"].isin(list(dataset.tables))]
    rows = [len(dataset.tables[str(name)]) for name in sources["table"]]
    listed = sources.assign(rows=rows)[
        ["table", "rows", "confidence", "source_year", "licence", "source"]
    ]
    if json_:
        print_json({"package": dataset.name, "sha256": dataset.sha256, "tables": records(listed)})
        return
    years = listed.assign(source_year=listed["source_year"].astype(str))
    print_table(years, title=f"Data package {dataset.name} ({dataset.sha256[:12]})")


@app.command("show")
def show_data(
    table: Annotated[str, typer.Argument(help="Table of the package.")],
    data: Package = "us",
    zone: Annotated[str | None, typer.Option(help="Only rows of this zone.")] = None,
    year: Annotated[int | None, typer.Option(help="Only rows of this year.")] = None,
    limit: Annotated[int, typer.Option(help="Most rows to print for people.", min=1)] = 40,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV, with every digit.")] = False,
) -> None:
    """Show a table and where it comes from.

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
    from gigaplan.inputs.dataset import load_dataset
    from gigaplan.inputs.schema import shipped_schemas

    check_one_format(as_json=json_, as_csv=csv)
    dataset = load_dataset(data)
    zones = dataset.table("zones")["zone"].tolist()
    frame = chosen_rows(dataset.table(table), zones, zone=zone, year=year)
    schema = shipped_schemas().get(table)
    units = {} if schema is None else {column.name: column.unit for column in schema.columns}
    if csv:
        print_csv(frame)
        return
    if json_:
        print_json({"table": table, "units": units, "rows": records(frame)})
        return
    more = "see --limit, --zone, --year and --csv"
    print_table(frame, title=f"{dataset.name}: {table}", units=units, limit=limit, more=more)
    sources = dataset.table("sources")
    for row in sources[sources["table"] == table].itertuples():
        typer.echo(f"\nSource: {row.source} ({row.source_year}; {row.confidence}; {row.licence})")
        typer.echo(f"How made: {row.how_made}")
        if isinstance(row.weaknesses, str):
            typer.echo(f"Weak in: {row.weaknesses}")


@app.command("audit")
def audit_data(
    package: Annotated[
        str | None, typer.Argument(help="Shipped package, or a folder; us if not given.")
    ] = None,
    data: Annotated[str | None, typer.Option("--data", help="The same, as an option.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but faults.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check a package: schema, totals, staleness.

    Exits with 1 if a check does not hold.
    """
    from gigaplan.cli.tables import print_json
    from gigaplan.inputs.audit import audit_package

    if package is not None and data is not None:
        message = "Name the package once."
        raise typer.BadParameter(message)
    report = audit_package(package or data or "us", today=datetime.now(tz=UTC).date())
    if json_:
        print_json(
            {
                "package": report.name,
                "sha256": report.sha256,
                "today": report.today.isoformat(),
                "ok": report.ok,
                "checks": [asdict(check) for check in report.checks],
            }
        )
    elif not quiet:
        for check in report.checks:
            mark = "ok  " if check.ok else "FAIL"
            detail = f": {check.detail}" if check.detail else ""
            typer.echo(f"{mark} {check.group}: {check.name}{detail}")
    if not report.ok:
        counts = f"{len(report.failed)} of {len(report.checks)}"
        headline = f"The data package {report.name} fails {counts} checks."
        raise CheckFailedError(headline, [check.fault() for check in report.failed])
    if not (quiet or json_):
        say(f"{len(report.checks)} checks passed")
