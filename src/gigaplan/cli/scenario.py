"""Commands about scenarios: init, check, schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gigaplan.cli.ending import say
from gigaplan.terms.errors import Fault, InputError


def init(
    name: Annotated[
        str, typer.Argument(help="Name of the new scenario, or its file, NAME.yaml.")
    ] = "my-plan",
    template: Annotated[str, typer.Option(help="Shipped scenario to start from.")] = "us-2035",
) -> None:
    """Write a commented scenario to change.

    A file that is there already is left alone.
    """
    from gigaplan.inputs.scenario import starter_text
    from gigaplan.inputs.scenario.load import scenario_of
    from gigaplan.inputs.yaml_reader import parse_yaml
    from gigaplan.plan.folder import unwritable

    path = Path(name) if name.endswith((".yaml", ".yml")) else Path(f"{name}.yaml")
    text = starter_text(path.stem, template)
    scenario_of(parse_yaml(text, str(path)))
    try:
        with path.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except FileExistsError as error:
        fault = Fault("There is such a file already.", str(path), "Choose another name.")
        headline = f"{path} is left as it is."
        raise InputError(headline, [fault]) from error
    except OSError as error:
        raise unwritable(path, error) from error
    typer.echo(str(path))
    say(f"Next: gigaplan check {path}, then gigaplan run {path} -o plans/{path.stem}")


def check(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or a shipped name.")],
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check a scenario with its data; nothing is solved."""
    from gigaplan.cli.asked import facts_of, years_of
    from gigaplan.cli.tables import print_json, print_table, records
    from gigaplan.inputs.scenario import load_scenario

    asked = load_scenario(scenario)

    from gigaplan.system.build import build_system
    from gigaplan.workflow import load_scenario_data

    system = build_system(asked, load_scenario_data(asked))
    facts, years = facts_of(asked, system), years_of(system)
    if json_:
        print_json({"ok": True, **facts, "years": records(years)})
        return
    typer.echo(f"{asked.title}\n")
    width = max(len(name) for name in facts)
    for name, value in facts.items():
        typer.echo(f"  {name.replace('_', ' '):{width}}  {value}")
    typer.echo("")
    print_table(years, title="By milestone year")
    say("The scenario is valid.")


def schema() -> None:
    """Print the JSON Schema of scenarios, for editors."""
    from gigaplan.cli.tables import print_json
    from gigaplan.inputs.scenario import scenario_json_schema

    print_json(scenario_json_schema())
