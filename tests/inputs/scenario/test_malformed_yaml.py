"""Files that are no strict YAML: each gives one error with its place and its mend."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest
import yaml

from gigaplan.inputs import yaml_reader
from gigaplan.inputs.scenario import load_scenario
from gigaplan.inputs.yaml_reader import parse_yaml
from gigaplan.terms.errors import InputError

NO_ANCHORS = (
    "Anchors and aliases (& and *) are not allowed. Write the value out, or put it in quotes."
)
NOT_TWICE = "Keep one of them."
SPECIAL = "Put a text that begins with a special character in quotes."

# name of the case: (bytes of the file, place and words of the error)
FILES: dict[str, tuple[bytes, str]] = {
    "key twice": (
        b"name: a\ntitle: b\nname: c\n",
        f"s.yaml:3:1: The key 'name' stands twice, first on line 1. {NOT_TWICE}",
    ),
    "key twice in a table": (
        b"money: {discount_rate: 0.05, discount_rate: 0.06}\n",
        f"s.yaml:1:30: The key 'discount_rate' stands twice, first on line 1. {NOT_TWICE}",
    ),
    "year twice, once in quotes": (
        b"by_year: {2030: 1, '2030': 2}\n",
        f"s.yaml:1:20: The key '2030' stands twice, first on line 1. {NOT_TWICE}",
    ),
    "list as a key": (
        b"? [a, b]\n: 1\n",
        "s.yaml:1:3: A key is a list or a table. Use a plain word or number.",
    ),
    "anchor": (b"name: x\na: &x [1]\n", f"s.yaml:2:4: {NO_ANCHORS}"),
    "alias": (b"name: x\ntitle: *x\n", f"s.yaml:2:8: {NO_ANCHORS}"),
    "anchors bomb": (
        b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (i, i) for i in range(99)),
        f"s.yaml:1:4: {NO_ANCHORS}",
    ),
    "tag": (
        b"name: x\na: !!python/object/apply:os.system [ls]\n",
        "s.yaml:2:4: Tags such as !!python/object/apply:os.system are not allowed. "
        "Remove the tag, or put the value in quotes.",
    ),
    "tag after letters of two bytes": (
        "name: 東京\ntitle: {ö: !t 3}\n".encode(),
        "s.yaml:2:12: Tags such as !t are not allowed. Remove the tag, or put the value in quotes.",
    ),
    "tab": (
        b"name: x\nhorizon:\n\tmilestone_years: [2030]\n",
        "s.yaml:3:1: This is not valid YAML: a tab is used for indentation. Use spaces.",
    ),
    "open bracket": (
        b"name: x\nhorizon: {milestone_years: [2030\n",
        "s.yaml:3:1: This is not valid YAML: did not find expected ',' or ']'. "
        "Mend the indentation, the brackets or the quotes there.",
    ),
    "open quote": (
        b"name: x\ntitle: 'never closed\n",
        "s.yaml:3:1: This is not valid YAML: found unexpected end of stream. "
        "Mend the indentation, the brackets or the quotes there.",
    ),
    "indentation that jumps": (
        b"time:\n   representative_days: 3\n  hours_per_block: 4\n",
        "s.yaml:3:3: This is not valid YAML: did not find expected key. "
        "Mend the indentation, the brackets or the quotes there.",
    ),
    "colon in a text": (
        b"title: Texas: a plan\n",
        "s.yaml:1:13: This is not valid YAML: mapping values are not allowed in this context. "
        "Put a text that holds ': ' in quotes.",
    ),
    "text that begins with a percent sign": (
        b"title: %x\n",
        "s.yaml:1:8: This is not valid YAML: found character that cannot start any token. "
        + SPECIAL,
    ),
    "several documents": (
        b"name: x\n---\nname: y\n",
        "s.yaml:2:1: The file holds several documents. Keep one, without '---' inside.",
    ),
    "too deep": (
        b"a: " + b"[" * 30 + b"]" * 30 + b"\n",
        "s.yaml:1:23: It is nested more than 20 levels deep. Flatten it.",
    ),
    "far too deep": (
        b"a: " + b"[" * 900_000,
        "s.yaml:1:23: It is nested more than 20 levels deep. Flatten it.",
    ),
    "far too deep in tables": (
        b"a: " + b"{" * 900_000,
        "s.yaml:1:23: It is nested more than 20 levels deep. Flatten it.",
    ),
    "far too deep by indentation": (
        b"".join(b" " * i + b"a:\n" for i in range(1300)),
        "s.yaml:21:21: It is nested more than 20 levels deep. Flatten it.",
    ),
    "list at the top": (
        b"# a list\n- name: x\n",
        "s.yaml:2:1: A scenario is a table of named fields, such as 'name: my-plan'. "
        "Start with 'gigaplan init'.",
    ),
    "word at the top": (
        b"scenario\n",
        "s.yaml:1:1: A scenario is a table of named fields, such as 'name: my-plan'. "
        "Start with 'gigaplan init'.",
    ),
    "empty": (b"", "s.yaml:1:1: The file is empty. Start with 'gigaplan init'."),
    "only a byte order mark": (
        b"\xef\xbb\xbf",
        "s.yaml:1:1: The file is empty. Start with 'gigaplan init'.",
    ),
    "only comments": (
        b"# nothing\n\n# here\n",
        "s.yaml:1:1: The file is empty. Start with 'gigaplan init'.",
    ),
    "NUL": (b"name: x\ntitle: a\0b\n", "s.yaml:2:9: The file holds a NUL character. Remove it."),
    "control character": (
        b"name: x\ntitle: \x1b[31m\n",
        "s.yaml:2:8: The file holds the character U+001B. "
        "Remove it, or write it as an escape in double quotes.",
    ),
    "line end of YAML 1.1": (
        "name: x\ntitle: a\u2028b\n".encode(),
        "s.yaml:2:9: The file holds the character U+2028. "
        "Remove it, or write it as an escape in double quotes.",
    ),
    "Latin-1": (
        b"name: x\ntitle: caf\xe9\n",
        "s.yaml:2:11: The byte 0xe9 is not UTF-8. Save the file as UTF-8.",
    ),
    "Latin-1 after a byte order mark": (
        b"\xef\xbb\xbfname: \xff\n",
        "s.yaml:1:7: The byte 0xff is not UTF-8. Save the file as UTF-8.",
    ),
    "UTF-16": (
        "name: x\n".encode("utf-16"),
        "s.yaml:1:1: The byte 0xff is not UTF-8. Save the file as UTF-8.",
    ),
    "half of a UTF-16 pair": (
        b"name: x\ntitle: \xed\xa0\x80\n",
        "s.yaml:2:8: The byte 0xed is not UTF-8. Save the file as UTF-8.",
    ),
}


def fault_of(path: Path | str) -> str:
    """Return the only fault of a file."""
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert caught.value.exit_code == 2
    (fault,) = caught.value.faults
    assert fault.what
    assert fault.where
    assert fault.mend
    return str(fault)


@pytest.mark.parametrize("case", FILES)
def test_file(case: str, tmp_path: Path) -> None:
    content, expected = FILES[case]
    path = tmp_path / "s.yaml"
    path.write_bytes(content)
    start = time.perf_counter()
    assert fault_of(path) == expected
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("case", FILES)
def test_the_slow_parser_refuses_the_same(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the C parser is missing, the same files are refused at the same line."""
    content, expected = FILES[case]
    path = tmp_path / "s.yaml"
    path.write_bytes(content)
    monkeypatch.setattr(yaml_reader, "Loader", yaml.SafeLoader)
    line = ":".join(expected.split(":")[:2])
    end_of_file = case in ("open bracket", "open quote")
    assert fault_of(path).startswith("s.yaml:" if end_of_file else f"{line}:")


