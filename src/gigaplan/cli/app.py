"""The application: commands, and how every error ends."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated

import typer

from gigaplan.cli import data, inspect, plan, scenario
from gigaplan.cli.screen import MOST_FAULTS, say
from gigaplan.terms.errors import GigaplanError

BUG_EXIT, INTERRUPT_EXIT = 70, 130

app = typer.Typer(
    name="gigaplan",
    help="Plan AI-infrastructure programmes: what to build, where, when, and why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("init")(scenario.init)
app.command("check")(scenario.check)
app.command("schema")(scenario.schema)
app.command("run")(plan.run)
app.command("verify")(plan.verify)
app.command("show")(inspect.show)
app.command("report")(inspect.report)
app.command("compare")(inspect.compare)
app.add_typer(data.app, name="data")


def _version(wanted: bool) -> None:
    if wanted:
        from gigaplan import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Plan AI-infrastructure programmes: what to build, where, when, and why."""
    del version


def main() -> None:
    """Run the command line; every error ends in words and an exit code."""
    try:
        app()
    except GigaplanError as error:
        shown = [f"  {fault}" for fault in error.faults[:MOST_FAULTS]]
        more = len(error.faults) - len(shown)
        if more > 0:
            shown.append(f"  ... and {more} more.")
        say("\n".join([f"error: {error.headline}", *shown]))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        say("stopped; nothing was written")
        sys.exit(INTERRUPT_EXIT)
    except BrokenPipeError:
        # The reader went away (``gigaplan show ... | head``): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the last line of defence; it is told as a bug
        if os.environ.get("GIGAPLAN_DEBUG"):
            traceback.print_exc()
        say(
            f"this is a bug in gigaplan: {type(error).__name__}: {error}\n"
            "  Set GIGAPLAN_DEBUG=1 to see where, and report it with the scenario."
        )
        sys.exit(BUG_EXIT)
