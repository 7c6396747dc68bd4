"""Scenarios that are right: shipped ones, the starter, round trips."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gigaplan.inputs.dataset import load_dataset
from gigaplan.inputs.scenario import (
    Scenario,
    check_against,
    load_scenario,
    scenario_json_schema,
    shipped_scenarios,
    starter_text,
)
from gigaplan.inputs.scenario.load import scenario_of
from gigaplan.inputs.scenario.reference import scenario_reference_markdown
from gigaplan.inputs.yaml_reader import parse_yaml

WHOLE = (
    "name: good\ntitle: Good\nhorizon: {milestone_years: [2028, 2030]}\n"
    "compute: {target: {unit: it_gw, by_year: {2030: 2}}}\n"
)


def of_text(text: str) -> Scenario:
    """Return the scenario of a text."""
    return scenario_of(parse_yaml(text, "s.yaml"))


def test_three_scenarios_ship() -> None:
    """The shipped scenarios are there and are called as their files."""
    assert shipped_scenarios() == ["first-states", "tiny", "us-2035"]
    for name in shipped_scenarios():
        assert load_scenario(name).name == name


@pytest.mark.parametrize("name", ["first-states", "tiny", "us-2035"])
def test_round_trip(name: str) -> None:
    """What is written out loads back equal."""
    scenario = load_scenario(name)
    assert of_text(scenario.to_yaml()) == scenario


@given(
    rate=st.floats(0, 0.5),
    years=st.lists(st.integers(2026, 2050), min_size=1, max_size=6, unique=True),
    amounts=st.dictionaries(st.integers(2026, 2050), st.floats(0, 1e6), min_size=1, max_size=5),
    title=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1),
)
def test_round_trip_of_any(
    rate: float, years: list[int], amounts: dict[int, float], title: str
) -> None:
    """Any scenario that is valid survives writing and reading."""
    content: dict[str, Any] = {
        "name": "any",
        "title": title[:200],
        "horizon": {"milestone_years": sorted(years)},
        "money": {"discount_rate": rate},
        "compute": {"target": {"unit": "it_gw", "by_year": amounts}},
    }
    scenario = Scenario.model_validate(content)
    assert of_text(scenario.to_yaml()) == scenario


def test_frozen() -> None:
    """A scenario cannot be changed."""
    scenario = load_scenario("tiny")
    with pytest.raises(ValidationError, match="frozen"):
        scenario.seed = 3  # type: ignore[misc]  # the point of the test


def test_yaml_1_2_scalars() -> None:
    """Words that YAML 1.1 calls truths stay text, and 012 is twelve."""
    document = parse_yaml("a: NO\nb: 012\nc: 1e6\nd: 'true'\ne: ~\nf: yes\n", "s")
    assert document.content == {"a": "NO", "b": 12, "c": 1e6, "d": "true", "e": None, "f": "yes"}


def test_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    """Files saved by Windows editors load."""
    path = tmp_path / "s.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert load_scenario(path) == of_text(WHOLE)


def test_file_before_shipped_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the same name as a shipped scenario wins."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny").write_text(WHOLE)
    assert load_scenario("tiny").name == "good"


def test_starter_loads_and_keeps_comments() -> None:
    """The starter is a valid scenario with its comments."""
    text = starter_text("mine")
    assert of_text(text).name == "mine"
    assert text.count("#") > 10


def test_places_of_fields() -> None:
    """A scenario knows where its fields stand."""
    assert of_text(WHOLE).where("compute", "target", "by_year", 2030) == (
        "s.yaml:4:43: compute.target.by_year.2030"
    )


def test_schema_names_every_field() -> None:
    """The JSON Schema and the manual's reference have every field of the top level."""
    schema, reference = scenario_json_schema(), scenario_reference_markdown()
    for name in Scenario.model_fields:
        assert name in schema["properties"]
        assert f"`{name}`" in reference
    assert schema["additionalProperties"] is False


def test_names_are_checked_against_the_data() -> None:
    """Names that the data package lacks are told with place and suggestion."""
    scenario = of_text(
        WHOLE
        + "zones: [TX, OH, OO]\nassets: {exclude: [gas_cct]}\ndemand: {case: basline}\n"
        + "limits: {supply: {scale: {gas_turbin: 2}}, campuses: {exclude_zones: [ZZ]}}\n"
    )
    dataset = load_dataset("us")
    faults = check_against(
        scenario,
        zones=set(dataset.table("zones")["zone"]),
        assets=set(dataset.table("assets")["asset"]),
        components=set(dataset.table("supply")["component"]),
        capital_groups=set(dataset.table("cost_of_capital")["asset_group"]),
        compute_cases=set(dataset.table("compute_cases")["case"]),
        demand_cases={"low", "baseline", "high"},
        fuel_cases={"baseline"},
    )
    texts = [str(fault) for fault in faults]
    assert len(texts) == 5
    assert texts[0].startswith("s.yaml:5:17: zones.2: The data package has no zone 'OO'.")
    assert "asset 'gas_cct'. Did you mean 'gas_ct'?" in texts[2]
    assert "component 'gas_turbin'. Did you mean 'gas_turbine'?" in texts[3]
    assert texts[4] == (
        "s.yaml:7:10: demand.case: The data package has no demand case 'basline'. "
        "Did you mean 'baseline'?"
    )
