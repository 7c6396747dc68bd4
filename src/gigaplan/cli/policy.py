"""The command that screens a deal: screen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gigaplan.cli.ending import say
from gigaplan.terms.errors import Fault, InputError

if TYPE_CHECKING:
    from gigaplan.policy.facts.deal import Deal

Format = Literal["text", "md", "html", "json"]


def screen(
    deal: Annotated[
        Path | None, typer.Argument(help="A deal file (see --example), or the folder of a plan.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(help="Day whose law applies, such as 2026-11-23; today if not given."),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write the memo.")] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; stdout if not given.")
    ] = None,
    deals: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the deals of a plan, each a file to fill in; none is screened."
        ),
    ] = None,
    data: Annotated[str, typer.Option("--data", help="Shipped package, or a folder.")] = "us",
    example: Annotated[bool, typer.Option("--example", help="Print a deal file to start.")] = False,
) -> None:
    """Screen a deal, or all deals of a plan, by dated rules.

    Who may fund, own and host it, with each rule cited.

    A screen, not legal advice. Facts that are left out are asked for, never assumed.
    """
    from gigaplan.policy.facts.load import example_text

    if example:
        typer.echo(example_text(), nl=False)
        return
    if deal is None:
        message = "Name a deal file, or ask for one with --example."
        raise typer.BadParameter(message, param_hint="DEAL")
    day = _day(as_of)
    if deals is not None:
        _write_deals(_deals(deal), deals)
        return

    from gigaplan.inputs.dataset import load_dataset
    from gigaplan.plan.folder import unwritable
    from gigaplan.policy.memo import memo
    from gigaplan.policy.screen import screen as screen_deal

    dataset = load_dataset(data)
    asked = [one if as_of is None else one.asked_on(day) for one in _deals(deal)]
    text = memo([screen_deal(one, dataset, day) for one in asked], format_)
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(output, error) from error
    say(str(output))


def _deals(path: Path) -> list[Deal]:
    """Return the deal of a file, or those of the investors of a plan."""
    from gigaplan.policy.facts.load import read_deal

    if not path.is_dir():
        return [read_deal(path)]

    from gigaplan.plan.store import load_plan
    from gigaplan.policy.plan_screen import deals_of_investors

    deals = deals_of_investors(load_plan(path))
    if not deals:
        what = "The plan has no investors, so there is no deal to screen."
        headline = f"The plan {path} cannot be screened."
        mend = "Give capital.investors in the scenario, or write a deal file."
        raise InputError(headline, [Fault(what, str(path), mend)])
    return deals


def _write_deals(deals: list[Deal], folder: Path) -> None:
    """Write each deal as a file; files that are there already are left alone."""
    from gigaplan.plan.folder import unwritable

    head = "# Deal file for 'gigaplan screen'. Fill in what is known; what is empty is asked for.\n"
    for one in deals:
        words = "".join(letter if letter.isalnum() else " " for letter in one.name.lower())
        path = folder / f"{'-'.join(words.split())}.yaml"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as handle:
                handle.write(head + one.to_yaml())
        except FileExistsError as error:
            fault = Fault("There is such a file already.", str(path), "Choose another folder.")
            headline = f"{path} is left as it is."
            raise InputError(headline, [fault]) from error
        except OSError as error:
            raise unwritable(path, error) from error
        typer.echo(str(path))


def _day(as_of: str | None) -> date:
    if as_of is None:
        return datetime.now(tz=UTC).date()
    try:
        return date.fromisoformat(as_of)
    except ValueError as error:
        message = f"'{as_of}' is not a day. Write it as 2026-11-23."
        raise typer.BadParameter(message, param_hint="--as-of") from error
