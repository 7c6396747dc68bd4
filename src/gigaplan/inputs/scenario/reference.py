"""The manual's scenario reference, made from the types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Len, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gigaplan.inputs.faults import section_of
from gigaplan.inputs.scenario.base import AMOUNT_MOST, LAST_YEAR, NAME_LONGEST
from gigaplan.inputs.scenario.model import Scenario
from gigaplan.inputs.wording import quantity

ANSWERS: Final = {
    int: "whole number",
    float: "number",
    str: "text",
    bool: "true or false",
    date: "day",
}
NOTE: Final = """\
A scenario is one YAML file. A field that is left out has its default; a field that is not listed
here is refused. `null`, or nothing after the colon, means empty. Words are text as they stand, so
`NO` is not false; numbers have no units, percent signs, separators or quotes. Years are tables,
such as `{2028: 10, 2030: 20}`. Only `name`, `title` and `horizon.milestone_years` must be given,
and what the objective needs: `compute.target` or a budget.
"""


def scenario_reference_markdown() -> str:
    """Return every field of a scenario: name, type, unit, default, what is allowed, meaning.

    Raises
    ------
    ValueError
        If a field has no description.
    """
    tables = section_tables(Scenario, ())
    return "\n".join(["# Scenario reference", "", NOTE, *tables]).strip() + "\n"


def section_tables(
    model: type[BaseModel], path: tuple[str, ...], *, of_a_list: bool = False
) -> Iterator[str]:
    """Yield the heading and table of a section, then those of the sections inside it.

    Parameters
    ----------
    model
        Section.
    path
        Where it stands; empty at the top.
    of_a_list
        Whether it is one of many.
    """
    many = " (each of the list)" if of_a_list else ""
    yield f"## {'.'.join(path) if path else 'Top level'}{many}"
    yield ""
    yield (model.__doc__ or "").strip().splitlines()[0]
    yield ""
    yield "| field | type | unit | default | allowed | meaning |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, field in model.model_fields.items():
        meaning, unit = _meaning_and_unit(".".join((*path, name)), field)
        words, allowed = _type_and_allowed(field)
        cells = (f"`{name}`", words, unit, _default(field), allowed, meaning)
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
    yield ""
    for name, field in model.model_fields.items():
        inner = section_of(field.annotation)
        if inner is not None:
            of_a_list = _is_list(field.annotation)
            yield from section_tables(inner, (*path, name), of_a_list=of_a_list)


def _is_list(annotation: Any) -> bool:
    """Whether a field holds a list, which may be empty or left out."""
    return get_origin(annotation) is tuple or any(map(_is_list, get_args(annotation)))


def _meaning_and_unit(dotted: str, field: FieldInfo) -> tuple[str, str]:
    """Split a description into its sentence and the unit in brackets at its end.

    >>> _meaning_and_unit("time.hours", FieldInfo(description="Length of a block [h]."))
    ('Length of a block.', 'h')
    """
    text = " ".join((field.description or "").split())
    if not text:
        message = f"The field {dotted} has no description."
        raise ValueError(message)
    with_unit = re.fullmatch(r"(.*?)\s*\[([^\]]+)\]\.", text)
    return (f"{with_unit[1]}.", with_unit[2]) if with_unit else (text, "")


def _type_and_allowed(field: FieldInfo) -> tuple[str, str]:
    """Return the type of a field in plain words, and what is allowed within it."""
    allowed: list[str] = []
    words = _words(field.annotation, allowed)
    allowed += _bounds(field.metadata, of_many=_is_many(field.annotation))
    return words, "; ".join(dict.fromkeys(allowed))


def _words(annotation: Any, allowed: list[str]) -> str:
    """Return a type in words; add its bounds and choices to ``allowed``."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation in ANSWERS:
        return ANSWERS[annotation]
    if annotation is type(None):
        return "empty"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "section"
    if origin is tuple:
        inner = section_of(parts[0])
        return "list of sections" if inner else f"list of {_words(parts[0], allowed)}"
    if origin is dict:
        key = "year" if _number_key(parts[0]) else "name"
        within: list[str] = []
        _words(parts[0], within)
        allowed += [f"{key}s {bound}" for bound in within]
        return f"table of {_words(parts[1], allowed)} by {key}"
    if origin is Literal:
        allowed.append(" or ".join(f"`{choice}`" for choice in parts))
        return "choice"
    if hasattr(annotation, "__metadata__"):
        words = _words(parts[0], allowed)
        allowed += _bounds(annotation.__metadata__, of_many=_is_many(parts[0]))
        return words
    return " or ".join(dict.fromkeys(_words(part, allowed) for part in parts))


def _number_key(annotation: Any) -> bool:
    return annotation is int or int in get_args(annotation)


def _is_many(annotation: Any) -> bool:
    return get_origin(annotation) in (tuple, dict)


def _bounds(metadata: Iterable[Any], *, of_many: bool) -> Iterator[str]:
    """Yield the bounds that are among annotations, in words.

    Bounds that are there against slips only are not worth a reader's time: the length of names,
    and numbers of a billion.

    >>> list(_bounds([Ge(0.0), Le(1.0)], of_many=False)), list(_bounds([Len(1, 26)], of_many=True))
    (['0 to 1'], ['1 to 26 entries'])
    """
    items = [part for item in metadata for part in getattr(item, "metadata", [item])]
    least = next((item.ge for item in items if isinstance(item, Ge)), None)
    above = next((item.gt for item in items if isinstance(item, Gt)), None)
    most = next(
        (item.le for item in items if isinstance(item, Le) and item.le != AMOUNT_MOST), None
    )
    if least is not None:
        yield (
            f"{_number(least)} or more" if most is None else f"{_number(least)} to {_number(most)}"
        )
    elif above is not None:
        yield f"above {_number(above)}" + ("" if most is None else f", {_number(most)} or less")
    shortest = max((item.min_length for item in items if isinstance(item, Len | MinLen)), default=0)
    longest = next((item.max_length for item in items if isinstance(item, Len | MaxLen)), None)
    if of_many and longest is not None:
        yield f"{shortest} to {longest} entries"
    elif of_many and shortest:
        yield f"at least {shortest} " + ("entry" if shortest == 1 else "entries")
    elif longest not in (None, NAME_LONGEST):
        yield f"{shortest} to {longest:,} characters"


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) and value > LAST_YEAR else quantity(float(value))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**must be given**"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return "see below"
    if value is None or value in ((), {}, ""):
        return "empty"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple):
        return f"`[{', '.join(str(item) for item in value)}]`"
    return f"`{quantity(value)}`" if isinstance(value, float) else f"`{value}`"
