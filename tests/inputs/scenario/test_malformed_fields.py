"""Scenarios with wrong fields: each gives exact words, with file, line, column, field and mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from gigaplan.inputs.scenario import Scenario, load_scenario
from gigaplan.inputs.scenario.load import scenario_of
from gigaplan.inputs.yaml_reader import parse_yaml
from gigaplan.terms.errors import InputError

HEAD = "name: bad\ntitle: Bad\n"
HORIZON = "horizon: {milestone_years: [2028, 2030]}\n"
TARGET = "compute: {target: {unit: it_gw, by_year: {2030: 2}}}\n"
WHOLE = HEAD + HORIZON + TARGET

A_NUMBER = "It must be a number, such as 0.5, without a unit, a percent sign or quotes."
TOP = (
    "version, name, title, description, data, zones, horizon, money, demand, compute, objective, "
    "programme, assets, capital, finance, policy, counterfactual, limits, time, solver, seed, "
    "overrides"
)

# name of the case: (text of the file, faults)
ONE_FIELD: dict[str, tuple[str, tuple[str, ...]]] = {
    "unknown key": (
        WHOLE + "seeed: 3\n",
        ("s.yaml:5:1: seeed: There is no field 'seeed'. Did you mean 'seed'?",),
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
    "known key in the wrong section": (
        WHOLE + "limits: {max_states: 5}\n",
        (
            "s.yaml:5:10: limits.max_states: There is no field 'max_states'. "
            "Did you mean limits.campuses.max_states?",
        ),
    ),
    "merge key of YAML 1.1": (
        WHOLE + "<<: {seed: 3}\n",
        (f"s.yaml:5:1: <<: There is no field '<<'. Known here: {TOP}.",),
    ),
    "key with escapes for a terminal": (
        WHOLE + '"\\e[31m": 3\n',
        (f"s.yaml:5:1: \\x1b[31m: There is no field '\\x1b[31m'. Known here: {TOP}.",),
    ),
    "slip in a key that must be there": (
        HEAD + HORIZON.replace("horizon", "horizn") + TARGET,
        ("s.yaml:3:1: horizn: There is no field 'horizn'. Did you mean 'horizon'?",),
    ),
    "slip in a key of the target": (
        WHOLE.replace("by_year", "by_yaer"),
        (
            "s.yaml:4:33: compute.target.by_yaer: There is no field 'by_yaer'. "
            "Did you mean 'by_year'?",
        ),
    ),
    "missing section": (
        HEAD + TARGET,
        ("s.yaml:1:1: horizon: The field 'horizon' is missing. Give it a value.",),
    ),
    "missing field": (
        HEAD + "horizon: {base_year: 2026}\n" + TARGET,
        (
            "s.yaml:3:1: horizon.milestone_years: The field 'milestone_years' is missing. "
            "Give it a value.",
        ),
    ),
    "empty section": (
        WHOLE + "programme:\n",
        (
            "s.yaml:5:1: programme: programme is empty. "
            "It must be a table of fields: own_capacity_frac.",
        ),
    ),
    "word for a section": (
        HEAD + HORIZON + "compute: {target: bnef_2035}\n",
        (
            "s.yaml:4:11: compute.target: target is 'bnef_2035'. "
            "It must be a table of fields: case, unit, by_year.",
        ),
    ),
    "text for a number": (
        WHOLE + "money: {discount_rate: cheap}\n",
        (f"s.yaml:5:9: money.discount_rate: discount_rate is 'cheap'. {A_NUMBER}",),
    ),
    "percent sign": (
        WHOLE + "money: {discount_rate: 7.8%}\n",
        (f"s.yaml:5:9: money.discount_rate: discount_rate is '7.8%'. {A_NUMBER}",),
    ),
    "quoted number": (
        WHOLE + 'money: {discount_rate: "0.05"}\n',
        (f"s.yaml:5:9: money.discount_rate: discount_rate is '0.05'. {A_NUMBER}",),
    ),
    "truth for a number": (
        WHOLE + "money: {discount_rate: true}\n",
        (f"s.yaml:5:9: money.discount_rate: discount_rate is true. {A_NUMBER}",),
    ),
    "word for a truth": (
        WHOLE + "time: {keep_peak_day: NO}\n",
        ("s.yaml:5:8: time.keep_peak_day: keep_peak_day is 'NO'. It must be true or false.",),
    ),
    "number for a text": (
        WHOLE.replace("title: Bad", "title: 2030"),
        ("s.yaml:2:1: title: title is 2030. It must be text.",),
    ),
    "fraction for a whole number": (
        WHOLE + "time: {representative_days: 2.5}\n",
        (
            "s.yaml:5:8: time.representative_days: representative_days is 2.5. "
            "It must be a whole number, such as 4.",
        ),
    ),
    "no days": (
        WHOLE + "time: {representative_days: 0}\n",
        (
            "s.yaml:5:8: time.representative_days: representative_days is 0, below 1. "
            "Use 1 or more.",
        ),
    ),
    "share above one": (
        WHOLE.replace("2}}", "2}}, training_share: 45"),
        ("s.yaml:4:54: compute.training_share: training_share is 45, above 1. Use 1 or less.",),
    ),
    "no utilisation": (
        WHOLE.replace("2}}", "2}}, utilisation: 0"),
        ("s.yaml:4:54: compute.utilisation: utilisation is 0, not above 0. Use more than 0.",),
    ),
    "negative target": (
        WHOLE.replace("2030: 2", "2030: -2"),
        (
            "s.yaml:4:43: compute.target.by_year.2030: by_year of 2030 is -2, below 0. "
            "Use 0 or more.",
        ),
    ),
    "negative budget": (
        WHOLE + "limits:\n  budget:\n    total_usd_b: -50\n",
        ("s.yaml:7:5: limits.budget.total_usd_b: total_usd_b is -50, below 0. Use 0 or more.",),
    ),
    "not a number": (
        WHOLE.replace("2030: 2", "2030: .nan"),
        (
            "s.yaml:4:43: compute.target.by_year.2030: by_year of 2030 is nan, "
            "which is no finite number. Give a number.",
        ),
    ),
    "infinite": (
        WHOLE + "limits: {budget: {total_usd_b: .inf}}\n",
        (
            "s.yaml:5:19: limits.budget.total_usd_b: total_usd_b is inf, which is no finite "
            "number. Give a number.",
        ),
    ),
    "infinite by its exponent": (
        WHOLE.replace("2030: 2", "2030: 1e400"),
        (
            "s.yaml:4:43: compute.target.by_year.2030: by_year of 2030 is inf, "
            "which is no finite number. Give a number.",
        ),
    ),
    "huge whole number": (
        WHOLE + f"seed: {'9' * 399}\n",
        (f"s.yaml:5:1: seed: seed is {'9' * 40}…, above 2147483647. Use 2147483647 or less.",),
    ),
    "number too long to be read": (
        WHOLE + f"seed: {'9' * 5000}\n",
        (f"s.yaml:5:1: seed: seed is '{'9' * 40}…'. It must be a whole number, such as 4.",),
    ),
    "whole number too large for a float": (
        WHOLE.replace("2030: 2", f"2030: {'9' * 399}"),
        (
            f"s.yaml:4:43: compute.target.by_year.2030: by_year of 2030 is {'9' * 40}…, "
            "which is too large. Give a smaller number.",
        ),
    ),
    "year out of range": (
        HEAD + "horizon: {milestone_years: [2028, 3030]}\n" + TARGET,
        (
            "s.yaml:3:35: horizon.milestone_years.1: milestone_years, item 2, is 3030, "
            "above 2050. Use 2050 or less.",
        ),
    ),
    "year with a letter": (
        WHOLE.replace("2030: 2", "203O: 2"),
        (
            "s.yaml:4:43: compute.target.by_year.203O: A key of by_year is '203O'. "
            "It must be a year, such as 2030.",
        ),
    ),
    "year out of range as a key": (
        WHOLE.replace("2030: 2", "2130: 2"),
        (
            "s.yaml:4:43: compute.target.by_year.2130: A key of by_year is 2130, above 2050. "
            "Use 2050 or less.",
        ),
    ),
    "number for a name as a key": (
        WHOLE + "limits: {supply: {scale: {2028: 1}}}\n",
        ("s.yaml:5:27: limits.supply.scale.2028: A key of scale is 2028. It must be a name.",),
    ),
    "key of great length": (
        WHOLE + f"limits: {{supply: {{scale: {{{'x' * 90}: 1}}}}}}\n",
        (
            f"s.yaml:5:27: limits.supply.scale.{'x' * 40}…: A key of scale has 90 characters. "
            "Use at most 80.",
        ),
    ),
    "one year for a list": (
        HEAD + "horizon: {milestone_years: 2030}\n" + TARGET,
        (
            "s.yaml:3:11: horizon.milestone_years: milestone_years is 2030. "
            "It must be a list, such as [2030].",
        ),
    ),
    "list for a table": (
        HEAD + HORIZON + "compute: {target: {unit: it_gw, by_year: [2, 3]}}\n",
        ("s.yaml:4:33: compute.target.by_year: by_year is a list. It must be a table.",),
    ),
    "no years": (
        HEAD + "horizon: {milestone_years: []}\n" + TARGET,
        (
            "s.yaml:3:11: horizon.milestone_years: milestone_years is empty. "
            "Give at least one entry.",
        ),
    ),
    "too many years": (
        HEAD + f"horizon: {{milestone_years: {[2030] * 27}}}\n" + TARGET,
        ("s.yaml:3:11: horizon.milestone_years: milestone_years has 27 entries. Give at most 26.",),
    ),
    "choice with a slip": (
        WHOLE + "objective: {kind: lest_cost}\n",
        (
            "s.yaml:5:13: objective.kind: kind is 'lest_cost', which is not a choice. "
            "Did you mean 'least_cost'?",
        ),
    ),
    "choice far from any": (
        WHOLE + "solver: {method: magic}\n",
        (
            "s.yaml:5:10: solver.method: method is 'magic', which is not a choice. "
            "Use auto or simplex or ipm or pdlp.",
        ),
    ),
    "choice in a list": (
        WHOLE + "limits: {budget: {counts: [campus, chips]}}\n",
        (
            "s.yaml:5:36: limits.budget.counts.1: counts, item 2, is 'chips', "
            "which is not a choice. Use campus or accelerator or energy.",
        ),
    ),
    "one zone without a list": (
        WHOLE + "zones: TX\n",
        ("s.yaml:5:1: zones: zones is 'TX'. It must be all, or a list, such as [TX].",),
    ),
    "all with a slip": (
        WHOLE + "zones: al\n",
        ("s.yaml:5:1: zones: zones is 'al'. Did you mean 'all'?",),
    ),
    "zones in a table": (
        WHOLE + "zones: {TX: 1}\n",
        (
            "s.yaml:5:1: zones: zones is a table. "
            "It must be all, or a list, such as [first, second].",
        ),
    ),
    "no zones": (
        WHOLE + "zones: []\n",
        ("s.yaml:5:1: zones: zones is empty. Give at least one entry.",),
    ),
    "number among zones": (
        WHOLE + "zones: [TX, 5]\n",
        ("s.yaml:5:13: zones.1: zones, item 2, is 5. It must be text.",),
    ),
    "empty name among assets": (
        WHOLE + "assets: {allow: [gas_cc, '']}\n",
        ("s.yaml:5:26: assets.allow.1: allow, item 2, is empty. Give some text.",),
    ),
    "name with a slash": (
        WHOLE.replace("name: bad", "name: ../bad"),
        (
            "s.yaml:1:1: name: name is '../bad'. "
            "Use letters, digits, dots, hyphens and underscores, 60 at the most.",
        ),
    ),
    "name with a line break": (
        WHOLE.replace("name: bad", 'name: "a\\nb"'),
        (
            "s.yaml:1:1: name: name is 'a\\nb'. "
            "Use letters, digits, dots, hyphens and underscores, 60 at the most.",
        ),
    ),
    "title of great length": (
        WHOLE.replace("Bad", "B" * 300),
        ("s.yaml:2:1: title: title has 300 characters. Use at most 200.",),
    ),
    "title with a control character": (
        WHOLE.replace("Bad", '"a\\0b"'),
        (
            "s.yaml:2:1: title: title holds a control character. "
            "Remove it; line breaks and tabs may stay.",
        ),
    ),
    "version of the future": (
        WHOLE + "version: 2\n",
        ("s.yaml:5:1: version: version is 2, which is not a choice. Use 1.",),
    ),
    "override with a list and a table": (
        WHOLE + "overrides: [{table: a, where: {x: [1]}, column: b, value: {c: 1}}]\n",
        (
            "s.yaml:5:32: overrides.0.where.x: x is a list. It must be text or a number.",
            "s.yaml:5:52: overrides.0.value: value is a table. "
            "It must be text, a number, true or false.",
        ),
    ),
    "override of nothing with no number": (
        WHOLE + "overrides:\n- {table: a, where: {}, column: b, value: .nan}\n- 3\n",
        (
            "s.yaml:6:14: overrides.0.where: where is empty. Give at least one entry.",
            "s.yaml:6:36: overrides.0.value: value is nan, which is no finite number. "
            "Give a number.",
            "s.yaml:7:3: overrides.1: overrides, item 2, is 3. "
            "It must be a table of fields: table, where, column, value.",
        ),
    ),
    "override without a list": (
        WHOLE + "overrides: {table: a}\n",
        (
            "s.yaml:5:1: overrides: overrides is a table. "
            "It must be a list, such as [first, second].",
        ),
    ),
}

BETWEEN_FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "years that fall": (
        HEAD + "horizon: {milestone_years: [2030, 2028]}\n" + TARGET,
        (
            "s.yaml:3:35: horizon.milestone_years.1: milestone_years [2030, 2028] do not "
            "increase. Sort them and drop repeats.",
        ),
    ),
    "year twice": (
        HEAD + "horizon: {milestone_years: [2028, 2030, 2030]}\n" + TARGET,
        (
            "s.yaml:3:41: horizon.milestone_years.2: milestone_years [2028, 2030, 2030] do not "
            "increase. Sort them and drop repeats.",
        ),
    ),
    "years before the base year": (
        HEAD + "horizon: {base_year: 2027, milestone_years: [2026, 2030]}\n" + TARGET,
        (
            "s.yaml:3:46: horizon.milestone_years.0: milestone_years begin in 2026, "
            "before base_year 2027. Begin with the base year or later.",
        ),
    ),
    "block that does not divide a day": (
        WHOLE + "time: {hours_per_block: 5}\n",
        (
            "s.yaml:5:8: time.hours_per_block: hours_per_block is 5, which does not divide 24. "
            "Use 1, 2, 3, 4, 6, 8, 12 or 24.",
        ),
    ),
    "two forms of target": (
        WHOLE.replace("unit: it_gw", "case: bnef_2035, unit: it_gw"),
        (
            "s.yaml:4:11: compute.target: The target has both a case and numbers of its own. "
            "Keep either case, or unit with by_year.",
        ),
    ),
    "target without unit": (
        WHOLE.replace("unit: it_gw, ", ""),
        (
            "s.yaml:4:11: compute.target: The target has numbers by year without a unit. "
            "Add unit: it_gw, or unit: h100e_millions.",
        ),
    ),
    "target without numbers": (
        HEAD + HORIZON + "compute: {target: {unit: it_gw}}\n",
        (
            "s.yaml:4:11: compute.target: The target has the unit it_gw, but no numbers by year. "
            "Add by_year, such as {2028: 10, 2030: 20}.",
        ),
    ),
    "empty target": (
        HEAD + HORIZON + "compute: {target: {}}\n",
        (
            "s.yaml:4:11: compute.target: The target is empty. "
            "Give either case, or unit with by_year.",
        ),
    ),
    "target beyond the horizon": (
        WHOLE.replace("2030: 2", "2025: 1, 2030: 2, 2035: 9"),
        (
            "s.yaml:4:43: compute.target.by_year.2025: The target of 2025 lies outside the "
            "horizon, 2026 to 2030. Drop it, or change horizon.milestone_years.",
            "s.yaml:4:61: compute.target.by_year.2035: The target of 2035 lies outside the "
            "horizon, 2026 to 2030. Drop it, or change horizon.milestone_years.",
        ),
    ),
    "budget beyond the horizon": (
        WHOLE + "limits: {budget: {by_year_usd_b: {'2031': 3}}}\n",
        (
            "s.yaml:5:35: limits.budget.by_year_usd_b.2031: The budget of 2031 lies outside the "
            "horizon, 2026 to 2030. Drop it, or change horizon.milestone_years.",
        ),
    ),
    "emission cap that never binds": (
        WHOLE + "limits: {emissions: {cap_mt_by_year: {2040: 3}}}\n",
        (
            "s.yaml:5:39: limits.emissions.cap_mt_by_year.2040: cap_mt_by_year begins in 2040, "
            "after the last milestone year 2030. "
            "Give a number for a milestone year, or drop it.",
        ),
    ),
    "most compute without money": (
        HEAD + HORIZON + "objective: {kind: most_compute}\n",
        (
            "s.yaml:4:13: objective.kind: objective.kind is most_compute, but there is no "
            "budget. Give limits.budget.total_usd_b, limits.budget.by_year_usd_b or "
            "capital.investors.",
        ),
    ),
    "least cost without target": (
        HEAD + HORIZON,
        (
            "s.yaml:1:1: compute.target: objective.kind is least_cost, but there is no "
            "compute.target. Give one, such as {case: bnef_2035}.",
        ),
    ),
    "zone named twice": (
        WHOLE + "zones: [TX, OK, TX]\n",
        ("s.yaml:5:17: zones.2: zones names TX twice. Name it once.",),
    ),
    "asset named three times": (
        WHOLE + "assets: {exclude: [gas_cc, gas_cc, gas_cc]}\n",
        ("s.yaml:5:28: assets.exclude.1: exclude names gas_cc 3 times. Name it once.",),
    ),
    "asset allowed and excluded": (
        WHOLE + "assets: {allow: [gas_cc], exclude: [gas_ct, gas_cc]}\n",
        (
            "s.yaml:5:45: assets.exclude.1: gas_cc is both allowed and excluded. "
            "Keep it in one of the two lists.",
        ),
    ),
    "host that is excluded": (
        WHOLE + "limits: {campuses: {exclude_zones: [TX], min_it_gw_by_zone: {TX: 3}}}\n",
        (
            "s.yaml:5:62: limits.campuses.min_it_gw_by_zone.TX: TX must host 3 GW of new "
            "campuses, but is in exclude_zones. Take it out of one of the two.",
        ),
    ),
    "least above most": (
        WHOLE + "limits: {campuses: {max_it_gw_by_zone: {TX: 2}, min_it_gw_by_zone: {TX: 3}}}\n",
        (
            "s.yaml:5:69: limits.campuses.min_it_gw_by_zone.TX: TX must host at least 3 GW, "
            "but at most 2 GW. Raise the maximum or lower the minimum.",
        ),
    ),
    "host that is not planned": (
        WHOLE + "zones: [TX]\nlimits: {campuses: {min_it_gw_by_zone: {OK: 1}}}\n",
        (
            "s.yaml:6:41: limits.campuses.min_it_gw_by_zone.OK: OK must host campuses, but is "
            "not among zones. Add it to zones, or drop it here.",
        ),
    ),
}


def faults_of(text: str, folder: Path) -> tuple[str, ...]:
    """Return the faults of a scenario file with this text."""
    path = folder / "s.yaml"
    path.write_bytes(text.encode())
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert caught.value.exit_code == 2
    count = len(caught.value.faults)
    assert caught.value.headline == f"The scenario s.yaml has {count} fault{'s' * (count > 1)}."
    return tuple(str(fault) for fault in caught.value.faults)


@pytest.mark.parametrize("case", ONE_FIELD)
def test_field(case: str, tmp_path: Path) -> None:
    text, expected = ONE_FIELD[case]
    assert faults_of(text, tmp_path) == expected


@pytest.mark.parametrize("case", BETWEEN_FIELDS)
def test_rule_between_fields(case: str, tmp_path: Path) -> None:
    text, expected = BETWEEN_FIELDS[case]
    assert faults_of(text, tmp_path) == expected


@pytest.mark.parametrize("case", BETWEEN_FIELDS)
def test_rules_hold_without_a_file(case: str) -> None:
    """A scenario made in Python is held to the same rules."""
    with pytest.raises(ValidationError, match="broken_rules"):
        Scenario.model_validate(parse_yaml(BETWEEN_FIELDS[case][0], "s.yaml").content)


def test_faults_of_fields_and_between_fields_are_told_together(tmp_path: Path) -> None:
    text = (
        "name: bad\ntitle: Bad\nsolver: {threads: 0}\n"
        "horizon: {milestone_years: [2030, 2028]}\n"
        "time: {hours_per_block: 5, representative_days: 0}\n"
        "objective: {kind: most_compute}\n"
        "zones: [TX, TX]\n"
        "limits: {campuses: {exclude_zones: [TX], min_it_gw_by_zone: {TX: 3}}}\n"
    )
    assert faults_of(text, tmp_path) == (
        "s.yaml:3:10: solver.threads: threads is 0, below 1. Use 1 or more.",
        "s.yaml:4:35: horizon.milestone_years.1: milestone_years [2030, 2028] do not increase. "
        "Sort them and drop repeats.",
        "s.yaml:5:8: time.hours_per_block: hours_per_block is 5, which does not divide 24. "
        "Use 1, 2, 3, 4, 6, 8, 12 or 24.",
        "s.yaml:5:28: time.representative_days: representative_days is 0, below 1. Use 1 or more.",
        "s.yaml:6:13: objective.kind: objective.kind is most_compute, but there is no budget. "
        "Give limits.budget.total_usd_b, limits.budget.by_year_usd_b or capital.investors.",
        "s.yaml:7:13: zones.1: zones names TX twice. Name it once.",
        "s.yaml:8:62: limits.campuses.min_it_gw_by_zone.TX: TX must host 3 GW of new campuses, "
        "but is in exclude_zones. Take it out of one of the two.",
    )


def test_a_rule_is_not_asked_of_fields_that_are_wrong_themselves(tmp_path: Path) -> None:
    """A horizon that cannot be read does not make the target lie outside of it."""
    text = HEAD + "horizon: {milestone_years: [x]}\n" + TARGET.replace("2030", "2049")
    assert faults_of(text, tmp_path) == (
        "s.yaml:3:29: horizon.milestone_years.0: milestone_years, item 1, is 'x'. "
        "It must be a whole number, such as 4.",
    )


def test_place_after_a_byte_order_mark_and_windows_lines() -> None:
    text = (WHOLE + "seed: x\n").replace("\n", "\r\n")
    with pytest.raises(InputError, match="s.yaml:5:1: seed"):
        scenario_of(parse_yaml(text, "s.yaml"))


def test_shipped_name_with_a_slip() -> None:
    with pytest.raises(InputError) as caught:
        load_scenario("us-2053")
    assert str(caught.value) == (
        "The scenario 'us-2053' cannot be used.\n"
        "  - us-2053: There is no shipped scenario 'us-2053'. Did you mean 'us-2035'?"
    )


def test_name_far_from_any_shipped() -> None:
    with pytest.raises(InputError) as caught:
        load_scenario("q")
    assert str(caught.value.faults[0]) == (
        "q: There is no shipped scenario 'q'. Choose one of coalition, first-states, tiny, us-2035."
    )
