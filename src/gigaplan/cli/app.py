"""The application: every command in one place."""

from __future__ import annotations

import gc
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from gigaplan.cli import data, inspect, jobs, plan, policy, policy_diff, scenario
from gigaplan.cli.ending import Ending

HELP = """Plan AI data centers and the power they need: what, where, when, at what cost, and why.

\b
Exit codes: 0 done, 1 a check failed, 2 bad input, 3 infeasible,
4 solver limit, 70 a bug, 130 stopped by Ctrl-C.
"""

NEW_OBJECTS: Final = 100_000
"""How many are made before Python looks for unreachable ones among them."""


class Commands(TyperGroup):
    """Commands that end with words and an exit code."""

    # Any: typer brings the types of click along, under a name that depends on its version.
    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        with Ending():
            return super().invoke(ctx)


app = typer.Typer(
    name="gigaplan",
    cls=Commands,
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("init")(scenario.init)
app.command("check")(scenario.check)
app.command("run")(plan.run)
app.command("verify")(plan.verify)
app.command("show")(inspect.show)
app.command("report")(inspect.report)
app.command("compare")(inspect.compare)
app.command("jobs")(jobs.jobs)
app.command("screen")(policy.screen)
app.add_typer(policy_diff.app, name="policy")
app.add_typer(data.app, name="data")
app.command("schema")(scenario.schema)


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
    del version


def main() -> None:
    """Run the command line.

    Nearly everything that a command makes lives until its end. So Python looks for unreachable
    objects seldom (its own habit is after every 700 new ones), and at the end not at all: the
    process gives everything back.
    """
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    try:
        app(prog_name="gigaplan")
    finally:
        gc.freeze()
