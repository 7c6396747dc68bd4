"""From what pydantic found to sentences that say what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gigaplan.inputs.wording import did_you_mean
from gigaplan.inputs.yaml_reader import Document
from gigaplan.terms.errors import Fault


def faults_of(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Fault]:
    """Return one fault for each place, in the order of the file.

    Parameters
    ----------
    error
        What the validation found.
    document
        The file, for places.
    model
        The model that was validated, for the names of its fields.
    """
    by_path: dict[tuple[str | int, ...], Fault] = {}
    for detail in error.errors():
        path = _path(detail["loc"], document)
        if path not in by_path:
            by_path[path] = _fault(detail, path, document, model)
    ordered = sorted(by_path.items(), key=lambda item: _position(item[0], document))
    return [fault for _, fault in ordered]


def _path(loc: tuple[str | int, ...], document: Document) -> tuple[str | int, ...]:
    """Drop the steps that pydantic adds for unions and keys."""
    content: Any = document.content
    path: list[str | int] = []
    for position, step in enumerate(loc):
        inside = (isinstance(content, Mapping) and step in content) or (
            isinstance(content, list) and isinstance(step, int) and step < len(content)
        )
        if inside:
            content = content[step]
            path.append(step)
        elif isinstance(content, Mapping) and position == len(loc) - 1 and step != "[key]":
            path.append(step)
    return tuple(path)


def _position(path: tuple[str | int, ...], document: Document) -> tuple[int, int]:
    at = path
    while at and at not in document.places:
        at = at[:-1]
    place = document.places.get(at)
    return (place.line, place.column) if place else (0, 0)


def _fault(
    detail: ErrorDetails,
    path: tuple[str | int, ...],
    document: Document,
    model: type[BaseModel],
) -> Fault:
    kind, value = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    where = document.where(path)
    shown = _shown(value)
    name = str(path[-1]) if path else "the scenario"
    if kind == "extra_forbidden":
        choices = _fields(model, path[:-1])
        mend = did_you_mean(name, choices) or f"Known here: {', '.join(choices)}."
        return Fault(f"There is no field '{name}'.", where, mend)
    if kind == "missing":
        return Fault(f"The field '{name}' is missing.", where, "Give it a value.")
    if kind == "value_error":
        return Fault(str(context.get("error", detail["msg"])), where)
    if kind in ("literal_error", "enum"):
        expected = str(context.get("expected", ""))
        choices = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
        mend = did_you_mean(str(value), choices) or f"Use {expected}."
        return Fault(f"{name} is {shown}, which is not a choice.", where, mend)
    bounds = {
        "greater_than_equal": ("ge", "below", "or more"),
        "less_than_equal": ("le", "above", "or less"),
    }
    if kind in bounds:
        key, side, more = bounds[kind]
        limit = _shown(context[key])
        return Fault(f"{name} is {shown}, {side} {limit}.", where, f"Use {limit} {more}.")
    if kind == "greater_than":
        limit = _shown(context["gt"])
        return Fault(f"{name} is {shown}, not above {limit}.", where, f"Use more than {limit}.")
    if kind == "finite_number":
        return Fault(f"{name} is {shown}, which is no finite number.", where, "Give a number.")
    wanted = {
        "int": "a whole number, such as 4",
        "float": "a number, such as 0.5 (no unit and no percent sign)",
        "string": "text",
        "bool": "true or false",
        "tuple": "a list, such as [TX, OK]",
        "dict": "a table of fields",
        "model": "a table of fields",
    }
    for stem, words in wanted.items():
        if kind.startswith(stem) and kind.endswith(("_type", "_parsing", "_from_float")):
            return Fault(f"{name} is {shown}.", where, f"It must be {words}.")
    if kind == "string_pattern_mismatch":
        words = "Use letters, digits, dots, hyphens and underscores, 60 at the most."
        return Fault(f"{name} is {shown}.", where, words)
    return Fault(f"{name} is {shown}: {detail['msg']}.", where, "Mend it.")


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"'{value[:60]}…'" if len(value) > 60 else f"'{value}'"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f"{value}"
    return f"{text[:40]}…" if len(text) > 40 else text


def _fields(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Return the fields of the section at a path."""
    at: Any = model
    for step in path:
        if isinstance(step, int):
            continue
        field = at.model_fields.get(step) if hasattr(at, "model_fields") else None
        if field is None:
            return []
        at = _section(field.annotation)
    return list(at.model_fields) if hasattr(at, "model_fields") else []


def _section(annotation: Any) -> Any:
    """Return the model inside an annotation such as ``Target | None``."""
    if hasattr(annotation, "model_fields"):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _section(part)
        if hasattr(found, "model_fields"):
            return found
    return annotation
