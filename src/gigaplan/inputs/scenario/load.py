"""Read scenarios: files and shipped ones, with every fault at its place."""

from __future__ import annotations

from collections.abc import Collection
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gigaplan.inputs.faults import faults_of
from gigaplan.inputs.scenario.model import Scenario
from gigaplan.inputs.wording import did_you_mean
from gigaplan.inputs.yaml_reader import Document, parse_yaml, read_yaml
from gigaplan.terms.errors import Fault, InputError


def shipped_scenarios() -> list[str]:
    """Return the names of the scenarios that ship with gigaplan."""
    folder = files("gigaplan.inputs").joinpath("scenarios")
    return sorted(
        item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml")
    )


def shipped_text(name: str) -> str:
    """Return the text of a shipped scenario.

    Raises
    ------
    InputError
        If none has that name.
    """
    names = shipped_scenarios()
    if name not in names:
        what = f"There is no shipped scenario '{name}'."
        mend = did_you_mean(name, names) or f"Choose one of {', '.join(names)}."
        headline = f"The scenario '{name}' cannot be used."
        raise InputError(headline, [Fault(what, name, mend)])
    return files("gigaplan.inputs").joinpath("scenarios", f"{name}.yaml").read_text("utf-8")


def load_scenario(path_or_name: str | Path) -> Scenario:
    """Read a scenario file, or a shipped scenario by its name.

    Parameters
    ----------
    path_or_name
        Path of a YAML file; a word without a folder or an ending is looked up among the shipped
        scenarios unless a file has that name.

    Returns
    -------
    Scenario

    Raises
    ------
    InputError
        With every fault, each with file, line, column, field and mend.
    """
    path = Path(path_or_name)
    bare = path.suffix == "" and path.name == str(path_or_name)
    if bare and not path.exists():
        name = str(path_or_name)
        return scenario_of(parse_yaml(shipped_text(name), f"{name}.yaml"))
    return scenario_of(read_yaml(path), folder=path.resolve().parent)


def scenario_of(document: Document, *, folder: Path | None = None) -> Scenario:
    """Make a scenario of a document that was read."""
    if not isinstance(document.content, dict):
        what = "A scenario is a table of named fields, such as 'name: my-plan'."
        headline = f"The scenario {document.name} cannot be used."
        raise InputError(headline, [Fault(what, document.where(()), "Start with 'gigaplan init'.")])
    try:
        scenario = Scenario.model_validate(document.content)
    except ValidationError as error:
        found = faults_of(error, document, Scenario)
        count = f"{len(found)} fault" + ("s" if len(found) > 1 else "")
        headline = f"The scenario {document.name} has {count}."
        raise InputError(headline, found) from None
    scenario._document = document
    scenario._folder = folder
    return scenario


def check_against(
    scenario: Scenario,
    *,
    zones: Collection[str],
    assets: Collection[str],
    components: Collection[str],
    capital_groups: Collection[str],
    compute_cases: Collection[str],
    demand_cases: Collection[str],
    fuel_cases: Collection[str],
) -> list[Fault]:
    """Return the names in a scenario that its data package does not have."""
    limits, target = scenario.limits, scenario.compute.target
    faults: list[Fault] = []

    def known(names: Any, choices: Collection[str], kind: str, *path: str) -> None:
        for position, name in enumerate(names):
            if name not in choices:
                step: str | int = name if isinstance(names, dict) else position
                faults.append(
                    Fault(
                        f"The data package has no {kind} '{name}'.",
                        scenario.where(*path, step),
                        did_you_mean(str(name), choices) or _choose(choices),
                    )
                )

    def one(name: str | None, choices: Collection[str], kind: str, *path: str) -> None:
        if name is not None and name not in choices:
            mend = did_you_mean(name, choices) or _choose(choices)
            what = f"The data package has no {kind} '{name}'."
            faults.append(Fault(what, scenario.where(*path), mend))

    if scenario.zones != "all":
        known(scenario.zones, zones, "zone", "zones")
    for field in ("exclude_zones", "max_it_gw_by_zone", "min_it_gw_by_zone"):
        names = getattr(limits.campuses, field)
        known(names, zones, "zone", "limits", "campuses", field)
    if scenario.assets.allow != "all":
        known(scenario.assets.allow, assets, "asset", "assets", "allow")
    known(scenario.assets.exclude, assets, "asset", "assets", "exclude")
    known(limits.supply.scale, components, "component", "limits", "supply", "scale")
    known(scenario.money.wacc, capital_groups, "asset group", "money", "wacc")
    one(scenario.demand.case, demand_cases, "demand case", "demand", "case")
    one(scenario.demand.fuel_case, fuel_cases, "fuel case", "demand", "fuel_case")
    background = scenario.compute.given.background_case
    one(background, compute_cases, "compute case", "compute", "given", "background_case")
    if target is not None:
        one(target.case, compute_cases, "compute case", "compute", "target", "case")
    return faults


def _choose(choices: Collection[str]) -> str:
    listed = sorted(choices)
    more = f" and {len(listed) - 12} more" if len(listed) > 12 else ""
    return f"Choose one of {', '.join(listed[:12])}{more}."
