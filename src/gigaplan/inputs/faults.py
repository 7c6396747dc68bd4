"""From what pydantic found to sentences that say what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gigaplan.inputs.wording import did_you_mean, few, nearest, quantity
from gigaplan.inputs.yaml_reader import Document
from gigaplan.terms.errors import Fault

Path = tuple[str | int, ...]

WANTED = {
    "bool": "true or false",
    "dict": "a table of fields",
    "float": "a number, such as 0.5, without a unit, a percent sign or quotes",
    "int": "a whole number, such as 4",
    "model": "a table of fields",
    "string": "text",
    "tuple": "a list, such as [TX, OK]",
}
WANTED_KEYS = {"int": "a year, such as 2030", "string": "a name"}
UNION_OF_VALUES = "text, a number, true or false"
NAME_MEND = "Use letters, digits, dots, hyphens and underscores, 60 at the most."


@dataclass(frozen=True)
class FieldFault:
    """A fault of one field.

    Parameters
    ----------
    path
        Where it is.
    spoils
        Field whose value cannot be relied on: the same, or the one that a mistyped key meant.
    fault
        What is wrong and how to mend it.
    """

    path: Path
    spoils: Path
    fault: Fault


def field_faults(
    error: ValidationError, document: Document, model: type[BaseModel], *, ignore: str
) -> list[FieldFault]:
    """Return one fault for each field that is wrong.

    Parameters
    ----------
    error
        What the validation found.
    document
        The file, for places.
    model
        The model that was validated, for the names of its fields.
    ignore
        Type of errors that are not about one field.
    """
    grouped: dict[Path, list[ErrorDetails]] = {}
    for detail in error.errors():
        if detail["type"] != ignore:
            grouped.setdefault(_path(detail["loc"], document), []).append(detail)
    found = [
        _field_fault(path, details, document, model)
        for path, details in grouped.items()
        if not _is_said_better_inside(path, details, grouped)
    ]
    meant = {fault.spoils for fault in found if fault.spoils != fault.path}
    return [fault for fault in found if fault.path not in meant]


def in_order_of_the_file(faults: Sequence[tuple[Path, Fault]], document: Document) -> list[Fault]:
    """Sort faults by their places."""

    def position(item: tuple[Path, Fault]) -> tuple[int, int]:
        at = item[0]
        while at and at not in document.places:
            at = at[:-1]
        place = document.places[at]
        return place.line, place.column

    return [fault for _, fault in sorted(faults, key=position)]


def _path(loc: Path, document: Document) -> Path:
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


def _is_said_better_inside(
    path: Path, details: Sequence[ErrorDetails], grouped: Mapping[Path, object]
) -> bool:
    """Whether a choice such as 'all' was not meant, because an item of the list is at fault."""
    alternatives = all(detail["type"] == "literal_error" for detail in details)
    below = (other for other in grouped if len(other) > len(path) and other[: len(path)] == path)
    return alternatives and any(True for _ in below)


def _field_fault(
    path: Path, details: Sequence[ErrorDetails], document: Document, model: type[BaseModel]
) -> FieldFault:
    kinds = [detail["type"] for detail in details]
    where, name = document.where(path), _label(path, document)
    shown = _shown(details[0]["input"])
    if kinds[0] == "extra_forbidden":
        near, mend = _meant(str(path[-1]), path[:-1], model)
        spoils = (*path[:-1], near) if near else path
        return FieldFault(path, spoils, Fault(f"There is no field '{path[-1]}'.", where, mend))
    if details[0]["loc"][-1:] == ("[key]",):
        what, mend = _key_words(details[0], path)
    elif "finite_number" in kinds:
        what, mend = f"{name} is {shown}, which is no finite number.", "Give a number."
    elif "literal_error" in kinds and "tuple_type" in kinds:
        choices = _choices(details[kinds.index("literal_error")])
        what = f"{name} is {shown}."
        mend = did_you_mean(str(details[0]["input"]), choices)
        mend = mend or f"It must be {choices[0]}, or {WANTED['tuple']}."
    elif len(details) > 1:
        what, mend = f"{name} is {shown}.", f"It must be {UNION_OF_VALUES}."
    else:
        what, mend = _words(details[0], name)
    return FieldFault(path, path, Fault(what, where, mend))


def _words(detail: ErrorDetails, name: str) -> tuple[str, str]:
    """Say what is wrong with a value, and how to mend it."""
    kind, value = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    shown = _shown(value)
    if kind == "missing":
        return f"The field '{name}' is missing.", "Give it a value."
    if kind == "literal_error":
        choices = _choices(detail)
        mend = did_you_mean(str(value), choices) or f"Use {' or '.join(choices)}."
        return f"{name} is {shown}, which is not a choice.", mend
    if kind in ("greater_than_equal", "less_than_equal", "greater_than"):
        key, side, mend = {
            "greater_than_equal": ("ge", "below {}", "Use {} or more."),
            "less_than_equal": ("le", "above {}", "Use {} or less."),
            "greater_than": ("gt", "not above {}", "Use more than {}."),
        }[kind]
        limit = quantity(float(context[key]))
        return f"{name} is {shown}, {side.format(limit)}.", mend.format(limit)
    if kind in ("too_short", "string_too_short") or (kind == "too_long"):
        few_words = "is empty" if not value else f"has {len(value)} items"
        most = context.get("max_length")
        mend = "Give at least one." if most is None else f"Give at most {most}."
        return f"{name} {few_words}.", mend
    if kind == "string_too_long":
        most = context["max_length"]
        return f"{name} has {len(value)} characters.", f"Use at most {most}."
    if kind == "string_pattern_mismatch":
        if context["pattern"].startswith("^[^"):
            what = f"{name} holds a control character."
            return what, "Remove it; line breaks and tabs may stay."
        return f"{name} is {shown}.", NAME_MEND
    stem = kind.partition("_")[0]
    if stem in WANTED and kind.endswith(("_type", "_parsing", "_from_float")):
        return f"{name} is {shown}.", f"It must be {WANTED[stem]}."
    return f"{name} is {shown}. {detail['msg']}.", "Mend it."


def _key_words(detail: ErrorDetails, path: Path) -> tuple[str, str]:
    """Say what is wrong with the key of a table whose keys are years or names."""
    kind, shown = detail["type"], _shown(detail["input"])
    table = path[-2]
    if kind in ("greater_than_equal", "less_than_equal"):
        what, mend = _words(detail, f"A year of {table}")
        return what, mend
    wanted = WANTED_KEYS.get(kind.partition("_")[0], "a name")
    return f"A key of {table} is {shown}.", f"It must be {wanted}."


def _label(path: Path, document: Document) -> str:
    """Name a field, an item of a list or an entry of a table for a sentence."""
    if not path:
        return "The scenario"
    last, parent = path[-1], path[-2] if len(path) > 1 else ""
    if isinstance(last, str):
        return last
    content: Any = document.content
    for step in path[:-1]:
        content = content[step]
    return f"{parent}, item {last + 1}," if isinstance(content, list) else f"{parent} of {last}"


def _dotted(path: Path) -> str:
    return ".".join(str(step) for step in path)


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


def _choices(detail: ErrorDetails) -> list[str]:
    """Return the choices of a closed set, which pydantic has only as a text."""
    expected = str(detail.get("ctx", {})["expected"])
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]


def _meant(key: str, parent: Path, model: type[BaseModel]) -> tuple[str | None, str]:
    """Return the field that a mistyped key meant, and a sentence that says so."""
    here = _section_at(model, parent)
    fields = list(here.model_fields) if here is not None else []
    near = nearest(key, fields)
    if near is not None:
        return near, did_you_mean(key, fields)
    elsewhere = [path for path in _all_fields(model, ()) if path[-1] == key]
    if elsewhere:
        return None, f"Did you mean {few([_dotted(path) for path in elsewhere])}?"
    return None, f"Known here: {', '.join(fields)}."


def _section_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the section at a path."""
    at: type[BaseModel] | None = model
    for step in path:
        if at is not None and isinstance(step, str):
            field = at.model_fields.get(step)
            at = None if field is None else section_of(field.annotation)
    return at


def _all_fields(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, field in model.model_fields.items():
        yield (*path, name)
        inner = section_of(field.annotation)
        if inner is not None:
            yield from _all_fields(inner, (*path, name))


def section_of(annotation: Any) -> type[BaseModel] | None:
    """Return the section inside an annotation such as ``Target | None``, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = section_of(part)
        if found is not None:
            return found
    return None
