"""Read scenarios: files and shipped ones, with every fault at its place."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from gigaplan.inputs.faults import field_faults, in_order_of_the_file
from gigaplan.inputs.scenario.base import BROKEN_RULES
from gigaplan.inputs.scenario.model import Scenario
from gigaplan.inputs.scenario.rules import broken_rules
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

    >>> load_scenario("tiny").horizon.milestone_years
    (2028, 2030)
    """
    path, name = Path(path_or_name), str(path_or_name)
    if "\0" in name:
        headline = "The scenario cannot be used."
        raise InputError(headline, [Fault("Its path holds a NUL character.", "", "Remove it.")])
    is_word = path.suffix == "" and path.name == name
    if is_word and not _is_there(path):
        return scenario_of(parse_yaml(shipped_text(name), f"{name}.yaml"))
    return scenario_of(read_yaml(path), folder=path.resolve().parent)


def _is_there(path: Path) -> bool:
    """Whether a file has that name, or a folder that cannot be meant for a shipped scenario."""
    try:
        return path.is_file() or (path.is_dir() and path.name not in shipped_scenarios())
    except OSError:
        return False  # a name too long for a file


def scenario_of(document: Document, *, folder: Path | None = None) -> Scenario:
    """Make a scenario of a document that was read.

    Parameters
    ----------
    document
        The file that was read.
    folder
        Folder of the file, from which relative paths in it start.

    Raises
    ------
    InputError
        With every fault, in the order of the file.
    """
    if not isinstance(document.content, dict):
        what = "A scenario is a table of named fields, such as 'name: my-plan'."
        headline = f"The scenario {document.name} cannot be used."
        raise InputError(headline, [Fault(what, document.where(()), "Start with 'gigaplan init'.")])
    try:
        scenario = Scenario.model_validate(document.content)
    except ValidationError as error:
        fields = field_faults(error, document, Scenario, ignore=BROKEN_RULES)
        rules = broken_rules(Scenario, document, {fault.spoils for fault in fields})
        found = [(fault.path, fault.fault) for fault in fields] + rules
        count = f"{len(found)} fault" + ("s" if len(found) > 1 else "")
        headline = f"The scenario {document.name} has {count}."
        raise InputError(headline, in_order_of_the_file(found, document)) from None
    scenario._document = document
    scenario._folder = folder
    return scenario
