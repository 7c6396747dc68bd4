"""From what pydantic found to sentences that say what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gigaplan.inputs.wording import COUNTRY_PATTERN, did_you_mean, few, nearest, quantity
from gigaplan.inputs.yaml_reader import LONGEST_STEP, Document, shortened
from gigaplan.terms.errors import Fault

Path = tuple[str | int, ...]

WANTED = {
    "bool": "true or false",
    "dict": "a table",
    "float": "a number, such as 0.5, without a unit, a percent sign or quotes",
    "int": "a whole number, such as 4",
    "model": "a table of fields",
    "string": "text",
}
LONGEST_SHOWN = 40
NAME_MEND = "Use letters, digits, dots, hyphens and underscores, 60 at the most."
PATTERN_MENDS = {COUNTRY_PATTERN: "Use two capital letters, such as US, CA or JP."}


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
            grouped.setdefault(_path(detail, document), []).append(detail)
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


def _path(detail: ErrorDetails, document: Document) -> Path:
    """Drop the steps that pydantic adds for unions and keys."""
    content: Any = document.content
    path: list[str | int] = []
    for step in detail["loc"]:
        inside = (isinstance(content, Mapping) and step in content) or (
            isinstance(content, list) and isinstance(step, int) and step < len(content)
        )
        if inside:
            content = content[step]
            path.append(step)
    if detail["type"] == "missing":
        path.append(detail["loc"][-1])
    return tuple(path)


def _is_said_better_inside(
    path: Path, details: Sequence[ErrorDetails], grouped: Mapping[Path, object]
) -> bool:
    """Whether a list is at fault only because one of its items is.

    Then pydantic also says that the list is too short, or is not the word 'all'.
    """
    indirect = all(detail["type"] in ("literal_error", "too_short") for detail in details)
    return indirect and any(
        len(other) > len(path) and other[: len(path)] == path for other in grouped
    )


def _field_fault(
    path: Path, details: Sequence[ErrorDetails], document: Document, model: type[BaseModel]
) -> FieldFault:
    kinds = [detail["type"] for detail in details]
    where, name = document.where(path), _label(path, document)
    if kinds[0] == "extra_forbidden":
        near, mend = _meant(str(path[-1]), path[:-1], model)
        spoils = (*path[:-1], near) if near else path
        shown = shortened(str(path[-1]), LONGEST_STEP)
        return FieldFault(path, spoils, Fault(f"There is no field '{shown}'.", where, mend))
    if details[0]["loc"][-1:] == ("[key]",):
        what, mend = _key_words(details[0], path)
    elif len(details) > 1:
        what, mend = _union_words(details, name)
    else:
        what, mend = _words(details[0], name)
        if kinds[0] == "model_type":
            mend = f"{mend.rstrip('.')}: {', '.join(_fields_at(model, path))}."
    return FieldFault(path, path, Fault(what, where, mend))


def _union_words(details: Sequence[ErrorDetails], name: str) -> tuple[str, str]:
    """Say what is wrong with a value that may be of several types."""
    kinds = [detail["type"] for detail in details]
    for detail in details:
        if detail["type"] != "literal_error" and not detail["type"].endswith("_type"):
            return _words(detail, name)  # the type that was meant: only its bounds are missed
    value = details[0]["input"]
    what = f"{name} is {_shown(value)}."
    if "literal_error" in kinds:
        choices = _choices(details[kinds.index("literal_error")])
        meant = did_you_mean(value, choices) if isinstance(value, str) else ""
        return what, meant or f"It must be {choices[0]}, or {_a_list(value)}."
    wanted = "text, a number, true or false" if "bool_type" in kinds else "text or a number"
    return what, f"It must be {wanted}."


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
    if kind == "finite_number":
        return f"{name} is {shown}, which is no finite number.", "Give a number."
    if kind == "string_too_short":
        return f"{name} is empty.", "Give some text."
    if kind == "too_short":
        return f"{name} is empty.", "Give at least one entry."
    if kind == "too_long":
        return f"{name} has {len(value)} entries.", f"Give at most {context['max_length']}."
    if kind == "string_too_long":
        most = context["max_length"]
        return f"{name} has {len(value)} characters.", f"Use at most {most}."
    if kind == "string_pattern_mismatch":
        if context["pattern"].startswith("^[^"):
            what = f"{name} holds a control character."
            return what, "Remove it; line breaks and tabs may stay."
        return f"{name} is {shown}.", PATTERN_MENDS.get(context["pattern"], NAME_MEND)
    stem = kind.partition("_")[0]
    if kind == "float_type" and isinstance(value, int) and not isinstance(value, bool):
        return f"{name} is {shown}, which is too large.", "Give a smaller number."
    if kind == "tuple_type":
        return f"{name} is {shown}.", f"It must be {_a_list(value)}."
    if stem in WANTED and kind.endswith("_type"):
        return f"{name} is {shown}.", f"It must be {WANTED[stem]}."
    return f"{name} is {shown}. {detail['msg']}.", "Mend it."


def _key_words(detail: ErrorDetails, path: Path) -> tuple[str, str]:
    """Say what is wrong with the key of a table whose keys are years or names."""
    kind, name = detail["type"], f"A key of {path[-2]}"
    if kind not in ("int_type", "string_type"):
        return _words(detail, name)
    wanted = "a year, such as 2030" if kind == "int_type" else "a name"
    return f"{name} is {_shown(detail['input'])}.", f"It must be {wanted}."


def _label(path: Path, document: Document) -> str:
    """Name a field, an item of a list or an entry of a table for a sentence."""
    if not path:
        return "The scenario"
    last, parent = path[-1], path[-2] if len(path) > 1 else ""
    if isinstance(last, str):
        return shortened(last, LONGEST_STEP)
    content: Any = document.content
    for step in path[:-1]:
        content = content[step]
    return f"{parent}, item {last + 1}," if isinstance(content, list) else f"{parent} of {last}"


def _a_list(value: object) -> str:
    example = value if isinstance(value, str | int | float) else "first, second"
    return f"a list, such as [{shortened(str(example), LONGEST_STEP)}]"


def _dotted(path: Path) -> str:
    return ".".join(str(step) for step in path)


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"'{shortened(value, LONGEST_SHOWN)}'"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    return shortened(f"{value}", LONGEST_SHOWN)


def _choices(detail: ErrorDetails) -> list[str]:
    """Return the choices of a closed set, which pydantic has only as a text."""
    expected = str(detail.get("ctx", {})["expected"])
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]


def _meant(key: str, parent: Path, model: type[BaseModel]) -> tuple[str | None, str]:
    """Return the field that a mistyped key meant, and a sentence that says so."""
    fields = _fields_at(model, parent)
    near = nearest(key, fields)
    if near is not None:
        return near, did_you_mean(key, fields)
    elsewhere = [path for path in _all_fields(model, ()) if path[-1] == key]
    if elsewhere:
        return None, f"Did you mean {few([_dotted(path) for path in elsewhere])}?"
    return None, f"Known here: {', '.join(fields)}."


def _fields_at(model: type[BaseModel], path: Path) -> list[str]:
    """Return the fields of the section at a path."""
    at: type[BaseModel] | None = model
    for step in path:
        if at is not None and isinstance(step, str):
            at = section_of(at.model_fields[step].annotation)
    return [] if at is None else list(at.model_fields)


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
