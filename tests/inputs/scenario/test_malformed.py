"""Malformed scenarios: each gives one clear error with its place and its mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from gigaplan.inputs.scenario import load_scenario
from gigaplan.terms.errors import InputError

HEAD = "name: bad\ntitle: Bad\n"
HORIZON = "horizon: {milestone_years: [2028, 2030]}\n"
TARGET = "compute: {target: {unit: it_gw, by_year: {2030: 2}}}\n"
WHOLE = HEAD + HORIZON + TARGET

# name of the case: (text of the file, lines of the error after the headline)
TEXTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "unknown key": (
        WHOLE + "horizn: 3\n",
        ("s.yaml:5:1: horizn: There is no field 'horizn'. Did you mean 'horizon'?",),
    ),
    "unknown key in a section": (
        WHOLE + "time: {hours_per_blok: 4}\n",
        (
            "s.yaml:5:8: time.hours_per_blok: There is no field 'hours_per_blok'. "
            "Did you mean 'hours_per_block'?",
        ),
    ),
    "unknown key far from any": (
        WHOLE + "solver: {zzz: 4}\n",
        (
            "s.yaml:5:10: solver.zzz: There is no field 'zzz'. "
            "Known here: name, method, time_limit_s, threads, tolerance.",
        ),
    ),
    "missing section": (
        HEAD + TARGET,
        ("s.yaml:1:1: horizon: The field 'horizon' is missing. Give it a value.",),
    ),
    "text for a number": (
        WHOLE + "money: {discount_rate: cheap}\n",
        (
            "s.yaml:5:9: money.discount_rate: discount_rate is 'cheap'. "
            "It must be a number, such as 0.5 (no unit and no percent sign).",
        ),
    ),
    "percent sign": (
        WHOLE + "money: {discount_rate: 7.8%}\n",
        (
            "s.yaml:5:9: money.discount_rate: discount_rate is '7.8%'. "
            "It must be a number, such as 0.5 (no unit and no percent sign).",
        ),
    ),
    "quoted number": (
        WHOLE + 'money: {discount_rate: "0.05"}\n',
        (
            "s.yaml:5:9: money.discount_rate: discount_rate is '0.05'. "
            "It must be a number, such as 0.5 (no unit and no percent sign).",
        ),
    ),
    "truth for a number": (
        WHOLE + "money: {discount_rate: true}\n",
        (
            "s.yaml:5:9: money.discount_rate: discount_rate is true. "
            "It must be a number, such as 0.5 (no unit and no percent sign).",
        ),
    ),
    "word for a truth": (
        WHOLE + "time: {keep_peak_day: NO}\n",
        ("s.yaml:5:8: time.keep_peak_day: keep_peak_day is 'NO'. It must be true or false.",),
    ),
    "fraction for a whole number": (
        WHOLE + "time: {representative_days: 2.5}\n",
        (
            "s.yaml:5:8: time.representative_days: representative_days is 2.5. "
            "It must be a whole number, such as 4.",
        ),
    ),
    "share above one": (
        WHOLE.replace("by_year: {2030: 2}}", "by_year: {2030: 2}}, training_share: 45"),
        ("s.yaml:4:54: compute.training_share: training_share is 45, above 1.0. Use 1.0 or less.",),
    ),
    "negative target": (
        WHOLE.replace("{2030: 2}", "{2030: -2}"),
        ("s.yaml:4:43: compute.target.by_year.2030: 2030 is -2, below 0.0. Use 0.0 or more.",),
    ),
    "not a number": (
        WHOLE.replace("{2030: 2}", "{2030: .nan}"),
        (
            "s.yaml:4:43: compute.target.by_year.2030: 2030 is nan, which is no finite number. "
            "Give a number.",
        ),
    ),
    "infinite": (
        WHOLE + "limits: {budget: {total_usd_b: .inf}}\n",
        (
            "s.yaml:5:19: limits.budget.total_usd_b: total_usd_b is inf, which is no finite "
            "number. Give a number.",
        ),
    ),
    "huge whole number": (
        WHOLE + "seed: 99999999999999999999\n",
        (
            "s.yaml:5:1: seed: seed is 99999999999999999999, above 2147483647. "
            "Use 2147483647 or less.",
        ),
    ),
    "year out of range": (
        HEAD + "horizon: {milestone_years: [2028, 3030]}\n" + TARGET,
        ("s.yaml:3:35: horizon.milestone_years.1: 1 is 3030, above 2050. Use 2050 or less.",),
    ),
    "year with a letter": (
        WHOLE.replace("2030: 2", "203O: 2"),
        (
            "s.yaml:4:43: compute.target.by_year.203O: 203O is '203O'. "
            "It must be a whole number, such as 4.",
        ),
    ),
    "years that fall": (
        HEAD + "horizon: {milestone_years: [2030, 2028]}\n" + TARGET,
        (
            "s.yaml:3:1: horizon: milestone_years [2030, 2028] do not increase. "
            "Sort them and drop repeats.",
        ),
    ),
    "years before the base year": (
        HEAD + "horizon: {base_year: 2027, milestone_years: [2026, 2028]}\n" + TARGET,
        (
            "s.yaml:3:1: horizon: milestone_years begin in 2026, before base_year 2027. "
            "Begin with the base year or later.",
        ),
    ),
    "no years": (
        HEAD + "horizon: {milestone_years: []}\n" + TARGET,
        (
            "s.yaml:3:11: horizon.milestone_years: milestone_years is a list: Tuple should have "
            "at least 1 item after validation, not 0. Mend it.",
        ),
    ),
    "block that does not divide a day": (
        WHOLE + "time: {hours_per_block: 5}\n",
        (
            "s.yaml:5:1: time: hours_per_block is 5, which does not divide 24. "
            "Use 1, 2, 3, 4, 6, 8, 12 or 24.",
        ),
    ),
    "two forms of target": (
        WHOLE.replace("unit: it_gw", "case: bnef_2035, unit: it_gw"),
        (
            "s.yaml:4:11: compute.target: It has both a case and numbers of its own. "
            "Keep either case, or unit with by_year.",
        ),
    ),
    "half a target": (
        WHOLE.replace("unit: it_gw, ", ""),
        (
            "s.yaml:4:11: compute.target: It has no case and not both unit and by_year. "
            "Give either case, or unit with by_year.",
        ),
    ),
    "choice with a slip": (
        WHOLE + "objective: {kind: lest_cost}\n",
        (
            "s.yaml:5:13: objective.kind: kind is 'lest_cost', which is not a choice. "
            "Did you mean 'least_cost'?",
        ),
    ),
    "most compute without money": (
        HEAD + HORIZON + "objective: {kind: most_compute}\n",
        (
            "s.yaml:1:1: objective.kind is most_compute, but there is no budget. "
            "Give limits.budget.total_usd_b.",
        ),
    ),
    "least cost without target": (
        HEAD + HORIZON,
        ("s.yaml:1:1: objective.kind is least_cost, but there is no compute.target. Give one.",),
    ),
    "zone named twice": (
        WHOLE + "zones: [TX, OK, TX]\n",
        ("s.yaml:1:1: zones names TX twice. Name each zone once.",),
    ),
    "name with a slash": (
        WHOLE.replace("name: bad", "name: ../bad"),
        (
            "s.yaml:1:1: name: name is '../bad'. "
            "Use letters, digits, dots, hyphens and underscores, 60 at the most.",
        ),
    ),
    "version of the future": (
        WHOLE + "version: 2\n",
        ("s.yaml:5:1: version: version is 2, which is not a choice. Use 1.",),
    ),
    "key twice": (
        WHOLE + "name: again\n",
        ("s.yaml:5:1: The key 'name' stands twice. Keep one of them.",),
    ),
    "anchor": (
        "a: &x [1]\nb: *x\n",
        (
            "s.yaml:1:4: Anchors and aliases (& and *) are not allowed. "
            "Write the value out, or put it in quotes.",
        ),
    ),
    "alias bomb": (
        "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(99)),
        (
            "s.yaml:1:4: Anchors and aliases (& and *) are not allowed. "
            "Write the value out, or put it in quotes.",
        ),
    ),
    "tag": (
        "a: !!python/object/apply:os.system [ls]\n",
        (
            "s.yaml:1:4: Tags (tag:yaml.org,2002:python/object/apply:os.system) are not "
            "allowed. Remove it.",
        ),
    ),
    "tab": (
        "name: x\nhorizon:\n\tmilestone_years: [2030]\n",
        ("s.yaml:3:1: This is not valid YAML: a tab is used for indentation. Use spaces.",),
    ),
    "open bracket": (
        "name: x\nhorizon: {milestone_years: [2030\n",
        (
            "s.yaml:3:1: This is not valid YAML: did not find expected ',' or ']'. "
            "Mend the indentation or the quotes there.",
        ),
    ),
    "several documents": (
        "name: x\n---\nname: y\n",
        (
            "s.yaml:2:1: This is not valid YAML: it holds several documents. "
            "Keep one, without '---' inside.",
        ),
    ),
    "too deep": (
        "a: " + "[" * 30 + "]" * 30 + "\n",
        ("s.yaml:1:23: It is nested too deeply. Flatten it.",),
    ),
    "list at the top": (
        "- name: x\n",
        (
            "s.yaml:1:1: A scenario is a table of named fields, such as 'name: my-plan'. "
            "Start with 'gigaplan init'.",
        ),
    ),
    "empty": ("", ("s.yaml: The file is empty. Start with 'gigaplan init'.",)),
    "only comments": (
        "# nothing\n",
        ("s.yaml: The file is empty. Start with 'gigaplan init'.",),
    ),
    "NUL": ("name: x\0y\n", ("s.yaml:1: The file holds a NUL character. Remove it.",)),
    "list as a key": (
        "? [a, b]\n: 1\n",
        ("s.yaml:1:3: A key must be a plain word or number. Mend it.",),
    ),
}


def message(path: Path) -> tuple[str, ...]:
    """Return the lines of the error after its headline."""
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert caught.value.exit_code == 2
    return tuple(str(fault) for fault in caught.value.faults)


@pytest.mark.parametrize("case", TEXTS)
def test_text(case: str, tmp_path: Path) -> None:
    """Each malformed text gives exactly its error."""
    text, expected = TEXTS[case]
    path = tmp_path / "s.yaml"
    path.write_bytes(text.encode())
    assert message(path) == expected


def test_all_faults_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    """A file with several faults names them all."""
    path = tmp_path / "s.yaml"
    path.write_text(HEAD + "solver: {threads: 0}\ntime: {hours_per_blok: 4}\n" + TARGET)
    assert message(path) == (
        "s.yaml:1:1: horizon: The field 'horizon' is missing. Give it a value.",
        "s.yaml:3:10: solver.threads: threads is 0, below 1. Use 1 or more.",
        "s.yaml:4:8: time.hours_per_blok: There is no field 'hours_per_blok'. "
        "Did you mean 'hours_per_block'?",
    )


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is named."""
    path = tmp_path / "none.yaml"
    assert message(path) == (f"{path}: There is no such file. Check the path.",)


