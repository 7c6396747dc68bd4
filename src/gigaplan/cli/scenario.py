"""Commands about scenarios: init, check, schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from gigaplan.cli.screen import say
from gigaplan.terms.errors import Fault, InputError


def init(
    name: Annotated[str, typer.Argument(help="Name of the new scenario.")] = "my-plan",
    template: Annotated[str, typer.Option(help="Shipped scenario to start from.")] = "us-2035",
) -> None:
    """Write a commented scenario, NAME.yaml, to change."""
    from gigaplan.inputs.scenario import starter_text
    from gigaplan.inputs.scenario.load import scenario_of
    from gigaplan.inputs.yaml_reader import parse_yaml

    stem = name.removesuffix(".yaml")
    path = Path(f"{stem}.yaml")
    text = starter_text(Path(stem).name, template)
    scenario_of(parse_yaml(text, path.name))
    headline = f"{path} cannot be written."
    try:
        with path.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except FileExistsError as error:
        fault = Fault("There is such a file already.", str(path), "Choose another name.")
        raise InputError(headline, [fault]) from error
    except OSError as error:
        fault = Fault(f"{error.strerror}.", str(path), "Choose another folder.")
        raise InputError(headline, [fault]) from error
    say(f"wrote {path}; next: gigaplan check {path}, gigaplan run {path} -o plans/{stem}")


def check(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or a shipped name.")],
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Validate a scenario with its data and say what it asks; nothing is solved."""
    from gigaplan.inputs.scenario import load_scenario
    from gigaplan.system.build import build_system
    from gigaplan.workflow import load_scenario_data

    asked = load_scenario(scenario)
    system = build_system(asked, load_scenario_data(asked))
    load = (system["load"] * system["block_weight"]).sum(["zone", "block"]) / 1e3
    facts = {
        "name": asked.name,
        "title": asked.title,
        "zones": len(system["zone"]),
        "milestone_years": [int(year) for year in system["year"].values],
        "blocks": len(system["block"]),
        "objective": asked.objective.kind,
        "target_unit": system.options.target_unit,
        "programme_need_by_year": [round(float(x), 3) for x in system["compute_need"].values],
        "given_campus_it_gw_by_year": [
            round(float(x), 2) for x in system["given_campus"].sum("zone").values
        ],
        "given_load_twh_by_year": [round(float(x), 1) for x in load.values],
        "budget_usd_b": asked.limits.budget.total_usd_b,
        "accelerators_paid_by": asked.compute.accelerators_paid_by,
    }
    if json_:
        typer.echo(json.dumps(facts, indent=1))
        return
    for key, value in facts.items():
        typer.echo(f"{key.replace('_', ' '):>28}  {value}")
    typer.echo("the scenario is valid")


def schema() -> None:
    """Print the JSON Schema of scenarios, for editors."""
    from gigaplan.inputs.scenario import scenario_json_schema

    typer.echo(json.dumps(scenario_json_schema(), indent=1))
