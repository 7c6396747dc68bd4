"""Read a scenario file: a small, strict YAML with the place of every value."""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from gigaplan.terms.errors import Fault, InputError

MOST_BYTES: Final = 1_000_000
DEEPEST: Final = 20
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
LONGEST_NUMBER: Final = 400
LONGEST_STEP: Final = 40
# What YAML 1.2 does not allow in a file, and what YAML 1.1 takes for ends of lines.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


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
        dotted = ".".join(shortened(str(step), LONGEST_STEP) for step in path)
        return f"{self.name}:{place.line}:{place.column}" + (f": {dotted}" if dotted else "")


def shortened(text: str, longest: int) -> str:
    r"""Return a text for a message: on one line, without control characters, not too long.

    >>> shortened("a\nb", 60), shortened("abcdef", 3)
    ('a\\nb', 'abc…')
    """
    shown = text[:longest]
    if not shown.isprintable():
        letters = (c if c.isprintable() else ascii(c)[1:-1] for c in shown)
        shown = "".join(letters)
    return f"{shown}…" if len(text) > longest else shown


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
    _refuse_control_characters(text, name)
    try:
        _refuse_tricks(text, name)
        node = yaml.compose(text, Loader)
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(error, text, name) from error
    if node is None:
        raise _error(name, "The file is empty.", f"{name}:1:1", "Start with 'gigaplan init'.")
    reading = _Reading(name)
    content = reading.value(node, ())
    if reading.faults:
        headline = f"The scenario {name} cannot be used."
        raise InputError(headline, reading.faults)
    return Document(name, content, reading.places)


def plain_value(text: str) -> object:
    """Return what an unquoted text means after YAML 1.2.

    >>> plain_value("NO"), plain_value("012"), plain_value("1e6"), plain_value("~")
    ('NO', 12, 1000000.0, None)
    """
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if len(text) <= LONGEST_NUMBER:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _NUMBER.fullmatch(text):
            return float(text)
    if text.lower() in (".nan", ".inf", "+.inf", "-.inf"):
        return float(text.replace(".", "", 1))
    return text


def _text_of(path: Path) -> str:
    name = path.name or str(path)
    try:
        if path.is_dir():
            inside = path / "scenario.yaml"
            mend = f"Did you mean {inside}?" if inside.is_file() else "Name a scenario file."
            raise _error(name, "This is a folder, not a file.", str(path), mend)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _error(name, "This is not a regular file.", str(path), "Name a scenario file.")
        if status.st_size > MOST_BYTES:
            what = f"The file has {status.st_size / 1e6:,.1f} MB; a scenario has at most 1 MB."
            raise _error(name, what, str(path), "Move bulk data into a data package.")
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise _error(name, "There is no such file.", str(path), "Check the path.") from error
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}."
        raise _error(name, what, str(path), "Check the path and its permissions.") from error
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        what = f"The byte 0x{raw[error.start]:02x} is not UTF-8."
        raise _error(name, what, _place(name, before), "Save the file as UTF-8.") from error


def _place(name: str, before: str) -> str:
    """Return the place after a text that begins the file."""
    lines = before.split("\n")
    return f"{name}:{len(lines)}:{len(lines[-1]) + 1}"


def _refuse_control_characters(text: str, name: str) -> None:
    found = _CONTROL.search(text)
    if found is None:
        return
    code = ord(found.group())
    shown = "a NUL character" if code == 0 else f"the character U+{code:04X}"
    place = _place(name, text[: found.start()])
    mend = "Remove it, or write it as an escape in double quotes." if code else "Remove it."
    raise _error(name, f"The file holds {shown}.", place, mend)


def _not_yaml(error: yaml.MarkedYAMLError, text: str, name: str) -> InputError:
    """Say what the parser found, and what usually mends it."""
    mark = error.problem_mark or error.context_mark
    place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
    problem = (error.problem or "it cannot be parsed").strip()
    mend = "Mend the indentation, the brackets or the quotes there."
    if problem.startswith("mapping values are not allowed"):
        mend = "Put a text that holds ': ' in quotes."
    elif "cannot start any token" in problem:
        mend = "Put a text that begins with a special character in quotes."
    lines = text.split("\n")
    indent = lines[mark.line][: mark.column + 1] if mark and mark.line < len(lines) else ""
    if indent.endswith("\t"):
        problem, mend = "a tab is used for indentation", "Use spaces."
    return _error(name, f"This is not valid YAML: {problem}.", place, mend)


def _refuse_tricks(text: str, name: str) -> None:
    """Refuse anchors, aliases, tags, further documents and depth before anything is built."""
    depth = documents = 0
    for event in yaml.parse(text, Loader):
        mark: Any = event.start_mark  # the parser gives one to every event
        place = f"{name}:{mark.line + 1}:{mark.column + 1}"
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = "Anchors and aliases (& and *) are not allowed."
            raise _error(name, what, place, "Write the value out, or put it in quotes.")
        if getattr(event, "tag", None):
            what = f"Tags such as {text[mark.index :].split(maxsplit=1)[0][:40]} are not allowed."
            raise _error(name, what, place, "Remove the tag, or put the value in quotes.")
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                mend = "Keep one, without '---' inside."
                raise _error(name, "The file holds several documents.", place, mend)
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                what = f"It is nested more than {DEEPEST} levels deep."
                raise _error(name, what, place, "Flatten it.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class _Reading:
    """Values and places of a document, and every key at fault."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[tuple[str | int, ...], Place] = {}
        self.faults: list[Fault] = []

    def value(self, node: yaml.Node, path: tuple[str | int, ...]) -> object:
        """Return the value of a node, and note the places of it and of all below it."""
        self.places.setdefault(path, _place_of(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, at)) for at, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        message = f"unknown YAML node {type(node).__name__}"
        raise TypeError(message)

    def _mapping(self, node: yaml.MappingNode, path: tuple[str | int, ...]) -> object:
        mapping: dict[str | int, object] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            place = _place_of(key_node)
            where = f"{self.name}:{place.line}:{place.column}"
            if not isinstance(key_node, yaml.ScalarNode):
                what = "A key is a list or a table."
                self.faults.append(Fault(what, where, "Use a plain word or number."))
                continue
            key = _key(key_node)
            # As in JSON, 2030 and '2030' are the same key.
            if str(key) in first:
                shown = shortened(str(key), LONGEST_STEP)
                what = f"The key '{shown}' stands twice, first on line {first[str(key)]}."
                self.faults.append(Fault(what, where, "Keep one of them."))
                continue
            first[str(key)] = place.line
            self.places[(*path, key)] = place
            mapping[key] = self.value(value_node, (*path, key))
        return mapping


def _place_of(node: yaml.Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def _key(node: yaml.ScalarNode) -> str | int:
    """Return a key: a whole number, or text whatever it looks like."""
    value = _scalar(node)
    return value if isinstance(value, int) and not isinstance(value, bool) else str(node.value)


def _scalar(node: yaml.ScalarNode) -> object:
    """Return a plain value after YAML 1.2; quoted values are text."""
    text = str(node.value)
    return text if node.style in ("'", '"', "|", ">") else plain_value(text)


def _error(name: str, what: str, where: str, mend: str) -> InputError:
    return InputError(f"The scenario {name} cannot be used.", [Fault(what, where, mend)])
