"""The command that screens a deal: screen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from gigaplan.cli.ending import say

Format = Literal["text", "json"]


def screen(
    deal: Annotated[Path | None, typer.Argument(help="A deal file; see --example.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option(help="Day whose law applies, such as 2026-11-23; today if not given."),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write the memo.")] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; stdout if not given.")
    ] = None,
    data: Annotated[str, typer.Option("--data", help="Shipped package, or a folder.")] = "us",
    example: Annotated[bool, typer.Option("--example", help="Print a deal file to start.")] = False,
) -> None:
    """Screen a deal: who may fund, own and host it, with each rule cited.

    A screen, not legal advice. Facts that the file leaves out are asked for, never assumed.
    """
    from gigaplan.policy.facts.load import example_text, read_deal

    if example:
        typer.echo(example_text(), nl=False)
        return
    if deal is None:
        message = "Name a deal file, or ask for one with --example."
        raise typer.BadParameter(message, param_hint="DEAL")
    day = _day(as_of)
    facts = read_deal(deal)

    from gigaplan.inputs.dataset import load_dataset
    from gigaplan.plan.folder import unwritable
    from gigaplan.policy.memo import memo
    from gigaplan.policy.screen import screen as screen_deal

    if as_of is not None:
        facts = facts.asked_on(day)
    text = memo(screen_deal(facts, load_dataset(data), day), format_)
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(output, error) from error
    say(str(output))


def _day(as_of: str | None) -> date:
    if as_of is None:
        return datetime.now(tz=UTC).date()
    try:
        return date.fromisoformat(as_of)
    except ValueError as error:
        message = f"'{as_of}' is not a day. Write it as 2026-11-23."
        raise typer.BadParameter(message, param_hint="--as-of") from error
