"""Read deal files, with every fault at its place."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from gigaplan.inputs.faults import field_faults, in_order_of_the_file
from gigaplan.inputs.scenario.base import BROKEN_RULES
from gigaplan.inputs.scenario.rules import broken_rules
from gigaplan.inputs.yaml_reader import Document, parse_yaml, read_yaml
from gigaplan.policy.facts.deal import Deal
from gigaplan.terms.errors import Fault, InputError


def example_text() -> str:
    """Return the text of the deal file that ships with gigaplan; its names are invented."""
    return files("gigaplan.policy").joinpath("deals", "example.yaml").read_text("utf-8")


def read_deal(path: Path) -> Deal:
    """Read a deal file.

    Parameters
    ----------
    path
        YAML file.

    Returns
    -------
    Deal

    Raises
    ------
    InputError
        With every fault, each with file, line, column, field and mend.
    """
    try:
        document = read_yaml(path)
    except InputError as error:
        raise _unusable(path.name, error.faults) from error
    return deal_of(document)


def parse_deal(text: str, name: str) -> Deal:
    """Read the text of a deal file; see :func:`read_deal`."""
    try:
        document = parse_yaml(text, name)
    except InputError as error:
        raise _unusable(name, error.faults) from error
    return deal_of(document)


def deal_of(document: Document) -> Deal:
    """Make a deal of a document that was read; see :func:`read_deal`."""
    if not isinstance(document.content, dict):
        what = "A deal is a table of named fields, such as 'investor: Gulf fund'."
        mend = "Start with 'gigaplan screen --example'."
        raise _unusable(document.name, [Fault(what, document.where(()), mend)])
    try:
        deal = Deal.model_validate(document.content)
    except ValidationError as error:
        fields = field_faults(error, document, Deal, ignore=BROKEN_RULES)
        rules = broken_rules(Deal, document, {fault.spoils for fault in fields})
        found = [(fault.path, fault.fault) for fault in fields] + rules
        raise _unusable(document.name, in_order_of_the_file(found, document)) from None
    deal._document = document
    return deal


def _unusable(name: str, faults: Iterable[Fault]) -> InputError:
    return InputError(f"The deal {name} cannot be used.", list(faults))
