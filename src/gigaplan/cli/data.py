"""Commands about the data package: list, show, audit."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from gigaplan.cli.screen import show_table
from gigaplan.terms.errors import CheckFailedError

app = typer.Typer(help="Look at and check data packages.", no_args_is_help=True)
Package = Annotated[str, typer.Option("--data", help="Shipped package, or a folder.")]


@app.command("list")
def list_tables(data: Package = "us") -> None:
    """List the tables with their sources."""
    from gigaplan.inputs.dataset import load_dataset

    dataset = load_dataset(data)
    sources = dataset.table("sources").set_index("table")
    rows = sources.assign(rows=[len(dataset.tables.get(name, ())) for name in sources.index])
    columns = ["rows", "confidence", "source_year", "source"]
    show_table(rows.reset_index()[["table", *columns]], title=f"Data package {data}", limit=200)


@app.command("show")
def show_data(
    table: Annotated[str, typer.Argument(help="Table.")],
    data: Package = "us",
    zone: Annotated[str | None, typer.Option(help="Only rows of this zone.")] = None,
    limit: Annotated[int, typer.Option(help="Most rows to print.", min=1)] = 40,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Show a table of the data package."""
    from gigaplan.inputs.dataset import load_dataset

    frame = load_dataset(data).table(table)
    if zone is not None and "zone" in frame:
        frame = frame[frame["zone"] == zone]
    if csv:
        frame.to_csv(sys.stdout, index=False)
    else:
        show_table(frame, title=table, limit=limit)


@app.command("audit")
def audit_data(
    data: Package = "us",
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check the data package: schema, published totals, staleness; exit 1 on a fault."""
    from gigaplan.inputs.audit import audit_package

    report = audit_package(data, today=datetime.now(tz=UTC).date())
    if json_:
        typer.echo(json.dumps([asdict(check) for check in report.checks], default=str, indent=1))
    else:
        for check in report.checks:
            mark = "ok  " if check.ok else "FAIL"
            typer.echo(f"{mark} {check.group}: {check.name}: {check.detail}".rstrip(": "))
    if not report.ok:
        headline = f"{len(report.failed)} of {len(report.checks)} checks failed."
        raise CheckFailedError(headline, [check.fault() for check in report.failed])
    typer.echo(f"{len(report.checks)} checks passed")
