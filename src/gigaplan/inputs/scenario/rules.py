"""Rules between fields, asked of a file that may have other faults: both kinds are told at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from pydantic import BaseModel

from gigaplan.inputs.faults import section_of
from gigaplan.inputs.scenario.base import Path, Section
from gigaplan.inputs.yaml_reader import Document
from gigaplan.terms.errors import Fault

_UNKNOWN: Final = object()


def broken_rules(
    model: type[Section], document: Document, spoiled: Collection[Path]
) -> list[tuple[Path, Fault]]:
    """Return every rule that does not hold, as far as the fields it needs are sound.

    pydantic asks the rules of a section only when all of its fields are sound, so a wrong year
    would hide a missing budget. Here each rule is asked whose own fields are sound.

    Parameters
    ----------
    model
        Type of the document.
    document
        What was read.
    spoiled
        Paths of fields that are at fault by themselves.
    """
    found: list[tuple[Path, Fault]] = []
    _ask(model, document.content, (), [*spoiled], found, document)
    return found


def _ask(
    model: type[Section],
    content: object,
    at: Path,
    spoiled: list[Path],
    found: list[tuple[Path, Fault]],
    document: Document,
) -> None:
    """Ask the rules of the sections below, then those of a section; add what they find."""
    if not isinstance(content, Mapping):
        return
    for name, field in model.model_fields.items():
        inner = section_of(field.annotation)
        if name not in content or inner is None or not issubclass(inner, Section):
            continue
        below = content[name]
        items = (
            {(at_item,): item for at_item, item in enumerate(below)}
            if isinstance(below, list)
            else {(): below}
        )
        for step, item in items.items():
            _ask(inner, item, (*at, name, *step), spoiled, found, document)
    for rule in model.RULES:
        needs = [(*at, *need.split(".")) for need in rule.needs]
        if any(_touches(need, path) for need in needs for path in spoiled):
            continue
        values = [_raw(model, content, need.split(".")) for need in rule.needs]
        if any(value is _UNKNOWN for value in values):
            continue
        for breach in rule.check(*values):
            path = (*at, *breach.path)
            found.append((path, Fault(breach.what, document.where(path), breach.mend)))
            # Rules further up would only say the same again in other words.
            spoiled.append(path)


def _touches(need: Path, spoiled: Path) -> bool:
    """Whether a fault lies in a field, or in a section that holds the field."""
    shorter = min(len(need), len(spoiled))
    return need[:shorter] == spoiled[:shorter]


def _raw(model: type[BaseModel], content: Any, steps: list[str]) -> Any:
    """Return a field as it was read, or its default; ``_UNKNOWN`` if it must be given and is not.

    Raw values serve: where a field is sound they differ from the typed ones only in list for
    tuple and in whole numbers for others. Sections in a list are given as what they are.
    """
    name, *rest = steps
    field = model.model_fields[name]
    if name in content:
        value = content[name]
        inner = section_of(field.annotation)
        if not rest and isinstance(value, list) and inner is not None:
            return tuple(inner.model_validate(item) for item in value)
        if not rest or value is None:
            return value
        return _raw(inner, value, rest) if inner is not None else _UNKNOWN
    if field.is_required():
        return _UNKNOWN
    value = field.get_default(call_default_factory=True)
    for step in rest:
        value = None if value is None else getattr(value, step)
    return value
