"""Command that shows the jobs of a plan by two or more sets of multipliers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from gigaplan.terms.errors import Fault, InputError

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = {"state": "zone", "year": "calendar_year", "class": "class", "payer": "payer"}
SHOWN: Final = ("builders", "building", "building_net", "running", "running_net", "gdp")
CAVEATS: Final = (
    "Jobs are gross unless they are called net; net takes out work that would be done anyway.",
    "Project studies come from companies and their trade groups; input and output assumes idle "
    "hands and fixed prices. Neither counts jobs that are lost elsewhere, nor jobs abroad.",
    "Job-years are not jobs: a crew of 1,000 for three years is 3,000 job-years.",
)


def jobs(
    plan: Annotated[Path, typer.Argument(help="Folder of a plan.")],
    multipliers: Annotated[
        list[str] | None,
        typer.Option(help="Set of multipliers; may be repeated. All sets if not given."),
    ] = None,
    by: Annotated[
        Literal["state", "year", "class", "payer"] | None,
        typer.Option(help="Break the figures down."),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show jobs, labour income and GDP as the range of two counts.

    Building is in job-years over the whole plan; running is in jobs, in the year with most of
    them. By state, jobs of suppliers elsewhere stand with the state of the project.
    """
    from gigaplan.cli.tables import print_json, records
    from gigaplan.economy.ranges import full_year, ranges
    from gigaplan.plan.store import load_plan

    loaded = load_plan(plan)
    table = loaded.table("jobs")
    sets = _sets(table, multipliers)
    whole = ranges(table, sets)
    column = None if by is None else COLUMNS[by]
    parts = None if column is None else ranges(table, sets, column, by_year=by == "year")
    year = full_year(table)
    if json_:
        content: dict[str, object] = {
            "plan": str(plan),
            "sets": sets,
            "year_of_running": year,
            "whole": records(whole),
            "caveats": [*CAVEATS],
        }
        if parts is not None:
            content |= {"by": by, "parts": records(parts)}
        print_json(content)
        return
    _print(loaded.manifest.name, whole, parts, column, sets, year)


def _sets(table: pd.DataFrame, wanted: list[str] | None) -> list[str]:
    """Return the sets that are asked for; refuse names that the plan does not have."""
    from gigaplan.economy.ranges import sets_of
    from gigaplan.inputs.wording import did_you_mean, few

    known = sets_of(table)
    faults = [
        Fault(
            f"There is no set of multipliers '{name}'.",
            f"--multipliers {name}",
            did_you_mean(name, known) or f"Choose one of {few(known)}.",
        )
        for name in wanted or []
        if name not in known
    ]
    if faults:
        headline = "The jobs cannot be shown."
        raise InputError(headline, faults)
    return list(dict.fromkeys(wanted or known))


def _print(
    name: str,
    whole: pd.DataFrame,
    parts: pd.DataFrame | None,
    column: str | None,
    sets: list[str],
    year: int | None,
) -> None:
    from gigaplan.cli.tables import print_table

    running = "nothing runs" if year is None else f"jobs of running in {year}"
    spread = [*sets, "low", "high"] if len(sets) > 1 else sets
    print_table(whole[["label", "unit", *spread]], title=f"{name}: jobs and product, {running}")
    if parts is not None and column is not None:
        typer.echo("")
        print_table(_spread(parts, column, many=len(sets) > 1), title=f"by {column}")
    typer.echo("")
    for caveat in CAVEATS:
        typer.echo(f"- {caveat}")


def _spread(parts: pd.DataFrame, column: str, *, many: bool) -> pd.DataFrame:
    """Return one row for each part with the lowest and highest of each measure."""
    shown = parts[parts["measure"].isin(SHOWN)]
    ends = ["low", "high"] if many else ["high"]
    wide = shown.pivot_table(index=column, columns="measure", values=ends, fill_value=0.0)
    ordered = wide.sort_values(("high", "building"), ascending=False)
    ordered = wide if column == "calendar_year" else ordered
    columns = [(end, measure) for measure in SHOWN for end in ends if (end, measure) in wide]
    flat = ordered[columns]
    flat.columns = [f"{measure}_{end}" if many else measure for end, measure in columns]
    return flat.reset_index()
