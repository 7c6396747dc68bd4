"""The manual's scenario reference, made from the types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from annotated_types import Ge, Gt, Le, Len, Lt, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gigaplan.inputs.scenario.model import Scenario


def scenario_reference_markdown() -> str:
    """Return every field of a scenario: name, type, default, allowed values, meaning.

    Raises
    ------
    ValueError
        If a field has no description.
    """
    return "\n".join(_section(Scenario, ())).strip() + "\n"


def _section(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[str]:
    """Yield the heading and table of a section, then those of the sections inside it."""
    title = ".".join(path) if path else "Top level"
    yield f"## {title}" if len(path) <= 1 else f"### {title}"
    yield ""
    yield (model.__doc__ or "").strip().splitlines()[0]
    yield ""
    yield "| field | type | default | meaning |"
    yield "|---|---|---|---|"
    inner: list[tuple[str, type[BaseModel]]] = []
    for name, field in model.model_fields.items():
        if not field.description:
            message = f"The field {'.'.join((*path, name))} has no description."
            raise ValueError(message)
        nested = _model_in(field.annotation)
        if nested is not None:
            inner.append((name, nested))
        meaning = " ".join(field.description.split()).replace("|", "\\|")
        yield f"| `{name}` | {_type(field)} | {_default(field)} | {meaning} |"
    yield ""
    for name, nested in inner:
        yield from _section(nested, (*path, name))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the section inside an annotation, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None


def _type(field: FieldInfo) -> str:
    """Return the type of a field in plain words, with its bounds."""
    words = _words(field.annotation)
    bounds = [text for item in field.metadata if (text := _bound(item))]
    return f"{words}, {', '.join(bounds)}" if bounds else words


def _words(annotation: Any) -> str:
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation is type(None):
        return "empty"
    plain = {int: "whole number", float: "number", str: "text", bool: "true or false"}
    if annotation in plain:
        return plain[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "section"
    if origin is tuple:
        return f"list of {_words(parts[0])}"
    if origin is dict:
        return f"table from {_words(parts[0])} to {_words(parts[1])}"
    if str(origin) == "typing.Literal" or annotation.__class__.__name__ == "_LiteralGenericAlias":
        return " or ".join(f"`{choice}`" for choice in parts)
    if hasattr(annotation, "__metadata__"):
        bounds = [text for item in _flat(annotation.__metadata__) if (text := _bound(item))]
        inner = _words(parts[0])
        return f"{inner} ({', '.join(bounds)})" if bounds else inner
    if parts:
        return " or ".join(_words(part) for part in parts)
    return str(annotation)


def _flat(metadata: tuple[Any, ...]) -> Iterator[Any]:
    for item in metadata:
        if isinstance(item, FieldInfo):
            yield from item.metadata
        else:
            yield item


def _bound(item: Any) -> str:
    """Return a bound in words; an empty string for what is no bound."""
    if isinstance(item, Ge):
        return f"{item.ge} or more"
    if isinstance(item, Gt):
        return f"above {item.gt}"
    if isinstance(item, Le):
        return f"{item.le} or less"
    if isinstance(item, Lt):
        return f"below {item.lt}"
    if isinstance(item, Len | MinLen) and item.min_length:
        return f"at least {item.min_length}"
    if isinstance(item, MaxLen):
        return f"at most {item.max_length}"
    return ""


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**must be given**"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return "see below"
    if value is None or value == () or value == {} or value == "":
        return "empty"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple):
        return f"`[{', '.join(str(item) for item in value)}]`"
    return f"`{value}`"
