"""Write values as YAML that the strict reader reads back as the same values."""

from __future__ import annotations

import re

import yaml

from gigaplan.inputs.yaml_reader import plain_value

# Texts that PyYAML may write in any style without a line break or an escape that changes them.
_PLAIN_LETTERS = re.compile(r"[ -~¡-¬®-\u2027\u2030-\ud7ff]*")


class _Dumper(yaml.SafeDumper):
    """A dumper that never writes anchors, and quotes what the reader would not read as text."""

    def ignore_aliases(self, data: object) -> bool:
        """Write every value out."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if not _PLAIN_LETTERS.fullmatch(text):
        style = '"'
    elif plain_value(text) != text:
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


def _list(dumper: yaml.SafeDumper, values: tuple[object, ...] | list[object]) -> yaml.SequenceNode:
    short = not any(isinstance(value, dict) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=short)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(tuple, _list)
_Dumper.add_representer(list, _list)


def yaml_text(content: object) -> str:
    """Return mappings, lists, texts, numbers, truths and ``None`` as YAML.

    >>> print(yaml_text({"zones": ("NO", "TX"), "name": "1e6", "by_year": {2030: 2.0}}), end="")
    zones: ['NO', TX]
    name: '1e6'
    by_year:
      2030: 2.0
    """
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
