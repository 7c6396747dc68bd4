"""Names in a scenario are checked against its data package."""

from __future__ import annotations

import pytest

from gigaplan.inputs.scenario import Scenario, check_against
from gigaplan.inputs.scenario.load import scenario_of
from gigaplan.inputs.yaml_reader import parse_yaml

KNOWN = {
    "zones": ["AL", "GA", "OH", "OK", "OR", "TX"],
    "assets": ["gas_cc", "gas_ct", "solar_1"],
    "components": ["gas_turbine", "large_power_transformer"],
    "capital_groups": ["campus", "gas"],
    "investor_kinds": ["pension", "sponsor"],
    "countries": ["US", "CA", "JP"],
    "compute_cases": ["bnef_2035", "flat"],
    "demand_cases": ["low", "baseline", "high"],
    "fuel_cases": ["baseline"],
}
TEXT = """\
name: s
title: S
demand: {case: basline, fuel_case: high}
zones: [TX, OO, ok]
horizon: {milestone_years: [2030]}
money: {wacc: {campuss: 0.1}}
compute: {target: {case: bnef_2053}, given: {background_case: zzz}}
assets: {allow: [solar1], exclude: [coal]}
limits:
  supply: {scale: {gas_turbin: 2}}
  campuses: {exclude_zones: [ZZ], max_it_gw_by_zone: {GO: 1}, min_it_gw_by_zone: {TX: 1}}
"""


def faults(scenario: Scenario) -> list[str]:
    """Return the unknown names of a scenario as text."""
    return [str(fault) for fault in check_against(scenario, **KNOWN)]


def test_every_unknown_name_is_told_in_the_order_of_the_file() -> None:
    lacks = "The data package has no"
    assert faults(scenario_of(parse_yaml(TEXT, "s.yaml"))) == [
        f"s.yaml:3:10: demand.case: {lacks} demand case 'basline'. Did you mean 'baseline'?",
        f"s.yaml:3:25: demand.fuel_case: {lacks} fuel case 'high'. Choose one of baseline.",
        f"s.yaml:4:13: zones.1: {lacks} zone 'OO'. With O there are OH, OK, OR.",
        f"s.yaml:4:17: zones.2: {lacks} zone 'ok'. Did you mean 'OK'?",
        f"s.yaml:6:16: money.wacc.campuss: {lacks} asset group 'campuss'. Did you mean 'campus'?",
        f"s.yaml:7:20: compute.target.case: {lacks} compute case 'bnef_2053'. "
        "Did you mean 'bnef_2035'?",
        f"s.yaml:7:46: compute.given.background_case: {lacks} compute case 'zzz'. "
        "Choose one of bnef_2035, flat.",
        f"s.yaml:8:18: assets.allow.0: {lacks} asset 'solar1'. Did you mean 'solar_1'?",
        f"s.yaml:8:37: assets.exclude.0: {lacks} asset 'coal'. "
        "Choose one of gas_cc, gas_ct, solar_1.",
        f"s.yaml:10:20: limits.supply.scale.gas_turbin: {lacks} component 'gas_turbin'. "
        "Did you mean 'gas_turbine'?",
        f"s.yaml:11:30: limits.campuses.exclude_zones.0: {lacks} zone 'ZZ'. "
        "Choose one of AL, GA, OH, OK, OR, TX.",
        f"s.yaml:11:55: limits.campuses.max_it_gw_by_zone.GO: {lacks} zone 'GO'. "
        "With G there are GA.",
    ]


def test_names_of_a_scenario_made_in_python_are_told_without_a_place() -> None:
    read = scenario_of(parse_yaml(TEXT, "s.yaml"))
    made = Scenario.model_validate(read.model_dump())
    assert len(faults(made)) == 12
    assert "s: zones.1: The data package has no zone 'OO'. With O there are OH, OK, OR." in (
        faults(made)
    )


def test_a_long_list_of_choices_is_cut() -> None:
    scenario = scenario_of(parse_yaml(TEXT, "s.yaml"))
    many = {**KNOWN, "compute_cases": [f"case {letter}" for letter in "abcdefghijklmnop"]}
    told = [str(fault) for fault in check_against(scenario, **many)]
    assert any(fault.endswith("case k, case l and 4 more.") for fault in told)


@pytest.mark.parametrize("field", ["zones", "compute"])
def test_known_names_are_no_fault(field: str) -> None:
    text = "name: s\ntitle: S\nhorizon: {milestone_years: [2030]}\n"
    rest = {
        "zones": "zones: [TX]\ncompute: {target: {unit: it_gw, by_year: {2030: 1}}}\n",
        "compute": "compute: {target: {case: flat}}\n",
    }
    assert not faults(scenario_of(parse_yaml(text + rest[field], "s.yaml")))
