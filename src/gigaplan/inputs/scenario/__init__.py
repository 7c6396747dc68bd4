"""Scenarios: typed, frozen, one YAML file each."""

from gigaplan.inputs.scenario.editor import scenario_json_schema, starter_text
from gigaplan.inputs.scenario.load import check_against, load_scenario, shipped_scenarios
from gigaplan.inputs.scenario.model import Scenario
from gigaplan.inputs.scenario.solver import Override

__all__ = [
    "Override",
    "Scenario",
    "check_against",
    "load_scenario",
    "scenario_json_schema",
    "shipped_scenarios",
    "starter_text",
]