def test_folder(tmp_path: Path) -> None:
    """A folder is no scenario."""
    folder = tmp_path / "f.yaml"
    folder.mkdir()
    what = "This is a folder, not a file. Name a scenario file."
    assert message(folder) == (f"{folder}: {what}",)


def test_fifty_megabytes(tmp_path: Path) -> None:
    """A huge file is refused before it is read."""
    path = tmp_path / "big.yaml"
    with path.open("wb") as handle:
        handle.truncate(50_000_000)
    assert message(path) == (
        f"{path}: The file has 50.0 MB; a scenario has at most 1 MB. "
        "Move bulk data into a data package.",
    )


def test_not_utf8(tmp_path: Path) -> None:
    """A file in another encoding is refused with the place of the byte."""
    path = tmp_path / "s.yaml"
    path.write_bytes(b"name: x\ntitle: caf\xe9\n")
    what = "Byte 18 (0xe9) is not UTF-8. Save the file as UTF-8."
    assert message(path) == (f"s.yaml:2: {what}",)


def test_shipped_name_with_a_slip() -> None:
    """A shipped scenario nearly named is suggested."""
    with pytest.raises(InputError) as caught:
        load_scenario("us-2053")
    assert str(caught.value.faults[0]) == (
        "us-2053: There is no shipped scenario 'us-2053'. Did you mean 'us-2035'?"
    )
