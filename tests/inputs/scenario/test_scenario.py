"""Scenarios that are right: shipped ones, the starter, round trips, names in the data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gigaplan.inputs.scenario import (
    Scenario,
    load_scenario,
    scenario_json_schema,
    shipped_scenarios,
    starter_text,
)
from gigaplan.inputs.scenario.load import scenario_of, shipped_text
from gigaplan.inputs.yaml_reader import Document, parse_yaml
from gigaplan.inputs.yaml_writer import yaml_text
from gigaplan.terms.errors import Fault, InputError
from gigaplan.workflow import load_scenario_data

SHIPPED = ["coalition", "first-states", "tiny", "us-2035"]
WHOLE = (
    "name: good\ntitle: Good\nhorizon: {milestone_years: [2028, 2030]}\n"
    "compute: {target: {unit: it_gw, by_year: {2030: 2}}}\n"
)


def of_text(text: str) -> Scenario:
    """Return the scenario of a text."""
    return scenario_of(parse_yaml(text, "s.yaml"))


def test_four_scenarios_ship() -> None:
    assert shipped_scenarios() == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenario_is_called_as_its_file_and_fits_the_shipped_data(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.name == name
    assert load_scenario_data(scenario).name == "us"


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenario_is_commented_and_says_what_is_inside_and_what_is_given(name: str) -> None:
    assert shipped_text(name).startswith("# gigaplan scenario: ")
    words = load_scenario(name).description
    assert name == "tiny" or ("Inside the programme:" in words and "Given:" in words)


def test_what_the_shipped_scenarios_ask() -> None:
    us, first, tiny = load_scenario("us-2035"), load_scenario("first-states"), load_scenario("tiny")
    assert us.zones == "all"
    assert us.objective.kind == "least_cost"
    assert us.compute.counts_given_campuses
    assert us.horizon.milestone_years == (2026, 2028, 2030, 2032, 2035)
    assert first.objective.kind == "most_compute"
    assert first.limits.budget.total_usd_b == 50
    assert first.limits.campuses.max_states == 5
    assert first.programme.own_capacity_frac == 1
    assert first.compute.accelerators_paid_by == "tenants"
    assert first.compute.given.background_case is not None
    assert not first.compute.counts_given_campuses
    assert len(tiny.zones) == 3
    assert len(tiny.horizon.milestone_years) == 2


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenario_survives_writing_and_reading(name: str) -> None:
    scenario = load_scenario(name)
    assert of_text(scenario.to_yaml()) == scenario
    assert Scenario.model_validate(json.loads(scenario.canonical_json())) == scenario
    assert Scenario.model_validate(scenario.model_dump(mode="python")) == scenario


# ------------------------------------------------------------------------------- round trips

shares = st.floats(0, 1)
amounts = st.floats(0, 1e9) | st.integers(0, 10**9)
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff")
    | st.sampled_from("\n\t'\"#:{}[]&*!%@`|> -?~"),
    min_size=1,
    max_size=40,
).filter(lambda text: not {"\ufffe", "\uffff"} & set(text))
awkward = st.sampled_from(
    ["NO", "yes", "null", "~", "true", "1e6", "012", "08", "0x1F", ".5", ".nan", "12:30", "<<", "="]
)
names = texts | awkward
labels = names | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
years = st.integers(2026, 2050)


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the content of a scenario that is valid."""
    milestones = sorted(draw(st.lists(years, min_size=1, max_size=6, unique=True)))
    within = st.integers(2026, milestones[-1])
    zones = draw(st.just("all") | st.lists(names, min_size=1, max_size=4, unique=True))
    override = st.fixed_dictionaries(
        {
            "table": names,
            "where": st.dictionaries(names, labels, min_size=1, max_size=3),
            "column": names,
            "value": labels | st.booleans(),
        }
    )
    own = {
        "unit": draw(st.sampled_from(["it_gw", "h100e_millions"])),
        "by_year": draw(st.dictionaries(within, amounts, min_size=1, max_size=4)),
    }
    return {
        "name": draw(st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,20}\Z") | st.just("1e6")),
        "title": draw(names),
        "description": draw(texts | st.just("")),
        "data": draw(names),
        "zones": zones,
        "horizon": {"milestone_years": milestones, "years_after_last": draw(st.integers(1, 40))},
        "money": {
            "discount_rate": draw(st.floats(0, 0.5)),
            "wacc": draw(st.dictionaries(names, st.floats(0, 0.5), max_size=3)),
        },
        "compute": {
            "target": draw(st.sampled_from([own, {"case": draw(names)}])),
            "training_share": draw(shares),
            "phase_mw": draw(amounts),
            "given": {"background_case": draw(st.none() | names)},
        },
        "assets": {"exclude": draw(st.lists(names, max_size=3, unique=True))},
        "limits": {
            "budget": {
                "total_usd_b": draw(st.none() | amounts),
                "by_year_usd_b": draw(st.dictionaries(within, amounts, max_size=3)),
            },
            "emissions": {"cap_mt_by_year": draw(st.dictionaries(within, amounts, max_size=3))},
            "reserve": {"enabled": draw(st.booleans()), "margin_frac": draw(st.none() | shares)},
            "campuses": {"max_it_gw_by_zone": draw(st.dictionaries(names, amounts, max_size=3))},
        },
        "time": {"hours_per_block": draw(st.sampled_from([1, 2, 3, 4, 6, 8, 12, 24]))},
        "solver": {"tolerance": draw(st.floats(1e-9, 1e-2))},
        "seed": draw(st.integers(0, 2**31 - 1)),
        "overrides": draw(st.lists(override, max_size=2)),
    }


