"""Read a scenario file: a small, strict YAML with the place of every value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

from gigaplan.terms.errors import Fault, InputError

MOST_BYTES: Final = 1_000_000
DEEPEST: Final = 20
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 400


@dataclass(frozen=True)
class Place:
    """Line and column of a value, counted from one."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """A file that was read.

    Parameters
    ----------
    name
        Name of the file, for messages.
    content
        Its values: mappings, lists, texts, numbers, truths, ``None``.
    places
        Place of every value, by its path of keys and positions.
    """

    name: str
    content: object
    places: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict)

    def where(self, path: tuple[str | int, ...]) -> str:
        """Return ``file:line:column: field`` of a path, or of its nearest parent."""
        at = path
        while at and at not in self.places:
            at = at[:-1]
        place = self.places.get(at, Place(1, 1))
        dotted = ".".join(str(step) for step in path)
        return f"{self.name}:{place.line}:{place.column}" + (f": {dotted}" if dotted else "")


def read_yaml(path: Path) -> Document:
    """Read a YAML file strictly.

    Plain values follow YAML 1.2: only ``true`` and ``false`` are truths, so ``NO`` stays text.

    Parameters
    ----------
    path
        File to read.

    Returns
    -------
    Document

    Raises
    ------
    InputError
        With the place and the mend: missing, too large, not UTF-8, not YAML, anchors, tags,
        several documents, duplicate keys, or too deep.
    """
    return parse_yaml(_text_of(path), path.name)


def parse_yaml(text: str, name: str) -> Document:
    """Parse the text of a YAML file; see :func:`read_yaml`."""
    try:
        _refuse_tricks(text, name)
        node = yaml.compose(text, Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        problem = (error.problem or "it cannot be parsed").strip()
        mend = "Mend the indentation or the quotes there."
        lines = text.splitlines()
        indent = lines[mark.line][: mark.column + 1] if mark and mark.line < len(lines) else ""
        if indent.endswith("\t"):
            problem, mend = "a tab is used for indentation", "Use spaces."
        if "single document" in str(error):
            problem, mend = "it holds several documents", "Keep one, without '---' inside."
        raise _error(name, f"This is not valid YAML: {problem}.", place, mend) from error
    except yaml.YAMLError as error:
        message = f"This is not valid YAML: {error}."
        raise _error(name, message, name, "Remove control characters.") from error
    except RecursionError as error:
        raise _error(name, "It is nested too deeply.", name, "Flatten it.") from error
    if node is None:
        raise _error(name, "The file is empty.", name, "Start with 'gigaplan init'.")
    places: dict[tuple[str | int, ...], Place] = {}
    content = _value(node, (), places, name)
    return Document(name, content, places)


def _text_of(path: Path) -> str:
    name = path.name
    try:
        if path.is_dir():
            raise _error(name, "This is a folder, not a file.", str(path), "Name a scenario file.")
        size = path.stat().st_size
        if size > MOST_BYTES:
            what = f"The file has {size / 1e6:,.1f} MB; a scenario has at most 1 MB."
            raise _error(name, what, str(path), "Move bulk data into a data package.")
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise _error(name, "There is no such file.", str(path), "Check the path.") from error
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}."
        raise _error(name, what, str(path), "Check its permissions.") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        what = f"Byte {error.start} (0x{raw[error.start]:02x}) is not UTF-8."
        raise _error(name, what, f"{name}:{line}", "Save the file as UTF-8.") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise _error(name, "The file holds a NUL character.", f"{name}:{line}", "Remove it.")
    return text


def _refuse_tricks(text: str, name: str) -> None:
    """Refuse anchors, aliases and tags before anything is built from them, and great depth."""
    depth = 0
    for event in yaml.parse(text, Loader):
        mark = event.start_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = "Anchors and aliases (& and *) are not allowed."
            raise _error(name, what, place, "Write the value out, or put it in quotes.")
        tag = getattr(event, "tag", None)
        if tag:
            raise _error(name, f"Tags ({tag}) are not allowed.", place, "Remove it.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _error(name, "It is nested too deeply.", place, "Flatten it.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _value(
    node: yaml.Node,
    path: tuple[str | int, ...],
    places: dict[tuple[str | int, ...], Place],
    name: str,
) -> object:
    """Return the value of a node, and note the places of it and of all below it."""
    places.setdefault(path, Place(node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.MappingNode):
        mapping: dict[object, object] = {}
        for key_node, value_node in node.value:
            place = f"{name}:{key_node.start_mark.line + 1}:{key_node.start_mark.column + 1}"
            if not isinstance(key_node, yaml.ScalarNode):
                raise _error(name, "A key must be a plain word or number.", place, "Mend it.")
            key = _scalar(key_node)
            step = key if isinstance(key, int) and not isinstance(key, bool) else key_node.value
            if key in mapping or step in mapping:
                raise _error(name, f"The key '{step}' stands twice.", place, "Keep one of them.")
            places[(*path, step)] = Place(
                key_node.start_mark.line + 1, key_node.start_mark.column + 1
            )
            mapping[step] = _value(value_node, (*path, step), places, name)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, i), places, name) for i, item in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    message = f"unknown YAML node {type(node).__name__}"
    raise TypeError(message)


def _scalar(node: yaml.ScalarNode) -> object:
    """Return a plain value after YAML 1.2; quoted values are text."""
    text = str(node.value)
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if len(text) <= _LONGEST_NUMBER:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _NUMBER.fullmatch(text):
            return float(text)
    if text.lower() in (".nan", ".inf", "+.inf", "-.inf"):
        return float(text.replace(".", "", 1))
    return text


def _error(name: str, what: str, where: str, mend: str) -> InputError:
    return InputError(f"The scenario {name} cannot be used.", [Fault(what, where, mend)])
