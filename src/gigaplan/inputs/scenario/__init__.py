"""Scenarios: typed, frozen, one YAML file each."""

from gigaplan.inputs.scenario.editor import scenario_json_schema, starter_text
from gigaplan.inputs.scenario.load import load_scenario, shipped_scenarios
from gigaplan.inputs.scenario.model import Scenario
from gigaplan.inputs.scenario.names import check_against
from gigaplan.inputs.scenario.reference import scenario_reference_markdown
from gigaplan.inputs.scenario.solver import Override

__all__ = [
    "Override",
    "Scenario",
    "check_against",
    "load_scenario",
    "scenario_json_schema",
    "scenario_reference_markdown",
    "shipped_scenarios",
    "starter_text",
]