@given(contents())
def test_any_scenario_survives_writing_and_reading(content: dict[str, Any]) -> None:
    scenario = Scenario.model_validate(content)
    written = of_text(scenario.to_yaml())
    assert written == scenario
    assert written.model_dump() == scenario.model_dump()
    assert hash(written) == hash(scenario)
    assert Scenario.model_validate(json.loads(scenario.canonical_json())) == scenario


values = st.recursive(
    st.none() | st.booleans() | labels,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | years, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_any_value_survives_writing_and_reading(value: object) -> None:
    content = {"value": with_distinct_keys(value)}
    assert parse_yaml(yaml_text(content), "s.yaml").content == content


@given(contents(), st.data())
def test_a_broken_scenario_gives_faults_with_places(
    content: dict[str, Any], data: st.DataObject
) -> None:
    """Whatever replaces a section, it is valid or every fault has words, a place and a mend."""
    section = data.draw(st.sampled_from(sorted(content)))
    content[section] = with_distinct_keys(data.draw(values))
    is_valid, faults = faults_of(parse_yaml(yaml_text(content), "s.yaml"))
    assert is_valid == (not faults)
    assert all(fault.what and fault.mend for fault in faults)
    assert all(fault.where.startswith("s.yaml:") for fault in faults)


def faults_of(document: Document) -> tuple[bool, tuple[Fault, ...]]:
    """Return whether a document is a valid scenario, and its faults."""
    try:
        scenario_of(document)
    except InputError as error:
        return False, error.faults
    return True, ()


def with_distinct_keys(value: Any) -> Any:
    """Return a value in which no table has both a number and the same number as text for keys."""
    if isinstance(value, dict):
        by_text = {str(key): (key, with_distinct_keys(inner)) for key, inner in value.items()}
        return dict(by_text.values())
    return [with_distinct_keys(inner) for inner in value] if isinstance(value, list) else value


# ------------------------------------------------------------------------------ what a file is


def test_a_scenario_is_frozen() -> None:
    scenario = load_scenario("tiny")
    with pytest.raises(ValidationError, match="frozen"):
        scenario.seed = 3  # type: ignore[misc]  # the point of the test


def test_equal_scenarios_are_equal_wherever_they_were_read(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(WHOLE)
    read = load_scenario(path)
    assert read == of_text(WHOLE)
    assert read.canonical_json() == of_text("seed: 0\n" + WHOLE).canonical_json()
    assert read != of_text("seed: 1\n" + WHOLE)
    assert read != WHOLE
    assert read.folder == tmp_path.resolve()


def test_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert load_scenario(path) == of_text(WHOLE)


def test_a_file_goes_before_a_shipped_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny").write_text(WHOLE)
    assert load_scenario("tiny").name == "good"


def test_a_shipped_scenario_goes_before_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``gigaplan run tiny -o tiny`` works twice."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny").mkdir()
    (tmp_path / "other").mkdir()
    assert load_scenario("tiny").name == "tiny"
    with pytest.raises(InputError, match="This is a folder"):
        load_scenario("other")


def test_places_of_fields() -> None:
    scenario = of_text(WHOLE)
    year = ("compute", "target", "by_year", 2030)
    assert scenario.where(*year) == "s.yaml:4:43: compute.target.by_year.2030"
    assert scenario.where("solver", "method") == "s.yaml:1:1: solver.method"
    made = Scenario.model_validate(scenario.model_dump())
    assert made.where(*year) == "good: compute.target.by_year.2030"


# ---------------------------------------------------------------------------- starter, schema


@pytest.mark.parametrize("template", SHIPPED)
@pytest.mark.parametrize("name", ["my-plan", "1e6", "null", "2030", "no", "a.b_c-d", "0x1"])
def test_starter_loads_and_keeps_what_its_template_asks(name: str, template: str) -> None:
    scenario, origin = of_text(starter_text(name, template)), load_scenario(template)
    assert scenario.name == name
    assert scenario.title != origin.title
    assert scenario.model_dump(exclude={"name", "title"}) == (
        origin.model_dump(exclude={"name", "title"})
    )


def test_starter_keeps_comments() -> None:
    own = [line for line in shipped_text("us-2035").splitlines() if "  # " in line]
    assert len(own) > 10
    assert set(own) <= set(starter_text("mine").splitlines())


@pytest.mark.parametrize("name", ["", "a b", "../a", "a\nseed: 3", "é", "x" * 61])
def test_starter_with_a_bad_name(name: str) -> None:
    with pytest.raises(InputError) as caught:
        starter_text(name)
    assert str(caught.value.faults[0]) == (
        f"name is {name!r}. Use letters, digits, dots, hyphens and underscores, 60 at the most."
    )


def test_starter_of_no_template() -> None:
    with pytest.raises(InputError, match="There is no shipped scenario 'tiy'. Did you mean 'tiny'"):
        starter_text("mine", "tiy")


def test_schema_says_every_field_with_its_meaning() -> None:
    schema = scenario_json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    sections = [schema, *(part for part in schema["$defs"].values() if part)]  # {}: anything
    assert len(sections) == 31
    for section in sections:
        assert section["additionalProperties"] is False
        for name, field in section["properties"].items():
            shared = schema["$defs"].get(field.get("$ref", "").rsplit("/", 1)[-1], field)
            assert field.get("description") or shared.get("description"), name
            assert "default" in field or name in section.get("required", [])
    assert set(schema["required"]) == {"name", "title", "horizon"}


@pytest.mark.parametrize("name", SHIPPED)
def test_schema_knows_every_key_of_a_shipped_scenario(name: str) -> None:
    schema = scenario_json_schema()
    content = json.loads(json.dumps(parse_yaml(shipped_text(name), name).content))
    assert not list(unknown_keys(content, schema, schema["$defs"]))
    content["time"]["hours"] = 3
    assert list(unknown_keys(content, schema, schema["$defs"])) == ["hours"]


def unknown_keys(content: object, schema: dict[str, Any], shared: dict[str, Any]) -> list[str]:
    """Return the keys that a schema does not allow."""
    if "$ref" in schema:
        return unknown_keys(content, shared[schema["$ref"].rsplit("/", 1)[1]], shared)
    if not schema:  # anything goes
        return []
    if "anyOf" in schema:
        return min((unknown_keys(content, part, shared) for part in schema["anyOf"]), key=len)
    if isinstance(content, list) and "items" not in schema:
        return ["a list"]
    if isinstance(content, list):
        return [key for item in content for key in unknown_keys(item, schema["items"], shared)]
    if not isinstance(content, dict):
        return []
    if schema.get("type") != "object":
        return sorted(content)
    free, known = schema.get("additionalProperties", False), schema.get("properties", {})
    found: list[str] = []
    for key, value in content.items():
        patterns = schema.get("patternProperties", {})
        matching = [part for pattern, part in patterns.items() if re.search(pattern, key)]
        if key in known or matching:
            found += unknown_keys(value, known[key] if key in known else matching[0], shared)
        elif free is False:
            found.append(key)
    return found