def test_every_key_that_stands_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("a: 1\nb: {c: 1, c: 2}\na: 2\n? [x]\n: 3\n")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert str(caught.value) == (
        "The scenario s.yaml cannot be used.\n"
        f"  - s.yaml:2:11: The key 'c' stands twice, first on line 2. {NOT_TWICE}\n"
        f"  - s.yaml:3:1: The key 'a' stands twice, first on line 1. {NOT_TWICE}\n"
        "  - s.yaml:4:3: A key is a list or a table. Use a plain word or number."
    )


def test_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    assert fault_of(path) == f"{path}: There is no such file. Check the path."


def test_folder(tmp_path: Path) -> None:
    assert fault_of(tmp_path) == (
        f"{tmp_path}: This is a folder, not a file. Name a scenario file."
    )


def test_folder_of_a_plan(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text("name: x\n")
    assert fault_of(tmp_path) == (
        f"{tmp_path}: This is a folder, not a file. Did you mean {tmp_path / 'scenario.yaml'}?"
    )


def test_path_through_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    path = tmp_path / "a" / "s.yaml"
    assert fault_of(path) == (
        f"{path}: The file cannot be read: Not a directory. Check the path and its permissions."
    )


def test_fifty_megabytes(tmp_path: Path) -> None:
    """A huge file is refused before it is read."""
    path = tmp_path / "s.yaml"
    with path.open("wb") as handle:
        handle.truncate(50_000_000)
    assert fault_of(path) == (
        f"{path}: The file has 50.0 MB; a scenario has at most 1 MB. "
        "Move bulk data into a data package."
    )


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs sockets with a path")
def test_what_is_no_regular_file() -> None:
    """A device without an end is not read."""
    assert fault_of(os.devnull) == (
        f"{os.devnull}: This is not a regular file. Name a scenario file."
    )


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("name: x\n")
    path.chmod(0)
    assert fault_of(path) == (
        f"{path}: The file cannot be read: Permission denied. Check the path and its permissions."
    )


def test_path_with_nul() -> None:
    with pytest.raises(InputError) as caught:
        load_scenario("a\0b.yaml")
    assert str(caught.value.faults[0]) == "Its path holds a NUL character. Remove it."


def test_name_too_long_for_a_file() -> None:
    with pytest.raises(InputError, match="There is no shipped scenario"):
        load_scenario("x" * 5000)


def test_path_too_long_for_a_file() -> None:
    with pytest.raises(InputError, match="The file cannot be read: File name too long"):
        load_scenario("x" * 5000 + ".yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("012", 12),
        ("-7", -7),
        ("+3", 3),
        ("1e6", 1e6),
        (".5", 0.5),
        ("5.", 5.0),
        ("-.inf", float("-inf")),
        ("'true'", "true"),
        ('"12"', "12"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-11-23", "2026-11-23"),
        ("7.8%", "7.8%"),
        ("9" * 400, int("9" * 400)),
        ("9" * 401, "9" * 401),
    ],
)
def test_scalars_follow_yaml_1_2(text: str, value: object) -> None:
    document = parse_yaml(f"- {text}\n", "s")
    assert isinstance(document.content, list)
    (read,) = document.content
    assert read == value
    assert type(read) is type(value)
